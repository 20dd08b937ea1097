//! Every question put to a script: what is shown, and what each line that is typed comes to.

use std::collections::{BTreeMap, VecDeque};

use chrono::{FixedOffset, TimeDelta};

use super::*;
use crate::domain::receipt::Receipt;
use crate::domain::runbook::{Check, Command, PauseItem, Step};
use crate::domain::target::Direction;
use crate::domain::time_text::DisplayZone;
use crate::ports::Asked;
use crate::ui::operator::Zones;
use crate::ui::testing::{at, receipt, screen, verification};

/// A person who says these lines, and hangs up then.
struct Script {
    lines: VecDeque<Heard>,
    shown: Vec<String>,
}

impl Script {
    fn of(lines: &[&str]) -> Self {
        Self {
            lines: lines.iter().map(|line| Heard::Line((*line).to_owned())).collect(),
            shown: Vec::new(),
        }
    }
}

impl Talk for Script {
    fn say(&mut self, rows: &[String]) {
        self.shown.extend_from_slice(rows);
    }

    fn hear(&mut self, prompt: &str) -> Heard {
        let heard = self.lines.pop_front().unwrap_or(Heard::End);
        let typed = if let Heard::Line(line) = &heard {
            line.as_str()
        } else {
            ""
        };
        self.shown.push(format!("{prompt}{typed}").trim_end().to_owned());
        heard
    }
}

fn command(words: &[&str]) -> Command {
    Command {
        argv: words.iter().map(|&word| word.to_owned()).collect(),
        timeout_s: 60,
        env: BTreeMap::new(),
    }
}

fn items() -> Vec<PauseItem> {
    let web = PauseItem {
        name: "web".to_owned(),
        pause: Step::Command(command(&["kubectl", "scale", "deployment/web", "--replicas=0"])),
        paused: Some(Check::Http {
            url: "https://shop.example/health".to_owned(),
            status: 503,
            contains: None,
            timeout_s: 10,
        }),
        resume: Step::Command(command(&["kubectl", "scale", "deployment/web", "--replicas=6"])),
        resumed: None,
    };
    let import = PauseItem {
        name: "nightly import".to_owned(),
        pause: Step::Manual {
            instruction: "Stop the nightly import in the scheduler.".to_owned(),
        },
        paused: Some(Check::Question {
            text: "Is the nightly import stopped?".to_owned(),
        }),
        resume: Step::Manual {
            instruction: "Start the nightly import again.".to_owned(),
        },
        resumed: None,
    };
    vec![web, import]
}

/// A brief after a confirmed rewind; without it before.
fn brief(last: Option<Receipt>) -> Brief {
    let about = Asked {
        cluster: "shop-prod",
        items: &items(),
        origin: last.as_ref().map(|_| at("2026-11-20T02:31:20Z")),
        service_now: at("2026-11-20T02:35:00Z"),
        skew: TimeDelta::zero(),
    };
    let shown = DisplayZone::Offset(FixedOffset::east_opt(3600).unwrap());
    Brief::new(&about, Zones { read: None, shown }, last, false, screen(80))
}

fn rewound() -> Brief {
    brief(Some(receipt(1, Direction::Rewind)))
}

/// The answer to these lines.
fn answer(question: &Question, brief: &Brief, lines: &[&str]) -> Answer {
    put(question, brief, &mut Script::of(lines))
}

/// What the person saw.
fn seen(question: &Question, brief: &Brief, lines: &[&str]) -> String {
    let mut script = Script::of(lines);
    put(question, brief, &mut script);
    script.shown.join("\n")
}

fn confirm() -> Question {
    Question::Confirm(Box::new(receipt(1, Direction::Rewind)))
}

fn every_question() -> Vec<Question> {
    vec![
        Question::Pause,
        confirm(),
        Question::Accept(verification(true)),
        Question::Unverified(verification(false)),
        Question::AfterFailure,
        Question::NoTrace,
        Question::Members {
            missing: vec!["shop-prod-2".to_owned()],
        },
        Question::Login {
            why: "ExpiredToken: The security token included in the request is expired".to_owned(),
        },
    ]
}

fn confirmed() -> Answer {
    Answer::Confirmed {
        typed: "shop-prod 18".to_owned(),
    }
}

#[test]
fn the_end_of_input_is_nobody_at_every_question() {
    for question in every_question() {
        assert_eq!(answer(&question, &rewound(), &[]), Answer::Nobody, "{question:?}");
    }
}

#[test]
fn an_empty_line_is_never_a_yes() {
    for question in every_question() {
        let given = answer(&question, &rewound(), &[""]);
        let login = matches!(question, Question::Login { .. });
        assert_eq!(given == Answer::Agreed, login, "{question:?}: {given:?}");
        assert!(
            matches!(given, Answer::Declined | Answer::Nobody) || login,
            "{question:?}: {given:?}"
        );
    }
}

