//! How it looks: no row is wider than the terminal, and no escape codes where none are wanted.

use super::{ACCEPT, PAUSE, Person, REWIND};
use crate::place::Place;

/// The whole walk in a terminal of some columns and some environment.
fn walk(columns: u16, env: &[(&str, &str)]) -> Person {
    let place = Place::new();
    let mut command = place.command(&place.run_args("-2m", &[]));
    command.envs(env.iter().copied());
    let mut person = Person::with(&command, columns, "");
    person.answers(PAUSE, "yes").sees(REWIND);
    let phrase = person.reads_the_phrase();
    person.types(&phrase).answers(ACCEPT, "accept");
    person.leaves_with(0);
    person
}

fn escapes(person: &Person) -> Vec<String> {
    let text = String::from_utf8_lossy(person.raw()).into_owned();
    let rows = text.lines().filter(|row| row.contains('\u{1b}'));
    rows.map(|row| row.escape_debug().to_string()).collect()
}

#[test]
fn no_row_is_wider_than_the_terminal() {
    for columns in [80, 120, 200] {
        let person = walk(columns, &[]);
        assert_eq!(person.too_wide(), Vec::<String>::new(), "in {columns} columns");
        assert!(!escapes(&person).is_empty(), "a usual terminal has colours");
    }
}

#[test]
fn a_window_made_narrower_during_a_run_still_holds_every_row() {
    let place = Place::new();
    let mut person = Person::with(&place.command(&place.run_args("-2m", &[])), 140, "");
    person.sees(PAUSE).is_asked().resizes(80);
    let before = person.too_wide().len();
    person.types("yes").sees(REWIND);
    let phrase = person.reads_the_phrase();
    person.types(&phrase).answers(ACCEPT, "accept").leaves_with(0);
    assert_eq!(person.too_wide().len(), before, "{:?}", person.too_wide());
}

#[test]
fn what_is_paged_and_left_half_read_ends_quietly() {
    let place = Place::new();
    place
        .run(&place.run_args("-2m", &["--yes", "orders--drill"]))
        .expect(0);
    let run = place.run_id();
    for command in ["history", "report"] {
        let mut program = place.command(&[command]);
        if command == "report" {
            program.arg(&run);
        }
        let mut child = program.spawn().unwrap();
        // The pager is gone before anything was written.
        drop(child.stdout.take());
        let mut said = String::new();
        std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut said).unwrap();
        child.wait().unwrap();
        assert_eq!(said, "", "{command}");
    }
}

#[test]
fn a_dumb_terminal_gets_no_escape_codes() {
    let person = walk(80, &[("TERM", "dumb")]);
    assert_eq!(escapes(&person), Vec::<String>::new());
    assert_eq!(person.too_wide(), Vec::<String>::new());
}

#[test]
fn no_color_leaves_no_colour() {
    let person = walk(80, &[("NO_COLOR", "1")]);
    let coloured: Vec<String> = escapes(&person)
        .into_iter()
        .filter(|row| has_colour(row))
        .collect();
    assert_eq!(coloured, Vec::<String>::new());
}

/// True for a row with `ESC [ … m`, as `escape_debug` writes it.
fn has_colour(row: &str) -> bool {
    row.split("\\u{1b}[").skip(1).any(|rest| {
        let end = rest.trim_start_matches(|each: char| each.is_ascii_digit() || each == ';');
        end.starts_with('m')
    })
}
