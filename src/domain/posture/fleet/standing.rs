//! How a cluster that exists is judged: what it says of itself, what lists say of it, and what of both could not be read.

use super::around::{Around, Parameters};
use super::live::LiveCluster;
use crate::domain::known::Known;
use crate::domain::posture::{Fact, Judgement, Setup, Verdict, judge};

/// Statuses out of which no waiting and no start leads.
const LOST: [&str; 4] = [
    "cloning-failed",
    "deleting",
    "inaccessible-encryption-credentials",
    "migration-failed",
];

/// Judges it. What AWS itself shows wins over what could not be read: where it names a window and how far back that reaches,
/// neither a global database nor enhanced binlog can be in the way unseen.
pub(super) fn judged(
    cluster: &LiveCluster,
    around: &Around,
    global: Option<&str>,
    parameters: &Known<Parameters>,
) -> Judgement {
    let proven = cluster.proven();
    let setup = Setup {
        global_member: match (global, &around.globals) {
            (Some(_), _) => Fact::Known(true),
            (None, Known::Known(_)) => Fact::Known(false),
            (None, Known::Unknown(_)) if proven => Fact::Absent,
            (None, Known::Unknown(why)) => Fact::Unknown(why.clone()),
        },
        binlog: of(parameters, |parameters| parameters.binlog),
        enhanced_binlog: of(parameters, |parameters| parameters.enhanced_binlog),
        ..cluster.setup()
    };
    let judged = judge(&setup);
    match setup.enhanced_binlog {
        Fact::Unknown(why) if judged.verdict == Verdict::Ok && !proven => Judgement {
            verdict: Verdict::Unknown,
            reason: format!("whether enhanced binlog is on is not known: {why}"),
            ..judged
        },
        Fact::Known(_) | Fact::Absent | Fact::Unknown(_) => lost(cluster, judged),
    }
}

fn of(parameters: &Known<Parameters>, value: fn(&Parameters) -> bool) -> Fact<bool> {
    match parameters {
        Known::Known(parameters) => Fact::Known(value(parameters)),
        Known::Unknown(why) => Fact::Unknown(why.clone()),
    }
}

/// A window in a cluster that is going away, or cannot be opened, is of no use to anybody.
fn lost(cluster: &LiveCluster, judged: Judgement) -> Judgement {
    let status = cluster.status.as_deref().unwrap_or_default().to_ascii_lowercase();
    if judged.verdict != Verdict::Ok || !LOST.contains(&status.as_str()) {
        return judged;
    }
    Judgement {
        verdict: Verdict::Blocked,
        reason: format!("a window is given, and it cannot be used: the cluster is {status}"),
        ..judged
    }
}
