//! A person at a terminal: the program in a pseudo-terminal, its screen as it is seen, and a keyboard.
//!
//! The screen is kept by a terminal emulator that is taller than anything the program writes, so that every row
//! stays. It is read with `poll` and a deadline: nothing sleeps, and nothing spins. `setsid` makes the terminal the
//! program's own without a fork of this process, and dropping our end of it is a hangup as a lost connection makes one.

use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::OFlags;
use rustix::process::{Pid, Signal, kill_process};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

use crate::place::{CLUSTER, Place};

/// How long anything may take on a screen before a test gives up.
const PATIENCE: Duration = Duration::from_mins(2);

/// Rows of every terminal here.
const ROWS: u16 = 500;

/// The program in a terminal.
pub struct Person {
    program: Child,
    terminal: Option<File>,
    screen: vt100::Parser,
    raw: Vec<u8>,
    /// Rows above this one have been read.
    read_to: usize,
}

impl Person {
    /// Starts the program in a terminal of 80 columns.
    pub fn at(place: &Place, args: &[&str]) -> Self {
        Self::with(&place.command(args), 80, "")
    }

    /// Starts a command in a terminal of some columns; `redirected` as a shell has it: `< /dev/null`.
    pub fn with(command: &Command, columns: u16, redirected: &str) -> Self {
        let (terminal, other_end) = pair(columns);
        let mut program = Command::new("setsid");
        program.args(["--ctty", "sh", "-c"]);
        program.arg(format!("exec \"$0\" \"$@\" {redirected}"));
        program.arg(command.get_program()).args(command.get_args());
        program.env_clear();
        program.envs(command.get_envs().filter_map(|(key, value)| Some((key, value?))));
        program.current_dir(command.get_current_dir().unwrap());
        let end = || Stdio::from(other_end.try_clone().unwrap());
        program.stdin(end()).stdout(end()).stderr(end());
        Self {
            program: program.spawn().unwrap(),
            terminal: Some(terminal),
            screen: vt100::Parser::new(ROWS.try_into().unwrap(), columns.try_into().unwrap(), 0),
            raw: Vec::new(),
            read_to: 0,
        }
    }

    /// Waits until the text stands on the screen, below what was read before.
    pub fn sees(&mut self, text: &str) -> &mut Self {
        self.wait(&format!("\"{text}\""), |person| {
            let rows = person.rows();
            let found = rows
                .iter()
                .skip(person.read_to)
                .position(|row| row.contains(text));
            if let Some(at) = found {
                person.read_to += at + 1;
            }
            found.is_some()
        })
    }

    /// Waits until the cursor stands behind an empty prompt.
    pub fn is_asked(&mut self) -> &mut Self {
        self.wait("a prompt", |person| {
            let row = usize::from(person.screen.screen().cursor_position().0);
            let asked = row >= person.read_to && person.rows()[row].ends_with('>');
            if asked {
                person.read_to = row + 1;
            }
            asked
        })
    }

    /// Waits for a question and the prompt below it, then types.
    pub fn answers(&mut self, question: &str, typed: &str) -> &mut Self {
        self.sees(question).is_asked().types(typed)
    }

    /// Waits for the question about a hop and its prompt; the words that the screen asks for.
    pub fn reads_the_phrase(&mut self) -> String {
        self.sees(CLUSTER).is_asked();
        let page = self.page();
        let (_, asked_for) = page.rsplit_once("type the cluster id").unwrap();
        let (_, phrase) = asked_for.split_once(CLUSTER).unwrap();
        let minutes: String = phrase
            .trim_start_matches(|each: char| !each.is_ascii_digit())
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        format!("{CLUSTER} {minutes}")
    }

    /// Types a line.
    pub fn types(&mut self, line: &str) -> &mut Self {
        self.presses(&format!("{line}\n"))
    }

    /// Presses keys, all at once.
    pub fn presses(&mut self, keys: &str) -> &mut Self {
        let terminal = self.terminal.as_mut().unwrap();
        terminal.write_all(keys.as_bytes()).unwrap();
        self
    }

    /// Makes the window wider or narrower; the kernel tells the program.
    pub fn resizes(&mut self, columns: u16) -> &mut Self {
        tcsetwinsize(self.terminal.as_ref().unwrap(), size(columns)).unwrap();
        let columns = columns.try_into().unwrap();
        self.screen
            .screen_mut()
            .set_size(ROWS.try_into().unwrap(), columns);
        self
    }

