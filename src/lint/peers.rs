//! What other tools call the same question: is the window above 0?

/// Whose rule, and its id.
pub const PEERS: [(&str, &str); 6] = [
    ("Security Hub", "RDS.14"),
    ("AWS Config and cfn-guard", "AURORA_MYSQL_BACKTRACKING_ENABLED"),
    ("Checkov", "CKV_AWS_326"),
    ("Control Tower", "CT.RDS.PR.6"),
    ("Prowler", "rds_cluster_backtrack_enabled"),
    ("cdk-nag", "AwsSolutions-RDS14"),
];

/// Control Tower's rule as its cfn-guard file names it.
const GUARD: &str = "aurora_cluster_backtracking_enabled_check";

/// True for another tool's rule that asks about Backtrack.
pub(super) fn concerns(rule: &str) -> bool {
    rule.eq_ignore_ascii_case(GUARD) || PEERS.iter().any(|(_, peer)| rule.eq_ignore_ascii_case(peer))
}
