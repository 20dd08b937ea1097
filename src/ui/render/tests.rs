//! Every screen as text.

use console::measure_text_width;

use super::*;
use crate::domain::mode::Mode;
use crate::domain::outcome::Outcome;
use crate::ui::style::Device;
use crate::ui::testing::{at, every_kind, notice, outcome, screen, stream};

/// What a screen shows of a whole run, as the view puts it together.
fn shown(style: &Style, mode: Mode, wanted: impl Fn(&NoticeKind) -> bool) -> String {
    let kinds = every_kind().into_iter().filter(|kind| wanted(kind) && !matches!(kind, NoticeKind::Finding(_)));
    kinds.flat_map(|kind| render(&Notice { mode, ..notice(kind) }, style)).collect::<Vec<_>>().join("\n")
}

fn beginning(kind: &NoticeKind) -> bool {
    matches!(kind, NoticeKind::Opened { .. } | NoticeKind::Identity(_) | NoticeKind::Window { .. } | NoticeKind::Plan { .. })
}

fn middle(kind: &NoticeKind) -> bool {
    !beginning(kind) && !matches!(kind, NoticeKind::Outcome(_))
}

fn end(of: Outcome, style: &Style) -> String {
    render(&notice(NoticeKind::Outcome(outcome(of))), style).join("\n")
}

fn checks(style: &Style) -> String {
    findings(&crate::ui::testing::findings(), Mode::Live, style).join("\n")
}

#[test]
fn the_beginning_at_80_columns() {
    insta::assert_snapshot!(shown(&screen(80), Mode::Live, beginning), @"");
}

#[test]
fn the_beginning_at_120_columns() {
    insta::assert_snapshot!(shown(&screen(120), Mode::Live, beginning), @"");
}

#[test]
fn the_checks_at_80_columns() {
    insta::assert_snapshot!(checks(&screen(80)), @"");
}

#[test]
fn the_checks_at_120_columns() {
    insta::assert_snapshot!(checks(&screen(120)), @"");
}

#[test]
fn the_middle_at_80_columns() {
    insta::assert_snapshot!(shown(&screen(80), Mode::Live, middle), @"");
}

#[test]
fn the_middle_at_120_columns() {
    insta::assert_snapshot!(shown(&screen(120), Mode::Live, middle), @"");
}

#[test]
fn the_end_of_a_completed_run() {
    insta::assert_snapshot!(end(Outcome::Completed, &screen(80)), @"");
}

#[test]
fn the_end_says_what_is_still_paused() {
    insta::assert_snapshot!(end(Outcome::ResumeIncomplete, &screen(80)), @"");
}

#[test]
fn the_end_of_an_unresolved_run_claims_nothing() {
    insta::assert_snapshot!(end(Outcome::Unresolved, &screen(80)), @"");
}

#[test]
fn a_rehearsal_on_a_stream_marks_every_line() {
    insta::assert_snapshot!(shown(&stream(), Mode::Rehearsal, beginning), @"");
}

#[test]
fn a_finding_on_a_stream_says_its_severity_in_words() {
    let rows: Vec<String> = crate::ui::testing::findings()
        .into_iter()
        .skip(4)
        .take(2)
        .flat_map(|finding| render(&notice(NoticeKind::Finding(finding)), &stream()))
        .collect();
    insta::assert_snapshot!(rows.join("\n"), @"");
}

#[test]
fn verbose_shows_the_checks_that_passed() {
    let style = Style { verbose: true, ..screen(80) };
    assert!(checks(&style).contains("✓ journal: in order"));
    assert!(!checks(&style).contains("checks passed"));
}

#[test]
fn no_row_is_wider_than_the_terminal_in_any_mode() {
    for width in [60, 80, 120, 200] {
        for mode in [Mode::Live, Mode::Rehearsal, Mode::Drill] {
            for device in [Device::Screen, Device::Stream] {
                for marks in [true, false] {
                    let style = Style { device, marks, ..screen(width) };
                    for kind in every_kind() {
                        for row in render(&Notice { mode, ..notice(kind) }, &style) {
                            // A word of a command is never broken: it could not be pasted any more.
                            let fits = measure_text_width(&row) <= width || row.trim().split(' ').count() <= 2;
                            assert!(fits, "{width} columns, {mode:?}, {device:?}: {row}");
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn every_row_of_a_rehearsal_and_of_a_drill_is_marked() {
    for (mode, mark) in [(Mode::Rehearsal, "[rehearsal]"), (Mode::Drill, "[drill]")] {
        for style in [screen(80), stream()] {
            for kind in every_kind() {
                for row in render(&Notice { mode, ..notice(kind) }, &style) {
                    assert!(row.contains(mark), "{row}");
                }
            }
        }
    }
}

#[test]
fn every_row_of_a_stream_begins_with_its_time_and_every_notice_has_one() {
    for kind in every_kind() {
        let rows = render(&notice(kind), &stream());
        assert!(!rows.is_empty());
        for row in rows {
            assert!(row.starts_with("02:31:49Z "), "{row}");
        }
    }
}

#[test]
fn the_words_of_a_stream_are_the_words_of_a_screen() {
    // Nothing is lost in a pipe: what is asked and answered, every id and every instant is there too.
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    for kind in every_kind() {
        let wide = Style { width: 10_000, ..screen(80) };
        let on_stream = words(&render(&notice(kind.clone()), &stream()).join(" "));
        for word in words(&render(&notice(kind.clone()), &wide).join(" ")) {
            let drawn = word.chars().all(|each| "━┃◆░▶·=✓✗!".contains(each)) || drawn_label(&kind, &word);
            assert!(drawn || on_stream.contains(&word), "{word}: {on_stream:?}");
        }
    }
}

/// Labels of the drawing: the instants stand below it in full.
fn drawn_label(kind: &NoticeKind, word: &str) -> bool {
    matches!(kind, NoticeKind::Window { .. }) && (["earliest", "now"].contains(&word) || word.len() == 5 || word.ends_with('Z'))
}

#[test]
fn a_wait_says_what_for_since_when_and_how_long_it_usually_takes() {
    let since = at("2026-11-20T02:31:49.250Z") - at("2026-11-20T02:31:08Z");
    assert_eq!(waiting("the cluster to be available", since, None), "waiting for the cluster to be available, 41 s, usually unknown");
    assert_eq!(waiting("x", since, Some(150)), "waiting for x, 41 s, usually 2 min 30 s");
}
