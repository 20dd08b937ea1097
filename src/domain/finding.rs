//! The result of one check.

use serde::{Deserialize, Serialize};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Looked at and in order.
    Pass,
    /// Not in order, or not known; the operator decides.
    Warn,
    /// The run does not go on.
    Block,
}

impl Severity {
    /// The word of contract and screen.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Warn => "warn",
            Self::Block => "block",
        }
    }
}

/// One check's result. A blocking one names the next best way: "no" is never the last word at 2 AM.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Stable name of the rule, for example `window`.
    pub rule: String,
    /// Its weight.
    pub severity: Severity,
    /// What was found, with both values.
    pub message: String,
    /// What to do instead; lines beginning with `aws ` are commands to type.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instead: Vec<String>,
}

impl Finding {
    /// In order.
    pub fn pass(rule: &str, message: impl Into<String>) -> Self {
        Self::new(rule, Severity::Pass, message)
    }

    /// Not in order or not known.
    pub fn warn(rule: &str, message: impl Into<String>) -> Self {
        Self::new(rule, Severity::Warn, message)
    }

    /// Stops the run.
    pub fn block(rule: &str, message: impl Into<String>) -> Self {
        Self::new(rule, Severity::Block, message)
    }

    /// Names the next best way.
    #[must_use]
    pub fn instead(mut self, lines: Vec<String>) -> Self {
        self.instead = lines;
        self
    }

    fn new(rule: &str, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            rule: rule.to_owned(),
            severity,
            message: message.into(),
            instead: Vec::new(),
        }
    }
}
