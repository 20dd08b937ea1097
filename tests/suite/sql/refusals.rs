//! What is found before anything is paused: no way in, no encryption, no privilege.

use crate::harness::{Mariadb, tls};

use super::bench::{Bench, CLAIM, DRAIN, ORDERS, message};

#[test]
fn a_wrong_password_is_found_before_anything_is_paused() {
    let bench = Bench::new(Mariadb::start(), ORDERS);
    bench.incident.program.file("pw", "another\n");
    bench.assert_refused_untouched("database", "no login as \"backtrackctl\"");
}

#[test]
fn a_server_that_is_not_there_is_found_before_anything_is_paused() {
    let bench = Bench::new(Mariadb::start(), ORDERS);
    let section = bench.server.section();
    drop(bench.server);
    let bench = Bench {
        server: Mariadb::start(),
        incident: bench.incident,
    };
    bench.runbook(&section, ORDERS);
    bench.assert_refused_untouched("database", "no connection to 127.0.0.1");
}

#[test]
fn a_server_without_tls_is_refused_unless_the_runbook_says_so() {
    let bench = Bench::new(Mariadb::start(), ORDERS);
    let section = bench.server.section().replace("ca = \"none\"\n", "");
    bench.runbook(&section, ORDERS);
    bench.assert_refused_untouched("database", "the server offers no TLS");
}

#[test]
fn a_server_is_known_by_its_authority_alone() {
    let (cert, key) = (tls("server.pem"), tls("server.key"));
    let options = [
        format!("--ssl-cert={}", cert.display()),
        format!("--ssl-key={}", key.display()),
        "--bind-address=127.0.0.1,127.0.0.2".to_owned(),
    ];
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    let bench = Bench::new(Mariadb::with(&options), ORDERS);
    let plain = bench.server.section();
    bench.runbook(&plain.replace("\"none\"", "\"rds\""), ORDERS);
    bench.assert_refused_untouched("database", "UnknownIssuer");
    let ours = format!("{:?}", tls("ca.pem").display().to_string());
    let trusted = plain.replace("\"none\"", &ours);
    bench.runbook(&trusted.replace("\"127.0.0.1\"", "\"127.0.0.2\""), ORDERS);
    bench.assert_refused_untouched("database", "not valid for name");
    bench.runbook(&trusted, ORDERS);
    let rewound = bench.incident.rewind(&[]).expect(0);
    assert!(
        rewound.rules("pass").contains(&"database".to_owned()),
        "{rewound:?}"
    );
    assert!(message(&rewound, "database").contains("TLS with"), "{rewound:?}");
}

#[test]
fn in_a_drill_no_server_off_the_loopback_is_asked() {
    let bench = Bench::new(Mariadb::start(), ORDERS);
    let section = "\n[database]\nuser = \"me\"\npassword = { file = \"pw\" }\n";
    // The lab tells an endpoint of AWS's form.
    bench.runbook(section, ORDERS);
    bench.assert_refused_untouched("database", "on the loopback in a drill");
}

#[test]
fn what_the_runbook_would_need_a_privilege_for_is_found_with_the_grant() {
    let server = Mariadb::start();
    server.run(&["REVOKE PROCESS ON *.* FROM backtrackctl@'%'"]);
    let bench = Bench::new(server, DRAIN);
    bench.assert_refused_untouched("sessions", "GRANT PROCESS");

    let server = Mariadb::start();
    server.run(&["REVOKE SELECT ON shop.* FROM backtrackctl@'%'"]);
    let bench = Bench::new(server, &ORDERS.replace("FROM orders", "FROM shop.orders"));
    bench.assert_refused_untouched("database", "SELECT command denied");

    let server = Mariadb::with(&["--event-scheduler=ON"]);
    server.run(&["REVOKE EVENT ON *.* FROM backtrackctl@'%'"]);
    let bench = Bench::new(server, CLAIM);
    bench.assert_refused_untouched("event_scheduler", "GRANT EVENT");
}

#[test]
fn a_table_that_the_accident_dropped_does_not_stop_the_way_back() {
    let server = Mariadb::start();
    server.run(&["DROP DATABASE shop"]);
    let bench = Bench::new(server, ORDERS);
    // The server of this test does not go back: the probe says what is missing.
    let rewound = bench.incident.rewind(&[]).expect(32);
    assert!(rewound.rules("block").is_empty(), "{rewound:?}");
    let (_, said) = super::bench::verified(&bench.incident, "rows");
    assert!(said.contains("1049"), "{said}");
}

#[test]
fn a_rehearsal_looks_and_ends_nobody() {
    let bench = Bench::new(Mariadb::start().with_rds_kill(), &format!("{ORDERS}{DRAIN}"));
    let mut app = bench.server.app();
    let rehearsed = bench
        .incident
        .program
        .run(bench.incident.arguments(&["--dry-run"]))
        .expect(0);
    assert_eq!(
        message(&rehearsed, "sessions"),
        "1 foreign sessions, which the runbook minds"
    );
    let [plan] = rehearsed.of_kind("plan").try_into().expect("one plan");
    assert!(plan.to_string().contains("CALL mysql.rds_kill"), "{plan}");
    app.run("SELECT 1");
}
