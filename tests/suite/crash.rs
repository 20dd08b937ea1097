//! The process dies at every record of its journal, and `recover` brings the run to the same end as without.
//!
//! Each record is met in three ways: killed as soon as it is in the file, before what follows from it; killed by the
//! kernel at the next record, after what followed from it; and with a disk that takes no further record.

use rustix::process::Signal;

use crate::copies::QUICK_COPIES;
use crate::harness::{Finished, Incident, Journal, Lab, Program, Running, drill_with_copy, each, stamp};

/// How a process ends too early.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Death {
    /// Right after a record became visible.
    AtOnce,
    /// At the append of the next record: what follows from this one has been done.
    BeforeTheNext,
    /// It lives, and cannot write the next record.
    DiskFull,
}

/// A way to a journal: what is done first, then the process that dies, and how it would have ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Story {
    /// A run.
    Rewind,
    /// A run that takes a clone with an instance.
    WithCopy,
    /// A run that went too far and was held; then forward.
    HeldThenForward,
    /// A run that went too far and is finished; then forward.
    FinishedThenForward,
    /// A run whose request left no trace; then sent again.
    Resend,
}

const DEATHS: [Death; 3] = [Death::AtOnce, Death::BeforeTheNext, Death::DiskFull];
/// A record can be too quick to be caught in time, the more so on a busy machine.
const TRIES: usize = 100;

impl Story {
    fn begin(self, program: Program) -> Incident {
        let lab = match self {
            Self::WithCopy => Lab::with(&format!("{}{QUICK_COPIES}", crate::harness::QUICK)),
            Self::Rewind | Self::HeldThenForward | Self::FinishedThenForward | Self::Resend => Lab::quick(),
        };
        let incident = Incident::on(lab, program);
        let far = incident.target - chrono::TimeDelta::minutes(5);
        match self {
            Self::Rewind => {}
            Self::WithCopy => {
                let keys = "kind = \"clone\"\ninstance = \"db.r6g.large\"";
                incident.program.file("drill.toml", &drill_with_copy(keys, "15s"));
            }
            Self::HeldThenForward => drop(incident.rewind_to(far, &["--hold"]).expect(20)),
            Self::FinishedThenForward => drop(incident.rewind_to(far, &[]).expect(0)),
            Self::Resend => {
                incident.lab.fault("BacktrackDBCluster", 1, "reset_before");
                incident.rewind(&[]).expect(31);
            }
        }
        incident
    }

    /// Starts the process whose death is told of.
    fn start(self, incident: &Incident) -> Running {
        let target = stamp(incident.target);
        match self {
            Self::Rewind | Self::WithCopy => incident.start(&[]),
            Self::HeldThenForward => incident.start_forward(&target, &[]),
            Self::FinishedThenForward => incident.start_forward(&target, &["--reason", "too far"]),
            Self::Resend => incident.start_recover(&["--resend"]),
        }
    }

    /// Its exit code when nothing happens to it.
    fn exit(self) -> i32 {
        match self {
            Self::Rewind | Self::WithCopy | Self::FinishedThenForward | Self::Resend => 0,
            Self::HeldThenForward => 20,
        }
    }

    /// Hops of the whole story that are to be accepted.
    fn hops(self) -> usize {
        match self {
            Self::Rewind | Self::WithCopy | Self::Resend => 1,
            Self::HeldThenForward | Self::FinishedThenForward => 2,
        }
    }

    /// The number of the first record that the process writes, and of the last.
    fn records(self) -> (usize, usize) {
        let incident = self.begin(Program::new());
        let first = Journal::only(&incident.program.journals()).map_or(0, |journal| journal.count()) + 1;
        self.start(&incident).finish().expect(self.exit());
        (first, incident.journal().count())
    }
}

/// Watches the journal until it has `record`, and stops the process there. False when it was too quick.
fn stop_at(running: &mut Running, incident: &Incident, record: usize) -> bool {
    let count = || Journal::only(&incident.program.journals()).map_or(0, |journal| journal.count());
    loop {
        let found = count();
        if found >= record {
            running.signal(Signal::STOP);
            running.wait_until_stopped();
            return count() == record;
        }
        if running.is_over() {
            return false;
        }
        // Near the record every moment counts; far from it others need the processor.
        if found + 5 < record {
            std::thread::sleep(std::time::Duration::from_millis(1));
        } else {
            std::thread::yield_now();
        }
    }
}

