//! What was seen of a command or a request. No variant holds output or a value of `env`.

use std::fmt;

use super::tail::Tail;

/// How a command ended, and the last of what it printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandReport {
    /// How it ended.
    pub outcome: CommandOutcome,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// The last of what it printed, for the screen only.
    pub tail: Tail,
}

/// How a command ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommandOutcome {
    /// It ended by itself.
    Exited {
        /// Its exit code; 0 passes.
        code: i32,
    },
    /// It was ended by a signal that was not sent from here.
    Signalled {
        /// The signal's number.
        signal: i32,
    },
    /// It was still running at its timeout and was killed, with all of its group.
    TimedOut,
    /// It was not started: no such program, or it may not be run.
    NotStarted {
        /// Why, as a lower-case fragment.
        why: String,
    },
    /// It was not started: a variable that it names has no value.
    Unset {
        /// The variable's name, without `$`.
        variable: String,
    },
    /// It was started, and its end could not be seen. What is left of its group was killed.
    Lost {
        /// Why, as a lower-case fragment.
        why: String,
    },
}

/// What came of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpReport {
    /// What was seen.
    pub outcome: HttpOutcome,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
}

/// What was seen of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HttpOutcome {
    /// The status is the expected one, and the body contains what it must.
    Passed {
        /// The status.
        status: u16,
    },
    /// Another status came. A redirect is one.
    OtherStatus {
        /// The status that passes.
        expected: u16,
        /// The status that came.
        got: u16,
    },
    /// The status is the expected one; the text is not in the body.
    TextMissing {
        /// The text that was looked for.
        contains: String,
        /// How many bytes of the body were searched.
        searched: usize,
    },
    /// The whole answer had not come at the timeout.
    TimedOut,
    /// No whole answer came, for another reason.
    NotReached {
        /// Why, as a lower-case fragment.
        why: String,
    },
    /// Nothing was sent: the URL is none, or leads off the loopback while a lab is used.
    Refused {
        /// Why, as a lower-case fragment.
        why: String,
    },
    /// Nothing was sent: a variable that the URL names has no value.
    Unset {
        /// The variable's name, without `$`.
        variable: String,
    },
}

impl CommandReport {
    /// Whether the command did what it was asked to do: it ended by itself, with 0.
    pub fn passed(&self) -> bool {
        self.outcome == CommandOutcome::Exited { code: 0 }
    }
}

impl HttpReport {
    /// Whether all that was expected was seen.
    pub fn passed(&self) -> bool {
        matches!(self.outcome, HttpOutcome::Passed { .. })
    }
}

impl fmt::Display for CommandOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exited { code } => write!(f, "exit code {code}"),
            Self::Signalled { signal } => write!(f, "ended by signal {signal}"),
            Self::TimedOut => f.write_str("still running at its timeout: killed"),
            Self::NotStarted { why } => write!(f, "not started: {why}"),
            Self::Unset { variable } => write!(f, "not started: {variable} is not set"),
            Self::Lost { why } => write!(f, "started, and its end could not be seen: {why}"),
        }
    }
}

impl fmt::Display for HttpOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Passed { status } => write!(f, "status {status}, as expected"),
            Self::OtherStatus { expected, got } => write!(f, "expected status {expected}, got {got}"),
            Self::TextMissing { contains, searched } => {
                write!(
                    f,
                    "expected {contains:?} in the body, got {searched} bytes without it"
                )
            }
            Self::TimedOut => f.write_str("no whole answer at its timeout"),
            Self::NotReached { why } => write!(f, "no whole answer: {why}"),
            Self::Refused { why } => write!(f, "not sent: {why}"),
            Self::Unset { variable } => write!(f, "not sent: {variable} is not set"),
        }
    }
}
