//! What is asked for, from the command line's words to the search's.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;

use crate::cli::args::LocateArgs;
use crate::cli::failure::Failure;
use crate::cli::run::zone;
use crate::domain::time_text::{Bearings, Reading, TimeText};
use crate::locate::Query;

/// The search that the arguments ask for. `usual`: how far back it goes where they do not say.
pub(super) fn query(
    args: &LocateArgs,
    now: DateTime<Utc>,
    usual: Option<TimeDelta>,
) -> Result<Query, Failure> {
    let zone = zone(args.zone.as_deref())?;
    let instant = |name: &str, typed: Option<&str>| {
        typed
            .map(|typed| instant(typed, zone, now))
            .transpose()
            .map_err(|why| Failure::usage(format!("{name}: {why}")))
    };
    let from = instant("--from", args.from.as_deref())?;
    let to = instant("--to", args.to.as_deref())?;
    let from = from.or_else(|| Some(to.unwrap_or(now) - usual?));
    if let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        return Err(Failure::usage(format!(
            "expected --from before --to, got {} and {}",
            from.format("%Y-%m-%dT%H:%M:%S%.fZ"),
            to.format("%Y-%m-%dT%H:%M:%S%.fZ")
        )));
    }
    Ok(Query {
        zone,
        since_us: from.map(|from| from.timestamp_micros()),
        until_us: to.map(|to| to.timestamp_micros()),
        user: args.user.clone(),
        host: args.host.clone(),
        table: args.table.clone(),
        schema: args.schema.clone(),
        kind: args.kind.map(Into::into),
        text: args.text.clone(),
        threads: args.threads.map_or(0, usize::from),
        include_harmless: args.all,
        ..Query::default()
    })
}

/// Whether statements are left out that the files hold.
pub(super) fn narrows(args: &LocateArgs) -> bool {
    let words = [&args.user, &args.host, &args.table, &args.schema, &args.text];
    let times = [&args.from, &args.to];
    args.cluster.is_some() || args.kind.is_some() || words.iter().chain(&times).any(|word| word.is_some())
}

/// One end of the interval. A number, or an audit log's line, is its own instant here: nothing is rewound to it.
fn instant(typed: &str, zone: Option<Tz>, now: DateTime<Utc>) -> Result<DateTime<Utc>, String> {
    let read = TimeText::parse(typed, zone).map_err(|error| error.to_string())?;
    match read.reading() {
        Reading::Instant { at } | Reading::BeforeStatement { statement: at } | Reading::Epoch { at, .. } => {
            Ok(*at)
        }
        Reading::Ago { .. } | Reading::BareClock { .. } => read
            .resolve(&Bearings::new(now, TimeDelta::zero()))
            .map(|resolved| resolved.exact())
            .map_err(|error| error.to_string()),
        Reading::Earliest | Reading::Origin | Reading::BeforeLocated { .. } | Reading::Mark { .. } => {
            Err(format!(
                "expected an instant or a length of time before now, got `{typed}`, which only a cluster or a run gives a meaning"
            ))
        }
    }
}
