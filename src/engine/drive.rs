//! The loop.

use std::cell::Cell;
use std::time::Duration;

use crate::domain::debts::Aftermath;
use crate::domain::event::Event;
use crate::domain::identity::Identity;
use crate::domain::outcome::Outcome;
use crate::domain::question::{Answer, Question};
use crate::domain::run::{IllegalEvent, Next, Run};
use crate::domain::target::Window;
use crate::ports::{AppendError, Asked, RunJournal};

use super::advice;
use super::hands::{Hands, World};
use super::waiting::Cut;

/// One process's hold of one run.
pub struct Engine<'a> {
    pub(super) run: Run,
    pub(super) journal: Box<dyn RunJournal + 'a>,
    pub(super) world: World<'a>,
    /// The window of the last inspection, for the way back.
    pub(super) window: Option<Window>,
    pub(super) polls: super::waiting::Polls,
    /// When this process first looked for a request without an answer.
    pub(super) looking: Option<super::waiting::Looking>,
    /// When this process heard the last news of what it waits for.
    pub(super) news: Option<super::waiting::Looking>,
    /// When something was last said, by the steady clock.
    pub(super) spoke: Cell<Duration>,
    /// What to type next, because of the last thing that stood in the way.
    pub(super) advice: Vec<String>,
    /// The last step of a safety copy came to nothing.
    pub(super) copy_failed: bool,
    /// What each rule weighed at the last look.
    pub(super) weights: super::narrate::Weights,
    /// Who the cluster was found to be before the run was taken up, until it is told.
    pub(super) acquainted: Option<Identity>,
    /// The next ids of tables at the last look before a request.
    pub(super) next_ids: Vec<crate::domain::database::NextId>,
    /// What the run leaves to be done, followed from its first event.
    pub(super) aftermath: Aftermath,
    /// Whether it was told which run this is: before anything else of it.
    opened: bool,
}

/// How a process's part of a run ended.
#[derive(Debug)]
pub struct Finish {
    /// The run, as it stands.
    pub run: Run,
    /// How this process ended.
    pub outcome: Outcome,
}

