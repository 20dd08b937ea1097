//! Which seeds are played, on how many threads, and what is said of those that fail.

use std::collections::BTreeMap;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::thread;

use super::story::{Told, play};
use super::trace::Trace;

/// What `tests/run` plays.
const FIXED: Range<u64> = 0..120;
/// Each of these is played twice.
const TWICE: [u64; 6] = [3, 5, 8, 13, 55, 89];

/// Plays one seed on a runtime of its own, whose clock stands still while anything is done.
fn once(seed: u64, aloud: bool) -> Result<Told, String> {
    let played = catch_unwind(AssertUnwindSafe(|| {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .start_paused(true)
            .event_interval(7)
            .build()
            .unwrap();
        runtime.block_on(play(seed, Trace::new(aloud)))
    }));
    played.map_err(|panic| {
        let text = panic.downcast_ref::<String>().cloned();
        text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
            .unwrap_or_else(|| "a panic without words".to_owned())
    })
}

fn seeds() -> Range<u64> {
    let Ok(text) = std::env::var("BACKTRACKCTL_SEEDS") else {
        return FIXED;
    };
    let bounds = text
        .split_once("..")
        .and_then(|(from, to)| Some(from.parse().ok()?..to.parse().ok()?));
    bounds.unwrap_or_else(|| panic!("expected BACKTRACKCTL_SEEDS like 0..10000, got {text:?}"))
}

#[derive(Default)]
struct Tally {
    runs: u32,
    processes: u32,
    /// Runs by the number of requests that the lab accepted.
    accepted: BTreeMap<usize, u32>,
    ends: BTreeMap<String, u32>,
    failed: Vec<(u64, String)>,
}

#[test]
#[expect(clippy::print_stderr, reason = "a long simulation says what it did")]
fn whatever_happens_to_a_run_the_promises_hold_and_it_comes_to_an_end() {
    if let Ok(seed) = std::env::var("BACKTRACKCTL_SEED") {
        let seed = seed.parse().expect("BACKTRACKCTL_SEED is a number");
        once(seed, true).unwrap_or_else(|why| panic!("seed {seed}: {why}"));
        return;
    }
    let waiting = Mutex::new(seeds());
    let tally = Mutex::new(Tally::default());
    let next = || waiting.lock().unwrap().next();
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(seed) = next() {
                    let played = once(seed, false);
                    let mut tally = tally.lock().unwrap();
                    tally.runs += 1;
                    match played {
                        Ok(told) => {
                            tally.processes += told.processes;
                            *tally.accepted.entry(told.accepted).or_default() += 1;
                            for (end, count) in told.ends {
                                *tally.ends.entry(end).or_default() += count;
                            }
                        }
                        Err(why) => {
                            eprintln!("BACKTRACKCTL_SEED={seed}: {why}");
                            tally.failed.push((seed, why));
                        }
                    }
                }
            });
        }
    });
    let tally = tally.into_inner().unwrap();
    eprintln!("{} runs, by accepted requests: {:?}", tally.runs, tally.accepted);
    eprintln!("{} processes: {:?}", tally.processes, tally.ends);
    let failed: Vec<String> = tally
        .failed
        .iter()
        .map(|(seed, why)| format!("BACKTRACKCTL_SEED={seed}: {why}"))
        .collect();
    assert!(
        failed.is_empty(),
        "{} seeds failed:\n{}",
        failed.len(),
        failed.join("\n")
    );
}

#[test]
fn a_seed_replays_exactly() {
    for seed in TWICE {
        let played = [(); 2].map(|()| once(seed, false).unwrap_or_else(|why| panic!("seed {seed}: {why}")));
        let [one, other] = played.map(|told| told.lines);
        for (line, again) in one.iter().zip(&other) {
            assert_eq!(line, again, "seed {seed}");
        }
        assert_eq!(one.len(), other.len(), "seed {seed}");
    }
}
