//! The next best way, with the AWS CLI commands filled in: "no" is never the last word at 2 AM.

use chrono::{DateTime, Utc};

use super::{Case, safety_copy};
use crate::domain::aws_cli::AwsCli;
use crate::domain::cluster::Cluster;
use crate::domain::finding::{Finding, Severity};
use crate::domain::known::Known;
use crate::domain::run_id::RunId;
use crate::domain::runbook::Check;
use crate::domain::safety_copy::CopyKind;
use crate::domain::shell::word;
use crate::domain::target::wire;

/// Looked for by the runbook, and seen: by the check of quiet itself, or by the look at who is there.
fn connected(case: &Case<'_>) -> bool {
    let seen = match &case.inspection.database {
        Some(Known::Known(look)) => !matches!(look.sessions, Known::Known(0)),
        Some(Known::Unknown(_)) | None => true,
    };
    let quiet = |name: &str| {
        case.inspection
            .opened
            .iter()
            .any(|how| how.starts_with(&format!("`{name}`")))
    };
    let mut items = case.plan.runbook.pause.iter();
    seen && items.any(|item| matches!(item.paused, Some(Check::Quiet { .. })) && quiet(&item.name))
}

/// The ways that remain when a rewind does not.
pub(super) struct Ways<'a> {
    cluster: &'a Cluster,
    aws: AwsCli,
    target: Option<DateTime<Utc>>,
    /// The run, where it has moved the cluster already.
    moved: Option<&'a RunId>,
    /// Foreign sessions are seen, where the runbook wants none.
    connected: bool,
    /// What kind of copy was taken, where that is what blocks.
    copied: Option<CopyKind>,
}

impl<'a> Ways<'a> {
    pub(super) fn new(case: &Case<'a>, target: Option<DateTime<Utc>>) -> Self {
        Self {
            cluster: &case.inspection.cluster,
            aws: AwsCli::new(&case.plan.access, Some(&case.inspection.identity)),
            target,
            moved: case.last.map(|_| &case.plan.run),
            connected: connected(case),
            copied: case
                .inspection
                .copy_gone
                .as_ref()
                .and(case.plan.runbook.copy())
                .map(|copy| copy.kind),
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
            "enhanced_binlog" => self.enhanced_binlog(),
            "cluster_status" | "members" | "another_backtrack" => self.look(),
            "target_future" | "target" => vec![
                "type the target with its zone, for example 2026-11-20T02:14:05Z, or relative: `--to '10 minutes ago'`"
                    .to_owned(),
                format!("backtrackctl status {} shows what can be reached", word(&self.cluster.id)),
            ],
            "another_run" => vec![
                "backtrackctl history shows the runs".to_owned(),
                "backtrackctl recover RUN continues the unfinished one".to_owned(),
            ],
            "commands" => vec!["backtrackctl check RUNBOOK.toml shows what is wrong with a runbook".to_owned()],
            "person" => vec!["run it in a terminal, or give the runbook commands in place of questions".to_owned()],
            "database" => vec![
                "see the runbook's [database]: who logs in where, by what password; nothing was paused for it".to_owned(),
            ],
            "database_writer" => vec![
                "take `host` out of the runbook's [database]: AWS tells the writer endpoint by itself".to_owned(),
            ],
            "sessions" | "event_scheduler" => vec![
                "see who is there: SELECT * FROM information_schema.PROCESSLIST, and information_schema.EVENTS".to_owned(),
            ],
            "recorded" => vec![
                "give the probe an `expect` that is known without a record, such as { at_least = 1 }".to_owned(),
            ],
            "freeze_hours" => vec!["change the runbook's [[policy.freeze]] if this is the incident to do so for".to_owned()],
            "lab_name" => vec!["leave --lab out for a real cluster, or name the lab's cluster".to_owned()],
            "identity" => vec![
                "check the profile, the Region and the endpoint of this shell".to_owned(),
                self.aws.whoami(),
            ],
            "ceiling" => vec!["`--to origin` returns to the last instant that has data".to_owned()],
            "writes_after" => self.snapshot(),
            "safety_copy" => self.copy(),
            "still_paused" => self.opened(),
            _ => Vec::new(),
        };
    }

    fn look(&self) -> Vec<String> {
        vec![
            "wait until it is available, then run again".to_owned(),
            self.aws.rds(&format!(
                "describe-db-clusters --db-cluster-identifier {} --query 'DBClusters[0].Status'",
                word(&self.cluster.id)
            )),
        ]
    }

    /// What was stopped is at work again. A drain is a step of the pause: no later command ends sessions.
    fn opened(&self) -> Vec<String> {
        let again = match &self.moved {
            None => "then run again".to_owned(),
            Some(run) => format!(
                "then the same again: backtrackctl forward {run} --to TIME; the application stays as it is meanwhile"
            ),
        };
        let mut ways = vec![format!(
            "find out what started it (a deployment, a scaler, a colleague), stop that, {again}"
        )];
        if self.connected {
            ways.extend([
                "somebody is connected again: SELECT ID, USER, HOST, DB FROM information_schema.PROCESSLIST shows who"
                    .to_owned(),
                "CALL mysql.rds_kill(ID) ends such a session; a pool opens the next at once: stop what opens it first"
                    .to_owned(),
            ]);
        }
        ways
    }

