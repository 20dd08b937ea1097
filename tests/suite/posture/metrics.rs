//! What CloudWatch says of one cluster's window: `status` and every look ask it, and go on without it.

use std::time::{Duration, Instant};

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::Value;

use crate::harness::{CloudWatch, Finished, Lab, Moto, Program, Running, eventually};

/// One value of a metric of moto's.
fn put(moto: &Moto, metric: &str, role: bool, cluster: &str, at: DateTime<Utc>, value: u32) {
    let at = at.to_rfc3339_opts(SecondsFormat::Secs, true).replace(':', "%3A");
    let role = if role {
        "&MetricData.member.1.Dimensions.member.2.Name=Role&MetricData.member.1.Dimensions.member.2.Value=WRITER"
    } else {
        ""
    };
    moto.form(
        "monitoring",
        &format!(
            "Action=PutMetricData&Version=2010-08-01&Namespace=AWS%2FRDS&MetricData.member.1.MetricName={metric}\
             &MetricData.member.1.Dimensions.member.1.Name=DBClusterIdentifier\
             &MetricData.member.1.Dimensions.member.1.Value={cluster}{role}\
             &MetricData.member.1.Timestamp={at}&MetricData.member.1.Value={value}"
        ),
    );
}

/// The real client: RDS and STS at the lab, CloudWatch elsewhere.
fn status(program: &Program, lab: &Lab, cloudwatch: &str) -> Finished {
    let mut command = program.command([
        "status",
        &lab.cluster,
        "--output",
        "json",
        "--region",
        "us-east-1",
    ]);
    command
        .env("AWS_ACCESS_KEY_ID", "AKID")
        .env("AWS_SECRET_ACCESS_KEY", "SECRET")
        .env("AWS_ENDPOINT_URL_RDS", &lab.endpoint)
        .env("AWS_ENDPOINT_URL_STS", &lab.endpoint)
        .env("AWS_ENDPOINT_URL_CLOUDWATCH", cloudwatch);
    Running::start(&mut command).finish()
}

#[test]
fn the_status_tells_the_rate_of_change_records_and_whether_the_window_holds() {
    let (program, lab, moto) = (Program::new(), Lab::quick(), Moto::start());
    let cloudwatch = CloudWatch::before(&moto);
    let now = lab.world().now;
    for (ago, created, alerts) in [(40, 900, 2), (10, 1200, 1)] {
        let at = now - TimeDelta::minutes(ago);
        put(
            &moto,
            "BacktrackChangeRecordsCreationRate",
            false,
            &lab.cluster,
            at,
            created,
        );
        put(&moto, "BacktrackWindowAlert", true, &lab.cluster, at, alerts);
    }
    // The program waits for a second and a half, and a busy moto takes longer: then it is asked again.
    let line = eventually("an answer of CloudWatch", || {
        let told = status(&program, &lab, &cloudwatch.endpoint).expect(0);
        let line = told.lines().remove(0);
        (!line["window_metrics"].is_null()).then_some(line)
    });
    let metrics = &line["window_metrics"];
    assert_eq!(metrics["created"], 1200, "{line}");
    assert_eq!(metrics["alerts"], 3, "{line}");
    assert_eq!(metrics["alert_values"], 2, "{line}");
    let age = |at: &Value| now - at.as_str().unwrap().parse::<DateTime<Utc>>().unwrap();
    let age = age(&metrics["created_at"]);
    assert!(
        age >= TimeDelta::minutes(10) && age < TimeDelta::minutes(16),
        "{line}"
    );
    // CloudWatch has no value of it: that is not 0.
    assert_eq!(metrics["stored"], Value::Null, "{line}");
    assert!(line["change_records"].as_i64().unwrap() > 0, "{line}");
    assert!(line["cost_month_usd"].as_f64().is_some(), "{line}");
}

#[test]
fn a_cloudwatch_that_does_not_answer_costs_little_and_blocks_nothing() {
    let (program, lab) = (Program::new(), Lab::quick());
    // It takes connections and says nothing.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    let began = Instant::now();
    let line = status(&program, &lab, &url).expect(0).lines().remove(0);
    // An attempt of the client's own would take ten seconds, and three of them are made.
    assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
    assert_eq!(line["window_metrics"], Value::Null, "{line}");
    assert_eq!(line["status"], "available", "{line}");
}

#[test]
fn a_rehearsal_on_a_lab_warns_that_it_is_not_known() {
    let (program, lab) = (Program::new(), Lab::quick());
    let target = (lab.world().now - TimeDelta::seconds(90)).to_rfc3339_opts(SecondsFormat::Secs, true);
    let words = [
        "run",
        "--lab",
        &lab.endpoint,
        "--cluster",
        &lab.cluster,
        "--to",
        &target,
        "--dry-run",
        "--output",
        "json",
    ];
    let rehearsed = program.run(words);
    assert!(
        rehearsed.rules("warn").contains(&"window_metrics".to_owned()),
        "{rehearsed:?}"
    );
    assert!(
        !rehearsed.rules("block").contains(&"window_metrics".to_owned()),
        "{rehearsed:?}"
    );
}
