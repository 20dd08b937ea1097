//! The figures as tiles, each with what it means, and verdicts as one bar.

use maud::{Markup, html};

use crate::domain::posture::fleet::{Kpi, Money, Share};
use crate::posture::words::hours;

/// Verdicts in the order of the bar, and their names for people.
const VERDICTS: [(&str, &str); 6] = [
    ("ok", "can be rewound"),
    ("disabled", "has no Backtrack"),
    ("blocked", "cannot use its window"),
    ("invalid", "invalid window"),
    ("unknown", "not known"),
    ("not_applicable", "cannot have Backtrack"),
];

pub(super) fn figures(kpi: &Kpi) -> Markup {
    html! {
        (bar(kpi))
        div.tiles {
            (tile("Coverage", &share(kpi.coverage), &format!(
                "{} that could be rewound. Those that cannot have Backtrack do not count.", of(kpi.coverage))))
            (tile("Right now", &share(kpi.now), "available, with a writer, and something within reach at this moment"))
            (tile(&format!("At {} h", kpi.hours), &share(kpi.at_hours), &format!(
                "have at least {} h within reach; of {} that is not known", kpi.hours, kpi.reach_unknown)))
            (tile("Watched", &share(kpi.watched), "have an alarm on the window that tells somebody"))
            (tile("Cost of resilience", &money(kpi.cost), &format!(
                "a month for stored change records; {} clusters do not tell. At 72 h about {}, if records grow with the window",
                kpi.cost_unknown, money(kpi.cost_at_72h))))
            (tile("Time to recover", &seconds(kpi.recover_s), &format!(
                "median without the application over {} recorded incidents; in {} drills {}",
                kpi.incidents, kpi.drills, seconds(kpi.drill_recover_s))))
            (tile("Business impact", &money(kpi.impact), &impact(kpi)))
            (tile("Window needed", &seconds(kpi.window_needed_s), &needed(kpi)))
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

fn impact(kpi: &Kpi) -> String {
    let left_out = match kpi.impact_unknown {
        0 => String::new(),
        some => format!("; {some} of them are not in the sum: their length is not known"),
    };
    format!(
        "of {} recorded incidents, at the policy's cost of a minute without the application{left_out}",
        kpi.incidents
    )
}

fn needed(kpi: &Kpi) -> String {
    match kpi.below_needed {
        Some(below) => {
            format!("would have reached the target of every recorded incident; {below} clusters reach less")
        }
        None => "no recorded incident tells how late damage is seen".to_owned(),
    }
}

fn share(share: Share) -> String {
    share
        .percent()
        .map_or("none to cover".to_owned(), |percent| format!("{percent} %"))
}

fn of(share: Share) -> String {
    format!("{} of {}", share.part, share.whole)
}

fn money(amount: Option<Money>) -> String {
    amount.map_or("not known".to_owned(), |amount| format!("${}", amount.text()))
}

fn seconds(seconds: Option<i64>) -> String {
    seconds.map_or("not known".to_owned(), hours)
}
