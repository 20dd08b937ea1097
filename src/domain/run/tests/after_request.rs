//! The exits after a request: nothing is pretended, and the application opens only for a reason.

use super::story::{Story, reason};
use crate::domain::backtrack::BacktrackStatus;
use crate::domain::event::{Errand, Event, ReadFailureKind};
use crate::domain::fixture;
use crate::domain::outcome::Outcome;
use crate::domain::phase::Phase;
use crate::domain::question::{Answer, Question};
use crate::domain::run::Next;

#[test]
fn credentials_that_end_after_the_request_detach() {
    let mut story = Story::accepted();
    story
        .read_failed(ReadFailureKind::Credentials)
        .answer(Answer::Nobody);
    assert_eq!(story.end(), Outcome::Detached);
    assert_eq!(story.phase(), Phase::Detached);
}

#[test]
fn credentials_that_end_while_nothing_is_known_leave_it_unknown() {
    let mut story = Story::unanswered();
    story
        .read_failed(ReadFailureKind::Credentials)
        .answer(Answer::Nobody);
    assert_eq!(story.end(), Outcome::Unresolved);
}

#[test]
fn an_interrupt_after_the_request_detaches() {
    let mut story = Story::accepted();
    assert_eq!(story.interrupt().end(), Outcome::Detached);
    assert!(!story.is_open());
}

#[test]
fn an_unattended_run_detaches_when_its_patience_ends() {
    let mut story = Story::unattended();
    story.look().pause().look().confirm().look().accept().later(3601);
    assert_eq!(story.end(), Outcome::Detached);
}

#[test]
fn data_that_is_not_as_expected_stays_paused_until_a_reason_is_given() {
    let mut story = Story::accepted();
    story.settle().verify(false);
    assert!(
        story
            .try_tell(&answered(Answer::Accepted { reason: None }))
            .is_err()
    );
    assert!(
        story
            .try_tell(&answered(Answer::Accepted {
                reason: Some(" ".to_owned())
            }))
            .is_err()
    );
    assert_eq!(story.answer(Answer::Hold).end(), Outcome::VerificationFailed);
    story
        .attach(Errand::Recover, true)
        .verify(false)
        .answer(Answer::Accepted {
            reason: Some(reason()),
        });
    assert_eq!(story.end(), Outcome::Completed);
    assert_eq!(
        story.run.overrides(),
        ["accepted although verification failed: looked at by hand"]
    );
}

#[test]
fn an_unattended_run_does_not_override_what_it_could_not_know_beforehand() {
    let mut story = Story::unattended();
    story
        .look()
        .pause()
        .look()
        .confirm()
        .look()
        .accept()
        .settle()
        .verify(false);
    assert_eq!(story.end(), Outcome::VerificationFailed);
}

#[test]
fn a_hop_chosen_at_a_prompt_and_refused_ends_held_and_not_as_if_nothing_was_moved() {
    let mut story = Story::verified();
    story
        .answer(Answer::Hop {
            typed: String::new(),
            to: fixture::after(-90_000),
        })
        .look();
    assert_eq!(story.end(), Outcome::Held);
}

#[test]
fn a_forward_that_is_refused_says_so_and_leaves_the_run_held() {
    let mut story = Story::verified();
    story.answer(Answer::Hold).end();
    let beyond = Some(fixture::typed(fixture::after(1)));
    story
        .attach(Errand::Forward, false)
        .tell(&Event::HopOrdered {
            goal: beyond,
            reason: None,
            without_copy: false,
        })
        .later(60)
        .look();
    assert_eq!(story.end(), Outcome::Refused);
    assert_eq!(story.phase(), Phase::Held);
}

#[test]
fn a_backtrack_that_aws_gave_up_stays_paused() {
    let mut story = Story::accepted();
    story.watch(BacktrackStatus::Failed);
    assert_eq!(story.next(), Next::Ask(Question::AfterFailure));
    assert_eq!(story.answer(Answer::Hold).end(), Outcome::Failed);
    assert!(!story.is_open());
}

#[test]
fn an_unattended_run_gives_nothing_up_but_its_recovery_may() {
    let mut story = Story::unattended();
    story
        .look()
        .pause()
        .look()
        .confirm()
        .look()
        .accept()
        .watch(BacktrackStatus::Failed);
    assert_eq!(story.end(), Outcome::Failed);
    story
        .attach(Errand::Recover, false)
        .answer(Answer::GiveUp { reason: reason() });
    assert_eq!(story.end(), Outcome::Refused);
    assert!(story.is_open());
}

#[test]
fn a_later_hop_that_is_given_up_returns_to_the_rewind_that_nobody_accepted_yet() {
    let mut story = Story::verified();
    story
        .answer(Answer::Hop {
            typed: String::new(),
            to: fixture::LATER,
        })
        .look()
        .confirm()
        .look()
        .accept();
    story
        .watch(BacktrackStatus::Failed)
        .answer(Answer::GiveUp { reason: reason() });
    assert_eq!(story.phase(), Phase::Settled);
    assert!(!story.is_open());
    assert_eq!(story.run.requested(), Some(fixture::TARGET));
}

#[test]
fn a_forward_that_failed_and_is_given_up_leaves_the_finished_run_finished() {
    let mut story = Story::verified();
    story.answer(Answer::Accepted { reason: None }).end();
    story.attach(Errand::Forward, true).tell(&Event::HopOrdered {
        goal: None,
        reason: Some(reason()),
        without_copy: false,
    });
    story
        .look()
        .pause()
        .look()
        .confirm()
        .look()
        .accept()
        .watch(BacktrackStatus::Failed);
    story.answer(Answer::Resend).look().answer(Answer::Declined);
    assert_eq!(story.end(), Outcome::Failed);
    story
        .attach(Errand::Recover, true)
        .answer(Answer::GiveUp { reason: reason() });
    assert_eq!(story.end(), Outcome::Refused);
    assert_eq!(story.run.closed_with(), Some(Outcome::Completed));
}

fn answered(answer: Answer) -> Event {
    Event::Answered {
        answer,
        unattended: false,
    }
}
