//! Everything together.

use serde::Serialize;

use super::application::{self, Item};
use super::audit::Audit;
use super::decision::{self, Decision};
use super::headline::Headline;
use super::hop::{self, Hop};
use super::located::Statement;
use super::look::{self, Look};
use super::overridden::{self, Override};
use super::process::{self, Process};
use super::refusal::{self, Refusal};
use super::search::Search;
use super::summary::Summary;
use super::timeline::{self, Line};
use super::undo::{self, Undo};
use super::verification::{self, Verdict};
use crate::domain::debts::{Aftermath, Debt};
use crate::domain::safety_copy::LeftBehind;
use crate::report::moment::moments;
use crate::report::trail::Trail;

/// Everything that the report says. The order is that of the report.
#[derive(Serialize)]
pub struct Incident {
    /// The run's id.
    pub run: String,
    pub headline: Headline,
    /// Where a gate said no and a person went on.
    pub overrides: Vec<Override>,
    pub summary: Summary,
    /// The statement that was undone, where the target was taken from a log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub located: Option<Statement>,
    /// What was asked to find the moment, where the run was a search.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search: Option<Search>,
    /// Who: each process that had the run.
    pub processes: Vec<Process>,
    /// Hops that were requested, oldest first.
    pub hops: Vec<Hop>,
    pub decisions: Vec<Decision>,
    pub looks: Vec<Look>,
    pub verifications: Vec<Verdict>,
    pub application: Vec<Item>,
    /// What stays in the account until somebody takes it away.
    pub left_behind: Vec<LeftBehind>,
    pub refusals: Vec<Refusal>,
    /// What is still to be settled outside the database; empty where nothing was discarded.
    pub debts: Vec<Debt>,
    pub undo: Option<Undo>,
    pub timeline: Vec<Line>,
    pub audit: Audit,
}

impl Incident {
    pub fn of(trail: &Trail<'_>) -> Self {
        let moments = moments(trail.events);
        let hops = hop::hops(&moments);
        let mut aftermath = Aftermath::default();
        for moment in &moments {
            aftermath.note(&moment.before, moment.event, &moment.after);
        }
        Self {
            run: trail.run.plan().run.to_string(),
            headline: Headline::of(trail.run, &moments, &hops),
            overrides: overridden::overrides(&moments),
            debts: aftermath.debts(),
            summary: Summary::of(trail.run, &moments, &hops, aftermath.discarded()),
            located: Statement::of(trail.run.plan()),
            search: Search::of(trail.run, &moments),
            processes: process::processes(&moments),
            decisions: decision::decisions(&moments),
            looks: look::looks(&moments),
            verifications: verification::verdicts(&moments),
            application: application::items(trail.run, &moments),
            left_behind: trail.run.left_behind(),
            refusals: refusal::refusals(&moments),
            undo: undo::undo(trail.run, &moments),
            timeline: timeline::lines(&moments),
            audit: Audit::of(trail),
            hops,
        }
    }
}
