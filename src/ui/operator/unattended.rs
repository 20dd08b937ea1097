//! Nobody at the keyboard: what `--yes` and its companions stand for, and a refusal for everything else.

use async_trait::async_trait;

use crate::domain::question::{Answer, Question};
use crate::ports::{Asked, Attestation, Operator};

/// Answers given beforehand on the command line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
        let reason = self
            .reason
            .as_ref()
            .filter(|reason| !reason.trim().is_empty())
            .cloned();
        match question {
            Question::Pause => Answer::Agreed,
            Question::Confirm(receipt) => Answer::Confirmed {
                typed: receipt.phrase(),
            },
            Question::Accept(_) if self.accept => Answer::Accepted { reason: None },
            Question::Unverified(_) if reason.is_some() => Answer::Accepted { reason },
            Question::AfterFailure | Question::NoTrace if self.resend => Answer::Resend,
            Question::AfterFailure => reason.map_or(Answer::Nobody, |reason| Answer::GiveUp { reason }),
            Question::Accept(_)
            | Question::Unverified(_)
            | Question::NoTrace
            | Question::Strange { .. }
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

    async fn attest(&self, _attestation: &Attestation<'_>, _about: &Asked<'_>) -> Option<bool> {
        None
    }

    fn attended(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::target::Direction;
    use crate::ui::testing::{receipt, verification};

    fn yes() -> UnattendedOperator {
        UnattendedOperator {
            confirmed: true,
            ..UnattendedOperator::default()
        }
    }

    fn confirm() -> Question {
        Question::Confirm(Box::new(receipt(1, Direction::Rewind)))
    }

    fn every_question() -> Vec<Question> {
        vec![
            Question::Pause,
            confirm(),
            Question::Accept(verification(true)),
            Question::Unverified(verification(false)),
            Question::AfterFailure,
            Question::NoTrace,
            Question::Members { missing: Vec::new() },
            Question::Login { why: String::new() },
        ]
    }

    #[test]
    fn without_the_cluster_id_repeated_every_answer_is_missing() {
        let operator = UnattendedOperator {
            confirmed: false,
            accept: true,
            reason: Some("because".to_owned()),
            resend: true,
        };
        for question in every_question() {
            assert_eq!(operator.answer(&question), Answer::Nobody, "{question:?}");
        }
    }

    #[test]
    fn yes_answers_the_pause_and_the_confirmation_and_nothing_else() {
        let answers: Vec<Answer> = every_question()
            .iter()
            .map(|question| yes().answer(question))
            .collect();
        let confirmed = Answer::Confirmed {
            typed: "shop-prod 18".to_owned(),
        };
        assert_eq!(answers[..2], [Answer::Agreed, confirmed]);
        assert!(
            answers[2..].iter().all(|answer| *answer == Answer::Nobody),
            "{answers:?}"
        );
    }

    #[test]
    fn what_was_verified_is_accepted_only_when_that_was_said() {
        let operator = UnattendedOperator {
            accept: true,
            ..yes()
        };
        assert_eq!(
            operator.answer(&Question::Accept(verification(true))),
            Answer::Accepted { reason: None }
        );
        assert_eq!(
            operator.answer(&Question::Unverified(verification(false))),
            Answer::Nobody
        );
    }

    #[test]
    fn an_override_takes_a_reason_that_says_something() {
        let because = UnattendedOperator {
            reason: Some("because".to_owned()),
            ..yes()
        };
        let reason = || "because".to_owned();
        assert_eq!(
            because.answer(&Question::Unverified(verification(false))),
            Answer::Accepted {
                reason: Some(reason())
            }
        );
        assert_eq!(
            because.answer(&Question::AfterFailure),
            Answer::GiveUp { reason: reason() }
        );
        assert_eq!(because.answer(&Question::NoTrace), Answer::Nobody);
        let blank = UnattendedOperator {
            reason: Some("  ".to_owned()),
            ..yes()
        };
        assert_eq!(
            blank.answer(&Question::Unverified(verification(false))),
            Answer::Nobody
        );
        assert_eq!(blank.answer(&Question::AfterFailure), Answer::Nobody);
    }

    #[test]
    fn sending_again_is_answered_only_by_its_flag() {
        let resend = UnattendedOperator {
            resend: true,
            reason: Some("because".to_owned()),
            ..yes()
        };
        assert_eq!(resend.answer(&Question::AfterFailure), Answer::Resend);
        assert_eq!(resend.answer(&Question::NoTrace), Answer::Resend);
    }
}
