//! Whether what went wrong is one incident: where nobody judges, nothing is undone that may be somebody else's work.

use super::candidate::Candidate;
use std::collections::BTreeSet;

/// Statements of one incident follow each other at most this far apart: a deployment, a script, a person at a prompt.
const APART_US: i64 = 600_000_000;

/// What speaks against one incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Doubt {
    /// Several accounts did damage.
    Accounts(Vec<String>),
    /// Between two of the statements lies more than ten minutes, in microseconds since the epoch.
    Apart(i64, i64),
}

/// Whether all candidates that count are one incident: of one account, none far from the next.
///
/// # Errors
/// What speaks against it.
pub fn one_incident(candidates: &[Candidate]) -> Result<(), Doubt> {
    let counting = || candidates.iter().filter(|candidate| candidate.counts());
    let accounts: BTreeSet<&str> = counting().map(|candidate| candidate.user.as_str()).collect();
    if accounts.len() > 1 {
        return Err(Doubt::Accounts(accounts.into_iter().map(str::to_owned).collect()));
    }
    let mut times: Vec<i64> = counting().map(|candidate| candidate.time_us).collect();
    times.sort_unstable();
    for pair in times.windows(2) {
        if let [one, next] = pair
            && next - one > APART_US
        {
            return Err(Doubt::Apart(*one, *next));
        }
    }
    Ok(())
}
