//! `[copy]`.

use super::{assert_faults, parse};
use crate::domain::runbook::{Check, Step};
use crate::domain::safety_copy::{CopyKind, CopyPlan};
use crate::runbook::{DRILL, PRACTICE};

const SHOP: &str =
    "name = \"x\"\n[[pause]]\nname = \"shop\"\npause = { manual = \"a\" }\nresume = { manual = \"b\" }\n";

#[test]
fn a_copy_is_the_last_item_and_has_nothing_to_reopen() {
    let text = format!("[copy]\nkind = \"clone\"\ninstance = \"db.r6g.large\"\n{}", "");
    let runbook = parse(&format!("{SHOP}{text}"), "r.toml").unwrap();
    let [shop, copy] = runbook.pause.as_slice() else {
        panic!("two items, got {:?}", runbook.pause)
    };
    assert!(shop.reopens() && !copy.reopens());
    let plan = CopyPlan {
        kind: CopyKind::Clone,
        instance: Some("db.r6g.large".to_owned()),
    };
    assert_eq!(
        (copy.name.as_str(), &copy.pause),
        ("safety clone", &Step::Copy(plan.clone()))
    );
    assert_eq!((&copy.paused, &copy.resume), (&Some(Check::Copy), &Step::Nothing));
    assert_eq!(runbook.copy(), Some(&plan));
    let without = runbook.without_copy();
    assert_eq!((without.copy(), without.pause.len()), (None, 1));
    let snapshot = parse("name = \"x\"\n[copy]\nkind = \"snapshot\"", "r.toml").unwrap();
    assert_eq!(snapshot.pause[0].name, "safety snapshot");
}

#[test]
fn the_built_in_drill_is_the_shipped_one_with_a_clone() {
    let practice = parse(PRACTICE, "practice").unwrap();
    assert_eq!(practice.copy().map(|copy| copy.kind), Some(CopyKind::Clone));
    assert_eq!(practice.without_copy(), parse(DRILL, "drill").unwrap());
}

#[test]
fn a_journaled_copy_is_read_back_whole() {
    let runbook = parse("name = \"x\"\n[copy]\nkind = \"snapshot\"", "r.toml").unwrap();
    let written = serde_json::to_string(&runbook).unwrap();
    assert_eq!(
        serde_json::from_str::<crate::domain::runbook::Runbook>(&written).unwrap(),
        runbook
    );
}

#[test]
fn every_fault_of_a_copy_is_named_at_once() {
    assert_faults(&[
        (
            "name = \"x\"\ncopy = true",
            &["2:8: expected a table for `copy`, got the boolean true (write [copy] with kind = \"clone\")"],
        ),
        (
            "name = \"x\"\n[copy]\nsize = 3\ninstance = \"r6g.large\"",
            &[
                "2:1: expected the key `kind`, got none (kind = \"clone\")",
                "3:1: unknown key `size` (known here: kind, instance)",
                "4:12: expected the class of an instance for `instance`, got \"r6g.large\" (such as \"db.r6g.large\")",
            ],
        ),
        (
            "name = \"x\"\n[copy]\nkind = \"backup\"",
            &["3:8: expected a kind of copy for `kind`, got \"backup\" (the kinds are clone, snapshot)"],
        ),
        (
            "name = \"x\"\n[copy]\nkind = \"snapshot\"\ninstance = \"db.r6g.large\"",
            &["4:12: expected no `instance` beside kind = \"snapshot\", got one: a snapshot has none"],
        ),
        (
            &format!("{}[copy]\nkind = \"clone\"", SHOP.replace("shop", "safety clone")),
            &[
                "6:2: expected each name once, got \"safety clone\" twice ([copy] is an item of that name: call the other \
                 one something else)",
            ],
        ),
    ]);
}

#[test]
fn nothing_of_it_can_be_written_by_hand_as_a_step_or_a_check() {
    assert_faults(&[(
        "name = \"x\"\n[[pause]]\nname = \"a\"\npause = { copy = true }\nresume = { nothing = true }",
        &[
            "4:9: expected one of `command`, `manual`, `drain`, got none",
            "4:11: unknown key `copy` (known here: command, manual, drain, timeout, env)",
            "5:10: expected one of `command`, `manual`, got none",
            "5:12: unknown key `nothing` (known here: command, manual, timeout, env)",
        ],
    )]);
}
