//! One cluster, judged.

use chrono::{DateTime, TimeDelta, Utc};

use super::alarms::Alarms;
use super::around::{Around, Neighbours};
use super::cost::Money;
use super::live::LiveCluster;
use super::past::{Past, Whose};
use super::policy::Policy;
use super::reach::Reach;
use super::remedy::{self, Blocks, Remedy};
use super::rules::{self, PolicyFinding};
use super::standing;
use crate::domain::known::Known;
use crate::domain::posture::{Judgement, Verdict, Warning};

/// An upgrade is told of when it ended; within the hour AWS keeps change records again.
const BEGINS_ANEW: TimeDelta = TimeDelta::hours(1);

/// Why its instances are not known.
const NO_MEMBERS: &str = "AWS left DBClusterMembers out, or which of them is the writer";

/// Everything that is said of one cluster.
#[derive(Clone, Debug)]
pub struct Row {
    /// What was read.
    pub cluster: LiveCluster,
    /// The answer.
    pub verdict: Verdict,
    /// What is to be known beside it, in order and once each.
    pub warnings: Vec<Warning>,
    /// Why, as a sentence without its full stop.
    pub reason: String,
    /// The window, asked for and real.
    pub reach: Reach,
    /// Whether a rewind could be asked for at this moment; none where that is not known.
    pub rewindable_now: Option<bool>,
    /// Why not, or why that is not known.
    pub why_not: Option<String>,
    /// Binlog is on: a rewind needs `Force`.
    pub needs_force: Known<bool>,
    /// The global database that it belongs to.
    pub global: Option<String>,
    /// The last upgrade in place, where it takes something away from the window.
    pub upgraded: Known<Option<DateTime<Utc>>>,
    /// What watches its window.
    pub alarms: Known<Alarms>,
    /// Whose it is.
    pub owner: Option<String>,
    /// The last backtrack that AWS lists; none where it was not asked for.
    pub last_backtrack: Option<Known<Option<DateTime<Utc>>>>,
    /// What its change records cost in a month.
    pub cost: Option<Money>,
    /// The same at 72 h, as a linear estimate.
    pub cost_at_72h: Option<Money>,
    /// What to do.
    pub remedy: Option<Remedy>,
    /// What the policy finds.
    pub findings: Vec<PolicyFinding>,
    /// Facts that could not be read, by name, and why.
    pub unknown: Vec<(&'static str, String)>,
}

impl Row {
    /// Takes over what journals tell of its last backtrack, where AWS was not asked.
    pub fn remember(&mut self, past: &Past) {
        if self.last_backtrack.is_none() {
            let cluster = &self.cluster;
            let whose = Whose::new(cluster.account(), &cluster.region, &cluster.id);
            let last = past.last_of(&whose);
            self.last_backtrack = match (last, past.hole()) {
                (Some(at), _) => Some(Known::Known(Some(at))),
                (None, None) => None,
                (None, Some(why)) => {
                    self.unknown.push(("last_backtrack", why.clone()));
                    Some(Known::Unknown(why))
                }
            };
        }
    }
}

/// Judges a cluster as of `now`.
pub fn row(
    cluster: &LiveCluster,
    around: &Around,
    neighbours: &Neighbours<'_>,
    policy: &Policy,
    now: DateTime<Utc>,
) -> Row {
    let parameters = around.parameters(cluster);
    let global = around.global_of(cluster);
    let listed = policy.lists(&cluster.region);
    let judged = standing::judged(cluster, &global, &parameters, listed);
    let mysql = cluster.is_aurora_mysql();
    let upgraded = upgrade(cluster, around, now);
    let reach = Reach::of(cluster, &upgraded, now);
    let warnings = warnings(cluster, &judged, &reach, &upgraded, neighbours);
    let (rewindable_now, why_not) = rewindable(cluster, &judged, &reach);
    let blocks = Blocks {
        global: global.value().and_then(Option::as_deref),
        enhanced_binlog: parameters
            .value()
            .is_some_and(|parameters| parameters.enhanced_binlog),
        listed,
    };
    let cost = cluster
        .change_records
        .filter(|_| reach.target_s.is_some_and(|seconds| seconds > 0))
        .map(|records| Money::month_of(records, policy.rate));
    let remedy = remedy::of(cluster, judged.verdict, &warnings, &blocks);
    let alarms = match &around.alarms {
        Known::Known(alarms) if cluster.has_writer().is_none() && Alarms::hinge(cluster, alarms) => {
            Known::Unknown(format!("one may be the writer's: {NO_MEMBERS}"))
        }
        Known::Known(alarms) => Known::Known(Alarms::of(cluster, alarms)),
        Known::Unknown(why) => Known::Unknown(why.clone()),
    };
    let needs_force = match parameters {
        Known::Known(parameters) => Known::Known(parameters.binlog),
        Known::Unknown(why) => Known::Unknown(why),
    };
    let mut row = Row {
        verdict: judged.verdict,
        warnings,
        reason: judged.reason,
        rewindable_now,
        why_not,
        needs_force,
        global: global.value().cloned().flatten(),
        upgraded,
        alarms,
        owner: cluster
            .tags
            .as_ref()
            .and_then(|tags| policy.owner(tags))
            .map(str::to_owned),
        last_backtrack: around.backtracks.get(&cluster.id).cloned(),
        cost_at_72h: cost.and_then(|cost| cost.widened(reach.actual_s?)),
        cost,
        reach,
        remedy,
        findings: Vec::new(),
        unknown: Vec::new(),
        cluster: cluster.clone(),
    };
    if mysql {
        row.unknown = unknown(&row, &global);
    }
    row.findings = rules::findings(&row, policy, now);
    row
}

/// The last upgrade that takes something away from the window: one within reach, before which nothing can be reached, or one
/// shortly before the earliest time, with which AWS began to keep anew.
fn upgrade(cluster: &LiveCluster, around: &Around, now: DateTime<Utc>) -> Known<Option<DateTime<Utc>>> {
    let upgrades = match &around.upgrades {
        Known::Unknown(why) => return Known::Unknown(why.clone()),
        Known::Known(upgrades) => upgrades,
    };
    let counts = |at: &DateTime<Utc>| {
        let (Some(earliest), Some(window_s)) = (cluster.earliest, cluster.window_s) else {
            return false;
        };
        let asked = window_s > 0 && (now - *at).num_seconds() < window_s;
        *at <= now && (*at > earliest || asked && *at > earliest - BEGINS_ANEW)
    };
    let at = upgrades.get(&cluster.id.to_ascii_lowercase()).copied();
    Known::Known(at.filter(counts))
}

fn warnings(
    cluster: &LiveCluster,
    judged: &Judgement,
    reach: &Reach,
    upgraded: &Known<Option<DateTime<Utc>>>,
    neighbours: &Neighbours<'_>,
) -> Vec<Warning> {
    let mut warnings = judged.warnings.clone();
    if judged.verdict == Verdict::Ok {
        warnings.extend(reach.warnings.iter().copied());
    }
    if matches!(judged.verdict, Verdict::Ok | Verdict::Blocked) {
        if !cluster.has_status("available") {
            warnings.push(Warning::NotAvailableNow);
        }
        if cluster.has_no_instance() {
            warnings.push(Warning::NoInstances);
        } else if cluster.has_writer() == Some(false) {
            warnings.push(Warning::NoWriter);
        }
    }
    if judged.verdict == Verdict::Ok && matches!(upgraded, Known::Known(Some(_))) {
        warnings.push(Warning::UpgradedWithinWindow);
    }
    let capable = matches!(judged.verdict, Verdict::Ok | Verdict::Disabled | Verdict::Blocked);
    if capable && cluster.clone_group.is_some() && !neighbours.is_source(cluster) {
        warnings.push(Warning::CloneDependsOnSource);
    }
    warnings.sort_unstable();
    warnings.dedup();
    warnings
}

/// Statuses of instances are no part of a list: what is said here is of the cluster.
fn rewindable(cluster: &LiveCluster, judged: &Judgement, reach: &Reach) -> (Option<bool>, Option<String>) {
    let no = |why: &str| (Some(false), Some(why.to_owned()));
    match judged.verdict {
        Verdict::Ok => {}
        Verdict::Unknown => return (None, Some(judged.reason.clone())),
        Verdict::Disabled | Verdict::Invalid | Verdict::Blocked | Verdict::NotApplicable => {
            return (Some(false), Some(judged.reason.clone()));
        }
    }
    match cluster.status.as_deref() {
        None => return (None, Some("AWS names no status".to_owned())),
        Some(status) if !cluster.has_status("available") => {
            return no(&format!("expected the status available, got {status}"));
        }
        Some(_) => {}
    }
    if cluster.has_no_instance() {
        return no("it has no instance");
    }
    match (cluster.has_writer(), reach.back_s()) {
        (Some(false), _) => no("it has no writer"),
        (_, Some(0)) => no("nothing is within reach yet"),
        (None, _) => (
            None,
            Some(format!("whether it has a writer is not known: {NO_MEMBERS}")),
        ),
        (Some(true), None) => (None, Some("AWS names no earliest time".to_owned())),
        (Some(true), Some(_)) => (Some(true), None),
    }
}

fn unknown(row: &Row, global: &Known<Option<String>>) -> Vec<(&'static str, String)> {
    let mut unknown = Vec::new();
    let mut note = |name, why: Option<&String>| unknown.extend(why.map(|why| (name, why.clone())));
    note("binlog", why(&row.needs_force));
    note("global", why(global));
    note("upgrades", why(&row.upgraded));
    note("alarms", why(&row.alarms));
    note("last_backtrack", row.last_backtrack.as_ref().and_then(why));
    let members = row.cluster.has_writer().is_none().then(|| NO_MEMBERS.to_owned());
    note("members", members.as_ref());
    let tags = row.cluster.tags.is_none().then(|| rules::NO_TAGS.to_owned());
    note("tags", tags.as_ref());
    unknown
}

fn why<T>(known: &Known<T>) -> Option<&String> {
    match known {
        Known::Unknown(why) => Some(why),
        Known::Known(_) => None,
    }
}
