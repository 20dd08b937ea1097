//! A search told hop by hop: what one confirmation covers, and what ends it.

use super::story::Story;
use crate::domain::event::{Errand, Event};
use crate::domain::fixture;
use crate::domain::outcome::Outcome;
use crate::domain::phase::Phase;
use crate::domain::plan::Plan;
use crate::domain::question::{Answer, Question};
use crate::domain::run::Next;
use crate::domain::runbook::Check;
use crate::domain::search::{Bound, Over, Said, Search, Then, Trial, Verdict};

impl Story {
    /// Eight steps of time from the target to the beginning.
    fn search(attended: bool, then: Then) -> Self {
        let bound = |at| Bound { text: None, at };
        Self::of(Plan {
            by: fixture::person(attended),
            search: Some(Box::new(Search {
                good: bound(fixture::TARGET),
                bad: bound(fixture::BEGIN),
                over: Over::Time { within_s: 128 },
                probe: Check::Copy,
                tries: 1,
                skips: 1,
                then,
            })),
            ..fixture::plan()
        })
    }

    fn tried(&mut self, verdict: Verdict) -> &mut Self {
        let gate = if self.run.hops().is_empty() {
            Vec::new()
        } else {
            self.run.gate(Ok(("available", &[])))
        };
        let how = "exit code".to_owned();
        self.tell(&Event::Tried(Trial {
            gate,
            said: vec![Said { verdict, how }],
        }))
    }

    /// Confirmed, and the first place settled.
    fn first_place(&mut self) -> &mut Self {
        self.look().pause().tried(Verdict::Bad).look().confirm().hop()
    }

    /// From the last look to a cluster that is back.
    fn hop(&mut self) -> &mut Self {
        self.look().accept().settle()
    }
}

#[test]
fn one_confirmation_names_the_greatest_number_of_outages_and_covers_no_more() {
    let mut story = Story::search(true, Then::LastGood);
    story.look().pause().tried(Verdict::Bad).look();
    let Next::Ask(Question::Confirm(receipt)) = story.next() else {
        panic!("{:?}", story.next());
    };
    // Three halvings, one skip, and the way to where it ends.
    assert_eq!(receipt.phrase(), "orders 5");
    story.confirm().hop();
    for verdict in [Verdict::Bad, Verdict::Bad, Verdict::Bad] {
        story.tried(verdict);
        assert_eq!(story.phase(), Phase::Paused);
        assert_eq!(story.look().phase(), Phase::Approved, "nobody is asked again");
        story.hop();
    }
    // It went down to the known good moment, and is verified there.
    assert_eq!(story.run.hops().len(), 4);
    assert_eq!(story.run.requested(), Some(fixture::TARGET));
    story.verify(true).answer(Answer::Accepted { reason: None });
    assert_eq!(story.end(), Outcome::Completed);
    assert!(story.is_open());
}

#[test]
fn a_confirmation_of_a_search_dies_with_its_process_and_the_rest_is_confirmed_anew() {
    let mut story = Story::search(false, Then::LastGood);
    story
        .first_place()
        .tried(Verdict::Good)
        .attach(Errand::Recover, true);
    story.look();
    let Next::Ask(Question::Confirm(receipt)) = story.next() else {
        panic!("{:?}", story.next());
    };
    assert_eq!(receipt.phrase(), "orders 4");
}

#[test]
fn the_present_is_asked_before_anything_moves_and_good_there_ends_the_search() {
    for (verdict, said) in [(Verdict::Good, "says good"), (Verdict::Stop, "no answer")] {
        let mut story = Story::search(true, Then::LastGood);
        story.look().pause().tried(verdict);
        assert_eq!(story.phase(), Phase::Refused);
        let Next::Do(_) = story.next() else {
            panic!("what was paused is opened")
        };
        story.steps();
        let Next::End(Outcome::Refused, message) = story.next() else {
            panic!("{:?}", story.next());
        };
        assert!(message.contains(said), "{message}");
        assert!(story.is_open());
    }
}

#[test]
fn a_stop_is_never_bad_and_the_next_process_asks_again_at_the_same_place() {
    let mut story = Story::search(false, Then::LastGood);
    story.first_place().tried(Verdict::Stop);
    assert_eq!(story.end(), Outcome::Held);
    assert_eq!(story.phase(), Phase::Held);
    story.attach(Errand::Recover, false);
    assert!(story.run.seeks());
    story.tried(Verdict::Good);
    assert_eq!(story.phase(), Phase::Paused);
    assert_eq!(story.run.attempt().number, 2);
}

#[test]
fn told_to_return_it_goes_to_the_origin_whether_it_found_something_or_stopped() {
    for verdict in [Verdict::Stop, Verdict::Skip] {
        let mut story = Story::search(false, Then::Origin);
        story.first_place().tried(verdict);
        while story.run.seeks() && story.phase() == Phase::Paused {
            story.look().hop();
            if story.run.seeks() {
                story.tried(Verdict::Bad);
            }
        }
        assert_eq!(story.run.requested(), story.run.origin());
        story.verify(true).answer(Answer::Accepted { reason: None });
        assert_eq!(story.end(), Outcome::Completed);
    }
}

#[test]
fn another_hop_than_its_own_ends_the_search() {
    let mut story = Story::search(true, Then::LastGood);
    story.first_place().tried(Verdict::Stop);
    let to = fixture::LATER;
    story.answer(Answer::Hop {
        typed: String::new(),
        to,
    });
    assert!(story.run.seek().is_some_and(super::super::Seek::is_over));
    let Next::Ask(Question::Confirm(receipt)) = story.look().next() else {
        panic!("{:?}", story.next());
    };
    assert_eq!(receipt.search, None, "it is confirmed as a hop like any other");
}
