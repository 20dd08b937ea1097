//! What is to be seen of a cluster beside its verdict, in words.

use super::judgement::Remark;
use super::resource::{Language, Resource};
use crate::domain::posture::Warning;

const HOUR_S: i64 = 3600;
const GREATEST_S: i64 = 259_200;

/// A sentence for each warning that somebody should act on although the verdict is good, and for each remark.
pub fn notes(resource: &Resource) -> Vec<String> {
    let judgement = &resource.judgement;
    let warnings = judgement.warnings.iter();
    let warnings = warnings.filter_map(|warning| note(resource, *warning));
    warnings
        .chain(judgement.remarks.iter().map(|remark| remarked(*remark)))
        .collect()
}

fn remarked(remark: Remark) -> String {
    match remark {
        Remark::RetiredEngine => {
            "AWS creates no cluster of engine `aurora` (MySQL 5.6) any more: write `aurora-mysql`".to_owned()
        }
        Remark::Aliased(line) => format!(
            "CloudFormation takes no alias or merge key of YAML (line {line}): it is judged as `aws cloudformation package` and \
             SAM write it out"
        ),
    }
}

fn note(resource: &Resource, warning: Warning) -> Option<String> {
    match warning {
        Warning::ReplacesCluster => Some(replaced(resource)),
        Warning::WindowBelowHour => resource
            .judgement
            .window_s
            .map(|seconds| short(resource.language.window(), seconds)),
        Warning::BinlogEnabled
        | Warning::ActualShorterThanTarget
        | Warning::ActualTiny
        | Warning::WindowStillFilling
        | Warning::NotAvailableNow
        | Warning::NoInstances
        | Warning::CloneDependsOnSource
        | Warning::EarliestUnknown
        | Warning::NoWriter
        | Warning::UpgradedWithinWindow
        | Warning::Parameterised
        | Warning::Conditional
        | Warning::IrreversibleDisable
        | Warning::IgnoreChanges
        | Warning::Suppressed => None,
    }
}

fn replaced(resource: &Resource) -> String {
    let keep = match resource.language {
        Language::State => format!("`terraform untaint '{}'` keeps it", resource.address),
        Language::Plan | Language::Module | Language::CloudFormation => {
            "the plan says what forces the replacement".to_owned()
        }
    };
    format!(
        "the cluster is destroyed and another made: what it holds goes with it, unless something restores it, and the new one \
         can be rewound to no instant before it was made; {keep}"
    )
}

/// Consoles speak of hours and CloudWatch of minutes; templates and AWS's API of seconds.
fn short(window: &str, seconds: i64) -> String {
    let meant = if seconds * HOUR_S <= GREATEST_S {
        (seconds, "h", seconds * HOUR_S)
    } else {
        (seconds, "min", seconds * 60)
    };
    let (number, unit, meant) = meant;
    format!(
        "{window} is in seconds, and {seconds} s are over before an incident is seen; did you mean {number} {unit} = {meant}?"
    )
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn a_number_that_looks_like_hours_or_minutes_is_taken_at_its_word() {
        assert!(
            short("BacktrackWindow", 72)
                .ends_with("72 s are over before an incident is seen; did you mean 72 h = 259200?")
        );
        assert!(short("BacktrackWindow", 73).ends_with("73 min = 4380?"));
        assert!(short("BacktrackWindow", 3599).ends_with("3599 min = 215940?"));
    }
}
