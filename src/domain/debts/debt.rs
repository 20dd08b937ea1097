//! What a rewind leaves to be settled outside the database, as questions: nothing else went back with it.

use serde::{Serialize, Serializer};

/// What a debt is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// What did the damage.
    Cause,
    /// Ids that were given out, and will be again.
    Ids,
    /// Who was logged in.
    Sessions,
    /// Copies of rows that expire by themselves.
    Caches,
    /// Copies of rows that somebody builds.
    Indexes,
    /// What was sent on by machines.
    Streams,
    /// What was sent to people, and money.
    Mails,
    /// The database's own accounts.
    Passwords,
}

/// One question to be answered before the incident is closed.
#[derive(Clone, Debug, Serialize)]
pub struct Debt {
    /// What it is about.
    pub topic: Topic,
    /// The question, with the interval filled in.
    pub question: String,
    /// What is known of it in figures; empty where nothing was told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<String>,
}

impl Topic {
    /// All, in the order in which they are asked.
    pub const ALL: [Self; 8] = [
        Self::Cause,
        Self::Ids,
        Self::Sessions,
        Self::Caches,
        Self::Indexes,
        Self::Streams,
        Self::Mails,
        Self::Passwords,
    ];

    /// Its name, in the report and in JSON.
    pub fn title(self) -> &'static str {
        match self {
            Self::Cause => "The cause",
            Self::Ids => "Ids handed out again",
            Self::Sessions => "Sessions and tokens",
            Self::Caches => "Caches",
            Self::Indexes => "Search indexes",
            Self::Streams => "Queues and change streams",
            Self::Mails => "Mails and payments",
            Self::Passwords => "Passwords rotated",
        }
    }

    /// The question in full, of the time `when`.
    pub(super) fn question(self, when: &str) -> String {
        match self {
            Self::Cause => "Is what did the damage disabled, so that it does not run again?".to_owned(),
            Self::Ids => format!(
                "Ids issued {when} will be issued again, to other rows: which invoices, tickets, partners, logs and URLs hold them?"
            ),
            Self::Sessions => format!(
                "Sessions, tokens and keys issued {when} are gone from the database, and those revoked then are valid again: \
                 which must be revoked or issued anew?"
            ),
            Self::Caches => {
                format!("Which caches still hold what was written {when}? Have they been emptied?")
            }
            Self::Indexes => format!(
                "Which search indexes and read models still show rows written {when}? Who builds them anew?"
            ),
            Self::Streams => format!(
                "Which messages and change events of rows written {when} were sent to queues, replicas, CDC and warehouses, and \
                 will be sent again or never be undone?"
            ),
            Self::Mails => format!(
                "Which mails, webhooks, shipments and payments went out {when}, of which the database knows nothing now?"
            ),
            Self::Passwords => format!(
                "Which database passwords and grants were changed {when}? The database has the old ones again, the secret store \
                 has the new ones."
            ),
        }
    }
}

impl Serialize for Topic {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.title())
    }
}
