//! One question to a person, from its first row to an answer. Pure but for the talk: tested with a script.

use super::attest::{self, Asking};
use super::brief::Brief;
use super::talk::{Heard, Talk};
use super::{confirm, menu, pause, plain};
use crate::domain::backtrack::BacktrackRecord;
use crate::domain::mode::Mode;
use crate::domain::question::{Answer, Question};
use crate::ui::layout::lay;
use crate::ui::line::{Line, Paint};
use crate::ui::style::Style;

/// So often an answer that cannot be used is asked for again; then there is nobody.
pub(super) const TRIES: usize = 10;

/// A question being put.
pub(super) struct Interview<'a> {
    pub(super) brief: &'a Brief,
    /// Backtracks of which one may be attested to be ours.
    pub(super) listed: &'a [BacktrackRecord],
    talk: &'a mut dyn Talk,
}

/// What `yes` or `no` came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Yes,
    No,
    Empty,
    Other,
}

/// Puts a question of the machine. Whatever ends early ends with `Nobody`.
pub(super) fn put(question: &Question, brief: &Brief, talk: &mut dyn Talk) -> Answer {
    let listed = match question {
        Question::Strange { records, .. } => records.as_slice(),
        Question::Pause
        | Question::Confirm(_)
        | Question::Accept(_)
        | Question::Unverified(_)
        | Question::AfterFailure
        | Question::NoTrace
        | Question::Members { .. }
        | Question::Login { .. } => &[],
    };
    let mut interview = Interview { brief, listed, talk };
    let answer = match question {
        Question::Pause => pause::ask(&mut interview),
        Question::Confirm(receipt) => confirm::ask(&mut interview, receipt),
        Question::Accept(verification) => menu::accept(&mut interview, verification),
        Question::Unverified(verification) => menu::unverified(&mut interview, verification),
        Question::AfterFailure => menu::after_failure(&mut interview),
        Question::NoTrace => menu::no_trace(&mut interview),
        Question::Strange { what, .. } => menu::strange(&mut interview, what),
        Question::Members { missing } => plain::members(&mut interview, missing),
        Question::Login { why } => plain::login(&mut interview, why),
    };
    answer.unwrap_or(Answer::Nobody)
}

/// Asks a person to do or to attest something: yes, no, or nobody.
pub(super) fn attest(asking: &Asking, brief: &Brief, talk: &mut dyn Talk) -> Option<bool> {
    let listed = &[];
    attest::ask(&mut Interview { brief, listed, talk }, asking)
}

impl Interview<'_> {
    /// Shows lines.
    pub(super) fn say(&mut self, lines: &[Line]) {
        let style = &self.brief.style;
        self.talk.say(&lay(lines, "", style.mode, style));
    }

    /// Begins a question: what it is about, then its facts.
    pub(super) fn head(&mut self, title: &str, facts: Vec<Line>) {
        let mode = self.brief.style.mode;
        let title = Line::rule(mode_paint(mode), &format!("{}{title} ", mode_words(mode)));
        let lines: Vec<Line> = [Line::blank(), title].into_iter().chain(facts).collect();
        self.say(&lines);
    }

    /// One line, trimmed; a paste is refused and asked for again. None: nobody.
    pub(super) fn hear(&mut self, what: &str) -> Option<String> {
        for _ in 0..TRIES {
            match self.talk.hear(&prompt(what, &self.brief.style)) {
                Heard::Line(line) => return Some(line.trim().to_owned()),
                Heard::Several => self.say(&[several()]),
                Heard::End => return None,
            }
        }
        None
    }

    /// `yes` or `no` in full; nothing else is an answer, an empty line least of all. None: nobody.
    pub(super) fn yes(&mut self) -> Option<bool> {
        for _ in 0..TRIES {
            match word(&self.hear("yes or no")?) {
                Word::Yes => return Some(true),
                Word::No => return Some(false),
                Word::Empty => self.say(&[nothing_typed()]),
                Word::Other => self.say(&[in_full()]),
            }
        }
        None
    }

    /// A reason; empty: the person goes back to the choice. None: nobody.
    pub(super) fn reason(&mut self) -> Option<String> {
        self.say(&[Line::at(2).text("Why? It goes into the report. An empty line goes back.")]);
        self.hear("reason")
    }
}

