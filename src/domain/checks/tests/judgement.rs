//! What the findings amount to.

use super::Bench;
use crate::domain::finding::Severity;
use crate::domain::fixture::{BEGIN, TARGET};
use crate::domain::target::Direction;

#[test]
fn a_cluster_in_order_proves_the_target_and_draws_up_the_receipt() {
    let judgement = Bench::new().judge();
    assert!(!judgement.blocks(), "{}", judgement.reason());
    let receipt = judgement.receipt.unwrap();
    assert_eq!(
        (receipt.target.instant(), receipt.target.direction()),
        (TARGET, Direction::Rewind)
    );
    assert_eq!(
        (receipt.present, receipt.span_s, receipt.minutes),
        (BEGIN, 1023, 18)
    );
    assert_eq!(receipt.phrase(), "orders 18");
}

#[test]
fn one_blocking_finding_takes_proof_and_receipt_and_the_rest_is_shown_all_the_same() {
    let mut bench = Bench::new();
    let all = bench.judge().findings.len();
    bench.inspection.cluster.engine = "postgres".to_owned();
    let judgement = bench.judge();
    assert!(judgement.blocks() && judgement.validated.is_none() && judgement.receipt.is_none());
    assert_eq!(judgement.findings.len(), all);
    assert_eq!(judgement.blocking().count(), 1);
    assert!(
        judgement
            .reason()
            .starts_with("expected aurora-mysql, got postgres"),
        "{}",
        judgement.reason()
    );
}

#[test]
fn every_blocking_finding_names_a_next_best_way() {
    let mut bench = Bench::new();
    let cluster = &mut bench.inspection.cluster;
    cluster.engine = "postgres".to_owned();
    cluster.engine_mode = "serverless".to_owned();
    cluster.window_s = 0;
    cluster.earliest = Some(BEGIN);
    cluster.status = "backtracking".to_owned();
    cluster.members.clear();
    cluster.global_cluster = Some("world".to_owned());
    cluster.read_replicas = vec!["far".to_owned()];
    cluster.id = "lab--orders".to_owned();
    bench.inspection.surroundings.missing = vec!["stop".to_owned()];
    bench.inspection.surroundings.other_runs = vec!["other".to_owned()];
    for finding in bench.judge().findings {
        assert_eq!(
            finding.severity == Severity::Block,
            !finding.instead.is_empty(),
            "{finding:?}"
        );
    }
}
