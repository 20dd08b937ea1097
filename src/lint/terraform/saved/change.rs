//! What a planned change does to a cluster.

use super::item::Item;
use super::stock::Stock;
use crate::domain::posture::{Verdict, Warning};
use crate::lint::terraform::cluster::{asks, bare, warn};
use crate::lint::terraform::value::Value;
use crate::lint::{Cause, Judgement};
use serde_json::Value as Json;

/// Why AWS refuses a change from no window to one.
const BEGUN: &str = "the cluster is without Backtrack, and AWS refuses to begin it by a change: create one, or restore \
                     one from a snapshot, with the window";

/// What is planned for one resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// Made, or left as it is.
    Stands,
    /// Changed in place.
    Changes,
    /// Destroyed and made again, in either order.
    Replaced,
    /// Destroyed.
    Destroyed,
    /// Left alone and managed no longer.
    Forgotten,
    /// Words that are not known here.
    Foreign,
}

impl Action {
    pub(super) fn of(change: &Json) -> Self {
        let words: Option<Vec<&str>> = change
            .get("actions")
            .and_then(Json::as_array)
            .map(|words| words.iter().filter_map(Json::as_str).collect());
        match words.as_deref() {
            Some(["no-op" | "create" | "read"]) => Self::Stands,
            Some(["update"]) => Self::Changes,
            Some(["delete" | "forget", "create"] | ["create", "delete" | "forget"]) => Self::Replaced,
            Some(["delete"]) => Self::Destroyed,
            Some(["forget"]) => Self::Forgotten,
            _ => Self::Foreign,
        }
    }
}

/// Judges a cluster by what is planned for it.
pub(super) fn judge(stock: &Stock<'_>, item: &Item, change: &Json) -> Judgement {
    let judged = stock.cluster(item).judge();
    let had = asks(&item.before.at("backtrack_window"));
    let asked = asks(&item.values.at("backtrack_window"));
    match Action::of(change) {
        Action::Stands => judged,
        Action::Changes => in_place(judged, (had, asked), item, item.secret),
        Action::Replaced => {
            let mut judged = judged;
            warn(&mut judged, Warning::ReplacesCluster);
            judged.reason = format!(
                "the change makes another cluster, and what can be rewound begins anew: {}",
                judged.reason
            );
            judged
        }
        Action::Destroyed => bare(Verdict::NotApplicable, "the change destroys it"),
        Action::Forgotten => {
            let mut judged = judged;
            judged.reason = format!("it is left as it is and managed no longer: {}", judged.reason);
            judged
        }
        Action::Foreign => {
            let actions = change
                .get("actions")
                .map_or_else(|| "none".to_owned(), Json::to_string);
            bare(
                Verdict::Unknown,
                format!("the actions {actions} are not known here"),
            )
        }
    }
}

/// A change in place: a window can be changed, not begun, and its end is for good. A secret window is not told.
fn in_place(
    mut judged: Judgement,
    (had, asked): (Option<bool>, Option<bool>),
    item: &Item,
    secret: bool,
) -> Judgement {
    let able = matches!(judged.verdict, Verdict::Ok | Verdict::Disabled | Verdict::Unknown);
    match (had, asked) {
        (Some(false), Some(true)) if able => {
            judged.verdict = Verdict::Invalid;
            judged.causes = vec![Cause::Begun];
            BEGUN.clone_into(&mut judged.reason);
        }
        (Some(true), Some(false)) => {
            warn(&mut judged, Warning::IrreversibleDisable);
            let window = |values: &Value| {
                values
                    .at("backtrack_window")
                    .to_number()
                    .and_then(|number| number.seconds())
            };
            let from = window(&item.before).filter(|_| !secret);
            let why = match from {
                // What could be done without the change is no matter where it is the change that does it.
                Some(from) if judged.verdict == Verdict::Disabled => {
                    let to = window(&item.values).map_or_else(|| "none".to_owned(), |to| to.to_string());
                    format!("the window goes from {from} s to {to}")
                }
                None if judged.verdict == Verdict::Disabled => "the window is taken away".to_owned(),
                Some(_) | None => judged.reason,
            };
            judged.reason = format!("the change ends Backtrack for good: {why}");
            judged.causes.push(Cause::Ended(from));
        }
        _ => {}
    }
    judged
}
