//! A drill on a real pre-production cluster: a canary before the run, the run, and the score after it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::canary::{Perch, name_what_is_left};
use super::permission::{looked, no_database, not_said, plainly, runbook};
use super::story::{show_card, tell};
use super::times::Times;
use crate::application::Earlier;
use crate::cli::args::{DrillArgs, Global, Output};
use crate::cli::conduct::{Stage, conduct};
use crate::cli::desk::{self, Desk};
use crate::cli::failure::Failure;
use crate::cli::holds::{Wanted, refusal};
use crate::cli::logbook::replay;
use crate::cli::opening::{self, Opened, Source, hold};
use crate::cli::past::Past;
use crate::cli::signals::Signals;
use crate::cli::voice::{Answers, Voice, same_journal};
use crate::cli::{again, database, person, print, run};
use crate::domain::canary::{ALLOWED, Canary, TAG};
use crate::domain::debts::Aftermath;
use crate::domain::outcome::Outcome;
use crate::domain::plan::Plan;
use crate::domain::run_id::RunId;
use crate::domain::target::wire;
use crate::engine::{Finish, Later};
use crate::journal::{ClusterLock, Holder, Shelf, Store};
use crate::ports::{Interrupts as _, Look};

/// One drill on a cluster.
struct Exercise<'a> {
    global: &'a Global,
    cluster: &'a str,
    store: Store,
    desk: Desk,
    signals: Signals,
    look: Look,
    id: RunId,
}

/// Plays it; the exit code is the run's.
pub async fn exercise(global: &Global, cluster: &str, args: &DrillArgs) -> Result<u8, Failure> {
    run::confirmed(args.yes.as_deref(), cluster)?;
    run::lab_name(global, cluster)?;
    if args.yes.is_none() {
        return Err(not_said(cluster));
    }
    let source = runbook(args)?;
    let store = desk::store(global)?;
    let desk = Desk::sit(desk::access(global), false).await?;
    let signals = Signals::listen()?;
    let look = tokio::select! {
        look = looked(&desk, cluster) => look?,
        signal = signals.arrived() => {
            let message = format!("interrupted by {signal} before anything was done");
            return Err(Failure::outcome(Outcome::Interrupted, message).touched("this command did nothing to the cluster"));
        }
    };
    let id = opening::new_id(&desk);
    let exercise = Exercise {
        global,
        cluster,
        store,
        desk,
        signals,
        look,
        id,
    };
    exercise.play(source).await
}

impl Exercise<'_> {
    async fn play(&self, source: Source) -> Result<u8, Failure> {
        let canary = Canary::of_run(&self.id);
        let door = self.desk.door(self.cluster);
        let settings = source.runbook.database.as_ref();
        let server = database::server(settings, &self.desk.access, &door, BTreeMap::new());
        let server = server.ok_or_else(no_database)?;
        let perch = Perch {
            user: settings.map(|settings| settings.user.clone()).unwrap_or_default(),
            server: &server,
            desk: &self.desk,
            signals: &self.signals,
            canary: &canary,
        };
        let lock = self.free()?;
        tell(self.global, &plainly(self.cluster));
        self.name_earlier_ones(&perch).await;
        let opened = match self.begin(source, &perch, lock).await {
            Ok(opened) => opened,
            Err(failure) => {
                perch.clear().await;
                return Err(failure);
            }
        };
        let run = opened.run.clone();
        let finish = match self.conduct(opened).await {
            Ok(finish) => finish,
            Err(failure) => {
                name_what_is_left(&run);
                return Err(failure);
            }
        };
        let removed = if finish.run.is_finished() {
            perch.clear().await
        } else {
            name_what_is_left(&finish.run);
            false
        };
        self.score(&finish, &canary, removed)?;
        Ok(finish.outcome.exit())
    }

    /// Nothing is written beside a run that holds the cluster.
    fn free(&self) -> Result<ClusterLock, Failure> {
        let who = person::person(false);
        let holder = Holder::here(self.id.clone(), who.os_user, self.desk.clock.local());
        let wanted = Wanted {
            cluster: self.cluster,
            access: &self.desk.access,
            identity: Some(&self.look.identity),
        };
        let lock = hold(&self.store, &wanted, &holder)?;
        let past = Past::read(self.store.archive(), &wanted, self.desk.mode, &self.id)?;
        if past.holding.is_empty() {
            Ok(lock)
        } else {
            Err(refusal(&wanted, &past.holding))
        }
    }

    /// Lays and loses the canary, and opens the run that recovers it.
    async fn begin(&self, source: Source, perch: &Perch<'_>, lock: ClusterLock) -> Result<Opened, Failure> {
        let target = perch.lay_and_hurt().await?;
        let plan = self.plan(source, perch.canary, target)?;
        // The opening of a run takes the cluster by itself.
        drop(lock);
        opening::open(&self.store, &self.desk, plan, Some(&self.look.identity))
    }

    async fn conduct(&self, opened: Opened) -> Result<Finish, Failure> {
        let answers = Answers {
            confirmed: true,
            reason: None,
            resend: false,
        };
        let voice = Voice::new(self.global, self.desk.mode, None, &answers);
        let stage = Stage {
            earlier: Earlier::Dead,
            desk: &self.desk,
            reads: &self.desk.reads,
            operator: voice.operator.as_ref(),
            view: voice.view.as_ref(),
            interrupts: &self.signals,
            archive: self.store.archive(),
            past: &opened.past,
            later: Later::Continue(same_journal(self.global)),
            look: None,
            aftermath: Aftermath::default(),
        };
        conduct(&stage, opened.run, opened.writer, &[]).await
    }

    fn plan(&self, source: Source, canary: &Canary, target: DateTime<Utc>) -> Result<Plan, Failure> {
        let mut runbook = source.runbook;
        runbook.probes.push(canary.probe());
        Ok(Plan {
            run: self.id.clone(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            mode: self.desk.mode,
            cluster: self.cluster.to_owned(),
            typed_at: self.desk.clock.service(),
            goal: run::time(&wire(target), None)?,
            runbook,
            runbook_path: source.path,
            runbook_digest: source.digest,
            hold: false,
            force: false,
            without_copy: false,
            located: None,
            search: None,
            reason: Some(format!(
                "drill on the cluster itself, which its tag {TAG} = {ALLOWED} allows; canary in {}",
                canary.schema()
            )),
            access: self.desk.access.clone(),
            identity: Some(self.look.identity.clone()),
            by: person::person(person::attended()),
        })
    }

    /// A drill that was killed before its run was open is in no journal: only the database knows.
    async fn name_earlier_ones(&self, perch: &Perch<'_>) {
        for canary in perch.server.canaries().await.unwrap_or_default() {
            print::error(&format!(
                "An earlier drill left the schema {}. If its run is finished: {};",
                canary.schema(),
                canary.remove()
            ));
        }
    }

    fn score(&self, finish: &Finish, canary: &Canary, removed: bool) -> Result<(), Failure> {
        let ledger = again::ledger(self.store.archive(), Shelf::Runs, &self.id)?;
        let (_, events) = replay(&ledger)?;
        let times = Times::reckon(&finish.run, finish.outcome, &events, canary, removed);
        match self.global.output {
            Output::Text => show_card(self.global, &times.lines(&same_journal(self.global))),
            Output::Json => print::line(&serde_json::to_string(&times).unwrap_or_default()),
        }
        Ok(())
    }
}
