//! Whole transcripts without a terminal, as a log keeps them: what is told, in which order, and what is on stdout.
//!
//! `INSTA_UPDATE=always cargo test --test suite transcripts` writes them anew.

use chrono::{DateTime, Utc};

use crate::harness::{Running, stamp};
use crate::place::{CLUSTER, Place};
use crate::timeless::{place, short_journal, target, timeless};

/// Both streams.
fn transcript(place: &Place, to: DateTime<Utc>, more: &[&str], exit: i32) -> String {
    let to = stamp(to);
    let mut command = place.command(&place.run_args(&to, more));
    let finished = Running::start(short_journal(&mut command)).finish().expect(exit);
    format!("stderr:\n{}\nstdout:\n{}", finished.stderr, finished.stdout)
}

#[test]
fn a_completed_run() {
    let place = place();
    let target = target(&place);
    let said = transcript(&place, target, &["--yes", CLUSTER], 0);
    insta::assert_snapshot!(timeless(&said, target));
}

#[test]
fn a_refused_run() {
    let place = place();
    let target = target(&place);
    let said = transcript(
        &place,
        target - chrono::TimeDelta::days(2),
        &["--yes", CLUSTER],
        10,
    );
    insta::assert_snapshot!(timeless(&said, target));
}

#[test]
fn a_rehearsal() {
    let place = place();
    let target = target(&place);
    let said = transcript(&place, target, &["--dry-run"], 0);
    insta::assert_snapshot!(timeless(&said, target));
}

/// Without `--yes` and without a terminal: asked, answered by nobody, and left as it was.
#[test]
fn a_run_with_nobody_to_answer() {
    let place = place();
    let target = target(&place);
    let said = transcript(&place, target, &[], 10);
    insta::assert_snapshot!(timeless(&said, target));
}
