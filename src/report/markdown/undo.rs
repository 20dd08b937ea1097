//! The way back.

use super::inline::Inline;
use super::page::Page;
use super::value::{instant, maybe_instant};
use crate::domain::target::AT_THE_LATEST;
use crate::report::facts::Undo;

pub fn write(page: &mut Page, undo: Option<&Undo>) {
    let Some(undo) = undo else { return };
    page.section("The way back");
    let mut items = vec![
        Inline::fixed("Command: ").then_code(&undo.command),
        Inline::fixed("Ceiling: ")
            .then_inline(&instant(undo.ceiling))
            .then(", what the rewind left. There is no data between it and the completion."),
        Inline::fixed("Possible until: ")
            .then_inline(&maybe_instant(undo.until))
            .then(if undo.at_the_latest {
                AT_THE_LATEST
            } else {
                ", if the window keeps advancing as the clock does"
            })
            .then("."),
    ];
    if undo.written_since {
        items.push(Inline::fixed(
            "**The application was opened since.** What it wrote may be lost by going back: take a clone first.",
        ));
    }
    page.list(&items);
}
