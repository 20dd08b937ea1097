//! What an expression of a template gives.

use crate::lint::tree::Node;

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
    /// A resource of the same template, by its logical id.
    Resource(String),
    /// It exists and is not empty, and what it is only a deployment knows; the text says why, as a fragment.
    Given(String),
    /// Nothing is known of it; the text says why, as a fragment.
    Unknown(String),
}

impl<'t> Value<'t> {
    /// A computed text.
    pub(super) fn computed(text: impl Into<String>) -> Self {
        Self::Text {
            text: text.into(),
            plain: false,
        }
    }

    /// The list; or why there is none to be had, as a fragment.
    pub(super) fn into_list(self) -> Result<Vec<Value<'t>>, String> {
        match self {
            Self::List(items) => Ok(items),
            Self::Text { text, .. } => Err(format!("a list is expected, and it is the text `{text}`")),
            Self::Null
            | Self::Map(_)
            | Self::Nothing
            | Self::Resource(_)
            | Self::Given(_)
            | Self::Unknown(_) => Err(self.into_text().err().unwrap_or_default()),
        }
    }

    /// The text; or why there is none to be had, as a fragment.
    pub(super) fn into_text(self) -> Result<String, String> {
        match self {
            Self::Text { text, .. } => Ok(text),
            Self::Null | Self::Nothing => Err("no value is given".to_owned()),
            Self::List(_) => Err("it is a list".to_owned()),
            Self::Map(_) => Err("it is a map".to_owned()),
            Self::Resource(id) => Err(format!("it names resource `{id}`")),
            Self::Given(why) | Self::Unknown(why) => Err(why),
        }
    }
}
