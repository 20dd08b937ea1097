//! What the checks made of an inspection.

use serde::{Deserialize, Serialize};

use crate::domain::finding::{Finding, Severity};
use crate::domain::receipt::Receipt;
use crate::domain::target::{RequestedTarget, ValidatedTarget};

/// The findings, and what they prove.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// Every rule's result.
    pub findings: Vec<Finding>,
    /// The target as an instant, frozen at the first look; none when the text names none.
    pub requested: Option<RequestedTarget>,
    /// The proof, when nothing blocks.
    pub validated: Option<ValidatedTarget>,
    /// What it costs, when nothing blocks.
    pub receipt: Option<Receipt>,
}

impl Judgement {
    /// True when a finding blocks, or no target could be proven.
    pub fn blocks(&self) -> bool {
        self.validated.is_none() || self.blocking().next().is_some()
    }

    /// The findings that block.
    pub fn blocking(&self) -> impl Iterator<Item = &Finding> {
        self.findings
            .iter()
            .filter(|finding| finding.severity == Severity::Block)
    }

    /// Why it blocks, in a sentence.
    pub fn reason(&self) -> String {
        let blocking: Vec<&str> = self.blocking().map(|finding| finding.message.as_str()).collect();
        if blocking.is_empty() {
            "no target could be proven".to_owned()
        } else {
            blocking.join("; ")
        }
    }
}
