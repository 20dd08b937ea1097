//! Fetching a cluster's logs: first onto the disk beside the journal, then to whoever searches them.
//!
//! Whatever could not be fetched is named: what is not on the disk says nothing, and silence is never "nothing".

mod exported;
mod fetch;
mod instances;
mod teller;

pub use fetch::{Fetched, LogSource, Wanted, fetch};
