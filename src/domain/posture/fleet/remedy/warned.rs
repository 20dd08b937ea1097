//! What warnings of a cluster that has its window ask for; some only tell.

use super::cli::{id, instance, widen};
use super::ready::ready;
use super::{Cause, Remedy, Step};
use crate::domain::posture::Warning;
use crate::domain::posture::fleet::LiveCluster;
use crate::domain::shell::word;

/// All of them, what keeps it from being rewound now before the rest. A change is told with what lets AWS take it.
pub(super) fn warned(cluster: &LiveCluster, warnings: &[Warning]) -> Option<Remedy> {
    let asked = [
        Warning::NoInstances,
        Warning::WindowBelowHour,
        Warning::ActualShorterThanTarget,
    ];
    let given = asked.into_iter().filter(|asked| warnings.contains(asked));
    let (causes, steps): (Vec<Cause>, Vec<Vec<Step>>) =
        given.filter_map(|warning| one(cluster, warning)).unzip();
    let steps = steps.concat();
    let away = away(cluster);
    let before = if away.is_some() || steps.iter().any(|step| step.command.is_some()) {
        ready(cluster)
    } else {
        Vec::new()
    };
    Some(Remedy {
        cause: away.or(causes.first().copied())?,
        steps: [before, steps].concat(),
    })
}

/// Why it cannot be rewound now, where a person can change that.
fn away(cluster: &LiveCluster) -> Option<Cause> {
    if cluster.has_status("inaccessible-encryption-credentials-recoverable") {
        Some(Cause::KeyAway)
    } else if cluster.has_status("stopped") {
        Some(Cause::Stopped)
    } else {
        None
    }
}

fn one(cluster: &LiveCluster, warning: Warning) -> Option<(Cause, Vec<Step>)> {
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
