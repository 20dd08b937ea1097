//! The safety copy: asked for once, looked for before it is asked for again, and followed until it is available.

use std::time::Duration;

use chrono::TimeDelta;

use super::advice::{self, GIVEN_UP};
use super::drive::{Engine, EngineError};
use super::hands::Hands;
use super::waiting::{COPY, Cut};
use crate::domain::cluster::works;
use crate::domain::effect::Way;
use crate::domain::event::{Done, Event, ReadFailure, ReadFailureKind};
use crate::domain::pace::pace;
use crate::domain::safety_copy::{Noted, Part, SafetyCopy};
use crate::ports::{Copies, CopyPart, CopySeen, FoundCopy, Made};

/// What one turn came to.
pub(super) enum Turn {
    /// The step is over.
    Over(Done),
    /// Credentials ended. The step is not over: after a login it is taken again, and finds what it has.
    LoggedOut(ReadFailure),
    /// This is waited for; `blind`: nothing could be read.
    Wait { what: String, blind: bool },
}

/// What is known of the copy, from its journal and from the turns of this step.
struct Known {
    /// What is noted of its parts.
    noted: Noted,
    /// An earlier step asked for it, or may have.
    asked: bool,
    /// AWS took a call of this step for it, or may have: under that name was nothing just before.
    taken: bool,
    /// It was there.
    seen: bool,
}

impl Known {
    fn of(copy: &SafetyCopy) -> Self {
        Self {
            asked: match &copy.noted {
                Some(noted) => noted.whole.may_exist(),
                None => copy.begun > 1,
            },
            noted: copy.noted.clone().unwrap_or_default(),
            taken: false,
            seen: false,
        }
    }

    /// A call went out that AWS took, or may have taken.
    fn calls(&mut self, what: String) -> Turn {
        self.asked = true;
        self.taken = true;
        wait(what)
    }

    /// What AWS shows. An instance that was asked for and is not listed may still appear.
    fn sees(&mut self, seen: &CopySeen) {
        self.seen = true;
        self.noted.whole = Part::Seen {
            status: seen.status.clone(),
        };
        match &seen.instance {
            Some(status) => {
                self.noted.instance = Part::Seen {
                    status: status.clone(),
                };
            }
            None if self.noted.instance.may_exist() => self.noted.instance = Part::Asked,
            None => {}
        }
    }

    fn part(&mut self, part: CopyPart) -> &mut Part {
        match part {
            CopyPart::Whole => &mut self.noted.whole,
            CopyPart::Instance => &mut self.noted.instance,
        }
    }
}

fn wait(what: String) -> Turn {
    Turn::Wait { what, blind: false }
}

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

/// What an answer to a call for a part comes to.
fn answered(copy: &SafetyCopy, part: CopyPart, made: Result<Made, ReadFailure>, known: &mut Known) -> Turn {
    let id = &copy.id;
    let what = match part {
        CopyPart::Whole => copy.plan.kind.action(),
        CopyPart::Instance => "CreateDBInstance",
    };
    match made {
        Err(failure) => unread(failure),
        Ok(Made::Accepted) => known.calls(format!("{id} to appear: {what} was accepted")),
        Ok(Made::Unknown(why)) => known.calls(format!("{id} to appear: {what} had no clear answer ({why})")),
        Ok(Made::Taken) => {
            known.asked = true;
            wait(format!("{id} to appear: the name is taken"))
        }
        Ok(Made::Throttled) => Turn::Wait {
            what: format!("AWS to take {what}: refused for its rate limit"),
            blind: true,
        },
        Ok(Made::Refused(why)) => {
            let how = format!("AWS refused {what}: {why}");
            Turn::Over(if known.asked || known.seen {
                Done::Badly { how }
            } else {
                Done::Unbegun { how }
            })
        }
    }
}

/// What comes next for a copy that is ours.
pub(super) enum Follow {
    Rest(Turn),
    Instance,
    Source,
}

pub(super) fn follow(copy: &SafetyCopy, seen: &CopySeen) -> Follow {
    let id = &copy.id;
    let available = |status: &str| status.eq_ignore_ascii_case("available");
    if failed(&seen.status) {
        let how = format!("AWS could not make {id}: {}", seen.status);
        return Follow::Rest(Turn::Over(Done::Badly { how }));
    }
    if !available(&seen.status) {
        return Follow::Rest(wait(format!("{id} to be available: {}", told(seen))));
    }
    match (&copy.plan.instance, &seen.instance) {
        (None, _) => Follow::Source,
        (Some(_), None) => Follow::Instance,
        (Some(_), Some(status)) if failed(status) => {
            let how = format!("AWS could not make the instance of {id}: {status}");
            Follow::Rest(Turn::Over(Done::Badly { how }))
        }
        (Some(_), Some(status)) if works(status) => Follow::Source,
        (Some(_), Some(_)) => Follow::Rest(wait(format!(
            "the instance of {id} to be available: {}",
            told(seen)
        ))),
    }
}

pub(super) fn told(seen: &CopySeen) -> String {
    let percent = seen.percent.map(|percent| format!(", {percent} %"));
    let status = seen.instance.as_ref().unwrap_or(&seen.status);
    format!("{status}{}", percent.unwrap_or_default())
}

/// Statuses from which nothing becomes available by itself.
fn failed(status: &str) -> bool {
    let status = status.to_ascii_lowercase();
    status.contains("failed")
        || status.starts_with("incompatible")
        || status.starts_with("inaccessible")
        || matches!(
            status.as_str(),
            "deleting" | "deleted" | "stopped" | "stopping" | "storage-full"
        )
}

/// A read that a permission is missing for is not waited out, and a login is asked for.
fn unread(failure: ReadFailure) -> Turn {
    if failure.wants_a_login() {
        return Turn::LoggedOut(failure);
    }
    let what = format!("{}: {}", failure.action, failure.message);
    match failure.kind {
        ReadFailureKind::Transport => Turn::Wait {
            what: format!("an answer: {what}"),
            blind: true,
        },
        ReadFailureKind::Refused | ReadFailureKind::Credentials | ReadFailureKind::NotFound => {
            Turn::Over(Done::Badly { how: what })
        }
    }
}
