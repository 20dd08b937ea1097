//! The operator that a drill plays itself when nobody is there. It exists only here: nothing real can be touched.

use std::cell::Cell;

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use crate::domain::question::{Answer, Question};
use crate::domain::target::wire;
use crate::ports::{Asked, Attestation, Operator};

/// Does what a good operator would.
pub struct Player {
    /// Where the data should be in the end; gone to once, when the first rewind went too far.
    correction: Cell<Option<DateTime<Utc>>>,
}

impl Player {
    /// `correction`: a hop to order after the first one.
    pub fn new(correction: Option<DateTime<Utc>>) -> Self {
        Self {
            correction: Cell::new(correction),
        }
    }
}

#[async_trait(?Send)]
impl Operator for Player {
    async fn ask(&self, question: &Question, _about: &Asked<'_>) -> Answer {
        match question {
            Question::Pause => Answer::Agreed,
            Question::Confirm(receipt) => Answer::Confirmed {
                typed: receipt.phrase(),
            },
            Question::Accept(_) => match self.correction.take() {
                Some(to) => Answer::Hop { typed: wire(to), to },
                None => Answer::Accepted { reason: None },
            },
            Question::Unverified(_)
            | Question::AfterFailure
            | Question::NoTrace
            | Question::Strange { .. }
            | Question::Members { .. }
            | Question::Login { .. } => Answer::Nobody,
        }
    }

    async fn attest(&self, _attestation: &Attestation<'_>, _about: &Asked<'_>) -> Option<bool> {
        None
    }

    fn attended(&self) -> bool {
        false
    }
}
