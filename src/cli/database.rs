//! The database of one run: the runbook's settings, what was recorded, and the adapter that they make.

use std::collections::BTreeMap;

use super::failure::Failure;
use super::holds::{Wanted, lock_key};
use crate::aws::Door;
use crate::domain::inspection::Recorded;
use crate::domain::plan::{Access, Plan};
use crate::domain::runbook::{Database, Expect, Sql};
use crate::journal::Archive;
use crate::sql::{Kept, Server, key};

/// What was recorded of the plan's cluster, by the key of the statement; nothing is read where nothing is expected.
pub fn recorded(archive: &Archive, plan: &Plan) -> Result<BTreeMap<String, Kept>, Failure> {
    if expecting(plan).next().is_none() {
        return Ok(BTreeMap::new());
    }
    let wanted = Wanted {
        cluster: &plan.cluster,
        access: &plan.access,
        identity: plan.identity.as_ref(),
    };
    let cluster = lock_key(&wanted);
    let answers = archive.recorded(&cluster).map_err(|error| {
        Failure::refused(format!(
            "what was recorded of {} cannot be read: {error}",
            plan.cluster
        ))
        .touched("the cluster was not touched by this command")
        .next(format!(
            "move {} away, and record again once the data is as it should be",
            archive.recorded_file(&cluster).display()
        ))
    })?;
    Ok(answers
        .into_iter()
        .map(|(key, answer)| {
            let kept = Kept {
                digest: answer.digest,
                shown: answer.shown,
                at: answer.at,
            };
            (key, kept)
        })
        .collect())
}

/// What there is of each check that expects what was recorded.
pub fn facts(plan: &Plan, recorded: &BTreeMap<String, Kept>) -> Vec<Recorded> {
    expecting(plan)
        .map(|(name, sql)| Recorded {
            probe: name.to_owned(),
            at: plan
                .runbook
                .database
                .as_ref()
                .and_then(|database| recorded.get(&key(database, sql)))
                .map(|kept| kept.at),
        })
        .collect()
}

/// The adapter; none where the runbook does not say how to reach the database.
pub fn server<'a>(
    settings: Option<&Database>,
    access: &Access,
    door: &'a Door,
    recorded: BTreeMap<String, Kept>,
) -> Option<Server<'a>> {
    let settings = settings?.clone();
    let drill = access.lab.is_some();
    Some(Server::new(
        settings,
        door,
        drill,
        recorded,
        Box::new(crate::ui::aside),
    ))
}

fn expecting(plan: &Plan) -> impl Iterator<Item = (&str, &Sql)> {
    let statements = plan.runbook.statements();
    statements.filter(|(_, sql)| sql.expect == Expect::Recorded)
}
