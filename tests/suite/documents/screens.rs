//! `docs/screens.md`: a rehearsal and a run in a terminal of 80 columns, as a person sees them.

use super::{agrees, fenced};
use crate::harness::stamp;
use crate::place::Place;
use crate::terminal::{ACCEPT, PAUSE, Person, REWIND};
use crate::timeless::{aws_completes, place, short_journal, target, timeless};

/// Rows from the first that holds `from` to the one before the first that holds `to`; empty ends are cut.
fn part(page: &str, from: &str, to: &str) -> String {
    let rows: Vec<&str> = page.lines().collect();
    let find = |text: &str, after: usize| {
        let found = rows.iter().skip(after).position(|row| row.contains(text));
        found.map_or_else(
            || panic!("expected a row with \"{text}\", got\n{page}"),
            |at| at + after,
        )
    };
    let first = if from.is_empty() { 0 } else { find(from, 0) };
    let last = if to.is_empty() {
        rows.len()
    } else {
        find(to, first)
    };
    let rows = &rows[first..last];
    let only_mark = |row: &&str| matches!(*row, "" | "[drill]" | "[rehearsal]");
    let begin = rows.iter().position(|row| !only_mark(row)).unwrap_or(0);
    let end = rows
        .iter()
        .rposition(|row| !only_mark(row))
        .map_or(0, |at| at + 1);
    rows[begin..end].join("\n")
}

/// A terminal as a person in Tokyo has it.
fn person(place: &Place, arguments: &[&str]) -> Person {
    let mut command = place.command(arguments);
    command.env("TZ", "Asia/Tokyo");
    Person::with(short_journal(&mut command), 80, "")
}

#[test]
fn the_screens_of_a_run_are_in_the_documents() {
    let place = place();
    let target = target(&place);
    let to = stamp(target);
    let mut person = person(&place, &place.run_args(&to, &[]));
    person.answers(PAUSE, "yes").sees(REWIND);
    let phrase = person.reads_the_phrase();
    // The end of the row: what was read may end in the middle of it.
    person.types(&phrase).sees("usually unknown");
    let waiting = person.page();
    aws_completes(&place);
    person.answers(ACCEPT, "accept");
    person.leaves_with(0);

    let page = timeless(&person.page(), target);
    let waiting = timeless(&waiting, target);
    let parts = [
        ("Who, where to, and is it possible", part(&page, "", PAUSE)),
        (
            "May the application be paused?",
            part(&page, PAUSE, "pausing shop"),
        ),
        (
            "Paused, and validated once more",
            part(&page, "pausing shop", REWIND),
        ),
        (
            "What it costs, and the one confirmation",
            part(&page, REWIND, "[approved]"),
        ),
        ("The one request, and the wait", part(&waiting, "[approved]", "")),
        (
            "Back, verified, and the way back",
            part(&page, "AWS reports completed", ACCEPT),
        ),
        ("Accept it?", part(&page, ACCEPT, "resuming shop")),
        ("The end", part(&page, "resuming shop", "")),
    ];
    let page = |(title, text): &(&str, String)| format!("\n### {title}\n{}", fenced(text));
    let pages: Vec<String> = parts.iter().map(page).collect();
    agrees("screens.md", "run", &format!("{}\n", pages.concat()));
}

#[test]
fn the_screen_of_a_rehearsal_is_in_the_documents() {
    let place = place();
    let target = target(&place);
    let to = stamp(target);
    let mut person = person(&place, &place.run_args(&to, &["--dry-run"]));
    person.leaves_with(0);
    let page = timeless(&person.page(), target);
    agrees("screens.md", "rehearsal", &format!("{}\n", fenced(&page)));
}
