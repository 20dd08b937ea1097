//! Whether a safety copy is there: the check of its step, and the last look before the request.

use std::time::Duration;

use super::copy_turn::{Follow, follow, told};
use super::drive::{Engine, EngineError};
use super::hands::Hands;
use super::waiting::Cut;
use crate::domain::effect::Way;
use crate::domain::event::{Done, Event, ReadFailure};
use crate::domain::run::ItemState;
use crate::ports::FoundCopy;

/// A copy that cannot be read is asked for this often, a second apart, before that counts as a failed read.
const TRIES: u32 = 4;
const PAUSE: Duration = Duration::from_secs(1);

impl Engine<'_> {
    /// Looks whether the copy that was taken with this pause is still there and this run's. What cannot be read is not
    /// gone: it is a read that failed.
    pub(super) async fn copy_gone(&self) -> Cut<Result<Option<String>, ReadFailure>> {
        let mut items = self.run.plan().runbook.pause.iter().zip(self.run.items());
        let taken = items.any(|(item, state)| item.copy().is_some() && *state == ItemState::Paused);
        if !taken || self.run.attempt().without_copy {
            return Cut::Whole(Ok(None));
        }
        self.look_at_copy().await
    }

    /// The check of the copy's step. Where credentials ended, it is made again after a login.
    pub(super) async fn check_copy(&mut self, item: usize, way: Way) -> Result<(), EngineError> {
        let done = match self.look_at_copy().await {
            Cut::Signal(signal) => return self.record(&Event::Interrupted { signal }),
            Cut::Whole(Err(failure)) if failure.wants_a_login() => {
                return self.record(&Event::ReadFailed(failure));
            }
            Cut::Whole(Ok(None)) => Done::Well {
                how: "available, and tagged with this run".to_owned(),
            },
            Cut::Whole(Ok(Some(how))) => Done::Badly { how },
            Cut::Whole(Err(failure)) => Done::Badly {
                how: format!("not known: {}: {}", failure.action, failure.message),
            },
        };
        self.advise_on_copy(&done);
        self.record(&Event::Checked { item, way, done })
    }

    /// What is wrong with the copy; none: nothing is.
    async fn look_at_copy(&self) -> Cut<Result<Option<String>, ReadFailure>> {
        let (Hands::Free { copies, .. }, Some(copy)) = (&self.world.hands, self.run.copies().last()) else {
            return Cut::Whole(Ok(None));
        };
        let all = async {
            let mut found = copies.find(copy).await;
            for _ in 1..TRIES {
                if !found.as_ref().is_err_and(|failure| !failure.wants_a_login()) {
                    break;
                }
                self.world.clock.wait(PAUSE).await;
                found = copies.find(copy).await;
            }
            found
        };
        let id = &copy.id;
        match self.cut("AWS, to look at the safety copy", all).await {
            Cut::Signal(signal) => Cut::Signal(signal),
            Cut::Whole(Err(failure)) => Cut::Whole(Err(failure)),
            Cut::Whole(Ok(found)) => Cut::Whole(Ok(match found {
                FoundCopy::Nothing => Some(format!("{id} is gone")),
                FoundCopy::Foreign(how) => Some(how),
                FoundCopy::Ours(seen) => match follow(copy, &seen) {
                    Follow::Source => None,
                    Follow::Instance => Some(format!("the instance of {id} is gone")),
                    Follow::Rest(_) => Some(format!("{id} is not available: {}", told(&seen))),
                },
            })),
        }
    }
}
