//! Alarms, as CloudWatch tells them: moto plays it, the lab plays RDS.

use std::fmt::Write as _;

use serde_json::Value;

use super::fleet::by_id;
use crate::harness::{CloudWatch, Finished, Lab, Moto, Program, Running};

const FLEET: &str = "[[cluster]]\nid = \"watched--1\"\nwindow_s = 86400\nearliest = 86400\n\
                     [[cluster]]\nid = \"silent--1\"\nwindow_s = 86400\nearliest = 86400\n\
                     [[cluster]]\nid = \"reader--1\"\nwindow_s = 86400\nearliest = 86400\n\
                     [[cluster]]\nid = \"unwatched--1\"\nwindow_s = 86400\nearliest = 86400\n";

/// One alarm of moto's.
fn alarm(moto: &Moto, name: &str, metric: &str, dimensions: &[(&str, &str)], action: bool) {
    let mut form = format!(
        "Action=PutMetricAlarm&Version=2010-08-01&AlarmName={name}&Namespace=AWS%2FRDS&MetricName={metric}\
         &ComparisonOperator=LessThanThreshold&EvaluationPeriods=1&Threshold=60&Period=60&Statistic=Minimum"
    );
    for (at, (name, value)) in (1..).zip(dimensions) {
        write!(
            form,
            "&Dimensions.member.{at}.Name={name}&Dimensions.member.{at}.Value={value}"
        )
        .unwrap();
    }
    if action {
        form += "&AlarmActions.member.1=arn%3Aaws%3Asns%3Aus-east-1%3A123456789012%3Aon-call";
    }
    moto.form("monitoring", &form);
}

/// The real client, RDS at the lab and CloudWatch at moto.
fn look(program: &Program, lab: &Lab, cloudwatch: &str, more: &[&str]) -> Finished {
    let mut words = vec!["posture", "--regions", "us-east-1", "--output", "json"];
    words.extend(more);
    let mut command = program.command(words);
    command
        .env("AWS_ACCESS_KEY_ID", "AKID")
        .env("AWS_SECRET_ACCESS_KEY", "SECRET")
        .env("AWS_ENDPOINT_URL_RDS", &lab.endpoint)
        .env("AWS_ENDPOINT_URL_CLOUDWATCH", cloudwatch);
    Running::start(&mut command).finish()
}

#[test]
fn an_alarm_counts_for_the_writer_and_only_where_it_tells_somebody() {
    let (program, lab, moto) = (Program::new(), Lab::with_fleet(FLEET), Moto::start());
    let cloudwatch = CloudWatch::before(&moto);
    let writer = [("DBInstanceIdentifier", "watched--1-1")];
    alarm(&moto, "one", "BacktrackWindowActual", &writer, true);
    let role = [("DBClusterIdentifier", "watched--1"), ("Role", "WRITER")];
    alarm(&moto, "two", "BacktrackWindowAlert", &role, true);
    let silent = [("DBInstanceIdentifier", "silent--1-1")];
    alarm(&moto, "three", "BacktrackWindowActual", &silent, false);
    // A reader has no such metric.
    let reader = [("DBInstanceIdentifier", "reader--1-2")];
    alarm(&moto, "four", "BacktrackWindowActual", &reader, true);
    alarm(
        &moto,
        "five",
        "CPUUtilization",
        &[("DBInstanceIdentifier", "unwatched--1-1")],
        true,
    );

    let finished = look(&program, &lab, &cloudwatch.endpoint, &[]).expect(0);
    let seen = by_id(&finished);
    let of = |id: &str| {
        let alarms = &seen[id]["alarms"];
        let word = |metric: &str| alarms[metric].as_str().unwrap_or("null").to_owned();
        (word("BacktrackWindowActual"), word("BacktrackWindowAlert"))
    };
    let words = |one: &str, two: &str| (one.to_owned(), two.to_owned());
    assert_eq!(of("watched--1"), words("acting", "acting"));
    assert_eq!(of("silent--1"), words("no_action", "missing"));
    assert_eq!(of("reader--1"), words("missing", "missing"));
    assert_eq!(of("unwatched--1"), words("missing", "missing"));
    let kpi = finished.of_kind("kpi").remove(0);
    assert_eq!(
        (&kpi["alarms"]["part"], &kpi["alarms"]["whole"]),
        (&1.into(), &4.into())
    );

    let policy = program.file("p.toml", "required_alarms = [\"BacktrackWindowActual\"]\n");
    let finished = look(
        &program,
        &lab,
        &cloudwatch.endpoint,
        &["--policy", policy.to_str().unwrap()],
    )
    .expect(3);
    let seen = by_id(&finished);
    assert!(seen["watched--1"]["findings"].as_array().unwrap().is_empty());
    let message = seen["silent--1"]["findings"][0]["message"].as_str().unwrap();
    assert!(message.contains("one that tells nobody"), "{message}");
}

#[test]
fn many_alarms_come_on_pages() {
    let (program, lab, moto) = (Program::new(), Lab::with_fleet(FLEET), Moto::start());
    let cloudwatch = CloudWatch::before(&moto);
    for number in 0..150 {
        alarm(
            &moto,
            &format!("a-{number:03}"),
            "CPUUtilization",
            &[("DBInstanceIdentifier", "x")],
            true,
        );
    }
    let writer = [("DBInstanceIdentifier", "watched--1-1")];
    alarm(&moto, "z-last", "BacktrackWindowAlert", &writer, true);
    let seen = by_id(&look(&program, &lab, &cloudwatch.endpoint, &[]).expect(0));
    assert_eq!(seen["watched--1"]["alarms"]["BacktrackWindowAlert"], "acting");
}

#[test]
fn without_cloudwatch_its_facts_alone_are_not_known() {
    let (program, lab) = (Program::new(), Lab::with_fleet(FLEET));
    // Nobody listens there.
    let seen = by_id(&look(&program, &lab, "http://127.0.0.1:9", &[]).expect(0));
    let watched = &seen["watched--1"];
    assert_eq!(watched["verdict"], "ok");
    assert_eq!(watched["alarms"], Value::Null);
    assert!(
        watched["unknown"]["alarms"]
            .as_str()
            .unwrap()
            .contains("DescribeAlarms"),
        "{watched}"
    );
}
