//! What a seed makes of the lab, of the runbook and of each process: the world before anything happens in it.

use std::fmt::Write as _;
use std::time::Duration;

use serde_json::{Value, json};

use super::chance::Chance;
use super::network::Wire;
use super::shop::Trouble;

/// The lab's scenario file.
pub fn scenario(chance: &mut Chance) -> String {
    let ms = |chance: &mut Chance, least: u64, most: u64| chance.within(least..=most);
    let quick = chance.percent(85);
    let (short, long) = if quick { (400, 4_000) } else { (5_000, 400_000) };
    let visible = ms(chance, 0, short * 3);
    let applying = ms(chance, 0, short);
    let backtracking = ms(chance, 0, short);
    let moves = short + ms(chance, 0, long / 2);
    let completed = moves + ms(chance, 0, long);
    let cluster = moves + ms(chance, 0, long);
    let writer = moves + ms(chance, 0, long);
    let readers = moves + ms(chance, 0, long * 3);
    let from_delay = chance.weighed(&[(3, 0), (1, 2_000), (1, 90_000)]);
    let nearest = chance.weighed(&[(8, "exact"), (1, "before"), (1, "after")]);
    let nearest_s = chance.within(0..=8);
    let echo = chance.weighed(&[(3, "requested"), (1, "effective")]);
    let after_new_writes = chance.weighed(&[(2, "old_history"), (1, "kept_branch")]);
    let page_size = chance.weighed(&[(4, 100), (1, 20), (1, 1)]);
    let list_order = chance.of(&["newest_first", "oldest_first", "shuffled"]);
    let status_case = chance.of(&["upper", "lower"]);
    let first_status = chance.of(&["pending", "applying", "PENDING"]);
    let stamps = chance.of(&["milliseconds", "seconds"]);
    let skew = chance.of(&["date", "service"]);
    let window_s = chance.weighed(&[(1, 900), (2, 3_600), (5, 86_400)]);
    let binlog = chance.weighed(&[(30, "OFF"), (1, "ROW")]);
    let mut text = format!(
        "[service]\npage_size = {page_size}\nlist_order = {list_order:?}\nstatus_case = {status_case:?}\n\
         first_status = {first_status:?}\nstamps = {stamps:?}\nskew = {skew:?}\n\
         [rewind]\nvisible_ms = {visible}\napplying_ms = {applying}\nbacktracking_ms = {backtracking}\n\
         moves_ms = {moves}\nfrom_delay_ms = {from_delay}\ncompleted_ms = {completed}\ncluster_ms = {cluster}\n\
         writer_ms = {writer}\nreaders_ms = {readers}\nnearest = {nearest:?}\nnearest_s = {nearest_s}\n\
         echo = {echo:?}\nafter_new_writes = {after_new_writes:?}\n\
         [[cluster]]\nwindow_s = {window_s}\nbinlog_format = {binlog:?}\nhistory_s = 1500\n\
         orders_per_second = [1, 1]\n"
    );
    if chance.percent(10) {
        let after_s = chance.within(5..=600);
        let keep_s = chance.within(10..=1_200);
        writeln!(
            text,
            "earliest_jumps = [{{ after_s = {after_s}, keep_s = {keep_s} }}]"
        )
        .unwrap();
    }
    text
}

/// The runbook.
pub fn runbook(chance: &mut Chance) -> String {
    let margin = chance.weighed(&[(3, 0), (1, 120)]);
    let settling = chance.of(&[40, 60, 120]);
    let patience = chance.of(&[60, 300, 900]);
    let mut text = format!(
        "name = \"simulated\"\n[policy]\nmargin = \"{margin}s\"\nsettling = \"{settling}s\"\npatience = \"{patience}s\"\n"
    );
    let mut items = vec!["shop"];
    if chance.percent(40) {
        items.insert(usize::from(chance.percent(50)), "worker");
    }
    for item in items {
        let command = |word: &str| format!("command = [{item:?}, {word:?}]\n");
        write!(
            text,
            "[[pause]]\nname = {item:?}\n[pause.pause]\n{}",
            command("pause")
        )
        .unwrap();
        write!(text, "[pause.paused]\n{}", command("is-paused")).unwrap();
        write!(text, "[pause.resume]\n{}", command("resume")).unwrap();
        write!(text, "[pause.resumed]\n{}", command("is-open")).unwrap();
    }
    text.push_str("[[probe]]\nname = \"orders\"\ncommand = [\"shop\", \"check\"]\n");
    text
}

