//! The transition table of the documentation, from the moves that the walk found.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::domain::effect::{Effect, Way};
use crate::domain::event::{Done, Errand, Event, Rejection, Reply};
use crate::domain::phase::Phase;
use crate::domain::question::Answer;
use crate::domain::search::Trial;

/// Phase, event and phase after, as found.
pub type Transitions = BTreeSet<(Phase, String, Phase)>;

/// The table in Markdown: one line for a phase and an event, with every phase that may follow.
pub fn markdown(transitions: &Transitions) -> String {
    let mut rows: BTreeMap<(Phase, &str), Vec<&str>> = BTreeMap::new();
    for (phase, event, after) in transitions {
        rows.entry((*phase, event)).or_default().push(after.as_str());
    }
    let mut table = "| phase | event | phase after |\n|---|---|---|\n".to_owned();
    for ((phase, event), after) in rows {
        writeln!(table, "| {} | {event} | {} |", phase.as_str(), after.join(", ")).unwrap();
    }
    table
}

/// An event as the table names it: its name in the journal, and which of its kinds.
pub fn label(event: &Event) -> String {
    let name = event.name();
    match event {
        Event::Attached(attached) => format!("{name}: {}", errand(attached.errand)),
        Event::Intended(effect) => format!("{name}: {}", effect_label(effect)),
        Event::StepDone {
            way: direction, done, ..
        }
        | Event::Checked {
            way: direction, done, ..
        } => {
            format!("{name}: {}, {}", way(*direction), done_label(done))
        }
        Event::Replied(reply) => format!("{name}: {}", reply_label(reply)),
        Event::Answered { answer, .. } => format!("{name}: {}", answer_label(answer)),
        Event::Tried(trial) => format!("{name}: {}", trial_label(trial)),
        Event::Ended { outcome } => format!("{name}: {}", outcome.as_str()),
        Event::Opened(_)
        | Event::Inspected { .. }
        | Event::ReadFailed(_)
        | Event::CopyNoted { .. }
        | Event::Reconciled { .. }
        | Event::Watched { .. }
        | Event::Glanced { .. }
        | Event::Verified(_)
        | Event::HopOrdered { .. }
        | Event::Interrupted { .. } => name.to_owned(),
    }
}

fn errand(errand: Errand) -> &'static str {
    match errand {
        Errand::Recover => "recover",
        Errand::Resend => "resend",
        Errand::Forward => "forward",
    }
}

fn way(way: Way) -> &'static str {
    match way {
        Way::Pause => "pause",
        Way::Resume => "resume",
    }
}

fn effect_label(effect: &Effect) -> String {
    match effect {
        Effect::Step { way: direction, .. } => format!("step, {}", way(*direction)),
        Effect::Send(_) => "send".to_owned(),
        Effect::Inspect => "inspect".to_owned(),
        Effect::Check { way: direction, .. } => format!("check, {}", way(*direction)),
        Effect::Reconcile => "reconcile".to_owned(),
        Effect::Watch { .. } => "watch".to_owned(),
        Effect::Glance => "glance".to_owned(),
        Effect::Probe => "probe".to_owned(),
        Effect::Verify => "verify".to_owned(),
    }
}

fn trial_label(trial: &Trial) -> &'static str {
    if trial.gate_passed() {
        trial.verdict().verdict.as_str()
    } else {
        "gate"
    }
}

fn done_label(done: &Done) -> &'static str {
    match done {
        Done::Well { .. } => "well",
        Done::Badly { .. } => "badly",
        Done::Unbegun { .. } => "unbegun",
        Done::Nobody => "nobody",
    }
}

fn reply_label(reply: &Reply) -> &'static str {
    match reply {
        Reply::Accepted { .. } => "accepted",
        Reply::Rejected {
            kind: Rejection::Credentials,
            ..
        } => "rejected, credentials",
        Reply::Rejected {
            kind: Rejection::Throttled,
            ..
        } => "rejected, throttled",
        Reply::Rejected {
            kind: Rejection::Final,
            ..
        } => "rejected, final",
        Reply::Ambiguous { .. } => "ambiguous",
        Reply::NotSent { .. } => "not_sent",
    }
}

fn answer_label(answer: &Answer) -> &'static str {
    match answer {
        Answer::Agreed => "agreed",
        Answer::Declined => "declined",
        Answer::Nobody => "nobody",
        Answer::Confirmed { .. } => "confirmed",
        Answer::Accepted { reason: None } => "accepted",
        Answer::Accepted { reason: Some(_) } => "accepted, with a reason",
        Answer::Hop { .. } => "hop",
        Answer::Hold => "hold",
        Answer::Again => "again",
        Answer::GiveUp { .. } => "give_up",
        Answer::Resend => "resend",
        Answer::Ours { .. } => "ours",
    }
}
