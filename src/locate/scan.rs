//! The search: every file once, and once more only for what the first reading could not remember.

use super::again::{Details, Return, Wanted};
use super::candidate::Candidate;
use super::coverage::{Coverage, FileCoverage};
use super::error::{LocateError, Problem};
use super::facts::{Facts, Mark, Session};
use super::feed::{Feed, Sink};
use super::habit::habits;
use super::harmless::Harmless;
use super::input;
use super::intern::Quick;
use super::keep::{Held, Keep};
use super::lost::Tally;
use super::query::Query;
use super::recount::Recount;
use super::routine::resolve;
use super::sieve::{Shared, Sieve};
use super::sources::Sources;
use super::spread::each;
use super::target::{Choice, Suggestion, choices};
use super::transaction::{Fate, settle};
use super::undone::{Backtracks, mark};
use std::collections::HashSet;
use std::hash::BuildHasherDefault;
use std::path::Path;
use std::sync::atomic::AtomicUsize;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Candidates in rank order.
    pub candidates: Vec<Candidate>,
    /// Candidates of the lowest ranks that were only counted, for want of room.
    pub omitted: u64,
    /// Statements that did no damage.
    pub harmless: Harmless,
    /// What was read.
    pub coverage: Coverage,
    /// Where to rewind to.
    pub suggestion: Suggestion,
    /// The same for each of the first candidates alone.
    pub alternatives: Vec<Suggestion>,
    /// What was known of the cluster's backtracks.
    pub backtracks: Backtracks,
}

/// Searches `sources`, and hands each unbounded or wide candidate to `announce` as soon as it is read: not yet
/// settled, in no order. What is returned does not depend on the number of threads or the order of files.
pub fn scan(
    sources: &Sources,
    query: &Query,
    announce: &mut dyn FnMut(&Candidate),
) -> Result<Found, LocateError> {
    let (mut facts, keep, mut harmless, files) = first(sources, query, announce)?;
    let (mut held, omitted) = keep.into_parts();
    for held in &mut held {
        held.session.server = facts
            .servers
            .known(held.candidate.server.as_bytes())
            .unwrap_or_default();
    }
    let marks = details(sources, query, &facts, &mut held, &mut harmless)?;
    held.retain(|held| query.names(&held.candidate));
    held.sort();
    let fates = settle(&mut held, marks);
    apply(&mut held, fates, query, &mut harmless);
    mark(&mut held, &query.backtracks);
    held.sort();
    habits(&mut held);
    let (suggested, alternatives) = choices(&held, &query.chosen);
    let none = Suggestion::none(&held);
    let (suggestion, alternatives) = cost(sources, query, &mut facts, suggested, alternatives)?;
    Ok(Found {
        candidates: held.into_iter().map(|held| held.candidate).collect(),
        omitted,
        harmless,
        coverage: Coverage::of(files, (query.since_us, query.until_us)),
        suggestion: suggestion.unwrap_or(none),
        alternatives,
        backtracks: query.backtracks.clone(),
    })
}

/// One file through a sink.
fn read(path: &Path, query: &Query, sink: &mut impl Sink) -> FileCoverage {
    let mut feed = Feed::new(path.to_string_lossy().into_owned(), query.zone);
    match input::open(path) {
        Ok(input) => {
            let end = input::lines(input, |line| feed.line(line, sink));
            feed.finish(end.cut, end.failure, sink)
        }
        Err(error) => feed.finish(false, Some(error.to_string()), sink),
    }
}

/// What is no file was not read, and may have been meant to be.
fn passed(path: &Path) -> FileCoverage {
    FileCoverage {
        file: path.to_string_lossy().into_owned(),
        problem: Some(Problem::Unreadable {
            message: "expected a file, got a pipe, a socket or a device".to_owned(),
        }),
        ..FileCoverage::default()
    }
}

type First = (Facts, Keep, Harmless, Vec<FileCoverage>);

fn first(
    sources: &Sources,
    query: &Query,
    announce: &mut dyn FnMut(&Candidate),
) -> Result<First, LocateError> {
    let shared = Shared {
        query,
        marks: AtomicUsize::new(0),
        writes: AtomicUsize::new(0),
    };
    let keep = Mutex::new(Keep::new(query.room));
    let (sender, receiver) = sync_channel(256);
    let work = |sender: &SyncSender<Candidate>, path: &Path| {
        let mut sieve = Sieve::new(&shared, path.to_string_lossy().into_owned(), sender.clone());
        let coverage = read(path, query, &mut sieve);
        let (facts, harmless) = (sieve.facts, sieve.harmless);
        // Candidates are merged at once: many files with many candidates each would add up.
        keep.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .merge(sieve.keep);
        (facts, harmless, coverage)
    };
    let results = each(sources, query, sender, work, || {
        for candidate in &receiver {
            announce(&candidate);
        }
    })?;
    let mut facts = Facts::default();
    let mut harmless = Harmless::default();
    let mut files = Vec::new();
    for (one, counts, coverage) in results {
        facts.merge(one);
        harmless.add(counts);
        files.push(coverage);
    }
    files.extend(sources.passed().iter().map(|path| passed(path)));
    let keep = keep.into_inner().map_err(|_| LocateError::Stopped)?;
    Ok((facts, keep, harmless, files))
}