/// An incident whose process died so, with `record` as the last of its journal; none where it ended by itself with
/// that record: how often it polls is not always the same.
fn dead(story: Story, death: Death, record: usize) -> Option<Incident> {
    for _ in 0..TRIES {
        let program = match death {
            Death::AtOnce | Death::BeforeTheNext => Program::new(),
            Death::DiskFull => Program::new().that_survives_a_full_disk(),
        };
        let incident = story.begin(program);
        let mut running = story.start(&incident);
        if !stop_at(&mut running, &incident, record) {
            continue;
        }
        match death {
            Death::AtOnce => running.signal(Signal::KILL),
            // What is written past the limit is an error to a process that asked for it, and the end of any other.
            Death::BeforeTheNext | Death::DiskFull => {
                running.limit_files(incident.journal().bytes().len() as u64);
            }
        }
        running.signal(Signal::CONT);
        let ended = running.finish();
        if incident.journal().count() != record {
            continue;
        }
        if incident
            .journal()
            .types()
            .last()
            .is_some_and(|last| last == "ended")
        {
            return None;
        }
        check_end(story, &incident, death, &ended);
        return Some(incident);
    }
    panic!("{story:?}: record {record} was never the last in {TRIES} tries")
}

/// What the process itself said, where it could.
fn check_end(story: Story, incident: &Incident, death: Death, ended: &Finished) {
    match (death, ended.exit()) {
        (Death::AtOnce | Death::BeforeTheNext, exit) => assert_eq!(exit, None, "{ended:?}"),
        (Death::DiskFull, exit) => {
            let shop = incident.lab.world().shop;
            let exit = exit.unwrap_or_else(|| panic!("{ended:?}"));
            assert!([10, 20, 31, 33].contains(&exit), "{exit}: {ended:?}");
            // Refused means that nothing was moved, and that whatever was paused is open again.
            let untouched = !shop.paused && incident.lab.accepted().len() == story.hops() - 1;
            assert!(exit != 10 || untouched, "{shop:?} {ended:?}");
            assert!(ended.stderr.contains("backtrackctl recover "), "{}", ended.stderr);
        }
    }
}

/// Recovers until the run ends, as a person would: `--resend` only where the program says that nothing is known.
fn recover(story: Story, incident: &Incident) -> Finished {
    let requests = incident.lab.requests().len();
    // Nothing of the old process may still be on its way.
    incident.lab.advance(12);
    let first = incident.recover(&[]);
    if first.exit() != Some(31) {
        return first;
    }
    assert_eq!(
        incident.lab.requests().len(),
        requests,
        "nothing is sent again by itself"
    );
    assert_eq!(incident.lab.accepted().len(), story.hops() - 1);
    assert!(incident.lab.world().shop.paused);
    incident.recover(&["--resend"])
}

fn dies_everywhere(story: Story) {
    let (first, last) = story.records();
    let cases = (first..last).flat_map(|record| DEATHS.map(|death| (record, death)));
    each(cases, |(record, death)| {
        let Some(incident) = dead(story, death, record) else {
            return;
        };
        let types = incident.journal().types();
        let about = format!("{story:?}, {death:?} after {record}: {types:?}");
        incident.assert_journal_verifies();
        let closed_before = incident.lab.accepted().len();

        let mut ended = recover(story, &incident);
        if ended.exit() == Some(20) {
            // Held, as the whole story would have been.
            assert_eq!(story.exit(), 20, "{about}");
            assert!(incident.lab.world().shop.paused, "{about}");
            ended = incident.recover(&[]);
        }
        assert_eq!(ended.exit(), Some(0), "{about}: {ended:?}");

        if story == Story::WithCopy {
            let made = incident.lab.accepted_of("RestoreDBClusterToPointInTime").len();
            let clones = incident.lab.world().clones().len();
            assert_eq!((made, clones), (1, 1), "{about}");
            let left = ended.outcome()["left_behind"].clone();
            assert_eq!(left[0]["exists"], true, "{about}: {left}");
        }
        let accepted = incident.lab.accepted().len();
        let ordered = incident.journal().hops_ordered();
        assert!(
            accepted <= story.hops() && accepted >= closed_before,
            "{about}: {accepted}"
        );
        assert_eq!(accepted, ordered, "{about}: one accepted request for each hop");
        if ordered == story.hops() {
            incident.assert_recovered();
        } else {
            // It died before its order was in the journal: what was there is finished.
            assert!(!incident.lab.world().shop.paused, "{about}");
            incident.assert_journal_verifies();
        }
    });
}

#[test]
fn a_run_that_dies_at_any_record_is_recovered_to_the_same_end() {
    dies_everywhere(Story::Rewind);
}

#[test]
fn a_run_with_a_copy_that_dies_at_any_record_is_recovered_to_the_same_end_with_one_copy() {
    dies_everywhere(Story::WithCopy);
}

#[test]
fn a_way_forward_from_a_held_run_that_dies_at_any_record_is_recovered_to_the_same_end() {
    dies_everywhere(Story::HeldThenForward);
}

#[test]
fn a_way_forward_from_a_finished_run_that_dies_at_any_record_is_recovered_to_the_same_end() {
    dies_everywhere(Story::FinishedThenForward);
}

#[test]
fn a_request_that_is_sent_again_and_dies_at_any_record_is_recovered_to_the_same_end() {
    dies_everywhere(Story::Resend);
}
