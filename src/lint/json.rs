//! One JSON object a line.

use serde_json::{Value, json};

use super::notes::notes;
use super::remedy::remedy;
use super::resource::{Lint, Place, Resource, Unreadable};

/// The lines: clusters first, then what could not be read.
pub fn json_lines(lint: &Lint) -> impl Iterator<Item = Value> {
    let resources = lint.resources.iter().map(resource);
    resources.chain(lint.unreadable.iter().map(unreadable))
}

fn resource(found: &Resource) -> Value {
    let warnings = found.judgement.warnings.iter().map(|warning| warning.as_str());
    let suppressions = found.suppressions.iter().map(|suppression| {
        json!({"tool": suppression.tool, "rule": suppression.rule, "reason": suppression.reason})
    });
    json!({
        "kind": "resource",
        "file": found.file,
        "address": found.address,
        "verdict": found.judgement.verdict.as_str(),
        "window_seconds": found.judgement.window_s,
        "warnings": warnings.collect::<Vec<_>>(),
        "message": found.judgement.reason,
        "line": line(found.place.as_ref()),
        "column": column(found.place.as_ref()),
        "remedy": remedy(found),
        "notes": notes(found),
        "suppressions": suppressions.collect::<Vec<_>>(),
    })
}

fn unreadable(found: &Unreadable) -> Value {
    json!({
        "kind": "unreadable",
        "file": found.file,
        "message": found.message,
        "line": line(found.place.as_ref()),
        "column": column(found.place.as_ref()),
    })
}

fn line(place: Option<&Place>) -> Option<usize> {
    place.map(|place| place.line)
}

fn column(place: Option<&Place>) -> Option<usize> {
    place.map(|place| place.column)
}
