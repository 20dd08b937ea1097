//! The screen of a terminal: blocks that scroll, and one row below them that moves while something is waited for.

use std::cell::RefCell;
use std::io::{IsTerminal, Write};

use super::sink::Sink;
use super::spinner::{Spinner, Wait};
use crate::domain::finding::Finding;
use crate::domain::notice::{Doer, Notice, NoticeKind};
use crate::domain::question::Answer;
use crate::ports::View;
use crate::ui::data::Data;
use crate::ui::layout::lay;
use crate::ui::line::{Line, Paint};
use crate::ui::prompts::Prompts;
use crate::ui::render::{findings, render};
use crate::ui::style::Style;

/// Narration on stderr; the outcome on stdout, and on stderr too where stdout is not a terminal.
pub struct TerminalView {
    style: Style,
    prompts: Prompts,
    narration: Sink,
    data: Sink,
    /// True when nobody sees what goes to `data`.
    data_unseen: bool,
    state: RefCell<State>,
}

/// What is remembered between notices.
#[derive(Default)]
struct State {
    /// Results of checks that are shown together, once all are there.
    findings: Vec<Finding>,
    spinner: Option<Spinner>,
}

impl TerminalView {
    /// On stderr and stdout. `prompts`: of the operator who is asked meanwhile.
    pub fn new(style: Style, prompts: Prompts) -> Self {
        let view = Self::to(style, prompts, Box::new(std::io::stderr()), Box::new(Data));
        Self {
            data_unseen: !std::io::stdout().is_terminal(),
            ..view
        }
    }

    /// Somewhere else: narration, and the outcome.
    pub fn to(style: Style, prompts: Prompts, narration: Box<dyn Write>, data: Box<dyn Write>) -> Self {
        let (narration, data) = (Sink::new(narration), Sink::new(data));
        Self {
            style,
            prompts,
            narration,
            data,
            data_unseen: false,
            state: RefCell::default(),
        }
    }

    fn wait(&self, wait: &Wait<'_>, notice: &Notice) {
        let mut state = self.state.borrow_mut();
        if self.prompts.are_open()
            || state
                .spinner
                .as_ref()
                .is_some_and(|spinner| spinner.follows(wait))
        {
            return;
        }
        if let Some(spinner) = state.spinner.take() {
            self.leave(spinner, notice);
        }
        state.spinner = Some(Spinner::start(wait, notice.mode, &self.style));
    }

    /// A row that stays, in the place of the one that moved.
    fn leave(&self, spinner: Spinner, notice: &Notice) {
        if let Some(text) = spinner.end(notice.at) {
            self.narration.rows(&lay(
                &[Line::at(2).paint(Paint::Dim, &text)],
                "",
                notice.mode,
                &self.style,
            ));
        }
    }

    /// Shows the checks that were kept back.
    fn checks(&self, notice: &Notice) {
        let found = std::mem::take(&mut self.state.borrow_mut().findings);
        if !found.is_empty() {
            self.narration.rows(&findings(&found, notice.mode, &self.style));
        }
    }

    fn tell(&self, notice: &Notice) {
        if !said_while_waiting(&notice.kind) {
            let spinner = self.state.borrow_mut().spinner.take();
            if let Some(spinner) = spinner {
                self.leave(spinner, notice);
            }
        }
        if self.said_by_prompt(&notice.kind) {
            return;
        }
        let rows = render(notice, &self.style);
        match &self.state.borrow().spinner {
            Some(spinner) => spinner.above(|| self.narration.rows(&rows)),
            None => self.narrate(notice, &rows),
        }
    }

    fn narrate(&self, notice: &Notice, rows: &[String]) {
        let outcome = matches!(notice.kind, NoticeKind::Outcome(_));
        if !outcome || self.data_unseen {
            self.narration.rows(rows);
        }
        if outcome && self.data_unseen {
            let plain = Style {
                colour: false,
                ..self.style.clone()
            };
            self.data.rows(&render(notice, &plain));
        } else if outcome {
            self.data.rows(rows);
        }
    }

    /// True for what the operator's prompt says in full, just now.
    fn said_by_prompt(&self, kind: &NoticeKind) -> bool {
        if let NoticeKind::Asked(question) = kind {
            self.prompts.put(question)
        } else if let NoticeKind::Answered { answer, unattended } = kind {
            // What was typed stands on the screen; that nobody was there does not.
            self.prompts.reach_a_person() && !unattended && *answer != Answer::Nobody
        } else if let NoticeKind::Step { by, result: None, .. } = kind {
            // The instruction stands in the prompt that comes now.
            *by == Doer::Person && self.prompts.reach_a_person()
        } else {
            matches!(kind, NoticeKind::Receipt(_)) && self.prompts.show_the_receipt()
        }
    }
}

/// True for news of a wait that goes on.
fn said_while_waiting(kind: &NoticeKind) -> bool {
    matches!(
        kind,
        NoticeKind::Record(_) | NoticeKind::Unknown(_) | NoticeKind::Note { .. }
    )
}

impl View for TerminalView {
    fn show(&self, notice: &Notice) {
        if let NoticeKind::Finding(finding) = &notice.kind {
            self.state.borrow_mut().findings.push(finding.clone());
            return;
        }
        self.checks(notice);
        if let NoticeKind::Waiting {
            what,
            since,
            estimate_s,
        } = &notice.kind
        {
            self.wait(
                &Wait {
                    what,
                    since: *since,
                    now: notice.at,
                    estimate_s: *estimate_s,
                },
                notice,
            );
        } else {
            self.tell(notice);
        }
    }
}
