//! Rules of other tools that comments in a block switch off.

use super::block::Block;
use crate::lint::Suppression;

/// What begins a suppression, whose it is, and the rule on backtracking that it can name.
const FORMS: [(&str, &str, &str); 4] = [
    ("checkov:skip=", "checkov", "CKV_AWS_326"),
    ("ts:skip=", "terrascan", "AC_AWS_0190"),
    ("tfsec:ignore:", "tfsec", "*"),
    ("trivy:ignore:", "trivy", "*"),
];

/// The suppressions in a block that touch backtracking; those of other rules are no business here.
pub(super) fn of(block: &Block) -> Vec<Suppression> {
    let text = block.source.text.get(block.span.clone()).unwrap_or_default();
    let mut found = Vec::new();
    for line in text.lines() {
        for (form, tool, wanted) in FORMS {
            let Some(at) = line.find(form) else { continue };
            let comment = line[..at].contains('#') || line[..at].contains("//") || line[..at].contains("/*");
            if !comment {
                continue;
            }
            let rest = &line[at + form.len()..];
            let end = rest
                .find(|each: char| !each.is_ascii_alphanumeric() && !matches!(each, '_' | '-' | '*'))
                .unwrap_or(rest.len());
            let (rule, reason) = rest.split_at(end);
            if rule == wanted {
                let reason = reason
                    .trim_start_matches([':', ' '])
                    .trim_end_matches("*/")
                    .trim();
                found.push(Suppression {
                    tool,
                    rule: rule.to_owned(),
                    reason: (!reason.is_empty()).then(|| reason.to_owned()),
                });
            }
        }
    }
    found
}
