//! The controlling terminal as prompts need it: what was typed ahead is thrown away, one line is read, several at
//! once are refused, and the wait for it can be called off.
//!
//! The line is read with `poll` and not with a blocking read: a thread that sits in one could not be called off, and
//! a run that is interrupted at a prompt would neither leave nor put back what it paused.

use std::fs::{File, OpenOptions};
use std::io::{IsTerminal, Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use console::Term;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::{
    LocalModes, OptionalActions, QueueSelector, SpecialCodeIndex, Termios, tcflush, tcgetattr, tcsetattr,
};

use super::operator::{Heard, Talk};

/// The terminal as it was before the first prompt.
static AT_FIRST: OnceLock<Termios> = OnceLock::new();

/// How long a wait goes on before it looks whether it was called off.
const LOOK: Duration = Duration::from_millis(100);
/// Within this time after a line, more input is part of the same paste.
const PASTE: Duration = Duration::from_millis(50);
/// Longer lines are no answers.
const LONGEST: usize = 4096;

/// An open terminal.
pub(super) struct Tty {
    file: File,
    called_off: Arc<AtomicBool>,
}

/// What a wait for input ended with.
enum Ready {
    Input,
    Nothing,
    Gone,
}

impl Tty {
    /// The controlling terminal, when there is one and standard input is a terminal too: answers that are piped in
    /// come from nobody.
    pub(super) fn open() -> Option<Self> {
        if !std::io::stdin().is_terminal() {
            return None;
        }
        let file = OpenOptions::new().read(true).write(true).open("/dev/tty").ok()?;
        let at_first = tcgetattr(&file).ok()?;
        AT_FIRST.get_or_init(|| at_first);
        Some(Self {
            file,
            called_off: Arc::default(),
        })
    }

    /// The same terminal, to end a row while a prompt holds this one.
    pub(super) fn row(&self) -> std::io::Result<File> {
        self.file.try_clone()
    }

    /// From here on, waits end when the flag is set.
    pub(super) fn until(&mut self, called_off: Arc<AtomicBool>) {
        self.called_off = called_off;
    }

    fn ready(&self, within: Duration) -> Ready {
        let Ok(timeout) = Timespec::try_from(within) else {
            return Ready::Nothing;
        };
        let mut fds = [PollFd::new(&self.file, PollFlags::IN)];
        match poll(&mut fds, Some(&timeout)) {
            Ok(0) | Err(rustix::io::Errno::INTR) => Ready::Nothing,
            Ok(_) if fds.iter().any(|fd| fd.revents().contains(PollFlags::IN)) => Ready::Input,
            Ok(_) | Err(_) => Ready::Gone,
        }
    }

    /// One line without its end; none at the end of input, or when it was called off.
    fn line(&mut self) -> Option<String> {
        let mut bytes = Vec::new();
        let mut buffer = [0; 512];
        while !bytes.ends_with(b"\n") && bytes.len() < LONGEST {
            match self.ready(LOOK) {
                Ready::Gone => return None,
                Ready::Nothing if self.called_off.load(Ordering::Relaxed) => return None,
                Ready::Nothing => {}
                Ready::Input => match self.file.read(&mut buffer) {
                    Ok(0) => return None,
                    Ok(count) => bytes.extend_from_slice(buffer.get(..count).unwrap_or_default()),
                    Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                    Err(_) => return None,
                },
            }
        }
        Some(
            String::from_utf8_lossy(&bytes)
                .trim_end_matches(['\r', '\n'])
                .to_owned(),
        )
    }

    /// True when more came with the line. A last line without its end shows only outside of line mode.
    fn more(&self) -> bool {
        let Ok(usual) = tcgetattr(&self.file) else {
            return matches!(self.ready(PASTE), Ready::Input);
        };
        let mut raw = usual.clone();
        raw.local_modes.remove(LocalModes::ICANON | LocalModes::ECHO);
        raw.special_codes[SpecialCodeIndex::VMIN] = 1;
        raw.special_codes[SpecialCodeIndex::VTIME] = 0;
        let changed = tcsetattr(&self.file, OptionalActions::Now, &raw).is_ok();
        let more = matches!(self.ready(PASTE), Ready::Input);
        if more {
            self.forget();
        }
        if changed {
            // Where the terminal cannot be put back it is gone, and the next read says so.
            let _ = tcsetattr(&self.file, OptionalActions::Now, &usual);
        }
        more
    }

    /// Throws away what was typed and not yet read.
    fn forget(&self) {
        // Where it cannot be flushed it is gone, and the next read says so.
        let _ = tcflush(&self.file, QueueSelector::IFlush);
    }

    fn write(&mut self, text: &str) {
        // Nobody sees what cannot be written; the answer is then missing, and a missing answer is never a yes.
        let _ = self
            .file
            .write_all(text.as_bytes())
            .and_then(|()| self.file.flush());
    }
}

impl Talk for Tty {
    fn say(&mut self, rows: &[String]) {
        let text: String = rows.iter().flat_map(|row| [row.as_str(), "\n"]).collect();
        self.write(&text);
    }

    fn hear(&mut self, prompt: &str) -> Heard {
        self.forget();
        self.write(prompt);
        match self.line() {
            None => {
                // Who called it off has ended the row.
                if !self.called_off.load(Ordering::Relaxed) {
                    self.write("\n");
                }
                Heard::End
            }
            Some(_) if self.more() => {
                self.write("\n");
                Heard::Several
            }
            Some(line) => Heard::Line(line),
        }
    }
}

/// Puts the terminal back as it was: its modes and its cursor. For the way out after a signal.
pub fn restore_terminal() {
    if let (Some(at_first), Ok(file)) = (AT_FIRST.get(), File::open("/dev/tty")) {
        // There is no better place to go where this fails: the process is about to end.
        let _ = tcsetattr(&file, OptionalActions::Now, at_first);
    }
    let stderr = Term::stderr();
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    if stderr.is_term() && !dumb {
        let _ = stderr.show_cursor();
    }
}

#[cfg(test)]
mod tests;
