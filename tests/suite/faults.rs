//! Every fault that the lab knows, in turn, on every action of the main run. What must hold whatever happens is
//! written down once, and held against what really happened.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::harness::{Call, Finished, Incident, World, drill_runbook, each, eventually};

const SEND: &str = "BacktrackDBCluster";
const FAULTS: [&str; 9] = [
    "throttle",
    "error",
    "reset_before",
    "reset_after",
    "malformed",
    "expired_token",
    "foreign_backtrack",
    "fail_backtrack",
    "hang_backtrack",
];

/// Which requests of an action are struck.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    /// The one of this number.
    Once(usize),
    /// Each from the start.
    Always,
    /// Each from the moment at which the one request is accepted.
    OnceAccepted,
}

#[derive(Clone, Debug)]
struct Case {
    action: String,
    when: When,
    fault: &'static str,
}

impl Case {
    fn rule(&self) -> Value {
        let (action, fault) = (&self.action, self.fault);
        let rule = match self.when {
            When::Once(nth) => json!({"action": action, "nth": nth, "fault": fault}),
            When::Always | When::OnceAccepted => json!({"action": action, "every": 1, "fault": fault}),
        };
        json!([rule])
    }

    /// Runs into it.
    fn play(&self, incident: &Incident) -> Finished {
        if self.when != When::OnceAccepted {
            incident.lab.faults(&self.rule());
            return incident.rewind(&[]);
        }
        let mut running = incident.start(&[]);
        eventually("the request", || {
            (!incident.lab.accepted().is_empty() || running.is_over()).then_some(())
        });
        incident.lab.faults(&self.rule());
        running.finish()
    }
}

/// An incident with little patience: a machine that is too busy for it leaves a run to be recovered, as it may.
fn incident() -> Incident {
    let incident = Incident::new();
    incident.program.file("drill.toml", &drill_runbook("1s", "3s"));
    incident
}

/// Every case, from what a run without faults asks of AWS.
fn cases() -> Vec<Case> {
    let clean = Incident::new();
    clean.rewind(&[]).expect(0);
    let calls = clean.lab.calls();
    let sent = clean.lab.accepted()[0].seq;
    let mut counts = BTreeMap::new();
    for call in &calls {
        *counts.entry(call.action.clone()).or_insert(0) += 1;
    }
    let after = |action: &str| {
        calls
            .iter()
            .any(|call: &Call| call.seq > sent && call.action == action)
    };
    let mut cases = Vec::new();
    for (action, count) in counts {
        let mut whens = vec![When::Once(count), When::Always];
        if after(&action) {
            whens.push(When::OnceAccepted);
        }
        for fault in FAULTS {
            // What becomes of a backtrack is decided by the request for it.
            if action != SEND && ["fail_backtrack", "hang_backtrack"].contains(&fault) {
                continue;
            }
            let case = |when| Case {
                action: action.clone(),
                when,
                fault,
            };
            cases.extend(whens.iter().copied().map(case));
        }
    }
    cases
}

/// What holds at every end of a process.
fn assert_sound(incident: &Incident, ended: &Finished, about: &str) {
    let world = incident.lab.world();
    let accepted = incident.lab.accepted();
    let confirmed = incident.journal().hops_confirmed();
    assert!(accepted.len() <= confirmed, "{about}: {accepted:?}");
    incident.assert_journal_verifies();
    if let Some(first) = accepted.first() {
        for opened in world
            .shop
            .changes
            .iter()
            .filter(|change| !change.paused && change.at > first.at)
        {
            let completed = world.ours().last().is_some_and(|ours| ours.status == "completed");
            assert!(completed, "{about}: opened unverified: {world:?}");
            let shown = incident
                .lab
                .digest_at(opened.at - chrono::TimeDelta::milliseconds(1));
            assert!(
                shown == incident.digest || strangers(&world) > 0,
                "{about}: {world:?}"
            );
        }
    }
    let exit = ended.exit().unwrap_or_else(|| panic!("{about}: {ended:?}"));
    let last = world.ours().last().map(|ours| ours.status.clone());
    let last = last.as_deref();
    let matches = match exit {
        0 => last == Some("completed") && !world.shop.paused,
        10 => accepted.is_empty() && !world.shop.paused,
        20 => accepted.is_empty() || world.shop.paused,
        30 => last == Some("failed") && world.shop.paused,
        31 | 32 => world.shop.paused,
        _ => false,
    };
    assert!(
        matches,
        "{about}: exit {exit} does not match {world:?}\n{ended:?}"
    );
    assert_eq!(ended.outcome()["exit"], exit, "{about}");
}

fn strangers(world: &World) -> usize {
    world
        .cluster()
        .backtracks
        .iter()
        .filter(|backtrack| backtrack.foreign)
        .count()
}

/// A backtrack is under way, and no other than one that hangs is so for longer than a recovery's patience.
fn hangs(incident: &Incident) -> bool {
    let world = incident.lab.world();
    world.ours().iter().any(|ours| ours.status == "applying")
}

/// With nothing wrong any more, recovers until there is an end.
fn recover(incident: &Incident, ended: &Finished, about: &str) {
    incident.lab.heal();
    let mut exit = ended.exit();
    for turn in 0..10 {
        let before = incident.lab.requests().len();
        let ended = match exit {
            Some(0 | 10) => break,
            Some(20) if turn >= 3 && hangs(incident) => break,
            Some(30 | 31) => {
                let again = incident.recover(&[]);
                assert_eq!(
                    incident.lab.requests().len(),
                    before,
                    "{about}: sent again by itself"
                );
                match again.exit() {
                    Some(30 | 31) => incident.recover(&["--resend"]),
                    _ => again,
                }
            }
            _ => incident.recover(&[]),
        };
        assert_sound(incident, &ended, about);
        exit = ended.exit();
    }
    let world = incident.lab.world();
    match exit {
        Some(0) if strangers(&world) == 0 => incident.assert_recovered(),
        Some(0 | 10) => assert!(!world.shop.paused, "{about}: {world:?}"),
        Some(20) => assert!(hangs(incident), "{about}: {world:?}"),
        other => assert!(strangers(&world) > 0, "{about}: no end but {other:?}: {world:?}"),
    }
}

#[test]
fn whatever_goes_wrong_on_whichever_call_the_promises_hold_and_recover_reaches_an_end() {
    each(cases(), |case| {
        let incident = incident();
        let about = format!("{case:?}");
        let ended = case.play(&incident);
        assert_sound(&incident, &ended, &about);
        recover(&incident, &ended, &about);
    });
}
