//! What is not there: Regions and journals that could not be read. It is told before what is.

use super::words::{counted, place};
use crate::domain::posture::fleet::{Kpi, Reading, Row};

/// How many names of runs are told.
const NAMED: usize = 3;

/// That a Region was not read, or not whole; none where it was. `rows` tell whether something of it is there.
pub fn unread(reading: &Reading, rows: &[Row]) -> Option<String> {
    let failure = reading.unread.as_ref()?;
    let of_it = |row: &&Row| row.cluster.region == reading.region && row.cluster.profile == reading.profile;
    let (how, missing) = match rows.iter().filter(of_it).count() {
        0 => ("not read", "its clusters are not here"),
        _ => ("not read whole", "some of its clusters are not here"),
    };
    Some(format!(
        "{} was {how}: {missing} ({}: {})",
        place(reading.profile.as_deref(), &reading.region),
        failure.action,
        failure.code.as_deref().unwrap_or("no answer")
    ))
}

/// That journals could not be read, or not even be listed; none where all were.
pub fn journals(kpi: &Kpi) -> Option<String> {
    if let Some(why) = &kpi.journals_unlisted {
        return Some(format!(
            "the journals could not be listed: {why}; time to recover, impact, the window needed and last backtracks are not known"
        ));
    }
    let names = &kpi.journals_unreadable;
    if names.is_empty() {
        return None;
    }
    let mut told = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > NAMED {
        told.push_str(", …");
    }
    Some(format!(
        "{} could not be read ({told}): what is in there is in no figure, and may be a later backtrack",
        counted(names.len(), "journal")
    ))
}

/// What to type about it; `again` are the options that find the same journals.
pub fn mend(kpi: &Kpi, again: &str) -> Option<String> {
    if kpi.journals_unlisted.is_some() {
        return Some("give the folder that holds the journals with --journal DIR".to_owned());
    }
    let some = !kpi.journals_unreadable.is_empty();
    some.then(|| format!("backtrackctl history{again}    # what is the matter with each"))
}
