//! Copy-on-write clones: AWS refuses a window for one whose source is without Backtrack.

use super::fact::outcomes;
use super::value::Value;

/// Whether a cluster is made as a copy-on-write clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Copied {
    No,
    /// It may be; the reason why that is not known.
    Perhaps(String),
    Yes,
}

impl Copied {
    /// By a block of `restore_to_point_in_time`; `perhaps` says why the block itself may not be there.
    pub(super) fn of(restore: &Value, perhaps: Option<&str>) -> Self {
        let kind = restore.at("restore_type");
        let each = outcomes(&kind);
        let copies = |value: &Value| value.as_text() == Some("copy-on-write");
        if each.iter().all(copies) {
            return perhaps.map_or(Self::Yes, |why| Self::Perhaps(why.to_owned()));
        }
        if each.iter().any(|value| copies(value) || value.why().is_some()) {
            let why = kind.why().map(|unknown| unknown.why.as_str());
            return Self::Perhaps(why.or(perhaps).unwrap_or_default().to_owned());
        }
        Self::No
    }
}

/// A cluster that is, or may be, the source.
#[derive(Clone, Debug)]
pub(super) struct Source {
    pub(super) address: String,
    /// Whether it asks for a window, where that is known.
    pub(super) asks: Option<bool>,
}

/// What is to be said of a window that such a clone is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Nothing,
    /// AWS refuses it.
    Refused(String),
    /// AWS refuses it where something goes one way.
    Doubted(String),
}

/// Judges by the sources: it is one of them where they are `closed`, and otherwise perhaps another.
pub(super) fn word(copied: &Copied, sources: &[Source], closed: bool, why: &str) -> Word {
    let Some(worst) = sources
        .iter()
        .find(|source| source.asks == Some(false))
        .or_else(|| sources.iter().find(|source| source.asks.is_none()))
    else {
        return Word::Nothing;
    };
    let address = &worst.address;
    let all = sources.iter().all(|source| source.asks == Some(false));
    match copied {
        Copied::No => Word::Nothing,
        Copied::Yes if closed && all => Word::Refused(format!(
            "it is a clone of {address}, which is without Backtrack, and AWS refuses it for such a clone"
        )),
        Copied::Yes if worst.asks.is_none() => Word::Doubted(format!(
            "it is a clone of {address}, and whether that has Backtrack is not known"
        )),
        Copied::Yes => Word::Doubted(format!(
            "which cluster it is a clone of is not known ({why}), and {address} is without Backtrack"
        )),
        Copied::Perhaps(why) => Word::Doubted(format!(
            "whether it is a copy-on-write clone of {address} is not known ({why}), and AWS refuses the window of one \
             whose source is without Backtrack"
        )),
    }
}
