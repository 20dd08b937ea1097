//! The score of a drill on a real cluster: how long each part took, from the journal alone.

use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::cli::estimate;
use crate::cli::logbook::Trail;
use crate::domain::canary::{Canary, PROBE};
use crate::domain::effect::{Effect, Way};
use crate::domain::event::Event;
use crate::domain::outcome::Outcome;
use crate::domain::run::Run;
use crate::domain::time_text::span;
use crate::ui::{Line, Paint};

/// What a drill on a real cluster came to.
#[derive(Debug, Serialize)]
pub struct Times {
    /// Always `score`.
    kind: &'static str,
    /// Always `canary`: the one scenario of a real cluster.
    scenario: &'static str,
    /// The cluster.
    cluster: String,
    /// The run, for `report` and `journal verify`.
    run: String,
    /// True when it came to its good end.
    passed: bool,
    /// The run's outcome; the exit code is its.
    outcome: Outcome,
    /// What the canary's probe saw after the rewind; none: it was not asked.
    canary: Option<String>,
    /// The canary's schema.
    schema: String,
    /// Whether that schema is gone again.
    removed: bool,
    /// Seconds from the first pause to the last look at what was resumed; none where it did not come so far.
    paused_s: Option<i64>,
    /// Seconds that the safety copy took.
    copy_s: Option<i64>,
    /// Seconds from the request to the cluster being back. Later estimates rest on these.
    rewind_s: Option<i64>,
    /// Seconds from there to the last probe.
    verify_s: Option<i64>,
}

impl Times {
    /// Reckons it from the events of the run.
    pub fn reckon(run: &Run, outcome: Outcome, events: &Trail, canary: &Canary, removed: bool) -> Self {
        let plan = run.plan();
        let paused = first(events.iter(), |event| {
            matches!(event, Event::Intended(Effect::Step { way: Way::Pause, .. }))
        });
        let resumed = first(events.iter().rev(), |event| {
            matches!(
                event,
                Event::StepDone { way: Way::Resume, .. } | Event::Checked { way: Way::Resume, .. }
            )
        });
        let resumed = resumed.filter(|_| run.still_paused().is_empty());
        let back = first(events.iter().rev(), |event| {
            matches!(event, Event::Glanced { .. })
        });
        let verified = first(events.iter().rev(), |event| matches!(event, Event::Verified(_)));
        Self {
            kind: "score",
            scenario: "canary",
            cluster: plan.cluster.clone(),
            run: plan.run.to_string(),
            passed: outcome == Outcome::Completed,
            outcome,
            canary: seen(events),
            schema: canary.schema().to_owned(),
            removed,
            paused_s: between(paused, resumed),
            copy_s: estimate::copies(&plan.runbook, events)
                .last()
                .map(|(_, seconds)| *seconds),
            rewind_s: estimate::durations(events).last().copied(),
            verify_s: between(back, verified),
        }
    }

    /// The card for people. `again` are the options that find this journal.
    pub fn lines(&self, again: &str) -> Vec<Line> {
        let (paint, end) = if self.passed {
            (Paint::Good, "PASSED")
        } else {
            (Paint::Bad, "MISSED")
        };
        let fact = |label: &str, text: &str| Line::fact(label, Paint::Plain, text);
        let time = |seconds: Option<i64>| {
            seconds.map_or("not known".to_owned(), |seconds| {
                span(TimeDelta::seconds(seconds))
            })
        };
        let mut lines = vec![
            Line::blank(),
            Line::at(0).paint(paint, &format!("Drill on {}   {end}", self.cluster)),
            fact("outcome", self.outcome.as_str()),
            fact("canary", self.canary.as_deref().unwrap_or("not looked for")),
            fact("paused", &time(self.paused_s)),
        ];
        lines.extend(self.copy_s.map(|_| fact("copy", &time(self.copy_s))));
        lines.extend([
            fact("rewind", &time(self.rewind_s)),
            fact("verified", &time(self.verify_s)),
            Line::at(2)
                .text("Estimates of later runs on this cluster rest on what is known here. The report:"),
            Line::paste(
                4,
                Paint::Plain,
                &format!("backtrackctl report {}{again}", self.run),
            ),
        ]);
        lines
    }
}

/// What the canary's probe saw last.
fn seen(events: &Trail) -> Option<String> {
    let verification = events.iter().rev().find_map(|(_, event)| {
        if let Event::Verified(verification) = event {
            Some(verification)
        } else {
            None
        }
    })?;
    let result = verification.results.iter().find(|result| result.name == PROBE)?;
    Some(result.message.clone())
}

fn first<'a>(
    mut events: impl Iterator<Item = &'a (DateTime<Utc>, Event)>,
    wanted: impl Fn(&Event) -> bool,
) -> Option<DateTime<Utc>> {
    events.find(|(_, event)| wanted(event)).map(|(at, _)| *at)
}

fn between(from: Option<DateTime<Utc>>, to: Option<DateTime<Utc>>) -> Option<i64> {
    from.zip(to).map(|(from, to)| (to - from).num_seconds())
}
