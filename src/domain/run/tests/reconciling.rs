//! What becomes of a request without an answer, by what AWS lists.

use super::story::{Story, reason};
use crate::domain::backtrack::{BacktrackRecord, BacktrackStatus};
use crate::domain::effect::Effect;
use crate::domain::event::{Errand, Event, ReadFailureKind};
use crate::domain::fixture::{self, TARGET, record};
use crate::domain::outcome::Outcome;
use crate::domain::phase::Phase;
use crate::domain::question::{Answer, Question};
use crate::domain::run::{Next, State, Trace};

/// Longer than the settling time.
const SETTLED: i64 = 61;

fn trace(story: &Story) -> Trace {
    let State::Unresolved { trace, .. } = story.run.state() else {
        panic!("expected an unresolved run, got {:?}", story.run.state());
    };
    trace.clone()
}

fn ours(story: &Story) -> BacktrackRecord {
    record("late", TARGET, story.now, BacktrackStatus::Applying)
}

fn strange(story: &Story) -> BacktrackRecord {
    record(
        "strange",
        fixture::after(-3600),
        story.now,
        BacktrackStatus::Completed,
    )
}

/// Nothing was found through the settling time, and a person takes the run up.
fn without_a_trace() -> Story {
    let mut story = Story::unanswered();
    story
        .later(SETTLED)
        .attach(Errand::Recover, true)
        .reconcile(Vec::new(), "available");
    story
}

#[test]
fn a_record_that_goes_where_we_asked_is_ours() {
    let mut story = Story::unanswered();
    let found = ours(&story);
    story.reconcile(vec![found], "backtracking");
    assert_eq!(
        story.next(),
        Next::Do(Effect::Watch {
            id: "late".to_owned()
        })
    );
}

#[test]
fn a_record_without_a_creation_time_may_be_ours() {
    let mut story = Story::unanswered();
    let found = BacktrackRecord {
        created: None,
        ..ours(&story)
    };
    assert_eq!(story.reconcile(vec![found], "available").phase(), Phase::Applying);
}

#[test]
fn ours_is_told_from_a_strangers_beside_it() {
    let mut story = Story::unanswered();
    let found = vec![strange(&story), ours(&story)];
    assert_eq!(story.reconcile(found, "backtracking").phase(), Phase::Applying);
}

#[test]
fn a_record_that_failed_meanwhile_is_a_failure() {
    let mut story = Story::unanswered();
    let found = BacktrackRecord {
        status: BacktrackStatus::Failed,
        ..ours(&story)
    };
    assert_eq!(story.reconcile(vec![found], "available").phase(), Phase::Failed);
}

#[test]
fn nothing_yet_is_asked_again() {
    let mut story = Story::unanswered();
    story.reconcile(Vec::new(), "available");
    assert_eq!(
        (trace(&story), story.next()),
        (Trace::Nothing, Next::Do(Effect::Reconcile))
    );
}

#[test]
fn nothing_through_the_settling_time_ends_unresolved() {
    let mut story = Story::unanswered();
    story.later(SETTLED).reconcile(Vec::new(), "available");
    assert_eq!(trace(&story), Trace::NothingAtAll);
    assert_eq!(story.end(), Outcome::Unresolved);
}

#[test]
fn a_request_of_a_fenced_process_is_looked_for_while_its_signature_counts() {
    let mut story = Story::unanswered();
    story
        .take_over()
        .later(SETTLED)
        .reconcile(Vec::new(), "available");
    assert_eq!(trace(&story), Trace::Nothing);
    // AWS takes a signed request for five minutes: until then it may still arrive.
    story.later(300).reconcile(Vec::new(), "available");
    assert_eq!(trace(&story), Trace::NothingAtAll);
    // Whatever becomes of the next attempt, the first is looked for no shorter.
    let mut given_up = Story::unanswered();
    given_up
        .later(SETTLED)
        .take_over()
        .reconcile(Vec::new(), "available");
    assert_eq!(trace(&given_up), Trace::Nothing);
}

