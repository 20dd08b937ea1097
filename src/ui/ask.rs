//! Small questions outside of a run: which scenario, which time. Nothing that changes a cluster is asked here.

use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use console::Term;
use dialoguer::Select;

use super::operator::{Heard, Talk};
use super::tty::Tty;

/// Lets the person choose one of `items`; none without a terminal, or when nothing was chosen.
pub fn choose(question: &str, items: &[String]) -> Option<usize> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return None;
    }
    // A row that wraps is drawn again and again: the list counts its lines by items. The mark takes two columns.
    let room = usize::from(Term::stderr().size().1).saturating_sub(3);
    let items: Vec<_> = items
        .iter()
        .map(|item| console::truncate_str(item, room, "..."))
        .collect();
    Select::new()
        .with_prompt(question)
        .items(&items)
        .interact_on_opt(&Term::stderr())
        .ok()
        .flatten()
}

/// Calls the prompt off when nobody waits for it any more.
struct CallOff(Arc<AtomicBool>);

impl Drop for CallOff {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// One line from the terminal; none at the end of input, or when the future is dropped. A paste of several lines is
/// asked for again.
pub async fn ask_line(prompt: &str) -> Option<String> {
    let called_off = Arc::new(AtomicBool::new(false));
    let _call_off = CallOff(Arc::clone(&called_off));
    let prompt = prompt.to_owned();
    let thread = tokio::task::spawn_blocking(move || {
        let mut tty = Tty::open()?;
        tty.until(called_off);
        loop {
            match tty.hear(&prompt) {
                Heard::Line(line) => return Some(line),
                Heard::Several => {
                    tty.say(&["Several lines came at once; nothing of them was taken.".to_owned()]);
                }
                Heard::End => return None,
            }
        }
    });
    thread.await.ok().flatten()
}
