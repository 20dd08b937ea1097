//! The figures as tiles, each with what it means, and verdicts as one bar.

use maud::{Markup, html};

use crate::domain::posture::fleet::{Kpi, Share};
use crate::posture::meanings::{cost, impact, needed, recovery, watched};
use crate::posture::words::{at_least, length, money, percent};

/// Verdicts in the order of the bar, and their names for people.
const VERDICTS: [(&str, &str); 6] = [
    ("ok", "set up for a rewind"),
    ("disabled", "without Backtrack"),
    ("blocked", "blocked"),
    ("invalid", "invalid"),
    ("unknown", "not known"),
    ("not_applicable", "that cannot have it"),
];

pub(super) fn figures(kpi: &Kpi) -> Markup {
    let of = |share: Share| format!("{} of {}", share.part, share.whole);
    html! {
        (bar(kpi))
        div.tiles {
            (tile("Coverage", &percent(kpi.coverage), &format!(
                "{} that have or could have Backtrack are set up for a rewind, whether or not they could be rewound right now. Those that cannot have it do not count.", of(kpi.coverage))))
            (tile("Right now", &percent(kpi.now), &format!(
                "{} could be rewound at this moment: set up for it, available, with a writer and something within reach", of(kpi.now))))
            (tile(&format!("At {} h", kpi.hours), &percent(kpi.at_hours), &format!(
                "{} have at least {} usable hours; of {} that is not known", of(kpi.at_hours), kpi.hours, kpi.reach_unknown)))
            (tile("Watched", &percent(kpi.watched), &watched(kpi)))
            (tile("Cost of resilience", &money(kpi.cost), &cost(kpi)))
            (tile("Time to recover", &length(kpi.recover_s), &recovery(kpi)))
            (tile("Business impact", &money(kpi.impact), &impact(kpi)))
            (tile("Window needed", &kpi.window_needed_s.map_or("not known".to_owned(), at_least), &needed(kpi)))
        }
    }
}

fn bar(kpi: &Kpi) -> Markup {
    let count = |verdict: &str| kpi.verdicts.get(verdict).copied().unwrap_or_default();
    html! {
        div.stack role="img" aria-label="Clusters by verdict" {
            @for (verdict, name) in VERDICTS {
                @if count(verdict) > 0 {
                    i class=(format!("v-{verdict}")) style=(format!("flex:{}", count(verdict))) title=(format!("{name}: {}", count(verdict))) {}
                }
            }
        }
        ul.key {
            @for (verdict, name) in VERDICTS {
                @if count(verdict) > 0 {
                    li { i class=(format!("v-{verdict}")) {} (count(verdict)) " " (name) }
                }
            }
        }
    }
}

fn tile(name: &str, value: &str, meaning: &str) -> Markup {
    html! { div.tile { span.name { (name) } b { (value) } small { (meaning) } } }
}
