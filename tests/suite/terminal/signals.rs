//! Ctrl-C, SIGTERM, SIGHUP and a lost terminal: before the request everything is put back, after it the run is left.

use rustix::process::Signal;

use super::{ACCEPT, BY_HAND, PAUSE, Person, REWIND};
use crate::harness::{Lab, eventually, shipped};
use crate::place::{CLUSTER, Place};

/// A way to stop the program.
#[derive(Clone, Copy, Debug)]
enum Stop {
    CtrlC,
    Terminate,
    HangUp,
    /// The terminal goes away, as with a lost connection.
    LostTerminal,
}

const EVERY: [Stop; 4] = [Stop::CtrlC, Stop::Terminate, Stop::HangUp, Stop::LostTerminal];

fn stops_with(person: &mut Person, stop: Stop, exit: i32) {
    match stop {
        Stop::CtrlC => person.presses("\u{3}").leaves_with(exit),
        Stop::Terminate => person.signals(Signal::TERM).leaves_with(exit),
        Stop::HangUp => person.signals(Signal::HUP).leaves_with(exit),
        Stop::LostTerminal => {
            let left = person.hangs_up().unwrap();
            // Whether the end of input or the hangup is heard of first is the kernel's choice: nobody, or interrupted.
            let either = left == exit || (exit == 130 && left == 10);
            assert!(either, "expected exit {exit}, got {left}");
        }
    }
}

fn at_the_pause_question(stop: Stop) {
    let place = Place::new();
    let mut person = Person::at(&place, &place.run_args("-2m", &[]));
    person.sees(PAUSE).is_asked();
    stops_with(&mut person, stop, 130);
    assert_eq!((place.shop(), place.accepted()), ((false, 0), 0), "{stop:?}");
    assert!(person.has_a_cursor());
}

fn at_the_confirmation(stop: Stop) {
    let place = Place::new();
    let mut person = Person::at(&place, &place.run_args("-2m", &[]));
    person.answers(PAUSE, "yes").sees(REWIND).is_asked();
    assert_eq!(place.shop(), (true, 1));
    stops_with(&mut person, stop, 130);
    assert_eq!((place.shop(), place.accepted()), ((false, 2), 0), "{stop:?}");
}

/// The run is left, and `recover` in a terminal brings it to its end.
fn while_aws_is_at_work(stop: Stop) {
    let place = Place::on(Lab::slow());
    let mut person = Person::at(&place, &place.run_args("-2m", &[]));
    person.answers(PAUSE, "yes").sees(REWIND);
    let phrase = person.reads_the_phrase();
    person.types(&phrase);
    eventually("an accepted request", || (place.accepted() == 1).then_some(()));
    person.sees("[applying]");
    stops_with(&mut person, stop, 20);
    assert_eq!(place.shop(), (true, 1), "{stop:?}");
    let recover = format!("backtrackctl recover {}", place.run_id());
    if !matches!(stop, Stop::LostTerminal) {
        let page = person.page();
        assert!(
            page.contains(&recover),
            "{stop:?}: expected \"{recover}\", got\n{page}"
        );
    }
    place.lab.advance(700);
    let mut person = Person::at(&place, &["recover", &place.run_id()]);
    person.answers(ACCEPT, "accept");
    person.leaves_with(0);
    assert_eq!((place.shop(), place.accepted()), ((false, 2), 1), "{stop:?}");
}

#[test]
fn stopped_at_the_pause_question_nothing_was_paused() {
    EVERY.into_iter().for_each(at_the_pause_question);
}

#[test]
fn stopped_at_the_confirmation_the_shop_is_open_again() {
    EVERY.into_iter().for_each(at_the_confirmation);
}

