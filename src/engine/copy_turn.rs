//! One turn of a safety copy's step: what is known of the copy, and what comes of an answer. Nothing is asked here.

use crate::domain::cluster::works;
use crate::domain::event::{Done, ReadFailure, ReadFailureKind};
use crate::domain::safety_copy::{Noted, Part, SafetyCopy};
use crate::ports::{CopyPart, CopySeen, Made};

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
pub(super) struct Known {
    /// What is noted of its parts.
    pub(super) noted: Noted,
    /// An earlier step asked for it, or may have.
    pub(super) asked: bool,
    /// AWS took a call of this step for it, or may have: under that name was nothing just before.
    pub(super) taken: bool,
    /// It was there.
    pub(super) seen: bool,
}

impl Known {
    pub(super) fn of(copy: &SafetyCopy) -> Self {
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
    pub(super) fn sees(&mut self, seen: &CopySeen) {
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

    pub(super) fn part(&mut self, part: CopyPart) -> &mut Part {
        match part {
            CopyPart::Whole => &mut self.noted.whole,
            CopyPart::Instance => &mut self.noted.instance,
        }
    }
}

pub(super) fn wait(what: String) -> Turn {
    Turn::Wait { what, blind: false }
}

/// What an answer to a call for a part comes to.
pub(super) fn answered(
    copy: &SafetyCopy,
    part: CopyPart,
    made: Result<Made, ReadFailure>,
    known: &mut Known,
) -> Turn {
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
pub(super) fn unread(failure: ReadFailure) -> Turn {
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
