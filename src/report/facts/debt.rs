//! What a rewind leaves to be settled outside the database, as questions: nothing else went back with it.

use serde::Serialize;

use super::cut;
use super::discarded::Interval;
use crate::domain::run::Run;
use crate::report::instant::utc;
use crate::report::moment::Moment;

/// One question to be answered before the incident is closed.
#[derive(Serialize)]
pub struct Debt {
    /// What it is about.
    pub topic: &'static str,
    /// The question, with the interval filled in.
    pub question: String,
    /// What SQL told of it; empty where nothing was told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<String>,
}

const IDS: &str = "Ids handed out again";
const SESSIONS: &str = "Sessions and tokens";

/// Topic, and the question with `{when}` for the interval.
const QUESTIONS: [(&str, &str); 8] = [
    (
        "The cause",
        "Is what did the damage disabled, so that it does not run again?",
    ),
    (
        IDS,
        "Ids issued {when} will be issued again, to other rows: which invoices, tickets, partners, logs and URLs hold them?",
    ),
    (
        SESSIONS,
        "Sessions, tokens and keys issued {when} are gone from the database, and those revoked then are valid again: \
         which must be revoked or issued anew?",
    ),
    (
        "Caches",
        "Which caches still hold what was written {when}? Have they been emptied?",
    ),
    (
        "Search indexes",
        "Which search indexes and read models still show rows written {when}? Who builds them anew?",
    ),
    (
        "Queues and change streams",
        "Which messages and change events of rows written {when} were sent to queues, replicas, CDC and warehouses, and \
         will be sent again or never be undone?",
    ),
    (
        "Mails and payments",
        "Which mails, webhooks, shipments and payments went out {when}, of which the database knows nothing now?",
    ),
    (
        "Passwords rotated",
        "Which database passwords and grants were changed {when}? The database has the old ones again, the secret store \
         has the new ones.",
    ),
];

/// The questions; none where nothing was discarded.
pub fn debts(run: &Run, moments: &[Moment<'_>], discarded: &[Interval]) -> Vec<Debt> {
    if discarded.is_empty() {
        return Vec::new();
    }
    let when = discarded.iter().map(between).collect::<Vec<_>>().join(", and ");
    QUESTIONS
        .into_iter()
        .map(|(topic, question)| Debt {
            topic,
            question: question.replace("{when}", &when),
            facts: match topic {
                IDS => cut::ids_given_again(moments),
                SESSIONS => cut::ended_sessions(run, moments),
                _ => Vec::new(),
            },
        })
        .collect()
}

fn between(interval: &Interval) -> String {
    let to = interval
        .to
        .map_or_else(|| "an instant that AWS did not report".to_owned(), utc);
    format!("between {} and {to}", utc(interval.from))
}
