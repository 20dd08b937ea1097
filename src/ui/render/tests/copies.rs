//! Safety copies: taken and never paused, and listed at the end with the way to take them away.

use super::super::*;
use crate::domain::effect::Way;
use crate::domain::notice::{Doer, OutcomeNotice, Proof, StepResult};
use crate::domain::outcome::Outcome;
use crate::domain::safety_copy::LeftBehind;
use crate::ui::testing::{notice, outcome, screen, stream};

const ID: &str = "shop-prod-before-20261120-023108-00ab12-1";

fn end(exists: bool, why: Option<&str>) -> Vec<String> {
    let left = LeftBehind {
        what: "safety clone",
        id: ID.to_owned(),
        exists,
        last_seen: None,
        instance: None,
        why: why.map(str::to_owned),
        cost: "snapshot storage",
        remove: vec![
            format!("aws rds modify-db-cluster --db-cluster-identifier {ID} --no-deletion-protection"),
            format!("aws rds delete-db-cluster --db-cluster-identifier {ID}"),
        ],
    };
    let end = OutcomeNotice {
        left_behind: vec![left],
        ..outcome(Outcome::Completed)
    };
    render(&notice(NoticeKind::Outcome(end)), &stream())
}

#[test]
fn the_end_lists_what_is_left_behind_and_how_it_goes() {
    let rows = end(true, None);
    let at = |part: &str| {
        let found = rows.iter().position(|row| row.contains(part));
        found.unwrap_or_else(|| panic!("no {part:?} in {rows:#?}"))
    };
    let listed = at(&format!("the safety clone {ID}"));
    assert_eq!(at("costs"), listed + 1);
    assert!(rows[listed + 1].contains("snapshot storage, while it stays"));
    assert!(at("aws rds modify-db-cluster") < at("aws rds delete-db-cluster"));
    assert!(!rows.iter().any(|row| row.contains("MAY EXIST")));
}

#[test]
fn what_may_exist_is_listed_as_such_with_what_happened() {
    let rows = end(false, Some("cloning-failed")).join("\n");
    assert!(
        rows.contains(&format!("MAY EXIST: the safety clone {ID} (cloning-failed)")),
        "{rows}"
    );
}

#[test]
fn a_copy_is_taken_and_not_paused() {
    let step = |result| {
        let kind = NoticeKind::Step {
            item: "safety clone".to_owned(),
            way: Way::Pause,
            how: "RestoreDBClusterToPointInTime".to_owned(),
            by: Doer::Aws,
            result,
        };
        render(&notice(kind), &screen(80)).join("\n")
    };
    let seen = |well| {
        Some(StepResult {
            well,
            proof: Proof::Seen,
            how: "available".to_owned(),
        })
    };
    for (rows, words) in [
        (step(None), "taking safety clone"),
        (step(seen(true)), "safety clone is taken: available"),
        (
            step(seen(false)),
            "safety clone is NOT known to be taken: available",
        ),
    ] {
        assert!(rows.contains(words) && !rows.contains("paus"), "{rows}");
    }
}
