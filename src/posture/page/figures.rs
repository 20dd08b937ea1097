//! The figures as tiles, each with what it means, and verdicts as one bar.

use maud::{Markup, html};

use crate::domain::posture::fleet::{Kpi, Share};
use crate::posture::words::{impact, length, money, needed, percent, recovery};

/// Verdicts in the order of the bar, and their names for people.
const VERDICTS: [(&str, &str); 6] = [
    ("ok", "can be rewound"),
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
                "{} that have or could have Backtrack can be rewound. Those that cannot have it do not count.", of(kpi.coverage))))
            (tile("Right now", &percent(kpi.now), &format!(
                "{} are available, have a writer and something within reach at this moment", of(kpi.now))))
            (tile(&format!("At {} h", kpi.hours), &percent(kpi.at_hours), &format!(
                "{} have at least {} h within reach; of {} that is not known", of(kpi.at_hours), kpi.hours, kpi.reach_unknown)))
            (tile("Watched", &percent(kpi.watched), &format!(
                "{} have an alarm on the window that tells somebody", of(kpi.watched))))
            (tile("Cost of resilience", &money(kpi.cost), &format!(
                "a month for stored change records; {} clusters do not tell. At 72 h about {}, if records grow with the window",
                kpi.cost_unknown, money(kpi.cost_at_72h))))
            (tile("Time to recover", &length(kpi.recover_s), &recovery(kpi)))
            (tile("Business impact", &money(kpi.impact), &impact(kpi)))
            (tile("Window needed", &length(kpi.window_needed_s), &needed(kpi)))
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
