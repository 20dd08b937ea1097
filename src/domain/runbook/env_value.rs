//! A value of a command's environment. A literal may be a secret: it is never written or shown, so
//! that a runbook can be journaled whole.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What is written in the place of a literal.
pub const WITHHELD: &str = "(withheld)";

/// A value of a command's environment.
///
/// As text: `$NAME` is a reference, `$$…` a literal that begins with one `$`, anything else a literal.
/// [`Serialize`] writes references as they are and every literal as [`WITHHELD`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnvValue {
    /// The value itself.
    Literal(Literal),
    /// The name of a variable of the operator's environment, read when the command runs.
    Reference(String),
    /// A literal that was not written to the journal from which this was read.
    Withheld,
}

/// A literal value, hidden from `Debug` and from every serializer.
#[derive(Clone, PartialEq, Eq)]
pub struct Literal(String);

/// Why a text is no value of an environment. No variant repeats the text: it may be a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EnvValueError {
    /// A `$` that no variable name follows.
    #[error("expected the name of a variable after `$`, got something else")]
    NoName,
    /// The text that stands for a withheld literal.
    #[error("expected a value, got the text that stands for a withheld one")]
    Reserved,
    /// A NUL, which no environment can hold.
    #[error("expected a value without NUL, got one with NUL")]
    Nul,
}

impl Literal {
    /// The value, for the command's environment and for masking its output. Never to be shown.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl EnvValue {
    /// Reads the text of a runbook.
    ///
    /// # Errors
    /// A `$` that is neither a reference nor doubled, the text [`WITHHELD`], or a NUL.
    pub fn parse(text: &str) -> Result<Self, EnvValueError> {
        if text == WITHHELD {
            return Err(EnvValueError::Reserved);
        }
        if text.contains('\0') {
            return Err(EnvValueError::Nul);
        }
        match text.strip_prefix('$') {
            None => Ok(Self::Literal(Literal(text.to_owned()))),
            Some(literal) if literal.starts_with('$') => Ok(Self::Literal(Literal(literal.to_owned()))),
            Some(name) if is_variable_name(name) => Ok(Self::Reference(name.to_owned())),
            Some(_) => Err(EnvValueError::NoName),
        }
    }

    /// Whether the value has to be read from the runbook's file again.
    pub fn is_withheld(&self) -> bool {
        matches!(self, Self::Withheld)
    }

    /// Whether the text can name a variable of an environment: letters, digits and `_`, no digit first.
    pub fn is_name(text: &str) -> bool {
        is_variable_name(text)
    }
}

fn is_variable_name(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

impl Serialize for EnvValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Literal(_) | Self::Withheld => serializer.serialize_str(WITHHELD),
            Self::Reference(name) => serializer.collect_str(&format_args!("${name}")),
        }
    }
}

impl<'de> Deserialize<'de> for EnvValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text == WITHHELD {
            Ok(Self::Withheld)
        } else {
            Self::parse(&text).map_err(serde::de::Error::custom)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dollar_and_a_name_is_a_reference_and_a_doubled_dollar_a_literal() {
        assert_eq!(
            EnvValue::parse("$SHOP_TOKEN"),
            Ok(EnvValue::Reference("SHOP_TOKEN".to_owned()))
        );
        assert_eq!(
            EnvValue::parse("$$ecret"),
            Ok(EnvValue::Literal(Literal("$ecret".to_owned())))
        );
        assert_eq!(
            EnvValue::parse("a$B"),
            Ok(EnvValue::Literal(Literal("a$B".to_owned())))
        );
        assert_eq!(EnvValue::parse(""), Ok(EnvValue::Literal(Literal(String::new()))));
    }

    #[test]
    fn what_is_neither_is_refused_without_being_repeated() {
        for text in ["$", "${SHOP_TOKEN}", "$1a", "$A-B"] {
            assert_eq!(EnvValue::parse(text), Err(EnvValueError::NoName), "{text}");
        }
        assert_eq!(EnvValue::parse(WITHHELD), Err(EnvValueError::Reserved));
        assert_eq!(EnvValue::parse("a\0b"), Err(EnvValueError::Nul));
    }

    #[test]
    fn a_literal_is_neither_written_nor_shown() {
        let literal = EnvValue::parse("hunter2").unwrap();
        assert_eq!(format!("{literal:?}"), "Literal(***)");
        let written = serde_json::to_string(&literal).unwrap();
        assert_eq!(written, "\"(withheld)\"");
        let read: EnvValue = serde_json::from_str(&written).unwrap();
        assert_eq!(read, EnvValue::Withheld);
        assert_eq!(serde_json::to_string(&read).unwrap(), written);
    }

    #[test]
    fn a_reference_survives_being_written() {
        let reference = EnvValue::parse("$SHOP_TOKEN").unwrap();
        let written = serde_json::to_string(&reference).unwrap();
        assert_eq!(written, "\"$SHOP_TOKEN\"");
        assert_eq!(serde_json::from_str::<EnvValue>(&written).unwrap(), reference);
    }
}
