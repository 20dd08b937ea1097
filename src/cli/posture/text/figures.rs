//! The figures, each with what it is of.

use chrono::{DateTime, SecondsFormat, Utc};

use crate::domain::posture::fleet::{Kpi, Share};
use crate::posture::{at_least, cost, counted, hours, impact, money, needed, recovery, watched};
use crate::ui::{Line, Paint};

/// All of them, under a rule.
pub(super) fn figures(kpi: &Kpi, at: DateTime<Utc>) -> Vec<Line> {
    let fact = |name: &str, value: String| Line::fact(name, Paint::Plain, &value);
    let verdicts: Vec<String> = kpi
        .verdicts
        .iter()
        .map(|(verdict, count)| format!("{count} {}", verdict.replace('_', " ")))
        .collect();
    let at = at.to_rfc3339_opts(SecondsFormat::Secs, true);
    vec![
        Line::rule(
            Paint::Strong,
            &format!("{} as of {at} ", counted(kpi.clusters, "cluster")),
        ),
        fact("verdicts", verdicts.join(", ")),
        fact(
            "coverage",
            format!(
                "{} that have or could have Backtrack are set up for a rewind",
                share(kpi.coverage)
            ),
        ),
        fact(
            "right now",
            format!(
                "{} could be rewound at this moment, which asks for more: available, a writer, something within reach",
                share(kpi.now)
            ),
        ),
        fact(
            &format!("at {} h", kpi.hours),
            format!(
                "{} have at least {} usable hours; of {} that is not known",
                share(kpi.at_hours),
                kpi.hours,
                kpi.reach_unknown
            ),
        ),
        fact(
            "watched",
            told(
                kpi.watched.percent().map(|percent| format!("{percent} %:")),
                &watched(kpi),
            ),
        ),
        fact("cost", told(kpi.cost.map(|_| money(kpi.cost)), &cost(kpi))),
        fact("recovery", told(kpi.recover_s.map(hours), &recovery(kpi))),
        fact(
            "impact",
            told(kpi.impact.map(|_| money(kpi.impact)), &impact(kpi)),
        ),
        fact("needed", told(kpi.window_needed_s.map(at_least), &needed(kpi))),
    ]
}

/// A figure and what it is of; where there is none, why.
fn told(figure: Option<String>, what: &str) -> String {
    figure.map_or_else(
        || format!("not known: {what}"),
        |figure| format!("{figure} {what}"),
    )
}

fn share(share: Share) -> String {
    match share.percent() {
        Some(percent) => format!("{percent} %: {} of {}", share.part, share.whole),
        None => "0 of 0".to_owned(),
    }
}
