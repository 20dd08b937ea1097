//! Faults on order: which request is hurt, and how. Counted, so that each can be repeated.
//!
//! It only chooses. What a fault does is done where the request is answered.

use std::time::Duration;

use serde::Deserialize;

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// 400 `Throttling`; not processed.
    Throttle,
    /// An error of the given status and code; not processed.
    Error { status: u16, code: String },
    /// The connection is reset, and the request not processed.
    ResetBefore,
    /// The request is processed, then the connection reset without a reply.
    ResetAfter,
    /// Processed; the reply is 200 and stops in the middle.
    Malformed,
    /// 403 `ExpiredToken`; not processed.
    ExpiredToken,
    /// The backtrack is accepted, and ends failed; the data does not move.
    FailBacktrack,
    /// The backtrack is accepted, and applies for ever.
    HangBacktrack,
    /// A stranger's backtrack of the cluster starts just before the request is processed.
    ForeignBacktrack,
}

/// Whom a rule concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    /// The request of this number, from 1.
    Nth(u64),
    /// Each request whose number is a multiple of this.
    Every(u64),
}

/// What a rule does to a request that it concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Effect {
    Latency(Duration),
    Fault(Fault),
}

/// One rule: an action, which of its requests, and what happens to them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "RawRule")]
pub(crate) struct FaultRule {
    /// None: every action.
    action: Option<String>,
    when: When,
    effect: Effect,
}

/// A rule as it is written in JSON or TOML.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawRule {
    action: String,
    nth: Option<u64>,
    every: Option<u64>,
    fault: Kind,
    status: Option<u16>,
    code: Option<String>,
    ms: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Throttle,
    Error,
    Latency,
    ResetBefore,
    ResetAfter,
    Malformed,
    ExpiredToken,
    FailBacktrack,
    HangBacktrack,
    ForeignBacktrack,
}

/// Why a rule is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum RuleError {
    #[error("expected either nth or every, got both or neither")]
    When,
    #[error("expected nth or every from 1, got 0")]
    Zero,
    #[error("expected an action or \"*\", got an empty text")]
    NoAction,
    #[error("expected a status of 400 to 599, got {0}")]
    Status(u16),
    #[error(
        "expected status and code only with the fault error, and ms only with latency, got them with {0:?}"
    )]
    Stray(String),
}

impl TryFrom<RawRule> for FaultRule {
    type Error = RuleError;

    fn try_from(raw: RawRule) -> Result<Self, RuleError> {
        let when = match (raw.nth, raw.every) {
            (Some(0), None) | (None, Some(0)) => return Err(RuleError::Zero),
            (Some(nth), None) => When::Nth(nth),
            (None, Some(every)) => When::Every(every),
            (Some(_), Some(_)) | (None, None) => return Err(RuleError::When),
        };
        let action = match raw.action.as_str() {
            "" => return Err(RuleError::NoAction),
            "*" => None,
            _ => Some(raw.action),
        };
        let describes_error = raw.status.is_some() || raw.code.is_some();
        if (describes_error && raw.fault != Kind::Error) || (raw.ms.is_some() && raw.fault != Kind::Latency) {
            return Err(RuleError::Stray(format!("{:?}", raw.fault)));
        }
        let effect = match raw.fault {
            Kind::Latency => Effect::Latency(Duration::from_millis(raw.ms.unwrap_or(1_000))),
            Kind::Error => Effect::Fault(error_fault(raw.status, raw.code)?),
            Kind::Throttle => Effect::Fault(Fault::Throttle),
            Kind::ResetBefore => Effect::Fault(Fault::ResetBefore),
            Kind::ResetAfter => Effect::Fault(Fault::ResetAfter),
            Kind::Malformed => Effect::Fault(Fault::Malformed),
            Kind::ExpiredToken => Effect::Fault(Fault::ExpiredToken),
            Kind::FailBacktrack => Effect::Fault(Fault::FailBacktrack),
            Kind::HangBacktrack => Effect::Fault(Fault::HangBacktrack),
            Kind::ForeignBacktrack => Effect::Fault(Fault::ForeignBacktrack),
        };
        Ok(Self { action, when, effect })
    }
}

