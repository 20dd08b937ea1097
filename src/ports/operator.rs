//! The person who answers, or what stands for one.

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::question::{Answer, Question};
use crate::domain::runbook::PauseItem;

/// What a question is asked about.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// Cluster id.
    pub cluster: &'a str,
    /// The inventory, for the pause question: exact commands are shown.
    pub items: &'a [PauseItem],
    /// Where `origin` is, when it is known.
    pub origin: Option<DateTime<Utc>>,
    /// Now, by the service's clock: relative times are frozen against it.
    pub service_now: DateTime<Utc>,
    /// Service clock minus local clock.
    pub skew: TimeDelta,
}

/// Answers questions. A missing answer is `Answer::Nobody`, never a yes.
#[async_trait(?Send)]
pub trait Operator {
    /// Puts a question of the machine.
    async fn ask(&self, question: &Question, about: &Asked<'_>) -> Answer;
    /// Asks a person to do or to attest something of the runbook: `Some(true)` yes, `Some(false)` no, `None` nobody.
    async fn attest(&self, text: &str) -> Option<bool>;
    /// True when a person can be asked.
    fn attended(&self) -> bool;
}
