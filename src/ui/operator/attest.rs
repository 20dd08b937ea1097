//! Something that a person does, or states, because nothing else can tell: what for, and what a no comes to.

use super::interview::Interview;
use crate::domain::run::Footing;
use crate::ports::Purpose;
use crate::ui::line::{Line, Paint};

/// What the runbook asks a person for: an [`crate::ports::Attestation`] on a thread of its own.
#[derive(Clone, Debug)]
pub(super) struct Asking {
    pub(super) purpose: Purpose,
    pub(super) name: String,
    pub(super) text: String,
}

/// Yes, no, or nobody. Neither is taken from an empty line.
pub(super) fn ask(interview: &mut Interview<'_>, asking: &Asking) -> Option<bool> {
    let name = &asking.name;
    let title = match asking.purpose {
        Purpose::Pause => format!("For you to do: pause {name}"),
        Purpose::Paused => format!("For you to confirm: {name} is paused"),
        Purpose::Probe => format!("For you to confirm: {name}"),
        Purpose::Resume => format!("For you to do: open {name} again"),
        Purpose::Resumed => format!("For you to confirm: {name} is open again"),
    };
    let brief = interview.brief;
    let mut facts = vec![Line::at(2).paint(Paint::Strong, &asking.text), brief.cluster()];
    facts.extend(lost(interview, asking.purpose));
    facts.push(Line::fact("yes", Paint::Plain, yes(asking.purpose)));
    facts.push(Line::fact("no", Paint::Plain, no(asking.purpose, &brief.footing)));
    interview.head(&title, facts);
    interview.yes()
}

/// What is lost, and until when it is possible.
fn lost(interview: &Interview<'_>, purpose: Purpose) -> Vec<Line> {
    let brief = interview.brief;
    match purpose {
        Purpose::Pause => vec![
            Line::fact("lost", Paint::Plain, "nothing yet; nothing has been sent"),
            Line::fact("possible", Paint::Plain, &brief.target_possible()),
            Line::fact("", Paint::Plain, "take your time: the question waits"),
        ],
        Purpose::Paused => vec![
            Line::fact(
                "lost",
                Paint::Warn,
                "nothing yet. If it still writes, the rewind discards what it writes",
            ),
            Line::fact("possible", Paint::Plain, &brief.target_possible()),
            Line::fact("", Paint::Plain, "take your time: the question waits"),
        ],
        Purpose::Probe => vec![
            brief.data_now(),
            brief.way_back(),
            Line::fact(
                "",
                Paint::Plain,
                "take your time: the question waits, the application stays paused",
            ),
        ],
        Purpose::Resume | Purpose::Resumed => {
            let lost = if brief.shows.is_some() {
                "nothing now. Going back later may lose what is written from now on"
            } else {
                "nothing"
            };
            vec![
                Line::fact("lost", Paint::Plain, lost),
                Line::fact(
                    "possible",
                    Paint::Plain,
                    "at any time: the question waits, and this item stands still meanwhile",
                ),
            ]
        }
    }
}

fn yes(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Pause => "you have stopped it",
        Purpose::Paused => "you have seen that it is stopped",
        Purpose::Probe => "you have seen that it is so",
        Purpose::Resume => "you have opened it",
        Purpose::Resumed => "you have seen that it is open",
    }
}

