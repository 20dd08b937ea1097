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
        // The value is one that AWS takes, and the cluster that is there one that it does not take it for.
        Verdict::Invalid
            if resource
                .judgement
                .window_s
                .is_some_and(|window| (1..=259_200).contains(&window)) =>
        {
            Some(format!(
                "AWS refuses to modify the cluster that is there, and to clone it with a window: restore a snapshot of it into \
                 a new resource with {window}, cut over, then remove the old one"
            ))
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::posture::Judgement;

    fn advice(window_s: i64) -> String {
        let judgement = Judgement {
            verdict: Verdict::Invalid,
            window_s: Some(window_s),
            warnings: Vec::new(),
            reason: String::new(),
        };
        let resource = Resource {
            file: "plan.json".to_owned(),
            address: "aws_rds_cluster.main".to_owned(),
            place: None,
            judgement,
            suppressions: Vec::new(),
        };
        remedy(&resource).unwrap()
    }

    #[test]
    fn a_good_value_for_a_cluster_that_cannot_have_it_is_not_answered_with_good_values() {
        assert!(advice(3600).contains("restore a snapshot"));
        assert!(advice(259_201).contains("whole seconds"));
    }
}
