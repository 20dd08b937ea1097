//! What each view writes, and where.

use std::cell::RefCell;
use std::io::{Error, ErrorKind, Write};
use std::rc::Rc;

use serde_json::Value;

use super::*;
use crate::domain::notice::NoticeKind;
use crate::domain::outcome::Outcome;
use crate::domain::question::Question;
use crate::ports::View;
use crate::ui::prompts::Prompts;
use crate::ui::testing::{every_kind, notice, outcome, screen, stream, waiting};

/// A writer whose bytes can be looked at.
#[derive(Clone, Default)]
struct Page(Rc<RefCell<Vec<u8>>>);

impl Page {
    fn text(&self) -> String {
        String::from_utf8(self.0.borrow().clone()).unwrap()
    }

    fn out(&self) -> Box<dyn Write> {
        Box::new(self.clone())
    }
}

impl Write for Page {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A reader that has left.
struct Broken(Rc<RefCell<usize>>);

impl Write for Broken {
    fn write(&mut self, _bytes: &[u8]) -> std::io::Result<usize> {
        *self.0.borrow_mut() += 1;
        Err(Error::from(ErrorKind::BrokenPipe))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn lines_of_json(kinds: Vec<NoticeKind>) -> Vec<Value> {
    let page = Page::default();
    let view = JsonView::to(page.out());
    for kind in kinds {
        view.show(&notice(kind));
    }
    page.text()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn every_line_of_json_says_what_it_is() {
    let kinds = every_kind();
    let expected = kinds.len();
    let lines = lines_of_json(kinds);
    assert_eq!(lines.len(), expected);
    for line in &lines {
        assert_eq!(line["schema"], "backtrackctl/notice/1");
        assert_eq!(line["at"], "2026-11-20T02:31:49.250Z");
        assert_eq!(line["run"], "20261120-023108-00ab12");
        assert_eq!(line["phase"], "preflight");
        assert_eq!(line["mode"], "live");
    }
}

#[test]
fn a_kind_is_never_overwritten_by_its_subject() {
    for (kind, line) in every_kind().into_iter().zip(lines_of_json(every_kind())) {
        let name: String = format!("{kind:?}")
            .chars()
            .take_while(|each| each.is_alphanumeric())
            .collect();
        assert_eq!(line["kind"], name.to_lowercase(), "{line}");
    }
    let kinds = vec![
        NoticeKind::Unknown(crate::ui::testing::failure()),
        NoticeKind::Replied(crate::ui::testing::rejected()),
    ];
    let lines = lines_of_json(kinds);
    assert_eq!(
        (&lines[0]["failure"], &lines[0]["action"]),
        (&Value::from("transport"), &Value::from("DescribeDBClusters"))
    );
    assert_eq!(
        (&lines[1]["rejection"], &lines[1]["reply"]),
        (&Value::from("final"), &Value::from("rejected"))
    );
}

#[test]
fn no_key_stands_twice_in_a_line() {
    let page = Page::default();
    let view = JsonView::to(page.out());
    for kind in every_kind() {
        view.show(&notice(kind));
    }
    for line in page.text().lines() {
        let value: Value = serde_json::from_str(line).unwrap();
        assert_eq!(value.to_string().len(), line.len(), "{line}");
    }
}

#[test]
fn a_finding_and_the_outcome_have_their_keys_at_the_top() {
    let lines = lines_of_json(every_kind());
    let finding = lines
        .iter()
        .find(|line| line["kind"] == "finding" && line["severity"] == "block")
        .unwrap();
    assert_eq!(finding["rule"], "window");
    assert!(finding["message"].is_string());
    let end = &lines_of_json(vec![NoticeKind::Outcome(outcome(Outcome::Refused))])[0];
    for key in [
        "outcome",
        "exit",
        "cluster",
        "backtrack_id",
        "requested",
        "effective",
        "backtracked_from",
        "discarded_s",
        "direction",
    ] {
        assert!(end.get(key).is_some(), "{key}: {end}");
    }
    assert_eq!(end["backtrack_id"], Value::Null);
    assert_eq!(end["requested"], "2026-11-20T02:14:05Z");
}

#[test]
fn a_reader_that_left_is_not_written_to_again() {
    let writes = Rc::new(RefCell::new(0));
    let view = JsonView::to(Box::new(Broken(Rc::clone(&writes))));
    for kind in every_kind() {
        view.show(&notice(kind));
    }
    assert_eq!(*writes.borrow(), 1);
}

/// What a view of plain lines, or of a screen, writes: narration and data.
fn written(
    show: impl Fn(Box<dyn Write>, Box<dyn Write>) -> Box<dyn View>,
    kinds: Vec<NoticeKind>,
) -> (String, String) {
    let (narration, data) = (Page::default(), Page::default());
    let view = show(narration.out(), data.out());
    for kind in kinds {
        view.show(&notice(kind));
    }
    (narration.text(), data.text())
}

#[test]
fn plain_lines_narrate_apart_from_the_outcome() {
    let (narration, data) = written(|a, b| Box::new(PlainView::to(stream(), a, b)), every_kind());
    assert!(narration.contains("waiting for the cluster to be available, 41 s, usually unknown"));
    assert!(!narration.contains("DONE"));
    assert!(data.starts_with("02:31:49Z DONE (completed, exit 0)"), "{data}");
    assert!(!format!("{narration}{data}").contains('\u{1b}'));
}

fn on_screen(prompts: &Prompts, kinds: Vec<NoticeKind>) -> (String, String) {
    written(
        |a, b| Box::new(TerminalView::to(screen(80), prompts.clone(), a, b)),
        kinds,
    )
}

#[test]
fn a_screen_shows_the_checks_together_and_what_blocks_first() {
    let (narration, _) = on_screen(&Prompts::none(), every_kind());
    let place = |text: &str| {
        narration
            .find(text)
            .unwrap_or_else(|| panic!("{text} in {narration}"))
    };
    assert!(place("✗ window") < place("! permission"));
    assert!(place("! permission") < place("✓ 11 checks passed"));
    assert!(place("✓ 11 checks passed") < place("What would be done"));
}

#[test]
fn a_screen_says_how_long_it_waited() {
    let note = NoticeKind::Verification(crate::ui::testing::verification(true));
    let (narration, _) = on_screen(&Prompts::none(), vec![waiting(None), note]);
    assert!(
        narration.starts_with("  waited 41 s for the cluster to be available\n"),
        "{narration}"
    );
}

#[test]
fn a_screen_does_not_say_what_the_prompt_says() {
    let receipt = crate::ui::testing::receipt(1, crate::domain::target::Direction::Rewind);
    let kinds = || {
        vec![
            NoticeKind::Receipt(receipt.clone()),
            NoticeKind::Asked(Question::Confirm(Box::new(receipt.clone()))),
        ]
    };
    assert_eq!(on_screen(&Prompts::of_person(), kinds()).0, "");
    assert!(
        on_screen(&Prompts::none(), kinds())
            .0
            .contains("What this rewind costs")
    );
    let beforehand = on_screen(&Prompts::of_person().confirmed_beforehand(), kinds()).0;
    assert!(
        beforehand.contains("What this rewind costs") && beforehand.contains("question:"),
        "{beforehand}"
    );
}

#[test]
fn what_a_person_is_to_do_stands_in_the_prompt_alone() {
    use crate::domain::effect::Way;
    use crate::domain::notice::Doer;

    let step = |by| NoticeKind::Step {
        item: "nightly import".to_owned(),
        way: Way::Pause,
        how: "Stop the nightly import.".to_owned(),
        by,
        result: None,
    };
    let (narration, _) = on_screen(&Prompts::of_person(), vec![step(Doer::Person)]);
    assert!(!narration.contains("Stop the nightly import."), "{narration}");
    let (narration, _) = on_screen(&Prompts::none(), vec![step(Doer::Person)]);
    assert!(narration.contains("Stop the nightly import."), "{narration}");
    let (narration, _) = on_screen(&Prompts::of_person(), vec![step(Doer::Command)]);
    assert!(narration.contains("Stop the nightly import."), "{narration}");
}

#[test]
fn the_outcome_goes_to_data() {
    let kinds = vec![NoticeKind::Outcome(outcome(Outcome::Held))];
    let (narration, data) = on_screen(&Prompts::none(), kinds);
    assert_eq!(narration, "");
    assert!(
        data.contains("HELD, the application is paused (held, exit 20)"),
        "{data}"
    );
}

#[test]
fn nothing_is_drawn_over_an_open_prompt() {
    let prompts = Prompts::of_person();
    let _open = prompts.begin();
    let (narration, _) = on_screen(
        &prompts,
        vec![
            waiting(None),
            NoticeKind::Note {
                message: "x".to_owned(),
            },
        ],
    );
    assert_eq!(narration, "  x\n");
}
