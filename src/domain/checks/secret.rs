//! The rule on the master user's password, where AWS manages it.

use chrono::{DateTime, Utc};

use super::Case;
use crate::domain::finding::Finding;
use crate::domain::known::Known;
use crate::domain::target::wire;

pub(super) fn finding(case: &Case<'_>, target: Option<DateTime<Utc>>) -> Finding {
    const BRINGS: &str = "the rewind brings the old one back";
    if !case.inspection.cluster.managed_secret {
        return Finding::pass("secret", "AWS does not rotate the master password");
    }
    match (&case.inspection.secret_rotated, target) {
        (Some(Known::Known(rotated)), Some(target)) if *rotated > target => Finding::warn(
            "secret",
            format!(
                "AWS rotated the master password at {}, after the target: {BRINGS}, so rotate it again afterwards \
                 (aws rds modify-db-cluster --rotate-master-user-password --apply-immediately)",
                wire(*rotated)
            ),
        ),
        (Some(Known::Known(rotated)), Some(_)) => Finding::pass(
            "secret",
            format!("AWS rotated the master password last at {}", wire(*rotated)),
        ),
        (Some(Known::Unknown(why)), _) => Finding::warn(
            "secret",
            format!(
                "AWS manages the master password: if it was rotated after the target, {BRINGS}; not known when: {why}"
            ),
        ),
        (None, _) | (Some(Known::Known(_)), None) => Finding::warn(
            "secret",
            format!("AWS manages the master password: if it was rotated after the target, {BRINGS}"),
        ),
    }
}
