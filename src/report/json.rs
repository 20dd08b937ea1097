//! The report for programs: the same facts as the Markdown, in a shape that stays.

use serde::Serialize;
use serde_json::Value;

use super::facts::Incident;
use super::trail::Trail;

/// Version of the shape. Fields may be added to it; none changes its meaning.
pub const SCHEMA: &str = "backtrackctl/report/1";

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    #[serde(flatten)]
    incident: &'a Incident,
}

/// The report as one JSON object. Times are RFC 3339 in UTC, durations whole seconds with names that end in `_s`,
/// and what is not known is null.
pub fn json(trail: &Trail<'_>) -> Value {
    let report = Report {
        schema: SCHEMA,
        incident: &Incident::of(trail),
    };
    // Every key is text and every value plain, so this cannot fail; if it ever did, the report says so itself.
    serde_json::to_value(&report).unwrap_or_else(|error| {
        serde_json::json!({ "schema": SCHEMA, "error": format!("expected a report that can be written, got {error}") })
    })
}
