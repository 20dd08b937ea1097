//! Runbooks without faults, and those that the documents and the program ship.

use chrono::{NaiveTime, Weekday};
use proptest::prelude::*;

use super::super::{DRILL, REWIND, digest, parse};
use crate::domain::runbook::{Check, Command, EnvValue, Policy, Runbook, Step};

const DOCUMENT: &str = include_str!("../../../docs/runbooks.md");

fn documented() -> (&'static str, Runbook) {
    let example = DOCUMENT
        .split("```toml\n")
        .nth(1)
        .unwrap()
        .split("```")
        .next()
        .unwrap();
    (example, parse(example, "docs/runbooks.md").unwrap())
}

fn command(words: &[&str]) -> Command {
    Command {
        argv: words.iter().map(|word| (*word).to_owned()).collect(),
        timeout_s: Command::TIMEOUT_S,
        env: std::collections::BTreeMap::default(),
    }
}

#[test]
fn the_documented_example_is_read_as_it_is_explained() {
    let (_, runbook) = documented();
    assert_eq!(runbook.name, "orders");
    assert_eq!(runbook.policy.greatest_discard_s, Some(6 * 3600));
    let freeze = &runbook.policy.freeze[0];
    assert_eq!(
        (freeze.days.as_slice(), freeze.reason.as_str()),
        (&[Weekday::Fri][..], "payroll")
    );
    assert_eq!(freeze.from, NaiveTime::from_hms_opt(8, 0, 0).unwrap());
    let shop = &runbook.pause[0];
    let pause = shop.pause.command().unwrap();
    assert_eq!(pause.argv[0], "kubectl");
    assert_eq!(pause.env["TOKEN"], EnvValue::Reference("SHOP_TOKEN".to_owned()));
    let open = Check::Http {
        url: "https://shop.example.com/health".to_owned(),
        status: 200,
        contains: Some("ok".to_owned()),
        timeout_s: 5,
    };
    assert_eq!(shop.resumed, Some(open));
    assert!(
        matches!(&runbook.pause[1].pause, Step::Manual { instruction } if instruction.contains("export"))
    );
    assert_eq!(runbook.probes.len(), 2);
    assert!(runbook.wording.done.is_some());
}

#[test]
fn the_document_names_every_key_of_the_example_and_every_variable() {
    let (example, _) = documented();
    for line in example.lines() {
        let Some((key, _)) = line.split_once(" = ") else {
            continue;
        };
        assert!(DOCUMENT.contains(&format!("`{key}`")), "{key} is not explained");
    }
    for variable in crate::domain::runbook::Variable::ALL {
        assert!(
            DOCUMENT.contains(&format!("| `{}` |", variable.name())),
            "{variable:?} is not explained"
        );
    }
}

#[test]
fn a_name_alone_is_a_runbook_with_the_default_policy() {
    let runbook = parse("name = \"x\"", "r.toml").unwrap();
    assert_eq!(runbook.policy, Policy::default());
    assert_eq!(parse("name = \"x\"\n[policy]\n", "r.toml").unwrap(), runbook);
}

#[test]
fn the_shipped_rewind_is_done_by_hand_with_a_margin_of_two_minutes() {
    let runbook = parse(REWIND, "runbooks/rewind.toml").unwrap();
    assert_eq!(runbook.policy, Policy::default());
    assert_eq!(runbook.commands().count(), 0);
    assert!(
        runbook
            .probes
            .iter()
            .all(|probe| matches!(probe.check, Check::Question { .. }))
    );
    assert!(
        runbook
            .pause
            .iter()
            .all(|item| item.paused.is_some() && item.resumed.is_some())
    );
}