    /// Sends a signal to the program alone.
    pub fn signals(&mut self, signal: Signal) -> &mut Self {
        let id = i32::try_from(self.program.id()).unwrap();
        kill_process(Pid::from_raw(id).unwrap(), signal).unwrap();
        self
    }

    /// Closes the terminal: whoever sat there is gone. The exit code that nobody sees.
    pub fn hangs_up(&mut self) -> Option<i32> {
        self.terminal = None;
        self.program.wait().unwrap().code()
    }

    /// Waits for the program's end; its exit code, or less than 0 for a signal.
    pub fn leaves(&mut self) -> i32 {
        let deadline = Instant::now() + PATIENCE;
        while self.look(deadline) {}
        assert!(Instant::now() < deadline, "expected an end, got\n{}", self.page());
        let status = self.program.wait().unwrap();
        status
            .code()
            .unwrap_or_else(|| -status.signal().unwrap_or_default())
    }

    /// Waits for the program's end, which has to be this one.
    pub fn leaves_with(&mut self, exit: i32) {
        let left = self.leaves();
        assert_eq!(left, exit, "expected exit {exit}, got {left}:\n{}", self.page());
    }

    /// The screen so far, without empty rows at its end.
    pub fn page(&self) -> String {
        self.rows().join("\n").trim_end().to_owned()
    }

    /// The rows of the screen.
    pub fn rows(&self) -> Vec<String> {
        let screen = self.screen.screen();
        let columns = screen.size().1.get();
        screen
            .rows(0, columns)
            .map(|row| row.trim_end().to_owned())
            .collect()
    }

    /// Rows that were too wide and went on in the next one.
    pub fn too_wide(&self) -> Vec<String> {
        let screen = self.screen.screen();
        let rows = self.rows().into_iter().zip(0..ROWS);
        rows.filter(|(_, at)| screen.row_wrapped(*at))
            .map(|(row, _)| row)
            .collect()
    }

    /// Every byte that arrived.
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// True when the cursor can be seen.
    pub fn has_a_cursor(&self) -> bool {
        !self.screen.screen().hide_cursor()
    }

    fn wait(&mut self, what: &str, mut so: impl FnMut(&mut Self) -> bool) -> &mut Self {
        let deadline = Instant::now() + PATIENCE;
        while !so(self) {
            let more = self.look(deadline);
            assert!(more, "expected {what} on the screen, got\n{}", self.page());
        }
        self
    }

    /// Takes in what arrives next; false at the deadline, or when the program has left.
    fn look(&mut self, deadline: Instant) -> bool {
        let Some(terminal) = &mut self.terminal else {
            return false;
        };
        let left = deadline.saturating_duration_since(Instant::now());
        let timeout = Timespec::try_from(left.min(Duration::from_hours(1))).unwrap();
        let mut fds = [PollFd::new(terminal, PollFlags::IN)];
        if !matches!(poll(&mut fds, Some(&timeout)), Ok(1..)) {
            return false;
        }
        let mut buffer = [0; 4096];
        // A terminal whose program has left answers with an error, or with nothing.
        match terminal.read(&mut buffer) {
            Ok(0) | Err(_) => false,
            Ok(count) => {
                self.screen.process(&buffer[..count]);
                self.raw.extend_from_slice(&buffer[..count]);
                true
            }
        }
    }
}

impl Drop for Person {
    fn drop(&mut self) {
        // A program that has ended already is as good.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// Both ends of a new terminal: the person's, and the program's. Neither is inherited by another program.
fn pair(columns: u16) -> (File, File) {
    let ours = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
    grantpt(&ours).unwrap();
    unlockpt(&ours).unwrap();
    tcsetwinsize(&ours, size(columns)).unwrap();
    let name = ptsname(&ours, Vec::new()).unwrap().into_string().unwrap();
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, OFlags::NOCTTY.bits().cast_signed());
    (File::from(ours), options.open(name).unwrap())
}

fn size(columns: u16) -> Winsize {
    Winsize {
        ws_row: ROWS,
        ws_col: columns,
        ws_xpixel: 0,
        ws_ypixel: 0,
    }
}
