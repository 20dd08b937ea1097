//! The table: as many columns as there is room for.

use std::collections::BTreeMap;

use crate::domain::posture::fleet::{Money, Reading, Row};
use crate::posture::{hours, what};
use crate::ui::{Style, table_keeping};

/// Columns in which every cell has room.
const ROOM_FOR_ALL: usize = 110;
/// What the last column keeps, however long the names are.
const LEAST_LAST: usize = 24;

/// A row for each cluster.
pub(super) fn cells(rows: &[&Row], readings: &[Reading], style: &Style) -> String {
    let wide = style.width >= ROOM_FOR_ALL;
    let several = readings.len() > 1;
    // A column of nothing takes room from names.
    let priced = rows.iter().any(|row| row.cost.is_some());
    let owned = rows.iter().any(|row| row.owner.is_some());
    // A narrow table says where a cluster is below its name, and only where that is not the usual place.
    let usual = usual_region(rows).filter(|_| several && !wide);
    let mut heads = vec!["cluster", "verdict", "reach", "now"];
    if several && wide {
        heads.push("region");
    }
    if wide {
        heads.extend(priced.then_some("$/month"));
        heads.extend(owned.then_some("owner"));
    }
    heads.push("what to know");
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            let cluster = &row.cluster;
            let elsewhere = usual.is_some_and(|usual| usual != cluster.region);
            let below = if elsewhere {
                format!("\n  {}", cluster.region)
            } else {
                String::new()
            };
            let now = match row.rewindable_now {
                Some(true) => "yes",
                Some(false) => "no",
                None => "?",
            };
            let mut cells = vec![
                format!("{}{below}", cluster.id),
                row.verdict.as_str().replace('_', " "),
                reach(row),
                now.to_owned(),
            ];
            if several && wide {
                cells.push(cluster.region.clone());
            }
            if wide {
                cells.extend(priced.then(|| row.cost.map_or_else(String::new, Money::text)));
                cells.extend(owned.then(|| row.owner.clone().unwrap_or_default()));
            }
            cells.push(what(row).join(", "));
            cells
        })
        .collect();
    let place = usual.map_or_else(String::new, |usual| {
        format!("in {usual}, where no Region stands below:\n")
    });
    format!(
        "{place}{}",
        table_keeping(&heads, &cells, style.width, LEAST_LAST)
    )
}

/// Where most of the rows are.
fn usual_region<'r>(rows: &[&'r Row]) -> Option<&'r str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows {
        *counts.entry(row.cluster.region.as_str()).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(_, count)| *count)
        .map(|(region, _)| region)
}

/// `20h of 72h`: as narrow as it can be.
fn reach(row: &Row) -> String {
    let short = |seconds| hours(seconds).replace("min", "m").replace(' ', "");
    let Some(target) = row.reach.target_s.filter(|seconds| *seconds > 0) else {
        return "-".to_owned();
    };
    match row.reach.back_s().map(short) {
        Some(actual) if actual == short(target) => actual,
        Some(actual) => format!("{actual} of {}", short(target)),
        None => format!("? of {}", short(target)),
    }
}
