//! One simulated incident from its seed to its end: something goes wrong in the shop, a run is begun, and processes come
//! and go until a helpful person brings it to an end.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use backtrackctl::domain::run::{Run, State};
use backtrackctl::domain::run_id::RunId;
use backtrackctl::domain::runbook::Runbook;
use backtrackctl::domain::target::{floor_second, wire};
use backtrackctl::journal::{Shelf, Store};
use backtrackctl::lab::{InsideLab, LabOptions, Scenario};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use tempfile::TempDir;

use super::chance::Chance;
use super::doom::Death;
use super::journal::Trail;
use super::network::{Tally, Wire};
use super::oracle::{self, Before};
use super::person::{Temper, elsewhere};
use super::process::{Ended, Errand, Process, Voice};
use super::setup;
use super::shop::{Trouble, Worker};
use super::time::Machine;
use super::trace::Trace;

/// The cluster of the lab.
pub const CLUSTER: &str = "orders--drill";
/// So often something happens to a run before somebody helps.
const WILD: u32 = 5;
/// So often a helpful person needs to be called at most.
const HELP: u32 = 6;

/// The incident.
pub struct Story {
    pub seed: u64,
    pub lab: Rc<InsideLab>,
    pub machine: Machine,
    pub worker: Rc<Worker>,
    pub runbook: Runbook,
    pub store: Store,
    pub opened: RefCell<Option<(Shelf, RunId)>>,
    pub trail: Trail,
    pub tally: Arc<Mutex<Tally>>,
    /// How far the service's clock is from the lab's.
    pub skew: TimeDelta,
    hangs: bool,
    trace: Trace,
    /// The journals; they go with the story.
    _root: TempDir,
}

/// What became of it.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// How often a process ended in which way.
    pub ends: BTreeMap<String, u32>,
    pub processes: u32,
    /// How many requests the lab accepted.
    pub accepted: usize,
    /// Everything that happened, without what differs between two machines.
    pub lines: Vec<String>,
}

/// Plays it. Panics where something does not hold.
pub async fn play(seed: u64, trace: Trace) -> Told {
    // What the SDK takes for chance: how long it waits before it tries again.
    fastrand::seed(seed);
    let mut chance = Chance::new(seed);
    let began: DateTime<Utc> = "2026-03-08T01:58:00Z".parse().unwrap();
    let scenario = setup::scenario(&mut chance);
    trace.say(&format!("seed {seed}, a lab of\n{scenario}"));
    let options = LabOptions {
        seed,
        scenario: Scenario::parse(&scenario).unwrap_or_else(|error| panic!("{error}: {scenario}")),
        ..LabOptions::default()
    };
    let root = tempfile::Builder::new()
        .prefix("simulation")
        .tempdir_in(folder())
        .unwrap();
    let runbook = setup::runbook(&mut chance);
    let mut story = Story {
        seed,
        lab: Rc::new(InsideLab::start(options, began).unwrap()),
        machine: Machine::boot(began),
        worker: Rc::default(),
        runbook: backtrackctl::runbook::parse(&runbook, "simulated").unwrap(),
        store: Store::open(root.path()).unwrap(),
        opened: RefCell::default(),
        trail: Rc::default(),
        tally: Arc::default(),
        skew: TimeDelta::seconds(setup::skew(&mut chance)),
        hangs: false,
        trace,
        _root: root,
    };
    story.lab.skew(story.skew.num_seconds());
    let target = story.incident(&mut chance).await;
    let mut told = Told::default();
    let hold = chance.percent(15);
    let errand = if chance.percent(6) {
        Errand::Rehearse { to: wire(target) }
    } else {
        Errand::Run {
            to: wire(target),
            hold,
        }
    };
    let mut next = Some(errand);
    for _ in 0..WILD {
        let Some(errand) = next else { break };
        let process = wild(&mut chance, errand);
        story.live(process, &mut chance, &mut told).await;
        next = story.afterwards(&mut chance).await;
    }
    story.helped(&mut chance, &mut told).await;
    told.accepted = oracle::sends(&story.lab)
        .iter()
        .filter(|call| call.accepted)
        .count();
    told.lines = story.trace.lines();
    told
}

/// Memory where there is some to write to: every record is synced.
fn folder() -> std::path::PathBuf {
    let memory = std::path::Path::new("/dev/shm");
    if memory.is_dir() {
        memory.to_owned()
    } else {
        std::env::temp_dir()
    }
}

fn wild(chance: &mut Chance, errand: Errand) -> Process {
    let voice = chance.weighed(&[
        (10, Voice::Person(Temper::Wild)),
        (10, Voice::Nobody { confirmed: true }),
        (1, Voice::Nobody { confirmed: false }),
    ]);
    let patience = Duration::from_millis(chance.within(300_000..=2_000_000));
    let mut signals = vec![
        (patience, "Ctrl-C"),
        (patience + Duration::from_mins(20), "SIGTERM"),
    ];
    if chance.percent(12) {
        let most = chance.of(&[2_000, 30_000, 300_000]);
        let name = chance.of(&["Ctrl-C", "SIGTERM", "SIGHUP"]);
        signals.insert(0, (Duration::from_millis(chance.within(1..=most)), name));
    }
    Process {
        errand,
        voice,
        reason: chance.percent(40).then(|| "a reason".to_owned()),
        death: chance.percent(40).then(|| Death::draw(chance)),
        wire: setup::wire(chance),
        trouble: setup::trouble(chance),
        signals,
        lid: setup::lid(chance),
        jump: setup::jump(chance),
        chance: chance.fork(),
    }
}

