//! The process dies at records of a run on real rows, and `recover` brings the run to the same end as without.
//!
//! A few records, spread over the run; with `BACKTRACKCTL_EVERY_RECORD=1` each of them.

use chrono::TimeDelta;
use rustix::process::Signal;

use super::{at_age, kept_beyond, sql};
use crate::copies::QUICK_COPIES;
use crate::harness::{Finished, Journal, Lab, Running, each, eventually, shipped, stamp, whole_second};
use crate::place::{CLUSTER, Place};

/// So many deaths without the variable.
const DEATHS: usize = 8;

/// Orders that were deleted, and the way back to them.
struct Loss {
    place: Place,
    target: String,
    /// The last order before the target, and how many there were up to it.
    last: String,
    orders: String,
}

impl Loss {
    fn new() -> Self {
        let runbook = std::fs::read_to_string(shipped("drill-sql.toml")).unwrap();
        let place = Place::on(Lab::with_real_rows_and(QUICK_COPIES)).with_runbook(&runbook);
        at_age(&place.lab, 4);
        let last = sql(&place.lab, "SELECT MAX(id) FROM shop.orders").unwrap();
        let orders = sql(&place.lab, "SELECT COUNT(*) FROM shop.orders").unwrap();
        let kept = kept_beyond(&place.lab, orders.parse().unwrap());
        let target = whole_second(kept) + TimeDelta::seconds(1);
        let begin = place.lab.world().cluster().earliest.unwrap();
        at_age(&place.lab, (target - begin).num_seconds() + 1);
        let mut loss = Self {
            place,
            target: stamp(target),
            last,
            orders: String::new(),
        };
        loss.orders = loss.count();
        loss.place.lab.hurt("delete_all");
        assert_eq!(loss.count(), "0");
        loss
    }

    /// How many of the orders before the target are there.
    fn count(&self) -> String {
        let count = format!("SELECT COUNT(*) FROM shop.orders WHERE id <= {}", self.last);
        sql(&self.place.lab, &count).unwrap()
    }

    fn start(&self) -> Running {
        let arguments = self
            .place
            .run_args(&self.target, &["--yes", CLUSTER, "--output", "json"]);
        self.place.program.start(arguments)
    }

    fn records(&self) -> usize {
        Journal::only(&self.place.program.journals()).map_or(0, |journal| journal.count())
    }

    /// Recovers until the run ends, as a person would: `--resend` only where the program says that nothing is known.
    fn recover(&self) -> Finished {
        let run = self.place.run_id();
        let arguments = ["recover", &run, "--output", "json", "--yes", CLUSTER];
        let first = self.place.run(&arguments);
        if first.exit() != Some(31) {
            return first;
        }
        assert_eq!(self.place.accepted(), 0, "{first:?}");
        self.place.run(&[&arguments[..], &["--resend"]].concat())
    }

    /// The end that every run comes to, however often it died.
    #[track_caller]
    fn assert_ended(&self, ended: &Finished, about: &str) {
        assert_eq!(ended.exit(), Some(0), "{about}: {ended:?}");
        assert_eq!(ended.outcome()["outcome"], "completed", "{about}");
        assert_eq!(self.place.accepted(), 1, "{about}: one accepted request");
        assert_eq!(self.count(), self.orders, "{about}: the rows are back");
        let mut check = self.place.command(&["lab", "shop", "check"]);
        check.env("BACKTRACKCTL_LAB", &self.place.lab.endpoint);
        Running::start(&mut check).finish().expect(0);
        let world = self.place.lab.world();
        assert!(!world.shop.paused, "{about}: {:?}", world.shop);
        assert_eq!(world.cluster().status, "available", "{about}");

        // Nothing was made that the closing lists do not name, and no copy twice.
        let run = self.place.run_id();
        let report = self.place.run(&["report", &run, "--format", "json"]).expect(0);
        let report: serde_json::Value = serde_json::from_str(&report.stdout).unwrap();
        let made: Vec<&str> = world.clones().iter().map(|clone| clone.id.as_str()).collect();
        assert_eq!((made.len(), world.snapshots.len()), (1, 0), "{about}: {made:?}");
        for listed in [&report["left_behind"], &ended.outcome()["left_behind"]] {
            let named: Vec<&str> = listed
                .as_array()
                .unwrap()
                .iter()
                .map(|left| left["id"].as_str().unwrap())
                .collect();
            assert_eq!(named, made, "{about}");
        }
        self.place.run(&["journal", "verify", &run]).expect(0);
        // What the last process told of what is left to do is what the whole journal tells.
        let told = ended.of_kind("debts");
        if let Some(told) = told.first() {
            assert_eq!(told["debts"], report["debts"], "{about}");
        }
    }
}

/// Kills the run once it has `record`. It may have written more by then: that is a death too.
fn dies_at(record: usize) {
    let loss = Loss::new();
    let mut running = loss.start();
    eventually("the record to die at", || {
        (loss.records() >= record || running.is_over()).then_some(())
    });
    running.signal(Signal::KILL);
    running.finish();
    let about = format!("killed at {record}, the last was {}", loss.records());
    loss.assert_ended(&loss.recover(), &about);
}

#[test]
fn a_run_on_real_rows_that_dies_at_its_records_is_recovered_to_the_same_end() {
    let whole = Loss::new();
    whole.assert_ended(&whole.start().finish(), "a run that nobody kills");
    let records = whole.records();
    drop(whole);
    let stride = if std::env::var_os("BACKTRACKCTL_EVERY_RECORD").is_some() {
        1
    } else {
        records.div_ceil(DEATHS)
    };
    each((1..records).step_by(stride), dies_at);
}
