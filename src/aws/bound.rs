//! How much of what the service says is kept: every reply becomes part of a journal record, and a record is one line of
//! bounded length. What is cut says so.

use std::fmt::Write as _;

use crate::domain::event::ReadFailure;

use super::failure::nonsense;

/// The longest text that is kept, in bytes.
const TEXT: usize = 4096;
/// The longest name, status or id. AWS's own are at most 255 characters.
const NAME: usize = 255;
/// The most texts of a list that is only shown.
const SHOWN: usize = 20;
/// The most members that a cluster may name; Aurora has at most 16.
const MEMBERS: usize = 64;

/// Somebody's words.
pub(super) fn text(text: String) -> String {
    cut(text, TEXT)
}

/// A name, a status, an id: one line, which is typed and compared.
pub(super) fn name(name: &str) -> String {
    let letters = name.chars();
    let plain = letters.map(|letter| if letter.is_control() { '\u{fffd}' } else { letter });
    cut(plain.collect(), NAME)
}

/// Names that are only put into commands; what is beyond the most is left out.
pub(super) fn names(names: impl Iterator<Item = String>) -> Vec<String> {
    names.take(SHOWN).map(|text| name(&text)).collect()
}

/// The id of a backtrack, which is pasted into commands; anything else than letters, digits and hyphens is none.
pub(super) fn id(id: &str) -> Option<String> {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    (!id.is_empty() && id.len() <= NAME && id.chars().all(plain)).then(|| id.to_owned())
}

/// A list that is shown and counted as "some" or "none".
pub(super) fn list(mut texts: Vec<String>) -> Vec<String> {
    let more = texts.len().saturating_sub(SHOWN);
    texts.truncate(SHOWN);
    let mut kept: Vec<String> = texts.into_iter().map(text).collect();
    if more > 0 {
        kept.push(format!("… and {more} more"));
    }
    kept
}

/// A list that is judged item by item: none of it may be left out, so a longer one is not known.
pub(super) fn members<T>(action: &str, items: &[T]) -> Result<(), ReadFailure> {
    if items.len() <= MEMBERS {
        return Ok(());
    }
    let got = items.len();
    Err(nonsense(
        action,
        format!("expected at most {MEMBERS} members, got {got}"),
    ))
}

fn cut(mut text: String, most: usize) -> String {
    if text.len() > most {
        let whole = text.len();
        text.truncate(text.floor_char_boundary(most));
        // Writing to a string does not fail.
        let _ = write!(text, "… (cut: {whole} bytes)");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_short_stays_as_it_is() {
        assert_eq!(text("é\n".repeat(1000)), "é\n".repeat(1000));
        assert_eq!(name("orders"), "orders");
        assert_eq!(list(vec!["a".to_owned()]), ["a"]);
    }

    #[test]
    fn what_is_cut_says_so() {
        let long = text("é".repeat(1 << 20));
        assert!(
            long.ends_with("é… (cut: 2097152 bytes)") && long.len() < TEXT + 40,
            "{}",
            long.len()
        );
        assert!(name(&"x".repeat(256)).ends_with("x… (cut: 256 bytes)"));
        let many = list(vec!["a".to_owned(); 1000]);
        assert_eq!(
            (many.len(), many.last().unwrap().as_str()),
            (21, "… and 980 more")
        );
    }

    #[test]
    fn an_id_is_letters_digits_and_hyphens() {
        assert_eq!(id("7F3c-0a2e").as_deref(), Some("7F3c-0a2e"));
        for other in ["", "a b", "$(id)", "a;b", "é", &"a".repeat(256)] {
            assert_eq!(id(other), None, "{other}");
        }
    }

    #[test]
    fn a_name_is_one_line() {
        assert_eq!(name("or\u{1b}[2Jders\n"), "or\u{fffd}[2Jders\u{fffd}");
    }
}
