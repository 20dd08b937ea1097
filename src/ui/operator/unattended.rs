//! Nobody at the keyboard: what `--yes` and its companions stand for, and a refusal for everything else.

use async_trait::async_trait;

use crate::domain::question::{Answer, Question};
use crate::ports::{Asked, Operator};

/// Answers given beforehand on the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "one for each flag of the command line, and nothing else")]
pub struct UnattendedOperator {
    /// `--yes` repeated the cluster id. Without it nothing is answered at all.
    pub confirmed: bool,
    /// Accept what was verified; `--hold` clears it.
    pub accept: bool,
    /// `--reason`: what an override is written down with.
    pub reason: Option<String>,
    /// `recover --resend`.
    pub resend: bool,
}

impl UnattendedOperator {
    /// The answer to a question.
    pub fn answer(&self, question: &Question) -> Answer {
        if !self.confirmed {
            return Answer::Nobody;
        }
        let reason = self.reason.as_ref().filter(|reason| !reason.trim().is_empty()).cloned();
        match question {
            Question::Pause => Answer::Agreed,
            Question::Confirm(receipt) => Answer::Confirmed { typed: receipt.phrase() },
            Question::Accept(_) if self.accept => Answer::Accepted { reason: None },
            Question::Unverified(_) if reason.is_some() => Answer::Accepted { reason },
            Question::AfterFailure | Question::NoTrace if self.resend => Answer::Resend,
            Question::AfterFailure => reason.map_or(Answer::Nobody, |reason| Answer::GiveUp { reason }),
            Question::Accept(_)
            | Question::Unverified(_)
            | Question::NoTrace
            | Question::Members { .. }
            | Question::Login { .. } => Answer::Nobody,
        }
    }
}

#[async_trait(?Send)]
impl Operator for UnattendedOperator {
    async fn ask(&self, question: &Question, _about: &Asked<'_>) -> Answer {
        self.answer(question)
    }

    async fn attest(&self, _text: &str) -> Option<bool> {
        None
    }

    fn attended(&self) -> bool {
        false
    }
}
