//! When a hop has settled: our own record completed, and everybody back who must be.

use super::story::Story;
use crate::domain::backtrack::{BacktrackRecord, BacktrackStatus};
use crate::domain::cluster::Member;
use crate::domain::effect::Effect;
use crate::domain::event::{Errand, Event};
use crate::domain::fixture::{self, member};
use crate::domain::phase::Phase;
use crate::domain::question::{Answer, Question};
use crate::domain::run::Next;

/// Completed, and longer ago than a person is left alone with members that are not back.
fn long_completed(members: Vec<Member>) -> Story {
    let mut story = Story::accepted();
    story
        .watch(BacktrackStatus::Completed)
        .glance(members, Vec::new())
        .later(301);
    story
}

fn reader_away() -> Vec<Member> {
    vec![
        member("writer-1", true, "available"),
        member("reader-1", false, "rebooting"),
    ]
}

#[test]
fn an_early_available_proves_nothing() {
    let story = Story::accepted();
    assert!(matches!(story.next(), Next::Do(Effect::Watch { .. })));
    let glanced = Event::Glanced {
        status: "available".to_owned(),
        members: fixture::members(),
        records: Vec::new(),
    };
    assert!(story.run.clone().apply(&glanced, story.now).is_err());
}

#[test]
fn completed_counts_in_any_letter_case_and_an_unknown_word_never() {
    let mut story = Story::accepted();
    story.watch(BacktrackStatus::parse("halfway"));
    assert!(matches!(story.next(), Next::Do(Effect::Watch { .. })));
    assert_eq!(
        story.watch(BacktrackStatus::parse("COMPLETED")).next(),
        Next::Do(Effect::Glance)
    );
}

#[test]
fn a_record_that_is_not_ours_is_not_taken_for_it() {
    let mut story = Story::accepted();
    let other = BacktrackRecord {
        id: "other".to_owned(),
        ..story.run.record().unwrap().clone()
    };
    assert!(story.try_tell(&Event::Watched { record: Some(other) }).is_err());
}

#[test]
fn a_record_that_is_not_listed_yet_changes_nothing() {
    let mut story = Story::accepted();
    assert!(!story.run.is_news(&Event::Watched { record: None }, story.now));
    assert_eq!(
        story.tell(&Event::Watched { record: None }).phase(),
        Phase::Applying
    );
}

#[test]
fn without_members_nothing_is_settled() {
    assert_eq!(long_completed(Vec::new()).phase(), Phase::Applying);
}

#[test]
fn statuses_under_which_connections_work_are_not_waited_for() {
    let mut story = Story::accepted();
    let members = vec![
        member("writer-1", true, "backing-up"),
        member("reader-1", false, "configuring-log-exports"),
    ];
    assert_eq!(
        story
            .watch(BacktrackStatus::Completed)
            .glance(members, Vec::new())
            .phase(),
        Phase::Settled
    );
}

#[test]
fn a_reader_that_did_not_work_before_is_not_waited_for() {
    let mut story = Story::begin();
    let away =
        |inspection: &mut crate::domain::inspection::Inspection| inspection.cluster.members = reader_away();
    story.look_at(away).pause().look().confirm().look().accept();
    assert_eq!(
        story
            .watch(BacktrackStatus::Completed)
            .glance(reader_away(), Vec::new())
            .phase(),
        Phase::Settled
    );
}

#[test]
fn a_person_may_go_on_without_a_reader_by_name() {
    let mut story = long_completed(reader_away());
    assert_eq!(
        story.next(),
        Next::Ask(Question::Members {
            missing: vec!["reader-1".to_owned()]
        })
    );
    story.answer(Answer::Agreed).glance(reader_away(), Vec::new());
    assert_eq!(story.phase(), Phase::Settled);
    assert_eq!(story.run.overrides(), ["went on without reader-1"]);
}

#[test]
fn a_reader_that_vanished_is_missing() {
    let story = long_completed(vec![member("writer-1", true, "available")]);
    assert_eq!(
        story.next(),
        Next::Ask(Question::Members {
            missing: vec!["reader-1".to_owned()]
        })
    );
}

#[test]
fn nobody_is_asked_to_go_on_without_the_writer() {
    let away = vec![
        member("writer-1", true, "rebooting"),
        member("reader-1", false, "available"),
    ];
    assert_eq!(long_completed(away).next(), Next::Do(Effect::Glance));
}

#[test]
fn a_reader_that_became_the_writer_is_waited_for_though_it_was_waived() {
    let mut story = long_completed(reader_away());
    let failed_over = vec![
        member("writer-1", false, "available"),
        member("reader-1", true, "rebooting"),
    ];
    story.answer(Answer::Agreed).glance(failed_over, Vec::new());
    assert_eq!(story.phase(), Phase::Applying);
}

#[test]
fn whoever_said_no_to_going_on_is_not_asked_again_by_this_process() {
    let mut story = long_completed(reader_away());
    assert_eq!(story.answer(Answer::Declined).next(), Next::Do(Effect::Glance));
    story.attach(Errand::Recover, true);
    assert!(matches!(story.next(), Next::Ask(Question::Members { .. })));
}

#[test]
fn a_strangers_backtrack_meanwhile_fails_the_gate() {
    let mut story = Story::accepted();
    let strangers = fixture::record("stranger", fixture::LATER, story.now, BacktrackStatus::Completed);
    story
        .watch(BacktrackStatus::Completed)
        .glance(fixture::members(), vec![strangers])
        .verify(true);
    assert!(matches!(story.next(), Next::Ask(Question::Unverified(_))));
}

#[test]
fn an_effective_time_beyond_the_tolerance_fails_the_gate() {
    let mut story = Story::accepted();
    let record = story.run.record().unwrap().clone();
    let early = BacktrackRecord {
        to: Some(fixture::after(-1025)),
        status: BacktrackStatus::Completed,
        ..record
    };
    story
        .tell(&Event::Watched { record: Some(early) })
        .glance(fixture::members(), Vec::new());
    assert!(!story.run.gate(Ok(("available", &[])))[0].passed);
}

#[test]
fn no_result_at_all_is_not_passed() {
    assert!(!crate::domain::verification::Verification::default().passed());
}
