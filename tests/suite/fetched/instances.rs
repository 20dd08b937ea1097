//! Files of the instances: which are read, and what is said of those that are not.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use serde_json::{Value, json};

use super::{coverage, evidence, files, hurt, locate, target};
use crate::harness::{Lab, QUICK};
use crate::place::Place;

fn denied(action: &str, when: (&str, u64)) -> Value {
    let mut rule = json!({"action": action, "fault": "error", "status": 403, "code": "AccessDenied"});
    rule[when.0] = json!(when.1);
    json!([rule])
}

/// The instances whose files were read. A second round, after files that were renamed or begun meanwhile, as they are at
/// each half hour, writes beside the first: to `INSTANCE.2`.
fn instances(coverage: &Value) -> BTreeSet<String> {
    let files = coverage["files"].as_array().unwrap().iter();
    files
        .map(|file| {
            let path = file["file"].as_str().unwrap();
            let folder = path.rsplit('/').nth(1).unwrap();
            folder.split('.').next().unwrap().to_owned()
        })
        .collect()
}

fn orders(text: &str) -> Vec<&str> {
    text.lines().filter(|line| line.contains("INSERT")).collect()
}

#[test]
fn the_statement_is_found_in_what_the_cluster_logged() {
    let place = Place::new();
    let at = hurt(&place);
    let found = locate(&place, &[]).expect(0);
    let candidates = found.of_kind("candidate");
    assert_eq!(candidates.len(), 1, "{found:?}");
    let first = &candidates[0];
    assert_eq!(first["time_us"], at.timestamp_micros());
    assert_eq!(first["statement"], "DELETE FROM orders");
    assert_eq!(
        (&first["class"], &first["committed"]),
        (&json!("unbounded"), &json!(true))
    );
    assert_eq!(found.of_kind("suggestion")[0]["target"], json!(target(at)));
    let coverage = coverage(&found);
    assert_eq!(coverage["complete"], true, "{coverage}");
    assert!(coverage.get("missing").is_none());
    assert_eq!(instances(&coverage).len(), 1, "{coverage}");
}