/// Reads `yes` or `no`, in any letter case, and nothing shorter.
pub(super) fn word(text: &str) -> Word {
    match text.trim().to_ascii_lowercase().as_str() {
        "yes" => Word::Yes,
        "no" => Word::No,
        "" => Word::Empty,
        _ => Word::Other,
    }
}

fn in_full() -> Line {
    Line::at(2).paint(Paint::Warn, "Please type yes or no in full.")
}

fn nothing_typed() -> Line {
    Line::at(2).paint(
        Paint::Warn,
        "Nothing was typed, and nothing happens by itself. Please type yes or no.",
    )
}

fn several() -> Line {
    Line::at(2).paint(
        Paint::Warn,
        "Several lines came at once. Nothing of it was taken: please type the answer.",
    )
}

fn prompt(what: &str, style: &Style) -> String {
    format!("{}  {what}> ", crate::ui::layout::mark(style.mode))
}

fn mode_paint(mode: Mode) -> Paint {
    match mode {
        Mode::Live => Paint::Live,
        Mode::Rehearsal => Paint::Rehearsal,
        Mode::Drill => Paint::Drill,
    }
}

fn mode_words(mode: Mode) -> &'static str {
    match mode {
        Mode::Live => "LIVE  ",
        Mode::Rehearsal => "REHEARSAL  ",
        Mode::Drill => "DRILL  ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::operator::testing::{Script, answer, brief, every_question, rewound, seen};

    #[test]
    fn the_end_of_input_is_nobody_at_every_question() {
        for question in every_question() {
            assert_eq!(answer(&question, &rewound(), &[]), Answer::Nobody, "{question:?}");
        }
    }

    #[test]
    fn an_empty_line_is_no_answer_except_after_a_login() {
        for question in every_question() {
            let given = answer(&question, &rewound(), &[""]);
            let expected = if matches!(question, Question::Login { .. }) {
                Answer::Agreed
            } else {
                Answer::Nobody
            };
            assert_eq!(given, expected, "{question:?}");
        }
    }

    #[test]
    fn who_presses_enter_only_is_asked_again() {
        let text = seen(&Question::Pause, &brief(None), &["", "no"]);
        assert!(text.contains("Nothing was typed"), "{text}");
        assert_eq!(
            answer(&Question::Pause, &brief(None), &["", "yes"]),
            Answer::Agreed
        );
    }

    #[test]
    fn every_question_says_which_cluster_what_is_lost_and_until_when() {
        for question in every_question() {
            let text = seen(&question, &rewound(), &[]);
            assert!(text.contains("shop-prod"), "{text}");
            assert!(text.contains("possible"), "{text}");
            assert!(
                ["lost", "discards", "discarded"]
                    .iter()
                    .any(|word| text.contains(word)),
                "{text}"
            );
            assert!(
                ["  no ", "no answer"].iter().any(|word| text.contains(word)),
                "{text}"
            );
            assert!(
                text.lines().all(|row| console::measure_text_width(row) <= 80),
                "{text}"
            );
        }
    }

    #[test]
    fn a_pasted_answer_is_refused_and_asked_for_again() {
        let mut script = Script::of(&["yes"]);
        script.lines.push_front(Heard::Several);
        assert_eq!(put(&Question::Pause, &brief(None), &mut script), Answer::Agreed);
        assert!(
            script
                .shown
                .join("\n")
                .contains("Several lines came at once. Nothing of it was taken")
        );
    }

    #[test]
    fn answers_that_cannot_be_used_end_with_nobody() {
        for question in every_question() {
            assert!(
                matches!(
                    answer(&question, &rewound(), &["perhaps"; 40]),
                    Answer::Nobody | Answer::Declined
                ),
                "{question:?}"
            );
        }
    }

    #[test]
    fn a_rehearsal_marks_every_row_of_a_question() {
        let mut rehearsal = brief(None);
        rehearsal.style.mode = Mode::Rehearsal;
        let text = seen(&Question::Pause, &rehearsal, &["no"]);
        assert!(text.lines().all(|row| row.starts_with("[rehearsal]")), "{text}");
    }
}
