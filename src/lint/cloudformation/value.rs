//! What an expression of a template gives.

use crate::lint::tree::Node;

/// Bytes of a computed text. AWS takes templates of a megabyte.
pub(super) const LONGEST: usize = 1 << 20;

/// A value, as far as it can be known without a deployment.
#[derive(Clone, Debug)]
pub(super) enum Value<'t> {
    /// A scalar; `plain` where it stood without quotes.
    Text { text: String, plain: bool },
    /// `null`: CloudFormation refuses it.
    Null,
    /// A list.
    List(Vec<Value<'t>>),
    /// A map whose values are not evaluated yet.
    Map(&'t Node),
    /// Not given, or `AWS::NoValue`.
    Nothing,
    /// A text of which only a deployment knows some parts.
    Partly(Vec<Part>),
    /// Nothing is known of it; the text says why, as a fragment.
    Unknown(String),
}

/// A part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Known.
    Text(String),
    /// The name or an attribute of a resource of the same template, by its logical id.
    Resource(String),
    /// What a deployment decides, the same wherever this name stands: a parameter, `AWS::StackName`, an export.
    Named {
        name: String,
        /// Why it is not known, as a fragment.
        why: String,
        /// It cannot be empty.
        filled: bool,
    },
    /// Nothing is known of it; the text says why, as a fragment.
    Open(String),
}

impl<'t> Value<'t> {
    /// A computed text.
    pub(super) fn computed(text: impl Into<String>) -> Self {
        Self::Text {
            text: text.into(),
            plain: false,
        }
    }

    /// What a deployment decides, by its name.
    pub(super) fn named(name: impl Into<String>, why: String, filled: bool) -> Self {
        Self::Partly(vec![Part::Named {
            name: name.into(),
            why,
            filled,
        }])
    }

    /// A text in parts.
    pub(super) fn of_parts(parts: Vec<Part>) -> Self {
        let mut joined: Vec<Part> = Vec::new();
        let mut length = 0;
        for part in parts {
            if let Part::Text(more) = &part {
                length += more.len();
                if length > LONGEST {
                    return Self::Unknown(format!("expected a text of at most {LONGEST} bytes, got more"));
                }
                if let Some(Part::Text(text)) = joined.last_mut() {
                    text.push_str(more);
                    continue;
                }
            }
            joined.push(part);
        }
        joined.retain(|part| !matches!(part, Part::Text(text) if text.is_empty()));
        match joined.as_slice() {
            [] => Self::computed(""),
            [Part::Text(text)] => Self::computed(text),
            _ => Self::Partly(joined),
        }
    }

    /// The parts of a text; or why it is none, as a fragment.
    pub(super) fn into_parts(self) -> Result<Vec<Part>, String> {
        match self {
            Self::Text { text, .. } => Ok(vec![Part::Text(text)]),
            Self::Partly(parts) => Ok(parts),
            Self::Unknown(why) => Ok(vec![Part::Open(why)]),
            Self::Null | Self::List(_) | Self::Map(_) | Self::Nothing => {
                Err(self.into_text().err().unwrap_or_default())
            }
        }
    }

    /// The name of what a deployment decides, where that is all of it.
    pub(super) fn decided_by(&self) -> Option<&str> {
        match self {
            Self::Partly(parts) => match parts.as_slice() {
                [Part::Named { name, .. }] => Some(name),
                _ => None,
            },
            Self::Text { .. }
            | Self::Null
            | Self::List(_)
            | Self::Map(_)
            | Self::Nothing
            | Self::Unknown(_) => None,
        }
    }

    /// The list; or why there is none to be had, as a fragment.
    pub(super) fn into_list(self) -> Result<Vec<Value<'t>>, String> {
        match self {
            Self::List(items) => Ok(items),
            Self::Text { text, .. } => Err(format!("a list is expected, and it is the text `{text}`")),
            Self::Null | Self::Map(_) | Self::Nothing | Self::Partly(_) | Self::Unknown(_) => {
                Err(self.into_text().err().unwrap_or_default())
            }
        }
    }

    /// The text; or why there is none to be had, as a fragment.
    pub(super) fn into_text(self) -> Result<String, String> {
        match self {
            Self::Text { text, .. } => Ok(text),
            Self::Null | Self::Nothing => Err("no value is given".to_owned()),
            Self::List(_) => Err("it is a list".to_owned()),
            Self::Map(_) => Err("it is a map".to_owned()),
            Self::Partly(parts) => Err(parts.iter().find_map(Part::why).unwrap_or_default()),
            Self::Unknown(why) => Err(why),
        }
    }
}

impl Part {
    /// Bytes of a known text.
    pub(super) fn length(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Resource(_) | Self::Named { .. } | Self::Open(_) => 0,
        }
    }

    /// Why it is not known; none where it is.
    fn why(&self) -> Option<String> {
        match self {
            Self::Text(_) => None,
            Self::Resource(id) => Some(format!("it names resource `{id}`")),
            Self::Named { why, .. } | Self::Open(why) => Some(why.clone()),
        }
    }

    /// True where it cannot be empty.
    pub(super) fn filled(&self) -> bool {
        match self {
            Self::Text(text) => !text.is_empty(),
            Self::Resource(_) => true,
            Self::Named { filled, .. } => *filled,
            Self::Open(_) => false,
        }
    }
}
