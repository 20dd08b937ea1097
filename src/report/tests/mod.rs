//! Reports of runs that went through the real machine, event by event.

mod discarded;
mod endings;
mod hops;
mod hostile;
mod left_behind;
mod scenery;
mod shape;
mod snapshots;
mod stories;
mod story;

use serde_json::Value;

use story::Story;

/// Asserts that the Markdown holds each line or part of a line.
#[track_caller]
fn assert_says(markdown: &str, parts: &[&str]) {
    for part in parts {
        assert!(markdown.contains(part), "expected {part:?} in\n{markdown}");
    }
}

/// Asserts that the Markdown holds none of these.
#[track_caller]
fn assert_silent(markdown: &str, parts: &[&str]) {
    for part in parts {
        assert!(!markdown.contains(part), "expected no {part:?} in\n{markdown}");
    }
}

/// Both forms of a story's report.
fn reports(story: &Story) -> (String, Value) {
    let trail = story.trail();
    (super::markdown(&trail), super::json(&trail))
}
