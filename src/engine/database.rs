//! What is asked of the database around a request: a look before each decision, and the next ids before and after.

use super::drive::Engine;
use super::waiting::Cut;
use crate::domain::database::{DatabaseLook, NextId};
use crate::domain::known::Known;
use crate::domain::phase::Phase;
use crate::domain::run::SEARCH;
use crate::domain::runbook::Check;

const DATABASE: &str = "the database to answer";

impl Engine<'_> {
    /// One look by SQL; none where the runbook does not say how. Right before the request the next ids are read too.
    pub(super) async fn database(&mut self) -> Cut<Option<Known<DatabaseLook>>> {
        let Some(database) = self.world.database else {
            return Cut::Whole(None);
        };
        let runbook = &self.run.plan().runbook;
        let mut statements: Vec<_> = runbook.statements().collect();
        if let Some(Check::Sql(sql)) = self.run.plan().search.as_ref().map(|search| &search.probe) {
            statements.push((SEARCH, sql));
        }
        let mut look = match self.cut(DATABASE, database.look(&statements)).await {
            Cut::Whole(look) => look,
            Cut::Signal(signal) => return Cut::Signal(signal),
        };
        if let (Known::Known(look), Phase::Approved) = (&mut look, self.run.phase()) {
            let read = match self.cut(DATABASE, database.next_ids(&[])).await {
                Cut::Whole(read) => read,
                Cut::Signal(signal) => return Cut::Signal(signal),
            };
            look.next_ids = read.value().cloned().unwrap_or_default();
            self.next_ids.clone_from(&look.next_ids);
        }
        Cut::Whole(Some(look))
    }

    /// The next ids after a hop, of the tables that were read before it. Not known is none: the question stays.
    pub(super) async fn next_ids_after(&self) -> Cut<Vec<NextId>> {
        let Some(database) = self.world.database else {
            return Cut::Whole(Vec::new());
        };
        match self.cut(DATABASE, database.next_ids(&self.next_ids)).await {
            Cut::Whole(read) => Cut::Whole(read.value().cloned().unwrap_or_default()),
            Cut::Signal(signal) => Cut::Signal(signal),
        }
    }
}
