//! The part of a fingerprint that tells states of the machine apart.

use super::key::Key;
use crate::domain::run::{State, Trace};

impl Key {
    pub fn state(&mut self, state: &State) {
        match state {
            State::Preflight { clear, agreed } => {
                self.put(0);
                self.put(u8::from(*clear) | u8::from(*agreed) << 1);
            }
            State::Paused => self.put(1),
            State::Validated { .. } => self.put(2),
            State::Approved {
                seen,
                good_until,
                throttled,
                not_before,
                ..
            } => {
                self.put(3);
                self.put(seen.is_some());
                self.ids(seen.as_deref().unwrap_or_default());
                self.put(*throttled);
                self.put(not_before.is_some_and(|until| until > self.now));
                self.put(good_until.is_some_and(|until| until >= self.now));
            }
            State::Requested {
                intent, throttled, ..
            } => {
                self.put(4);
                self.intent(intent);
                self.put(*throttled);
            }
            State::Unresolved {
                intent,
                until,
                trace,
                direction,
            } => {
                self.put(5);
                self.intent(intent);
                self.deadline(*until);
                self.put(match trace {
                    Trace::NotAsked => 0,
                    Trace::Nothing => 1,
                    Trace::NothingAtAll => 2,
                    Trace::Strange { .. } => 3,
                });
                self.direction(*direction);
            }
            State::Applying {
                intent,
                direction,
                record,
                completed,
                missing,
                writer_back,
                asked,
            } => {
                self.put(6);
                self.intent(intent);
                self.direction(*direction);
                self.record(record);
                self.put(completed.map_or(2, |since| {
                    u8::from(self.now > since + chrono::TimeDelta::seconds(300))
                }));
                self.members(missing);
                self.put(u8::from(*asked) | u8::from(*writer_back) << 1);
            }
            State::Settled { verification } => {
                self.put(7);
                self.put(verification.is_some());
            }
            State::Verified {
                accepted,
                verification,
            } => {
                self.put(8);
                self.put(u8::from(*accepted) | u8::from(verification.passed()) << 1);
            }
            State::Held => self.put(9),
            State::Failed { record } => {
                self.put(10);
                self.record(record);
            }
            State::Resumed => self.put(11),
            State::Leaving { why, .. } => {
                self.put(12);
                self.put(*why as u8);
            }
            State::Closed { outcome } => {
                self.put(13);
                self.put(*outcome as u8);
            }
        }
    }
}
