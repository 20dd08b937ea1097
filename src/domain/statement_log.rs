//! Logs of statements as the service hands them out: which there are, where they lie, and which instance wrote them.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::cluster::Member;

/// A kind of log, in the order in which they are preferred: the first says most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogKind {
    /// Advanced Auditing: every statement, and whether it failed.
    Audit,
    /// Every statement as it was received.
    General,
    /// Statements that took long.
    Slow,
}

impl LogKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Audit, Self::General, Self::Slow];

    /// What the names of its files on an instance begin with.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Audit => "audit/",
            Self::General => "general/",
            Self::Slow => "slowquery/",
        }
    }

    /// The log group that a cluster exports it to.
    pub fn group(self, cluster: &str) -> String {
        let kind = self.folder().trim_end_matches('/');
        format!("/aws/rds/cluster/{cluster}/{kind}")
    }

    /// In words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Audit => "audit",
            Self::General => "general",
            Self::Slow => "slow",
        }
    }
}

/// A file on an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogFile {
    /// The instance.
    pub instance: String,
    /// `audit/audit.log.0.2024-01-04-08-30.0`
    pub name: String,
    /// When it was written last, by the service's clock.
    pub written: Option<DateTime<Utc>>,
    /// Bytes when it was listed.
    pub bytes: u64,
}

/// A part of a file. It holds statements, and so may hold anything: no `Debug`.
pub struct LogPortion {
    /// The lines.
    pub text: String,
    /// Where the next part begins.
    pub marker: Option<String>,
    /// Whether there is more by now.
    pub pending: bool,
}

/// A page of an exported log.
pub struct LogEvents {
    /// The stream and the text of each event, in order.
    pub events: Vec<(String, String)>,
    /// Where the next page begins. A page may be empty and have one after it.
    pub next: Option<String>,
}

/// Another instance became the writer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failover {
    /// When it was done.
    pub at: DateTime<Utc>,
    /// The writer from then on.
    pub to: String,
}

/// The instances whose logs hold what was written since an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Writers {
    /// Their ids, in order.
    pub instances: Vec<String>,
    /// Who it was and why, for people.
    pub why: String,
    /// Writers of the time that are members no more: their logs are gone.
    pub gone: Vec<String>,
}

/// Who wrote from `since` on. Where that is not known for certain, all members may have.
pub fn writers(members: &[Member], failovers: Result<&[Failover], &str>, since: DateTime<Utc>) -> Writers {
    let everybody = |why: String| Writers {
        instances: members.iter().map(|member| member.id.clone()).collect(),
        why,
        gone: Vec::new(),
    };
    let Some(writer) = members.iter().find(|member| member.writer) else {
        return everybody("all instances: AWS names no writer".to_owned());
    };
    let mut failovers = match failovers {
        Ok(failovers) => failovers.to_vec(),
        Err(why) => return everybody(format!("all instances: who was the writer is not known: {why}")),
    };
    failovers.sort_by_key(|failover| failover.at);
    let same = |one: &str, other: &str| one.eq_ignore_ascii_case(other);
    if let Some(last) = failovers.last().filter(|last| !same(&last.to, &writer.id)) {
        return everybody(format!(
            "all instances: the events say that {} is the writer, the cluster says {}",
            last.to, writer.id
        ));
    }
    let (before, within): (Vec<&Failover>, Vec<&Failover>) =
        failovers.iter().partition(|failover| failover.at < since);
    let Some(first) = within.first() else {
        return Writers {
            instances: vec![writer.id.clone()],
            why: format!("{}, the writer all the time", writer.id),
            gone: Vec::new(),
        };
    };
    let others: Vec<&str> = members
        .iter()
        .map(|member| member.id.as_str())
        .filter(|id| !same(id, &first.to))
        .collect();
    let was = match (before.last(), others.as_slice()) {
        (Some(earlier), _) => earlier.to.clone(),
        (None, [other]) => (*other).to_owned(),
        (None, _) => {
            return everybody(format!(
                "all instances: who was the writer before the failover to {} is not known",
                first.to
            ));
        }
    };
    let wrote: BTreeSet<String> = std::iter::once(was)
        .chain(within.iter().map(|failover| failover.to.clone()))
        .map(|id| id.to_ascii_lowercase())
        .collect();
    let is_member = |id: &String| members.iter().any(|member| same(&member.id, id));
    let (instances, gone): (Vec<String>, Vec<String>) = wrote.into_iter().partition(is_member);
    let told: Vec<String> = within
        .iter()
        .map(|failover| format!("{} at {}", failover.to, failover.at.format("%Y-%m-%dT%H:%M:%SZ")))
        .collect();
    Writers {
        why: format!(
            "{}: the writer changed, to {}",
            instances.join(", "),
            told.join(", to ")
        ),
        instances,
        gone,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: u32) -> DateTime<Utc> {
        format!("2026-11-20T02:{minute:02}:00Z").parse().unwrap()
    }

    fn members(ids: &[&str]) -> Vec<Member> {
        let member = |(number, id): (usize, &&str)| Member {
            id: (*id).to_owned(),
            writer: number == 0,
            status: "available".to_owned(),
        };
        ids.iter().enumerate().map(member).collect()
    }

    fn failover(minute: u32, to: &str) -> Failover {
        Failover {
            at: at(minute),
            to: to.to_owned(),
        }
    }

    fn found(ids: &[&str], failovers: &[Failover]) -> Writers {
        writers(&members(ids), Ok(failovers), at(10))
    }

    #[test]
    fn a_writer_that_never_changed_is_the_only_one() {
        assert_eq!(found(&["a", "b", "c"], &[]).instances, ["a"]);
        assert_eq!(found(&["a", "b", "c"], &[failover(5, "a")]).instances, ["a"]);
    }

    #[test]
    fn after_a_failover_both_wrote() {
        assert_eq!(found(&["a", "b"], &[failover(20, "a")]).instances, ["a", "b"]);
        let known = [failover(5, "c"), failover(20, "a")];
        assert_eq!(found(&["a", "b", "c"], &known).instances, ["a", "c"]);
    }

    #[test]
    fn what_is_not_known_for_certain_is_all_of_them() {
        let all = ["a", "b", "c"];
        assert_eq!(found(&all, &[failover(20, "a")]).instances, all);
        assert_eq!(found(&all, &[failover(20, "b")]).instances, all);
        assert_eq!(
            writers(&members(&all), Err("AccessDenied"), at(10)).instances,
            all
        );
    }

    #[test]
    fn a_writer_that_is_no_member_any_more_is_named() {
        let known = [failover(5, "gone"), failover(20, "a")];
        let found = found(&["a", "b"], &known);
        assert_eq!(
            (found.instances, found.gone),
            (vec!["a".to_owned()], vec!["gone".to_owned()])
        );
    }
}
