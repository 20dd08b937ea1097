//! The safety copy: asked for once, looked for before it is asked for again, and followed until it is available.

use std::time::Duration;

use chrono::TimeDelta;

use super::advice::{self, GIVEN_UP};
use super::copy_turn::{Follow, Known, Turn, answered, follow, unread, wait};
use super::drive::{Engine, EngineError};
use super::hands::Hands;
use super::waiting::{COPY, Cut};
use crate::domain::cluster::works;
use crate::domain::effect::Way;
use crate::domain::event::{Done, Event, ReadFailure};
use crate::domain::pace::pace;
use crate::domain::safety_copy::{Part, SafetyCopy};
use crate::ports::{Copies, CopyPart, FoundCopy, Made};

/// How the step came to its end, or to a stop.
type Taken = Result<Done, ReadFailure>;

impl Engine<'_> {
    /// The step of a copy. Where credentials end, that is recorded and not the step's end: the machine asks for a login
    /// and wants the step again.
    pub(super) async fn copy_step(&mut self, item: usize) -> Result<(), EngineError> {
        let taken = self.take_copy(item).await?;
        if let Cut::Whole(Ok(done)) = &taken {
            self.advise_on_copy(done);
        }
        let event = match taken {
            Cut::Whole(Ok(done)) => Event::StepDone {
                item,
                way: Way::Pause,
                done,
            },
            Cut::Whole(Err(failure)) => Event::ReadFailed(failure),
            Cut::Signal(signal) => Event::Interrupted { signal },
        };
        self.record(&event)
    }

    /// What to type next where the copy came to nothing: it is no reason to give the rewind up.
    pub(super) fn advise_on_copy(&mut self, done: &Done) {
        self.copy_failed = !matches!(done, Done::Well { .. });
        self.advice = match done {
            Done::Badly { how } | Done::Unbegun { how } => {
                advice::without_copy(&self.run, how, self.world.later.options())
            }
            Done::Well { .. } | Done::Nobody => Vec::new(),
        };
    }

    /// Takes the copy of the hop under way, or goes on with one that was asked for before. A signal leaves it as it is:
    /// it is listed as left behind.
    async fn take_copy(&mut self, item: usize) -> Result<Cut<Taken>, EngineError> {
        let (Hands::Free { copies, .. }, Some(copy)) = (&self.world.hands, self.run.copies().last()) else {
            return Ok(Cut::Whole(Ok(Done::Nobody)));
        };
        let (copies, copy) = (*copies, copy.clone());
        let (began, since) = (self.world.clock.steady(), self.world.clock.local());
        let patience = Duration::from_secs(self.run.policy().patience_s.unsigned_abs());
        let mut known = Known::of(&copy);
        let (mut told, mut count, mut failures) = (String::new(), 0, 0);
        loop {
            let turn = self.copy_turn(item, copies, &copy, &mut known).await?;
            // An end that says that nothing was begun says all.
            if !matches!(turn, Cut::Whole(Turn::Over(Done::Unbegun { .. }))) {
                self.note(item, &known)?;
            }
            let (what, blind) = match turn {
                Cut::Signal(signal) => return Ok(Cut::Signal(signal)),
                Cut::Whole(Turn::Over(done)) => return Ok(Cut::Whole(Ok(done))),
                Cut::Whole(Turn::LoggedOut(failure)) => return Ok(Cut::Whole(Err(failure))),
                Cut::Whole(Turn::Wait { what, blind }) => (format!("{COPY} {what}"), blind),
            };
            let waited = self.world.clock.steady().saturating_sub(began);
            if waited > patience {
                let how = format!("{GIVEN_UP} {} s of waiting for {what}", waited.as_secs());
                return Ok(Cut::Whole(Ok(Done::Badly { how })));
            }
            if what != told {
                self.narrate_waiting(&what, since);
                told.clone_from(&what);
            }
            count += 1;
            failures = if blind { failures + 1 } else { 0 };
            let passed = TimeDelta::from_std(waited).unwrap_or_default();
            let rest = self.world.clock.wait(pace(passed, failures, count));
            if let Cut::Signal(signal) = self.cut_since(since, &what, rest).await {
                return Ok(Cut::Signal(signal));
            }
        }
    }

    /// Makes what is known of the copy durable, where it is news.
    fn note(&mut self, item: usize, known: &Known) -> Result<(), EngineError> {
        let noted = known.noted.clone();
        self.record_news(&Event::CopyNoted { item, noted })?;
        Ok(())
    }

    async fn copy_turn(
        &mut self,
        item: usize,
        copies: &dyn Copies,
        copy: &SafetyCopy,
        known: &mut Known,
    ) -> Result<Cut<Turn>, EngineError> {
        let id = &copy.id;
        let found = match self
            .cut("AWS, to look for the safety copy", copies.find(copy))
            .await
        {
            Cut::Signal(signal) => return Ok(Cut::Signal(signal)),
            Cut::Whole(Err(failure)) => return Ok(Cut::Whole(unread(failure))),
            Cut::Whole(Ok(found)) => found,
        };
        Ok(Cut::Whole(match found {
            FoundCopy::Foreign(how) if known.seen => Turn::Over(Done::Badly { how }),
            FoundCopy::Foreign(_) if known.taken => wait(format!("{id} to show its tags")),
            // An earlier step asked for it: it may be ours, with tags that this caller is not shown.
            FoundCopy::Foreign(how) if known.asked => Turn::Over(Done::Badly { how }),
            // What bears the name is not ours, and so ours was never made.
            FoundCopy::Foreign(how) => Turn::Over(Done::Unbegun { how }),
            FoundCopy::Nothing if known.seen => {
                known.noted.whole = Part::Asked;
                Turn::Over(Done::Badly {
                    how: format!("{id} was there, and is gone"),
                })
            }
            FoundCopy::Nothing => match self.source_busy(copy).await {
                Cut::Signal(signal) => return Ok(Cut::Signal(signal)),
                Cut::Whole(Some(turn)) => turn,
                Cut::Whole(None) => self.make(item, copies, copy, CopyPart::Whole, known).await?,
            },
            FoundCopy::Ours(seen) => {
                known.sees(&seen);
                match follow(copy, &seen) {
                    Follow::Rest(turn) => turn,
                    Follow::Instance => self.make(item, copies, copy, CopyPart::Instance, known).await?,
                    Follow::Source => match self.source_busy(copy).await {
                        Cut::Signal(signal) => return Ok(Cut::Signal(signal)),
                        Cut::Whole(Some(turn)) => turn,
                        Cut::Whole(None) => Turn::Over(Done::Well {
                            how: format!("{id} is available, a copy of {}", copy.source),
                        }),
                    },
                }
            }
        }))
    }

    /// What the source is waited for; none: it takes a request. A copy may leave it `backing-up` for a while.
    async fn source_busy(&self, copy: &SafetyCopy) -> Cut<Option<Turn>> {
        let glance = self.glance_at(&copy.source);
        Cut::Whole(match self.cut("AWS, to read the cluster", glance).await {
            Cut::Signal(signal) => return Cut::Signal(signal),
            Cut::Whole(Err(failure)) => Some(unread(failure)),
            Cut::Whole(Ok(glance)) => {
                let status = glance.status;
                let ready = works(&status) && !status.eq_ignore_ascii_case("backing-up");
                (!ready).then(|| wait(format!("{} to be available: {status}", copy.source)))
            }
        })
    }

    /// Asks for a part. Noted before: a process that dies here leaves what may exist, and nothing else.
    async fn make(
        &mut self,
        item: usize,
        copies: &dyn Copies,
        copy: &SafetyCopy,
        part: CopyPart,
        known: &mut Known,
    ) -> Result<Turn, EngineError> {
        let before = match std::mem::replace(known.part(part), Part::Asked) {
            // It was there and is not any more: it may still appear.
            Part::Seen { .. } => Part::Asked,
            before @ (Part::Unasked | Part::Asked) => before,
        };
        self.note(item, known)?;
        let now = self.world.clock.service();
        // To its end: what is not known to have been asked for could not be looked for.
        let made = self.attend("AWS to answer the call", copies.make(copy, part, now));
        let made = made.await;
        if matches!(made, Err(_) | Ok(Made::Throttled | Made::Refused(_))) {
            *known.part(part) = before;
        }
        Ok(answered(copy, part, made, known))
    }
}
