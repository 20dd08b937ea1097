//! The process is killed at random moments, in the run and in its recoveries, and the run comes to the same end.
//!
//! `BACKTRACKCTL_KILLS=N` kills in N runs; without it a few. Each run's moments follow from its number.

use std::time::Duration;

use rustix::process::Signal;

use crate::harness::{Incident, each};

/// Longer than a run on the quick lab takes: some are killed after their end, which is a moment too.
const LONGEST_MS: u64 = 2_200;

/// A fault that the run meets besides.
const FAULTS: [Option<(&str, &str)>; 4] = [
    None,
    Some(("BacktrackDBCluster", "reset_after")),
    Some(("BacktrackDBCluster", "throttle")),
    Some(("DescribeDBClusterBacktracks", "error")),
];

/// splitmix64: the moments of a run need no more.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}

fn killed(number: u64) {
    let mut state = number;
    let incident = Incident::new();
    let fault = FAULTS[usize::try_from(number % 4).unwrap()];
    if let Some((action, fault)) = fault {
        incident.lab.fault(action, 1, fault);
    }
    let mut running = incident.start(&[]);
    for _ in 0..=(next(&mut state) % 3) {
        // The moment itself is what is tried: no condition is waited for.
        std::thread::sleep(Duration::from_millis(next(&mut state) % LONGEST_MS));
        running.signal(Signal::KILL);
        running.finish();
        if incident.program.journals().join("runs").exists() && has_a_run(&incident) {
            incident.assert_journal_verifies();
            running = incident.start_recover(&[]);
        } else {
            running = incident.start(&[]);
        }
    }
    let mut ended = running.finish();
    let about = format!("run {number}, {fault:?}");
    if ended.exit() == Some(31) {
        // Nothing of a request that may have gone out is listed: a person says that it is sent again.
        assert_eq!(incident.lab.accepted().len(), 0, "{about}: {ended:?}");
        ended = incident.recover(&["--resend"]);
    }
    assert_eq!(ended.exit(), Some(0), "{about}: {ended:?}");
    let confirmed = incident.journal().hops_confirmed();
    assert_eq!(
        incident.lab.accepted().len(),
        1,
        "{about}, confirmed {confirmed} times"
    );
    incident.assert_recovered();
}

fn has_a_run(incident: &Incident) -> bool {
    let runs = std::fs::read_dir(incident.program.journals().join("runs"));
    runs.is_ok_and(|mut runs| runs.next().is_some())
}

#[test]
fn killed_at_random_moments_a_run_comes_to_its_one_end() {
    let runs = std::env::var("BACKTRACKCTL_KILLS").map_or(16, |runs| runs.parse().unwrap());
    each(0..runs, killed);
}
