//! Questions with several ways on: after a verification, after a failure, and where no trace was found.

use super::choice::{Choice, parse_choice};
use super::instant::{check_side, read};
use super::interview::{Interview, TRIES};
use crate::domain::question::Answer;
use crate::domain::target::{Direction, floor_second};
use crate::domain::verification::Verification;
use crate::ui::line::{Line, Paint};
use crate::ui::moment::{full, seconds};

/// What a choice came to: an answer, or back to the question.
enum Next {
    Answer(Answer),
    Back,
}

/// One row of the menu.
type Way = (Choice, String);

/// Rewound and verified: accept, or move on?
pub(super) fn accept(interview: &mut Interview<'_>, verification: &Verification) -> Option<Answer> {
    let mut facts = where_it_is(interview);
    let seen = format!("as expected ({0} of {0})", verification.results.len());
    facts.push(Line::fact("data", Paint::Good, &seen));
    let mut ways = vec![(
        Choice::Accept,
        "open the application on this data. Going back later loses what is written then".to_owned(),
    )];
    ways.extend(moves(interview));
    ask(
        interview,
        "The data is as expected. Accept it?",
        facts,
        &ways,
        Accepting::Freely,
    )
}

/// Rewound, and the data is not what was expected.
pub(super) fn unverified(interview: &mut Interview<'_>, verification: &Verification) -> Option<Answer> {
    let mut facts = where_it_is(interview);
    for failure in verification.failures() {
        facts.push(Line::fact(
            "not so",
            Paint::Bad,
            &format!("{}: {}", failure.name, failure.message),
        ));
    }
    let mut ways = vec![
        (Choice::Again, "verify once more".to_owned()),
        (
            Choice::Accept,
            "open the application on this data all the same, with a reason".to_owned(),
        ),
    ];
    ways.extend(moves(interview));
    ask(
        interview,
        "The data is NOT as expected. What now?",
        facts,
        &ways,
        Accepting::WithReason,
    )
}

/// AWS gave the backtrack up.
pub(super) fn after_failure(interview: &mut Interview<'_>) -> Option<Answer> {
    let facts = vec![
        Line::fact("cluster", Paint::Strong, &interview.brief.cluster),
        Line::fact(
            "lost",
            Paint::Warn,
            "AWS reports that the backtrack failed. Look at the data before you decide",
        ),
        Line::fact(
            "possible",
            Paint::Plain,
            "at any time; the application stays paused meanwhile",
        ),
    ];
    let ways = [
        (
            Choice::Retry,
            "ask AWS once more, after checks and a confirmation of its own".to_owned(),
        ),
        (
            Choice::GiveUp,
            "open the application on the data as it is, with a reason".to_owned(),
        ),
        (
            Choice::Hold,
            "leave it, the application stays paused; backtrackctl recover continues".to_owned(),
        ),
    ];
    ask(
        interview,
        "AWS gave the backtrack up. What now?",
        facts,
        &ways,
        Accepting::WithReason,
    )
}

/// No trace of the request was found.
pub(super) fn no_trace(interview: &mut Interview<'_>) -> Option<Answer> {
    let facts = vec![
        Line::fact("cluster", Paint::Strong, &interview.brief.cluster),
        Line::fact(
            "lost",
            Paint::Bad,
            "not known. AWS shows no backtrack of ours, but the lost request may still arrive",
        ),
        Line::fact(
            "possible",
            Paint::Plain,
            "at any time; waiting costs nothing but the pause",
        ),
    ];
    let mut ways = vec![
        (Choice::Hold, "leave it, the application stays paused; backtrackctl recover looks again".to_owned()),
        (Choice::GiveUp, "open the application, with a reason. If the lost request still arrives, it discards what is written from now on".to_owned()),
    ];
    if interview.brief.resend {
        ways.push((
            Choice::Resend,
            "send again, after checks and a confirmation of its own. If both arrive, both are carried out"
                .to_owned(),
        ));
    }
    ask(
        interview,
        "No trace of the request was found. What now?",
        facts,
        &ways,
        Accepting::WithReason,
    )
}

/// Whether accepting takes a reason.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Accepting {
    Freely,
    WithReason,
}

/// Cluster, what was discarded, and until when it can be had back.
fn where_it_is(interview: &Interview<'_>) -> Vec<Line> {
    let brief = interview.brief;
    let mut facts = vec![Line::fact("cluster", Paint::Strong, &brief.cluster)];
    if let Some(last) = &brief.last {
        let text = format!(
            "at {}, {} discarded",
            full(last.target.instant()),
            seconds(last.span_s)
        );
        let text = if last.discards() {
            text
        } else {
            format!("at {}", full(last.target.instant()))
        };
        facts.push(Line::fact("data now", Paint::Bad, &text));
    }
    let back = match (brief.origin, &brief.last) {
        (None, _) => "the way back is not known".to_owned(),
        (Some(origin), None) => format!("back up to {}; until when is not known", full(origin)),
        (Some(origin), Some(last)) => {
            let until = last.target.window().falls_out(origin);
            format!("back up to {}, until {}", full(origin), full(until))
        }
    };
    facts.push(Line::fact("possible", Paint::Plain, &back));
    facts
}

