//! The person who answers, or what stands for one.

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::identity::Identity;
use crate::domain::question::{Answer, Question};
use crate::domain::run::Footing;
use crate::domain::runbook::{PauseItem, Wording};
use crate::domain::target::Window;

/// What a question is asked about.
#[derive(Clone, Debug)]
pub struct Asked<'a> {
    /// Cluster id.
    pub cluster: &'a str,
    /// Who the cluster was found to be, and who asks; none before it was read.
    pub identity: Option<&'a Identity>,
    /// The profile by which it is reached, where one was named.
    pub profile: Option<&'a str>,
    /// The inventory, for the pause question: exact commands are shown.
    pub items: &'a [PauseItem],
    /// The runbook's own words, shown with its questions.
    pub wording: &'a Wording,
    /// What stands if the hop under way is given up: what a no comes to.
    pub footing: &'a Footing,
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

/// What a person is asked to do, or to state, because nothing else can tell.
#[derive(Clone, Copy, Debug)]
pub struct Attestation<'a> {
    /// What the answer is for.
    pub purpose: Purpose,
    /// Name of the item, or of the probe.
    pub name: &'a str,
    /// The runbook's instruction or question.
    pub text: &'a str,
}

/// What an attestation is for; a no comes to something else for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Stop this item.
    Pause,
    /// Has this item stopped?
    Paused,
    /// Is the data right?
    Probe,
    /// Open this item again.
    Resume,
    /// Is this item open again?
    Resumed,
}

/// Answers questions. A missing answer is `Answer::Nobody`, never a yes.
#[async_trait(?Send)]
pub trait Operator {
    /// Puts a question of the machine.
    async fn ask(&self, question: &Question, about: &Asked<'_>) -> Answer;
    /// Asks a person to do or to attest something of the runbook: `Some(true)` yes, `Some(false)` no, `None` nobody.
    async fn attest(&self, attestation: &Attestation<'_>, about: &Asked<'_>) -> Option<bool>;
    /// True when a person can be asked.
    fn attended(&self) -> bool;
}
