//! The table, the sheet and the page.

use super::fleet::{AS_OF, CASES, look};
use crate::harness::{Lab, Program};

const WORDS: [&str; 4] = ["--regions", "us-east-1,eu-north-1", "--as-of", AS_OF];

fn with(more: &[&'static str]) -> Vec<&'static str> {
    let mut words = WORDS.to_vec();
    words.extend(more);
    words
}

#[test]
fn the_table_has_the_worst_first_and_the_figures_last() {
    let (program, lab) = (Program::new(), Lab::with_fleet(CASES));
    let finished = look(&program, &lab, &with(&[])).expect(3);
    let text = &finished.stdout;
    let place = |word: &str| text.find(word).unwrap_or_else(|| panic!("{word}: {text}"));
    assert!(place("global--1") < place("off--1"), "{text}");
    assert!(place("off--1") < place("tiny--1"), "{text}");
    assert!(place("tiny--1") < place("coverage"), "{text}");
    assert!(text.contains("restore-db-cluster-from-snapshot"), "{text}");
    // Nothing is to be done about these.
    assert!(
        !text.contains("full--1") && !text.contains("postgres--1"),
        "{text}"
    );
    let all = look(&program, &lab, &with(&["-v"])).expect(3).stdout;
    assert!(all.contains("full--1") && all.contains("postgres--1"), "{all}");
}

#[test]
fn a_tag_is_never_a_formula_of_a_sheet_nor_a_part_of_a_page() {
    let fleet = "[[cluster]]\nid = \"a--1\"\ntags = { owner = \"=HYPERLINK(\\\"x\\\")\" }\n\
                 [[cluster]]\nid = \"b--1\"\ntags = { owner = \"<script>alert(1)</script>\" }\n";
    let (program, lab) = (Program::new(), Lab::with_fleet(fleet));
    let sheet = look(&program, &lab, &["--format", "csv"]).expect(3).stdout;
    assert!(sheet.contains("'=HYPERLINK"), "{sheet}");
    assert_eq!(sheet.lines().count(), 3, "{sheet}");
    assert!(sheet.starts_with("account,region,cluster,verdict"), "{sheet}");
    let page = look(&program, &lab, &["--format", "html"]).expect(3).stdout;
    assert!(page.contains("&lt;script&gt;alert(1)"), "{page}");
    assert!(!page.contains("<script>alert"), "{page}");
}

#[test]
fn more_than_fit_are_not_told_to_have_nothing_to_do() {
    let fleet: String = (0..45)
        .map(|number| format!("[[cluster]]\nid = \"team-{number:02}--1\"\n"))
        .chain(["[[cluster]]\nid = \"fine--1\"\nwindow_s = 86400\nearliest = 86400\n".to_owned()])
        .collect();
    let (program, lab) = (Program::new(), Lab::with_fleet(&fleet));
    let text = look(&program, &lab, &[]).expect(3).stdout;
    assert!(
        text.contains("(15 disabled left out); 1 cluster has nothing to do"),
        "{text}"
    );
    assert!(text.contains("44 more clusters of the same cause"), "{text}");
}

#[test]
fn each_cause_is_shown_with_its_steps_and_each_gap_in_words() {
    let (program, lab) = (Program::new(), Lab::with_fleet(CASES));
    let policy = program.file(
        "p.toml",
        "required_tags = [\"owner\"]\nrequired_alarms = [\"BacktrackWindowActual\"]\n[[least]]\nhours = 48\n",
    );
    let words = with(&["-v"]);
    let mut words: Vec<&str> = words.iter().map(AsRef::as_ref).collect();
    words.extend(["--policy", policy.to_str().unwrap()]);
    let all = look(&program, &lab, &words).expect(3).stdout;
    for word in [
        "no tag owner",
        "reach below 48 h",
        "alarm on BacktrackWindowActual not known",
        "earliest 2026-11-19T12:00:00Z, 24 h back; created 2026-01-01T00:00:00Z, 323 d ago",
    ] {
        assert!(all.contains(word), "{word}: {all}");
    }
    let text = look(&program, &lab, &with(&[])).expect(3).stdout;
    for step in [
        "remove-from-global-cluster",
        "promote-read-replica-db-cluster",
        "ParameterName=aurora_enhanced_binlog,ParameterValue=0",
        "describe-db-engine-versions",
        "copy-db-cluster-snapshot",
        "enable-key",
        "nothing is to be done",
        "create-db-cluster-snapshot",
        "create-db-instance",
        "start-db-cluster",
    ] {
        assert!(text.contains(step), "{step}: {text}");
    }
}

#[test]
fn on_paper_nothing_stays_closed() {
    let (program, lab) = (Program::new(), Lab::with_fleet(CASES));
    let page = look(&program, &lab, &with(&["--format", "html"]))
        .expect(3)
        .stdout;
    let print = page.split("@media print").nth(1).unwrap();
    assert!(
        print.contains("details::details-content{content-visibility:visible"),
        "{print}"
    );
    assert!(page.contains("beforeprint"), "{page}");
}

#[test]
fn the_page_needs_nothing_from_anywhere() {
    let (program, lab) = (Program::new(), Lab::with_fleet(CASES));
    let page = look(&program, &lab, &with(&["--format", "html"]))
        .expect(3)
        .stdout;
    assert!(page.starts_with("<!DOCTYPE html>"), "{page}");
    for reference in ["http://", "https://", "src=", "href=", "@import", "url("] {
        assert!(!page.contains(reference), "{reference}");
    }
    assert_eq!(
        page.matches("<tr>").count(),
        42,
        "a head and a row for each cluster"
    );
}

#[test]
fn an_instant_far_from_the_services_clock_is_said_and_nothing_is_cut() {
    let fleet = "[[cluster]]\nid = \"a--1\"\nwindow_s = 86400\nearliest = 86400\ncreated = 8640000\n";
    let (program, lab) = (Program::new(), Lab::with_fleet(fleet));
    let later =
        (lab.world().now + chrono::TimeDelta::days(10)).to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
    let said = "after the service's clock";
    let finished = look(&program, &lab, &["--as-of", &later, "--output", "json"]).expect(0);
    assert!(finished.stderr.contains(said), "{finished:?}");
    let reach = finished.of_kind("cluster")[0]["actual_s"].as_i64().unwrap();
    assert!(reach > 86_400, "{reach}");
    let page = look(&program, &lab, &["--as-of", &later, "--format", "html"])
        .expect(0)
        .stdout;
    let head = page.split("<table>").next().unwrap();
    assert!(
        head.contains("after the service&#39;s clock") || head.contains(said),
        "{head}"
    );
    let now = look(&program, &lab, &[]).expect(0);
    assert!(!now.stderr.contains(said), "{now:?}");
}
