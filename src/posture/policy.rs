//! Reads a policy from TOML. Strict: an unknown key is a fault, and every fault says where.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::bytes::position;
use super::fault::{PolicyFault, PolicyFaults};
use crate::domain::posture::fleet::{AlarmMetric, Least, Money, Policy};

/// The widest window, in hours.
const WIDEST_H: i64 = 72;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    coverage_hours: Option<Spanned<i64>>,
    usd_per_million_records_hour: Option<Spanned<f64>>,
    usd_per_outage_minute: Option<Spanned<f64>>,
    owner_tags: Option<Vec<Spanned<String>>>,
    #[serde(default)]
    required_tags: Vec<Spanned<String>>,
    #[serde(default)]
    required_alarms: Vec<Spanned<String>>,
    #[serde(default)]
    least: Vec<Spanned<LeastTable>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LeastTable {
    hours: Spanned<i64>,
    tag: Option<Spanned<String>>,
    value: Option<Spanned<String>>,
}

/// What was found wrong so far.
struct Found<'t> {
    text: &'t str,
    faults: Vec<(Range<usize>, String)>,
}

/// Reads the text of a policy. `path` only names it in the faults.
///
/// # Errors
/// Every fault of the file; where it is no TOML or a key is not one of a policy, the first of those alone.
pub fn parse(text: &str, path: &str) -> Result<Policy, PolicyFaults> {
    let mut found = Found {
        text,
        faults: Vec::new(),
    };
    let policy = match toml::from_str::<File>(text) {
        Ok(file) => Some(policy(file, &mut found)),
        Err(error) => {
            let message = error.message().lines().collect::<Vec<_>>().join("; ");
            found.note(error.span().unwrap_or(0..0), message);
            None
        }
    };
    match policy {
        Some(policy) if found.faults.is_empty() => Ok(policy),
        Some(_) | None => Err(found.faults_of(path)),
    }
}

fn policy(file: File, found: &mut Found<'_>) -> Policy {
    let usual = Policy::default();
    let alarms = file.required_alarms.iter().filter_map(|name| {
        let metric = AlarmMetric::named(name.get_ref());
        if metric.is_none() {
            let known = AlarmMetric::ALL.map(AlarmMetric::as_str).join(" or ");
            found.note(name.span(), format!("expected {known}, got `{}`", name.get_ref()));
        }
        metric
    });
    let required_alarms = alarms.collect();
    Policy {
        coverage_h: file
            .coverage_hours
            .map_or(usual.coverage_h, |hours| found.hours(&hours)),
        rate: file
            .usd_per_million_records_hour
            .map_or(usual.rate, |rate| found.money(&rate)),
        outage_minute: file.usd_per_outage_minute.map(|rate| found.money(&rate)),
        owner_tags: file.owner_tags.map_or(usual.owner_tags, |tags| found.keys(tags)),
        least: least(&file.least, found),
        required_tags: found.keys(file.required_tags),
        required_alarms,
        with_backtrack: usual.with_backtrack,
    }
}

fn least(tables: &[Spanned<LeastTable>], found: &mut Found<'_>) -> Vec<Least> {
    let mut rules = Vec::new();
    let mut for_all = false;
    for table in tables {
        let (span, table) = (table.span(), table.get_ref());
        if for_all {
            found.note(
                span,
                "expected no rule after one for every cluster: the first that fits counts".to_owned(),
            );
        }
        if let (None, Some(value)) = (&table.tag, &table.value) {
            found.note(
                value.span(),
                "expected `tag` beside `value`, got `value` alone".to_owned(),
            );
        }
        for_all |= table.tag.is_none();
        rules.push(Least {
            tag: table.tag.clone().map(|tag| {
                (
                    found.key(tag),
                    table.value.as_ref().map(|value| value.get_ref().clone()),
                )
            }),
            hours: found.hours(&table.hours),
        });
    }
    rules
}

