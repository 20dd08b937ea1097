//! The bar as text.

use super::*;
use crate::domain::mode::Mode;
use crate::ui::layout::lay;
use crate::ui::style::Style;
use crate::ui::testing::{at, screen};

fn drawn(drawing: &Drawing, width: usize, marks: bool) -> String {
    let style = Style {
        marks,
        ..screen(width)
    };
    lay(&drawing.lines(width, marks), "", Mode::Live, &style).join("\n")
}

fn window() -> Window {
    Window {
        earliest: at("2026-11-19T02:31:08Z"),
        latest: at("2026-11-20T02:31:08Z"),
        observed: at("2026-11-20T02:31:08Z"),
        filling_s: None,
    }
}

fn rewind(target: &str) -> Drawing {
    Drawing {
        window: window(),
        target: at(target),
        present: at("2026-11-20T02:31:08Z"),
        direction: Direction::Rewind,
    }
}

#[test]
fn a_rewind_of_minutes_in_a_window_of_a_day_can_be_seen() {
    insta::assert_snapshot!(drawn(&rewind("2026-11-20T02:14:05Z"), 80, true), @r#"
    ┃━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━◆░░░░░░░░┃
    earliest                                                target             now
    11-19 02:31:08Z                                11-20 02:14:05Z 11-20 02:31:08Z
    "#);
}

#[test]
fn ascii_serves_where_marks_cannot_be_shown() {
    insta::assert_snapshot!(drawn(&rewind("2026-11-19T14:14:05Z"), 68, false), @r#"
    |------------------------------Oxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|
    earliest                    target                             now
    11-19 02:31:08Z         11-19 14:14:05Z            11-20 02:31:08Z
    "#);
}

#[test]
fn a_target_before_the_window_lies_left_of_what_can_be_reached() {
    insta::assert_snapshot!(drawn(&rewind("2026-11-18T14:14:05Z"), 80, true), @r#"
    ◆░░░░░░░░░░░░░░░░░░░░░░░░░┃░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░┃
    target                earliest                                             now
    11-18 14:14:05Z    11-19 02:31:08Z                             11-20 02:31:08Z
    "#);
}

#[test]
fn going_forward_shows_what_comes_back() {
    let drawing = Drawing {
        present: at("2026-11-20T01:14:05Z"),
        direction: Direction::Forward,
        ..rewind("2026-11-20T02:14:05Z")
    };
    insta::assert_snapshot!(drawn(&drawing, 80, true), @r#"
    ┃━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┃▶▶▶▶▶▶▶▶◆━━━━━━━━┃
    earliest                              data now          target          latest
    11-19 02:31:08Z                11-20 01:14:05Z 11-20 02:14:05Z 11-20 02:31:08Z
    "#);
}

#[test]
fn nothing_is_drawn_where_it_does_not_fit() {
    assert_eq!(drawn(&rewind("2026-11-20T02:14:05Z"), 45, true), "");
}

#[test]
fn no_row_is_wider_than_asked_wherever_the_target_lies() {
    for minute in 0..(26 * 60) {
        let mut drawing = rewind("2026-11-19T01:31:08Z");
        drawing.target += chrono::TimeDelta::minutes(minute);
        for width in [68, 80, 100] {
            for row in drawn(&drawing, width, true).lines() {
                assert!(console::measure_text_width(row) <= width, "{row}");
            }
        }
    }
}