#[test]
fn every_question_says_which_cluster_what_is_lost_and_until_when() {
    for question in every_question() {
        let text = seen(&question, &rewound(), &[]);
        assert!(text.contains("shop-prod"), "{text}");
        assert!(text.contains("possible"), "{text}");
        assert!(
            ["lost", "discards", "discarded"]
                .iter()
                .any(|word| text.contains(word)),
            "{text}"
        );
        assert!(
            ["  no ", "no answer"].iter().any(|word| text.contains(word)),
            "{text}"
        );
        assert!(
            text.lines().all(|row| console::measure_text_width(row) <= 80),
            "{text}"
        );
    }
}

#[test]
fn a_pasted_answer_is_refused_and_asked_for_again() {
    let mut script = Script::of(&["yes"]);
    script.lines.push_front(Heard::Several);
    assert_eq!(put(&Question::Pause, &brief(None), &mut script), Answer::Agreed);
    assert!(
        script
            .shown
            .join("\n")
            .contains("Several lines came at once. Nothing of it was taken")
    );
}

#[test]
fn answers_that_cannot_be_used_end_with_nobody() {
    for question in every_question() {
        assert!(
            matches!(
                answer(&question, &rewound(), &["perhaps"; 40]),
                Answer::Nobody | Answer::Declined
            ),
            "{question:?}"
        );
    }
}

#[test]
fn pausing_shows_the_exact_commands() {
    insta::assert_snapshot!(seen(&Question::Pause, &brief(None), &["y", "yes"]), @"");
}

#[test]
fn pausing_takes_yes_or_no_in_full() {
    for (lines, expected) in [
        (["yes"], Answer::Agreed),
        (["YES"], Answer::Agreed),
        (["no"], Answer::Declined),
        ([""], Answer::Declined),
        (["y"], Answer::Nobody),
    ] {
        assert_eq!(
            answer(&Question::Pause, &brief(None), &lines),
            expected,
            "{lines:?}"
        );
    }
}

#[test]
fn the_confirmation_shows_the_receipt_and_explains_a_wrong_text() {
    insta::assert_snapshot!(seen(&confirm(), &brief(None), &["shop-dev 18", "shop-prod", "shop-prod 17"]), @"");
}

#[test]
fn only_the_cluster_id_with_the_minutes_confirms() {
    assert_eq!(
        answer(&confirm(), &brief(None), &["  shop-prod   18 "]),
        confirmed()
    );
    assert_eq!(
        answer(&confirm(), &brief(None), &["shop-prod 17", "shop-prod 18"]),
        confirmed()
    );
    for wrong in [
        "shop-prod 17",
        "shop-prod",
        "18",
        "SHOP-PROD 18",
        "shop-prod 18 minutes",
        "yes",
        "y",
    ] {
        assert_eq!(
            answer(&confirm(), &brief(None), &[wrong; 3]),
            Answer::Declined,
            "{wrong}"
        );
    }
    assert_eq!(answer(&confirm(), &brief(None), &["No"]), Answer::Declined);
    assert_eq!(answer(&confirm(), &brief(None), &[""]), Answer::Declined);
}

#[test]
fn going_forward_says_what_comes_back() {
    let question = Question::Confirm(Box::new(receipt(2, Direction::Forward)));
    insta::assert_snapshot!(seen(&question, &rewound(), &["no"]), @"");
}

#[test]
fn accepting_offers_every_way_on() {
    insta::assert_snapshot!(seen(&Question::Accept(verification(true)), &rewound(), &["", "1", "accept"]), @"");
}

#[test]
fn accepting_what_was_verified_takes_no_reason() {
    let question = Question::Accept(verification(true));
    assert_eq!(
        answer(&question, &rewound(), &["accept"]),
        Answer::Accepted { reason: None }
    );
    assert_eq!(answer(&question, &rewound(), &["hold"]), Answer::Hold);
}

#[test]
fn a_hop_is_shown_four_ways_before_it_is_taken() {
    insta::assert_snapshot!(
        seen(&Question::Accept(verification(true)), &rewound(), &["forward", "14:20", "2026-11-20T02:20:00Z", "yes"]),
        @""
    );
}

#[test]
fn a_hop_goes_where_was_meant() {
    let question = Question::Accept(verification(true));
    let to = |typed: &str, to: &str| Answer::Hop {
        typed: typed.to_owned(),
        to: at(to),
    };
    let ask = |lines: &[&str]| answer(&question, &rewound(), lines);
    let forward = to("2026-11-20T02:20:00Z", "2026-11-20T02:20:00Z");
    assert_eq!(ask(&["forward 2026-11-20T02:20:00Z", "yes"]), forward);
    assert_eq!(
        ask(&["back", "2026-11-20T02:00:00.9Z", "yes"]),
        to("2026-11-20T02:00:00.9Z", "2026-11-20T02:00:00Z")
    );
    assert_eq!(ask(&["origin"]), to("origin", "2026-11-20T02:31:20Z"));
    // Not meant: asked again. An empty line goes back to the choice.
    assert_eq!(
        ask(&["forward 2026-11-20T02:20:00Z", "no", "", "hold"]),
        Answer::Hold
    );
}

