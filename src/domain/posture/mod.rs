//! Whether a cluster, live or declared in a template, could be rewound: one judgement for fleets and for files.
//!
//! Facts in, a verdict out. Where a fact could not be read the verdict says so: a pass is never assumed.

pub mod fleet;
mod judge;
mod regions;
mod setup;
mod verdict;
mod warning;

use judge::before_support;
pub use judge::{Judgement, judge};
pub use regions::{LISTED_ON, without_backtrack};
pub use setup::{Fact, Setup, Window};
pub use verdict::Verdict;
pub use warning::Warning;

#[cfg(test)]
mod tests;
