//! `mark`: names the present instant before risky work. Reads the service, changes nothing there, and writes one record.

mod list;
mod lookup;

pub use lookup::look_up;

use super::args::{Global, MarkArgs, Output};
use super::desk::{self, Desk};
use super::failure::Failure;
use super::first_look::aloud;
use super::holds::{Wanted, refusal};
use super::logbook::chain;
use super::opening;
use super::past::Past;
use super::voice::same_journal;
use super::{person, print};
use crate::domain::cluster::backtracking;
use crate::domain::mark::{Mark, MarkName, current, label};
use crate::domain::target::{AT_THE_LATEST, Window, floor_second, wire};
use crate::journal::{MarkError, Payload, ReadError, Record};
use crate::ports::{ClusterReads as _, Look};

/// What a mark's record is called in its file.
const KIND: &str = "marked";

/// Makes a mark, or lists them.
pub async fn mark(global: &Global, args: &MarkArgs) -> Result<u8, Failure> {
    match (&args.name, &args.cluster) {
        (Some(name), Some(cluster)) if !args.list => make(global, args, name, cluster).await,
        _ => list::list(global, args.cluster.as_deref()).await,
    }
}

async fn make(global: &Global, args: &MarkArgs, name: &str, cluster: &str) -> Result<u8, Failure> {
    let usage = |option: &str, why: String| Failure::usage(format!("{option}: {why}"));
    let name = MarkName::parse(name).map_err(|error| usage("NAME", error.to_string()))?;
    let read = |option: &str, text: &Option<String>| {
        text.as_deref()
            .map(|text| label(text).map_err(|why| usage(option, why)))
            .transpose()
    };
    let (commit, ticket) = (read("--commit", &args.commit)?, read("--ticket", &args.ticket)?);
    super::run::lab_name(global, cluster)?;
    let store = desk::store(global)?;
    let desk = Desk::sit(desk::access(global), false).await?;
    let look = aloud(desk.reads.look(cluster)).await.map_err(|failure| {
        Failure::unreadable(format!(
            "the cluster {cluster} could not be read: {}",
            failure.message
        ))
        .touched("nothing was marked; the cluster was not touched")
        .next(format!("backtrackctl status {cluster}"))
    })?;
    let instant = markable(&desk, &look)?;
    let wanted = Wanted {
        cluster,
        access: &desk.access,
        identity: Some(&look.identity),
    };
    // What is present while a run moves the cluster is nobody's to go back to.
    let past = Past::read(store.archive(), &wanted, desk.mode, &opening::new_id(&desk))?;
    if !past.holding.is_empty() {
        return Err(refusal(&wanted, &past.holding));
    }
    let who = person::person(false);
    let mark = Mark {
        name,
        instant,
        cluster: look.cluster.id.clone(),
        resource_id: look.identity.resource_id.clone(),
        account: look.identity.account.clone(),
        region: look.identity.region.clone(),
        commit,
        ticket,
        by: format!("{}@{}", who.os_user, who.host),
        program: env!("CARGO_PKG_VERSION").to_owned(),
    };
    let kept = store.mark(desk.clock.service(), |records| decide(records, &mark, args.force));
    kept.map_err(|error| unkept(error, &mark, global))?;
    tell(global, &mark, &look);
    Ok(0)
}

/// The instant to keep: the service's own, where a rewind could ever come back to it.
fn markable(desk: &Desk, look: &Look) -> Result<chrono::DateTime<chrono::Utc>, Failure> {
    let cluster = &look.cluster;
    if cluster.window_s <= 0 {
        return Err(Failure::refused(format!(
            "`{}` could never go back to a mark: Backtrack is off, and modifying the cluster cannot turn it on",
            cluster.id
        ))
        .next("take a snapshot before the work instead, or restore to a cluster with Backtrack"));
    }
    if backtracking(&cluster.status) {
        return Err(Failure::refused(format!(
            "`{}` is backtracking: what it shows is changing, and there is no present to mark",
            cluster.id
        ))
        .next(format!("backtrackctl status {}", cluster.id)));
    }
    desk.date().map(floor_second).ok_or_else(|| {
        Failure::refused("AWS's replies carried no time: nothing was marked")
            .next("look for a proxy that removes the header `Date`")
    })
}

