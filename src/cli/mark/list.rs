//! `mark --list`: the marks, how old they are, and whether each can still be reached where that was asked.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::cli::args::{Global, Output};
use crate::cli::desk::{self, Desk};
use crate::cli::failure::Failure;
use crate::cli::first_look::aloud;
use crate::cli::print;
use crate::cli::voice::style;
use crate::clock::machine_now;
use crate::domain::lineage::{Hop, Lineage};
use crate::domain::mark::{Mark, Standing, current};
use crate::domain::mode::Mode;
use crate::domain::target::{Window, wire};
use crate::domain::time_text::span;
use crate::ports::{ClusterReads as _, Look};
use crate::ui::table;

use super::lookup::{all, warn};

/// Whether a mark can be reached, as far as that was asked and answered.
enum Reach {
    /// The cluster was read. The text names the backtrack that discarded what was there then.
    Known(Standing, Option<String>),
    /// The name is the same, and the cluster another.
    Foreign,
    /// Why it is not known.
    Unknown(String),
}

/// Shows them. A cluster that cannot be read is no failure of the list: what is not known is said to be unknown.
pub(super) async fn list(global: &Global, cluster: Option<&str>) -> Result<u8, Failure> {
    let all = all(&desk::archive(global)?)?;
    let mut marks = current(&all);
    let mut now = machine_now();
    let seen = match cluster {
        None => Err("no --cluster to ask about".to_owned()),
        Some(cluster) => {
            marks.retain(|mark| mark.cluster.eq_ignore_ascii_case(cluster));
            let desk = Desk::sit(desk::access(global), false).await;
            match desk {
                Err(failure) => Err(failure.message),
                Ok(desk) => {
                    let look = aloud(desk.reads.look(cluster)).await;
                    now = desk.clock.service();
                    look.map_err(|failure| failure.message)
                }
            }
        }
    };
    if let (Some(cluster), Err(why)) = (cluster, &seen) {
        print::error(&format!("warning: the window of {cluster} is not known: {why}"));
    }
    if let Ok(look) = &seen {
        let own = marks.iter().filter(|mark| mark.is_of(&look.identity));
        own.for_each(|mark| warn(mark, look, now));
    }
    let rows: Vec<(&Mark, Reach)> = marks
        .iter()
        .map(|mark| (*mark, reach(mark, &seen, now)))
        .collect();
    match global.output {
        Output::Json => rows
            .iter()
            .for_each(|(mark, reach)| print::line(&line(mark, reach, now).to_string())),
        Output::Text if rows.is_empty() => print::words("no marks"),
        Output::Text => print::words(&text(&rows, now, style(global, Mode::Live).width)),
    }
    Ok(0)
}

fn reach(mark: &Mark, seen: &Result<Look, String>, now: DateTime<Utc>) -> Reach {
    match seen {
        Err(why) => Reach::Unknown(why.clone()),
        Ok(look) if !mark.is_of(&look.identity) => Reach::Foreign,
        Ok(look) => Window::of(&look.cluster, None, now).map_or_else(
            || Reach::Unknown("AWS names no earliest time".to_owned()),
            |window| Reach::Known(Standing::of(mark.instant, &window), discarded(mark, look)),
        ),
    }
}

/// Whether what a rewind to it would show is known.
fn discarded(mark: &Mark, look: &Look) -> Option<String> {
    match Lineage::of(&look.records) {
        Ok(lineage) => lineage.undone_by(mark.instant).map(Hop::text),
        Err(untimed) => Some(untimed.to_string()),
    }
}

/// A mark for programs.
pub(super) fn json(mark: &Mark) -> Value {
    serde_json::json!({
        "kind": "mark",
        "name": mark.name,
        "to": format!("mark:{}", mark.name),
        "instant": wire(mark.instant),
        "cluster": mark.cluster,
        "resource_id": mark.resource_id,
        "account": mark.account,
        "region": mark.region,
        "commit": mark.commit,
        "ticket": mark.ticket,
        "by": mark.by,
    })
}

fn line(mark: &Mark, reach: &Reach, now: DateTime<Utc>) -> Value {
    let mut line = json(mark);
    let (window, left, why) = match reach {
        Reach::Known(standing @ (Standing::Inside { left } | Standing::Leaving { left }), _) => {
            (standing.as_str(), Some(left.num_seconds()), None)
        }
        Reach::Known(standing @ Standing::Gone { by }, _) => {
            (standing.as_str(), Some(-by.num_seconds()), None)
        }
        Reach::Foreign => ("foreign", None, Some("another cluster of this name".to_owned())),
        Reach::Unknown(why) => ("unknown", None, Some(why.clone())),
    };
    line["age_s"] = (now - mark.instant).num_seconds().into();
    line["window"] = window.into();
    line["left_s"] = left.into();
    line["why"] = why.into();
    if let Reach::Known(_, discarded) = reach {
        line["discarded"] = discarded.clone().into();
    }
    line
}

fn text(rows: &[(&Mark, Reach)], now: DateTime<Utc>, width: usize) -> String {
    let row = |(mark, reach): &(&Mark, Reach)| {
        let age = chrono::TimeDelta::seconds((now - mark.instant).num_seconds().max(0));
        let within = |standing: &Standing| match standing {
            Standing::Inside { left } => format!("inside for {}", span(*left)),
            Standing::Leaving { left } => format!("LEAVES in {}", span(*left)),
            Standing::Gone { by } => format!("gone, {} too early", span(*by)),
        };
        let reach = match reach {
            Reach::Known(standing, None) | Reach::Known(standing @ Standing::Gone { .. }, _) => {
                within(standing)
            }
            Reach::Known(standing, Some(discarded)) => {
                format!(
                    "{}\nNOT KNOWN what is there: discarded by {discarded}",
                    within(standing)
                )
            }
            Reach::Foreign => format!("of another cluster of this name ({})", mark.resource_id),
            Reach::Unknown(_) => "window unknown".to_owned(),
        };
        let labels = [("commit", &mark.commit), ("ticket", &mark.ticket)];
        let labels = labels
            .iter()
            .filter_map(|(what, label)| label.as_ref().map(|label| format!("\n{what} {label}")));
        vec![
            mark.name.to_string(),
            format!("{}\n{} ago\n{reach}", wire(mark.instant), span(age)),
            format!("{}\nby {}{}", mark.cluster, mark.by, labels.collect::<String>()),
        ]
    };
    let rows: Vec<Vec<String>> = rows.iter().map(row).collect();
    table(&["mark", "instant, window", "cluster, made by"], &rows, width)
}
