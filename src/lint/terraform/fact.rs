//! What resources say that a cluster's verdict hangs on, wherever they were read.

use super::value::{Kind, Marks, Value};
use crate::domain::posture::Fact;

/// The type that is judged.
pub(super) const CLUSTER: &str = "aws_rds_cluster";
/// Has a say in the binary log of the clusters that name it.
pub(super) const GROUP: &str = "aws_rds_cluster_parameter_group";
/// A global database, which may be made from a cluster.
pub(super) const GLOBAL: &str = "aws_rds_global_cluster";

/// What a parameter group says of the binary log.
#[derive(Clone, Debug)]
pub(super) struct Log {
    pub(super) binlog: Fact<bool>,
    pub(super) enhanced: Fact<bool>,
    /// Why the group, which is in what was read, may switch the enhanced one on. Of a group that was not read nothing
    /// is doubted: the default has it off.
    pub(super) doubt: Option<String>,
    /// What is to be said of the enhanced one.
    pub(super) marks: Marks,
}

impl Log {
    /// No group is named, or one that says nothing of either.
    pub(super) fn none() -> Self {
        Self {
            binlog: Fact::Absent,
            enhanced: Fact::Absent,
            doubt: None,
            marks: Marks::default(),
        }
    }

    /// Both are unknown for one reason: the group is not in what was read.
    pub(super) fn elsewhere(why: &str) -> Self {
        Self {
            binlog: Fact::Unknown(why.to_owned()),
            enhanced: Fact::Unknown(why.to_owned()),
            ..Self::none()
        }
    }

    /// What several groups say, of which the cluster has one, or, where they are not `closed`, perhaps none.
    pub(super) fn among(each: &[Self], closed: bool, why: &str) -> Self {
        let mut all = Self::elsewhere(why);
        for log in each.iter().filter(|_| closed) {
            all.marks = all.marks.with(log.marks);
        }
        let same = |of: fn(&Self) -> &Fact<bool>| {
            let first = of(each.first()?);
            (closed && each.iter().all(|log| of(log) == first)).then(|| first.clone())
        };
        if let Some(binlog) = same(|log| &log.binlog) {
            all.binlog = binlog;
        }
        let doubted = each.iter().any(|log| log.doubt.is_some());
        if let Some(enhanced @ (Fact::Known(_) | Fact::Absent)) =
            same(|log| &log.enhanced).filter(|_| !doubted)
        {
            all.enhanced = enhanced;
            return all;
        }
        let doubt = each.iter().find_map(|log| match (&log.doubt, &log.enhanced) {
            (Some(doubt), _) => Some(doubt.clone()),
            (None, Fact::Known(true)) => Some(why.to_owned()),
            (None, Fact::Known(false) | Fact::Absent | Fact::Unknown(_)) => None,
        });
        all.doubt = doubt;
        all
    }

    /// The word of a list of parameters, and of those that there may be, with the reason why they may not.
    pub(super) fn of(parameters: &[Value], possible: &[(String, Value)]) -> Self {
        let mut log = Self::none();
        for parameter in parameters {
            log.take(parameter, None);
        }
        for (why, parameter) in possible {
            log.take(parameter, Some(why));
        }
        log
    }

    fn take(&mut self, parameter: &Value, perhaps: Option<&String>) {
        let (name, value) = (parameter.at("name"), parameter.at("value"));
        if names(&name, "binlog_format") {
            self.binlog = switched(&value, |value| {
                !value.is_empty() && !value.eq_ignore_ascii_case("off")
            });
        }
        let enhanced = "aurora_enhanced_binlog";
        let on = switched(&value, |value| value == "1" || value.eq_ignore_ascii_case("on"));
        if names(&name, enhanced) && perhaps.is_none() {
            self.marks = self.marks.with(value.marks);
            self.doubt = match &on {
                Fact::Unknown(why) => Some(why.clone()),
                Fact::Known(_) | Fact::Absent => None,
            };
            self.enhanced = on;
        } else if on != Fact::Known(false) && may_name(&name, enhanced) {
            let why = perhaps.or(name.why().map(|unknown| &unknown.why));
            self.doubt = Some(why.cloned().unwrap_or_default());
        }
    }
}

/// Whether a value is a text, whatever is not known of it.
fn names(value: &Value, text: &str) -> bool {
    outcomes(value).iter().all(|each| each.as_text() == Some(text))
}

/// Whether a value can be a text.
fn may_name(value: &Value, text: &str) -> bool {
    outcomes(value)
        .iter()
        .any(|each| each.why().is_some() || each.as_text() == Some(text))
}

/// What a value will be one of: itself, where no condition is all that is not known.
pub(super) fn outcomes(value: &Value) -> &[Value] {
    match value.why() {
        Some(unknown) if !unknown.options.is_empty() => &unknown.options,
        _ => std::slice::from_ref(value),
    }
}

/// Whether a parameter's value switches something on: known where each outcome says the same.
fn switched(value: &Value, on: fn(&str) -> bool) -> Fact<bool> {
    let mut said = None;
    for each in outcomes(value) {
        let holds = match each.why() {
            Some(_) => None,
            None => Some(each.to_text().is_some_and(|text| on(text.trim()))),
        };
        match (holds, said) {
            (Some(holds), None) => said = Some(holds),
            (Some(holds), Some(before)) if holds == before => {}
            _ => {
                return Fact::Unknown(
                    value
                        .why()
                        .map_or_else(String::new, |unknown| unknown.why.clone()),
                );
            }
        }
    }
    said.map_or(Fact::Absent, Fact::Known)
}

/// The stronger of two words: yes, then not known, then whatever the second says.
pub(super) fn or(first: Fact<bool>, second: impl FnOnce() -> Fact<bool>) -> Fact<bool> {
    if first == Fact::Known(true) {
        return first;
    }
    match (first, second()) {
        (_, Fact::Known(true)) => Fact::Known(true),
        (Fact::Unknown(why), _) => Fact::Unknown(why),
        (_, second) => second,
    }
}

/// Whether a cluster replicates from the one that `replication_source_identifier` names, in whatever Region; `declared` says
/// that a value which is not known yet is that of a cluster declared here.
pub(super) fn replicates(source: &Value, declared: bool) -> Fact<bool> {
    match &source.kind {
        Kind::Null => Fact::Absent,
        Kind::Text(id) if id.is_empty() => Fact::Absent,
        Kind::Text(_) => Fact::Known(true),
        Kind::Unknown(_) if declared => Fact::Known(true),
        Kind::Unknown(unknown) => Fact::Unknown(unknown.why.clone()),
        _ => Fact::Unknown(format!("expected an identifier, got {}", source.sort())),
    }
}

/// The Region in an ARN.
pub(super) fn region_of(arn: &str) -> Option<&str> {
    let mut parts = arn.split(':');
    let (arn, _, service, region) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    (arn == "arn" && service == "rds" && !region.is_empty()).then_some(region)
}

/// The identifier of a resource of a type, by its name or by the end of its ARN, in small letters as AWS keeps it; none
/// where the ARN is of something else.
pub(super) fn identifier(kind: &str, text: &str) -> Option<String> {
    let Some((before, name)) = text.rsplit_once(':') else {
        return Some(text.to_ascii_lowercase());
    };
    let of = if kind == GROUP { "cluster-pg" } else { "cluster" };
    let last = before.rsplit(':').next();
    (last == Some(of)).then(|| name.to_ascii_lowercase())
}