#[test]
fn what_was_fetched_stays_beside_the_journal_for_its_owner_alone() {
    let place = Place::new();
    let at = hurt(&place);
    let found = locate(&place, &["--from", "-10m"]).expect(0);
    let evidence = place.program.journals().join("evidence");
    let kept = files(&evidence);
    assert!(kept.len() >= 4, "{kept:?}");
    for file in &kept {
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    let candidate = &found.of_kind("candidate")[0];
    let text = std::fs::read_to_string(candidate["file"].as_str().unwrap()).unwrap();
    let line = usize::try_from(candidate["line"].as_u64().unwrap()).unwrap();
    let line = text.lines().nth(line - 1).unwrap();
    assert!(line.starts_with(&at.timestamp_micros().to_string()), "{line}");
    assert!(!place.program.journals().join("runs").exists());
}

#[test]
fn after_a_failover_the_log_of_the_old_writer_is_read_too() {
    let lab = Lab::with(&format!("{QUICK}\n[[cluster]]\nfailed_over_s = 20"));
    let place = Place::on(lab);
    let at = place.lab.hurt("delete_all");
    place.lab.advance(60);
    let found = locate(&place, &["--from", "-10m"]).expect(0);
    let read = instances(&coverage(&found));
    assert_eq!(read.len(), 2, "{read:?}");
    let candidate = &found.of_kind("candidate")[0];
    assert_eq!(candidate["time_us"], at.timestamp_micros());
    assert!(candidate["file"].as_str().unwrap().contains("/orders--drill-2"));
    // Long after it, the new writer alone wrote.
    place.lab.advance(3_600);
    let later = locate(&place, &["--from", "-10m"]).expect(0);
    assert_eq!(instances(&coverage(&later)).len(), 1);
}

#[test]
fn where_the_writer_of_the_time_is_not_known_all_instances_are_read() {
    let place = Place::new();
    hurt(&place);
    place.lab.faults(&denied("DescribeEvents", ("every", 1)));
    let found = locate(&place, &["--from", "-10m"]).expect(0);
    assert_eq!(instances(&coverage(&found)).len(), 2);
    assert!(found.stderr.contains("all instances"), "{found:?}");
}

#[test]
fn logs_that_are_off_are_not_nothing() {
    let place = Place::on(Lab::with("[[cluster]]\nlogs = { audit = false }"));
    hurt(&place);
    let refused = locate(&place, &[]).expect(5);
    assert!(refused.stdout.is_empty(), "{refused:?}");
    assert!(refused.stderr.contains("server_audit_logging"), "{refused:?}");
    assert!(
        !refused.stderr.contains("no destructive statement"),
        "{refused:?}"
    );
}

#[test]
fn a_download_that_is_denied_is_named() {
    let place = Place::new();
    hurt(&place);
    place
        .lab
        .faults(&denied("DownloadDBLogFilePortion", ("every", 1)));
    let refused = locate(&place, &["--from", "-10m"]).expect(4);
    assert!(refused.stderr.contains("AccessDenied"), "{refused:?}");
    assert!(refused.stdout.is_empty(), "{refused:?}");
}

#[test]
fn a_file_that_was_read_in_part_is_named_and_what_was_found_is_shown() {
    let place = Place::new();
    hurt(&place);
    place.lab.faults(&denied("DownloadDBLogFilePortion", ("nth", 1)));
    let found = locate(&place, &["--from", "-10m"]).expect(4);
    let coverage = coverage(&found);
    assert_eq!(coverage["complete"], false);
    let missing = coverage["missing"][0].as_str().unwrap();
    assert!(
        missing.contains("read up to byte 0") && missing.contains("AccessDenied"),
        "{missing}"
    );
}

#[test]
fn an_interval_that_the_files_do_not_reach_is_not_covered() {
    let place = Place::on(Lab::with("[[cluster]]\nlogs = { keep_s = 3600 }"));
    hurt(&place);
    let found = locate(&place, &["--from", "-150m"]).expect(5);
    assert_eq!(coverage(&found)["complete"], false);
    assert_eq!(found.of_kind("candidate").len(), 1);
}

#[test]
fn files_that_rotate_while_they_are_read_are_read_to_their_end_and_once() {
    let scenario =
        "[[cluster]]\norders_per_second = [20, 20]\nhistory_s = 600\nlogs = { rotate_at_download = 3 }\n";
    let place = Place::on(Lab::with(scenario));
    place.lab.advance(5);
    // The shop goes on meanwhile: files that came up and are empty are no evidence, and would not be named.
    place
        .lab
        .faults(&json!([{"action": "DownloadDBLogFilePortion", "nth": 4, "fault": "latency", "ms": 1_000}]));
    let found = locate(&place, &["--from", "-10m"]).expect(0);
    assert_eq!(coverage(&found)["complete"], true);
    let files = coverage(&found)["files"].clone();
    let names: Vec<&str> = files
        .as_array()
        .unwrap()
        .iter()
        .map(|file| file["file"].as_str().unwrap())
        .collect();
    assert!(
        names.iter().any(|name| name.contains("orders--drill-1.2/")),
        "{names:?}"
    );
    let texts: Vec<String> = names
        .iter()
        .map(|name| std::fs::read_to_string(name).unwrap())
        .collect();
    let all = texts.concat();
    let lines = orders(&all);
    let once: BTreeSet<&str> = lines.iter().copied().collect();
    assert_eq!(once.len(), lines.len(), "a line was read twice");
}

#[test]
fn a_portion_that_the_service_cuts_is_asked_for_in_smaller_ones() {
    let scenario = "[[cluster]]\norders_per_second = [80, 80]\nhistory_s = 500\nlogs = { rotate_s = 86400, truncates = true }";
    let place = Place::on(Lab::with(scenario));
    place.lab.advance(2);
    let found = locate(&place, &["--from", "-8m"]).expect(0);
    let text = evidence(&place);
    assert!(
        !text.contains("was truncated") && text.len() > 4 << 20,
        "{}",
        text.len()
    );
    assert_eq!(coverage(&found)["skipped"], 0);
    let lines = orders(&text);
    let once: BTreeSet<&str> = lines.iter().copied().collect();
    assert_eq!(once.len(), lines.len(), "a line was read twice");
}

#[test]
fn a_slow_service_is_waited_for_and_nobody_is_left_without_a_word() {
    let place = Place::new();
    place
        .lab
        .faults(&json!([{"action": "DownloadDBLogFilePortion", "nth": 1, "fault": "latency", "ms": 9_500}]));
    let found = locate(&place, &["--from", "-10m"]).expect(0);
    // Something is said each three seconds.
    assert!(found.silence < Duration::from_secs(9), "{:?}", found.silence);
    assert!(found.stderr.contains("waiting for audit/"), "{found:?}");
}

#[test]
fn a_lab_plays_no_cloudwatch_and_a_real_name_is_no_labs() {
    let place = Place::new();
    let refused = locate(&place, &["--source", "cloudwatch"]).expect(2);
    assert!(refused.stderr.contains("plays no CloudWatch"), "{refused:?}");
    let real = ["locate", "--cluster", "orders", "--lab", &place.lab.endpoint];
    place.run(&real).expect(10);
}
