//! What a policy asks for, and how it ends.

use super::fleet::{AS_OF, CASES, by_id, look};
use crate::harness::{Lab, Program};

const FINE: &str =
    "[[cluster]]\nid = \"a--1\"\nwindow_s = 86400\nearliest = 86400\ntags = { owner = \"shop\" }\n";

#[test]
fn least_hours_go_by_tag_and_a_wider_window_is_the_remedy() {
    let (program, lab) = (Program::new(), Lab::with_fleet(FINE));
    let policy = program.file(
        "p.toml",
        "[[least]]\ntag = \"owner\"\nvalue = \"shop\"\nhours = 48\n",
    );
    let words = ["--policy", policy.to_str().unwrap(), "--output", "json"];
    let line = by_id(&look(&program, &lab, &words).expect(3))
        .remove("a--1")
        .unwrap();
    let finding = &line["findings"][0];
    assert_eq!(finding["rule"], "least_hours");
    let remedy = finding["remedy"].as_str().unwrap();
    // The cluster has Backtrack, so AWS takes this.
    assert!(
        remedy.contains("modify-db-cluster") && remedy.contains("--backtrack-window 172800"),
        "{remedy}"
    );
}

#[test]
fn required_tags_and_alarms_are_found_missing_or_undecided() {
    let (program, lab) = (Program::new(), Lab::with_fleet(FINE));
    let tags = program.file("tags.toml", "required_tags = [\"owner\", \"cost-centre\"]\n");
    let words = ["--policy", tags.to_str().unwrap(), "--output", "json"];
    let line = by_id(&look(&program, &lab, &words).expect(3))
        .remove("a--1")
        .unwrap();
    assert_eq!(line["findings"].as_array().unwrap().len(), 1, "{line}");
    // The lab plays no CloudWatch, so nothing is found: nothing is known.
    let alarms = program.file("alarms.toml", "required_alarms = [\"BacktrackWindowActual\"]\n");
    let words = ["--policy", alarms.to_str().unwrap(), "--output", "json"];
    let line = by_id(&look(&program, &lab, &words).expect(5))
        .remove("a--1")
        .unwrap();
    assert_eq!(line["findings"][0]["decided"], false);
}

/// Tags that AWS left out, and none: the one is not known, the other is.
#[test]
fn what_hinges_on_tags_that_were_left_out_is_undecided() {
    let fleet = "[[cluster]]\nid = \"out--1\"\nwindow_s = 86400\nearliest = 86400\nomit = [\"TagList\"]\n\
                 [[cluster]]\nid = \"none--1\"\nwindow_s = 86400\nearliest = 86400\n";
    let gold = "[[least]]\ntag = \"tier\"\nvalue = \"gold\"\nhours = 48\n";
    let (program, lab) = (Program::new(), Lab::with_fleet(fleet));
    for (policy, code, out, none) in [
        // Whatever the tags, or for one of them alone; to be had, and not to be had by any of the rules.
        (gold.to_owned(), 5, Some(false), None),
        (format!("{gold}[[least]]\nhours = 12\n"), 5, Some(false), None),
        (gold.replace("48", "12"), 0, None, None),
        (
            format!("{gold}[[least]]\nhours = 36\n"),
            3,
            Some(true),
            Some(true),
        ),
        (
            "required_tags = [\"owner\"]\n".to_owned(),
            3,
            Some(false),
            Some(true),
        ),
    ] {
        let path = program.file("p.toml", &policy);
        let words = ["--policy", path.to_str().unwrap(), "--output", "json"];
        let seen = by_id(&look(&program, &lab, &words).expect(code));
        for (id, decided) in [("out--1", out), ("none--1", none)] {
            let findings = seen[id]["findings"].as_array().unwrap();
            assert_eq!(
                findings.len(),
                usize::from(decided.is_some()),
                "{policy}{id}: {findings:?}"
            );
            let found = findings
                .first()
                .map(|finding| finding["decided"].as_bool().unwrap());
            assert_eq!(found, decided, "{policy}{id}: {findings:?}");
        }
        let unknown = seen["out--1"]["unknown"]["tags"].as_str();
        assert_eq!(unknown, Some("AWS left TagList out"));
        assert!(
            seen["none--1"]["unknown"].get("tags").is_none(),
            "an empty list is known"
        );
    }
}

#[test]
fn a_tag_without_a_value_names_nobody() {
    let fleet = FINE.replace("\"shop\"", "\" \"");
    let (program, lab) = (Program::new(), Lab::with_fleet(&fleet));
    let policy = program.file("p.toml", "required_tags = [\"owner\"]\n");
    let words = ["--policy", policy.to_str().unwrap(), "--output", "json"];
    let line = by_id(&look(&program, &lab, &words).expect(3))
        .remove("a--1")
        .unwrap();
    assert!(
        line["findings"][0]["message"]
            .as_str()
            .unwrap()
            .contains("got one without a value"),
        "{line}"
    );
    assert_eq!(line["owner"], serde_json::Value::Null);
    // Keys are of the letters that AWS keeps them in.
    let policy = program.file("p.toml", "required_tags = [\"Owner\"]\n");
    let (program, lab) = (Program::new(), Lab::with_fleet(FINE));
    let finished = look(&program, &lab, &["--policy", policy.to_str().unwrap()]).expect(3);
    assert!(finished.stdout.contains("no tag Owner"), "{finished:?}");
}

#[test]
fn a_fleet_without_findings_ends_well() {
    let (program, lab) = (Program::new(), Lab::with_fleet(FINE));
    let policy = program.file("p.toml", "required_tags = [\"owner\"]\n[[least]]\nhours = 24\n");
    look(&program, &lab, &["--policy", policy.to_str().unwrap()]).expect(0);
}

#[test]
fn a_faulty_policy_is_refused_with_line_and_column() {
    let (program, lab) = (Program::new(), Lab::with_fleet(FINE));
    let policy = program.file("p.toml", "coverage_hours = 24\n[[least]]\nhours = 100\n");
    let finished = look(&program, &lab, &["--policy", policy.to_str().unwrap()]).expect(2);
    assert!(
        finished.stderr.contains("p.toml:3:9: expected 1 to 72 hours"),
        "{finished:?}"
    );
    assert!(lab.calls().is_empty());
}

#[test]
fn the_policys_rate_and_hours_are_used() {
    let (program, lab) = (Program::new(), Lab::with_fleet(CASES));
    let policy = program.file(
        "p.toml",
        "usd_per_million_records_hour = 0.024\ncoverage_hours = 72\n",
    );
    let words = [
        "--policy",
        policy.to_str().unwrap(),
        "--as-of",
        AS_OF,
        "--output",
        "json",
    ];
    let finished = look(&program, &lab, &words).expect(3);
    assert_eq!(by_id(&finished)["full--1"]["cost_month_usd"], 876.0);
    let kpi = finished.of_kind("kpi").remove(0);
    assert_eq!(kpi["coverage_at_hours"]["hours"], 72);
    assert_eq!(kpi["coverage_at_hours"]["part"], 1);
}
