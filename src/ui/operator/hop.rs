//! To another instant: typed, shown four ways, and meant.

use super::instant::{check_side, read};
use super::interview::{Interview, TRIES};
use super::menu::Next;
use crate::domain::question::Answer;
use crate::domain::target::Direction;
use crate::ui::line::{Line, Paint};

/// Reads the time, shows it four ways and asks whether it is meant. An empty line goes back.
pub(super) fn hop(interview: &mut Interview<'_>, rest: &str, direction: Direction) -> Option<Next> {
    let mut typed = rest.to_owned();
    for _ in 0..TRIES {
        if typed.is_empty() {
            interview.say(&[Line::at(2).text(
                "To when? For example 2026-11-20T02:14:05Z, or 10 minutes ago. An empty line goes back.",
            )]);
            typed = interview.hear("time")?;
        }
        if typed.is_empty() {
            return Some(Next::Back);
        }
        let meant = read(&typed, interview.brief)
            .and_then(|meant| check_side(meant.to, direction, interview.brief).map(|()| meant));
        match meant {
            Err(why) => interview.say(&[Line::at(2).hang(4).paint(Paint::Warn, &why)]),
            Ok(meant) => {
                interview.say(&meant.lines);
                interview.say(&[Line::at(2).text(
                    "Is this the instant? It is checked and confirmed once more before anything is sent.",
                )]);
                if interview.yes()? {
                    return Some(Next::Answer(Answer::Hop { typed, to: meant.to }));
                }
            }
        }
        typed = String::new();
    }
    Some(Next::Back)
}

#[cfg(test)]
mod tests {
    use crate::domain::question::{Answer, Question};
    use crate::ui::operator::testing::{answer, rewound, seen};
    use crate::ui::testing::{at, verification};

    #[test]
    fn a_hop_is_shown_four_ways_before_it_is_taken() {
        insta::assert_snapshot!(
            seen(&Question::Accept(verification(true)), &rewound(), &["forward", "14:20", "2026-11-20T02:20:00Z", "yes"]),
            @r#"
        LIVE  The data is as expected. Accept it? ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
          cluster     shop-prod (123456789012, eu-west-1)
          data now    at 2026-11-20 02:14:05Z, 17 min 15 s discarded
          possible    back up to 2026-11-20 02:31:20Z, until 2026-11-21 02:29:20Z
          data        as expected (3 of 3)
          no answer   nothing happens; the application stays paused
          Type one of these words:
            accept    open the application on this data. Going back later loses what is
                      written then
            forward   go to a later time
            back      go further back
            origin    undo: return to 2026-11-20 02:31:20Z
            hold      leave it as it is, the application stays paused
          your choice> forward
          To when? For example 2026-11-20T02:14:05Z, or 10 minutes ago. An empty line
          goes back.
          time> 14:20
          `14:20` is a time of day without a date: type both with the zone, as in
            2024-05-17T14:28:00Z, or add --zone Area/City for its last occurrence there
          To when? For example 2026-11-20T02:14:05Z, or 10 minutes ago. An empty line
          goes back.
          time> 2026-11-20T02:20:00Z
          target      Fri 2026-11-20 02:20:00Z
                      Fri 2026-11-20 03:20:00+01:00 (no zone name)
                      15 min ago
                      23 h 46 min 52 s after the earliest backtrack time (Thu
                      2026-11-19 02:33:08Z)
          Is this the instant? It is checked and confirmed once more before anything is
          sent.
          yes or no> yes
        "#
        );
    }

    #[test]
    fn a_hop_goes_where_was_meant() {
        let question = Question::Accept(verification(true));
        let to = |typed: &str, to: &str| Answer::Hop {
            typed: typed.to_owned(),
            to: at(to),
        };
        let ask = |lines: &[&str]| answer(&question, &rewound(), lines);
        let forward = to("2026-11-20T02:20:00Z", "2026-11-20T02:20:00Z");
        assert_eq!(ask(&["forward 2026-11-20T02:20:00Z", "yes"]), forward);
        assert_eq!(
            ask(&["back", "2026-11-20T02:00:00.9Z", "yes"]),
            to("2026-11-20T02:00:00.9Z", "2026-11-20T02:00:00Z")
        );
        assert_eq!(ask(&["origin"]), to("origin", "2026-11-20T02:31:20Z"));
        let text = seen(&question, &rewound(), &["forward", ""]);
        assert!(
            text.contains("Nothing was chosen. Type one of: accept,"),
            "{text}"
        );
        // Not meant: asked again. An empty line goes back to the choice.
        assert_eq!(
            ask(&["forward 2026-11-20T02:20:00Z", "no", "", "hold"]),
            Answer::Hold
        );
    }

    #[test]
    fn a_hop_to_the_wrong_side_is_refused() {
        let text = seen(
            &Question::Accept(verification(true)),
            &rewound(),
            &["forward 2026-11-20T02:00:00Z"],
        );
        assert!(text.contains("Expected a time later than"), "{text}");
        let text = seen(
            &Question::Accept(verification(true)),
            &rewound(),
            &["back 2026-11-20T02:20:00Z"],
        );
        assert!(text.contains("Expected a time earlier than"), "{text}");
        let text = seen(
            &Question::Accept(verification(true)),
            &rewound(),
            &["forward 2026-11-20T02:32:00Z"],
        );
        assert!(text.contains("Expected a time up to"), "{text}");
    }
}
