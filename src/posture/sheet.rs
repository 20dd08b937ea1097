//! A sheet: one row for each cluster, for a spreadsheet. No cell of it can be a formula.

use csv::Writer;

use super::json;
use crate::domain::posture::fleet::Row;

/// Columns, by the keys of JSON.
const COLUMNS: [&str; 32] = [
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
];

/// The whole sheet, with its head. An empty cell is not known, or none.
///
/// # Errors
/// A row did not fit: none that this makes.
pub fn sheet(rows: &[Row]) -> Result<String, csv::Error> {
    let mut writer = Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for row in rows {
        let line = json::cluster(row);
        writer.write_record(COLUMNS.iter().map(|column| cell(line.get(*column))))?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn cell(value: Option<&serde_json::Value>) -> String {
    use serde_json::Value;
    let text = match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items)) => items.iter().map(item).collect::<Vec<_>>().join("; "),
        Some(other @ (Value::Bool(_) | Value::Number(_) | Value::Object(_))) => other.to_string(),
    };
    harmless(text)
}

fn item(value: &serde_json::Value) -> String {
    let message = value.get("message").and_then(serde_json::Value::as_str);
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
