//! What to do about a finding: only what AWS really accepts.

use super::judgement::Cause;
use super::resource::{Language, Resource};
use crate::domain::posture::Verdict;

/// What to do; none where nothing is to be done.
pub fn remedy(resource: &Resource) -> Option<String> {
    let window = resource.language.window();
    match resource.judgement.verdict {
        Verdict::Ok | Verdict::NotApplicable => None,
        Verdict::Disabled => Some(enable(resource, window)),
        Verdict::Invalid => Some(correct(resource, window)),
        Verdict::Blocked => Some(unblock(resource, window)),
        Verdict::Unknown => undecided(resource).map(str::to_owned),
    }
}

/// Of a cluster that could have it and has not.
fn enable(resource: &Resource, window: &str) -> String {
    let judgement = &resource.judgement;
    let ended = judgement.causes.iter().find_map(|cause| {
        if let Cause::Ended(had) = cause {
            Some(had)
        } else {
            None
        }
    });
    if let Some(had) = ended {
        let kept = had.map_or_else(|| "as it is".to_owned(), |had| format!("at {had}"));
        return format!(
            "do not apply it: keep {window} {kept}. Once it is applied, AWS gives this cluster no window again"
        );
    }
    let first = if judgement.is_of(Cause::EnhancedBinlog) {
        "turn enhanced binlog off first (aurora_enhanced_binlog = 0 in its parameter group); then, "
    } else if judgement.is_of(Cause::EngineVersion) {
        "choose a later engine version first; then, "
    } else {
        ""
    };
    let give = if judgement.is_of(Cause::Default) {
        format!(
            "change the default that gives {window} (1 to 259200 seconds), or the value that is given for it"
        )
    } else {
        format!("give {window} (1 to 259200 seconds) in what creates it")
    };
    // AWS's own advice names a clone; that was tried, and is refused.
    format!(
        "{first}for a cluster that does not exist yet, {give}. For one that exists, AWS refuses to modify it and to clone it \
         with a window: restore a snapshot of it into a new resource with {window}, cut over, then remove the old one"
    )
}

/// Of a value that AWS refuses.
fn correct(resource: &Resource, window: &str) -> String {
    // The value is one that AWS takes, and the cluster that is there one that it does not take it for.
    if resource.judgement.is_of(Cause::Begun) {
        return format!(
            "AWS refuses to modify the cluster that is there, and to clone it with a window: restore a snapshot of it into \
             a new resource with {window}, cut over, then remove the old one"
        );
    }
    let seconds = "whole seconds: 3600 is 1 h, 86400 is 24 h, 259200 is the greatest";
    if resource.judgement.is_of(Cause::Default) {
        format!("change the default that gives {window}, in {seconds}")
    } else {
        format!("give {window} in {seconds}")
    }
}

/// Of a window that cannot be used.
fn unblock(resource: &Resource, window: &str) -> String {
    let otherwise: Vec<String> = resource
        .judgement
        .causes
        .iter()
        .filter_map(|cause| way(*cause, window))
        .collect();
    match otherwise.as_slice() {
        [] => format!(
            "take {window} away, or what excludes it; a cluster without it goes back by restoring a snapshot, or to a point in \
             time, beside itself"
        ),
        [only] => format!("take {window} away, or {only}"),
        [..] => format!("take {window} away, or all of this: {}", otherwise.join("; ")),
    }
}

/// What takes an obstacle out of the way.
fn way(cause: Cause, window: &str) -> Option<String> {
    let way = match cause {
        Cause::Engine => {
            "choose Aurora MySQL; a cluster of another engine goes back by restoring a snapshot, or to a point in time, \
             beside itself"
        }
        Cause::EngineMode => {
            "make it a provisioned cluster, as those of Serverless v2 are: restore a snapshot of one that exists"
        }
        Cause::EngineVersion => {
            "choose a later engine version: those of Aurora MySQL 3 up to 3.02.0 are refused"
        }
        Cause::Global => "leave it out of the global database",
        Cause::Replication => {
            "end the replication, on both ends: what is copied would part from its source by a rewind"
        }
        Cause::EnhancedBinlog => {
            "turn enhanced binlog off (aurora_enhanced_binlog = 0 in its parameter group)"
        }
        Cause::Region => "make the cluster in a Region that has Backtrack",
        Cause::Source => {
            return Some(format!(
                "restore a snapshot of its source into a new resource with {window} in the place of the clone"
            ));
        }
        Cause::Default
        | Cause::Begun
        | Cause::Ended(_)
        | Cause::RegionNotTold
        | Cause::Parameter
        | Cause::Macro => return None,
    };
    Some(way.to_owned())
}