fn helping(chance: &mut Chance) -> Process {
    Process {
        errand: Errand::Recover { resend: false },
        voice: Voice::Person(Temper::Helpful),
        reason: Some("an end is wanted".to_owned()),
        death: None,
        wire: Wire::default(),
        trouble: Trouble::default(),
        signals: vec![(Duration::from_mins(25), "Ctrl-C")],
        lid: None,
        jump: None,
        chance: chance.fork(),
    }
}

impl Story {
    /// Something goes wrong, mostly; where somebody wants to be is the answer.
    async fn incident(&self, chance: &mut Chance) -> DateTime<Utc> {
        let seconds =
            |chance: &mut Chance, most| TimeDelta::seconds(i64::try_from(chance.within(1..=most)).unwrap());
        tokio::time::sleep(Duration::from_millis(chance.within(1_000..=9_000))).await;
        let at = if chance.percent(85) {
            self.lab.delete_all().unwrap()
        } else {
            oracle::world(&self.lab).now
        };
        let noticed = chance.weighed(&[(3, 10), (3, 120), (1, 900)]);
        tokio::time::sleep(Duration::from_millis(chance.within(2_000..=noticed * 1_000))).await;
        let right = floor_second(at) - TimeDelta::seconds(1);
        let too_far = right - seconds(chance, 900);
        let too_late = right + seconds(chance, noticed);
        let never = right - TimeDelta::days(3);
        chance.weighed(&[(20, right), (8, too_far), (2, too_late), (1, never)])
    }

    async fn live(&mut self, process: Process, chance: &mut Chance, told: &mut Told) {
        let faults = match process.voice {
            Voice::Person(Temper::Helpful) => json!([]),
            Voice::Person(Temper::Wild) | Voice::Nobody { .. } => setup::faults(chance),
        };
        self.hangs |= setup::hangs(&faults);
        self.lab.faults(&faults).unwrap();
        let before = Before {
            world: oracle::world(&self.lab),
            worker: self.worker.paused.get(),
        };
        self.trace.begins(&process, &faults, before.world.now);
        let known = self.trail.borrow().len();
        let ended = process.clone().live(self).await;
        self.trace.records(&self.trail.borrow()[known..]);
        self.trace.ended(&ended, &oracle::world(&self.lab));
        let how = match &ended {
            Ended::Itself(finish) => finish.outcome.as_str(),
            Ended::Died => "killed",
            Ended::DiskFull => "disk full",
        };
        *told.ends.entry(how.to_owned()).or_default() += 1;
        told.processes += 1;
        oracle::assert_sound(self, &process, &before, &ended);
    }

    /// The run as its journal tells of it.
    fn run(&self) -> Run {
        let trail = self.trail.borrow();
        Run::replay(trail.iter().map(|(at, event)| (*at, event))).unwrap()
    }

    /// Some time passes; then somebody types something, as far as it is permitted.
    async fn afterwards(&self, chance: &mut Chance) -> Option<Errand> {
        let most = chance.weighed(&[(5, 30_000), (3, 300_000), (1, 2_400_000)]);
        // Nothing of a dead process is on its way any longer than its wire is slow.
        tokio::time::sleep(Duration::from_millis(chance.within(0..=most))).await;
        let (shelf, _) = self.opened.borrow().clone()?;
        if shelf == Shelf::Rehearsals {
            return None;
        }
        let run = self.run();
        let still = matches!(
            run.state(),
            State::Held
                | State::Closed { .. }
                | State::Settled { .. }
                | State::Verified { accepted: false, .. }
        );
        let movable = still && !run.hops().is_empty();
        if movable && chance.percent(35) {
            let now = oracle::world(&self.lab).now;
            let to = elsewhere(chance, run.shows(), run.origin(), now);
            let to = (!chance.percent(40)).then(|| wire(to));
            return Some(Errand::Forward { to });
        }
        if run.is_finished() || chance.percent(25) {
            return None;
        }
        let resend = chance.percent(35);
        Some(Errand::Recover { resend })
    }

    /// With nothing wrong any more, and somebody who wants an end, there is one.
    async fn helped(&mut self, chance: &mut Chance, told: &mut Told) {
        if self
            .opened
            .borrow()
            .as_ref()
            .is_none_or(|(shelf, _)| *shelf == Shelf::Rehearsals)
        {
            return;
        }
        for _ in 0..HELP {
            if self.run().is_finished() {
                return;
            }
            // Nothing of the dead is still on its way.
            tokio::time::sleep(Duration::from_secs(40)).await;
            let process = helping(chance);
            self.live(process, chance, told).await;
        }
        let world = oracle::world(&self.lab);
        let hanging = world
            .cluster()
            .backtracks
            .iter()
            .any(|one| !["completed", "failed"].contains(&one.status.as_str()));
        assert!(
            self.run().is_finished() || (self.hangs && hanging),
            "no end in {HELP} helped recovers: {} {world:?}",
            self.run().phase().as_str()
        );
    }
}
