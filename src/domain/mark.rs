//! A named instant, kept before risky work: where to go back to when it turns out badly.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::identity::Identity;
use super::target::Window;
use super::time_text::TimeText;

/// How long a mark still has to be inside the window before it is warned of.
pub const ABOUT_TO_LEAVE: TimeDelta = TimeDelta::hours(1);

/// The longest commit or ticket.
const LONGEST: usize = 200;

/// A name that `mark:NAME` reads back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MarkName(String);

/// Why a name is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected 1 to 64 letters, digits, `.`, `_` or `-`, the first a letter or digit, got {0:?}")]
pub struct MarkNameError(String);

impl MarkName {
    /// Reads a name by the grammar of `mark:NAME`, and by no other: what can be made can be gone back to.
    pub fn parse(text: &str) -> Result<Self, MarkNameError> {
        let wrong = || MarkNameError(text.to_owned());
        let read = TimeText::parse(&format!("mark:{text}"), None).map_err(|_| wrong())?;
        match read.mark() {
            // What was trimmed would be trimmed again, but two spellings of one name are one too many.
            Some(name) if name == text => Ok(Self(text.to_owned())),
            Some(_) | None => Err(wrong()),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for MarkName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl From<MarkName> for String {
    fn from(name: MarkName) -> Self {
        name.0
    }
}

impl TryFrom<String> for MarkName {
    type Error = MarkNameError;

    fn try_from(text: String) -> Result<Self, MarkNameError> {
        Self::parse(&text)
    }
}

/// A commit or a ticket: one line, as others will read it.
pub fn label(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() || text.chars().any(char::is_control) || text.chars().count() > LONGEST {
        return Err(format!(
            "expected one line of 1 to {LONGEST} characters, got {text:?}"
        ));
    }
    Ok(text.to_owned())
}

/// One mark, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Its name. Unique among the marks of its cluster.
    pub name: MarkName,
    /// The instant, by the service's clock: whole seconds, at or before the moment at which it was made.
    pub instant: DateTime<Utc>,
    /// `DBClusterIdentifier`.
    pub cluster: String,
    /// `DbClusterResourceId`: the same name after a restore is another cluster.
    pub resource_id: String,
    /// Account id.
    pub account: String,
    /// Region.
    pub region: String,
    /// The commit that was about to be deployed.
    pub commit: Option<String>,
    /// The ticket of the work.
    pub ticket: Option<String>,
    /// Who made it: user and host.
    pub by: String,
    /// Version of the program.
    pub program: String,
}

impl Mark {
    /// Whether it is a mark of this very cluster.
    pub fn is_of(&self, identity: &Identity) -> bool {
        (&self.account, &self.resource_id) == (&identity.account, &identity.resource_id)
    }
}

/// Where a mark lies against the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It can be reached.
    Inside {
        /// For so long, if the earliest time advances as the clock does.
        left: TimeDelta,
    },
    /// It can be reached, and soon not any more.
    Leaving {
        /// For so long.
        left: TimeDelta,
    },
    /// It cannot be reached any more.
    Gone {
        /// The earliest time is past it by so much.
        by: TimeDelta,
    },
}

impl Standing {
    /// Of an instant, against the window.
    pub fn of(instant: DateTime<Utc>, window: &Window) -> Self {
        let left = window.falls_out(instant) - window.observed;
        if instant < window.earliest {
            Self::Gone {
                by: window.earliest - instant,
            }
        } else if left < ABOUT_TO_LEAVE {
            Self::Leaving { left }
        } else {
            Self::Inside { left }
        }
    }

    /// One word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Inside { .. } => "inside",
            Self::Leaving { .. } => "leaving",
            Self::Gone { .. } => "gone",
        }
    }
}

/// The marks that count, newest first: of one name on one cluster the last.
pub fn current(all: &[Mark]) -> Vec<&Mark> {
    let mut newest: Vec<&Mark> = Vec::new();
    for mark in all.iter().rev() {
        let same = |other: &&Mark| {
            (&other.name, &other.account, &other.resource_id)
                == (&mark.name, &mark.account, &mark.resource_id)
        };
        if !newest.iter().any(same) {
            newest.push(mark);
        }
    }
    newest
}

