//! Who is there: sessions that were only claimed to be gone, pools that come back, and the ending of both.

use std::sync::atomic::{AtomicBool, Ordering};

use rustix::process::Signal;

use crate::harness::{Client, Mariadb, eventually};

use super::bench::{Bench, CLAIM, DRAIN, ORDERS, told};

/// The refusal after the pause: what was paused was opened again, and AWS was asked nothing.
#[track_caller]
fn refused(bench: &Bench) -> String {
    let refused = bench.incident.rewind(&[]).expect(10);
    assert!(bench.incident.lab.requests().is_empty());
    assert!(!bench.incident.lab.world().shop.paused, "{refused:?}");
    refused.stderr.clone() + &refused.stdout
}

/// What the one look after the pause saw.
#[track_caller]
fn seen(bench: &Bench) -> String {
    let told: [String; 1] = told(&bench.incident, "checked", 1).try_into().unwrap();
    let [how] = told;
    how
}

#[test]
fn a_pause_that_was_only_claimed_is_stopped_by_who_is_still_there() {
    let bench = Bench::new(Mariadb::start(), CLAIM);
    let mut app = bench.server.app();
    app.run("BEGIN");
    app.run("INSERT INTO shop.orders (item) VALUES ('open'), ('open')");
    let said = refused(&bench);
    let how = seen(&bench);
    assert!(
        how.contains("1 foreign sessions: app@127.0.0.1 (Sleep for"),
        "{how}"
    );
    assert!(how.contains("open transaction of 2 changed rows"), "{how}");
    assert!(said.contains("rows changed"), "no table of who is there: {said}");
    // Nobody ended it.
    app.run("COMMIT");
}

#[test]
fn users_that_the_runbook_keeps_may_stay_as_long_as_nothing_is_written() {
    let bench = Bench::new(Mariadb::start(), CLAIM);
    let section = bench
        .server
        .section()
        .replace("schema", "keep = [\"app\"]\nschema");
    bench.runbook(&section, CLAIM);
    let _app = bench.server.app();
    bench.incident.rewind(&[]).expect(0);
    bench.incident.assert_recovered();
}

/// Connects, writes and leaves again and again until told to stop.
fn comes_and_goes(port: u16, over: &AtomicBool) {
    while !over.load(Ordering::Relaxed) {
        if let Some(mut app) = Client::open(port, "app", "app") {
            let _ = app.try_run("INSERT INTO shop.orders (item) VALUES ('again')");
        }
    }
}

/// Connects again as soon as it is ended, as a pool does.
fn pool(port: u16, over: &AtomicBool) {
    let mut app: Option<Client> = None;
    while !over.load(Ordering::Relaxed) {
        let alive = app.as_mut().is_some_and(|app| app.try_run("DO 1").is_ok());
        if !alive {
            app = Client::open(port, "app", "app");
        }
    }
}

