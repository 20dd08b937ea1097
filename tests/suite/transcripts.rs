//! Whole transcripts without a terminal, as a log keeps them: what is told, in which order, and what is on stdout.
//!
//! `INSTA_UPDATE=always cargo test --test suite transcripts` writes them anew.

use chrono::{DateTime, Utc};

use crate::harness::{Running, stamp};
use crate::place::{CLUSTER, Place};
use crate::timeless::{aws_completes, place, short_journal, target, timeless};

fn start(place: &Place, to: DateTime<Utc>, more: &[&str]) -> Running {
    let to = stamp(to);
    let mut command = place.command(&place.run_args(&to, more));
    Running::start(short_journal(&mut command))
}

/// Both streams.
fn told(running: Running, exit: i32) -> String {
    let finished = running.finish().expect(exit);
    format!("stderr:\n{}\nstdout:\n{}", finished.stderr, finished.stdout)
}

/// Both streams of a run that ends by itself.
fn transcript(place: &Place, to: DateTime<Utc>, more: &[&str], exit: i32) -> String {
    told(start(place, to, more), exit)
}

#[test]
fn a_completed_run() {
    let place = place();
    let target = target(&place);
    let running = start(&place, target, &["--yes", CLUSTER]);
    aws_completes(&place);
    let said = told(running, 0);
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
