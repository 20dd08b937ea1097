//! The score card of a scenario: what the lab and the journal say, not what the operator thinks.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::engine::Pace;
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
use crate::ui::{Line, Paint};

/// How a scenario was played.
#[derive(Debug, Serialize)]
pub struct Score {
    /// Always `score`.
    pub kind: &'static str,
    /// Name of the scenario.
    pub scenario: &'static str,
    /// What played the database: `memory`, `mariadb`.
    pub engine: &'static str,
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
    /// What played the database.
    pub engine: &'static str,
    /// How much time it had.
    pub pace: Pace,
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
        let before = match played.hurt.rows {
            Some(rows) => rows,
            None => field.rows_at(played.hurt.at - just).await?.orders,
        };
        let lost = before;
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
        let since_then = played.hurt.at - played.pace.bearable;
        let bearable = before.saturating_sub(field.rows_at(since_then).await?.orders);
        if before.saturating_sub(back) > bearable {
            missed.push(format!(
                "gave up {} good rows, more than {} s of orders ({bearable})",
                before.saturating_sub(back),
                played.pace.bearable.num_seconds()
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
            engine: played.engine,
            run: played.run.plan().run.to_string(),
            passed: missed.is_empty(),
            missed,
            decide_s: first(played.events.iter(), is_confirmation).map(since),
            recover_s: first(played.events.iter().rev(), |event| {
                let done = Outcome::Completed;
                matches!(event, Event::Ended { outcome } if *outcome == done)
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

    /// The card for people. `again` are the options that find this journal.
    pub fn lines(&self, again: &str) -> Vec<Line> {
        let time = |seconds: Option<i64>| {
            seconds.map_or("never".to_owned(), |seconds| {
                span(chrono::TimeDelta::seconds(seconds))
            })
        };
        let (paint, end) = if self.passed {
            (Paint::Good, "PASSED")
        } else {
            (Paint::Bad, "MISSED")
        };
        let fact = |label: &str, text: String| Line::fact(label, Paint::Plain, &text);
        let mut lines = vec![
            Line::blank(),
            Line::at(0).paint(paint, &format!("Score card: {}   {end}", self.scenario)),
            fact("to decide", time(self.decide_s)),
            fact("to recover", time(self.recover_s)),
            fact(
                "rows",
                format!(
                    "{} hurt, {} back, {} good ones given up",
                    self.rows_lost, self.rows_recovered, self.rows_sacrificed
                ),
            ),
            fact(
                "hops",
                format!("{}; requests that AWS accepted: {}", self.hops, self.accepted),
            ),
        ];
        let listed = |label: &str, items: &[String]| -> Vec<Line> {
            let labels = std::iter::once(label).chain(std::iter::repeat(""));
            let rows = items.iter().zip(labels);
            rows.map(|(item, label)| Line::fact(label, Paint::Plain, item))
                .collect()
        };
        if self.mistakes.is_empty() {
            lines.push(fact("mistakes", "none".to_owned()));
        } else {
            lines.extend(listed("mistakes", &self.mistakes));
        }
        lines.extend(listed("missed", &self.missed));
        let head = self.head.get(..16).unwrap_or("");
        lines.extend([
            fact(
                "journal",
                format!("{} records, chain whole, head {head}", self.records),
            ),
            Line::at(2).text("The lab is gone. The report of what you did:"),
            Line::paste(
                4,
                Paint::Plain,
                &format!("backtrackctl report {}{again}", self.run),
            ),
        ]);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::mode::Mode;
    use crate::ui::{Device, Follow, Style, lay};

    #[test]
    fn no_row_of_the_card_is_wider_than_the_terminal() {
        let score = Score {
            kind: "score",
            scenario: "delete-without-where",
            engine: "memory",
            run: "20261120-023108-3f9a1c".to_owned(),
            passed: false,
            missed: vec![
                "gave up 1234567 good rows, more than a minute of orders (123456)".to_owned(),
                "the shop is not open on data that agrees with its receipts".to_owned(),
            ],
            decide_s: Some(95),
            recover_s: None,
            rows_lost: 12_345_678,
            rows_recovered: 12_345_678,
            rows_sacrificed: 12_345_678,
            hops: 1,
            accepted: 1,
            mistakes: vec!["rewound to a point where the data was still wrong".to_owned()],
            records: 27,
            head: "0123456789abcdef0123".to_owned(),
        };
        let style = Style {
            width: 80,
            follow: Follow::Nothing,
            colour: false,
            marks: true,
            device: Device::Screen,
            mode: Mode::Live,
            verbose: false,
        };
        let rows = lay(&score.lines(""), "", Mode::Live, &style).join("\n");
        insta::assert_snapshot!(rows, @r#"
        Score card: delete-without-where   MISSED
          to decide   1 min 35 s
          to recover  never
          rows        12345678 hurt, 12345678 back, 12345678 good ones given up
          hops        1; requests that AWS accepted: 1
          mistakes    rewound to a point where the data was still wrong
          missed      gave up 1234567 good rows, more than a minute of orders (123456)
                      the shop is not open on data that agrees with its receipts
          journal     27 records, chain whole, head 0123456789abcdef
          The lab is gone. The report of what you did:
            backtrackctl report 20261120-023108-3f9a1c
        "#);
        assert!(rows.lines().all(|row| row.chars().count() <= 80));
    }
}
