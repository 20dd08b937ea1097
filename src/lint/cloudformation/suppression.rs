//! Rules of other tools that a template switches off: Checkov's, cfn-guard's, cdk-nag's.

use std::ops::Range;

use super::template::{Declared, Template};
use crate::lint::peers::concerns;
use crate::lint::resource::Suppression;
use crate::lint::tree::Node;

const COMMENT: &str = "checkov:skip=";

/// Those that concern Backtrack, for one resource. `text` is the whole file: Checkov's stand in comments, too.
pub(super) fn of(template: Template<'_>, resource: &Declared<'_>, text: &str) -> Vec<Suppression> {
    let own = resource.body.get("Metadata");
    let all = template.root.get("Metadata");
    let mut found = Vec::new();
    if let Some(own) = own {
        let skips = own.get("checkov").and_then(|checkov| checkov.get("skip"));
        listed(skips, "checkov", "comment", &mut found);
        let rules = own.get("guard").and_then(|guard| guard.get("SuppressedRules"));
        listed(rules, "cfn-guard", "reason", &mut found);
    }
    for metadata in [own, all].into_iter().flatten() {
        let rules = metadata
            .get("cdk_nag")
            .and_then(|nag| nag.get("rules_to_suppress"));
        listed(rules, "cdk-nag", "reason", &mut found);
    }
    comments(text, resource.at.start..resource.body.at.end, &mut found);
    found.retain(|suppression| concerns(&suppression.rule));
    found.dedup();
    found
}

/// Rules in a list: each an id, or a map with an id and a reason.
fn listed(rules: Option<&Node>, tool: &'static str, reason: &str, found: &mut Vec<Suppression>) {
    let items = rules.map_or(&[][..], Node::items);
    for item in items {
        let id = item.text().or_else(|| item.get("id").and_then(Node::text));
        if let Some(id) = id {
            found.push(Suppression {
                tool,
                rule: id.to_owned(),
                reason: item.get(reason).and_then(Node::text).map(str::to_owned),
            });
        }
    }
}

/// `#checkov:skip=ID:reason` between some bytes of a text.
fn comments(text: &str, bytes: Range<usize>, found: &mut Vec<Suppression>) {
    let mut rest = text.get(bytes).unwrap_or_default();
    while let Some((before, after)) = rest.split_once(COMMENT) {
        let line = after.lines().next().unwrap_or_default();
        rest = after;
        let begin = before.rsplit('\n').next().unwrap_or_default();
        if !begin.trim_end().ends_with('#') {
            continue;
        }
        let (rule, reason) = match line.split_once(':') {
            Some((rule, reason)) => (rule, Some(reason.trim().to_owned())),
            None => (line, None),
        };
        found.push(Suppression {
            tool: "checkov",
            rule: rule.trim().to_owned(),
            reason: reason.filter(|reason| !reason.is_empty()),
        });
    }
}
