//! The probe of a search: asked of what the cluster shows, once the gate has passed.

use std::time::Duration;

use super::drive::{Engine, EngineError};
use super::hands::Hands;
use super::waiting::Cut;
use crate::domain::event::Event;
use crate::domain::run::SEARCH;
use crate::domain::runbook::Check;
use crate::domain::search::{Said, Trial, Verdict};
use crate::domain::verification::Verified;
use crate::ports::Moment;

/// A server that comes back may refuse the first: no answer by SQL is asked for so often.
const SQL_TRIES: u32 = 4;
const SQL_PAUSE: Duration = Duration::from_secs(1);

impl Engine<'_> {
    pub(super) async fn probe(&mut self) -> Result<(), EngineError> {
        let gate = if self.run.hops().is_empty() {
            // Nothing was moved yet: there is nothing to compare.
            Vec::new()
        } else {
            match self.gate().await {
                Cut::Whole(gate) => gate,
                Cut::Signal(signal) => return self.record(&Event::Interrupted { signal }),
            }
        };
        let said = if gate.iter().all(|result| result.passed) {
            match self.answers().await? {
                Cut::Whole(said) => said,
                Cut::Signal(signal) => return self.record(&Event::Interrupted { signal }),
            }
        } else {
            Vec::new()
        };
        self.record(&Event::Tried(Trial { gate, said }))
    }

    /// Where the search ends, its probe still says good, or the end is not what was looked for.
    pub(super) async fn still_good(&self) -> Result<Cut<Verified>, EngineError> {
        let said = match self.answers().await? {
            Cut::Whole(said) => said,
            Cut::Signal(signal) => return Ok(Cut::Signal(signal)),
        };
        let gate = Vec::new();
        let Said { verdict, how } = Trial { gate, said }.verdict();
        Ok(Cut::Whole(Verified {
            name: SEARCH.to_owned(),
            passed: verdict == Verdict::Good,
            message: format!("the probe, expected good, got {}: {how}", verdict.as_str()),
        }))
    }

    /// Every answer that the search wants of one place; none after one that is no answer.
    async fn answers(&self) -> Result<Cut<Vec<Said>>, EngineError> {
        let Some(search) = &self.run.plan().search else {
            return Err(EngineError::HandsTied("a probe of no search"));
        };
        let Hands::Free { application, .. } = self.world.hands else {
            return Err(EngineError::HandsTied("the probe of a search"));
        };
        // The place that is asked about; none of the present.
        let moment = Moment {
            target: self.run.hops().last().map(|hop| hop.requested),
            ..self.moment()
        };
        let all = async {
            let mut said = Vec::new();
            for _ in 0..search.tries.max(1) {
                let one = match &search.probe {
                    Check::Command(command) => application.ask(command, &moment).await,
                    Check::Sql(_)
                    | Check::Http { .. }
                    | Check::Quiet { .. }
                    | Check::Question { .. }
                    | Check::Copy => self.asked_by_sql(&search.probe).await,
                };
                let none = one.verdict == Verdict::Stop;
                said.push(one);
                if none {
                    break;
                }
            }
            said
        };
        Ok(self.cut("the probe of the search to answer", all).await)
    }

    async fn asked_by_sql(&self, probe: &Check) -> Said {
        let none = |how: &str| Said {
            verdict: Verdict::Stop,
            how: how.to_owned(),
        };
        let (Some(database), Check::Sql(sql)) = (self.world.database, probe) else {
            return none("the runbook does not say how to reach the database");
        };
        let mut said = database.ask(sql).await;
        for _ in 1..SQL_TRIES {
            if said.verdict != Verdict::Stop {
                break;
            }
            self.world.clock.wait(SQL_PAUSE).await;
            said = database.ask(sql).await;
        }
        said
    }
}