/// A mark of the same name is refused, as a tag is: what others rely on does not move by itself.
fn decide(records: &[Record], mark: &Mark, force: bool) -> Result<Payload, Unmade> {
    let all = marks(records).map_err(Unmade::Damaged)?;
    let same = current(&all).into_iter().find(|other| {
        (&other.name, &other.account, &other.resource_id) == (&mark.name, &mark.account, &mark.resource_id)
    });
    if let (Some(other), false) = (same, force) {
        return Err(Unmade::Taken(Box::new(other.clone())));
    }
    payload(mark).map_err(Unmade::Bug)
}

/// Why a mark is not added.
#[derive(Debug, thiserror::Error)]
enum Unmade {
    /// There is one of this name.
    #[error("there is a mark of this name")]
    Taken(Box<Mark>),
    /// A record is not one that this version knows.
    #[error("{0}")]
    Damaged(String),
    /// A bug.
    #[error("{0}")]
    Bug(String),
}

fn unkept(error: MarkError<Unmade>, mark: &Mark, global: &Global) -> Failure {
    let room = "make room on the disk of the journal, then the same command again";
    let nothing = "nothing was marked; the cluster was not touched";
    match error {
        MarkError::Unwanted(Unmade::Taken(other)) => Failure::refused(format!(
            "`{}` has a mark {} already: {}, by {}",
            other.cluster,
            other.name,
            wire(other.instant),
            other.by
        ))
        .touched(nothing)
        .next("another name; or --force, if nobody relies on the old instant any more"),
        MarkError::Unwanted(Unmade::Damaged(why)) => damaged(why).touched(nothing),
        MarkError::Unwanted(Unmade::Bug(why)) => Failure::bug(why),
        MarkError::Read(error) => unreadable(&error).touched(nothing),
        MarkError::Append(error) => Failure::refused(format!(
            "the mark {} is not durable, so it does not count: {}",
            mark.name,
            chain(&error)
        ))
        .touched(nothing)
        .next(format!(
            "backtrackctl mark --list{}    # whether it is there",
            same_journal(global)
        ))
        .next(room),
        error @ (MarkError::Locked(_) | MarkError::Unwritable(_)) => {
            Failure::refused(format!("the mark was not kept: {}", chain(&error)))
                .touched(nothing)
                .next(room)
        }
    }
}

/// The marks of their records, in order.
fn marks(records: &[Record]) -> Result<Vec<Mark>, String> {
    let of = |record: &Record| {
        if record.kind() != KIND {
            return Err(format!("expected `{KIND}`, got `{}`", record.kind()));
        }
        serde_json::from_value(record.payload().to_tagged()).map_err(|error| error.to_string())
    };
    let marks = records.iter().map(|record| {
        of(record).map_err(|why| {
            format!(
                "line {} of the marks is not one that this version knows: {why}",
                record.seq()
            )
        })
    });
    marks.collect()
}

fn payload(mark: &Mark) -> Result<Payload, String> {
    let mut value = serde_json::to_value(mark).map_err(|error| error.to_string())?;
    if let Some(object) = value.as_object_mut() {
        object.insert("type".to_owned(), KIND.into());
    }
    Payload::tagged(value).map_err(|error| error.to_string())
}

fn unreadable(error: &ReadError) -> Failure {
    match error {
        ReadError::Damage { .. } => damaged(chain(error)),
        ReadError::Unreadable { .. } => Failure::refused(chain(error)),
    }
}

/// What is wrong there is wrong for every mark: none of them can be trusted.
fn damaged(why: String) -> Failure {
    Failure::damaged(why)
        .next("type the instant in full, from the log of the job that made the mark")
        .next("move the file away once its marks are written down elsewhere: the next mark begins another")
}

fn tell(global: &Global, mark: &Mark, look: &Look) {
    let window = Window::of(&look.cluster, None, mark.instant);
    let until = window.map(|window| floor_second(window.falls_out(mark.instant)));
    let sure = if window.is_some_and(|window| window.is_filling()) {
        AT_THE_LATEST
    } else {
        " if the window stays as it is: heavy writes shorten it"
    };
    match global.output {
        Output::Json => {
            let mut line = list::json(mark);
            line["reachable_until"] = until.map(wire).into();
            print::line(&line.to_string());
        }
        Output::Text => {
            let until = until.map_or(String::new(), |until| {
                format!(", reachable until {}{sure}", wire(until))
            });
            print::words(&format!(
                "mark:{} is {} on {}: durable{until}",
                mark.name,
                wire(mark.instant),
                mark.cluster
            ));
        }
    }
}
