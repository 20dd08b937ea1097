//! The rule on what CloudWatch says of the window. It warns at most: the window itself is read from the service.

use super::Case;
use crate::domain::finding::Finding;
use crate::domain::known::Known;
use crate::domain::window_metrics::WindowMetrics;

const RULE: &str = "window_metrics";

/// None where an older journal did not ask.
pub(super) fn finding(case: &Case<'_>) -> Option<Finding> {
    match case.inspection.window_metrics.as_ref()? {
        Known::Unknown(why) => Some(Finding::warn(
            RULE,
            format!("whether the window holds is not known from CloudWatch: {why}"),
        )),
        Known::Known(metrics) => Some(of(metrics)),
    }
}

fn of(metrics: &WindowMetrics) -> Finding {
    let mut said = Vec::new();
    said.extend(metrics.rate());
    said.extend(metrics.stored.map(|records| format!("{records} stored")));
    let more = said
        .iter()
        .fold(String::new(), |text, part| format!("{text}; {part}"));
    let by = metrics
        .alert_values
        .map_or(String::new(), |values| format!(" by {values} values"));
    match metrics.alerts {
        Some(0) => Finding::pass(RULE, format!("the window held in the past hour{by}{more}")),
        Some(alerts) => Finding::warn(
            RULE,
            format!(
                "the window fell short of its target {alerts} times in the past hour{by}: decide soon{more}"
            ),
        ),
        None => Finding::warn(
            RULE,
            format!("CloudWatch has no value of BacktrackWindowAlert for the past hour{more}"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::finding::Severity;

    #[test]
    fn a_window_that_fell_short_warns_and_never_blocks() {
        let of = |alerts| {
            of(&WindowMetrics {
                created: Some(1200),
                created_at: "2026-11-20T02:25:00Z".parse().ok(),
                stored: Some(50_000_000),
                alerts,
                alert_values: Some(12),
            })
        };
        assert_eq!(of(Some(0)).severity, Severity::Pass);
        assert_eq!(
            of(Some(0)).message,
            "the window held in the past hour by 12 values; 1200 change records in the 5 min from 2026-11-20T02:25:00Z; \
             50000000 stored"
        );
        assert_eq!(of(Some(3)).severity, Severity::Warn);
        assert_eq!(of(None).severity, Severity::Warn);
    }
}
