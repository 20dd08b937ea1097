//! The one integration-test binary: the real program, the real SDK, and a real lab over loopback.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test ends where an expectation does; clippy's own exemption reaches `#[test]` functions only, not what they share"
)]

mod harness;

mod answers;
mod architecture;
mod bisect;
mod clients;
mod clocks;
mod copies;
mod copies_forward;
mod copies_stopped;
mod crash;
mod documents;
mod endpoints;
mod faults;
mod fetched;
mod forward;
mod holding;
mod interrupts;
mod journals;
mod kills;
mod lint;
mod locate;
mod marks;
mod orphans;
mod place;
mod posture;
mod real_rows;
mod refusals;
mod rehearsal;
mod rewind;
mod runbooks;
mod secrets;
mod simulation;
mod sql;
mod takeover;
mod terminal;
mod terraform;
mod timeless;
mod times;
mod transcripts;
mod unwritten;
mod young;
