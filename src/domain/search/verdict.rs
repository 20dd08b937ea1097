//! What the probe of a search said, and what that means.

use serde::{Deserialize, Serialize};

use crate::domain::verification::Verified;

/// What one answer of the probe means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The damage is not there.
    Good,
    /// It is.
    Bad,
    /// The probe cannot tell here: exit code 125.
    Skip,
    /// It was no answer: the probe hung, could not be asked, or said that the search must end.
    Stop,
}

impl Verdict {
    /// What an exit code means, as `git bisect run` has it: 126 and 127 are a shell's own words for a command that could not
    /// be run, and from 128 on it was ended by a signal.
    pub fn of_exit(code: i32) -> Self {
        match code {
            0 => Self::Good,
            1..=124 => Self::Bad,
            125 => Self::Skip,
            _ => Self::Stop,
        }
    }

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Bad => "bad",
            Self::Skip => "skip",
            Self::Stop => "stop",
        }
    }
}

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Said {
    /// What it means.
    pub verdict: Verdict,
    /// What was seen.
    pub how: String,
}

/// Every answer at one place, and what was compared before the probe was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// The gate; empty where nothing was moved yet. Where it did not pass, nothing was asked.
    pub gate: Vec<Verified>,
    /// The answers, in the order in which they came.
    pub said: Vec<Said>,
}

impl Trial {
    /// True when what the cluster shows is what was asked for.
    pub fn gate_passed(&self) -> bool {
        self.gate.iter().all(|result| result.passed)
    }

    /// What it came to, as it is told: no verdict where the gate did not pass, and nothing was asked.
    pub fn told(&self) -> (Option<Verdict>, String) {
        if self.gate_passed() {
            let said = self.verdict();
            return (Some(said.verdict), said.how);
        }
        let failed: Vec<String> = self
            .gate
            .iter()
            .filter(|result| !result.passed)
            .map(|result| format!("{}: {}", result.name, result.message))
            .collect();
        (None, failed.join("; "))
    }

    /// What the answers come to. Two that differ come to none.
    pub fn verdict(&self) -> Said {
        let stop = |how: String| Said {
            verdict: Verdict::Stop,
            how,
        };
        let Some(first) = self.said.first() else {
            return stop("the probe was not asked".to_owned());
        };
        if let Some(none) = self.said.iter().find(|said| said.verdict == Verdict::Stop) {
            return none.clone();
        }
        match self.said.iter().find(|said| said.verdict != first.verdict) {
            None => first.clone(),
            Some(other) => stop(format!(
                "the probe is flaky: at one and the same place it said {} ({}), then {} ({})",
                first.verdict.as_str(),
                first.how,
                other.verdict.as_str(),
                other.how
            )),
        }
    }
}
