//! The error at the edge: what happened, whether the cluster was touched, what to type next, and the exit code.

use crate::domain::mode::Mode;
use crate::domain::notice::OutcomeNotice;
use crate::domain::outcome::Outcome;
use crate::domain::phase::Phase;
use crate::domain::run_id::RunId;
use crate::ui::{self, Line, Paint, Style, clean};

/// What a command ends with when it does not end well.
#[derive(Debug)]
pub struct Failure {
    /// The process's exit code.
    pub exit: u8,
    /// What happened, a lower-case fragment.
    pub message: String,
    /// More lines about it, such as each fault of a runbook.
    pub details: Vec<String>,
    /// Whether the cluster was touched, in a sentence; empty where a command never could.
    pub touched: &'static str,
    /// What to type next.
    pub next: Vec<String>,
    /// The outcome of a run's last line.
    pub outcome: Outcome,
    /// The run that it happened to, where there was one.
    pub of: Option<Box<Interrupted>>,
}

/// A run that could not go on: what is known of it all the same.
#[derive(Debug)]
pub struct Interrupted {
    /// The run.
    pub run: RunId,
    /// Where it stood.
    pub phase: Phase,
    /// The last line, as far as it can be told.
    pub notice: OutcomeNotice,
}

const UNTOUCHED: &str = "the cluster was not touched";
/// Where a run of the past may have moved it.
const NOTHING_NOW: &str = "this command did nothing to the cluster";

impl Failure {
    /// Wrong use: exit 2.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(2, Outcome::Refused, message).touched(UNTOUCHED)
    }

    /// A guard refused before anything was done: exit 10.
    pub fn refused(message: impl Into<String>) -> Self {
        Self::new(Outcome::Refused.exit(), Outcome::Refused, message).touched(UNTOUCHED)
    }

    /// Input that could not be read: exit 4.
    pub fn unreadable(message: impl Into<String>) -> Self {
        Self::new(4, Outcome::Refused, message)
    }

    /// Output that could not be written: exit 4. What the command did stands.
    pub fn unwritten(why: &str) -> Self {
        Self::new(
            4,
            Outcome::Refused,
            format!("the output could not be written whole: {why}"),
        )
        .next("see to where stdout leads; what the command did stands, what it says is not all")
    }

    /// What was asked cannot be decided from what could be read: exit 5.
    pub fn undecided(message: impl Into<String>) -> Self {
        Self::new(5, Outcome::Refused, message)
    }

    /// Another run holds the cluster: exit 12.
    pub fn held(message: impl Into<String>) -> Self {
        Self::new(12, Outcome::Refused, message).touched(NOTHING_NOW)
    }

    /// The journal cannot be trusted: exit 40.
    pub fn damaged(message: impl Into<String>) -> Self {
        Self::new(Outcome::JournalDamaged.exit(), Outcome::JournalDamaged, message).touched(NOTHING_NOW)
    }

    /// A bug of this program: exit 1.
    pub fn bug(message: impl Into<String>) -> Self {
        Self::new(1, Outcome::Refused, message)
            .next("please report this, with the output of the same command and -vv".to_owned())
    }

    /// An outcome without a machine to record it.
    pub fn outcome(outcome: Outcome, message: impl Into<String>) -> Self {
        Self::new(outcome.exit(), outcome, message)
    }

    /// Adds lines about it.
    #[must_use]
    pub fn details<'a>(mut self, lines: impl Iterator<Item = &'a str>) -> Self {
        self.details.extend(lines.map(str::to_owned));
        self
    }

    /// Names the run that it happened to.
    #[must_use]
    pub fn of(mut self, of: Interrupted) -> Self {
        self.of = Some(Box::new(of));
        self
    }

    /// Says whether the cluster was touched.
    #[must_use]
    pub fn touched(mut self, touched: &'static str) -> Self {
        self.touched = touched;
        self
    }

    /// Adds what to type next.
    #[must_use]
    pub fn next(mut self, next: impl Into<String>) -> Self {
        self.next.push(next.into());
        self
    }

    fn new(exit: u8, outcome: Outcome, message: impl Into<String>) -> Self {
        Self {
            exit,
            message: message.into(),
            details: Vec::new(),
            touched: "",
            next: Vec::new(),
            outcome,
            of: None,
        }
    }

    /// The rows for stderr. `again` are the options that find the same journal.
    pub fn rows(&self, again: &str, style: &Style) -> Vec<String> {
        let lay = |lines: &[Line]| ui::lay(lines, "", Mode::Live, style);
        let mut rows = lay(&[Line::at(0).hang(2).text(&format!("error: {}", self.message))]);
        // They may point at something in the row above: not to be wrapped.
        rows.extend(self.details.iter().map(|detail| format!("  {}", clean(detail))));
        let mut lines = Vec::new();
        if !self.touched.is_empty() {
            lines.push(Line::at(2).text(self.touched));
        }
        lines.extend(self.next_steps(again).iter().flat_map(|next| shown(next)));
        rows.extend(lay(&lines));
        rows
    }

    /// What to type next, with the options that find the same journal.
    pub fn next_steps(&self, again: &str) -> Vec<String> {
        let with_options = |next: &String| match next.split_once("    #") {
            _ if !next.starts_with("backtrackctl ") => next.clone(),
            Some((command, why)) => format!("{command}{again}    #{why}"),
            None => format!("{next}{again}"),
        };
        self.next.iter().map(with_options).collect()
    }
}

/// A command stands alone on its line, so that it can be copied whole; why stands before it.
fn shown(next: &str) -> Vec<Line> {
    let typed = ["aws ", "backtrackctl "]
        .iter()
        .any(|program| next.starts_with(program));
    if !typed {
        return vec![Line::at(2).hang(4).text(&format!("next: {next}"))];
    }
    let (command, why) = next.split_once("    # ").unwrap_or((next, "type"));
    vec![
        Line::at(2).hang(4).text(&format!("next: {why}")),
        Line::paste(4, Paint::Plain, command),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::{Device, Follow};

    #[test]
    fn a_command_stands_alone_on_its_line() {
        let failure = Failure::held("`shop-prod` is held")
            .next("backtrackctl report RUN    # what it is doing")
            .next("backtrackctl recover RUN")
            .next("make room on the disk");
        let style = Style {
            width: 60,
            follow: Follow::Nothing,
            colour: false,
            marks: true,
            device: Device::Screen,
            mode: Mode::Live,
            verbose: false,
        };
        assert_eq!(
            failure.rows(" --journal /j", &style)[2..],
            [
                "  next: what it is doing",
                "    backtrackctl report RUN --journal /j",
                "  next: type",
                "    backtrackctl recover RUN --journal /j",
                "  next: make room on the disk",
            ]
        );
    }
}
