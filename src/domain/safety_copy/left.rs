//! What a copy leaves behind in the account: what is known to exist, what may, and how it is taken away.

use serde::Serialize;

use super::{CopyKind, Noted, Part, SafetyCopy, Stands};
use crate::domain::aws_cli::AwsCli;
use crate::domain::shell::word;

/// Something that a run leaves behind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftBehind {
    /// `safety clone` or `safety snapshot`.
    pub what: &'static str,
    /// Its id.
    pub id: String,
    /// True when it was seen; false when it may exist.
    pub exists: bool,
    /// The status under which it was last seen, where it was not seen to be ready.
    pub last_seen: Option<String>,
    /// What is known of the instance that it was to have, in words; none where it has it, was to have none, or where
    /// nothing of it was noted.
    pub instance: Option<String>,
    /// Why its step ended badly, where it did.
    pub why: Option<String>,
    /// What it costs while it stays, in words.
    pub cost: &'static str,
    /// The commands that take it away, in their order: of nothing that is known not to exist.
    pub remove: Vec<String>,
}

impl SafetyCopy {
    /// What it leaves behind; none where it is known that nothing was asked for.
    pub fn left_behind(&self, aws: &AwsCli) -> Option<LeftBehind> {
        let (ready, why) = match &self.stands {
            Stands::Exists => (true, None),
            Stands::MayExist { why } => (false, why.clone()),
        };
        let noted = self.noted.as_ref().filter(|_| !ready);
        if noted.is_some_and(|noted| !noted.whole.may_exist()) {
            return None;
        }
        let last_seen = match noted.map(|noted| &noted.whole) {
            Some(Part::Seen { status }) => Some(status.clone()),
            Some(Part::Unasked | Part::Asked) | None => None,
        };
        let instance = self
            .instance()
            .filter(|_| noted.is_none_or(|noted| noted.instance.may_exist()));
        Some(LeftBehind {
            what: self.plan.kind.item(),
            id: self.id.clone(),
            exists: ready || last_seen.is_some(),
            last_seen,
            instance: noted.and_then(|noted| self.told_of_instance(noted)),
            why,
            cost: self.cost(instance.is_some()),
            remove: self.removal(aws, instance),
        })
    }

    fn told_of_instance(&self, noted: &Noted) -> Option<String> {
        let id = self.instance()?;
        Some(match &noted.instance {
            Part::Unasked => "no instance was made".to_owned(),
            Part::Asked => format!("its instance {id} may exist"),
            Part::Seen { status } => format!("its instance {id} was last seen `{status}`"),
        })
    }

    fn cost(&self, instance: bool) -> &'static str {
        match (self.plan.kind, instance) {
            (CopyKind::Clone, true) => {
                "the hours of its instance, and storage for each page that changes in it or in its source"
            }
            (CopyKind::Clone, false) => "storage for each page that changes in it or in its source",
            (CopyKind::Snapshot, _) => "snapshot storage",
        }
    }

    /// The commands that take it away. A clone is protected from deletion: that goes first, and its instance next.
    fn removal(&self, aws: &AwsCli, instance: Option<String>) -> Vec<String> {
        let id = word(&self.id);
        match self.plan.kind {
            CopyKind::Snapshot => vec![aws.rds(&format!(
                "delete-db-cluster-snapshot --db-cluster-snapshot-identifier {id}"
            ))],
            CopyKind::Clone => {
                let unprotect = format!(
                    "modify-db-cluster --db-cluster-identifier {id} --no-deletion-protection --apply-immediately"
                );
                let instance =
                    instance.map(|id| format!("delete-db-instance --db-instance-identifier {}", word(&id)));
                let delete = format!("delete-db-cluster --db-cluster-identifier {id} --skip-final-snapshot");
                std::iter::once(unprotect)
                    .chain(instance)
                    .chain(std::iter::once(delete))
                    .map(|command| aws.rds(&command))
                    .collect()
            }
        }
    }
}
