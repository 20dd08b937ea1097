//! Logs that a cluster exports, from CloudWatch Logs as moto plays it.

use std::process::Command;

use backtrackctl::clock::machine_now;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::{coverage, target};
use crate::harness::{Finished, Moto, Program, Running, whole_second};

const GROUP: &str = "/aws/rds/cluster/orders/audit";

/// An account with one cluster, and a program.
struct Account {
    moto: Moto,
    program: Program,
}

impl Account {
    fn new() -> Self {
        let moto = Moto::start();
        moto.form(
            "rds",
            "Action=CreateDBCluster&Version=2014-10-31&DBClusterIdentifier=orders&Engine=aurora-mysql\
             &MasterUsername=admin&MasterUserPassword=a-long-password",
        );
        Self {
            moto,
            program: Program::new(),
        }
    }

    fn logs(&self, action: &str, body: &Value) -> Value {
        self.moto.json("logs", &format!("Logs_20140328.{action}"), body)
    }

    /// Messages of a stream, delivered at an instant.
    fn export(&self, stream: &str, at: DateTime<Utc>, messages: &[String]) {
        let events: Vec<Value> = messages
            .iter()
            .map(|message| json!({"timestamp": at.timestamp_millis(), "message": message}))
            .collect();
        self.logs(
            "CreateLogStream",
            &json!({"logGroupName": GROUP, "logStreamName": stream}),
        );
        for events in events.chunks(5_000) {
            let body = json!({"logGroupName": GROUP, "logStreamName": stream, "logEvents": events});
            self.logs("PutLogEvents", &body);
        }
    }

    fn locate(&self, more: &[&str]) -> Finished {
        let arguments = ["locate", "--cluster", "orders", "--output", "json"];
        let mut command: Command = self.program.command([&arguments[..], more].concat());
        command.envs(self.moto.environment());
        Running::start(&mut command).finish()
    }
}

fn line(at: DateTime<Utc>, connection: u32, statement: &str) -> String {
    let us = at.timestamp_micros();
    format!(
        "{us},orders-1,app,10.0.1.5,{connection},{},QUERY,shop,'{statement}',0",
        us % 1_000_000
    )
}

#[test]
fn what_was_exported_is_searched_page_by_page() {
    let account = Account::new();
    account.logs("CreateLogGroup", &json!({"logGroupName": GROUP}));
    let end = whole_second(machine_now()) - TimeDelta::minutes(2);
    let at = |second: i64| end - TimeDelta::minutes(20) + TimeDelta::milliseconds(second * 100);
    // More than a page holds, and two records in one message.
    let lines: Vec<String> = (0..12_000)
        .map(|number| line(at(number), 5, &format!("INSERT INTO orders VALUES ({number})")))
        .collect();
    account.export("orders-1.audit.log.0.2026-11-20-02-00.0.0", end, &lines);
    let connect = format!(
        "{},orders-1,deploy,10.0.9.9,9,0,CONNECT,shop,,0",
        at(5_999).timestamp_micros()
    );
    let hurt = at(6_000) + TimeDelta::microseconds(250);
    let both = format!(
        "{connect}\n{}",
        line(hurt, 9, "DELETE FROM orders")
            .replace(",app,", ",deploy,")
            .replace("10.0.1.5", "10.0.9.9")
    );
    account.export("orders-1.audit.log.1.2026-11-20-02-00.0.0", end, &[both]);

    let found = account
        .locate(&["--source", "cloudwatch", "--from", "-20m"])
        .expect(0);
    let candidates = found.of_kind("candidate");
    assert_eq!(candidates.len(), 1, "{found:?}");
    assert_eq!(candidates[0]["time_us"], hurt.timestamp_micros());
    assert_eq!(candidates[0]["committed"], true);
    assert_eq!(found.of_kind("suggestion")[0]["target"], json!(target(hurt)));
    let coverage = coverage(&found);
    assert_eq!(
        (&coverage["parsed"], &coverage["complete"]),
        (&json!(12_002), &json!(true))
    );
    // Nothing was exported of the time before, and nothing is claimed of it.
    let earlier = account
        .locate(&["--source", "cloudwatch", "--from", "-40m"])
        .expect(5);
    assert_eq!(super::coverage(&earlier)["complete"], false);
}

#[test]
fn a_group_that_is_not_there_is_said_to_be_none() {
    let account = Account::new();
    let refused = account
        .locate(&["--source", "cloudwatch", "--logs", "audit"])
        .expect(4);
    assert!(
        refused.stderr.contains("ResourceNotFoundException"),
        "{refused:?}"
    );
    let refused = account.locate(&["--source", "cloudwatch"]).expect(5);
    assert!(refused.stderr.contains("not known"), "{refused:?}");
}

#[test]
fn where_the_instances_have_nothing_the_exported_log_is_taken() {
    let account = Account::new();
    account.logs("CreateLogGroup", &json!({"logGroupName": GROUP}));
    let at = whole_second(machine_now()) - TimeDelta::minutes(2);
    account.export("orders-1.audit.log.0.x", at, &[line(at, 9, "DROP TABLE orders")]);
    let found = account.locate(&["--from", "-5m"]);
    assert_eq!(found.of_kind("candidate").len(), 1, "{found:?}");
    assert!(
        found.stderr.contains("looking in CloudWatch Logs instead"),
        "{found:?}"
    );
}
