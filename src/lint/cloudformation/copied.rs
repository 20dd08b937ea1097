//! Copy-on-write clones: one has Backtrack only where its source has it.

use super::cluster::{Cluster, KIND, WINDOW};
use super::facts::window;
use super::scope::Scope;
use super::template::Declared;
use super::value::Value;
use crate::domain::posture::{Fact, Verdict, Window};
use crate::lint::judgement::{Cause, Judgement};

/// Clones of clones that are followed.
const CHAIN: usize = 16;

/// What is known of a cluster as a clone.
pub(super) struct Copied {
    /// It is one, or may be one.
    pub(super) is_one: bool,
    /// It is one of a cluster without Backtrack, by its logical id; or why that is not known.
    bare: Fact<String>,
}

impl Copied {
    pub(super) fn of(cluster: &Cluster<'_, '_>) -> Self {
        let (is_one, bare) = cluster.aside(
            |(_, bare)| *bare != Fact::Absent,
            |scope| {
                let property = |name: &str| cluster.property(scope, name);
                let source = property("SourceDBClusterIdentifier");
                of(cluster, scope, property("RestoreType"), &source)
            },
        );
        Self { is_one, bare }
    }

    /// A window of a clone is refused where its source has none.
    pub(super) fn weigh(&self, cluster: &Cluster<'_, '_>, judgement: &mut Judgement) {
        if judgement.verdict != Verdict::Ok {
            return;
        }
        match &self.bare {
            Fact::Absent => {}
            Fact::Known(source) => {
                judgement.verdict = Verdict::Blocked;
                judgement.causes = vec![Cause::Source];
                judgement.reason = format!(
                    "a window is given, and it cannot be used: a copy-on-write clone has Backtrack only where its source \
                     has it, and `{source}` has none"
                );
            }
            Fact::Unknown(why) => {
                judgement.verdict = Verdict::Unknown;
                judgement.reason = format!(
                    "whether `{}` may have a window is not known, as a copy-on-write clone has Backtrack only where its \
                     source has it: {why}",
                    cluster.resource.id
                );
            }
        }
    }
}

fn of<'t>(
    cluster: &Cluster<'_, 't>,
    scope: &Scope<'_, 't>,
    kind: Value<'t>,
    source: &Value<'t>,
) -> (bool, Fact<String>) {
    let undecided = match (kind, source) {
        (Value::Nothing, _) | (_, Value::Nothing) => return (false, Fact::Absent),
        (Value::Text { text, .. }, _) if text.eq_ignore_ascii_case("copy-on-write") => None,
        (Value::Text { .. }, _) => return (false, Fact::Absent),
        (kind, _) => Some(kind),
    };
    // What may be brought in from elsewhere is no sign of a clone; what a deployment chooses is one.
    let is_one = undecided
        .as_ref()
        .is_none_or(|kind| matches!(kind, Value::Partly(_)));
    let bare = match (bare(cluster, scope, source, CHAIN), undecided) {
        (Fact::Known(_) | Fact::Unknown(_), Some(kind)) => {
            Fact::Unknown(kind.into_text().err().unwrap_or_default())
        }
        (bare, _) => bare,
    };
    (is_one, bare)
}

/// The source that has no Backtrack; absent where it has it, or is not in this template.
fn bare<'t>(
    cluster: &Cluster<'_, 't>,
    scope: &Scope<'_, 't>,
    source: &Value<'t>,
    left: usize,
) -> Fact<String> {
    let Some(found) = cluster.neighbours.source(scope, source) else {
        if scope.notes.has_open() && cluster.neighbours.has_sources() {
            let why = source.clone().into_text().err();
            return Fact::Unknown(why.unwrap_or_else(|| "its source is undecided".to_owned()));
        }
        return Fact::Absent;
    };
    debug_assert_eq!(found.kind, KIND);
    let other = scope.of(found);
    let properties = other.properties(found);
    match window(&other, other.property(&properties, WINDOW)).0 {
        Fact::Absent | Fact::Known(Window::Seconds(0)) => Fact::Known(found.id.clone()),
        Fact::Unknown(why) => Fact::Unknown(why),
        Fact::Known(Window::Seconds(_) | Window::Text(_)) => above(cluster, &other, found, &properties, left),
    }
}

/// The same of a source that has a window, and may be a clone itself.
fn above<'t>(
    cluster: &Cluster<'_, 't>,
    scope: &Scope<'_, 't>,
    found: &Declared<'t>,
    properties: &Value<'t>,
    left: usize,
) -> Fact<String> {
    let kind = scope.property(properties, "RestoreType");
    let is_one = matches!(&kind, Value::Text { text, .. } if text.eq_ignore_ascii_case("copy-on-write"));
    let source = scope.property(properties, "SourceDBClusterIdentifier");
    if !is_one || matches!(source, Value::Nothing) || left == 0 || found.id == cluster.resource.id {
        return Fact::Absent;
    }
    bare(cluster, scope, &source, left - 1)
}
