//! The same work for every file, on some threads.

use super::error::LocateError;
use super::query::Query;
use super::sources::Sources;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Runs `work` for each file on as many threads as asked; the results in the order of the files.
///
/// Every thread holds a copy of `token` until it ends, however it ends: that is how `meanwhile` knows.
pub fn each<K: Clone + Send, T: Send>(
    sources: &Sources,
    query: &Query,
    token: K,
    work: impl Fn(&K, &Path) -> T + Sync,
    meanwhile: impl FnOnce(),
) -> Result<Vec<T>, LocateError> {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let threads = if query.threads == 0 {
        processors
    } else {
        query.threads
    };
    let next = AtomicUsize::new(0);
    let results: Mutex<Vec<(usize, T)>> = Mutex::new(Vec::new());
    let (next, shared, work) = (&next, &results, &work);
    thread::scope(|scope| {
        for _ in 0..threads.min(sources.files().len()) {
            let token = token.clone();
            scope.spawn(move || {
                while let Some((at, path)) = take(next, sources.files()) {
                    let result = work(&token, path);
                    shared
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .push((at, result));
                }
            });
        }
        drop(token);
        meanwhile();
    });
    let mut results = results.into_inner().map_err(|_| LocateError::Stopped)?;
    if results.len() != sources.files().len() {
        return Err(LocateError::Stopped);
    }
    results.sort_by_key(|(at, _)| *at);
    Ok(results.into_iter().map(|(_, result)| result).collect())
}

fn take<'f, T>(next: &AtomicUsize, files: &'f [T]) -> Option<(usize, &'f T)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    files.get(at).map(|file| (at, file))
}