/// The mark that a name means on a cluster: its own, else one of another cluster, so that it can be refused by name.
pub fn meant<'a>(
    all: &'a [Mark],
    name: &str,
    cluster: &str,
    identity: Option<&Identity>,
) -> Option<&'a Mark> {
    let named: Vec<&Mark> = current(all)
        .into_iter()
        .filter(|mark| mark.name.as_str() == name)
        .collect();
    let own = named.iter().find(|mark| match identity {
        Some(identity) => mark.is_of(identity),
        None => mark.cluster.eq_ignore_ascii_case(cluster),
    });
    own.or_else(|| named.first()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fixture::{BEGIN, identity};

    fn mark(name: &str, resource_id: &str, seconds: i64) -> Mark {
        let of = identity();
        Mark {
            name: MarkName::parse(name).unwrap(),
            instant: BEGIN + TimeDelta::seconds(seconds),
            cluster: of.cluster,
            resource_id: resource_id.to_owned(),
            account: of.account,
            region: of.region,
            commit: None,
            ticket: None,
            by: "ci@host".to_owned(),
            program: "0".to_owned(),
        }
    }

    #[test]
    fn a_name_is_what_the_time_grammar_reads_back() {
        for name in ["a", "before-deploy-1841", "v1.2_3", &"x".repeat(64)] {
            assert_eq!(MarkName::parse(name).unwrap().as_str(), name);
        }
        let long = "x".repeat(65);
        for name in [
            "",
            "-a",
            ".a",
            "a b",
            "a/b",
            " a",
            "a ",
            "a.\n",
            "é",
            "mark:a",
            "`a`",
            long.as_str(),
        ] {
            assert!(MarkName::parse(name).is_err(), "{name:?}");
        }
    }

    #[test]
    fn of_one_name_the_last_counts_and_another_cluster_keeps_its_own() {
        let all = [
            mark("a", "cluster-ORDERS", 0),
            mark("b", "cluster-ORDERS", 1),
            mark("a", "cluster-OTHER", 2),
            mark("a", "cluster-ORDERS", 3),
        ];
        let listed: Vec<i64> = current(&all)
            .iter()
            .map(|mark| (mark.instant - BEGIN).num_seconds())
            .collect();
        assert_eq!(listed, [3, 2, 1]);
        let meant = |name: &str| meant(&all, name, "orders", Some(&identity())).map(|mark| mark.instant);
        assert_eq!(meant("a"), Some(all[3].instant));
        assert_eq!(meant("c"), None);
    }

    #[test]
    fn a_mark_of_another_cluster_is_found_to_be_refused_by_name() {
        let all = [mark("a", "cluster-OTHER", 0)];
        let found = meant(&all, "a", "orders", Some(&identity())).unwrap();
        assert!(!found.is_of(&identity()));
    }

    #[test]
    fn a_mark_is_warned_of_before_it_leaves() {
        let mut window = Window {
            earliest: BEGIN,
            latest: BEGIN,
            observed: BEGIN + TimeDelta::hours(3),
            filling_s: None,
        };
        let at = |minutes: i64, window: &Window| {
            Standing::of(BEGIN + TimeDelta::minutes(minutes), window).as_str()
        };
        assert_eq!(
            [61, 59, 0, -1].map(|minutes| at(minutes, &window)),
            ["inside", "leaving", "leaving", "gone"]
        );
        // A window that still fills keeps what it has until that is as old as it is long.
        window.filling_s = Some(86_400);
        assert_eq!(
            [59, 0, -1].map(|minutes| at(minutes, &window)),
            ["inside", "inside", "gone"]
        );
    }

    #[test]
    fn a_label_is_one_line() {
        assert_eq!(label(" abc ").unwrap(), "abc");
        for text in ["", "  ", "a\nb", "a\u{1b}[2J", &"x".repeat(201)] {
            assert!(label(text).is_err(), "{text:?}");
        }
    }
}
