//! An endpoint that is not there, does not answer, or is no AWS at all: refused, with nothing touched.

use std::io::{Read, Write};
use std::net::TcpListener;

use chrono::TimeDelta;
use rustix::process::Signal;

use crate::harness::{Finished, Incident, Program, Running, drill_runbook, each};

/// What a server does with a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    /// Nobody listens.
    Refuses,
    /// It listens, and says nothing.
    Hangs,
    /// A login page, as a proxy shows it, with this status.
    Html(u16),
    /// It closes the connection without a word.
    Closes,
    /// It is a server, of something else.
    Json,
}

/// Serves on a free port of the loopback until the tests end.
fn server(manner: Manner) -> String {
    if manner == Manner::Refuses {
        // A port that was free a moment ago may be another lab's by now; this one nobody takes.
        return "http://127.0.0.1:9".to_owned();
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let mut kept = Vec::new();
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let (status, body) = match manner {
                Manner::Html(status) => (status, "<!DOCTYPE html><html><body>Sign in</body></html>"),
                Manner::Json => (200, "{\"hello\": \"world\"}"),
                Manner::Refuses | Manner::Hangs => {
                    kept.push(stream);
                    continue;
                }
                Manner::Closes => continue,
            };
            let _ = stream.read(&mut [0; 8192]);
            let length = body.len();
            let reply =
                format!("HTTP/1.1 {status} X\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}");
            let _ = stream.write_all(reply.as_bytes());
        }
    });
    url
}

fn program() -> Program {
    let program = Program::new();
    program.file("drill.toml", &drill_runbook("1s", "3s"));
    program
}

/// Refused with 10 after reading alone, with a sentence and something to type.
#[track_caller]
fn assert_refused(refused: Finished, next: &str, about: &str) {
    let refused = refused.expect(10);
    assert_never_silent(&refused, about);
    let outcome = refused.outcome();
    assert_eq!(outcome["outcome"], "refused", "{about}");
    assert_eq!(outcome["data_touched"], false, "{about}");
    assert!(
        outcome["message"].as_str().unwrap().contains("could not be read"),
        "{about}: {outcome}"
    );
    assert!(outcome["next"].to_string().contains(next), "{about}: {outcome}");
}

/// Something is said at least every 10 s; a busy machine is late. An attempt of a call alone takes 10 s, and is repeated.
#[track_caller]
fn assert_never_silent(finished: &Finished, about: &str) {
    let gap = finished.longest_gap();
    assert!(
        gap < TimeDelta::seconds(15),
        "{about}: silent for {gap}: {finished:?}"
    );
}

const MANNERS: [Manner; 7] = [
    Manner::Refuses,
    Manner::Hangs,
    Manner::Html(200),
    Manner::Html(403),
    Manner::Html(502),
    Manner::Closes,
    Manner::Json,
];

#[test]
fn a_lab_that_does_not_answer_as_one_is_refused() {
    each(MANNERS, |manner| {
        let url = server(manner);
        let refused = program().run([
            "run",
            "drill.toml",
            "--output",
            "json",
            "--lab",
            &url,
            "--cluster",
            "orders--drill",
            "--to",
            "2026-01-01T00:00:00Z",
            "--yes",
            "orders--drill",
        ]);
        assert_refused(
            refused,
            &format!("whether the lab at {url} still runs"),
            &format!("{manner:?}"),
        );
    });
}

#[test]
fn an_endpoint_that_does_not_answer_as_aws_is_refused_in_live_mode() {
    each(
        [Manner::Refuses, Manner::Html(200), Manner::Html(502)],
        |manner| {
            let program = program();
            let mut command = program.command([
                "run",
                "drill.toml",
                "--output",
                "json",
                "--endpoint-url",
                &server(manner),
                "--region",
                "us-east-1",
                "--cluster",
                "orders",
                "--to",
                "2026-01-01T00:00:00Z",
                "--yes",
                "orders",
            ]);
            command
                .env("AWS_ACCESS_KEY_ID", "AKIDTEST")
                .env("AWS_SECRET_ACCESS_KEY", "test");
            let refused = Running::start(&mut command).finish();
            assert_refused(
                refused,
                "check network, Region and endpoint",
                &format!("{manner:?}"),
            );
        },
    );
}

#[test]
fn without_credentials_or_a_region_nothing_is_asked_of_anybody() {
    let program = program();
    let live = [
        "run",
        "drill.toml",
        "--output",
        "json",
        "--cluster",
        "orders",
        "--to",
        "2026-01-01T00:00:00Z",
    ];
    let nowhere = program.run([&live[..], &["--yes", "orders"]].concat()).expect(10);
    assert!(nowhere.stderr.contains("--region"), "{nowhere:?}");

    let nobody = [
        &live[..],
        &[
            "--yes",
            "orders",
            "--region",
            "us-east-1",
            "--endpoint-url",
            "http://127.0.0.1:9",
        ],
    ];
    assert_refused(program.run(nobody.concat()), "--profile", "no credentials");
}

#[test]
fn a_lab_off_this_machine_is_no_lab() {
    let program = program();
    for url in [
        "http://192.0.2.1:80",
        "https://127.0.0.1:9",
        "http://lab.example.com",
        "127.0.0.1:9",
        "ftp://[::1]",
    ] {
        let refused = program.run([
            "run",
            "drill.toml",
            "--lab",
            url,
            "--cluster",
            "orders--drill",
            "--to",
            "-2m",
            "--yes",
            "orders--drill",
        ]);
        assert!(
            refused
                .expect(10)
                .stderr
                .contains("expected a lab on this machine"),
            "{url}"
        );
    }
}

#[test]
fn a_drill_obeys_no_variable_that_could_lead_it_to_aws() {
    let incident = Incident::new();
    let arguments = incident.arguments(&["--yes", &incident.lab.cluster]);
    let mut command = incident.program.command(arguments);
    // Whoever obeys one of these does not reach the lab.
    for (name, value) in [
        ("AWS_ENDPOINT_URL", "http://127.0.0.1:9"),
        ("AWS_ENDPOINT_URL_RDS", "http://127.0.0.1:9"),
        ("AWS_REGION", "eu-west-1"),
        ("AWS_PROFILE", "production"),
        ("HTTP_PROXY", "http://127.0.0.1:9"),
        ("http_proxy", "http://127.0.0.1:9"),
    ] {
        command.env(name, value);
    }
    Running::start(&mut command).finish().expect(0);
    incident.assert_recovered();
}

#[test]
fn a_service_that_goes_away_while_it_is_at_work_is_left_and_never_called_failed() {
    let incident = Incident::at_work();
    incident.program.file("drill.toml", &drill_runbook("1s", "10s"));
    let running = incident.start(&[]);
    incident.until_accepted();
    incident.lab.signal(Signal::STOP);
    let left = running.finish();
    incident.lab.signal(Signal::CONT);
    assert_never_silent(&left, "a lab that stands still");
    assert_eq!(left.expect(20).outcome()["outcome"], "detached");
    incident.aws_completes();
    incident.recover(&[]).expect(0);
    assert_eq!(incident.lab.requests().len(), 1);
    incident.assert_recovered();
}