/// A lost connection sends a hangup from the kernel and one from the shell; an impatient person presses twice.
#[test]
fn a_second_signal_does_not_cut_short_what_is_put_back() {
    let place = Place::new();
    let go = place.folder().join("go");
    let wait = format!("until [ -e {} ]; do sleep 0.02; done", go.display());
    let resume = r#"["$BACKTRACKCTL_BIN", "lab", "shop", "resume"]"#;
    let slow = format!(r#"["sh", "-c", '{wait}; "$BACKTRACKCTL_BIN" lab shop resume']"#);
    let usual = std::fs::read_to_string(shipped("drill.toml")).unwrap();
    assert!(usual.contains(resume));
    let place = place.with_runbook(&usual.replace(resume, &slow));
    let mut person = Person::at(&place, &place.run_args("-2m", &[]));
    person.answers(PAUSE, "yes").sees(REWIND).is_asked();
    person
        .signals(Signal::HUP)
        .sees("resuming shop")
        .signals(Signal::HUP);
    std::fs::write(&go, "").unwrap();
    person.leaves_with(130);
    assert_eq!((place.shop(), place.accepted()), ((false, 2), 0));
}

#[test]
fn interrupted_while_aws_works_the_run_is_left_and_recovered() {
    while_aws_is_at_work(Stop::CtrlC);
}

#[test]
fn terminated_while_aws_works_the_run_is_left_and_recovered() {
    while_aws_is_at_work(Stop::Terminate);
}

#[test]
fn hung_up_while_aws_works_the_run_is_left_and_recovered() {
    while_aws_is_at_work(Stop::HangUp);
}

#[test]
fn cut_off_while_aws_works_the_run_is_left_and_recovered() {
    while_aws_is_at_work(Stop::LostTerminal);
}

#[test]
fn stopped_at_the_acceptance_the_application_stays_paused() {
    let place = Place::new();
    let mut person = Person::at(&place, &place.run_args("-2m", &["--yes", CLUSTER]));
    person.sees(ACCEPT).is_asked();
    stops_with(&mut person, Stop::CtrlC, 20);
    assert_eq!((place.shop(), place.accepted()), ((true, 1), 1));
}

#[test]
fn stopped_while_it_is_looked_whether_all_is_paused_it_is_opened_again() {
    let usual = std::fs::read_to_string(shipped("drill.toml")).unwrap();
    let check = r#"["$BACKTRACKCTL_BIN", "lab", "shop", "is-paused"]"#;
    assert!(usual.contains(check));
    let place = Place::new().with_runbook(&usual.replace(check, r#"["false"]"#));
    let mut person = Person::at(&place, &place.run_args("-2m", &[]));
    person.answers(PAUSE, "yes").sees("pausing shop");
    eventually("a paused shop", || place.shop().0.then_some(()));
    stops_with(&mut person, Stop::CtrlC, 130);
    assert_eq!((place.shop(), place.accepted()), ((false, 2), 0));
}

/// The built-in runbook: a person does and attests every step.
fn by_hand() -> Place {
    Place::new().with_runbook(&std::fs::read_to_string(shipped("rewind.toml")).unwrap())
}

#[test]
fn stopped_at_a_step_by_hand_the_person_is_asked_to_put_it_back() {
    let place = by_hand();
    let mut person = Person::at(&place, &place.run_args("-10m", &[]));
    person
        .answers(PAUSE, "yes")
        .sees(BY_HAND)
        .is_asked()
        .presses("\u{3}");
    person
        .answers("Start again everything", "yes")
        .answers("Does everything run again", "yes");
    person.leaves_with(130);
    assert_eq!(place.accepted(), 0);
}

#[test]
fn stopped_again_while_it_is_put_back_what_is_still_paused_is_named() {
    let place = by_hand();
    let mut person = Person::at(&place, &place.run_args("-10m", &[]));
    person
        .answers(PAUSE, "yes")
        .sees(BY_HAND)
        .is_asked()
        .signals(Signal::TERM);
    person
        .sees("Start again everything")
        .is_asked()
        .signals(Signal::TERM);
    person.sees("writers").leaves_with(33);
    assert_eq!(place.accepted(), 0);
}

#[test]
fn stopped_at_a_probe_by_hand_the_application_stays_paused() {
    let place = by_hand();
    let mut person = Person::at(&place, &place.run_args("-10m", &[]));
    person
        .answers(PAUSE, "yes")
        .answers(BY_HAND, "yes")
        .answers(BY_HAND, "yes")
        .sees(REWIND);
    let phrase = person.reads_the_phrase();
    person.types(&phrase).sees(BY_HAND).is_asked();
    stops_with(&mut person, Stop::CtrlC, 20);
    assert_eq!(place.accepted(), 1);
    // The same questions are put again, and the walk goes on.
    let mut person = Person::at(&place, &["recover", &place.run_id()]);
    for _ in 0..3 {
        person.answers(BY_HAND, "yes");
    }
    person
        .answers(ACCEPT, "accept")
        .answers(BY_HAND, "yes")
        .answers(BY_HAND, "yes");
    person.leaves_with(0);
    assert_eq!(place.accepted(), 1);
}