#[test]
fn a_hop_to_the_wrong_side_is_refused() {
    let text = seen(
        &Question::Accept(verification(true)),
        &rewound(),
        &["forward 2026-11-20T02:00:00Z"],
    );
    assert!(text.contains("Expected a time later than"), "{text}");
    let text = seen(
        &Question::Accept(verification(true)),
        &rewound(),
        &["back 2026-11-20T02:20:00Z"],
    );
    assert!(text.contains("Expected a time earlier than"), "{text}");
    let text = seen(
        &Question::Accept(verification(true)),
        &rewound(),
        &["forward 2026-11-20T02:32:00Z"],
    );
    assert!(text.contains("Expected a time up to"), "{text}");
}

#[test]
fn without_a_known_origin_nothing_returns_to_it() {
    let text = seen(&Question::Accept(verification(true)), &brief(None), &["origin"]);
    assert!(text.contains("got origin."), "{text}");
}

#[test]
fn data_that_is_not_as_expected_is_accepted_only_with_a_reason() {
    let question = Question::Unverified(verification(false));
    insta::assert_snapshot!(seen(&question, &rewound(), &["accept", "the probe counts a table that is empty at night"]), @"");
    let accepted = Answer::Accepted {
        reason: Some("known".to_owned()),
    };
    assert_eq!(
        answer(&question, &rewound(), &["accept", "", "accept", " known "]),
        accepted
    );
    assert_eq!(answer(&question, &rewound(), &["again"]), Answer::Again);
}

#[test]
fn after_a_failure_the_application_is_opened_only_with_a_reason() {
    insta::assert_snapshot!(seen(&Question::AfterFailure, &rewound(), &["retry"]), @"");
    let give_up = Answer::GiveUp {
        reason: "data looks right".to_owned(),
    };
    assert_eq!(
        answer(&Question::AfterFailure, &rewound(), &["retry"]),
        Answer::Resend
    );
    assert_eq!(
        answer(
            &Question::AfterFailure,
            &rewound(),
            &["give-up", "data looks right"]
        ),
        give_up
    );
    assert_eq!(
        answer(&Question::AfterFailure, &rewound(), &["give-up", ""]),
        Answer::Nobody
    );
    assert_eq!(
        answer(&Question::AfterFailure, &rewound(), &["hold"]),
        Answer::Hold
    );
}

#[test]
fn where_no_trace_was_found_the_danger_is_named() {
    insta::assert_snapshot!(seen(&Question::NoTrace, &rewound(), &["hold"]), @"");
}

#[test]
fn sending_again_is_offered_only_where_the_command_asked_for_it() {
    assert_eq!(
        answer(&Question::NoTrace, &rewound(), &["resend"]),
        Answer::Nobody
    );
    let mut asked_for = rewound();
    asked_for.resend = true;
    assert_eq!(
        answer(&Question::NoTrace, &asked_for, &["resend"]),
        Answer::Resend
    );
}

#[test]
fn missing_members_are_named() {
    let question = Question::Members {
        missing: vec!["shop-prod-2".to_owned(), "shop-prod-3".to_owned()],
    };
    insta::assert_snapshot!(seen(&question, &rewound(), &["yes"]), @"");
    assert_eq!(answer(&question, &rewound(), &["yes"]), Answer::Agreed);
}

#[test]
fn a_login_is_awaited() {
    let question = Question::Login {
        why: "ExpiredToken: the token has expired".to_owned(),
    };
    insta::assert_snapshot!(seen(&question, &rewound(), &[""]), @"");
    assert_eq!(answer(&question, &rewound(), &["no"]), Answer::Declined);
}

#[test]
fn an_attestation_is_yes_no_or_nobody_and_nothing_by_an_empty_line() {
    let ask = |lines: &[&str]| {
        attest(
            "Is the nightly import stopped?",
            "shop-prod",
            &screen(80),
            &mut Script::of(lines),
        )
    };
    assert_eq!(ask(&["yes"]), Some(true));
    assert_eq!(ask(&["", "no"]), Some(false));
    assert_eq!(ask(&["", ""]), None);
    assert_eq!(ask(&[]), None);
}

#[test]
fn a_rehearsal_marks_every_row_of_a_question() {
    let mut rehearsal = brief(None);
    rehearsal.style.mode = Mode::Rehearsal;
    let text = seen(&Question::Pause, &rehearsal, &["no"]);
    assert!(text.lines().all(|row| row.starts_with("[rehearsal]")), "{text}");
}
