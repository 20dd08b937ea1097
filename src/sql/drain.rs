//! Ends sessions: by AWS's procedure where there is one, else by KILL. Safe to repeat: whoever is gone is gone.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::Duration;

use super::session::Session;
use super::sessions::{self, Other, summary};
use super::trouble::{Trouble, code};
use crate::domain::runbook::Database;

/// How often it is looked whether they are gone.
const LOOK: Duration = Duration::from_millis(500);
/// A rollback that takes longer than this is not waited for.
const PATIENCE: Duration = Duration::from_mins(5);

/// What was done.
pub(super) struct Drained {
    /// Whether everybody is gone.
    pub(super) well: bool,
    /// In a line.
    pub(super) how: String,
    /// Whose sessions were ended.
    pub(super) who: BTreeSet<String>,
}

#[derive(Default)]
struct Tally {
    ended: Vec<Other>,
    gone: usize,
    refused: Vec<String>,
    plain: bool,
}

/// Ends every foreign session, and waits until none of them is left.
pub(super) async fn drain(session: &mut Session, database: &Database) -> Result<Drained, Trouble> {
    sessions::writer(session).await?;
    let foreign = sessions::look(session, database).await?.foreign;
    let mut tally = Tally::default();
    for other in foreign {
        tally.end(session, other).await?;
    }
    let left = wait(session, database, &tally.ended).await?;
    Ok(told(&tally, &left))
}

impl Tally {
    async fn end(&mut self, session: &mut Session, other: Other) -> Result<(), Trouble> {
        let id = other.id;
        if !self.plain {
            match session.run(&format!("CALL mysql.rds_kill({id})")).await {
                Err(trouble) if trouble.is(code::NO_PROCEDURE) => self.plain = true,
                done => return self.count(done, other),
            }
        }
        let done = session.run(&format!("KILL {id}")).await;
        self.count(done, other)
    }

    fn count(&mut self, done: Result<(), Trouble>, other: Other) -> Result<(), Trouble> {
        match done {
            Ok(()) => self.ended.push(other),
            Err(trouble) if trouble.is(code::NO_THREAD) => self.gone += 1,
            Err(trouble) if trouble.is(code::NO_EXECUTE) => self.refused.push(format!(
                "{}: GRANT EXECUTE ON PROCEDURE mysql.rds_kill TO this user ({trouble})",
                other.who()
            )),
            Err(trouble) if trouble.code.is_some() => {
                self.refused.push(format!("{}: {trouble}", other.who()));
            }
            // Without an answer nothing more can be asked either.
            Err(trouble) => return Err(trouble),
        }
        Ok(())
    }
}

/// Those of the ended that are still there: they roll back.
async fn wait(session: &mut Session, database: &Database, ended: &[Other]) -> Result<Vec<Other>, Trouble> {
    let ids: BTreeSet<u64> = ended.iter().map(|other| other.id).collect();
    let mut waited = Duration::ZERO;
    loop {
        let mut left = sessions::look(session, database).await?.foreign;
        left.retain(|other| ids.contains(&other.id));
        if left.is_empty() || waited >= PATIENCE {
            return Ok(left);
        }
        tokio::time::sleep(LOOK).await;
        waited += LOOK;
    }
}

fn told(tally: &Tally, left: &[Other]) -> Drained {
    let mut how = match tally.ended.as_slice() {
        [] => "no session to end".to_owned(),
        ended => format!("ended {} sessions: {}", ended.len(), summary(ended)),
    };
    let largest = tally.ended.iter().filter_map(|other| other.modified).max();
    if let Some(rows) = largest.filter(|rows| *rows > 0) {
        let _ = write!(how, "; the largest rollback was of {rows} changed rows");
    }
    if tally.gone > 0 {
        let _ = write!(how, "; {} were gone already", tally.gone);
    }
    if tally.plain && !tally.ended.is_empty() {
        how.push_str("; by KILL, since there is no mysql.rds_kill here");
    }
    if !left.is_empty() {
        let _ = write!(how, "; still rolling back: {}", summary(left));
    }
    if !tally.refused.is_empty() {
        let shown: Vec<&str> = tally.refused.iter().take(3).map(String::as_str).collect();
        let _ = write!(
            how,
            "; {} could not be ended: {}",
            tally.refused.len(),
            shown.join(", ")
        );
    }
    Drained {
        well: left.is_empty() && tally.refused.is_empty(),
        how,
        who: tally.ended.iter().map(Other::who).collect(),
    }
}
