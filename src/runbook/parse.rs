//! Reads a runbook: the root of the file, its items, probes and wording.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use toml::de::DeTable;

use super::broken;
use super::copy::copy;
use super::database::database;
use super::expansion::When;
use super::fault::RunbookFaults;
use super::found::Found;
use super::policy::policy;
use super::secrets;
use super::step::{check, check_within, pausing, step};
use super::table::Table;
use super::value::Value;
use crate::domain::runbook::{PauseItem, Probe, Runbook, Step, Wording};

/// Reads the text of a runbook. `path` only names it in the faults.
///
/// # Errors
/// Every fault of the file. When the text is not TOML, the faults of its syntax alone.
pub fn parse(text: &str, path: &str) -> Result<Runbook, RunbookFaults> {
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut found = Found::new(text);
    secrets::note(root.get_ref(), &mut found);
    if !errors.is_empty() {
        broken::note(&errors, text, &mut found);
        return Err(found.into_faults(path));
    }
    let runbook = runbook(Table::new(root.get_ref(), 0..0), &mut found);
    if found.is_empty() {
        Ok(runbook)
    } else {
        Err(found.into_faults(path))
    }
}

/// The SHA-256 of a runbook's text in lower-case hex: which runbook a run was started with.
pub fn digest(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let nibbles = digest.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
    nibbles
        .filter_map(|nibble| char::from_digit(u32::from(nibble), 16))
        .collect()
}

fn runbook(mut root: Table<'_>, found: &mut Found<'_>) -> Runbook {
    let name = root.required("name", "name = \"orders\"", found);
    let name = name.map(|value| value.line(found).to_owned()).unwrap_or_default();
    let description = root
        .optional("description")
        .map(|value| value.text(found).to_owned());
    let policy = policy(&mut root, found);
    let database = database(&mut root, found);
    let items = root
        .optional("pause")
        .map(|value| value.tables("pause", found))
        .unwrap_or_default();
    let mut names = Names::default();
    let mut pause: Vec<PauseItem> = items
        .into_iter()
        .map(|item| pause_item(item, &mut names, found))
        .collect();
    let probes = root
        .optional("probe")
        .map(|value| value.tables("probe", found))
        .unwrap_or_default();
    let mut names = Names::default();
    let probes = probes
        .into_iter()
        .map(|table| probe(table, &mut names, found))
        .collect();
    let copy = copy(&mut root, &pause, found);
    pause.extend(copy);
    let wording = wording(&mut root, found);
    root.close(found);
    if database.is_none() {
        found.lacks_database();
    }
    Runbook {
        name,
        description,
        policy,
        database,
        pause,
        probes,
        wording,
    }
}

fn pause_item(mut table: Table<'_>, names: &mut Names, found: &mut Found<'_>) -> PauseItem {
    let name = names.read(&mut table, found);
    let hint = "write [pause.pause] with command = [\"…\"], manual = \"…\" or drain = true";
    let pause = needed("pause", hint, &mut table, pausing, found);
    let paused = table
        .optional("paused")
        .and_then(|value| value.table("write [pause.paused]", found));
    let drained = pause == Step::Drain;
    let resume = if drained {
        Step::Nothing
    } else {
        let hint = "write [pause.resume] with command = [\"…\"] or manual = \"…\"";
        needed("resume", hint, &mut table, step, found)
    };
    let resumed = table
        .optional("resumed")
        .filter(|_| !drained)
        .and_then(|value| value.table("write [pause.resumed]", found));
    if drained {
        for key in ["resume", "resumed"] {
            table.optional(key);
            if let Some(span) = table.key_span(key) {
                let hint = "ended sessions are not opened again: the application opens new ones";
                found.hinted(span, format!("expected no `{key}` beside `drain`, got one"), hint);
            }
        }
    }
    let item = PauseItem {
        name,
        pause,
        paused: paused.map(|table| check(table, When::Always, found)),
        resume,
        resumed: resumed.map(|table| check(table, When::Always, found)),
    };
    table.close(found);
    item
}

fn needed(
    key: &'static str,
    hint: &str,
    table: &mut Table<'_>,
    read: fn(Table<'_>, &mut Found<'_>) -> Step,
    found: &mut Found<'_>,
) -> Step {
    let inner = table
        .required(key, hint, found)
        .and_then(|value| value.table(hint, found));
    inner.map_or(
        Step::Manual {
            instruction: String::new(),
        },
        |inner| read(inner, found),
    )
}

fn probe(mut table: Table<'_>, names: &mut Names, found: &mut Found<'_>) -> Probe {
    let name = names.read(&mut table, found);
    let check = check_within(&mut table, When::Rewound, found);
    table.close(found);
    Probe { name, check }
}

fn wording(root: &mut Table<'_>, found: &mut Found<'_>) -> Wording {
    let Some(mut table) = root
        .optional("wording")
        .and_then(|value| value.table("write [wording]", found))
    else {
        return Wording::default();
    };
    let mut words = |key| {
        table
            .optional(key)
            .map(|value: Value<'_>| value.text(found).to_owned())
    };
    let wording = Wording {
        pause: words("pause"),
        confirm: words("confirm"),
        done: words("done"),
    };
    table.close(found);
    wording
}

/// The names of one list, each with the offset at which it was first given.
#[derive(Debug, Default)]
struct Names(BTreeMap<String, usize>);

impl Names {
    fn read(&mut self, table: &mut Table<'_>, found: &mut Found<'_>) -> String {
        let Some(value) = table.required("name", "name = \"shop\"", found) else {
            return String::new();
        };
        let name = value.line(found);
        if let Some(first) = self.0.get(name) {
            let hint = format!("the first is on line {}", found.line(*first));
            found.hinted(
                value.span(),
                format!("expected each name once, got {name:?} twice"),
                hint,
            );
        } else if !name.is_empty() {
            self.0.insert(name.to_owned(), value.span().start);
        }
        name.to_owned()
    }
}
