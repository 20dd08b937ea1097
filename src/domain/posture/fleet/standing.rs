//! How a cluster that exists is judged: what it says of itself, what lists say of it, and what of both could not be read.

use super::around::Parameters;
use super::live::LiveCluster;
use crate::domain::known::Known;
use crate::domain::posture::{Fact, Judgement, Setup, Verdict, judge};

/// Statuses out of which no waiting and no start leads.
const LOST: [&str; 3] = [
    "cloning-failed",
    "inaccessible-encryption-credentials",
    "migration-failed",
];

/// Judges it. What AWS itself shows wins over what could not be read: where it names a window and how far back that reaches,
/// neither a global database nor enhanced binlog can be in the way unseen.
pub(super) fn judged(
    cluster: &LiveCluster,
    global: &Known<Option<String>>,
    parameters: &Known<Parameters>,
    listed: bool,
) -> Judgement {
    let proven = cluster.proven();
    let setup = Setup {
        global_member: match global {
            Known::Known(global) => Fact::Known(global.is_some()),
            Known::Unknown(_) if proven => Fact::Absent,
            Known::Unknown(why) => Fact::Unknown(why.clone()),
        },
        binlog: of(parameters, |parameters| parameters.binlog),
        enhanced_binlog: of(parameters, |parameters| parameters.enhanced_binlog),
        // What the list does not decide is judged without it.
        region: Some(cluster.region.clone()).filter(|_| listed),
        ..cluster.setup()
    };
    let judged = judge(&setup);
    if cluster.has_status("deleting") {
        return going(cluster, judged);
    }
    match setup.enhanced_binlog {
        Fact::Unknown(why) if judged.verdict == Verdict::Ok && !proven => Judgement {
            verdict: Verdict::Unknown,
            reason: format!("whether enhanced binlog is on is not known: {why}"),
            ..judged
        },
        Fact::Known(_) | Fact::Absent | Fact::Unknown(_) => lost(cluster, judged),
    }
}

/// A cluster that is being deleted is as good as gone: whatever else it is, it has nothing to do with a rewind any more.
fn going(cluster: &LiveCluster, judged: Judgement) -> Judgement {
    if matches!(judged.verdict, Verdict::Blocked | Verdict::NotApplicable) {
        return judged;
    }
    let window = cluster.window_s.is_some_and(|seconds| seconds > 0);
    let (verdict, before) = if window {
        (Verdict::Blocked, "a window is given, and it cannot be used: ")
    } else {
        (Verdict::NotApplicable, "")
    };
    Judgement {
        verdict,
        reason: format!("{before}the cluster is being deleted"),
        ..judged
    }
}

fn of(parameters: &Known<Parameters>, value: fn(&Parameters) -> bool) -> Fact<bool> {
    match parameters {
        Known::Known(parameters) => Fact::Known(value(parameters)),
        Known::Unknown(why) => Fact::Unknown(why.clone()),
    }
}

/// A window in a cluster that never came to be, or cannot be opened, is of no use to anybody.
fn lost(cluster: &LiveCluster, judged: Judgement) -> Judgement {
    let status = LOST.into_iter().find(|status| cluster.has_status(status));
    let Some(status) = status.filter(|_| judged.verdict == Verdict::Ok) else {
        return judged;
    };
    Judgement {
        verdict: Verdict::Blocked,
        reason: format!("a window is given, and it cannot be used: the cluster is {status}"),
        ..judged
    }
}
