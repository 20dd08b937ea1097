//! Reads `[copy]`: the safety copy, which becomes the last item of the inventory.

use super::found::Found;
use super::table::Table;
use super::value::Value;
use crate::domain::runbook::PauseItem;
use crate::domain::safety_copy::{CopyKind, CopyPlan};

const KINDS: [(&str, CopyKind); 2] = [("clone", CopyKind::Clone), ("snapshot", CopyKind::Snapshot)];

/// The item of the root's `[copy]`; none without one. `items` are those that the runbook writes itself.
pub(super) fn copy(root: &mut Table<'_>, items: &[PauseItem], found: &mut Found<'_>) -> Option<PauseItem> {
    let span = root.key_span("copy");
    let mut table = root
        .optional("copy")
        .and_then(|value| value.table("write [copy] with kind = \"clone\"", found))?;
    let kind = table.required("kind", "kind = \"clone\"", found);
    let kind = kind.and_then(|value| self::kind(value, found));
    let instance = table.optional("instance").map(|value| class(value, kind, found));
    table.close(found);
    let item = PauseItem::copying(CopyPlan {
        kind: kind?,
        instance,
    });
    if items.iter().any(|other| other.name == item.name) {
        found.hinted(
            span.unwrap_or_default(),
            format!("expected each name once, got {:?} twice", item.name),
            "[copy] is an item of that name: call the other one something else",
        );
    }
    Some(item)
}

fn kind(value: Value<'_>, found: &mut Found<'_>) -> Option<CopyKind> {
    let text = value.string(found)?;
    let known = KINDS.into_iter().find(|(name, _)| *name == text);
    if known.is_none() {
        found.hinted(
            value.span(),
            format!("expected a kind of copy for `kind`, got {text:?}"),
            "the kinds are clone, snapshot",
        );
    }
    known.map(|(_, kind)| kind)
}

/// The class of a clone's instance.
fn class(value: Value<'_>, kind: Option<CopyKind>, found: &mut Found<'_>) -> String {
    if kind == Some(CopyKind::Snapshot) {
        found.fault(
            value.span(),
            "expected no `instance` beside kind = \"snapshot\", got one: a snapshot has none",
        );
    }
    let class = value.line(found);
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '.' || letter == '-';
    let spelt_well = class.starts_with("db.") && class.chars().all(plain);
    if !spelt_well && !class.trim().is_empty() {
        found.hinted(
            value.span(),
            format!("expected the class of an instance for `instance`, got {class:?}"),
            "such as \"db.r6g.large\"",
        );
    }
    class.to_owned()
}
