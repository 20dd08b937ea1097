//! Where a search ends: at the last good moment, held there, back at the origin, or where its probe had no answer.

use rustix::process::Signal;

use super::{ASKS_THE_SHOP, Mystery};
use crate::harness::{Lab, Running, drill_runbook, each, eventually, stamp};

#[test]
fn held_it_stays_at_the_last_good_moment_and_recover_resumes() {
    let mystery = Mystery::new(8, 2);
    let held = mystery.search(&["--hold"]).expect(20);
    assert_eq!(held.outcome()["outcome"], "held");
    assert!(mystery.incident.lab.world().shop.paused);
    mystery.assert_found(&held);
    let hops = mystery.accepted();
    mystery.incident.recover(&[]).expect(0);
    assert_eq!(mystery.accepted(), hops, "nothing more is moved");
    mystery.incident.assert_recovered();
}

#[test]
fn told_to_return_it_ends_at_the_origin_with_what_it_found() {
    let mystery = Mystery::new(8, 6);
    let ended = mystery.search(&["--return"]).expect(0);
    mystery.assert_found(&ended);
    let outcome = ended.outcome();
    let first = mystery.incident.lab.world().ours()[0].from.unwrap();
    assert_eq!(
        outcome["requested"],
        stamp(crate::harness::whole_second(first)),
        "{outcome}"
    );
    mystery.assert_one_confirmation(&ended);
    let world = mystery.incident.lab.world();
    assert!(!world.shop.paused, "{:?}", world.shop);
    // The damage is there again, as it was.
    let mut check = mystery.incident.program.command(["lab", "shop", "check"]);
    check.env("BACKTRACKCTL_LAB", &mystery.incident.lab.endpoint);
    crate::harness::Running::start(&mut check).finish().expect(1);
}

/// The probe has no answer at the first place, and would have one later.
fn stuck(script: &str, more: &[&str]) -> (Mystery, crate::harness::Finished) {
    let mystery = Mystery::new(8, 2);
    let script =
        format!("[ -n \"$BACKTRACKCTL_EFFECTIVE\" ] && [ ! -e go ] && {{ {script}; }}\n{ASKS_THE_SHOP}");
    mystery.incident.program.file("probe.sh", &script);
    let ended = mystery.search(more);
    (mystery, ended)
}

#[test]
fn a_probe_that_hangs_could_not_be_run_or_dies_stops_the_search_and_recover_goes_on_with_it() {
    let cases = [
        ("exec sleep 600", "still running at its timeout"),
        ("exit 127", "127"),
        ("exit 126", "126"),
        ("exit 200", "200"),
        ("kill -9 $$", "signal"),
    ];
    each(cases, |(script, said)| {
        // Long enough for the shop's own check of the other places.
        let (mystery, ended) = stuck(script, &["--timeout", "12s"]);
        let outcome = ended.expect(20).outcome();
        let message = outcome["message"].as_str().unwrap();
        assert!(message.contains("the search stopped"), "{script}: {message}");
        assert!(message.contains(said), "{script}: {message}");
        assert_eq!(mystery.accepted(), 1, "{script}: it is never taken for bad");
        assert!(mystery.incident.lab.world().shop.paused);
        mystery.incident.program.file("go", "");
        let recovered = mystery.incident.recover(&[]).expect(0);
        mystery.assert_found(&recovered);
        mystery.incident.assert_recovered();
    });
}

#[test]
fn a_search_that_stops_goes_back_by_itself_when_told_to_return() {
    let (mystery, ended) = stuck("exit 127", &["--return"]);
    let ended = ended.expect(0);
    let found = ended.of_kind("found").pop().unwrap();
    assert!(found["stopped"].as_str().unwrap().contains("127"), "{found}");
    assert_eq!(mystery.accepted(), 2);
    assert!(!mystery.incident.lab.world().shop.paused);
    let message = ended.outcome()["message"].as_str().unwrap().to_owned();
    assert!(message.contains("the search stopped"), "{message}");
}

#[test]
fn a_flaky_probe_stops_with_both_answers_when_it_is_asked_twice() {
    let (mystery, ended) = stuck("[ -e once ] && exit 1; touch once; exit 0", &["--confirm", "2"]);
    let message = ended.expect(20).outcome()["message"].as_str().unwrap().to_owned();
    assert!(
        message.contains("it said good") && message.contains("then bad"),
        "{message}"
    );
    assert_eq!(mystery.accepted(), 1);
}

#[test]
fn bad_where_it_is_known_to_be_good_is_no_end() {
    // The probe is always bad once the cluster was moved: also where the search ends.
    let (mystery, ended) = stuck("exit 1", &[]);
    let ended = ended.expect(32);
    let failed = ended.of_kind("verification").pop().unwrap();
    assert!(failed.to_string().contains("expected good, got bad"), "{failed}");
    assert!(mystery.incident.lab.world().shop.paused);
}

/// Waits for the end of a search on a slow lab, of which `hops` are complete: lets AWS complete each further one.
fn finish(mystery: &Mystery, mut running: Running, hops: usize) -> crate::harness::Finished {
    let mut complete = hops;
    eventually("the end of the search", || {
        let accepted = mystery.accepted();
        if accepted > complete {
            mystery.incident.aws_completes();
            complete = accepted;
        }
        running.is_over().then_some(())
    });
    running.finish()
}

#[test]
fn interrupted_mid_search_it_is_left_and_recover_ends_it() {
    for signal in [Signal::INT, Signal::HUP] {
        let mystery = Mystery::on(Lab::slow(), 8, 4);
        let program = &mystery.incident.program;
        program.file("drill.toml", &drill_runbook("1s", "30m"));
        let running = mystery.start(&Mystery::over_candidates(&[]));
        mystery.incident.until_accepted();
        mystery.incident.aws_completes();
        mystery.incident.until_accepted_times(2);
        running.signal(signal);
        let left = running.finish().expect(20);
        assert!(mystery.incident.lab.world().shop.paused, "{left:?}");
        let recovered = finish(&mystery, mystery.incident.start_recover(&[]), 1).expect(0);
        mystery.assert_found(&recovered);
        mystery.incident.assert_recovered();
        assert_eq!(mystery.incident.journal().intents(), mystery.accepted());
    }
}

#[test]
fn a_lost_reply_mid_search_is_adopted_and_the_search_goes_on() {
    let mystery = Mystery::new(8, 4);
    mystery.incident.lab.fault("BacktrackDBCluster", 2, "reset_after");
    let ended = mystery.search(&[]).expect(0);
    mystery.assert_found(&ended);
    mystery.assert_one_confirmation(&ended);
    mystery.incident.assert_recovered();
}

#[test]
fn forward_of_a_held_search_is_a_hop_like_any_other() {
    let mystery = Mystery::new(8, 4);
    mystery.search(&["--hold"]).expect(20);
    mystery.incident.forward("origin", &[]).expect(32);
    // From the origin nothing lies ahead: the last good moment is not gone to by `forward`.
    let back = mystery.incident.forward(&stamp(mystery.incident.target), &[]);
    assert_eq!(back.expect(10).rules("block"), ["ceiling"]);
    assert_eq!(mystery.incident.journal().hops_confirmed(), 2);
}
