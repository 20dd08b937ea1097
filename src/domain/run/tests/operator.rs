//! Every answer that a question allows, of a person and of an unattended run.

use crate::domain::event::Errand;
use crate::domain::fixture;
use crate::domain::question::{Answer, Question};
use crate::domain::run::Run;

use super::world::Bounds;

pub fn answers(run: &Run, question: &Question, bounds: Bounds) -> Vec<Answer> {
    let mut answers = if run.attended {
        attended(run, question)
    } else {
        unattended(run, question)
    };
    answers.push(Answer::Nobody);
    answers.retain(|answer| {
        run.attempt().number < bounds.attempts || !matches!(answer, Answer::Hop { .. } | Answer::Resend)
    });
    answers
}

fn attended(run: &Run, question: &Question) -> Vec<Answer> {
    match question {
        Question::Pause | Question::Members { .. } | Question::Login { .. } => {
            vec![Answer::Agreed, Answer::Declined]
        }
        Question::Confirm(receipt) => vec![
            Answer::Confirmed {
                typed: receipt.phrase(),
            },
            Answer::Confirmed {
                typed: "yes".to_owned(),
            },
            Answer::Declined,
        ],
        Question::Accept(_) => {
            vec![
                Answer::Accepted { reason: None },
                Answer::Again,
                another(run),
                Answer::Hold,
            ]
        }
        Question::Unverified(_) => {
            vec![overridden(), Answer::Again, another(run), Answer::Hold]
        }
        Question::AfterFailure => vec![Answer::Resend, another(run), given_up(), Answer::Hold],
        Question::NoTrace => vec![Answer::Resend, given_up(), Answer::Hold],
        Question::Strange { records, .. } => {
            let ours = records.iter().map(|record| Answer::Ours {
                id: record.id.clone(),
            });
            ours.chain([given_up(), Answer::Hold]).collect()
        }
    }
}

/// What `--yes`, `--resend` and `--reason` stand for.
fn unattended(run: &Run, question: &Question) -> Vec<Answer> {
    let resend = run.errand == Some(Errand::Resend);
    match question {
        Question::Pause => vec![Answer::Agreed],
        Question::Confirm(receipt) => vec![Answer::Confirmed {
            typed: receipt.phrase(),
        }],
        Question::Accept(_) => vec![Answer::Accepted { reason: None }],
        Question::Unverified(_) => vec![overridden()],
        Question::AfterFailure | Question::NoTrace if resend => vec![Answer::Resend],
        Question::AfterFailure => vec![given_up()],
        Question::NoTrace | Question::Strange { .. } | Question::Members { .. } | Question::Login { .. } => {
            Vec::new()
        }
    }
}

/// The other of the two instants.
fn another(run: &Run) -> Answer {
    let target = fixture::TARGET;
    let to = if run.attempt().instant == Some(target) {
        fixture::LATER
    } else {
        target
    };
    Answer::Hop {
        typed: String::new(),
        to,
    }
}

fn overridden() -> Answer {
    Answer::Accepted {
        reason: Some("looked at by hand".to_owned()),
    }
}

fn given_up() -> Answer {
    Answer::GiveUp {
        reason: "restored beside it".to_owned(),
    }
}