/// The marks of the candidates' connections, by a second reading where the first did not keep them.
fn details(
    sources: &Sources,
    query: &Query,
    facts: &Facts,
    held: &mut Vec<Held>,
    harmless: &mut Harmless,
) -> Result<Vec<Mark>, LocateError> {
    let sessions: HashSet<Session, BuildHasherDefault<Quick>> =
        held.iter().map(|held| held.session).collect();
    let routines: Vec<&Held> = held.iter().filter(|held| held.candidate.is_routine()).collect();
    if sessions.is_empty() || (!facts.marks.dropped() && routines.is_empty()) {
        return Ok(facts
            .marks
            .iter()
            .filter(|mark| sessions.contains(&mark.session))
            .copied()
            .collect());
    }
    let queries = routines
        .iter()
        .map(|held| (held.session, held.candidate.query_id))
        .collect();
    let wanted = Wanted {
        sessions: sessions.into_iter().collect(),
        queries,
    };
    let work = |(): &(), path: &Path| {
        let mut sink = Return::new(&wanted, facts);
        read(path, query, &mut sink);
        sink.details
    };
    let mut details = Details::default();
    each(sources, query, (), work, || ())?
        .into_iter()
        .for_each(|one| details.merge(one));
    harmless.wrote_nothing += resolve(held, &details, facts);
    Ok(details.marks)
}

/// Writes the fates into the candidates and takes out what did no damage.
fn apply(held: &mut Vec<Held>, fates: Vec<Fate>, query: &Query, harmless: &mut Harmless) {
    let mut fates = fates.into_iter();
    held.retain_mut(|held| {
        let fate = fates
            .next()
            .unwrap_or(Fate::Unknown("the log does not show its transaction"));
        let (committed, why) = match fate {
            Fate::Committed => (Some(true), "committed"),
            Fate::RolledBack => (Some(false), "rolled back"),
            Fate::PresumedRolledBack => (
                Some(false),
                "a ROLLBACK followed, though no BEGIN is in the log: last in rank, not left out",
            ),
            Fate::Unknown(why) => (None, why),
        };
        let candidate = &mut held.candidate;
        candidate.committed = committed;
        candidate.reason = format!("{}; {why}", candidate.reason);
        if candidate.noise {
            candidate
                .reason
                .push_str("; one of Aurora's own accounts or tables: last in rank");
        }
        let undone = fate == Fate::RolledBack;
        harmless.rolled_back += u64::from(undone);
        !undone || query.include_harmless
    });
}

/// Counts what each choice would lose.
fn cost(
    sources: &Sources,
    query: &Query,
    facts: &mut Facts,
    suggested: Option<Choice>,
    alternatives: Vec<Choice>,
) -> Result<(Option<Suggestion>, Vec<Suggestion>), LocateError> {
    let gone = query.backtracks.gone_s();
    let all = suggested.iter().chain(&alternatives);
    let mut tallies: Vec<Tally> = all.map(|choice| choice.tally(&gone)).collect();
    if facts.writes.dropped() && facts.counts && !tallies.is_empty() {
        let kept = &*facts;
        let work = |(): &(), path: &Path| {
            let mut sink = Recount::new(kept, tallies.clone());
            read(path, query, &mut sink);
            (sink.tallies, sink.own)
        };
        for (counts, own) in each(sources, query, (), work, || ())? {
            let (tables, users) = (facts.tables.merge(&own.tables), facts.users.merge(&own.users));
            tallies
                .iter_mut()
                .zip(&counts)
                .for_each(|(tally, other)| tally.merge(other, &tables, &users));
        }
    } else {
        facts
            .writes
            .iter()
            .for_each(|write| tallies.iter_mut().for_each(|tally| tally.add(write)));
    }
    let mut lost = tallies
        .iter()
        .map(|tally| facts.counts.then(|| tally.lost(facts)));
    let suggestion = suggested.map(|choice| choice.suggestion(lost.next().flatten()));
    let alternatives = alternatives
        .into_iter()
        .map(|choice| choice.suggestion(lost.next().flatten()))
        .collect();
    Ok((suggestion, alternatives))
}