/// What the machine makes of a no.
fn no(purpose: Purpose, footing: &Footing) -> &'static str {
    match (purpose, footing) {
        (Purpose::Pause | Purpose::Paused, Footing::Closed(_)) => {
            "nothing is sent: what was paused, this item too, is opened again, and the run stays finished as it was"
        }
        (
            Purpose::Pause | Purpose::Paused,
            Footing::Fresh | Footing::Held | Footing::Unresolved(..) | Footing::Failed(_),
        ) => "nothing is sent: what was paused, this item too, is opened again, and the run ends (exit 10)",
        (Purpose::Probe, _) => {
            "this counts as failed: the application stays paused, and you choose what to do"
        }
        (Purpose::Resume | Purpose::Resumed, _) => {
            "it counts as still paused: everything else is opened all the same, the run ends (exit 33), and backtrackctl \
             recover asks again"
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::outcome::Outcome;
    use crate::ui::operator::brief::Brief;
    use crate::ui::operator::interview::attest;
    use crate::ui::operator::testing::{Script, brief, rewound};

    const EVERY: [Purpose; 5] = [
        Purpose::Pause,
        Purpose::Paused,
        Purpose::Probe,
        Purpose::Resume,
        Purpose::Resumed,
    ];

    fn put(purpose: Purpose, brief: &Brief, lines: &[&str]) -> (Option<bool>, String) {
        let text = match purpose {
            Purpose::Pause => "Stop the nightly import in the scheduler.",
            Purpose::Paused => "Is the nightly import stopped?",
            Purpose::Probe => "Are the orders of the morning there?",
            Purpose::Resume => "Start the nightly import again.",
            Purpose::Resumed => "Does the nightly import run?",
        };
        let asking = Asking {
            purpose,
            name: "nightly import".to_owned(),
            text: text.to_owned(),
        };
        let mut script = Script::of(lines);
        let answer = attest(&asking, brief, &mut script);
        (answer, script.shown.join("\n"))
    }

    #[test]
    fn an_attestation_is_yes_no_or_nobody_and_nothing_by_an_empty_line() {
        for purpose in EVERY {
            let ask = |lines: &[&str]| put(purpose, &brief(None), lines).0;
            assert_eq!(ask(&["yes"]), Some(true));
            assert_eq!(ask(&["", "no"]), Some(false));
            assert_eq!(ask(&["", ""]), None);
            assert_eq!(ask(&[]), None);
        }
    }

    #[test]
    fn every_attestation_answers_the_four_questions() {
        for purpose in EVERY {
            for brief in [brief(None), rewound()] {
                let text = put(purpose, &brief, &[]).1;
                for word in [
                    "  cluster     shop-prod (123456789012, eu-west-1)",
                    "  possible  ",
                    "  no  ",
                ] {
                    assert!(text.contains(word), "expected {word}, got\n{text}");
                }
                assert!(
                    ["  lost ", "discarded", "not known"]
                        .iter()
                        .any(|word| text.contains(word)),
                    "{text}"
                );
                assert!(
                    text.lines().all(|row| console::measure_text_width(row) <= 80),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn pausing_by_hand_says_what_a_no_does() {
        insta::assert_snapshot!(put(Purpose::Pause, &brief(None), &["", "yes"]).1, @r#"
        LIVE  For you to do: pause nightly import ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
          Stop the nightly import in the scheduler.
          cluster     shop-prod (123456789012, eu-west-1)
          lost        nothing yet; nothing has been sent
          possible    until 2026-11-21 02:12:05Z; that is checked again before anything
                      is sent
                      take your time: the question waits
          yes         you have stopped it
          no          nothing is sent: what was paused, this item too, is opened again,
                      and the run ends (exit 10)
          yes or no>
          Nothing was typed, and nothing happens by itself. Please type yes or no.
          yes or no> yes
        "#);
        insta::assert_snapshot!(put(Purpose::Paused, &brief(None), &["no"]).1, @r#"
        LIVE  For you to confirm: nightly import is paused ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
          Is the nightly import stopped?
          cluster     shop-prod (123456789012, eu-west-1)
          lost        nothing yet. If it still writes, the rewind discards what it
                      writes
          possible    until 2026-11-21 02:12:05Z; that is checked again before anything
                      is sent
                      take your time: the question waits
          yes         you have seen that it is stopped
          no          nothing is sent: what was paused, this item too, is opened again,
                      and the run ends (exit 10)
          yes or no> no
        "#);
    }

    #[test]
    fn a_forward_of_a_finished_run_says_that_it_stays_finished() {
        let mut brief = rewound();
        brief.footing = Footing::Closed(Outcome::Completed);
        assert!(
            put(Purpose::Pause, &brief, &["no"])
                .1
                .contains("stays finished as")
        );
    }

    #[test]
    fn a_probe_by_hand_shows_where_the_data_is() {
        insta::assert_snapshot!(put(Purpose::Probe, &rewound(), &["no"]).1, @r#"
        LIVE  For you to confirm: nightly import ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
          Are the orders of the morning there?
          cluster     shop-prod (123456789012, eu-west-1)
          data now    at 2026-11-20 02:14:05Z, 17 min 15 s discarded
          possible    back up to 2026-11-20 02:31:20Z, until 2026-11-21 02:29:20Z
                      take your time: the question waits, the application stays paused
          yes         you have seen that it is so
          no          this counts as failed: the application stays paused, and you
                      choose what to do
          yes or no> no
        "#);
    }

    #[test]
    fn opening_by_hand_says_what_a_no_does() {
        insta::assert_snapshot!(put(Purpose::Resume, &rewound(), &["yes"]).1, @r#"
        LIVE  For you to do: open nightly import again ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
          Start the nightly import again.
          cluster     shop-prod (123456789012, eu-west-1)
          lost        nothing now. Going back later may lose what is written from now on
          possible    at any time: the question waits, and this item stands still
                      meanwhile
          yes         you have opened it
          no          it counts as still paused: everything else is opened all the same,
                      the run ends (exit 33), and backtrackctl recover asks again
          yes or no> yes
        "#);
    }

    #[test]
    fn the_time_until_the_target_is_out_of_reach_is_said_while_it_is_known() {
        let mut brief = brief(None);
        assert!(
            put(Purpose::Pause, &brief, &[])
                .1
                .contains("until 2026-11-21 02:12:05Z")
        );
        brief.window = None;
        assert!(
            put(Purpose::Pause, &brief, &[])
                .1
                .contains("until the target leaves the window")
        );
    }
}
