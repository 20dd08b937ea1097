//! DescribeDBLogFiles and DownloadDBLogFilePortion.

use super::super::audit::{LogFile, content, files, portion};
use super::super::cluster::{Cluster, Member};
use super::super::moment::Moment;
use super::super::wire::{ApiError, Element, Query, page};
use super::super::world::World;
use super::names;

/// A file as it is listed.
struct Listed {
    name: String,
    written: Moment,
    size: usize,
}

pub(super) fn describe_db_log_files(world: &World, query: &Query) -> Result<Element, ApiError> {
    let (cluster, member) = instance(world, query.required("DBInstanceIdentifier")?)?;
    let (now, contains) = (world.now(), query.get("FilenameContains").unwrap_or_default());
    let since = query.number("FileLastWritten").ok().flatten().map(i64::from);
    // Milliseconds since 1970 are more than a small number holds.
    let since = query
        .get("FileLastWritten")
        .and_then(|it| it.parse().ok())
        .or(since);
    let size = query.number("FileSize")?.unwrap_or(0);
    let mut listed: Vec<Listed> = files(cluster, now)
        .iter()
        .map(|file| Listed {
            name: file.name(),
            written: file.until.unwrap_or(now),
            size: content(cluster, member, file, now).len(),
        })
        .collect();
    listed.retain(|file| {
        file.name.contains(contains)
            && since.is_none_or(|since| file.written.ms() > since)
            && file.size >= usize::try_from(size).unwrap_or(usize::MAX)
    });
    let page = page(
        listed,
        |file| file.name.clone(),
        query,
        world.scenario.service.page_size,
    )?;
    let list = page.items.iter().map(|file| {
        Element::new("DescribeDBLogFilesDetails")
            .text("LogFileName", file.name.as_str())
            .value("LastWritten", file.written.ms())
            .value("Size", file.size)
    });
    Ok(Element::new("DescribeDBLogFilesResult")
        .child(Element::new("DescribeDBLogFiles").children(list))
        .optional("Marker", page.marker))
}

pub(super) fn download_db_log_file_portion(world: &mut World, query: &Query) -> Result<Element, ApiError> {
    let id = query.required("DBInstanceIdentifier")?;
    let name = query.required("LogFileName")?;
    let now = world.now();
    let (cluster, member) = instance(world, id)?;
    let status = cluster.member_status(member, now);
    if status != "available" {
        return Err(ApiError::new(
            400,
            "DBInstanceNotReady",
            format!("DB instance {id} is not ready: it is {status}"),
        ));
    }
    let file = named(cluster, name, now).ok_or_else(|| {
        ApiError::new(
            404,
            "DBLogFileNotFoundFault",
            format!("DBLog File: {name}, is not found on the DB instance {id}"),
        )
    })?;
    let text = content(cluster, member, &file, now);
    let lines = query.number("NumberOfLines")?;
    let plan = cluster.plan.logs.clone();
    let found = portion(&text, query.get("Marker"), lines, plan.truncates)
        .map_err(|_| ApiError::value(format!("The marker {:?} is not valid", query.get("Marker"))))?;
    let owner = cluster.id().to_owned();
    if let Some(cluster) = world.cluster_mut(&owner) {
        cluster.audit.note_download(plan.rotate_at_download, now);
    }
    Ok(Element::new("DownloadDBLogFilePortionResult")
        .text("LogFileData", found.text)
        .text("Marker", found.marker)
        .value("AdditionalDataPending", found.pending))
}

fn instance<'a>(world: &'a World, id: &str) -> Result<(&'a Cluster, &'a Member), ApiError> {
    let wanted = names::name_of(id);
    world
        .members()
        .find(|(_, member)| member.id.eq_ignore_ascii_case(wanted))
        .ok_or_else(|| ApiError::no_instance(id))
}

fn named(cluster: &Cluster, name: &str, now: Moment) -> Option<LogFile> {
    files(cluster, now).into_iter().find(|file| file.name() == name)
}