/// What is done beside somebody else.
fn beside<T>(other: fn(u16, &AtomicBool), port: u16, work: impl FnOnce() -> T) -> T {
    let over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let thread = scope.spawn(|| other(port, &over));
        let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
        over.store(true, Ordering::Relaxed);
        thread.join().unwrap();
        done.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

#[test]
fn who_writes_and_leaves_between_two_looks_is_seen_by_what_was_counted() {
    let bench = Bench::new(Mariadb::start(), CLAIM);
    beside(comes_and_goes, bench.server.port, || refused(&bench));
    let how = seen(&bench);
    assert!(
        how.contains("connections came and went") || how.contains("foreign sessions"),
        "{how}"
    );
}

#[test]
fn a_pool_that_reconnects_is_named_as_such() {
    let bench = Bench::new(Mariadb::start().with_rds_kill(), DRAIN);
    let port = bench.server.port;
    beside(pool, port, || {
        eventually("the pool to connect", || {
            let count = "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = 'app'";
            (bench.server.value(count) != "0").then_some(())
        });
        refused(&bench)
    });
    let how = seen(&bench);
    assert!(how.contains("a pool reconnects: app@127.0.0.1"), "{how}");
}

/// Changes definitions, of which no row counter tells, as fast as it can: of a view, because what is done to a table is a
/// transaction of changed rows in the engine's dictionary while it lasts.
fn redefines(port: u16, over: &AtomicBool) {
    let mut app = Client::open(port, "app", "app").unwrap();
    while !over.load(Ordering::Relaxed) {
        app.run("CREATE OR REPLACE VIEW shop.glance AS SELECT 1 AS one");
    }
}

#[test]
fn a_kept_user_that_changes_definitions_is_no_quiet() {
    let bench = Bench::new(Mariadb::start(), CLAIM);
    bench.server.run(&["GRANT ALL ON shop.* TO 'app'@'%'"]);
    let section = bench
        .server
        .section()
        .replace("schema", "keep = [\"app\"]\nschema");
    bench.runbook(&section, CLAIM);
    beside(redefines, bench.server.port, || refused(&bench));
    let how = seen(&bench);
    assert!(how.contains("changed definitions or rights"), "{how}");
}

#[test]
fn a_kept_user_that_holds_changed_rows_is_no_quiet() {
    let bench = Bench::new(Mariadb::start(), CLAIM);
    let section = bench
        .server
        .section()
        .replace("schema", "keep = [\"app\"]\nschema");
    bench.runbook(&section, CLAIM);
    let mut app = bench.server.app();
    app.run("BEGIN");
    app.run("INSERT INTO shop.orders (item) VALUES ('open')");
    refused(&bench);
    let how = seen(&bench);
    assert!(how.contains("keeps hold changed rows: app@127.0.0.1"), "{how}");
}

/// A name can be given to anybody: what the service's own session looks like cannot.
#[test]
fn a_user_named_like_one_of_the_servers_own_is_a_stranger() {
    let bench = Bench::new(Mariadb::start(), CLAIM);
    bench
        .server
        .run(&["CREATE USER 'event_scheduler'@'%' IDENTIFIED BY 'x'"]);
    let _stranger = Client::open(bench.server.port, "event_scheduler", "x").unwrap();
    refused(&bench);
    let how = seen(&bench);
    assert!(
        how.contains("1 foreign sessions: event_scheduler@127.0.0.1"),
        "{how}"
    );
}

#[test]
fn an_enabled_event_is_no_quiet() {
    let server = Mariadb::with(&["--event-scheduler=ON"]);
    server.run(&["CREATE EVENT shop.nightly ON SCHEDULE EVERY 1 DAY STARTS '2037-01-01' DO SET @a = 1"]);
    let bench = Bench::new(server, CLAIM);
    refused(&bench);
    let how = seen(&bench);
    assert!(how.contains("shop.nightly"), "{how}");
}

#[test]
fn sessions_are_ended_by_the_procedure_of_aws() {
    let bench = Bench::new(Mariadb::start().with_rds_kill(), &format!("{ORDERS}{DRAIN}"));
    let mut one = bench.server.app();
    let mut other = bench.server.app();
    one.run("BEGIN");
    one.run("DELETE FROM shop.orders");
    bench.incident.rewind(&[]).expect(0);
    bench.incident.assert_recovered();
    assert!(one.try_run("SELECT 1").is_err() && other.try_run("SELECT 1").is_err());
    let [how] = &told(&bench.incident, "step_done", 1)[..] else {
        panic!()
    };
    assert!(how.contains("ended 2 sessions: app@127.0.0.1 x2 (Sleep"), "{how}");
    assert!(
        how.contains("the largest rollback was of 3 changed rows"),
        "{how}"
    );
    assert!(!how.contains("by KILL"), "{how}");
    assert_eq!(bench.server.value("SELECT COUNT(*) FROM shop.orders"), "3");
    // Ended sessions are nothing that is opened again.
    let run = bench.incident.journal().run();
    let report = bench.incident.program.run(["report", &run]).expect(0).stdout;
    assert!(report.contains("nothing to open again"), "{report}");
    assert!(report.contains("ended 2 sessions"), "{report}");
}

#[test]
fn without_that_procedure_sessions_are_killed() {
    let server = Mariadb::start();
    // Whoever may run nothing of that schema is told 1370, whether there is such a procedure or not.
    server.run(&["GRANT CONNECTION ADMIN, EXECUTE ON *.* TO backtrackctl@'%'"]);
    let bench = Bench::new(server, DRAIN);
    let mut app = bench.server.app();
    bench.incident.rewind(&[]).expect(0);
    assert!(app.try_run("SELECT 1").is_err());
    let [how] = &told(&bench.incident, "step_done", 1)[..] else {
        panic!()
    };
    assert!(
        how.contains("by KILL, since there is no mysql.rds_kill here"),
        "{how}"
    );
}

#[test]
fn who_may_not_end_sessions_is_told_the_grant_and_the_shop_is_opened_again() {
    let bench = Bench::new(Mariadb::start(), DRAIN);
    let mut app = bench.server.app();
    refused(&bench);
    let [how] = &told(&bench.incident, "step_done", 1)[..] else {
        panic!()
    };
    assert!(how.contains("GRANT EXECUTE ON PROCEDURE mysql.rds_kill"), "{how}");
    app.run("SELECT 1");
}

#[test]
fn killed_in_the_middle_of_ending_sessions_the_run_is_taken_up_again() {
    let bench = Bench::new(Mariadb::start().with_rds_kill(), DRAIN);
    let _app = bench.server.app();
    let running = bench.incident.start(&[]);
    eventually("the step to be intended", || {
        let journal = crate::harness::Journal::only(&bench.incident.program.journals())?;
        let records = journal.records();
        let step = |record: &serde_json::Value| record["effect"] == "step" && record["item"] == 1;
        records.iter().any(step).then_some(())
    });
    running.signal(Signal::KILL);
    running.finish();
    bench.incident.recover(&[]).expect(0);
    bench.incident.assert_recovered();
    assert_eq!(bench.incident.lab.accepted().len(), 1);
}

#[test]
fn a_pool_that_comes_back_after_the_pause_stops_the_request() {
    let bench = Bench::new(Mariadb::start().with_rds_kill(), DRAIN);
    let incident = &bench.incident;
    let run = incident.start(&["--hold"]).finish().expect(20);
    drop(run);
    // The held run is moved again while somebody is connected: the hop is refused.
    let _app = bench.server.app();
    let refused = incident.forward("origin", &[]);
    assert_ne!(refused.exit(), Some(0), "{refused:?}");
    assert!(
        refused.rules("block").contains(&"still_paused".to_owned()),
        "{refused:?}"
    );
    assert_eq!(incident.lab.accepted().len(), 1);
}

#[test]
fn ids_that_will_be_given_again_and_sessions_that_were_ended_are_told_at_the_end_and_in_the_report() {
    let mut bench = Bench::at_work(Mariadb::start().with_rds_kill(), &format!("{ORDERS}{DRAIN}"));
    let _app = bench.server.app();
    bench
        .server
        .run(&["INSERT INTO shop.orders (item) VALUES ('d'), ('e')"]);
    let running = bench.incident.start(&[]);
    bench.incident.until_accepted();
    // What a rewind of this server would do: the rows go, and the counter with them.
    bench.server.run(&[
        "DELETE FROM shop.orders WHERE id > 3",
        "ALTER TABLE shop.orders AUTO_INCREMENT = 4",
    ]);
    bench.server.restart();
    bench.incident.aws_completes();
    let told = running.finish().expect(0).of_kind("debts").pop().unwrap();
    let again = "shop.orders: ids 4 to 5 are given out again (2)";
    assert_eq!(told["debts"][1]["facts"], serde_json::json!([again]), "{told}");
    let run = bench.incident.journal().run();
    let report = bench.incident.program.run(["report", &run]).expect(0).stdout;
    assert!(report.contains(&format!("Known: {again}.")), "{report}");
    assert!(
        report.contains("Known: ended 1 sessions: app@127.0.0.1"),
        "{report}"
    );
}
