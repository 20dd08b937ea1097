//! What warnings of a cluster that has its window ask for; some only tell.

use super::cli::{id, instance, on, widen};
use super::ends::key_back;
use super::{Cause, Remedy, Step};
use crate::domain::posture::Warning;
use crate::domain::posture::fleet::LiveCluster;
use crate::domain::shell::word;

/// All of them, what keeps it from being rewound now before the rest.
pub(super) fn warned(cluster: &LiveCluster, warnings: &[Warning]) -> Option<Remedy> {
    let asked = [
        Warning::NotAvailableNow,
        Warning::NoInstances,
        Warning::WindowBelowHour,
        Warning::ActualShorterThanTarget,
    ];
    let given = asked.into_iter().filter(|asked| warnings.contains(asked));
    let found = given.filter_map(|warning| one(cluster, warning));
    let (causes, steps): (Vec<Cause>, Vec<Vec<Step>>) = found.unzip();
    Some(Remedy {
        cause: causes.first().copied()?,
        steps: steps.concat(),
    })
}

fn one(cluster: &LiveCluster, warning: Warning) -> Option<(Cause, Vec<Step>)> {
    let start = || Step::run("start it", on(cluster, "rds start-db-cluster"));
    if warning == Warning::NotAvailableNow
        && cluster.has_status("inaccessible-encryption-credentials-recoverable")
    {
        let back = key_back(
            cluster,
            "bring its KMS key back within seven days of its loss: after that the cluster is lost",
        );
        return Some((Cause::KeyAway, vec![back, start()]));
    }
    if warning == Warning::NotAvailableNow && cluster.has_status("stopped") {
        return Some((Cause::Stopped, vec![start()]));
    }
    if warning == Warning::NoInstances {
        let add = instance(cluster, id(cluster), &word(&cluster.region));
        return Some((Cause::NoInstances, vec![Step::run("give it an instance", add)]));
    }
    if warning == Warning::WindowBelowHour {
        let day = widen(cluster, 86_400);
        return Some((Cause::BelowHour, vec![Step::run("ask for more", day)]));
    }
    (warning == Warning::ActualShorterThanTarget).then(|| {
        let words = "write less, or ask for less: AWS keeps what its change records have room for";
        (Cause::Short, vec![Step::say(words)])
    })
}