fn error_fault(status: Option<u16>, code: Option<String>) -> Result<Fault, RuleError> {
    let status = status.unwrap_or(500);
    if !(400..=599).contains(&status) {
        return Err(RuleError::Status(status));
    }
    Ok(Fault::Error {
        status,
        code: code.unwrap_or_else(|| "InternalFailure".to_owned()),
    })
}

/// What strikes one request: a delay of the reply, and at most one fault.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Strike {
    pub(crate) latency: Duration,
    pub(crate) fault: Option<Fault>,
}

/// The rules in force, each with the number of requests that it has seen.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    rules: Vec<(FaultRule, u64)>,
}

impl Faults {
    /// Puts `rules` in the place of the last ones; every count starts anew.
    pub(crate) fn replace(&mut self, rules: Vec<FaultRule>) {
        self.rules = rules.into_iter().map(|rule| (rule, 0)).collect();
    }

    /// Counts one request of `action`. Delays add up; of several faults the first of the list strikes.
    pub(crate) fn strike(&mut self, action: &str) -> Strike {
        let mut strike = Strike::default();
        for (rule, seen) in &mut self.rules {
            if rule
                .action
                .as_deref()
                .is_some_and(|concerned| concerned != action)
            {
                continue;
            }
            *seen += 1;
            let hit = match rule.when {
                When::Nth(nth) => *seen == nth,
                When::Every(every) => seen.is_multiple_of(every),
            };
            match &rule.effect {
                Effect::Latency(delay) if hit => strike.latency += *delay,
                Effect::Fault(fault) if hit && strike.fault.is_none() => strike.fault = Some(fault.clone()),
                Effect::Latency(_) | Effect::Fault(_) => {}
            }
        }
        strike
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, Fault, FaultRule, Faults};

    fn faults(json: &str) -> Faults {
        let mut faults = Faults::default();
        faults.replace(serde_json::from_str::<Vec<FaultRule>>(json).unwrap());
        faults
    }

    #[test]
    fn nth_strikes_once_and_counts_only_its_own_action() {
        let mut faults = faults(r#"[{"action":"BacktrackDBCluster","nth":2,"fault":"reset_after"}]"#);
        assert_eq!(faults.strike("BacktrackDBCluster").fault, None);
        assert_eq!(faults.strike("DescribeDBClusters").fault, None);
        assert_eq!(faults.strike("BacktrackDBCluster").fault, Some(Fault::ResetAfter));
        assert_eq!(faults.strike("BacktrackDBCluster").fault, None);
    }

    #[test]
    fn every_strikes_again_and_again_and_a_star_means_each_action() {
        let mut faults = faults(r#"[{"action":"*","every":3,"fault":"throttle"}]"#);
        let struck: Vec<bool> = (0..9).map(|_| faults.strike("Any").fault.is_some()).collect();
        assert_eq!(
            struck,
            [false, false, true, false, false, true, false, false, true]
        );
    }

    #[test]
    fn a_delay_goes_with_a_fault_and_the_first_fault_wins() {
        let mut faults = faults(
            r#"[{"action":"*","every":1,"fault":"latency","ms":20},
                {"action":"*","every":1,"fault":"error","status":503,"code":"ServiceUnavailable"},
                {"action":"*","every":1,"fault":"malformed"}]"#,
        );
        let strike = faults.strike("Any");
        assert_eq!(strike.latency, Duration::from_millis(20));
        assert_eq!(
            strike.fault,
            Some(Fault::Error {
                status: 503,
                code: "ServiceUnavailable".into()
            })
        );
    }

    #[test]
    fn a_rule_that_says_too_much_or_too_little_is_refused() {
        for rule in [
            r#"{"action":"*","fault":"throttle"}"#,
            r#"{"action":"*","nth":1,"every":1,"fault":"throttle"}"#,
            r#"{"action":"*","nth":0,"fault":"throttle"}"#,
            r#"{"action":"","nth":1,"fault":"throttle"}"#,
            r#"{"action":"*","nth":1,"fault":"throttle","ms":5}"#,
            r#"{"action":"*","nth":1,"fault":"error","status":200}"#,
            r#"{"action":"*","nth":1,"fault":"flood"}"#,
            r#"{"action":"*","nth":1,"fault":"throttle","who":"me"}"#,
        ] {
            assert!(serde_json::from_str::<FaultRule>(rule).is_err(), "{rule}");
        }
    }
}
