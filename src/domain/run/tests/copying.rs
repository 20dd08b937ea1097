//! Safety copies: named once a pause, never forgotten, and never taken for one of another content.

use super::story::{Story, badly, well};
use crate::domain::effect::{Effect, Way};
use crate::domain::event::{Done, Errand, Event, ReadFailureKind};
use crate::domain::fixture;
use crate::domain::outcome::Outcome;
use crate::domain::phase::Phase;
use crate::domain::question::{Answer, Question};
use crate::domain::run::{ItemState, Next};
use crate::domain::runbook::PauseItem;
use crate::domain::safety_copy::{CopyKind, CopyPlan, Noted, Part, Stands};

const FIRST: &str = "orders-before-20261120-023108-000001-1";

/// The copy is the third item.
const COPY: usize = 2;

fn begin() -> Story {
    let mut plan = fixture::plan();
    plan.runbook.pause.push(PauseItem::copying(CopyPlan {
        kind: CopyKind::Clone,
        instance: None,
    }));
    Story::of(plan)
}

/// The copy's step was begun, with everything else paused.
fn begun() -> Story {
    let mut story = begin();
    story.look().answer(Answer::Agreed);
    loop {
        match story.next() {
            Next::Do(effect @ Effect::Step { item, way }) => {
                story.tell(&Event::Intended(effect));
                if item == COPY {
                    return story;
                }
                story.done(item, way, well());
            }
            Next::Do(Effect::Check { item, way }) => {
                let done = well();
                story.tell(&Event::Checked { item, way, done });
            }
            other @ (Next::Do(_) | Next::Ask(_) | Next::Wait { .. } | Next::End(..) | Next::Done(_)) => {
                panic!("expected the steps of the pause, got {other:?}")
            }
        }
    }
}

fn forward(story: &mut Story, reason: Option<&str>) {
    story.attach(Errand::Forward, true).tell(&Event::HopOrdered {
        goal: Some(fixture::typed(fixture::LATER)),
        reason: reason.map(str::to_owned),
        without_copy: false,
    });
}

#[test]
fn the_copy_comes_last_and_is_named_before_anything_is_asked_for() {
    let story = begun();
    assert_eq!(story.run.items()[..COPY], [ItemState::Paused, ItemState::Paused]);
    let [copy] = story.run.copies() else {
        panic!("one copy, got {:?}", story.run.copies())
    };
    assert_eq!((copy.id.as_str(), copy.begun), (FIRST, 1));
    assert_eq!(copy.stands, Stands::MayExist { why: None });
    let left = story.run.left_behind();
    assert!(!left[0].exists && left[0].remove.len() == 2, "{left:?}");
}

#[test]
fn a_step_that_is_taken_twice_is_one_copy() {
    let mut story = begun();
    story.attach(Errand::Recover, true).look();
    story.tell(&Event::Intended(Effect::Step {
        item: COPY,
        way: Way::Pause,
    }));
    let [copy] = story.run.copies() else {
        panic!("one copy, got {:?}", story.run.copies())
    };
    assert_eq!((copy.id.as_str(), copy.begun), (FIRST, 2));
}

#[test]
fn credentials_that_end_while_it_is_taken_are_asked_for_and_the_step_is_taken_again() {
    let again = Next::Do(Effect::Step {
        item: COPY,
        way: Way::Pause,
    });
    let mut story = begun();
    story.read_failed(ReadFailureKind::Credentials);
    assert!(matches!(story.next(), Next::Ask(Question::Login { .. })));
    story.answer(Answer::Agreed);
    assert_eq!(story.next(), again);

    let mut story = begun();
    story
        .read_failed(ReadFailureKind::Credentials)
        .answer(Answer::Nobody);
    assert_eq!(story.end(), Outcome::Detached);
    assert_eq!(story.run.still_paused(), ["web", "jobs"]);
    story.attach(Errand::Recover, true).look();
    assert_eq!(story.next(), again);

    let mut story = begun();
    story.read_failed(ReadFailureKind::Credentials).interrupt();
    assert_eq!(story.end(), Outcome::Interrupted);
    assert!(story.is_open());
}

