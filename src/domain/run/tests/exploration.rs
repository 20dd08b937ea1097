//! The machine is walked exhaustively; every promise holds at every step.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::explore::{Graph, explore};
use super::protocol::Node;
use super::table;
use super::world::Bounds;
use crate::domain::event::Event;
use crate::domain::fixture;
use crate::domain::mode::Mode;
use crate::domain::phase::Phase;
use crate::domain::plan::Plan;
use crate::domain::run::Run;
use crate::domain::runbook::Check;
use crate::domain::search::{Bound, Over, Search, Suspect, Then};

/// Every node within two hops. It changes with the machine and with nothing else.
const STATES: usize = 508_073;

/// Attended and not, held and not, alone and among strangers, a rehearsal, and a search to each of its ends.
fn beginnings(attempts: u32) -> Vec<Node> {
    let plan = |attended: bool| Plan {
        by: fixture::person(attended),
        ..fixture::plan()
    };
    let alone = Bounds {
        attempts,
        stranger: false,
    };
    let among_strangers = Bounds {
        attempts: 2,
        stranger: true,
    };
    vec![
        Node::new(plan(true), alone),
        Node::new(plan(false), alone),
        Node::new(
            Plan {
                hold: true,
                ..plan(false)
            },
            alone,
        ),
        Node::new(plan(true), among_strangers),
        Node::new(plan(false), among_strangers),
        Node::new(
            Plan {
                mode: Mode::Rehearsal,
                ..plan(false)
            },
            among_strangers,
        ),
        Node::new(searching(plan(true), Then::LastGood), alone),
        Node::new(searching(plan(false), Then::Origin), alone),
    ]
}

/// One place to ask about, between the two that are known: a hop to it, and perhaps one to where the search ends.
fn searching(plan: Plan, then: Then) -> Plan {
    let bound = |at| Bound { text: None, at };
    let places = [fixture::TARGET, fixture::LATER].map(|at| Suspect {
        at: at + chrono::TimeDelta::seconds(1),
        statement: String::new(),
        file: None,
        line: None,
    });
    Plan {
        search: Some(Box::new(Search {
            good: bound(fixture::TARGET),
            bad: bound(fixture::BEGIN),
            over: Over::Suspects(places.to_vec()),
            probe: Check::Copy,
            tries: 1,
            skips: 0,
            then,
        })),
        ..plan
    }
}

/// Hops of one story: two, or as many as `BACKTRACKCTL_HOPS` says. Three are millions of nodes.
fn hops() -> u32 {
    std::env::var("BACKTRACKCTL_HOPS").map_or(2, |hops| hops.parse().unwrap())
}

fn graph() -> &'static Graph {
    static GRAPH: OnceLock<Graph> = OnceLock::new();
    GRAPH.get_or_init(|| explore(beginnings(hops())))
}

/// The nodes of a shortest path, with the event that led to each.
fn path(graph: &Graph, attempts: u32, number: u32, last: Option<u16>) -> Vec<(Option<Event>, Node)> {
    let (beginning, mut moves) = graph.path(number);
    moves.extend(last);
    let mut path = vec![(None, beginnings(attempts).swap_remove(beginning as usize))];
    for which in moves {
        let step = path[path.len() - 1].1.moves().swap_remove(usize::from(which));
        path.push((step.event, step.after));
    }
    path
}

/// What broke, and the shortest way there, for whoever has to mend it.
fn broken(graph: &Graph, attempts: u32) -> String {
    let mut first = BTreeMap::new();
    for (name, number, which) in &graph.broken {
        first.entry(*name).or_insert((0, *number, *which)).0 += 1;
    }
    let told = |(name, (count, number, which)): (&&str, &(u32, u32, u16))| {
        let path = path(graph, attempts, *number, Some(*which));
        let steps: Vec<String> = path
            .iter()
            .map(|(event, node)| {
                let event = event.as_ref().map_or("time passes".to_owned(), table::label);
                format!("{event}\n    {:?}\n    {:?}", node.run.state(), node.world)
            })
            .collect();
        format!("{name} ({count} times):\n{}", steps.join("\n"))
    };
    first.iter().map(told).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn every_promise_holds_at_every_step() {
    assert_eq!(broken(graph(), hops()), "");
}

#[test]
fn from_every_state_some_path_reaches_the_end() {
    let stranded = graph().stranded();
    assert!(
        stranded.is_empty(),
        "{:?}",
        path(graph(), hops(), stranded[0], None).last()
    );
}

#[test]
fn the_walk_visits_a_known_number_of_states() {
    assert!(
        hops() != 2 || graph().phases.len() == STATES,
        "{}",
        graph().phases.len()
    );
}

#[test]
fn the_walk_enters_every_phase() {
    for phase in Phase::ALL {
        assert!(graph().phases.contains(&phase), "{}", phase.as_str());
    }
}

/// What is always so holds trivially where nothing ever happens: each end, good or bad, and each way there, is reached.
#[test]
fn every_end_is_reached_in_some_story() {
    let reached = |label: &str| graph().transitions.iter().any(|(_, event, _)| event == label);
    for outcome in [
        "completed",
        "rehearsed",
        "refused",
        "declined",
        "interrupted",
        "detached",
        "held",
        "failed",
        "unresolved",
        "verification_failed",
        "resume_incomplete",
    ] {
        assert!(reached(&format!("ended: {outcome}")), "{outcome}");
    }
    for way in [
        "resend",
        "ours",
        "give_up",
        "hop",
        "again",
        "accepted, with a reason",
    ] {
        assert!(reached(&format!("answered: {way}")), "{way}");
    }
}

/// What the journal holds gives the same run, cut off after any record.
#[test]
fn a_replay_of_the_records_gives_the_same_run() {
    for number in (0..graph().phases.len()).step_by(997) {
        let path = path(graph(), hops(), u32::try_from(number).unwrap(), None);
        let begin = path[0].1.now;
        let mut records = vec![(begin, Event::Opened(Box::new(path[0].1.run.plan().clone())))];
        for pair in path.windows(2) {
            records.extend(pair[1].0.clone().map(|event| (pair[0].1.now, event)));
            let replayed = Run::replay(records.iter().map(|(at, event)| (*at, event)));
            assert_eq!(replayed.as_ref(), Ok(&pair[1].1.run));
        }
    }
}

/// Polls that bring nothing new are not written down: applying them must change nothing.
#[test]
fn what_is_no_news_changes_nothing() {
    for number in (0..graph().phases.len()).step_by(997) {
        let path = path(graph(), hops(), u32::try_from(number).unwrap(), None);
        let node = &path[path.len() - 1].1;
        for step in node.moves() {
            let Some(event) = step.event else { continue };
            let mut again = step.after.run.clone();
            if !again.is_news(&event, step.after.now) {
                assert_eq!(again.apply(&event, step.after.now), Ok(()));
                assert_eq!(again, step.after.run);
            }
        }
    }
}

/// The table of docs/state-machine.md, between its markers. `UPDATE_DOCS=1` writes it anew.
#[test]
fn the_documented_transitions_are_those_of_the_machine() {
    const BEGIN: &str = "<!-- transitions -->\n";
    const END: &str = "<!-- /transitions -->";
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/state-machine.md");
    let text = std::fs::read_to_string(file).unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (documented, after) = rest.split_once(END).unwrap();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(file, format!("{before}{BEGIN}{}{END}{after}", transitions())).unwrap();
    } else {
        assert!(
            documented == transitions(),
            "docs/state-machine.md is behind: run this test with UPDATE_DOCS=1"
        );
    }
}

fn transitions() -> String {
    table::markdown(&graph().transitions)
}
