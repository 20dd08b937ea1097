//! Small questions outside of a run: which scenario, which time. Nothing that changes a cluster is asked here.

use std::io::IsTerminal;

use console::Term;
use dialoguer::Select;

use super::operator::{Heard, Talk};
use super::tty::Tty;

/// Lets the person choose one of `items`; none without a terminal, or when nothing was chosen.
pub fn choose(question: &str, items: &[String]) -> Option<usize> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return None;
    }
    Select::new()
        .with_prompt(question)
        .items(items)
        .interact_on_opt(&Term::stderr())
        .ok()
        .flatten()
}

/// One line from the terminal; none at the end of input. A paste of several lines is asked for again.
pub fn ask_line(prompt: &str) -> Option<String> {
    let mut tty = Tty::open()?;
    loop {
        match tty.hear(prompt) {
            Heard::Line(line) => return Some(line),
            Heard::Several => tty.say(&["several lines came at once; nothing of them was taken".to_owned()]),
            Heard::End => return None,
        }
    }
}
