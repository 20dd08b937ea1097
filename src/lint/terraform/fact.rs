//! What resources say that a cluster's verdict hangs on, wherever they were read.

use super::value::{Kind, Value};
use crate::domain::posture::Fact;

/// Whether the binary log, and the enhanced one, are switched on by a list of parameters.
pub(super) fn parameters(parameters: &[Value]) -> (Fact<bool>, Fact<bool>) {
    let (mut binlog, mut enhanced) = (Fact::Absent, Fact::Absent);
    for parameter in parameters {
        let value = parameter.at("value");
        let switched = |on: fn(&str) -> bool| match value.why() {
            Some(unknown) => Fact::Unknown(unknown.why.clone()),
            None => Fact::Known(value.to_text().is_some_and(|value| on(value.trim()))),
        };
        match parameter.at("name").as_text() {
            Some("binlog_format") => {
                binlog = switched(|value| !value.is_empty() && !value.eq_ignore_ascii_case("off"));
            }
            Some("aurora_enhanced_binlog") => {
                enhanced = switched(|value| value == "1" || value.eq_ignore_ascii_case("on"));
            }
            _ => {}
        }
    }
    (binlog, enhanced)
}

/// Both are unknown for one reason.
pub(super) fn elsewhere(why: &str) -> (Fact<bool>, Fact<bool>) {
    (Fact::Unknown(why.to_owned()), Fact::Unknown(why.to_owned()))
}

/// Whether a restore is a copy-on-write clone.
pub(super) fn cloned(restores: &[Value]) -> bool {
    restores
        .iter()
        .any(|restore| restore.at("restore_type").as_text() == Some("copy-on-write"))
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
