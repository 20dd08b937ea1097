//! Text that was written to break a table, a ticket or a reader.

use serde_json::Value;

use super::scenery::plan;
use super::stories::{blocked, completed, forward, overridden, refused, unresolved};
use super::story::Story;
use super::{assert_says, reports};
use crate::domain::mode::Mode;
use crate::domain::run::Run;

const NASTY: &str =
    "x|y`z<script>alert(1)</script>\r\n# Owned\n| a | b |\n```\n\u{202e}[k](javascript:k)\u{1b}[2J&amp;\\";

/// Fields that an operator, AWS or a machine fills.
const FILLED: [&str; 27] = [
    "reason",
    "os_user",
    "host",
    "terminal",
    "name",
    "message",
    "what",
    "code",
    "request_id",
    "id",
    "how",
    "caller",
    "account",
    "region",
    "resource_id",
    "rule",
    "program",
    "runbook_path",
    "runbook_digest",
    "instruction",
    "why",
    "signal",
    "description",
    "profile",
    "lab",
    "endpoint",
    "backup_window",
];

/// The same run, with the same events, in hostile words.
fn spoil(story: &Story) -> Story {
    let events: Vec<_> = story
        .events
        .iter()
        .map(|(at, event)| {
            let mut value = serde_json::to_value(event).unwrap();
            soil(&mut value);
            (*at, serde_json::from_value(value).unwrap())
        })
        .collect();
    let run = Run::replay(events.iter().map(|(at, event)| (*at, event))).unwrap();
    Story {
        run,
        events,
        now: story.now,
        findings: Vec::new(),
    }
}

fn soil(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                if let (Value::String(text), true) = (&mut *field, FILLED.contains(&key.as_str())) {
                    text.push_str(NASTY);
                }
                if let (Value::Array(lines), "instead") = (&mut *field, key.as_str()) {
                    lines.push(Value::String(format!("aws {NASTY}")));
                    lines.remove(0);
                }
                soil(field);
            }
        }
        Value::Array(entries) => entries.iter_mut().for_each(soil),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What gives a page its structure: of each line its beginning, and of a table's row the number of cells.
fn structure(markdown: &str) -> Vec<(String, usize)> {
    markdown
        .lines()
        .map(|line| {
            let begin = line.split([' ', '`']).next().unwrap_or_default().to_owned();
            (
                begin,
                if line.starts_with('|') {
                    line.matches('|').count()
                } else {
                    0
                },
            )
        })
        .collect()
}

#[test]
fn hostile_words_change_no_line_no_cell_and_no_heading() {
    let lab = completed(Mode::Drill);
    for story in [
        completed(Mode::Live),
        lab,
        refused(),
        unresolved(),
        forward(),
        overridden(),
        blocked(),
    ] {
        let (plain, hostile) = (reports(&story).0, reports(&spoil(&story)).0);
        assert_eq!(structure(&hostile), structure(&plain), "{hostile}");
        assert_says(&hostile, &["x&#124;y&#96;z&lt;script&gt;", "⏎ \\# Owned ⏎"]);
    }
}

#[test]
fn nothing_hostile_is_left_in_the_text() {
    for story in [completed(Mode::Live), refused(), overridden(), blocked()] {
        let hostile = reports(&spoil(&story)).0;
        let bad =
            |letter: &char| (letter.is_control() && *letter != '\n') || matches!(letter, '<' | '\u{202e}');
        assert_eq!(hostile.chars().find(bad), None, "{hostile}");
        assert_eq!(hostile.matches("```").count(), 0);
    }
}

#[test]
fn the_json_keeps_hostile_words_as_they_are() {
    let value = reports(&spoil(&refused())).1;
    let message = value["refusals"][0]["message"].as_str().unwrap();
    assert!(message.ends_with(NASTY), "{message}");
    let again: Value = serde_json::from_str(&value.to_string()).unwrap();
    assert_eq!(again, value);
}

#[test]
fn a_hostile_cluster_id_stays_within_the_title() {
    let mut plan = plan(Mode::Live);
    plan.cluster = NASTY.to_owned();
    plan.runbook.name = NASTY.to_owned();
    let markdown = reports(&Story::open(plan)).0;
    let title = markdown.lines().next().unwrap();
    assert!(
        title.starts_with("# Backtrack of x&#124;y&#96;z&lt;script&gt;"),
        "{title}"
    );
    assert!(title.ends_with(": no end recorded"), "{title}");
}

#[test]
fn events_without_a_beginning_make_an_empty_report_and_no_panic() {
    let story = refused();
    let mut trail = story.trail();
    trail.events = story.events.get(1..).unwrap();
    assert_says(
        &crate::report::markdown(&trail),
        &["# Backtrack of orders-prod: refused", "No look was completed."],
    );
}
