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

#[test]
fn the_next_best_way_is_whole_and_goes_where_the_run_went() {
    let mut bench = Bench::new();
    bench.inspection.cluster.window_s = 0;
    bench.plan.access.profile = Some("on call".to_owned());
    bench.plan.access.endpoint_url = Some("https://vpce-1.amazonaws.com".to_owned());
    bench.inspection.cluster.security_groups = vec!["sg-1".to_owned(), "$(id)".to_owned()];
    let ways = bench.finding("backtrack_enabled").instead;
    let commands: Vec<&String> = ways.iter().filter(|way| way.starts_with("aws ")).collect();
    for command in &commands {
        assert!(
            command.ends_with(
                " --profile 'on call' --region eu-west-1 --endpoint-url https://vpce-1.amazonaws.com"
            ),
            "{command}"
        );
    }
    let verbs: Vec<&str> = commands.iter().filter_map(|way| way.split(' ').nth(2)).collect();
    assert_eq!(
        verbs,
        [
            "restore-db-cluster-to-point-in-time",
            "wait",
            "create-db-instance",
            "wait",
            "describe-db-cluster-snapshots",
            "restore-db-cluster-from-snapshot",
            "wait",
            "create-db-instance",
            "wait",
        ]
    );
    for restore in [&commands[0], &commands[5]] {
        let network = "--db-subnet-group-name private --vpc-security-group-ids sg-1 '$(id)' ";
        assert!(restore.contains(network), "{restore}");
    }
}