/// What would decide it. Nested templates are told where they are found.
fn undecided(resource: &Resource) -> Option<&'static str> {
    let judgement = &resource.judgement;
    match resource.language {
        Language::Module => Some("lint the plan: `terraform show -json PLAN`"),
        Language::Plan => Some(
            "what only an apply decides is in the state behind it: lint the output of `terraform show -json`",
        ),
        Language::CloudFormation if judgement.is_of(Cause::RegionNotTold) => {
            Some("say which Region is meant with --region")
        }
        Language::CloudFormation if judgement.is_of(Cause::Parameter) => {
            Some("give the parameter a default, or AllowedValues that all decide alike")
        }
        Language::CloudFormation if judgement.is_of(Cause::Macro) => Some(
            "`aws cloudformation get-template` gives what was deployed, macros run (stage Processed): lint that",
        ),
        Language::CloudFormation | Language::State => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lint::judgement::Judgement;

    fn resource(language: Language, verdict: Verdict, causes: &[Cause]) -> Resource {
        Resource {
            file: "plan.json".to_owned(),
            address: "module.x".to_owned(),
            language,
            place: None,
            judgement: Judgement {
                causes: causes.to_vec(),
                ..Judgement::bare(verdict, "")
            },
            suppressions: Vec::new(),
        }
    }

    fn advice(language: Language, verdict: Verdict, causes: &[Cause]) -> String {
        remedy(&resource(language, verdict, causes)).unwrap()
    }

    #[test]
    fn a_good_value_for_a_cluster_that_cannot_have_it_is_not_answered_with_good_values() {
        let of = |causes: &[Cause]| advice(Language::Plan, Verdict::Invalid, causes);
        assert!(of(&[Cause::Begun]).contains("restore a snapshot"));
        assert!(of(&[]).contains("whole seconds"));
    }

    #[test]
    fn the_advice_is_in_the_words_of_the_language_whatever_the_address_says() {
        assert!(advice(Language::Module, Verdict::Unknown, &[]).contains("lint the plan"));
        assert!(!advice(Language::Plan, Verdict::Unknown, &[]).contains("lint the plan"));
        for (language, word) in [
            (Language::CloudFormation, "BacktrackWindow"),
            (Language::Module, "backtrack_window"),
            (Language::State, "backtrack_window"),
        ] {
            assert!(advice(language, Verdict::Disabled, &[]).contains(word));
        }
    }

    #[test]
    fn each_obstacle_has_its_own_way_out() {
        let obstacles = [
            Cause::Engine,
            Cause::EngineMode,
            Cause::EngineVersion,
            Cause::Global,
            Cause::Replication,
            Cause::EnhancedBinlog,
            Cause::Region,
            Cause::Source,
        ];
        let mut seen: Vec<String> = obstacles
            .iter()
            .map(|cause| advice(Language::Module, Verdict::Blocked, &[*cause]))
            .collect();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), obstacles.len());
        let both = advice(
            Language::Module,
            Verdict::Blocked,
            &[Cause::Global, Cause::EnhancedBinlog],
        );
        assert!(both.contains("global database") && both.contains("aurora_enhanced_binlog"));
    }

    #[test]
    fn an_end_that_is_planned_is_not_answered_with_a_snapshot() {
        let advice = advice(Language::Plan, Verdict::Disabled, &[Cause::Ended(Some(3600))]);
        assert!(
            advice.contains("do not apply it") && advice.contains("3600"),
            "{advice}"
        );
        assert!(!advice.contains("snapshot"));
    }
}
