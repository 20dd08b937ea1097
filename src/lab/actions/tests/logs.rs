//! Log files: which there are, what is in them, and how they are read in portions.

use super::super::super::data::HurtKind;
use super::super::super::world::World;
use super::{ask, start, text, world_of};

const WRITER: &str = "orders--drill-1";
const READER: &str = "orders--drill-2";

fn names(world: &mut World, instance: &str) -> Vec<String> {
    let form = format!("Action=DescribeDBLogFiles&DBInstanceIdentifier={instance}&FilenameContains=audit/");
    let xml = ask(world, &form).unwrap();
    let parts = xml.split("<LogFileName>").skip(1);
    parts
        .map(|part| part.split_once('<').unwrap().0.to_owned())
        .collect()
}

fn portion(world: &mut World, instance: &str, name: &str, more: &str) -> Result<String, String> {
    ask(
        world,
        &format!("Action=DownloadDBLogFilePortion&DBInstanceIdentifier={instance}&LogFileName={name}{more}"),
    )
}

/// The lines of a portion.
fn data(xml: &str) -> String {
    let text = text(xml, "LogFileData").unwrap_or_default();
    text.replace("&apos;", "'").replace("&quot;", "\"")
}

/// A world whose shop is closed, and whose lines have all reached their files.
fn settled(mut world: World) -> World {
    world.set_paused(true);
    let later = world.now().plus_s(2);
    world.advance(later);
    world
}

/// The whole file, in portions of so many lines.
fn whole(world: &mut World, instance: &str, name: &str, lines: u32) -> String {
    let (mut content, mut marker) = (String::new(), "0".to_owned());
    loop {
        let more = format!("&Marker={marker}&NumberOfLines={lines}");
        let xml = portion(world, instance, name, &more).unwrap();
        content.push_str(&data(&xml));
        marker = text(&xml, "Marker").unwrap().to_owned();
        if text(&xml, "AdditionalDataPending") == Some("false") {
            return content;
        }
    }
}

fn all(world: &mut World, instance: &str) -> Vec<String> {
    let mut files = Vec::new();
    for name in names(world, instance) {
        files.push(whole(world, instance, &name, 10_000));
    }
    files
}

fn stamps(content: &str) -> Vec<i64> {
    let stamp = |line: &str| line.split(',').next().unwrap().parse().unwrap();
    content.lines().map(stamp).collect()
}

#[test]
fn four_files_are_written_at_once_and_no_line_is_in_order_for_sure() {
    let mut world = settled(world_of(""));
    let names = names(&mut world, WRITER);
    let newest = names.iter().filter(|name| name.ends_with("2024-05-17-14-00.0"));
    assert_eq!(newest.count(), 4, "{names:?}");
    let files = all(&mut world, WRITER);
    let (mut orders, mut disorder) = (0, 0);
    for file in &files {
        orders += file.matches("INSERT INTO orders").count();
        let stamps = stamps(file);
        disorder += stamps.windows(2).filter(|pair| pair[0] > pair[1]).count();
    }
    assert_eq!(orders as u64, world.clusters[0].data().shown().rows());
    assert!(disorder > 100, "{disorder}");
}

#[test]
fn a_careless_statement_is_in_the_log_of_the_writer_once_it_was_written() {
    let mut world = world_of("[[cluster]]\nlogs = { lag_ms = 500 }");
    let at = world.hurt(None, HurtKind::DeleteAll).unwrap().unwrap();
    world.advance(start().plus_s(2));
    let line = format!(
        "{}000,{WRITER},deploy,10.0.9.9,9000,{},QUERY,shop,'DELETE FROM orders',0",
        at.ms(),
        at.ms()
    );
    let of_writer = all(&mut world, WRITER).join("");
    assert!(of_writer.lines().any(|it| it == line), "expected {line}");
    let of_reader = all(&mut world, READER).join("");
    assert!(!of_reader.contains("DELETE") && of_reader.contains("rdsadmin"));
}

#[test]
fn what_was_read_once_stays_as_it_is() {
    let mut world = world_of("");
    let name = names(&mut world, WRITER).pop().unwrap();
    let before = whole(&mut world, WRITER, &name, 10_000);
    world.advance(start().plus_s(60));
    let after = whole(&mut world, WRITER, &name, 7);
    assert!(after.starts_with(&before) && after.len() > before.len());
}

