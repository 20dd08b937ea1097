//! Every answer that a person, or `--yes`, gave: to which question, when and why.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::process::{name, taker};
use crate::domain::event::Event;
use crate::domain::question::{Answer, Question};
use crate::domain::run::Next;
use crate::domain::target::wire;
use crate::domain::time_text::span;
use crate::report::moment::Moment;

/// One decision.
#[derive(Serialize)]
pub struct Decision {
    /// When.
    pub at: DateTime<Utc>,
    /// Who had the run: `user@host`.
    pub by: String,
    /// Which hop it was about, from 1.
    pub hop: u32,
    /// What was asked, in one word; none where the machine put no question at that moment.
    pub asked: Option<&'static str>,
    /// The question.
    pub question: Option<String>,
    /// What was answered, in words.
    pub answer: String,
    /// The answer as the journal has it; none for a hop that was ordered on the command line.
    pub given: Option<Answer>,
    /// True where `--yes` or the command line stood for it; false where it was typed.
    pub unattended: bool,
    /// Why, in the operator's words.
    pub reason: Option<String>,
}

/// Every decision, oldest first.
pub fn decisions(moments: &[Moment<'_>]) -> Vec<Decision> {
    let mut by = String::new();
    let mut decisions = Vec::new();
    for moment in moments {
        if let Some(person) = taker(moment.event) {
            by = name(person);
        }
        if let Event::Answered { answer, unattended } = moment.event {
            decisions.push(answered(moment, answer, *unattended, by.clone()));
        }
        if let Event::HopOrdered { reason, .. } = moment.event {
            decisions.push(Decision {
                at: moment.at,
                by: by.clone(),
                hop: moment.after.attempt().number,
                asked: None,
                question: None,
                answer: format!("ordered a hop to {}", moment.after.typed()),
                given: None,
                unattended: true,
                reason: reason.clone(),
            });
        }
    }
    decisions
}

fn answered(moment: &Moment<'_>, answer: &Answer, unattended: bool, by: String) -> Decision {
    let asked = match moment.before.next(moment.at) {
        Next::Ask(question) => Some(question),
        Next::Do(_) | Next::Wait { .. } | Next::End(..) | Next::Done(_) => None,
    };
    Decision {
        at: moment.at,
        by,
        hop: moment.before.attempt().number,
        asked: asked.as_ref().map(question_word),
        question: asked.as_ref().map(question_text),
        answer: answer_text(answer),
        given: Some(answer.clone()),
        unattended,
        reason: reason(answer).or_else(|| {
            let attempt = moment.before.attempt();
            attempt
                .reason
                .clone()
                .filter(|_| matches!(answer, Answer::Confirmed { .. }))
        }),
    }
}

fn question_word(question: &Question) -> &'static str {
    match question {
        Question::Pause => "pause",
        Question::Confirm(_) => "confirm",
        Question::Accept(_) => "accept",
        Question::Unverified(_) => "unverified",
        Question::AfterFailure => "after_failure",
        Question::NoTrace => "no_trace",
        Question::Strange { .. } => "strange",
        Question::Members { .. } => "members",
        Question::Login { .. } => "login",
    }
}

fn question_text(question: &Question) -> String {
    match question {
        Question::Pause => "may the application be paused?".to_owned(),
        Question::Confirm(receipt) => {
            let verb = if receipt.discards() {
                "discards"
            } else {
                "brings back"
            };
            format!(
                "{} of {} to {}, which {verb} {}?",
                receipt.target.direction().as_str(),
                receipt.identity.cluster,
                wire(receipt.target.instant()),
                span(chrono::TimeDelta::seconds(receipt.span_s)),
            )
        }
        Question::Accept(_) => "verified: accept, or move on?".to_owned(),
        Question::Unverified(verification) => {
            let failed: Vec<&str> = verification
                .failures()
                .iter()
                .map(|result| result.name.as_str())
                .collect();
            format!("verification failed ({}): what now?", failed.join(", "))
        }
        Question::AfterFailure => "AWS reports that the backtrack failed: what now?".to_owned(),
        Question::Strange { what, .. } => format!("{what}: what now?"),
        Question::NoTrace => "no trace of the request was found: what now?".to_owned(),
        Question::Members { missing } => format!("not back yet: {}; go on without?", missing.join(", ")),
        Question::Login { why } => format!("credentials ended ({why}): logged in again?"),
    }
}

/// An answer in words; the timeline says it in the same.
pub fn answer_text(answer: &Answer) -> String {
    match answer {
        Answer::Agreed => "yes".to_owned(),
        Answer::Declined => "no".to_owned(),
        Answer::Nobody => "nobody was there to ask".to_owned(),
        Answer::Confirmed { typed } => format!("confirmed with the words: {typed}"),
        Answer::Accepted { .. } => "accepted the data".to_owned(),
        Answer::Hop { typed, to } => format!("another hop, to {typed} ({})", wire(*to)),
        Answer::Hold => "hold: leave the application paused".to_owned(),
        Answer::Again => "verify once more".to_owned(),
        Answer::GiveUp { .. } => {
            "gave the rewind up, and opened the application on the data as it is".to_owned()
        }
        Answer::Resend => "send again, as an attempt of its own".to_owned(),
        Answer::Ours { id } => format!("attested that {id} is this run's own"),
    }
}

fn reason(answer: &Answer) -> Option<String> {
    match answer {
        Answer::Accepted { reason } => reason.clone(),
        Answer::GiveUp { reason } => Some(reason.clone()),
        Answer::Agreed
        | Answer::Declined
        | Answer::Nobody
        | Answer::Confirmed { .. }
        | Answer::Hop { .. }
        | Answer::Hold
        | Answer::Again
        | Answer::Ours { .. }
        | Answer::Resend => None,
    }
}