    /// Without one, or with another look at what became of it.
    fn copy(&self) -> Vec<String> {
        let without = match &self.moved {
            None => "run again with".to_owned(),
            Some(run) => format!("backtrackctl forward {run} --to TIME"),
        };
        let mut ways = vec![format!(
            "{without} --no-clone --reason TEXT: the way back is then AWS's own alone"
        )];
        if let Some(kind) = self.copied {
            ways.push(self.aws.rds(safety_copy::listing(kind)));
        }
        ways
    }

    fn snapshot(&self) -> Vec<String> {
        vec![self.aws.rds(&format!(
            "create-db-cluster-snapshot --db-cluster-identifier {} --db-cluster-snapshot-identifier {}",
            word(&self.cluster.id),
            self.beside("-before-forward")
        ))]
    }

    /// Point-in-time restore beside the cluster, and one table copied over from it.
    fn restore_beside(&self) -> Vec<String> {
        let (cluster, restored) = (word(&self.cluster.id), self.beside("-restored"));
        let time = match self.target {
            Some(target) => format!("--restore-to-time {}", wire(target)),
            None => "--use-latest-restorable-time".to_owned(),
        };
        let mut ways = vec![
            "restore to that instant beside the cluster, and copy what was lost into a schema of its own (a dump drops and \
             creates its tables):".to_owned(),
            self.aws.rds(&format!(
                "restore-db-cluster-to-point-in-time --source-db-cluster-identifier {cluster} \
                 --db-cluster-identifier {restored} --restore-type full-copy {time}{}",
                self.network()
            )),
        ];
        ways.extend(self.instance("-restored"));
        ways.extend([
            "mysqldump --single-transaction -h RESTORED_ENDPOINT DATABASE TABLE | mysql -h CLUSTER_ENDPOINT RECOVERED"
                .to_owned(),
            "older than the retention: restore a snapshot the same way:".to_owned(),
            self.aws.rds(&format!("describe-db-cluster-snapshots --db-cluster-identifier {cluster}")),
        ]);
        ways
    }

    /// The window may stay unusable once enhanced binlog was on, so a restore comes first.
    fn enhanced_binlog(&self) -> Vec<String> {
        let mut ways = self.restore_beside();
        ways.push(
            "for the next time: take it out of the parameter group and reboot the writer; where the window stays unused all the \
             same, restore a snapshot with --backtrack-window:"
                .to_owned(),
        );
        ways.push(self.aws.rds(&format!(
            "modify-db-cluster-parameter-group --db-cluster-parameter-group-name {} --parameters \
             ParameterName=aurora_enhanced_binlog,ParameterValue=0,ApplyMethod=pending-reboot",
            word(self.cluster.parameter_group.as_deref().unwrap_or("GROUP"))
        )));
        ways
    }

    /// Backtrack comes only with a restored snapshot; modify and clone cannot bring it.
    fn enable(&self) -> Vec<String> {
        let mut ways = self.restore_beside();
        ways.push("for the next time: only a restored snapshot can have a backtrack window:".to_owned());
        ways.push(self.aws.rds(&format!(
            "restore-db-cluster-from-snapshot --snapshot-identifier SNAPSHOT --db-cluster-identifier {} \
             --engine aurora-mysql --backtrack-window 86400{}",
            self.beside("-new"),
            self.network()
        )));
        ways.extend(self.instance("-new"));
        ways
    }

    /// A restored cluster has no instance: nobody can connect to it before it is given one.
    fn instance(&self, ending: &str) -> [String; 3] {
        let (cluster, instance) = (self.beside(ending), self.beside(&format!("{ending}-1")));
        [
            self.aws.rds(&format!(
                "wait db-cluster-available --db-cluster-identifier {cluster}"
            )),
            self.aws.rds(&format!(
                "create-db-instance --db-instance-identifier {instance} --db-cluster-identifier {cluster} \
                 --db-instance-class db.r6g.large --engine {}",
                word(&self.cluster.engine)
            )),
            self.aws.rds(&format!(
                "wait db-instance-available --db-instance-identifier {instance}"
            )),
        ]
    }

    /// Where the cluster itself stands: left out, a copy is put into the default VPC, where nobody reaches it.
    fn network(&self) -> String {
        let subnets = self.cluster.subnet_group.iter();
        let subnets = subnets.map(|group| format!(" --db-subnet-group-name {}", word(group)));
        let mut options: String = subnets.collect();
        if !self.cluster.security_groups.is_empty() {
            options.push_str(" --vpc-security-group-ids");
        }
        for group in &self.cluster.security_groups {
            options.push(' ');
            options.push_str(&word(group));
        }
        options
    }

    /// A name beside the cluster's own.
    fn beside(&self, ending: &str) -> String {
        word(&format!("{}{ending}", self.cluster.id))
    }
}
