//! The canary's life around a drill's run: laid before it, lost at a known instant, removed after it, and named where it stays.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};

use crate::cli::desk::Desk;
use crate::cli::failure::Failure;
use crate::cli::print;
use crate::cli::signals::Signals;
use crate::domain::canary::{Canary, PREFIX};
use crate::domain::outcome::Outcome;
use crate::domain::run::Run;
use crate::domain::target::floor_second;
use crate::ports::{Clock, Interrupts as _};
use crate::sql::Server;

/// What lies between the rows' commit and the target, and between the target and their loss. The service's clock is known to
/// a second only.
const CLEAR: TimeDelta = TimeDelta::seconds(2);
/// So often is the clock asked while it is waited for.
const ASKED_EVERY: Duration = Duration::from_millis(200);

/// What plays with a canary.
pub struct Perch<'a> {
    /// The database.
    pub server: &'a Server<'a>,
    /// Its clock.
    pub desk: &'a Desk,
    /// Signals.
    pub signals: &'a Signals,
    /// The canary.
    pub canary: &'a Canary,
    /// Who logs in.
    pub user: String,
}

impl Perch<'_> {
    /// Lays it and loses it; the instant between the two, a whole second of the service's time.
    pub async fn lay_and_hurt(&self) -> Result<DateTime<Utc>, Failure> {
        print::error(&format!(
            "Canary: {}. If this program is killed: {};",
            self.canary.schema(),
            self.canary.remove()
        ));
        let laid = self.server.lay(self.canary).await;
        laid.map_err(|why| self.refused("be laid", &why))?;
        let clock = self.desk.clock.as_ref();
        let target = floor_second(clock.service()) + TimeDelta::seconds(1) + CLEAR;
        self.until(clock, target + CLEAR).await?;
        let hurt = self.server.hurt(self.canary).await;
        hurt.map_err(|why| self.refused("be lost on purpose", &why))?;
        Ok(target)
    }

    /// Removes it, or says what is left; true when nothing is.
    pub async fn clear(&self) -> bool {
        match self.server.remove(self.canary).await {
            Ok(()) => {
                print::error(&format!(
                    "The canary's schema {} is removed.",
                    self.canary.schema()
                ));
                true
            }
            Err(why) => {
                print::error(&format!(
                    "The canary's schema {} could not be removed: {why}",
                    self.canary.schema()
                ));
                print::error(&format!("  Remove it by hand: {};", self.canary.remove()));
                false
            }
        }
    }

    async fn until(&self, clock: &dyn Clock, then: DateTime<Utc>) -> Result<(), Failure> {
        while clock.service() < then {
            let left = (then - clock.service()).to_std().unwrap_or_default();
            tokio::select! {
                () = clock.wait(left.min(ASKED_EVERY)) => {}
                signal = self.signals.arrived() => {
                    let why = format!("interrupted by {signal} before the run began");
                    return Err(Failure::outcome(Outcome::Interrupted, why).touched(NOT_MOVED));
                }
            }
        }
        Ok(())
    }

    fn refused(&self, what: &str, why: &str) -> Failure {
        Failure::refused(format!("the canary could not {what}: {why}"))
            .touched(NOT_MOVED)
            .next(format!(
                "GRANT CREATE, DROP, SELECT, INSERT, DELETE ON `{}%`.* TO '{}'@'%';    # if that is what it lacks",
                PREFIX.replace('_', "\\_"),
                self.user
            ))
    }
}

/// Before the run nothing moves the cluster.
const NOT_MOVED: &str = "the cluster was not moved";

/// What the drill behind a run may have left, where there was one; said by commands that remove nothing.
pub fn name_what_is_left(run: &Run) {
    let Some(canary) = Canary::of_runbook(&run.plan().runbook) else {
        return;
    };
    let when = if run.is_finished() {
        "The run is finished"
    } else {
        "Once the run is finished"
    };
    print::error(&format!(
        "The schema {} of this drill may still be there. {when}, remove it: {};",
        canary.schema(),
        canary.remove()
    ));
}