impl Found<'_> {
    fn note(&mut self, span: Range<usize>, message: String) {
        self.faults.push((span, message));
    }

    /// Keys of tags.
    fn keys(&mut self, tags: Vec<Spanned<String>>) -> Vec<String> {
        tags.into_iter().map(|tag| self.key(tag)).collect()
    }

    fn key(&mut self, tag: Spanned<String>) -> String {
        if tag.get_ref().trim().is_empty() {
            self.note(tag.span(), "expected the key of a tag, got nothing".to_owned());
        }
        tag.into_inner()
    }

    fn hours(&mut self, hours: &Spanned<i64>) -> u32 {
        let given = *hours.get_ref();
        match u32::try_from(given) {
            Ok(hours) if (1..=WIDEST_H).contains(&given) => hours,
            Ok(_) | Err(_) => {
                self.note(
                    hours.span(),
                    format!("expected 1 to {WIDEST_H} hours, the widest window, got {given}"),
                );
                0
            }
        }
    }

    fn money(&mut self, amount: &Spanned<f64>) -> Money {
        let given = *amount.get_ref();
        let micros = format!("{:.0}", given * 1_000_000.0).parse();
        match micros {
            Ok(micros) if (0..=1_000_000_000_000_000).contains(&micros) => Money::of_micros(micros),
            Ok(_) | Err(_) => {
                self.note(
                    amount.span(),
                    format!("expected an amount of US dollars from 0, got {given}"),
                );
                Money::default()
            }
        }
    }

    fn faults_of(mut self, path: &str) -> PolicyFaults {
        self.faults.sort_by_key(|(span, _)| span.start);
        let faults = self.faults.into_iter().map(|(span, message)| {
            let (line, column) = position(self.text, span.start);
            PolicyFault {
                line,
                column,
                message,
            }
        });
        PolicyFaults {
            path: path.to_owned(),
            faults: faults.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_read() {
        let policy = parse(
            "coverage_hours = 12\nusd_per_million_records_hour = 0.015\nusd_per_outage_minute = 1500\n\
             required_tags = [\"owner\"]\nrequired_alarms = [\"BacktrackWindowAlert\"]\n\
             [[least]]\ntag = \"tier\"\nvalue = \"gold\"\nhours = 48\n[[least]]\nhours = 6\n",
            "p.toml",
        )
        .unwrap();
        assert_eq!(policy.coverage_h, 12);
        assert_eq!(policy.rate, Money::of_micros(15_000));
        assert_eq!(policy.outage_minute, Some(Money::of_micros(1_500_000_000)));
        let gold = [("tier".to_owned(), "gold".to_owned())].into();
        assert_eq!(policy.least_s(&gold), Some(48 * 3600));
        assert_eq!(policy.least_s(&[].into()), Some(6 * 3600));
    }

    #[test]
    fn every_fault_says_where() {
        let faults = parse(
            "coverage_hours = 80\nrequired_alarms = [\"Backtrack\"]\n[[least]]\nhours = 0\nvalue = \"x\"\n[[least]]\nhours = 1\n",
            "p.toml",
        )
        .unwrap_err();
        let places: Vec<(usize, usize)> = faults.faults.iter().map(|it| (it.line, it.column)).collect();
        assert_eq!(
            places,
            [(1, 18), (2, 20), (4, 9), (5, 9), (6, 1)],
            "{:#?}",
            faults.lines()
        );
        let empty = parse(
            "owner_tags = [\"owner\", \"\"]\nrequired_tags = [\" \"]\n[[least]]\ntag = \"\"\nhours = 1\n",
            "p.toml",
        )
        .unwrap_err();
        let places: Vec<(usize, usize)> = empty.faults.iter().map(|it| (it.line, it.column)).collect();
        assert_eq!(places, [(1, 24), (2, 18), (4, 7)], "{:#?}", empty.lines());
        let unknown = parse("colour = 1", "p.toml").unwrap_err();
        assert!(
            unknown.lines()[0].starts_with("p.toml:1:1: unknown field"),
            "{unknown:?}"
        );
    }
}
