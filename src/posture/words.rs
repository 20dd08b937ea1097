//! Short words for cells: how long, and what is the matter.

use crate::domain::posture::fleet::Row;

/// `72 h`, `90 min`, `45 s`: one unit, rounded down.
pub fn hours(seconds: i64) -> String {
    if seconds >= 7200 {
        format!("{} h", seconds / 3600)
    } else if seconds >= 120 {
        format!("{} min", seconds / 60)
    } else {
        format!("{seconds} s")
    }
}

/// What is the matter with a cluster, worst first: findings of the policy, warnings, facts that are not known.
pub fn what(row: &Row) -> Vec<String> {
    let findings = row.findings.iter().map(|finding| finding.rule.to_owned());
    let warnings = row.warnings.iter().map(|warning| warning.as_str().to_owned());
    let mut words: Vec<String> = findings.chain(warnings).collect();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::hours;

    #[test]
    fn a_length_has_one_unit() {
        for (seconds, text) in [
            (0, "0 s"),
            (119, "119 s"),
            (120, "2 min"),
            (7199, "119 min"),
            (259_200, "72 h"),
        ] {
            assert_eq!(hours(seconds), text);
        }
    }
}
