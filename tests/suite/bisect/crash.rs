//! The process dies at records of a search, and `recover` brings it to the same end.
//!
//! A few records, spread over the search; with `BACKTRACKCTL_EVERY_RECORD=1` each of them.

use rustix::process::Signal;

use super::Mystery;
use crate::harness::{Finished, Journal, each, eventually};

/// So many deaths without the variable.
const DEATHS: usize = 8;

fn records(mystery: &Mystery) -> usize {
    Journal::only(&mystery.incident.program.journals()).map_or(0, |journal| journal.count())
}

/// Recovers until the search ends, as a person would: `--resend` only where the program says that nothing is known.
fn recover(mystery: &Mystery) -> Finished {
    let first = mystery.incident.recover(&[]);
    if first.exit() != Some(31) {
        return first;
    }
    mystery.incident.recover(&["--resend"])
}

#[track_caller]
fn assert_ended(mystery: &Mystery, ended: &Finished, about: &str) {
    assert_eq!(ended.exit(), Some(0), "{about}: {ended:?}");
    assert_eq!(ended.outcome()["outcome"], "completed", "{about}");
    mystery.incident.assert_recovered();
    // Which statement it was is told from the journal by whoever comes to the end.
    let run = mystery.incident.journal().run();
    let report = mystery.incident.program.run(["report", &run]).expect(0);
    for said in [
        "## Search",
        "| found |",
        "| **bad** |",
        "The statement between the two:",
    ] {
        assert!(report.stdout.contains(said), "{about}: {said}: {report:?}");
    }
    let fields = mystery
        .incident
        .program
        .run(["report", &run, "--output", "json"])
        .expect(0);
    let search = &fields.lines()[0]["search"];
    assert_eq!(
        search["finding"]["suspects"][0]["line"],
        mystery.culprit + 1,
        "{about}: {search}"
    );
    let hops: std::collections::BTreeSet<String> = mystery
        .incident
        .lab
        .accepted()
        .iter()
        .map(|call| call.params["BacktrackTo"].clone())
        .collect();
    assert_eq!(hops.len(), mystery.accepted(), "{about}: no place twice");
    assert!(mystery.accepted() <= 4, "{about}: {hops:?}");
}

fn dies_at(record: usize) {
    let mystery = Mystery::new(8, 3);
    let mut running = mystery.start(&Mystery::over_candidates(&["--skips", "0"]));
    eventually("the record to die at", || {
        (records(&mystery) >= record || running.is_over()).then_some(())
    });
    running.signal(Signal::KILL);
    running.finish();
    let about = format!("killed at {record}, the last was {}", records(&mystery));
    assert_ended(&mystery, &recover(&mystery), &about);
}

#[test]
fn a_search_that_dies_at_its_records_is_recovered_to_the_same_end() {
    let whole = Mystery::new(8, 3);
    let ended = whole.search(&["--skips", "0"]);
    assert_ended(&whole, &ended, "a search that nobody kills");
    let count = records(&whole);
    drop(whole);
    let stride = if std::env::var_os("BACKTRACKCTL_EVERY_RECORD").is_some() {
        1
    } else {
        count.div_ceil(DEATHS)
    };
    each((1..count).step_by(stride), dies_at);
}
