//! What to do about a finding: only what AWS really accepts.

use super::resource::Resource;
use crate::domain::posture::Verdict;

/// What to do; none where nothing is to be done.
pub fn remedy(resource: &Resource) -> Option<String> {
    let terraform = resource.address.contains("aws_rds_cluster");
    let window = if terraform {
        "backtrack_window"
    } else {
        "BacktrackWindow"
    };
    match resource.judgement.verdict {
        Verdict::Ok | Verdict::NotApplicable => None,
        // AWS's own advice names a clone; that was tried, and is refused.
        Verdict::Disabled => Some(format!(
            "for a cluster that does not exist yet, give {window} (1 to 259200 seconds) in what creates it. For one that exists, \
             AWS refuses to modify it and to clone it with a window: restore a snapshot of it into a new resource with \
             {window}, cut over, then remove the old one"
        )),
        Verdict::Invalid => Some(format!(
            "give {window} in whole seconds: 3600 is 1 h, 86400 is 24 h, 259200 is the greatest"
        )),
        Verdict::Blocked => Some(format!(
            "take {window} away, or what excludes it; a cluster of another kind goes back by restoring a snapshot, or to a \
             point in time, beside itself"
        )),
        Verdict::Unknown if terraform => Some("lint the plan: `terraform show -json PLAN`".to_owned()),
        Verdict::Unknown => undecided(&resource.judgement.reason).map(str::to_owned),
    }
}

/// What would decide it, by what the reason names. Nested templates are told where they are found.
fn undecided(reason: &str) -> Option<&'static str> {
    if reason.contains("AWS::Region") {
        Some("say which Region is meant with --region")
    } else if reason.contains("parameter `") {
        Some("give the parameter a default, or AllowedValues that all decide alike")
    } else if reason.contains("macro `") {
        Some(
            "`aws cloudformation get-template` gives what was deployed, macros run (stage Processed): lint that",
        )
    } else {
        None
    }
}
