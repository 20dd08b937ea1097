//! Addresses and references in parts: `module.a["x.y"].aws_rds_cluster.main[0].arn`.

/// A name, and the indexes behind it as they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Step<'a> {
    pub(super) name: &'a str,
    pub(super) key: &'a str,
}

/// The parts of an address: dots within brackets are of a key.
pub(super) fn steps(address: &str) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    let (mut from, mut within, mut quoted, mut escaped) = (0, false, false, false);
    for (at, each) in address.char_indices() {
        match (within, quoted) {
            (false, _) if each == '.' => {
                steps.push(step(&address[from..at]));
                from = at + 1;
            }
            (false, _) => within = each == '[',
            (true, true) if escaped => escaped = false,
            (true, true) if each == '\\' => escaped = true,
            (true, true) => quoted = each != '"',
            (true, false) if each == '"' => quoted = true,
            (true, false) => within = each != ']',
        }
    }
    if from < address.len() {
        steps.push(step(&address[from..]));
    }
    steps
}

fn step(text: &str) -> Step<'_> {
    let (name, key) = text.split_at(text.find('[').unwrap_or(text.len()));
    Step { name, key }
}

/// `module.a["x"].module.b[0]` as `module.a.module.b`.
pub(super) fn without_indexes(address: &str) -> String {
    if !address.contains('[') {
        return address.to_owned();
    }
    let names: Vec<&str> = steps(address).iter().map(|step| step.name).collect();
    names.join(".")
}

/// Whether an address is one that a pattern stands for: what has no key in the pattern may have any.
pub(super) fn fits(pattern: &str, address: &str) -> bool {
    if pattern == address {
        return true;
    }
    let (pattern, address) = (steps(pattern), steps(address));
    pattern.len() == address.len()
        && pattern
            .iter()
            .zip(&address)
            .all(|(one, other)| one.name == other.name && (one.key.is_empty() || one.key == other.key))
}

/// Whether a reference is the beginning of another.
pub(super) fn begins(part: &str, whole: &str) -> bool {
    whole
        .strip_prefix(part)
        .is_some_and(|rest| rest.starts_with(['.', '[']))
}

#[cfg(test)]
mod tests {
    use super::{begins, fits, without_indexes};

    #[test]
    fn keys_may_hold_what_parts_an_address() {
        let address = r#"module.a["x].\".y"].module.b[0].aws_rds_cluster.main["k.l"]"#;
        assert_eq!(without_indexes(address), "module.a.module.b.aws_rds_cluster.main");
        assert!(fits("module.a.module.b.aws_rds_cluster.main", address));
        assert!(fits(
            r#"module.a.module.b[0].aws_rds_cluster.main["k.l"]"#,
            address
        ));
        assert!(!fits("module.a.module.b[1].aws_rds_cluster.main", address));
        assert!(!fits("module.a.aws_rds_cluster.main", address));
        assert!(begins("a.b", "a.b[0].c") && begins("a.b", "a.b.c"));
        assert!(!begins("a.b", "a.b") && !begins("a.b", "a.bc"));
    }
}
