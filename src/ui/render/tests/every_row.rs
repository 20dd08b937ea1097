//! What holds of every row, whatever it says.

use console::measure_text_width;

use super::super::*;
use crate::domain::mode::Mode;
use crate::ui::style::Device;
use crate::ui::testing::{at, every_kind, notice, screen, stream};

#[test]
fn no_row_is_wider_than_the_terminal_in_any_mode() {
    for width in [60, 80, 120, 200] {
        for mode in [Mode::Live, Mode::Rehearsal, Mode::Drill] {
            for device in [Device::Screen, Device::Stream] {
                for marks in [true, false] {
                    let style = Style {
                        marks,
                        device,
                        ..screen(width)
                    };
                    for kind in every_kind() {
                        for row in render(&Notice { mode, ..notice(kind) }, &style) {
                            // A word of a command is never broken: it could not be pasted any more.
                            let before = format!(
                                "{}{}",
                                lead(
                                    &notice(NoticeKind::Note {
                                        message: String::new()
                                    }),
                                    &style
                                ),
                                mark(mode)
                            );
                            let words = row
                                .strip_prefix(&before)
                                .unwrap_or(&row)
                                .trim()
                                .trim_end_matches(" \\");
                            let fits = measure_text_width(&row) <= width || !words.contains(' ');
                            assert!(fits, "{width} columns, {mode:?}, {device:?}: {row}");
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn every_row_of_a_rehearsal_and_of_a_drill_is_marked_except_what_a_drill_has_pasted() {
    let to_paste = |row: &str| {
        let begins = |word: &&str| row.trim_start().starts_with(*word);
        ["aws ", "backtrackctl ", "--"].iter().any(begins)
    };
    for (mode, mark) in [(Mode::Rehearsal, "[rehearsal]"), (Mode::Drill, "[drill]")] {
        for style in [screen(80), stream()] {
            let pastes = mode == Mode::Drill && style.device == Device::Screen;
            for kind in every_kind() {
                for row in render(&Notice { mode, ..notice(kind) }, &style) {
                    assert!(row.contains(mark) != (pastes && to_paste(&row)), "{row}");
                }
            }
        }
    }
}

#[test]
fn a_command_by_hand_stands_where_it_shows_what_became_of_the_request_and_else_when_verbose() {
    use crate::domain::phase::Phase;

    let rows = |phase: Phase, style: &Style| {
        let entered = every_kind()
            .into_iter()
            .find(|kind| matches!(kind, NoticeKind::Entered { .. }));
        let notice = Notice {
            phase,
            ..notice(entered.unwrap())
        };
        render(&notice, style).join("\n")
    };
    let verbose = Style {
        verbose: true,
        ..screen(80)
    };
    for phase in Phase::ALL {
        let shown = matches!(phase, Phase::Unresolved | Phase::Applying);
        assert_eq!(rows(phase, &screen(80)).contains("by hand"), shown, "{phase:?}");
        assert!(rows(phase, &verbose).contains("by hand"), "{phase:?}");
        assert!(rows(phase, &stream()).contains("by hand"), "{phase:?}");
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
        let wide = Style {
            width: 10_000,
            ..screen(80)
        };
        let on_stream = words(&render(&notice(kind.clone()), &stream()).join(" "));
        for word in words(&render(&notice(kind.clone()), &wide).join(" ")) {
            let drawn = word.chars().all(|each| "━┃◆░▶·=✓✗!".contains(each)) || drawn_label(&kind, &word);
            assert!(drawn || on_stream.contains(&word), "{word}: {on_stream:?}");
        }
    }
}

/// Labels of the drawing: the instants stand below it in full.
fn drawn_label(kind: &NoticeKind, word: &str) -> bool {
    matches!(kind, NoticeKind::Window { .. })
        && (["earliest", "now"].contains(&word) || word.len() == 5 || word.ends_with('Z'))
}

#[test]
fn a_wait_says_what_for_since_when_and_how_long_it_usually_takes() {
    let since = at("2026-11-20T02:31:49.250Z") - at("2026-11-20T02:31:08Z");
    assert_eq!(
        waiting("the cluster to be available", since, None),
        "waiting for the cluster to be available, 41 s, usually unknown"
    );
    assert_eq!(
        waiting("x", since, Some(150)),
        "waiting for x, 41 s, usually 2 min 30 s"
    );
}
