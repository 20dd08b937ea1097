//! The clusters, with their windows drawn to one scale of 72 h.

use maud::{Markup, html};

use crate::domain::posture::fleet::{Money, Row, Step, peer_rules};
use crate::posture::words::{alarms, hours, what};

const WIDEST_S: i64 = 259_200;

pub(super) fn table(rows: &[&Row]) -> Markup {
    html! {
        div.wide {
            table {
                thead {
                    tr {
                        @for name in ["Cluster", "Verdict", "Within reach", "Now", "$ a month", "Owner", "What to know"] {
                            th scope="col" { button type="button" { (name) } }
                        }
                    }
                }
                tbody { @for (place, row) in rows.iter().enumerate() { (one(place, row)) } }
            }
        }
    }
}

fn one(place: usize, row: &Row) -> Markup {
    let cluster = &row.cluster;
    let verdict = row.verdict.as_str();
    let (now, now_key) = match row.rewindable_now {
        Some(true) => ("yes", "2"),
        Some(false) => ("no", "0"),
        None => ("not known", "1"),
    };
    html! {
        tr {
            td data-key=(cluster.id) { span.id { (cluster.id) } br; span.dim { (cluster.region) } }
            td.num data-key=(place) { span class=(format!("mark v-{verdict}")) {} (verdict.replace('_', " ")) }
            td.num data-key=(row.reach.back_s().unwrap_or(-1)) { (reach(row)) }
            td.num data-key=(now_key) { (now) }
            td.num data-key=(row.cost.map_or(-1, Money::cents)) { (row.cost.map(Money::text).unwrap_or_default()) }
            td data-key=(row.owner.as_deref().unwrap_or_default()) { (row.owner.as_deref().unwrap_or_default()) }
            td data-key=(what(row).join(" ")) { (notes(row)) }
        }
    }
}

fn reach(row: &Row) -> Markup {
    let Some(target) = row.reach.target_s.filter(|seconds| *seconds > 0) else {
        return html! { span.dim { "no window" } };
    };
    let percent = |seconds: i64| (seconds.clamp(0, WIDEST_S) * 100) / WIDEST_S;
    let actual = row.reach.back_s();
    html! {
        (actual.map_or("not known".to_owned(), hours)) " of " (hours(target))
        div.bar title="of 72 h; the line is what was asked for" {
            @if let Some(actual) = actual { i style=(format!("width:{}%", percent(actual))) {} }
            u style=(format!("left:{}%", percent(target))) {}
        }
    }
}

/// Engine, version and mode as far as AWS names them: a version decides what is possible.
fn setup(row: &Row) -> String {
    let cluster = &row.cluster;
    let named = [&cluster.engine, &cluster.engine_version, &cluster.engine_mode];
    let named: Vec<&str> = named.into_iter().flatten().map(String::as_str).collect();
    named.join(", ")
}

fn notes(row: &Row) -> Markup {
    let peers = peer_rules(&row.cluster);
    html! {
        @let words = what(row);
        @if !words.is_empty() { (words.join(", ")) }
        details {
            summary { "why, and what to do" }
            p { (row.reason) }
            @if let Some(why) = row.why_not.as_ref().filter(|why| **why != row.reason) { p { "Not now: " (why) } }
            @for finding in &row.findings {
                p { (finding.message) @if !finding.remedy.is_empty() { ":" } }
                @if !finding.remedy.is_empty() { (steps(&finding.remedy)) }
            }
            @if let Some(remedy) = &row.remedy {
                p { "To do:" }
                (steps(&remedy.steps))
            }
            p.dim { (setup(row)) }
            @if let Some(alarms) = alarms(row) { p.dim { (alarms) } }
            @for (name, why) in &row.unknown { p.dim { "Not known: " (name.replace('_', " ")) ", " (why) } }
            @if !peers.is_empty() { p.dim { "Also found by " (peers.join(", ")) } }
        }
    }
}

fn steps(steps: &[Step]) -> Markup {
    html! {
        ol {
            @for step in steps {
                li { (step.words) @if let Some(command) = &step.command { br; code { (command) } } }
            }
        }
    }
}