/// Why the engine stopped where no outcome could be recorded.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// A record did not become durable: nothing that depends on it was done.
    #[error("the journal could not be written: {source}")]
    Journal {
        /// Why.
        source: AppendError,
        /// The run as it was before.
        run: Box<Run>,
    },
    /// Something else is at work on the application: nothing was done beside it.
    #[error("{why}")]
    Beside {
        /// What.
        why: String,
        /// The run as it stands.
        run: Box<Run>,
    },
    /// A bug of this program.
    #[error(transparent)]
    Illegal(#[from] IllegalEvent),
    /// A bug of this program: an effect was asked for in a mode that has no adapter for it.
    #[error("expected no effect that changes the world in a rehearsal, got {0}")]
    HandsTied(&'static str),
}

impl<'a> Engine<'a> {
    /// Takes a run whose journal is open for writing.
    pub fn new(run: Run, journal: Box<dyn RunJournal + 'a>, world: World<'a>) -> Self {
        Self {
            spoke: Cell::new(world.clock.elapsed()),
            run,
            journal,
            world,
            window: None,
            looking: None,
            news: None,
            polls: super::waiting::Polls::default(),
            advice: Vec::new(),
            copy_failed: false,
            weights: super::narrate::Weights::new(),
            acquainted: None,
            next_ids: Vec::new(),
            aftermath: Aftermath::default(),
            opened: false,
        }
    }

    /// What earlier processes of the run left to be done.
    pub fn remember(&mut self, aftermath: Aftermath) {
        self.aftermath = aftermath;
    }

    /// Records the events that the composition root brings: `attached`, `hop_ordered`. What is told of the run is told
    /// after the last of them: only then its target is known.
    pub fn record_first(&mut self, events: &[Event]) -> Result<(), EngineError> {
        let before = self.run.clone();
        for event in events {
            self.commit(event)?;
        }
        self.open();
        if let Some(last) = events.last() {
            self.narrate(&before, last);
        }
        Ok(())
    }

    fn open(&mut self) {
        if !std::mem::replace(&mut self.opened, true) {
            self.narrate_opening();
        }
    }

    /// Runs until there is nothing left for this process to do.
    pub async fn drive(mut self) -> Result<Finish, EngineError> {
        self.open();
        self.alone().await?;
        loop {
            if let Some(signal) = self.world.interrupts.pending() {
                self.record(&Event::Interrupted { signal })?;
            }
            let now = self.deciding_now();
            match self.run.next(now) {
                Next::Do(effect) => self.perform(effect).await?,
                Next::Ask(question) => self.put(&question).await?,
                Next::Wait { until, what } => self.wait_until(until, what).await?,
                Next::End(outcome, message) => {
                    self.record(&Event::Ended { outcome })?;
                    self.narrate_outcome(outcome, &message);
                    return Ok(Finish {
                        run: self.run,
                        outcome,
                    });
                }
                Next::Done(outcome) => {
                    return Ok(Finish {
                        run: self.run,
                        outcome,
                    });
                }
            }
        }
    }

    /// A command that an earlier process of this run started may still pause or resume: nothing is done beside it.
    async fn alone(&self) -> Result<(), EngineError> {
        let Hands::Free { application, .. } = self.world.hands else {
            return Ok(());
        };
        let what = "a command of this run's earlier process to end";
        let mut alone = std::pin::pin!(application.alone());
        let at_once = tokio::select! {
            biased;
            alone = &mut alone => Some(alone),
            () = std::future::ready(()) => None,
        };
        let waited = if let Some(alone) = at_once {
            Cut::Whole(alone)
        } else {
            self.narrate_waiting(what, self.world.clock.local());
            self.cut(what, alone).await
        };
        let why = match waited {
            Cut::Whole(Ok(())) => return Ok(()),
            Cut::Whole(Err(why)) => why,
            Cut::Signal(signal) => format!("{signal} while waiting for {what}"),
        };
        let run = Box::new(self.run.clone());
        Err(EngineError::Beside { why, run })
    }

    /// Makes an event durable, applies it, tells of it: in this order.
    pub(super) fn record(&mut self, event: &Event) -> Result<(), EngineError> {
        let before = self.commit(event)?;
        self.narrate(&before, event);
        Ok(())
    }

    /// Makes an event durable and applies it; the run as it was before.
    fn commit(&mut self, event: &Event) -> Result<Run, EngineError> {
        let at = self.world.clock.service();
        let mut after = self.run.clone();
        after.apply(event, at)?;
        if let Err(source) = self.journal.append(event, at) {
            return Err(EngineError::Journal {
                source,
                run: Box::new(self.run.clone()),
            });
        }
        let before = std::mem::replace(&mut self.run, after);
        self.aftermath.note(&before, event, &self.run);
        Ok(before)
    }

    /// The same for what polls bring: nothing new is not worth a record.
    pub(super) fn record_news(&mut self, event: &Event) -> Result<bool, EngineError> {
        let news = self.run.is_news(event, self.world.clock.service());
        if news {
            self.record(event)?;
        }
        Ok(news)
    }

    async fn put(&mut self, question: &Question) -> Result<(), EngineError> {
        self.narrate_question(question);
        let plan = self.run.plan().clone();
        let about = self.about();
        let answer = tokio::select! {
            biased;
            answer = self.world.operator.ask(question, &about) => Ok(answer),
            signal = self.world.interrupts.arrived() => Err(signal),
        };
        match answer {
            Ok(answer) => {
                if matches!(question, Question::Login { .. }) {
                    self.world.reads.log_in_again().await;
                }
                let unattended = !self.world.operator.attended();
                if answer == Answer::Nobody {
                    self.advice = advice::unanswered(question, &plan).into_iter().collect();
                }
                self.record(&Event::Answered { answer, unattended })
            }
            Err(signal) => self.record(&Event::Interrupted { signal }),
        }
    }

    /// What every question is asked about.
    pub(super) fn about(&self) -> Asked<'_> {
        let plan = self.run.plan();
        Asked {
            cluster: &plan.cluster,
            identity: self.run.identity(),
            profile: plan.access.profile.as_deref(),
            items: self.run.to_pause(),
            wording: &plan.runbook.wording,
            footing: self.run.footing(),
            origin: self.run.origin(),
            shows: self.run.shows(),
            target: self.run.requested(),
            window: self.window,
            service_now: self.world.clock.service(),
            skew: self.world.clock.skew(),
        }
    }

    async fn wait_until(
        &mut self,
        until: chrono::DateTime<chrono::Utc>,
        what: &str,
    ) -> Result<(), EngineError> {
        let since = self.world.clock.local();
        self.narrate_waiting(what, since);
        let left = (until - self.world.clock.service())
            .to_std()
            .unwrap_or(Duration::ZERO);
        self.wait_for(since, what, left).await
    }
}
