//! What `posture` reads and writes beside the service: a policy in, rows and figures out as JSON, as a sheet, as a page.
//!
//! Texts in and out; no file is opened, nothing is asked and no clock is looked at. Judging is the domain's.

mod bytes;
mod fault;
mod holes;
mod json;
mod meanings;
mod page;
mod policy;
mod sheet;
mod unread;
mod words;

pub use fault::{PolicyFault, PolicyFaults};
pub use holes::{journals, mend, unread};
pub use json::{cluster, kpi, region};
pub use meanings::{cost, impact, needed, recovery, watched};
pub use page::page;
pub use policy::parse;
pub use sheet::sheet;
pub use unread::next;
pub use words::{age, alarms, apart, at_least, counted, hours, length, money, place, warned, what};
