//! Counts, and what the process ends with.

use super::resource::Lint;
use crate::domain::posture::Verdict;

/// How many of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// `ok`.
    pub ok: usize,
    /// `disabled`.
    pub disabled: usize,
    /// `invalid`.
    pub invalid: usize,
    /// `blocked`.
    pub blocked: usize,
    /// `not_applicable`.
    pub not_applicable: usize,
    /// `unknown`.
    pub unknown: usize,
    /// Files that could not be read.
    pub unreadable: usize,
}

impl Counts {
    /// Those of a reading.
    pub fn of(lint: &Lint) -> Self {
        let mut counts = Self {
            unreadable: lint.unreadable.len(),
            ..Self::default()
        };
        for resource in &lint.resources {
            let count = match resource.judgement.verdict {
                Verdict::Ok => &mut counts.ok,
                Verdict::Disabled => &mut counts.disabled,
                Verdict::Invalid => &mut counts.invalid,
                Verdict::Blocked => &mut counts.blocked,
                Verdict::NotApplicable => &mut counts.not_applicable,
                Verdict::Unknown => &mut counts.unknown,
            };
            *count += 1;
        }
        counts
    }

    /// The exit code. What could not be read comes first, because behind it anything may stand; then what is certainly
    /// wrong; then what is undecided.
    pub fn exit(self) -> u8 {
        if self.unreadable > 0 {
            4
        } else if self.disabled + self.invalid + self.blocked > 0 {
            3
        } else if self.unknown > 0 {
            5
        } else {
            0
        }
    }
}
