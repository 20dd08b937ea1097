//! A pseudo-terminal with a person at the other end.

use std::os::fd::{AsFd, OwnedFd};
use std::thread;

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use super::*;

/// A pseudo-terminal: the end at which a person would sit, and the program's.
fn pair() -> (File, Tty) {
    let person = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&person).unwrap();
    unlockpt(&person).unwrap();
    let name = ptsname(&person, Vec::new()).unwrap().into_string().unwrap();
    let flags = rustix::fs::OFlags::RDWR | rustix::fs::OFlags::NOCTTY;
    let program: OwnedFd = rustix::fs::open(name, flags, rustix::fs::Mode::empty()).unwrap();
    let program = File::from(program);
    (
        File::from(person),
        Tty {
            file: program,
            called_off: Arc::default(),
        },
    )
}

/// Reads the person's screen until the text stands there.
fn see(person: &mut File, text: &str) {
    let mut seen = String::new();
    let mut buffer = [0; 256];
    while !seen.contains(text) {
        let count = person.read(&mut buffer).unwrap();
        seen.push_str(&String::from_utf8_lossy(&buffer[..count]));
    }
}

/// What is heard when this is typed at the prompt.
fn heard(typed: &str) -> Heard {
    let (mut person, mut tty) = pair();
    let program = thread::spawn(move || tty.hear("prompt> "));
    see(&mut person, "prompt> ");
    person.write_all(typed.as_bytes()).unwrap();
    program.join().unwrap()
}

#[test]
fn a_typed_line_is_heard() {
    assert_eq!(heard("shop-prod 18\n"), Heard::Line("shop-prod 18".to_owned()));
    assert_eq!(heard("\n"), Heard::Line(String::new()));
}

#[test]
fn a_paste_of_several_lines_is_refused_also_without_a_last_line_end() {
    assert_eq!(heard("shop-prod 18\nyes\n"), Heard::Several);
    assert_eq!(heard("shop-prod 18\nye"), Heard::Several);
}

#[test]
fn the_end_of_input_is_heard_as_such() {
    assert_eq!(heard("\u{4}"), Heard::End);
}

#[test]
fn what_was_typed_ahead_is_thrown_away() {
    let (mut person, mut tty) = pair();
    person.write_all(b"yes\n").unwrap();
    // The line has arrived before the question is put.
    assert!(matches!(tty.ready(Duration::from_secs(10)), Ready::Input));
    let program = thread::spawn(move || tty.hear("prompt> "));
    see(&mut person, "prompt> ");
    person.write_all(b"no\n").unwrap();
    assert_eq!(program.join().unwrap(), Heard::Line("no".to_owned()));
}

#[test]
fn a_wait_that_is_called_off_ends() {
    let (mut person, mut tty) = pair();
    let called_off = Arc::new(AtomicBool::new(false));
    tty.until(Arc::clone(&called_off));
    let program = thread::spawn(move || tty.hear("prompt> "));
    see(&mut person, "prompt> ");
    called_off.store(true, Ordering::Relaxed);
    assert_eq!(program.join().unwrap(), Heard::End);
}

#[test]
fn a_terminal_that_hangs_up_is_the_end_of_input() {
    let (mut person, mut tty) = pair();
    let program = thread::spawn(move || tty.hear("prompt> "));
    see(&mut person, "prompt> ");
    drop(person);
    assert_eq!(program.join().unwrap(), Heard::End);
}

#[test]
fn the_terminal_is_in_line_mode_again_after_an_answer() {
    let (mut person, mut tty) = pair();
    let program = thread::spawn(move || {
        let heard = tty.hear("prompt> ");
        (heard, tty)
    });
    see(&mut person, "prompt> ");
    person.write_all(b"yes\n").unwrap();
    let (_, tty) = program.join().unwrap();
    let modes = tcgetattr(tty.file.as_fd()).unwrap().local_modes;
    assert!(modes.contains(LocalModes::ICANON | LocalModes::ECHO));
}
