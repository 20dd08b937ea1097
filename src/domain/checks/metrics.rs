//! The rule on what CloudWatch says of the window. It warns at most: the window itself is read from the service.

use super::Case;
use crate::domain::finding::Finding;
use crate::domain::known::Known;
use crate::domain::posture::fleet::Money;
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
    said.extend(
        metrics
            .created
            .map(|records| format!("{records} change records in 5 min")),
    );
    said.extend(metrics.stored.map(|records| {
        let month = Money::month_of(records, Money::US_RATE).text();
        format!("{records} stored, about ${month} a month at the US rate")
    }));
    let more = said
        .iter()
        .fold(String::new(), |text, part| format!("{text}; {part}"));
    match metrics.alerts {
        Some(0) => Finding::pass(RULE, format!("the window held in the past hour{more}")),
        Some(alerts) => Finding::warn(
            RULE,
            format!("the window fell short of its target {alerts} times in the past hour: decide soon{more}"),
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
                stored: Some(50_000_000),
                alerts,
            })
        };
        assert_eq!(of(Some(0)).severity, Severity::Pass);
        assert!(of(Some(0)).message.contains("about $438.00 a month"));
        assert_eq!(of(Some(3)).severity, Severity::Warn);
        assert_eq!(of(None).severity, Severity::Warn);
    }
}