#[test]
fn a_lagging_record_is_waited_for_through_the_settling_time() {
    let mut story = Story::unanswered();
    story.reconcile(Vec::new(), "backtracking");
    assert_eq!(trace(&story), Trace::Nothing);
    let found = ours(&story);
    assert_eq!(
        story
            .later(SETTLED)
            .reconcile(vec![found], "backtracking")
            .phase(),
        Phase::Applying
    );
}

#[test]
fn another_target_is_strange_and_no_resend_is_offered() {
    let mut story = Story::unanswered();
    let found = vec![strange(&story)];
    story.reconcile(found.clone(), "available");
    assert_eq!(trace(&story), Trace::Nothing);
    story
        .later(SETTLED)
        .attach(Errand::Resend, true)
        .reconcile(found, "available");
    assert!(
        matches!(story.next(), Next::Ask(Question::Strange { .. })),
        "{:?}",
        story.next()
    );
    assert!(
        story
            .try_tell(&Event::Answered {
                answer: Answer::Resend,
                unattended: false
            })
            .is_err()
    );
}

#[test]
fn what_a_person_attests_to_be_ours_is_followed_and_compared_with_what_was_asked() {
    let mut story = Story::unanswered();
    let found = strange(&story);
    story
        .later(SETTLED)
        .attach(Errand::Recover, true)
        .reconcile(vec![found.clone()], "available");
    let ours = |id: &str| Event::Answered {
        answer: Answer::Ours { id: id.to_owned() },
        unattended: false,
    };
    assert!(story.try_tell(&ours("another")).is_err());
    story.tell(&ours(&found.id));
    assert_eq!(story.phase(), Phase::Applying);
    let said = format!("{} was attested to be this run's own backtrack", found.id);
    assert_eq!(story.run.overrides(), [said]);
    story.settle();
    let gate = story.run.gate(Ok(("available", &[found])));
    let passed: Vec<bool> = gate.iter().map(|result| result.passed).collect();
    assert_eq!(passed, [false, true], "{gate:?}");
}

#[test]
fn two_records_that_go_where_we_asked_are_strange_at_once() {
    let mut story = Story::unanswered();
    let (one, other) = (
        ours(&story),
        BacktrackRecord {
            id: "twin".to_owned(),
            ..ours(&story)
        },
    );
    story.reconcile(vec![one, other], "available");
    assert!(matches!(trace(&story), Trace::Strange { .. }));
    assert_eq!(story.end(), Outcome::Unresolved);
}

#[test]
fn a_cluster_that_moves_without_a_record_is_strange() {
    let mut story = Story::unanswered();
    story.later(SETTLED).reconcile(Vec::new(), "Backtracking");
    assert!(matches!(trace(&story), Trace::Strange { .. }));
}

#[test]
fn a_record_older_than_the_intent_is_neither_ours_nor_strange() {
    let mut story = Story::unanswered();
    let old = record(
        "old",
        TARGET,
        story.now - chrono::TimeDelta::seconds(60),
        BacktrackStatus::Completed,
    );
    story.later(SETTLED).reconcile(vec![old], "available");
    assert_eq!(trace(&story), Trace::NothingAtAll);
}

#[test]
fn a_record_seen_before_the_intent_is_never_ours() {
    let mut story = Story::begin();
    let known = record("known", TARGET, fixture::BEGIN, BacktrackStatus::Completed);
    let look = |story: &mut Story| {
        let known = known.clone();
        story.look_at(|inspection| inspection.records = vec![known]);
    };
    look(&mut story);
    story.pause();
    look(&mut story);
    story.confirm();
    look(&mut story);
    story.send();
    story
        .attach(Errand::Recover, true)
        .later(SETTLED + 10)
        .reconcile(vec![known.clone()], "available");
    assert_eq!(trace(&story), Trace::NothingAtAll);
}

