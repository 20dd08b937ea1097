//! The lines of one file at an instant.

use super::super::cluster::{Cluster, Member};
use super::super::moment::Moment;
use super::super::seed::{draw, within};
use super::file::{LogFile, stripe_of};
use super::trail::{Entry, What};

/// What `draw` is asked for; any distinct numbers serve.
const LAG: u64 = 31;
const CONNECTION: u64 = 32;
const MICROSECONDS: u64 = 33;

/// Connections of the shop's pool.
const POOL: u64 = 8;
/// The first of them; whoever types a statement has one of a number above.
const FIRST_CONNECTION: u64 = 40;
const TYPED_CONNECTION: u64 = 9_000;
/// How long before its statement somebody connected.
const CONNECTED_MS: i64 = 40;
/// An instance speaks by itself this often.
const HEARTBEAT_S: i64 = 10;

/// A line, with when it reaches the file.
struct Written {
    at: Moment,
    order: u64,
    line: String,
}

/// The file as it is at `now`. What was read of it once stays as it is: it only grows.
pub(crate) fn content(cluster: &Cluster, member: &Member, file: &LogFile, now: Moment) -> String {
    let mut lines = Vec::new();
    heartbeats(cluster, member, file, now, &mut lines);
    let lag = i64::from(cluster.plan.logs.lag_ms) + CONNECTED_MS;
    let (first, last) = (file.from.plus_ms(-lag), file.until.unwrap_or(now).plus_ms(lag));
    let near = cluster
        .audit
        .entries()
        .filter(|entry| entry.at >= first && entry.at <= last);
    for entry in near {
        if cluster.writer_at(entry.at) == Some(member.id.as_str()) {
            entry_lines(cluster, member, file, entry, now, &mut lines);
        }
    }
    lines.sort_by_key(|line: &Written| (line.at, line.order));
    let mut text = String::new();
    for written in lines {
        text.push_str(&written.line);
        text.push('\n');
    }
    text
}

/// Takes a line where this file gets it, and by `now`.
fn take(
    cluster: &Cluster,
    (file, now): (&LogFile, Moment),
    (at, number): (Moment, u64),
    line: impl FnOnce() -> String,
    lines: &mut Vec<Written>,
) {
    let seed = cluster.seed();
    let lag = within(draw(seed, LAG, number), 0, cluster.plan.logs.lag_ms);
    let written = at.plus_ms(i64::from(lag));
    if written <= now && file.holds(written) && stripe_of(draw(seed, LAG, number ^ 1)) == file.stripe {
        lines.push(Written {
            at: written,
            order: number,
            line: line(),
        });
    }
}

/// `SELECT 1` of the service's own account, by which a quiet log shows that it is not a silent one.
fn heartbeats(cluster: &Cluster, member: &Member, file: &LogFile, now: Moment, lines: &mut Vec<Written>) {
    let every = HEARTBEAT_S * 1_000;
    let slack = i64::from(cluster.plan.logs.lag_ms);
    let mut at = (file.from.ms() - slack).div_euclid(every) * every;
    let end = file.until.unwrap_or(now).min(now).ms();
    while at <= end {
        let (moment, number) = (Moment::from_ms(at), at.unsigned_abs());
        if moment >= cluster.history_began() {
            let line = || {
                let us = micros(moment);
                let query = number / every.unsigned_abs();
                format!(
                    "{us},{},rdsadmin,localhost,3,{query},QUERY,,'SELECT 1',0",
                    member.id
                )
            };
            take(cluster, (file, now), (moment, number), line, lines);
        }
        at += every;
    }
}

fn entry_lines(
    cluster: &Cluster,
    member: &Member,
    file: &LogFile,
    entry: &Entry,
    now: Moment,
    lines: &mut Vec<Written>,
) {
    let seed = cluster.seed();
    let server = member.id.as_str();
    let number = entry.at.ms().unsigned_abs();
    // Several lines of one instant: each has a number, and so a stripe and a lag, of its own.
    let part = |number: u64, part: u64| number.wrapping_mul(16).wrapping_add(part);
    match &entry.what {
        What::Order {
            amount_cents,
            customer,
            code,
        } => {
            let connection = FIRST_CONNECTION + draw(seed, CONNECTION, number) % POOL;
            let us = micros(entry.at) + i64::from(within(draw(seed, MICROSECONDS, number), 0, 900));
            let who = format!("{server},shop,10.0.1.{connection},{connection},{number}");
            let query = || {
                format!(
                    "{us},{who},QUERY,shop,'INSERT INTO orders (customer, amount_cents) VALUES ({customer}, \
                     {amount_cents})',{code}"
                )
            };
            take(cluster, (file, now), (entry.at, part(number, 0)), query, lines);
            if *code == 0 {
                let table = || format!("{us},{who},WRITE,shop,orders,");
                take(cluster, (file, now), (entry.at, part(number, 1)), table, lines);
            }
        }
        What::Typed(statement) => {
            let connection = TYPED_CONNECTION + number % 1_000;
            let who = |query: u64| format!("{server},deploy,10.0.9.9,{connection},{query}");
            let connected = entry.at.plus_ms(-CONNECTED_MS);
            let connect = || format!("{},{},CONNECT,shop,,0", micros(connected), who(0));
            take(cluster, (file, now), (connected, part(number, 2)), connect, lines);
            let us = micros(entry.at);
            let query = || format!("{us},{},QUERY,shop,'{}',0", who(number), escaped(statement));
            // Two statements of one instant stand apart by their text.
            let own = part(number, 3).wrapping_add(statement.len() as u64 * 0x1_0000);
            take(cluster, (file, now), (entry.at, own), query, lines);
        }
    }
}

fn micros(at: Moment) -> i64 {
    at.ms().saturating_mul(1_000)
}

/// As the plugin escapes the text of a statement.
fn escaped(statement: &str) -> String {
    let mut text = String::with_capacity(statement.len());
    for letter in statement.chars() {
        match letter {
            '\'' => text.push_str("\\'"),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            other => text.push(other),
        }
    }
    text
}
