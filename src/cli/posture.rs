//! `posture`: which clusters could not be rewound today, and why. Reads lists alone, and changes nothing.

mod asked;
mod gather;
mod past;
mod text;

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::args::{Global, Output, PostureArgs, PostureFormat};
use super::failure::Failure;
use super::print;
use super::voice::same_journal;
use crate::domain::posture::Verdict;
use crate::domain::posture::fleet::{Kpi, Neighbours, Past, Policy, Reading, Row, exit, row};
use crate::posture;

/// Looks: 4 where a Region could not be read whole, or the journals not be listed, else 3 with findings, else 5 with what is undecided. Everything that
/// was read is shown in each of these.
pub async fn posture(global: &Global, args: &PostureArgs) -> Result<u8, Failure> {
    let asked = asked::asked(global, args)?;
    let past = past::past(global)?;
    let streams = global.output == Output::Json && args.format.is_none();
    let mut rows: Vec<Row> = Vec::new();
    let mut readings: Vec<Reading> = Vec::new();
    let mut service: Option<DateTime<Utc>> = None;
    let mut seen = HashSet::new();
    let mut reading = gather::begin(&asked, args.deep).await?;
    // A Region's rows are told as soon as it was read: the others may take long.
    while let Some((mut region, now)) = reading.next().await {
        service = service.max(Some(now));
        let now = asked.as_of.unwrap_or(now);
        // Two profiles may lead to one account.
        region
            .clusters
            .retain(|cluster| cluster.arn.is_empty() || seen.insert(cluster.arn.clone()));
        let judged = judged(&region, &asked.policy, &past, now);
        if streams {
            for row in &judged {
                print::line(&posture::cluster(row).to_string());
            }
            print::line(&posture::region(&region).to_string());
        }
        rows.extend(judged);
        region.clusters = Vec::new();
        readings.push(region);
    }
    // They came in whatever order; the table and the page do not depend on it.
    readings.sort_by(|one, other| (&one.region, &one.profile).cmp(&(&other.region, &other.profile)));
    let at = asked.as_of.or(service).unwrap_or_default();
    let apart = service.and_then(|service| posture::apart(at, service));
    let unread = readings.iter().filter(|reading| reading.unread.is_some()).count();
    let kpi = Kpi::of(
        &rows,
        &past,
        &asked.policy,
        u32::try_from(unread).unwrap_or(u32::MAX),
    );
    show(global, args, &mut rows, &readings, &kpi, (at, apart.as_deref()))?;
    if let Some(apart) = &apart {
        print::error(&format!("warning: {apart}"));
    }
    for reading in &readings {
        if let Some(failure) = &reading.unread {
            let code = failure.code.as_deref().unwrap_or("no answer");
            print::error(&format!(
                "error: {} was not read whole: {}: {code}: {}; nothing was changed",
                posture::place(reading.profile.as_deref(), &reading.region),
                failure.action,
                failure.message
            ));
            if let Some(next) = posture::next(reading) {
                print::error(&format!("  next: {next}"));
            }
        }
    }
    if let Some(journals) = posture::journals(&kpi) {
        let severity = if past.unlisted.is_some() {
            "error"
        } else {
            "warning"
        };
        print::error(&format!("{severity}: {journals}"));
        if let Some(next) = posture::mend(&kpi, &same_journal(global)) {
            print::error(&format!("  next: {next}"));
        }
    }
    Ok(exit(&rows, unread > 0 || past.unlisted.is_some()).code())
}

fn judged(region: &Reading, policy: &Policy, past: &Past, now: DateTime<Utc>) -> Vec<Row> {
    let neighbours = Neighbours::of(&region.clusters);
    let judge = |cluster| row(cluster, &region.around, &neighbours, policy, now);
    let mut rows: Vec<Row> = region.clusters.iter().map(judge).collect();
    for row in &mut rows {
        row.remember(past);
    }
    rows
}

fn show(
    global: &Global,
    args: &PostureArgs,
    rows: &mut [Row],
    readings: &[Reading],
    kpi: &Kpi,
    (at, apart): (DateTime<Utc>, Option<&str>),
) -> Result<(), Failure> {
    rows.sort_by_cached_key(order);
    match (args.format, global.output) {
        (Some(PostureFormat::Csv), _) => {
            let sheet = posture::sheet(rows, readings)
                .map_err(|error| Failure::bug(format!("the sheet could not be written: {error}")))?;
            print::line(sheet.trim_end());
        }
        (Some(PostureFormat::Html), _) => {
            let rows: Vec<&Row> = rows.iter().collect();
            print::line(&posture::page(&rows, readings, kpi, at, apart));
        }
        (None, Output::Json) => print::line(&posture::kpi(kpi, at).to_string()),
        (None, Output::Text) => {
            for row in text::rows(rows, readings, kpi, at, global) {
                print::line(&row);
            }
        }
    }
    Ok(())
}

/// Worst first: what asks for something to be done, then by how much there is to know.
fn order(row: &Row) -> (u8, bool, usize, String, String) {
    let rank = match row.verdict {
        Verdict::Blocked => 0,
        Verdict::Invalid => 1,
        Verdict::Disabled => 2,
        Verdict::Unknown => 3,
        Verdict::Ok => 4,
        Verdict::NotApplicable => 5,
    };
    let quiet = row.findings.is_empty() && row.rewindable_now == Some(true);
    let known = usize::MAX - row.findings.len() - row.warnings.len();
    (
        rank,
        quiet,
        known,
        row.cluster.region.clone(),
        row.cluster.id.clone(),
    )
}
