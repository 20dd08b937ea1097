//! The person who answers, or what stands for one.

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::question::{Answer, Question};
use crate::domain::runbook::{PauseItem, Wording};
use crate::domain::target::Window;

/// What a question is asked about.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// Cluster id.
    pub cluster: &'a str,
    /// The inventory, for the pause question: exact commands are shown.
    pub items: &'a [PauseItem],
    /// The runbook's own words, shown with its questions.
    pub wording: &'a Wording,
    /// Where `origin` is, when it is known.
    pub origin: Option<DateTime<Utc>>,
    /// What the cluster shows after a hop; none before one, or when it was written to since.
    pub shows: Option<DateTime<Utc>>,
    /// The target of the hop under way.
    pub target: Option<DateTime<Utc>>,
    /// The window of the last look.
    pub window: Option<Window>,
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
