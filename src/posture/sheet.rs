//! A sheet: one row for each cluster, for a spreadsheet. No cell of it can be a formula.

use csv::Writer;
use serde_json::{Value, json};

use super::{holes, json};
use crate::domain::posture::fleet::{Reading, Row};

/// Columns, by the keys of JSON. Sheets that are kept count on their places: new ones come last.
const COLUMNS: [&str; 35] = [
    "account",
    "region",
    "cluster",
    "verdict",
    "target_s",
    "actual_s",
    "usable_s",
    "rewindable_now",
    "why_not",
    "warnings",
    "reason",
    "remedy",
    "findings",
    "peer_rules",
    "owner",
    "engine",
    "engine_version",
    "engine_mode",
    "status",
    "created",
    "earliest",
    "members",
    "writer",
    "needs_force",
    "global_cluster",
    "replicates",
    "clone_group",
    "upgraded",
    "change_records",
    "cost_month_usd",
    "cost_month_72h_usd",
    "last_backtrack",
    "profile",
    "alarms",
    "unknown",
];

/// The whole sheet, with its head. An empty cell is none, or not known: `unknown` says which of them are not. A Region that was
/// not read whole has a row without a cluster, before all others.
///
/// # Errors
/// A row did not fit: none that this makes.
pub fn sheet(rows: &[Row], readings: &[Reading]) -> Result<String, csv::Error> {
    let mut writer = Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    let unread = readings.iter().filter_map(|reading| unread(reading, rows));
    for line in unread.chain(rows.iter().map(json::cluster)) {
        writer.write_record(COLUMNS.iter().map(|column| cell(line.get(*column))))?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A hole in the list, told where a list is all that is looked at.
fn unread(reading: &Reading, rows: &[Row]) -> Option<Value> {
    let why = holes::unread(reading, rows)?;
    let failure = reading.unread.as_ref().map(|failure| failure.message.as_str());
    Some(json!({
        "region": reading.region,
        "verdict": "unread",
        "reason": format!("{why}: {}", failure.unwrap_or_default()),
        "profile": reading.profile,
    }))
}

fn cell(value: Option<&Value>) -> String {
    let text = match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items)) => items.iter().map(item).collect::<Vec<_>>().join("; "),
        Some(Value::Object(named)) => {
            let named = named
                .iter()
                .map(|(name, value)| format!("{name}: {}", item(value)));
            named.collect::<Vec<_>>().join("; ")
        }
        Some(other @ (Value::Bool(_) | Value::Number(_))) => other.to_string(),
    };
    harmless(text)
}

fn item(value: &Value) -> String {
    let message = value.get("message").and_then(Value::as_str);
    match (message, value.as_str()) {
        (Some(message), _) => message.to_owned(),
        (None, Some(text)) => text.to_owned(),
        (None, None) => value.to_string(),
    }
}

/// What a spreadsheet may run, or take for more than a text, where a cell begins with it, blanks aside: the wide forms are read
/// as the others in some languages. A tag may hold it.
const FORMULA: [char; 10] = ['=', '+', '-', '@', '|', '%', '＝', '＋', '－', '＠'];

fn harmless(text: String) -> String {
    let blank = text.starts_with(['\t', '\r', '\n']);
    if blank || text.trim_start().starts_with(FORMULA) {
        format!("'{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_a_text() {
        for text in [
            "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "|calc", "%0A", "＝1+1",
        ] {
            assert_eq!(harmless(text.to_owned()), format!("'{text}"));
        }
        assert_eq!(harmless("a=b".to_owned()), "a=b");
    }
}
