//! Which kind of JSON it is.

use super::{plan, state};
use crate::lint::regions::Regions;
use crate::lint::terraform::strict;
use crate::lint::{Language, Lint, Place, Unreadable};
use serde_json::{Map, Value as Json};
use std::borrow::Cow;

/// The clusters of a plan or a state; none where the bytes are something else.
///
/// Taken for Terraform's are `terraform show -json` of a plan or a state, a state file itself, and what is meant to be
/// one of them: a plan in its binary form, the log of `terraform plan -json`, a file by the name of a state. Those that
/// cannot be judged are said to be unreadable, with what to type instead.
///
/// `regions` tells where resources are whose provider names no Region.
pub fn json(file: &str, bytes: &[u8], regions: Option<&Regions>) -> Option<Lint> {
    if bytes.starts_with(b"PK\x03\x04") {
        let named = bytes.get(30..36) == Some(b"tfplan") || bytes.get(30..37) == Some(b"tfstate");
        return named.then(|| {
            unreadable(
                file,
                "this is a plan in its binary form: give the output of `terraform show -json PLAN`",
                None,
            )
        });
    }
    let by_name = file.ends_with(".tfstate") || file.ends_with(".tfstate.backup");
    let Some(text) = text(bytes) else {
        return by_name
            .then(|| unreadable(file, "expected a state as JSON, got bytes that are no text", None));
    };
    match strict::parse(&text) {
        Ok(Json::Object(root)) => of_object(file, &root, regions).or_else(|| {
            by_name.then(|| unreadable(file, "expected a state as JSON, got JSON of something else", None))
        }),
        Ok(_) => {
            by_name.then(|| unreadable(file, "expected a state as JSON, got JSON of something else", None))
        }
        Err(error) => broken(file, &text, by_name, &error),
    }
}

/// The bytes as text. Windows' PowerShell writes what a command prints as UTF-16.
fn text(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if let Some(units) = bytes.strip_prefix(b"\xff\xfe") {
        let units: Vec<u16> = units
            .chunks_exact(2)
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
            .collect();
        return String::from_utf16(&units).ok().map(Cow::Owned);
    }
    std::str::from_utf8(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
        .ok()
        .map(Cow::Borrowed)
}

fn of_object(file: &str, root: &Map<String, Json>, regions: Option<&Regions>) -> Option<Lint> {
    let has = |key: &str| root.contains_key(key);
    if has("encrypted_data") && (has("lineage") || has("meta")) {
        let why = "it is encrypted: give the output of `tofu show -json`";
        return Some(unreadable(file, why, None));
    }
    let shown = ["resource_changes", "planned_values", "prior_state", "values"];
    if let Some(version) = root.get("format_version") {
        let empty = root
            .keys()
            .all(|key| matches!(key.as_str(), "format_version" | "terraform_version" | "checks"));
        if !empty && !shown.iter().any(|key| has(key)) {
            return None;
        }
        let version = version.as_str().unwrap_or("something that is no text");
        let major = version
            .split('.')
            .next()
            .and_then(|major| major.parse::<u64>().ok());
        return Some(match major {
            Some(0 | 1) if has("values") || empty => of_state(state::shown(file, root, regions)),
            Some(0 | 1) => plan::read(file, root, regions),
            _ => {
                let why = format!(
                    "expected a format version of 0.x or 1.x, got {version}: its fields may mean something else, so \
                     nothing in it was judged"
                );
                unreadable(file, &why, None)
            }
        });
    }
    if let Some(version) = root.get("version")
        && (has("lineage") || has("serial"))
        && (has("resources") || has("modules") || has("terraform_version"))
    {
        if version.as_u64() == Some(4) {
            return Some(of_state(state::raw(file, root, regions)));
        }
        let why = format!(
            "expected a state of version 4, got {version}: give the output of `terraform show -json`"
        );
        return Some(unreadable(file, &why, None));
    }
    (has("resource_changes") && (has("planned_values") || has("terraform_version"))).then(|| {
        let why = "expected a format version of 0.x or 1.x, got none: it is no whole output of `terraform show -json`";
        unreadable(file, why, None)
    })
}

/// What a state holds is there already.
fn of_state(mut lint: Lint) -> Lint {
    for resource in &mut lint.resources {
        resource.language = Language::State;
    }
    lint
}

/// Text that is no JSON: ours only where it shows what it was meant to be.
fn broken(file: &str, text: &str, by_name: bool, error: &serde_json::Error) -> Option<Lint> {
    const LOOKED_AT: usize = 4096;
    let mut end = text.len().min(LOOKED_AT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &text[..end];
    if !head.trim_start().starts_with(['{', '[']) && !by_name {
        return None;
    }
    if head.contains("\"@level\"") && head.contains("\"@module\"") {
        let why = "this is the log of `terraform plan -json`: give the output of `terraform show -json PLAN`";
        return Some(unreadable(file, why, None));
    }
    let ours = by_name
        || (head.contains("\"terraform_version\"")
            && (head.contains("\"format_version\"") || head.contains("\"serial\"")));
    ours.then(|| {
        let why = format!("expected JSON of Terraform's: {error}");
        unreadable(file, &why, Some(place(text, error.line(), error.column())))
    })
}

/// The place of a line and a column in bytes.
fn place(text: &str, line: usize, column: usize) -> Place {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let mut at = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    Place {
        line: line.max(1),
        column: text[start..at].chars().count() + 1,
        bytes: at..at,
    }
}

fn unreadable(file: &str, message: &str, place: Option<Place>) -> Lint {
    Lint {
        resources: Vec::new(),
        unreadable: vec![Unreadable {
            file: file.to_owned(),
            message: message.to_owned(),
            place,
        }],
    }
}
