//! One object a line, each with `schema`, `at`, `run`, `kind` and `phase`; the last is the outcome.

use std::io::Write;

use serde_json::{Map, Value};

use super::sink::Sink;
use crate::domain::notice::{Notice, NoticeKind};
use crate::ports::View;

/// The narration for programs. Nothing else is written where it writes.
pub struct JsonView(Sink);

impl JsonView {
    /// On stdout.
    pub fn new() -> Self {
        Self::to(Box::new(std::io::stdout()))
    }

    /// Somewhere else.
    pub fn to(out: Box<dyn Write>) -> Self {
        Self(Sink::new(out))
    }
}

impl Default for JsonView {
    fn default() -> Self {
        Self::new()
    }
}

impl View for JsonView {
    fn show(&self, notice: &Notice) {
        self.0.rows(&[line(notice)]);
    }
}

/// The object of one notice, in one line.
fn line(notice: &Notice) -> String {
    let own = match own_kind(&notice.kind) {
        Some((kind, subject, name)) => beside(notice, kind, subject, name),
        None => serde_json::to_string(notice),
    };
    own.unwrap_or_default()
}

/// Two subjects have a `kind` of their own, which must not overwrite the notice's: the notice's kind, the subject,
/// and the name under which the subject's goes.
fn own_kind(kind: &NoticeKind) -> Option<(&'static str, Result<Value, serde_json::Error>, &'static str)> {
    if let NoticeKind::Unknown(failure) = kind {
        Some(("unknown", serde_json::to_value(failure), "failure"))
    } else if let NoticeKind::Replied(reply) = kind {
        Some(("replied", serde_json::to_value(reply), "rejection"))
    } else {
        None
    }
}

fn beside(
    notice: &Notice,
    kind: &str,
    subject: Result<Value, serde_json::Error>,
    name: &str,
) -> Result<String, serde_json::Error> {
    let head = Notice {
        run: notice.run.clone(),
        kind: NoticeKind::Note {
            message: String::new(),
        },
        ..*notice
    };
    let mut object: Map<String, Value> = serde_json::from_value(serde_json::to_value(&head)?)?;
    object.remove("message");
    let mut fields: Map<String, Value> = serde_json::from_value(subject?)?;
    if let Some(own) = fields.remove("kind") {
        fields.insert(name.to_owned(), own);
    }
    object.extend(fields);
    object.insert("kind".to_owned(), Value::from(kind));
    serde_json::to_string(&object)
}
