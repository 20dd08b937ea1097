//! Text within a line. What an operator or AWS wrote can only get in through `text` and `code`, which escape it: a
//! pipe, a line end, a backtick or a tag never breaks a table or a ticket.

use std::fmt::Write as _;

/// A piece of Markdown that holds no line end and no table delimiter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inline(String);

impl Inline {
    /// This program's own words, with the Markdown that they mean.
    pub fn fixed(words: &'static str) -> Self {
        Self(words.to_owned())
    }

    /// Anybody's words, shown as they are.
    pub fn text(words: &str) -> Self {
        Self::default().then_text(words)
    }

    /// A value to be copied: an id, an instant, a command.
    pub fn code(value: &str) -> Self {
        Self::default().then_code(value)
    }

    /// Goes on with this program's own words.
    #[must_use]
    pub fn then(mut self, words: &'static str) -> Self {
        self.0.push_str(words);
        self
    }

    /// Goes on with anybody's words.
    #[must_use]
    pub fn then_text(mut self, words: &str) -> Self {
        let letters: Vec<char> = words.trim().chars().collect();
        for (index, letter) in letters.iter().enumerate() {
            let beside = |at: Option<usize>| {
                at.and_then(|at| letters.get(at))
                    .is_some_and(|near| near.is_alphanumeric())
            };
            let within = beside(index.checked_sub(1)) && beside(Some(index + 1));
            escape(&mut self.0, *letter, within);
        }
        self
    }

    /// Goes on with a value in a code span; in plain text where a code span cannot hold it.
    #[must_use]
    pub fn then_code(self, value: &str) -> Self {
        let plain = |letter: char| !letter.is_control() && !hidden(letter) && !matches!(letter, '`' | '|');
        let fits = !value.is_empty() && value.trim() == value && value.chars().all(plain);
        if !fits {
            return self.then_text(value);
        }
        let mut inline = self;
        inline.0.push('`');
        inline.0.push_str(value);
        inline.0.push('`');
        inline
    }

    /// Goes on with another piece.
    #[must_use]
    pub fn then_inline(mut self, other: &Self) -> Self {
        self.0.push_str(&other.0);
        self
    }

    /// Pieces with this program's own words between them.
    pub fn joined(pieces: &[Self], between: &'static str) -> Self {
        Self(pieces.iter().map(Self::as_str).collect::<Vec<_>>().join(between))
    }

    /// The Markdown.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn escape(out: &mut String, letter: char, within_word: bool) {
    match letter {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '|' => out.push_str("&#124;"),
        '`' => out.push_str("&#96;"),
        '_' if within_word => out.push('_'),
        '\\' | '*' | '_' | '[' | ']' | '~' | '#' | '$' | '!' => {
            out.push('\\');
            out.push(letter);
        }
        '\r' => {}
        '\n' => out.push_str(" ⏎ "),
        '\t' => out.push(' '),
        _ if letter.is_control() || hidden(letter) => {
            // Writing to a string does not fail.
            let _ = write!(out, "(U+{:04X})", u32::from(letter));
        }
        _ => out.push(letter),
    }
}

/// Characters that change how others are read and are not seen themselves: other line ends, directions, zero width.
fn hidden(letter: char) -> bool {
    matches!(
        letter,
        '\u{00AD}'
            | '\u{061C}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{E0000}'..='\u{E007F}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_meaning_in_markdown_loses_it() {
        for (words, escaped) in [
            ("a | b", "a &#124; b"),
            ("rm `x`", "rm &#96;x&#96;"),
            (
                "<img src=x onerror=alert(1)>",
                "&lt;img src=x onerror=alert(1)&gt;",
            ),
            ("&lt;", "&amp;lt;"),
            ("one\r\n\n# two", "one ⏎  ⏎ \\# two"),
            (
                "[here](javascript:x) ![i](x)",
                "\\[here\\](javascript:x) \\!\\[i\\](x)",
            ),
            (
                "**bold** _slanted_ ~~gone~~",
                "\\*\\*bold\\*\\* \\_slanted\\_ \\~\\~gone\\~\\~",
            ),
            ("binlog_format", "binlog_format"),
            ("ends with \\", "ends with \\\\"),
            ("\u{1b}[31mred\u{0}", "(U+001B)\\[31mred(U+0000)"),
            ("safe\u{202e}txt.exe", "safe(U+202E)txt.exe"),
            ("  spaces\t", "spaces"),
            ("", ""),
        ] {
            assert_eq!(Inline::text(words).as_str(), escaped, "{words:?}");
        }
    }

    #[test]
    fn a_value_that_fits_no_code_span_is_text() {
        assert_eq!(Inline::code("5c3b-77").as_str(), "`5c3b-77`");
        assert_eq!(Inline::code("a<b>_c").as_str(), "`a<b>_c`");
        assert_eq!(Inline::code("a`b").as_str(), "a&#96;b");
        assert_eq!(Inline::code("a|b").as_str(), "a&#124;b");
        assert_eq!(Inline::code("a\nb").as_str(), "a ⏎ b");
        assert_eq!(Inline::code("").as_str(), "");
    }

    #[test]
    fn pieces_are_put_together_in_order() {
        let line = Inline::fixed("**Run** ")
            .then_code("r1")
            .then(", ")
            .then_text("a|b");
        assert_eq!(line.as_str(), "**Run** `r1`, a&#124;b");
        assert_eq!(
            Inline::joined(&[Inline::text("a"), Inline::text("b")], "; ").as_str(),
            "a; b"
        );
    }

    proptest::proptest! {
        #[test]
        fn no_words_get_out_of_their_cell(words in "\\PC*|.*|[|`<>\\\\\r\n\u{2028}\u{202e} a-z]*") {
            for inline in [Inline::text(&words), Inline::code(&words)] {
                let shown = inline.as_str();
                proptest::prop_assert!(!shown.contains('|') && !shown.chars().any(|letter| letter.is_control() || hidden(letter)));
                // Within a code span a tag is text; a backtick only opens and closes it.
                let span = shown.strip_prefix('`').and_then(|rest| rest.strip_suffix('`'));
                let inner = span.unwrap_or(shown);
                proptest::prop_assert!(!inner.contains('`') && (span.is_some() || !inner.contains('<')));
            }
        }
    }
}
