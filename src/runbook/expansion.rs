//! Checks the variables that arguments and URLs name, and what a URL becomes.

use std::ops::Range;

use reqwest::Url;

use super::found::Found;
use super::suspicion;
use super::table::nearest;
use super::value::Value;
use crate::domain::runbook::{Piece, Variable, expand, pieces};

const NO_SECRET: &str = "the URL is journaled; use a command with env for a check that needs a secret";

/// When a step or a check may run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// Also when nothing was rewound: after a refusal, what was paused is resumed too.
    Always,
    /// After a rewind only.
    Rewound,
}

/// Notes variables that do not exist, or that have no value when the text is needed.
pub(super) fn check(text: &str, span: Range<usize>, when: When, found: &mut Found<'_>) {
    for piece in pieces(text) {
        match piece {
            Piece::Variable(Variable::Effective) if when == When::Always => found.hinted(
                span.clone(),
                "expected a variable that is always set, got `BACKTRACKCTL_EFFECTIVE`",
                "it is known after a rewind only, so in probes; what was paused is resumed without one too",
            ),
            Piece::Text(_) | Piece::Variable(_) => {}
            Piece::Unknown(name) => {
                let names = Variable::ALL.map(Variable::name);
                let endings = names
                    .into_iter()
                    .filter_map(|name| name.strip_prefix(Variable::PREFIX));
                let hint = match nearest(name.trim_start_matches(Variable::PREFIX), endings) {
                    Some(meant) => format!("did you mean `{}{meant}`?", Variable::PREFIX),
                    None => format!("the variables are {}", names.join(", ")),
                };
                found.hinted(span.clone(), format!("unknown variable `{name}`"), hint);
            }
        }
    }
}

/// A URL, with its variables unexpanded.
pub(super) fn url(value: Value<'_>, when: When, found: &mut Found<'_>) -> String {
    let Some(text) = value.string(found) else {
        return String::new();
    };
    check(text, value.span(), when, found);
    // A stand-in for each variable shows whether the rest is a URL.
    let sample = expand(text, |variable| {
        Some(
            if variable == Variable::Lab {
                "http://127.0.0.1:80"
            } else {
                "x"
            }
            .to_owned(),
        )
    });
    let Ok(sample) = sample else {
        return text.to_owned();
    };
    match Url::parse(&sample) {
        Ok(url) if !matches!(url.scheme(), "http" | "https") => {
            let message = format!(
                "expected a URL of http or https for `http`, got the scheme `{}`",
                url.scheme()
            );
            found.fault(value.span(), message);
        }
        Ok(url) if !url.username().is_empty() || url.password().is_some() => {
            found.hinted(
                value.span(),
                "expected a URL without a user or password for `http`, got one",
                NO_SECRET,
            );
        }
        Ok(_) => {
            if let Some(looks) = suspicion::text(text) {
                found.hinted(
                    value.span(),
                    format!("expected no secret in the URL for `http`, got what looks like {looks}"),
                    NO_SECRET,
                );
            }
        }
        Err(error) => {
            found.fault(
                value.span(),
                format!("expected a URL for `http`, got a string that is none: {error}"),
            );
        }
    }
    text.to_owned()
}
