//! Questions with several ways on: after a verification, after a failure, and where no trace was found.

use super::choice::{Choice, parse_choice, words};
use super::hop::hop;
use super::interview::{Interview, TRIES};
use crate::domain::question::Answer;
use crate::domain::target::{Direction, floor_second};
use crate::domain::verification::Verification;
use crate::ui::line::{Line, Paint};
use crate::ui::moment::full;

/// What a choice came to: an answer, or back to the question.
pub(super) enum Next {
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
        interview.brief.cluster(),
        Line::fact(
            "lost",
            Paint::Warn,
            "AWS reports that the backtrack failed. Look at the data before you decide",
        ),
        once_more(interview, "the application stays paused meanwhile"),
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

/// Something was found that may be ours or a stranger's: nothing is sent again.
pub(super) fn strange(interview: &mut Interview<'_>, what: &str) -> Option<Answer> {
    let facts = vec![
        interview.brief.cluster(),
        Line::fact("found", Paint::Bad, what),
        Line::fact(
            "lost",
            Paint::Bad,
            "not known: it may be this run's own request, or somebody else's",
        ),
        Line::fact(
            "possible",
            Paint::Plain,
            "at any time; the application stays paused meanwhile",
        ),
    ];
    let mut ways = vec![
        (
            Choice::Hold,
            "leave it, the application stays paused; find out whose it is, then recover again".to_owned(),
        ),
        (
            Choice::GiveUp,
            "open the application on whatever the data is, with a reason".to_owned(),
        ),
    ];
    if !interview.listed.is_empty() {
        ways.push((
            Choice::Ours,
            "with the id of a backtrack above: it is this run's own, as CloudTrail shows. It is followed and verified"
                .to_owned(),
        ));
    }
    ask(
        interview,
        "AWS shows what may be ours or a stranger's. What now?",
        facts,
        &ways,
        Accepting::WithReason,
    )
}

/// No trace of the request was found.
pub(super) fn no_trace(interview: &mut Interview<'_>) -> Option<Answer> {
    let facts = vec![
        interview.brief.cluster(),
        Line::fact(
            "lost",
            Paint::Bad,
            "not known. AWS shows no backtrack of ours, but the lost request may still arrive",
        ),
        once_more(interview, "waiting costs nothing but the pause"),
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
    vec![brief.cluster(), brief.data_now(), brief.way_back()]
}

/// Until when the target can be asked for once more.
fn once_more(interview: &Interview<'_>, meanwhile: &str) -> Line {
    let brief = interview.brief;
    let until = brief.window.zip(brief.target).map_or_else(
        || "until when the target can be asked for again is not known".to_owned(),
        |(window, target)| {
            format!(
                "{} can be asked for again until {}{}",
                full(target),
                full(window.falls_out(target)),
                window.caveat()
            )
        },
    );
    Line::fact("possible", Paint::Plain, &format!("{until}; {meanwhile}"))
}

/// The moves that are possible from a rewound cluster, and holding it.
fn moves(interview: &Interview<'_>) -> Vec<Way> {
    let (origin, shows) = (interview.brief.origin, interview.brief.shows);
    // At the origin there is nothing later to go to, and nothing to undo.
    let away = origin.is_none_or(|origin| shows != Some(floor_second(origin)));
    let mut ways = Vec::new();
    if away {
        ways.push((Choice::Forward, "go to a later time".to_owned()));
    }
    ways.push((Choice::Back, "go further back".to_owned()));
    if let Some(origin) = origin.filter(|_| away) {
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
                Next::Back => interview.say(&[Line::at(2)
                    .hang(4)
                    .text(&format!("Nothing was chosen. Type one of: {}.", words(&offered)))]),
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
        Choice::Ours => Some(ours(interview, rest)),
        Choice::Forward => hop(interview, rest, Direction::Forward),
        Choice::Back => hop(interview, rest, Direction::Rewind),
    }
}

/// Only what AWS lists can be attested, by its whole id.
fn ours(interview: &mut Interview<'_>, id: &str) -> Next {
    if interview.listed.iter().any(|record| record.id == id) {
        return Next::Answer(Answer::Ours { id: id.to_owned() });
    }
    let ids: Vec<&str> = interview.listed.iter().map(|record| record.id.as_str()).collect();
    let got = if id.is_empty() { "none" } else { id };
    let why = format!(
        "Expected the id of a backtrack after ours, got {got}. One of: {}.",
        ids.join(", ")
    );
    interview.say(&[Line::at(2).hang(4).paint(Paint::Warn, &why)]);
    Next::Back
}

fn reasoned(interview: &mut Interview<'_>, answer: impl FnOnce(String) -> Answer) -> Option<Next> {
    let reason = interview.reason()?;
    Some(if reason.is_empty() {
        Next::Back
    } else {
        Next::Answer(answer(reason))
    })
}

#[cfg(test)]
mod tests;
