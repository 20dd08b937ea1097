//! A search on real rows: the culprit among 32 statements, and one that dies at its records.

use chrono::{DateTime, TimeDelta, Utc};
use rustix::process::Signal;
use serde_json::json;

use super::{at_age, kept_beyond, sql};
use crate::copies::QUICK_COPIES;
use crate::harness::{Finished, Journal, Lab, Running, each, eventually, shipped, stamp, whole_second};
use crate::place::{CLUSTER, Place};

/// Seconds between two statements: an instant is kept each second, and a target means the last one before it.
const APART_S: i64 = 3;
/// So many deaths without the variable.
const DEATHS: usize = 4;

/// Statements of which one deleted the orders; the others deleted nothing.
struct Mystery {
    place: Place,
    good: DateTime<Utc>,
    culprit: usize,
    /// The last order before any of them, and how many there were up to it.
    last: String,
    orders: String,
}

impl Mystery {
    fn new(among: i64, culprit: i64) -> Self {
        let runbook = std::fs::read_to_string(shipped("drill-sql.toml")).unwrap();
        let place = Place::on(Lab::with_real_rows_and(QUICK_COPIES)).with_runbook(&runbook);
        at_age(&place.lab, 4);
        let last = sql(&place.lab, "SELECT MAX(id) FROM shop.orders").unwrap();
        // The shop goes on between the two questions.
        let count = format!("SELECT COUNT(*) FROM shop.orders WHERE id <= {last}");
        let orders = sql(&place.lab, &count).unwrap();
        let kept = kept_beyond(&place.lab, orders.parse().unwrap());
        let good = whole_second(kept) + TimeDelta::seconds(1);
        let begin = place.lab.world().cluster().earliest.unwrap();
        let first = (good - begin).num_seconds() + 2;
        let mut lines = Vec::new();
        for number in 0..among {
            let now = at_age(&place.lab, first + number * APART_S);
            let statement = "DELETE FROM shop.orders WHERE id = 0";
            let at = if number == culprit {
                let there = place.lab.orders_at(now);
                let hurt = place.lab.hurt("delete_all");
                // An instant is kept late on a busy machine: one with the damage is to lie before the next statement.
                eventually("an instant after the damage", || {
                    (place.lab.orders_at(place.now() - TimeDelta::milliseconds(1_100)) < there).then_some(())
                });
                hurt
            } else {
                assert!(sql(&place.lab, statement).is_none());
                now
            };
            let line = json!({
                "kind": "candidate",
                "time_us": at.timestamp_micros(),
                "file": "audit.log",
                "line": number + 1,
                "committed": true,
                "statement": statement,
            });
            lines.push(line.to_string());
        }
        at_age(&place.lab, first + among * APART_S);
        place.program.file("found.jsonl", &lines.join("\n"));
        Self {
            place,
            good,
            culprit: usize::try_from(culprit).unwrap(),
            last,
            orders,
        }
    }

    fn start(&self) -> Running {
        let (good, lab) = (stamp(self.good), self.place.lab.endpoint.as_str());
        let query = format!("SELECT COUNT(*) FROM orders WHERE id <= {}", self.last);
        let expect = format!("equals = {}", self.orders);
        let mut arguments = vec!["bisect", "runbook.toml", "--output", "json", "--lab", lab];
        arguments.extend(["--cluster", CLUSTER, "--yes", CLUSTER, "--good", &good]);
        arguments.extend(["--candidates", "found.jsonl", "--skips", "0"]);
        arguments.extend(["--sql", &query, "--expect", &expect]);
        self.place.program.start(arguments)
    }

    fn records(&self) -> usize {
        Journal::only(&self.place.program.journals()).map_or(0, |journal| journal.count())
    }

    fn recover(&self) -> Finished {
        let run = self.place.run_id();
        let arguments = ["recover", &run, "--output", "json", "--yes", CLUSTER];
        let first = self.place.run(&arguments);
        if first.exit() != Some(31) {
            return first;
        }
        self.place.run(&[&arguments[..], &["--resend"]].concat())
    }

    /// The end that every search comes to, however often it died.
    #[track_caller]
    fn assert_ended(&self, ended: &Finished, about: &str) {
        assert_eq!(ended.exit(), Some(0), "{about}: {ended:?}");
        assert_eq!(ended.outcome()["outcome"], "completed", "{about}");
        let found = ended.of_kind("found").pop();
        // One that died while it opened the shop had told it before.
        if let Some(found) = found {
            assert_eq!(found["suspects"][0]["line"], self.culprit + 1, "{about}: {found}");
            assert_eq!(found["decided"], true, "{about}: {found}");
        }
        let count = format!("SELECT COUNT(*) FROM shop.orders WHERE id <= {}", self.last);
        assert_eq!(sql(&self.place.lab, &count).unwrap(), self.orders, "{about}");
        let mut check = self.place.command(&["lab", "shop", "check"]);
        check.env("BACKTRACKCTL_LAB", &self.place.lab.endpoint);
        Running::start(&mut check).finish().expect(0);
        let world = self.place.lab.world();
        assert!(!world.shop.paused, "{about}: {:?}", world.shop);
        assert_eq!(world.clones().len(), 1, "{about}: one safety copy for all hops");
        self.place
            .run(&["journal", "verify", &self.place.run_id()])
            .expect(0);
    }
}

#[test]
fn the_culprit_among_32_statements_on_real_rows_is_found_in_at_most_5_hops() {
    let mystery = Mystery::new(32, 19);
    let ended = mystery.start().finish();
    mystery.assert_ended(&ended, "nobody kills it");
    let tried = ended.of_kind("tried");
    let places = tried.iter().filter(|tried| !tried["place"].is_null()).count();
    assert!(places <= 5, "{tried:?}");
    // And at most one more, to the last good moment.
    let accepted = mystery.place.accepted();
    assert!((places..=places + 1).contains(&accepted), "{accepted} {tried:?}");
    let journal = Journal::only(&mystery.place.program.journals()).unwrap();
    assert_eq!((journal.intents(), journal.hops_confirmed()), (accepted, 1));
}

/// Kills the search once it has `record`. It may have written more by then: that is a death too.
fn dies_at(record: usize) {
    let mystery = Mystery::new(4, 2);
    let mut running = mystery.start();
    eventually("the record to die at", || {
        (mystery.records() >= record || running.is_over()).then_some(())
    });
    running.signal(Signal::KILL);
    running.finish();
    let about = format!("killed at {record}, the last was {}", mystery.records());
    mystery.assert_ended(&mystery.recover(), &about);
    assert!(mystery.place.accepted() <= 3, "{about}");
}

#[test]
fn a_search_on_real_rows_that_dies_at_its_records_is_recovered_to_the_same_end() {
    let whole = Mystery::new(4, 2);
    whole.assert_ended(&whole.start().finish(), "a search that nobody kills");
    let records = whole.records();
    drop(whole);
    let stride = if std::env::var_os("BACKTRACKCTL_EVERY_RECORD").is_some() {
        1
    } else {
        records.div_ceil(DEATHS)
    };
    each((1..records).step_by(stride), dies_at);
}
