//! What lists tell of every cluster of a Region: pages, one call for each distinct custom parameter group, and none for a
//! cluster by itself unless it is asked for. Reads alone, within the rate that AWS allows an account in a Region.

mod account;
mod alarms;
mod around;
mod backtracks;
mod clusters;
mod groups;
mod named;
mod pace;
mod progress;
mod region;
mod walk;

pub use account::Fleet;
pub use progress::Progress;
