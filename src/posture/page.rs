//! A page for a browser: one file that needs nothing from anywhere, worst clusters first. Without its script it only loses
//! the sorting.

mod figures;
mod table;

use std::collections::BTreeSet;

use chrono::{DateTime, SecondsFormat, Utc};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::holes;
use super::words::{counted, place};
use crate::domain::posture::fleet::{Kpi, Reading, Row};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The document. `rows` are worst first; `apart` says where the instant is not the service's.
pub fn page(
    rows: &[&Row],
    readings: &[Reading],
    kpi: &Kpi,
    at: DateTime<Utc>,
    apart: Option<&str>,
) -> String {
    let at = at.to_rfc3339_opts(SecondsFormat::Secs, true);
    let regions: BTreeSet<&str> = readings.iter().map(|reading| reading.region.as_str()).collect();
    let document = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Backtrack posture, " (at) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { "Could each cluster be rewound?" }
                p.dim { (counted(kpi.clusters, "cluster")) " in " (counted(regions.len(), "Region")) " as of " (at) }
                @if let Some(apart) = apart { p.bad { (apart) } }
                (unread(readings))
                @if let Some(journals) = holes::journals(kpi) { p.bad { (journals) } }
                (figures::figures(kpi))
                h2 { "Clusters, worst first" }
                (table::table(rows))
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    document.into_string()
}

/// What the page cannot show comes before what it shows.
fn unread(readings: &[Reading]) -> Markup {
    html! {
        @for reading in readings {
            @if let Some(failure) = &reading.unread {
                p.bad {
                    (place(reading.profile.as_deref(), &reading.region))
                    " was not read whole: " (failure.code.as_deref().unwrap_or("no answer")) ", " (failure.message)
                    ". Its clusters are missing here, or some of them."
                }
            }
        }
    }
}