#[test]
fn a_failed_read_decides_nothing() {
    let mut story = Story::unanswered();
    story.later(SETTLED).read_failed(ReadFailureKind::Transport);
    assert_eq!(
        (story.phase(), story.next()),
        (Phase::Unresolved, Next::Do(Effect::Reconcile))
    );
    assert!(story.run.is_blind());
}

#[test]
fn unattended_recovery_sends_nothing_again_by_itself() {
    let mut story = Story::unanswered();
    story
        .later(SETTLED)
        .attach(Errand::Recover, false)
        .reconcile(Vec::new(), "available");
    assert_eq!(story.end(), Outcome::Unresolved);
}

#[test]
fn a_resend_is_an_attempt_of_its_own_confirmed_anew() {
    let mut story = without_a_trace();
    assert_eq!(story.next(), Next::Ask(Question::NoTrace));
    story.answer(Answer::Resend).look().confirm().look();
    assert_eq!(story.send().hop, 2);
}

#[test]
fn an_unattended_resend_counts_once() {
    let mut story = Story::unanswered();
    story
        .later(SETTLED)
        .attach(Errand::Resend, false)
        .reconcile(Vec::new(), "available");
    story.answer(Answer::Resend).look().confirm().look().send();
    story.reply(crate::domain::event::Reply::Ambiguous {
        what: String::new(),
        request_id: None,
    });
    story.later(SETTLED).reconcile(Vec::new(), "available");
    assert_eq!(story.end(), Outcome::Unresolved);
}

#[test]
fn the_lost_request_found_at_the_look_before_a_resend_is_followed_instead() {
    let mut story = without_a_trace();
    let found = ours(&story);
    story
        .answer(Answer::Resend)
        .look_at(|inspection| inspection.records = vec![found]);
    assert_eq!(story.phase(), Phase::Applying);
    story.settle().verify(true);
    assert_eq!(
        story.run.direction(),
        Some(crate::domain::target::Direction::Rewind)
    );
}

#[test]
fn the_lost_request_that_failed_is_found_once_and_can_be_sent_again() {
    let mut story = without_a_trace();
    let found = BacktrackRecord {
        status: BacktrackStatus::Failed,
        ..ours(&story)
    };
    let again = found.clone();
    story
        .answer(Answer::Resend)
        .look_at(|inspection| inspection.records = vec![found]);
    assert_eq!(story.phase(), Phase::Failed);
    story.answer(Answer::Resend);
    story.look_at(|inspection| inspection.records = vec![again]);
    assert_eq!(story.phase(), Phase::Validated);
}

#[test]
fn something_strange_at_the_look_before_a_resend_stops_it() {
    let mut story = without_a_trace();
    let found = strange(&story);
    story
        .answer(Answer::Resend)
        .look_at(|inspection| inspection.records = vec![found]);
    assert_eq!(story.end(), Outcome::Unresolved);
    assert!(!story.is_open());
}

#[test]
fn a_resend_that_is_declined_returns_to_the_unanswered_request() {
    let mut story = without_a_trace();
    story.answer(Answer::Resend).look().answer(Answer::Declined);
    assert_eq!(story.end(), Outcome::Unresolved);
    assert_eq!(
        story.attach(Errand::Recover, true).next(),
        Next::Do(Effect::Reconcile)
    );
}

#[test]
fn what_is_strange_can_be_given_up_with_a_reason_and_stays_unknown() {
    let mut story = Story::unanswered();
    let found = vec![strange(&story)];
    story
        .later(SETTLED)
        .attach(Errand::Recover, true)
        .reconcile(found, "available");
    story.answer(Answer::GiveUp { reason: reason() });
    assert_eq!(story.end(), Outcome::Unresolved);
    assert!(story.is_open() && story.run.is_finished());
    assert_eq!(story.run.data_touched(), None);
}