#[test]
fn what_becomes_known_of_a_copy_is_kept_while_it_is_taken_and_at_no_other_time() {
    let noted = |item| Event::CopyNoted {
        item,
        noted: Noted {
            whole: Part::Seen {
                status: "creating".to_owned(),
            },
            instance: Part::Unasked,
        },
    };
    let mut story = begun();
    assert!(story.try_tell(&noted(0)).is_err(), "an item that is no copy");
    story.tell(&noted(COPY)).interrupt();
    assert_eq!(story.end(), Outcome::Interrupted);
    let left = story.run.left_behind();
    assert_eq!(left[0].last_seen.as_deref(), Some("creating"));
    assert!(left[0].exists, "{left:?}");
}

#[test]
fn a_hop_whose_order_leaves_the_copy_out_pauses_everything_else() {
    let mut story = begin();
    story.look().pause().look().confirm().look();
    story.accept();
    story.settle().verify(true);
    story.answer(Answer::Accepted { reason: None });
    assert_eq!(story.end(), Outcome::Completed);
    story.attach(Errand::Forward, true).tell(&Event::HopOrdered {
        goal: Some(fixture::typed(fixture::LATER)),
        reason: Some("no quota".to_owned()),
        without_copy: true,
    });
    story.look().pause();
    assert_eq!(story.phase(), Phase::Paused);
    assert_eq!(story.run.still_paused(), ["web", "jobs"]);
    assert_eq!(story.run.copies().len(), 1, "the first hop's alone");
    assert_eq!(story.run.to_pause().len(), COPY);
}

#[test]
fn a_copy_that_failed_puts_back_what_was_paused_and_may_exist() {
    let mut story = begun();
    story.done(COPY, Way::Pause, badly());
    assert_eq!(story.phase(), Phase::Refused);
    assert_eq!(story.run.still_paused(), ["web", "jobs"]);
    assert_eq!(story.end(), Outcome::Refused);
    assert!(story.is_open());
    assert!(matches!(
        &story.run.copies()[0].stands,
        Stands::MayExist { why: Some(_) }
    ));
}

#[test]
fn a_copy_that_was_never_begun_leaves_nothing_behind() {
    let mut story = begun();
    story.done(
        COPY,
        Way::Pause,
        Done::Unbegun {
            how: "DBClusterQuotaExceededFault".to_owned(),
        },
    );
    let Next::Do(_) = story.next() else {
        panic!("{:?}", story.next())
    };
    assert_eq!(story.end(), Outcome::Refused);
    assert!(story.run.left_behind().is_empty());
}

#[test]
fn a_finished_run_that_is_moved_on_takes_a_copy_of_its_own() {
    let mut story = begin();
    story.look().pause().look().confirm().look();
    story.accept();
    story.settle().verify(true);
    story.answer(Answer::Accepted { reason: None });
    assert_eq!(story.end(), Outcome::Completed);
    assert_eq!(story.run.copies()[0].stands, Stands::Exists);
    forward(&mut story, Some("too far"));
    story.look().pause();
    let ids: Vec<&str> = story.run.copies().iter().map(|copy| copy.id.as_str()).collect();
    assert_eq!(ids, [FIRST, "orders-before-20261120-023108-000001-2"]);
}

#[test]
fn a_held_run_that_is_moved_on_keeps_the_copy_of_its_pause() {
    let mut story = begin();
    story.look().pause().look().confirm().look();
    story.accept();
    story.settle().verify(true);
    story.answer(Answer::Hold);
    assert_eq!(story.end(), Outcome::Held);
    forward(&mut story, None);
    story.look();
    assert_eq!(story.phase(), Phase::Validated);
    assert_eq!(story.run.copies().len(), 1);
    assert_eq!(story.run.copies().last().map(|copy| copy.hop), Some(1));
}
