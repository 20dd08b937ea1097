//! SARIF 2.1.0, for what shows findings beside the lines of a review.

use serde_json::{Value, json};

use super::notes::notes;
use super::peers::PEERS;
use super::remedy::remedy;
use super::resource::{Lint, Place, Resource, Unreadable};
use crate::domain::posture::{Verdict, Warning};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Rules: what each id means, and its usual level.
const RULES: [(&str, &str, &str); 6] = [
    (
        "disabled",
        "error",
        "A cluster that could have Backtrack has none",
    ),
    ("invalid", "error", "AWS refuses the Backtrack window"),
    (
        "blocked",
        "error",
        "A Backtrack window is given and cannot be used",
    ),
    (
        "unknown",
        "warning",
        "Whether a cluster could be rewound cannot be decided from the template",
    ),
    ("unreadable", "error", "A template could not be read"),
    (
        "warning",
        "note",
        "A cluster could be rewound, and something is to be known beside it",
    ),
];

/// The whole log.
pub fn sarif(lint: &Lint, version: &str) -> Value {
    let rules: Vec<Value> = RULES
        .iter()
        .map(|(id, level, text)| {
            json!({
                "id": id,
                "name": id,
                "shortDescription": {"text": text},
                "defaultConfiguration": {"level": level},
                "properties": {"tags": ["aurora", "backtrack"], "peers": PEERS.map(|(tool, rule)| format!("{tool} {rule}"))},
            })
        })
        .collect();
    let results: Vec<Value> = lint
        .resources
        .iter()
        .filter_map(resource)
        .chain(lint.unreadable.iter().map(unreadable))
        .collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "backtrackctl", "version": version, "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn resource(found: &Resource) -> Option<Value> {
    let judgement = &found.judgement;
    // That a rule of others is suppressed is told beside what it is suppressed for.
    let told: Vec<&str> = judgement
        .warnings
        .iter()
        .filter(|warning| **warning != Warning::Suppressed)
        .map(|warning| warning.as_str())
        .collect();
    let notes = notes(found);
    let rule = match judgement.verdict {
        Verdict::Disabled | Verdict::Invalid | Verdict::Blocked | Verdict::Unknown => {
            judgement.verdict.as_str()
        }
        Verdict::Ok | Verdict::NotApplicable if told.is_empty() && notes.is_empty() => return None,
        Verdict::Ok | Verdict::NotApplicable => "warning",
    };
    let mut text = format!(
        "{} is {}: {}.",
        found.address,
        judgement.verdict.as_str(),
        judgement.reason
    );
    if !told.is_empty() {
        text.extend([" Warnings: ", &told.join(", "), "."]);
    }
    if let Some(remedy) = remedy(found) {
        text.extend([" To mend it: ", &remedy, "."]);
    }
    for note in &notes {
        text.extend([" Note: ", note, "."]);
    }
    let mut result = result(rule, &text, &found.file, found.place.as_ref(), &found.address);
    if !found.suppressions.is_empty() {
        let suppressions = found.suppressions.iter().map(|suppression| {
            let reason = suppression.reason.as_deref().unwrap_or("no reason is given");
            json!({
                "kind": "inSource",
                "justification": format!("{} {}: {reason}", suppression.tool, suppression.rule),
            })
        });
        result["suppressions"] = suppressions.collect();
    }
    Some(result)
}

fn unreadable(found: &Unreadable) -> Value {
    result(
        "unreadable",
        &format!("{}.", found.message),
        &found.file,
        found.place.as_ref(),
        "",
    )
}

fn result(rule: &str, text: &str, file: &str, place: Option<&Place>, address: &str) -> Value {
    let index = RULES.iter().position(|(id, _, _)| *id == rule);
    let level = index.map_or("error", |index| RULES[index].1);
    let mut physical = json!({"artifactLocation": {"uri": uri(file)}});
    if let Some(place) = place {
        physical["region"] = json!({"startLine": place.line, "startColumn": place.column});
    }
    let mut location = json!({"physicalLocation": physical});
    if !address.is_empty() {
        location["logicalLocations"] = json!([{"fullyQualifiedName": address, "kind": "resource"}]);
    }
    json!({
        "ruleId": rule,
        "ruleIndex": index,
        "level": level,
        "message": {"text": text},
        "locations": [location],
        "partialFingerprints": {"backtrackctl/v1": format!("{rule}:{file}:{address}")},
    })
}

/// A path as a relative reference, or as a file's address: what a URI does not take is escaped.
fn uri(path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path);
    let mut uri = if path.starts_with('/') {
        "file://".to_owned()
    } else {
        String::new()
    };
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.extend(['%', hex(byte >> 4), hex(byte & 15)]);
        }
    }
    uri
}

fn hex(digit: u8) -> char {
    char::from_digit(u32::from(digit), 16).map_or('0', |digit| digit.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_reference() {
        assert_eq!(uri("./a b/ü.yaml"), "a%20b/%C3%BC.yaml");
        assert_eq!(uri("a:b.json"), "a%3Ab.json");
        assert_eq!(uri("/a b.json"), "file:///a%20b.json");
    }
}