/// The moves that are possible from a rewound cluster, and holding it.
fn moves(interview: &Interview<'_>) -> Vec<Way> {
    let mut ways = vec![
        (Choice::Forward, "go to a later time".to_owned()),
        (Choice::Back, "go further back".to_owned()),
    ];
    if let Some(origin) = interview.brief.origin {
        ways.push((
            Choice::Origin,
            format!("undo: return to {}", full(floor_second(origin))),
        ));
    }
    ways.push((
        Choice::Hold,
        "leave it as it is, the application stays paused".to_owned(),
    ));
    ways
}

fn ask(
    interview: &mut Interview<'_>,
    title: &str,
    mut facts: Vec<Line>,
    ways: &[Way],
    accepting: Accepting,
) -> Option<Answer> {
    facts.push(Line::fact(
        "no answer",
        Paint::Plain,
        "nothing happens; the application stays paused",
    ));
    facts.push(Line::at(2).text("Type one of these words:"));
    facts.extend(ways.iter().map(|(choice, text)| {
        Line::at(4)
            .hang(14)
            .paint(Paint::Strong, &format!("{:<10}", choice.word()))
            .text(text)
    }));
    interview.head(title, facts);
    let offered: Vec<Choice> = ways.iter().map(|way| way.0).collect();
    for _ in 0..TRIES {
        let text = interview.hear("your choice")?;
        match parse_choice(&text, &offered) {
            Err(why) => interview.say(&[Line::at(2).hang(4).paint(Paint::Warn, &why)]),
            Ok((choice, rest)) => match take(interview, choice, rest, accepting)? {
                Next::Answer(answer) => return Some(answer),
                Next::Back => {}
            },
        }
    }
    None
}

fn take(interview: &mut Interview<'_>, choice: Choice, rest: &str, accepting: Accepting) -> Option<Next> {
    let answer = |answer| Some(Next::Answer(answer));
    match choice {
        Choice::Again => answer(Answer::Again),
        Choice::Hold => answer(Answer::Hold),
        Choice::Retry | Choice::Resend => answer(Answer::Resend),
        Choice::Accept if accepting == Accepting::Freely => answer(Answer::Accepted { reason: None }),
        Choice::Accept => reasoned(interview, |reason| Answer::Accepted { reason: Some(reason) }),
        Choice::GiveUp => reasoned(interview, |reason| Answer::GiveUp { reason }),
        Choice::Origin => match interview.brief.origin {
            Some(origin) => answer(Answer::Hop {
                typed: Choice::Origin.word().to_owned(),
                to: floor_second(origin),
            }),
            None => Some(Next::Back),
        },
        Choice::Forward => hop(interview, rest, Direction::Forward),
        Choice::Back => hop(interview, rest, Direction::Rewind),
    }
}

fn reasoned(interview: &mut Interview<'_>, answer: impl FnOnce(String) -> Answer) -> Option<Next> {
    Some(
        interview
            .reason()?
            .map_or(Next::Back, |reason| Next::Answer(answer(reason))),
    )
}

/// Reads the time, shows it four ways and asks whether it is meant. An empty line goes back.
fn hop(interview: &mut Interview<'_>, rest: &str, direction: Direction) -> Option<Next> {
    let mut typed = rest.to_owned();
    for _ in 0..TRIES {
        if typed.is_empty() {
            interview.say(&[Line::at(2).text(
                "To when? For example 2026-11-20T02:14:05Z, or 10 minutes ago. An empty line goes back.",
            )]);
            typed = interview.hear("time")?;
        }
        if typed.is_empty() {
            return Some(Next::Back);
        }
        let meant = read(&typed, interview.brief)
            .and_then(|meant| check_side(meant.to, direction, interview.brief).map(|()| meant));
        match meant {
            Err(why) => interview.say(&[Line::at(2).hang(4).paint(Paint::Warn, &why)]),
            Ok(meant) => {
                interview.say(&meant.lines);
                interview.say(&[Line::at(2).text(
                    "Is this the instant? It is checked and confirmed once more before anything is sent.",
                )]);
                if interview.yes()? {
                    return Some(Next::Answer(Answer::Hop { typed, to: meant.to }));
                }
            }
        }
        typed = String::new();
    }
    Some(Next::Back)
}
