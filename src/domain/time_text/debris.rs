//! What sticks to a text when it is copied: quotes, invisible characters, a full stop.
//!
//! Known wrappers are taken off the ends, and each is named in a note. Nothing inside a text is ever
//! changed: a foreign character there is found and named, and a corrected text is only offered.

/// A text without its wrappers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trimmed<'a> {
    pub(super) text: &'a str,
    pub(super) notes: Vec<String>,
}

const WHITE: &[char] = &[
    ' ', '\t', '\r', '\n', '\u{A0}', '\u{2007}', '\u{202F}', '\u{3000}',
];
const INVISIBLE: &[char] = &['\u{200B}', '\u{200E}', '\u{200F}', '\u{2060}', '\u{FEFF}'];
const QUOTES: &[char] = &[
    '"', '\'', '`', '\u{2018}', '\u{2019}', '\u{201A}', '\u{201C}', '\u{201D}', '\u{201E}', '\u{AB}',
    '\u{BB}',
];
const MINUS: &[char] = &[
    '\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2212}',
];

/// Takes known wrappers off both ends, and at most one full stop off the last.
pub(super) fn trim(typed: &str) -> Trimmed<'_> {
    let mut text = typed;
    let mut taken: Vec<char> = Vec::new();
    let is_wrapper = |c: char| WHITE.contains(&c) || INVISIBLE.contains(&c) || QUOTES.contains(&c);
    loop {
        if let Some(c) = text.chars().next().filter(|c| is_wrapper(*c)) {
            text = text.strip_prefix(c).unwrap_or(text);
            taken.push(c);
        } else if let Some(c) = text
            .chars()
            .next_back()
            .filter(|c| is_wrapper(*c) || is_stop(*c, &taken))
        {
            text = text.strip_suffix(c).unwrap_or(text);
            taken.push(c);
        } else {
            break;
        }
    }
    Trimmed {
        text,
        notes: notes(&taken),
    }
}

fn is_stop(c: char, taken: &[char]) -> bool {
    c == '.' && !taken.contains(&'.')
}

fn notes(taken: &[char]) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    for c in taken {
        let note = match c {
            '.' => "trimmed a trailing full stop".to_owned(),
            ' ' => "trimmed surrounding spaces".to_owned(),
            other => format!("trimmed {}", name(*other)),
        };
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes
}

/// The first character inside a text that no accepted form holds, and its place counted from 1.
pub(super) fn foreign(text: &str) -> Option<(usize, char)> {
    (1..)
        .zip(text.chars())
        .find(|(_, c)| !(c.is_ascii_graphic() || *c == ' '))
}

/// The text with look-alikes replaced by what they stand for, if that leaves nothing foreign.
pub(super) fn corrected(text: &str) -> Option<String> {
    let mut corrected = String::new();
    for c in text.chars() {
        match c {
            c if c.is_ascii_graphic() => corrected.push(c),
            c if WHITE.contains(&c) => corrected.push(' '),
            c if MINUS.contains(&c) => corrected.push('-'),
            c if INVISIBLE.contains(&c) || QUOTES.contains(&c) => {}
            _ => return None,
        }
    }
    Some(corrected)
}

/// `U+00A0 (no-break space)`: the code point, with its name where it is a usual suspect.
pub(super) fn name(c: char) -> String {
    let code = format!("U+{:04X}", u32::from(c));
    let said = match c {
        '\t' => "tab",
        '\n' => "line feed",
        '\r' => "carriage return",
        '"' => "quotation mark",
        '\'' => "apostrophe",
        '`' => "backtick",
        '\u{A0}' => "no-break space",
        '\u{AB}' | '\u{BB}' => "angle quotation mark",
        '\u{200B}' => "zero-width space",
        '\u{200E}' => "left-to-right mark",
        '\u{200F}' => "right-to-left mark",
        '\u{2007}' => "figure space",
        '\u{2010}' | '\u{2011}' => "hyphen",
        '\u{2012}' | '\u{2013}' | '\u{2014}' => "dash",
        '\u{2018}' | '\u{2019}' | '\u{201A}' => "smart single quotation mark",
        '\u{201C}' | '\u{201D}' | '\u{201E}' => "smart double quotation mark",
        '\u{202F}' => "narrow no-break space",
        '\u{2060}' => "word joiner",
        '\u{2212}' => "minus sign",
        '\u{3000}' => "ideographic space",
        '\u{FEFF}' => "byte order mark",
        _ => return code,
    };
    format!("{code} ({said})")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrappers_come_off_both_ends_and_are_named() {
        let trimmed = trim("\u{FEFF}\u{201C}`earliest`\u{201D}. \u{A0}");
        assert_eq!(trimmed.text, "earliest");
        assert_eq!(
            trimmed.notes,
            [
                "trimmed U+FEFF (byte order mark)",
                "trimmed U+201C (smart double quotation mark)",
                "trimmed U+0060 (backtick)",
                "trimmed U+00A0 (no-break space)",
                "trimmed surrounding spaces",
                "trimmed a trailing full stop",
                "trimmed U+201D (smart double quotation mark)",
            ]
        );
    }

    #[test]
    fn a_clean_text_has_no_notes() {
        assert_eq!(
            trim("-10m"),
            Trimmed {
                text: "-10m",
                notes: Vec::new()
            }
        );
    }

    #[test]
    fn only_one_full_stop_comes_off_and_never_a_sign() {
        assert_eq!(trim("x..").text, "x.");
        assert_eq!(trim("\u{2212}10m").text, "\u{2212}10m");
        assert_eq!(trim("\" . \"").text, "");
    }

    #[test]
    fn what_is_inside_is_found_and_offered_corrected() {
        assert_eq!(foreign("2024-05-17\u{A0}14:28Z"), Some((11, '\u{A0}')));
        assert_eq!(foreign("10\t"), Some((3, '\t')));
        assert_eq!(foreign("plain text"), None);
        assert_eq!(corrected("a\u{A0}b\u{200B}\u{2212}1").as_deref(), Some("a b-1"));
        assert_eq!(corrected("１４:２８"), None);
        assert_eq!(name('é'), "U+00E9");
    }
}
