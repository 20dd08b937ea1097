//! The ways on that a question offers, each by a word of its own: nothing is preselected, and no slip of a digit
//! chooses another.

use crate::domain::target::Direction;

/// A way on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Choice {
    /// The data is right.
    Accept,
    /// Verify once more.
    Again,
    /// To a later instant.
    Forward,
    /// To an earlier instant.
    Back,
    /// Back to where the rewind began.
    Origin,
    /// Leave it.
    Hold,
    /// Try the backtrack once more.
    Retry,
    /// Send again where no trace was found.
    Resend,
    /// Open the application on the data as it is.
    GiveUp,
    /// A backtrack that AWS lists is this run's own.
    Ours,
}

impl Choice {
    /// What is typed.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Again => "again",
            Self::Forward => "forward",
            Self::Back => "back",
            Self::Origin => "origin",
            Self::Hold => "hold",
            Self::Retry => "retry",
            Self::Resend => "resend",
            Self::GiveUp => "give-up",
            Self::Ours => "ours",
        }
    }

    /// Which way it moves, where it takes a time.
    pub(super) fn moves(self) -> Option<Direction> {
        match self {
            Self::Forward => Some(Direction::Forward),
            Self::Back => Some(Direction::Rewind),
            Self::Accept
            | Self::Again
            | Self::Origin
            | Self::Hold
            | Self::Retry
            | Self::Resend
            | Self::Ours
            | Self::GiveUp => None,
        }
    }
}

impl Choice {
    /// What follows its word belongs to it: a time, or the id of a backtrack.
    fn takes_more(self) -> bool {
        self.moves().is_some() || self == Self::Ours
    }
}

/// What can be typed.
pub(super) fn words(offered: &[Choice]) -> String {
    let words: Vec<&str> = offered.iter().map(|choice| choice.word()).collect();
    words.join(", ")
}

/// Reads a choice; what follows a choice that takes a time or an id is that. `Err` explains.
pub(super) fn parse_choice<'a>(text: &'a str, offered: &[Choice]) -> Result<(Choice, &'a str), String> {
    let words = || words(offered);
    let text = text.trim();
    let (first, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    if first.is_empty() {
        return Err(format!(
            "Nothing was typed, and nothing happens by itself. Type one of: {}.",
            words()
        ));
    }
    let chosen = offered
        .iter()
        .copied()
        .find(|choice| first.eq_ignore_ascii_case(choice.word()));
    match chosen {
        Some(choice) if rest.is_empty() || choice.takes_more() => Ok((choice, rest.trim())),
        Some(choice) => Err(format!(
            "Expected {} alone, got {text}. Type one of: {}.",
            choice.word(),
            words()
        )),
        None => Err(format!("Expected one of {}, got {first}.", words())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFFERED: [Choice; 3] = [Choice::Accept, Choice::Back, Choice::Hold];

    #[test]
    fn a_choice_is_its_whole_word_in_any_letter_case() {
        assert_eq!(parse_choice(" Accept ", &OFFERED), Ok((Choice::Accept, "")));
        assert_eq!(
            parse_choice("back 10 minutes ago", &OFFERED),
            Ok((Choice::Back, "10 minutes ago"))
        );
    }

    #[test]
    fn digits_beginnings_and_what_is_not_offered_choose_nothing() {
        for text in ["1", "a", "acc", "forward", "yes", "y"] {
            assert_eq!(
                parse_choice(text, &OFFERED),
                Err(format!("Expected one of accept, back, hold, got {text}."))
            );
        }
    }

    #[test]
    fn an_empty_line_chooses_nothing() {
        assert!(
            parse_choice("  ", &OFFERED)
                .unwrap_err()
                .starts_with("Nothing was typed")
        );
    }

    #[test]
    fn more_words_than_the_choice_takes_are_refused() {
        assert!(
            parse_choice("accept it", &OFFERED)
                .unwrap_err()
                .starts_with("Expected accept alone, got accept it")
        );
    }
}
