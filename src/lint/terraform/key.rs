//! Which one of several instances: `[0]`, `["a"]`, or none.

use serde_json::Value as Json;
use std::fmt;

/// An instance key, as it stands in an address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Key {
    /// A single instance, or one that stands for a number that is not known.
    None,
    /// Of `count`.
    Index(usize),
    /// Of `for_each`.
    Name(String),
}

impl Key {
    /// The key as states and plans hold it.
    pub(super) fn of(json: Option<&Json>) -> Self {
        match json {
            Some(Json::Number(number)) => number
                .as_u64()
                .and_then(|number| usize::try_from(number).ok())
                .map_or(Self::None, Self::Index),
            Some(Json::String(name)) => Self::Name(name.clone()),
            _ => Self::None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Index(index) => write!(out, "[{index}]"),
            Self::Name(name) => {
                out.write_str("[\"")?;
                let mut letters = name.chars().peekable();
                while let Some(each) = letters.next() {
                    match each {
                        '"' => out.write_str("\\\"")?,
                        '\\' => out.write_str("\\\\")?,
                        '\n' => out.write_str("\\n")?,
                        '\r' => out.write_str("\\r")?,
                        '\t' => out.write_str("\\t")?,
                        // What would begin a template is doubled.
                        '$' | '%' if letters.peek() == Some(&'{') => write!(out, "{each}{each}")?,
                        _ if hidden(each) && u32::from(each) < 0x1_0000 => {
                            write!(out, "\\u{:04x}", u32::from(each))?;
                        }
                        _ if hidden(each) => write!(out, "\\U{:08x}", u32::from(each))?,
                        _ => write!(out, "{each}")?,
                    }
                }
                out.write_str("\"]")
            }
        }
    }
}

/// Whether Terraform writes a letter by its number: what prints nothing.
fn hidden(letter: char) -> bool {
    letter.is_control()
        || (letter.is_whitespace() && letter != ' ')
        || matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::Key;

    #[test]
    fn a_key_is_written_as_terraform_quotes_it() {
        for (name, written) in [
            ("plain", r#"["plain"]"#),
            (r#"a"b\c"#, r#"["a\"b\\c"]"#),
            ("a${b}%{c}$d%", r#"["a$${b}%%{c}$d%"]"#),
            ("line\nbreak\ttab\r", r#"["line\nbreak\ttab\r"]"#),
            ("\u{7}\u{a0}\u{200b}é", r#"["\u0007\u00a0\u200bé"]"#),
        ] {
            assert_eq!(Key::Name(name.to_owned()).to_string(), written);
        }
    }
}
