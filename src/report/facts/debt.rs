//! What a rewind leaves to be settled outside the database, as questions: nothing else went back with it.

use serde::Serialize;

use super::discarded::Interval;
use crate::report::instant::utc;

/// One question to be answered before the incident is closed.
#[derive(Serialize)]
pub struct Debt {
    /// What it is about.
    pub topic: &'static str,
    /// The question, with the interval filled in.
    pub question: String,
}

/// Topic, and the question with `{when}` for the interval.
const QUESTIONS: [(&str, &str); 8] = [
    (
        "The cause",
        "Is what did the damage disabled, so that it does not run again?",
    ),
    (
        "Ids handed out again",
        "Ids issued {when} will be issued again, to other rows: which invoices, tickets, partners, logs and URLs hold them?",
    ),
    (
        "Sessions and tokens",
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
pub fn debts(discarded: &[Interval]) -> Vec<Debt> {
    if discarded.is_empty() {
        return Vec::new();
    }
    let when = discarded.iter().map(between).collect::<Vec<_>>().join(", and ");
    QUESTIONS
        .into_iter()
        .map(|(topic, question)| Debt {
            topic,
            question: question.replace("{when}", &when),
        })
        .collect()
}

fn between(interval: &Interval) -> String {
    let to = interval
        .to
        .map_or_else(|| "an instant that AWS did not report".to_owned(), utc);
    format!("between {} and {to}", utc(interval.from))
}