#[test]
fn files_go_with_age_and_a_file_that_is_gone_is_said_so() {
    let mut world = world_of("[[cluster]]\nlogs = { keep_s = 3600 }");
    let first = names(&mut world, WRITER);
    assert!(portion(&mut world, WRITER, &first[0], "&Marker=0").is_ok());
    world.advance(start().plus_s(3 * 3_600));
    assert!(!names(&mut world, WRITER).contains(&first[0]));
    assert_eq!(
        portion(&mut world, WRITER, &first[0], "&Marker=0"),
        Err("DBLogFileNotFoundFault".to_owned())
    );
}

#[test]
fn without_a_marker_the_last_lines_come() {
    let mut world = world_of("");
    let name = names(&mut world, WRITER).remove(0);
    let content = whole(&mut world, WRITER, &name, 10_000);
    let xml = portion(&mut world, WRITER, &name, "&NumberOfLines=2").unwrap();
    let last: Vec<&str> = content.lines().rev().take(2).collect();
    let tail = data(&xml);
    assert_eq!(tail.lines().rev().collect::<Vec<_>>(), last);
    assert_eq!(
        portion(&mut world, WRITER, &name, "&Marker=elsewhere"),
        Err("InvalidParameterValue".to_owned())
    );
}

#[test]
fn no_portion_is_longer_than_a_megabyte() {
    for (scenario, cut) in [("", false), (", truncates = true", true)] {
        let scenario = format!(
            "[[cluster]]\norders_per_second = [60, 60]\nhistory_s = 600\nlogs = {{ rotate_s = 86400{scenario} }}"
        );
        let mut world = world_of(&scenario);
        let name = names(&mut world, WRITER).remove(0);
        let xml = portion(&mut world, WRITER, &name, "&Marker=0").unwrap();
        let data = data(&xml);
        assert!(data.len() <= 1_048_576 + 64, "{}", data.len());
        assert_eq!(data.contains("[Your log message was truncated]"), cut);
        let few = whole(&mut world, WRITER, &name, 500);
        assert!(!few.contains("truncated") && few.lines().count() > 10_000);
    }
}

#[test]
fn logs_that_are_off_leave_no_file() {
    let mut world = world_of("[[cluster]]\nlogs = { audit = false }");
    assert!(names(&mut world, WRITER).is_empty());
}

#[test]
fn after_a_failover_the_log_of_the_time_before_is_on_the_old_writer() {
    let mut world = world_of("[[cluster]]\nfailed_over_s = -1200");
    let failover = start().plus_s(-1_200).ms() * 1_000;
    let orders = |files: &[String]| -> Vec<i64> {
        let lines = files.iter().flat_map(|file| file.lines());
        let stamp = |line: &str| line.split(',').next().unwrap().parse().unwrap();
        lines.filter(|line| line.contains("INSERT")).map(stamp).collect()
    };
    let now = orders(&all(&mut world, WRITER));
    let before = orders(&all(&mut world, READER));
    assert!(!now.is_empty() && now.iter().all(|at| *at >= failover));
    assert!(!before.is_empty() && before.iter().all(|at| *at < failover));
    let events = ask(
        &mut world,
        "Action=DescribeEvents&SourceType=db-cluster&SourceIdentifier=orders--drill&Duration=60",
    );
    let message = text(&events.unwrap(), "Message").map(str::to_owned);
    assert_eq!(
        message.as_deref(),
        Some("Completed failover to DB instance: orders--drill-1")
    );
}

#[test]
fn files_that_rotate_while_they_are_read_go_on_under_another_name() {
    let mut world = world_of("[[cluster]]\nlogs = { rotate_at_download = 2 }");
    let first = names(&mut world, WRITER);
    for name in first.iter().rev().take(2) {
        portion(&mut world, WRITER, name, "&Marker=0").unwrap();
    }
    world.advance(start().plus_s(30));
    let mut world = settled(world);
    let after = names(&mut world, WRITER);
    assert_eq!(after.len(), first.len() + 4, "{after:?}");
    assert!(first.iter().all(|name| after.contains(name)));
    let files = all(&mut world, WRITER);
    let orders: usize = files.iter().map(|file| file.matches("INSERT").count()).sum();
    assert_eq!(orders as u64, world.clusters[0].receipts);
}

#[test]
fn an_instance_that_is_not_available_hands_out_nothing() {
    let mut world =
        world_of("[[cluster]]\nmember = [{ id = \"orders--drill-1\", writer = true, status = \"stopped\" }]");
    let name = names(&mut world, WRITER).remove(0);
    assert_eq!(
        portion(&mut world, WRITER, &name, "&Marker=0"),
        Err("DBInstanceNotReady".to_owned())
    );
}