const ACTIONS: [&str; 9] = [
    "BacktrackDBCluster",
    "DescribeDBClusters",
    "DescribeDBInstances",
    "DescribeDBClusterBacktracks",
    "DescribeDBClusterParameters",
    "DescribeEvents",
    "DescribePendingMaintenanceActions",
    "GetCallerIdentity",
    "*",
];
const SEND: &str = "BacktrackDBCluster";

/// Faults of the lab for the time of one process. Its delays are the wire's: one that the lab itself sleeps through would
/// be bytes on their way that take time.
pub fn faults(chance: &mut Chance) -> Value {
    let count = chance.weighed(&[(4, 0), (4, 1), (2, 2), (1, 4)]);
    let rules = (0..count).map(|_| fault(chance)).collect();
    Value::Array(rules)
}

fn fault(chance: &mut Chance) -> Value {
    let kind = chance.weighed(&[
        (3, "throttle"),
        (3, "error"),
        (3, "reset_before"),
        (5, "reset_after"),
        (3, "malformed"),
        (2, "expired_token"),
        (2, "fail_backtrack"),
        (1, "hang_backtrack"),
        (2, "foreign_backtrack"),
    ]);
    let send = kind.ends_with("_backtrack") && kind != "foreign_backtrack" || chance.percent(45);
    let action = if send { SEND } else { chance.of(&ACTIONS) };
    let nth = if send {
        chance.weighed(&[(5, 1), (1, 2)])
    } else {
        chance.within(1..=20)
    };
    let mut rule = json!({"action": action, "fault": kind});
    match chance.weighed(&[(16, "nth"), (1, "every"), (1, "always")]) {
        "nth" => rule["nth"] = json!(nth),
        "every" => rule["every"] = json!(chance.within(2..=5)),
        _ => rule["every"] = json!(1),
    }
    if kind == "error" {
        let (status, code) = chance.of(&[
            (500, "InternalFailure"),
            (503, "ServiceUnavailable"),
            (400, "InvalidParameterValue"),
            (403, "AccessDenied"),
            (400, "InvalidDBClusterStateFault"),
            (404, "DBClusterNotFoundFault"),
        ]);
        rule["status"] = json!(status);
        rule["code"] = json!(code);
    }
    rule
}

/// Whether a list of faults makes a backtrack that never ends.
pub fn hangs(faults: &Value) -> bool {
    faults
        .as_array()
        .unwrap()
        .iter()
        .any(|rule| rule["fault"] == "hang_backtrack")
}

pub fn wire(chance: &mut Chance) -> Wire {
    Wire {
        slow_percent: chance.weighed(&[(6, 0), (2, 3), (1, 40)]),
        slow_ms: chance.of(&[300, 5_000, 14_000]),
    }
}

pub fn trouble(chance: &mut Chance) -> Trouble {
    Trouble {
        steps: chance.weighed(&[(6, 0), (1, 15), (1, 60)]),
        checks: chance.weighed(&[(6, 0), (1, 20), (1, 95)]),
        stuck: chance.percent(3),
        gloomy: chance.percent(7),
    }
}

/// How far the service's clock is from the lab's, in seconds.
pub fn skew(chance: &mut Chance) -> i64 {
    chance.weighed(&[(12, 0), (1, 1), (1, -2), (1, 4), (1, -45), (1, 600)])
}

/// The lab's time jumps by so much after that time.
pub fn jump(chance: &mut Chance) -> Option<(Duration, Duration)> {
    chance.percent(12).then(|| {
        let after = Duration::from_millis(chance.within(1..=60_000));
        let by = Duration::from_secs(chance.of(&[2, 30, 900, 3_600]));
        (after, by)
    })
}

/// The machine is suspended after so many appends, for so long.
pub fn lid(chance: &mut Chance) -> Option<(u32, Duration)> {
    chance.percent(10).then(|| {
        let after = u32::try_from(chance.within(1..=20)).unwrap();
        (after, Duration::from_secs(chance.of(&[3, 11, 70, 1_800])))
    })
}
