//! The facts of one incident, ready to be written down. Both forms of the report are made of these and of nothing
//! else, so that they cannot disagree.
//!
//! `None` is "not known", never zero and never "none".

mod application;
mod audit;
mod decision;
mod fate;
mod headline;
mod hop;
mod incident;
mod located;
mod look;
mod outage;
mod overridden;
mod process;
mod refusal;
mod request;
mod search;
mod step;
mod summary;
mod timeline;
mod undo;
mod verification;

pub use application::{Item, Turn};
pub use audit::Audit;
pub use decision::Decision;
pub use headline::Headline;
pub use hop::Hop;
pub use incident::Incident;
pub use located::Statement;
pub use look::Look;
pub use outage::{Outage, outages, total};
pub use overridden::Override;
pub use process::Process;
pub use refusal::Refusal;
pub use request::Request;
pub use search::{Asked, Search};
pub use summary::Summary;
pub use timeline::Line;
pub use undo::Undo;
pub use verification::Verdict;
