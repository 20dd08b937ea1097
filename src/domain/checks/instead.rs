//! The next best way, with the AWS CLI commands filled in: "no" is never the last word at 2 AM.

use chrono::{DateTime, Utc};

use super::Case;
use crate::domain::finding::{Finding, Severity};
use crate::domain::target::wire;

/// The ways that remain when a rewind does not.
pub(super) struct Ways<'a> {
    cluster: &'a str,
    region: &'a str,
    target: Option<DateTime<Utc>>,
}

impl<'a> Ways<'a> {
    pub(super) fn new(case: &Case<'a>, target: Option<DateTime<Utc>>) -> Self {
        Self {
            cluster: &case.inspection.cluster.id,
            region: &case.inspection.identity.region,
            target,
        }
    }

    /// Gives a blocking finding its next best way.
    pub(super) fn add_to(&self, finding: &mut Finding) {
        if finding.severity != Severity::Block {
            return;
        }
        finding.instead = match finding.rule.as_str() {
            "backtrack_enabled" => self.enable(),
            "window" | "cluster_created" | "engine" | "engine_mode" | "global_database" | "cross_region"
            | "blue_green" | "upgraded" | "binlog" | "greatest_discard" => self.restore_beside(),
            "cluster_status" | "members" | "another_backtrack" => self.look(),
            "target_future" | "target" => vec![
                "type the target with its zone, for example 2026-11-20T02:14:05Z, or relative: `--to '10 minutes ago'`"
                    .to_owned(),
                format!("backtrackctl status {} shows what can be reached", self.cluster),
            ],
            "another_run" => vec![
                "backtrackctl history shows the runs".to_owned(),
                "backtrackctl recover RUN continues the unfinished one".to_owned(),
            ],
            "commands" => vec!["backtrackctl check RUNBOOK.toml shows what is wrong with a runbook".to_owned()],
            "person" => vec!["run it in a terminal, or give the runbook commands in place of questions".to_owned()],
            "freeze_hours" => vec!["change the runbook's [[policy.freeze]] if this is the incident to do so for".to_owned()],
            "lab_name" => vec!["leave --lab out for a real cluster, or name the lab's cluster".to_owned()],
            "identity" => vec![
                "check the profile, the Region and the endpoint of this shell".to_owned(),
                "aws sts get-caller-identity".to_owned(),
            ],
            "ceiling" => vec!["`--to origin` returns to the last instant that has data".to_owned()],
            "writes_after" => self.snapshot(),
            "still_paused" => vec![
                "find out what started it (a deployment, a scaler, a colleague), stop that, then run again".to_owned(),
            ],
            _ => Vec::new(),
        };
    }

    fn look(&self) -> Vec<String> {
        vec![
            "wait until it is available, then run again".to_owned(),
            format!(
                "aws rds describe-db-clusters --db-cluster-identifier {} --region {} --query 'DBClusters[0].Status'",
                self.cluster, self.region
            ),
        ]
    }

    fn snapshot(&self) -> Vec<String> {
        vec![format!(
            "aws rds create-db-cluster-snapshot --db-cluster-identifier {} --db-cluster-snapshot-identifier \
             {}-before-forward --region {}",
            self.cluster, self.cluster, self.region
        )]
    }

    /// Point-in-time restore beside the cluster, and one table copied over from it.
    fn restore_beside(&self) -> Vec<String> {
        let (cluster, region) = (self.cluster, self.region);
        let time = match self.target {
            Some(target) => format!("--restore-to-time {}", wire(target)),
            None => "--use-latest-restorable-time".to_owned(),
        };
        vec![
            "restore to that instant beside the cluster, and copy what was lost into a schema of its own (a dump drops and \
             creates its tables):".to_owned(),
            format!(
                "aws rds restore-db-cluster-to-point-in-time --source-db-cluster-identifier {cluster} \
                 --db-cluster-identifier {cluster}-restored --restore-type full-copy {time} --region {region}"
            ),
            format!(
                "aws rds create-db-instance --db-instance-identifier {cluster}-restored-1 --db-cluster-identifier \
                 {cluster}-restored --db-instance-class db.r6g.large --engine aurora-mysql --region {region}"
            ),
            "mysqldump --single-transaction -h RESTORED_ENDPOINT DATABASE TABLE | mysql -h CLUSTER_ENDPOINT RECOVERED"
                .to_owned(),
            "older than the retention: restore a snapshot the same way:".to_owned(),
            format!("aws rds describe-db-cluster-snapshots --db-cluster-identifier {cluster} --region {region}"),
        ]
    }

    /// Backtrack comes only with a restored snapshot; modify and clone cannot bring it.
    fn enable(&self) -> Vec<String> {
        let (cluster, region) = (self.cluster, self.region);
        let mut ways = self.restore_beside();
        ways.push("for the next time: only a restored snapshot can have a backtrack window:".to_owned());
        ways.push(format!(
            "aws rds restore-db-cluster-from-snapshot --snapshot-identifier SNAPSHOT --db-cluster-identifier {cluster}-new \
             --engine aurora-mysql --backtrack-window 86400 --region {region}"
        ));
        ways
    }
}
