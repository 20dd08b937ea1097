//! The score card of a scenario: what the lab and the journal say, not what the operator thinks.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::field::{Field, Hurt};
use super::scenario::Scenario;
use crate::cli::failure::Failure;
use crate::domain::effect::Effect;
use crate::domain::event::Event;
use crate::domain::outcome::Outcome;
use crate::domain::question::Answer;
use crate::domain::run::Run;
use crate::domain::target::floor_second;
use crate::domain::time_text::span;
use crate::journal::Verification;

/// How a scenario was played.
#[derive(Debug, Serialize)]
pub struct Score {
    /// Always `score`.
    pub kind: &'static str,
    /// Name of the scenario.
    pub scenario: &'static str,
    /// The run, for `report` and `journal verify`.
    pub run: String,
    /// True when it came to its good end.
    pub passed: bool,
    /// What kept it from that.
    pub missed: Vec<String>,
    /// Seconds from the statement to the first confirmation.
    pub decide_s: Option<i64>,
    /// Seconds from the statement to the open application.
    pub recover_s: Option<i64>,
    /// Rows that the statement took or changed.
    pub rows_lost: u64,
    /// Rows that are back.
    pub rows_recovered: u64,
    /// Good rows that did not come back: taken between the target and the statement.
    pub rows_sacrificed: u64,
    /// Backtracks that settled.
    pub hops: usize,
    /// Requests that AWS acted on.
    pub accepted: usize,
    /// What a clean recovery would not have needed.
    pub mistakes: Vec<String>,
    /// Records in the journal.
    pub records: u64,
    /// The head of its chain.
    pub head: String,
}

/// What the card is reckoned from.
pub struct Played<'a> {
    /// The scenario.
    pub scenario: &'static Scenario,
    /// What hurt it.
    pub hurt: &'a Hurt,
    /// The run as it ended.
    pub run: &'a Run,
    /// How.
    pub outcome: Outcome,
    /// Its journal's events.
    pub events: &'a [(DateTime<Utc>, Event)],
    /// The chain of its journal.
    pub verified: &'a Verification,
}

impl Score {
    /// Reckons it, asking the lab for the truth.
    pub async fn reckon(played: &Played<'_>, field: &Field) -> Result<Self, Failure> {
        let just = chrono::TimeDelta::milliseconds(1);
        let before = field.rows_at(played.hurt.at - just).await?.orders;
        let lost = if played.scenario.hurt == "bad_update" {
            before
        } else {
            before.saturating_sub(field.rows_at(played.hurt.at + just).await?.orders)
        };
        let verified = first(played.events.iter().rev(), |event| {
            matches!(event, Event::Verified(_))
        });
        let back = match verified {
            Some(at) => field.rows_at(at).await?.orders,
            None => 0,
        };
        let since = |at: DateTime<Utc>| (at - played.hurt.at).num_seconds();
        let accepted = field.accepted().await?;
        let hops = played.run.hops().len();
        let mut missed = Vec::new();
        if played.outcome != Outcome::Completed {
            missed.push(format!(
                "expected the outcome completed, got {}",
                played.outcome.as_str()
            ));
        }
        if !field.shop_is_well().await? {
            missed.push("the shop is not open on data that agrees with its receipts".to_owned());
        }
        let minute = chrono::TimeDelta::seconds(60);
        let bearable = before.saturating_sub(field.rows_at(played.hurt.at - minute).await?.orders);
        if before.saturating_sub(back) > bearable {
            missed.push(format!(
                "gave up {} good rows, more than a minute of orders ({bearable})",
                before.saturating_sub(back)
            ));
        }
        if accepted != hops {
            missed.push(format!(
                "expected one accepted request for each hop, got {accepted} for {hops}"
            ));
        }
        Ok(Self {
            kind: "score",
            scenario: played.scenario.name,
            run: played.run.plan().run.to_string(),
            passed: missed.is_empty(),
            missed,
            decide_s: first(played.events.iter(), is_confirmation).map(since),
            recover_s: first(played.events.iter().rev(), |event| {
                matches!(event, Event::Ended { .. })
            })
            .map(since),
            rows_lost: lost,
            rows_recovered: back.min(lost),
            rows_sacrificed: before.saturating_sub(back),
            hops,
            accepted,
            mistakes: mistakes(played),
            records: played.verified.records,
            head: played.verified.head.to_string(),
        })
    }

    /// The card as lines for people. `again` are the options that find this journal.
    pub fn lines(&self, again: &str) -> Vec<String> {
        let time = |seconds: Option<i64>| {
            seconds.map_or("never".to_owned(), |seconds| {
                span(chrono::TimeDelta::seconds(seconds))
            })
        };
        let mut lines = vec![
            format!(
                "Score card: {}   {}",
                self.scenario,
                if self.passed { "PASSED" } else { "MISSED" }
            ),
            format!("  to decide     {}", time(self.decide_s)),
            format!("  to recover    {}", time(self.recover_s)),
            format!(
                "  rows          {} hurt, {} back, {} good ones given up",
                self.rows_lost, self.rows_recovered, self.rows_sacrificed
            ),
            format!(
                "  hops          {} ({} requests accepted)",
                self.hops, self.accepted
            ),
        ];
        let listed = |label: &str, items: &[String]| -> Vec<String> {
            let none = vec!["none".to_owned()];
            let items = if items.is_empty() { &none } else { items };
            let labels = std::iter::once(label).chain(std::iter::repeat(""));
            items
                .iter()
                .zip(labels)
                .map(|(item, label)| format!("  {label:<13} {item}"))
                .collect()
        };
        lines.extend(listed("mistakes", &self.mistakes));
        if !self.missed.is_empty() {
            lines.extend(listed("missed", &self.missed));
        }
        lines.push(format!(
            "  journal       {} records, chain whole, head {}",
            self.records,
            self.head.get(..16).unwrap_or("")
        ));
        lines.push(format!("                backtrackctl report {}{again}", self.run));
        lines
    }
}

fn is_confirmation(event: &Event) -> bool {
    matches!(
        event,
        Event::Answered {
            answer: Answer::Confirmed { .. },
            ..
        }
    )
}

fn first<'a>(
    mut events: impl Iterator<Item = &'a (DateTime<Utc>, Event)>,
    wanted: impl Fn(&Event) -> bool,
) -> Option<DateTime<Utc>> {
    events.find(|(_, event)| wanted(event)).map(|(at, _)| *at)
}

/// What a clean recovery would not have needed.
fn mistakes(played: &Played<'_>) -> Vec<String> {
    let mut mistakes: Vec<String> = played
        .events
        .iter()
        .filter_map(|(_, event)| mistake(event, floor_second(played.hurt.at)))
        .collect();
    let extra = played.run.hops().len().saturating_sub(played.scenario.hops);
    if extra > 0 {
        mistakes.push(format!("{extra} outages more than needed"));
    }
    mistakes
}

fn mistake(event: &Event, statement: DateTime<Utc>) -> Option<String> {
    if let Event::Verified(verification) = event {
        let wrong = !verification.passed();
        return wrong.then(|| "rewound to a point where the data was still wrong".to_owned());
    }
    if let Event::Intended(Effect::Send(intent)) = event {
        return (intent.to > statement).then(|| "aimed after the statement".to_owned());
    }
    None
}
