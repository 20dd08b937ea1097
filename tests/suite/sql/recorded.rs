//! What `record` keeps, and what is compared with it.

use crate::harness::Mariadb;

use super::bench::{Bench, message, verified};

const PROBE: &str = "
[[probe]]
name = \"rows\"
sql = \"SELECT id, item FROM orders\"
expect = \"recorded\"
";

fn record(bench: &Bench) -> crate::harness::Finished {
    let (lab, cluster) = (&bench.incident.lab.endpoint, &bench.incident.lab.cluster);
    let arguments = ["record", "drill.toml", "--cluster", cluster, "--lab", lab];
    bench.incident.program.run(arguments)
}

#[test]
fn what_was_not_recorded_is_found_before_anything_is_paused() {
    let bench = Bench::new(Mariadb::start(), PROBE);
    bench.assert_refused_untouched("recorded", "backtrackctl record");
}

#[test]
fn the_data_is_compared_with_what_was_recorded() {
    let bench = Bench::new(Mariadb::start(), PROBE);
    let recorded = record(&bench).expect(0);
    assert!(recorded.stdout.contains("rows: 3 rows"), "{recorded:?}");
    let rewound = bench.incident.rewind(&["--hold"]).expect(20);
    // The lab's accident was before it.
    assert!(
        message(&rewound, "recorded").contains("after the target"),
        "{rewound:?}"
    );
    let (passed, said) = verified(&bench.incident, "rows");
    assert!(passed && said.contains("expected 3 rows"), "{said}");
    // What a run compares with does not change under it.
    record(&bench).expect(12);
}

#[test]
fn data_that_differs_from_what_was_recorded_keeps_the_application_paused() {
    let bench = Bench::new(Mariadb::start(), PROBE);
    record(&bench).expect(0);
    bench
        .server
        .run(&["UPDATE shop.orders SET item = 'z' WHERE id = 2"]);
    bench.incident.rewind(&[]).expect(32);
    assert!(!verified(&bench.incident, "rows").0);
}

#[test]
fn what_was_recorded_in_another_schema_is_another_question() {
    let bench = Bench::new(Mariadb::start(), PROBE);
    bench.server.run(&[
        "CREATE DATABASE stage",
        "CREATE TABLE stage.orders AS SELECT * FROM shop.orders",
        "GRANT SELECT ON stage.* TO 'backtrackctl'@'%'",
    ]);
    let section = bench.server.section();
    bench.runbook(&section.replace("\"shop\"", "\"stage\""), PROBE);
    record(&bench).expect(0);
    bench.runbook(&section, PROBE);
    bench.assert_refused_untouched("recorded", "nothing was recorded");
}

#[test]
fn nothing_is_recorded_where_a_statement_is_not_answered() {
    let bench = Bench::new(Mariadb::start(), PROBE);
    bench.server.run(&["RENAME TABLE shop.orders TO shop.gone"]);
    let failed = record(&bench).expect(4);
    assert!(
        failed.stderr.contains("1146") && failed.stderr.contains("nothing was recorded"),
        "{failed:?}"
    );
    bench.server.run(&["RENAME TABLE shop.gone TO shop.orders"]);
    bench.assert_refused_untouched("recorded", "nothing was recorded");
}