#[test]
fn the_shipped_drill_works_on_any_lab_from_the_start() {
    let runbook = parse(DRILL, "runbooks/drill.toml").unwrap();
    let policy = Policy {
        margin_s: 0,
        settling_s: 5,
        patience_s: 60,
        ..Policy::default()
    };
    assert_eq!(runbook.policy, policy);
    let shop = |word| command(&["$BACKTRACKCTL_BIN", "lab", "shop", word]);
    let [item] = runbook.pause.as_slice() else {
        panic!("one item, got {:?}", runbook.pause)
    };
    assert_eq!(item.pause, Step::Command(shop("pause")));
    assert_eq!(item.paused, Some(Check::Command(shop("is-paused"))));
    assert_eq!(item.resume, Step::Command(shop("resume")));
    assert_eq!(item.resumed, Some(Check::Command(shop("is-open"))));
    assert_eq!(runbook.probes[0].check, Check::Command(shop("check")));
}

#[test]
fn a_whole_day_is_frozen_from_midnight_to_midnight() {
    let text = "name = \"x\"\n[[policy.freeze]]\ndays = [\"sun\", \"mon\"]\nfrom = \"00:00\"\nto = \"24:00\"\n\
                zone = \"UTC\"\nreason = \"r\"";
    let runbook = parse(text, "r.toml").unwrap();
    assert!(runbook.policy.freeze[0].covers("2026-11-23T23:59:59Z".parse().unwrap()));
    assert!(!runbook.policy.freeze[0].covers("2026-11-24T00:00:00Z".parse().unwrap()));
}

#[test]
fn a_file_from_another_system_is_read_the_same() {
    let text = "\u{feff}name = \"x\"\r\n[policy]\r\nmargin = \"1m\"\r\n";
    assert_eq!(parse(text, "r.toml").unwrap().policy.margin_s, 60);
}

#[test]
fn a_digest_is_that_of_the_bytes() {
    assert_eq!(
        digest("abc"),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}

/// Read, or refused with faults that lie in the text, in its order, and that can be shown.
fn read_or_refused(text: &str) -> Result<(), TestCaseError> {
    let Err(faults) = parse(text, "r.toml") else {
        return Ok(());
    };
    prop_assert!(!faults.faults().is_empty());
    prop_assert!(
        faults
            .faults()
            .is_sorted_by_key(|fault| (fault.line, fault.column))
    );
    for fault in faults.faults() {
        prop_assert!(
            fault.line <= text.split('\n').count() && fault.column >= 1,
            "{:?}",
            fault
        );
        prop_assert!(text.get(fault.span.clone()).is_some(), "{:?}", fault);
    }
    let rings = |letter: char| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t');
    prop_assert!(!faults.render(false, 80).contains(rings));
    Ok(())
}

/// Lines of runbooks, right and wrong: in any order they reach every table.
fn lines() -> impl Strategy<Value = String> {
    let lines = prop::sample::select(vec![
        "name = \"a\"",
        "name = 3",
        "[policy]",
        "margin = \"2m\"",
        "margin = \"99999999999h\"",
        "[[policy.freeze]]",
        "days = [\"fri\", 1]",
        "from = \"24:00\"",
        "to = \"24:00\"",
        "zone = \"UTC\"",
        "[[pause]]",
        "[pause.pause]",
        "[pause.resume]",
        "[pause.paused]",
        "command = [\"a\", \"$BACKTRACKCTL_\"]",
        "command = []",
        "manual = \"\"",
        "env = { A = \"$\", \"=\" = 1 }",
        "timeout = \"1h60m\"",
        "[[probe]]",
        "http = \"http://[\"",
        "http = \"$BACKTRACKCTL_LAB/x\"",
        "status = 1_0",
        "contains = \"\"",
        "question = \"\"\"é\n\"\"\"",
        "[wording]",
        "pause = {}",
        "pause = [1]",
        "probe = 1979-05-27",
        "x = = 1",
        "[",
        "\u{1b}",
    ]);
    prop::collection::vec(lines, 0..16).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "(name|pause|env|[\\[\\]{}='\",.\n$é0-9]|\\PC){0,60}") {
        read_or_refused(&text)?;
    }

    #[test]
    fn lines_in_any_order_are_read_or_refused(text in lines()) {
        read_or_refused(&text)?;
    }

    #[test]
    fn a_damaged_runbook_is_read_or_refused(at in 0_usize..3000, with in "\\PC{0,3}") {
        let mut text = documented().0.to_owned();
        let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.insert_str(at, &with);
        read_or_refused(&text)?;
    }
}
