//! `--yes` in a terminal: pause and confirmation were given beforehand, everything else is asked of the person.

use std::cell::Cell;

use async_trait::async_trait;

use super::unattended::UnattendedOperator;
use crate::domain::question::{Answer, Question};
use crate::ports::{Asked, Attestation, Operator};
use crate::ui::prompts::Prompts;

/// A person, and what that person confirmed on the command line.
pub struct PreconfirmedOperator<O> {
    beforehand: UnattendedOperator,
    person: O,
    /// The hop that `--yes` confirms: the first that is asked about. A further one is a decision of its own.
    hop: Cell<Option<u32>>,
}

impl<O: Operator> PreconfirmedOperator<O> {
    /// `confirmed`: `--yes` repeated the cluster id.
    pub fn new(confirmed: bool, person: O) -> Self {
        Self {
            beforehand: UnattendedOperator {
                confirmed,
                ..UnattendedOperator::default()
            },
            person,
            hop: Cell::new(None),
        }
    }

    /// What a view beside it has to know, from the person's own prompts.
    pub fn prompts(&self, of_person: &Prompts) -> Prompts {
        if self.beforehand.confirmed {
            of_person.confirmed_beforehand()
        } else {
            of_person.clone()
        }
    }

    /// The answer that was given beforehand, if it was.
    fn beforehand(&self, question: &Question) -> Option<Answer> {
        let covered = match question {
            Question::Pause => true,
            Question::Confirm(receipt) => self.hop.get().is_none_or(|hop| hop == receipt.hop),
            Question::Accept(_)
            | Question::Unverified(_)
            | Question::AfterFailure
            | Question::NoTrace
            | Question::Strange { .. }
            | Question::Members { .. }
            | Question::Login { .. } => false,
        };
        if !covered || !self.beforehand.confirmed {
            return None;
        }
        if let Question::Confirm(receipt) = question {
            self.hop.set(Some(receipt.hop));
        }
        Some(self.beforehand.answer(question))
    }
}

#[async_trait(?Send)]
impl<O: Operator> Operator for PreconfirmedOperator<O> {
    async fn ask(&self, question: &Question, about: &Asked<'_>) -> Answer {
        match self.beforehand(question) {
            Some(answer) => answer,
            None => self.person.ask(question, about).await,
        }
    }

    async fn attest(&self, attestation: &Attestation<'_>, about: &Asked<'_>) -> Option<bool> {
        self.person.attest(attestation, about).await
    }

    fn attended(&self) -> bool {
        self.person.attended()
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::domain::target::Direction;
    use crate::ui::testing::{at, receipt, verification};

    /// A person who always says no.
    struct Refusing;

    #[async_trait(?Send)]
    impl Operator for Refusing {
        async fn ask(&self, _question: &Question, _about: &Asked<'_>) -> Answer {
            Answer::Declined
        }

        async fn attest(&self, _attestation: &Attestation<'_>, _about: &Asked<'_>) -> Option<bool> {
            Some(false)
        }

        fn attended(&self) -> bool {
            true
        }
    }

    fn ask(operator: &PreconfirmedOperator<Refusing>, question: &Question) -> Answer {
        let now = at("2026-11-20T02:35:00Z");
        let about = Asked {
            cluster: "shop-prod",
            identity: None,
            profile: None,
            footing: &crate::domain::run::Footing::Fresh,
            items: &[],
            wording: &crate::domain::runbook::Wording::default(),
            shows: None,
            target: None,
            window: None,
            origin: None,
            service_now: now,
            skew: TimeDelta::zero(),
        };
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(operator.ask(question, &about))
    }

    fn confirm(hop: u32) -> Question {
        Question::Confirm(Box::new(receipt(hop, Direction::Rewind)))
    }

    #[test]
    fn yes_in_a_terminal_confirms_one_hop_and_a_further_one_is_asked() {
        let operator = PreconfirmedOperator::new(true, Refusing);
        let confirmed = Answer::Confirmed {
            typed: "shop-prod 18".to_owned(),
        };
        assert_eq!(ask(&operator, &Question::Pause), Answer::Agreed);
        assert_eq!(ask(&operator, &confirm(2)), confirmed);
        assert_eq!(ask(&operator, &confirm(2)), confirmed);
        assert_eq!(ask(&operator, &confirm(3)), Answer::Declined);
        assert_eq!(
            ask(&operator, &Question::Accept(verification(true))),
            Answer::Declined
        );
    }

    #[test]
    fn without_the_cluster_id_repeated_everything_is_asked() {
        let operator = PreconfirmedOperator::new(false, Refusing);
        assert_eq!(ask(&operator, &Question::Pause), Answer::Declined);
        assert_eq!(ask(&operator, &confirm(1)), Answer::Declined);
    }
}
