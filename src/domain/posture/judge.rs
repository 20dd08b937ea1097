//! From facts to a verdict.

use super::regions::{LISTED_ON, without_backtrack};
use super::setup::{Fact, Setup, Window};
use super::verdict::Verdict;
use super::warning::Warning;

/// The greatest window: 72 h.
const GREATEST_S: i64 = 259_200;
const HOUR_S: i64 = 3600;

const DISABLED: &str = "it could have Backtrack, and no window is given; modifying it later is refused by AWS, so it must be created \
                        or restored from a snapshot with one";

/// Something that rules Backtrack out.
struct Obstacle {
    what: String,
    /// No cluster of its kind can have Backtrack, as it stands and in its place; what else is in the way can be set otherwise.
    of_its_kind: bool,
}

/// The verdict, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// The answer.
    pub verdict: Verdict,
    /// The window asked for, in seconds; none where none is given or it is not known.
    pub window_s: Option<i64>,
    /// What is to be known beside it, in order and once each.
    pub warnings: Vec<Warning>,
    /// Why, as a sentence without its full stop.
    pub reason: String,
}

/// Judges what is known of one cluster.
///
/// What AWS refuses by itself comes first; then what no cluster of this kind can have; then what could not be read.
pub fn judge(setup: &Setup) -> Judgement {
    let (verdict, reason) = verdict(setup);
    let window_s = match setup.window.known() {
        Some(Window::Seconds(seconds)) => Some(*seconds),
        Some(Window::Text(_)) | None => None,
    };
    let asked = window_s.is_some_and(|seconds| seconds > 0);
    let mut warnings = Vec::new();
    if asked && setup.binlog == Fact::Known(true) {
        warnings.push(Warning::BinlogEnabled);
    }
    if window_s.is_some_and(|seconds| (1..HOUR_S).contains(&seconds)) {
        warnings.push(Warning::WindowBelowHour);
    }
    warnings.sort();
    Judgement {
        verdict,
        window_s,
        warnings,
        reason,
    }
}

fn verdict(setup: &Setup) -> (Verdict, String) {
    if let Some(refused) = refused(&setup.window) {
        return (Verdict::Invalid, refused);
    }
    let obstacles = obstacles(setup);
    let doubts = doubts(setup);
    let asks = match &setup.window {
        Fact::Known(Window::Seconds(seconds)) => Ok(*seconds > 0),
        Fact::Known(Window::Text(_)) | Fact::Absent => Ok(false),
        Fact::Unknown(why) => Err(why),
    };
    let of_its_kind = obstacles.iter().any(|obstacle| obstacle.of_its_kind);
    match asks {
        Ok(true) if !obstacles.is_empty() => (
            Verdict::Blocked,
            format!("a window is given, and it cannot be used: {}", join(&obstacles)),
        ),
        Ok(false) if of_its_kind => (Verdict::NotApplicable, join(&obstacles)),
        Err(why) => (Verdict::Unknown, format!("the window is not known: {why}")),
        Ok(_) if !doubts.is_empty() => (Verdict::Unknown, doubts.join("; ")),
        Ok(true) => (
            Verdict::Ok,
            "a window is given, and nothing that was read prevents a rewind".to_owned(),
        ),
        Ok(false) if obstacles.is_empty() => (Verdict::Disabled, DISABLED.to_owned()),
        Ok(false) => (Verdict::Disabled, format!("{DISABLED}; {}", join(&obstacles))),
    }
}

fn join(obstacles: &[Obstacle]) -> String {
    let whats: Vec<&str> = obstacles.iter().map(|obstacle| obstacle.what.as_str()).collect();
    whats.join("; ")
}

/// What AWS says of the value alone.
fn refused(window: &Fact<Window>) -> Option<String> {
    match window {
        Fact::Known(Window::Text(text)) => Some(format!(
            "expected whole seconds from 0 to {GREATEST_S}, got `{text}`"
        )),
        Fact::Known(Window::Seconds(seconds)) if !(0..=GREATEST_S).contains(seconds) => {
            Some(format!("expected 0 to {GREATEST_S} s (72 h), got {seconds}"))
        }
        Fact::Known(Window::Seconds(_)) | Fact::Absent | Fact::Unknown(_) => None,
    }
}

/// What rules Backtrack out, whatever the window says.
fn obstacles(setup: &Setup) -> Vec<Obstacle> {
    let mut found = Vec::new();
    let mut note = |of_its_kind, what: String| found.push(Obstacle { what, of_its_kind });
    match setup.engine.known().map(|engine| engine.to_ascii_lowercase()) {
        Some(engine) if !matches!(engine.as_str(), "aurora-mysql" | "aurora") => {
            // What else is wrong with it does not matter.
            note(
                true,
                format!("only Aurora MySQL has Backtrack, and this is {engine}"),
            );
            return found;
        }
        _ => {}
    }
    if let Some(mode) = setup.engine_mode.known()
        && !mode.is_empty()
        && !mode.eq_ignore_ascii_case("provisioned")
    {
        note(true, format!("engine mode {mode} has no Backtrack"));
    }
    if setup.global_member == Fact::Known(true) {
        note(true, "a member of a global database has no Backtrack".to_owned());
    }
    if setup.replication == Fact::Known(true) {
        note(
            true,
            "a cluster that replicates from another one, or to one, has no Backtrack".to_owned(),
        );
    }
    if setup.enhanced_binlog == Fact::Known(true) {
        note(
            false,
            "enhanced binlog and Backtrack exclude each other".to_owned(),
        );
    }
    if setup.proven {
        return found;
    }
    if let Some(region) = &setup.region
        && without_backtrack(region)
    {
        note(
            true,
            format!(
                "Region {region} is listed as without Backtrack (list of {LISTED_ON}; where it has it by now, \
                 --backtrack-regions {region} says so)"
            ),
        );
    }
    if let Some(version) = setup.engine_version.known()
        && before_support(version)
    {
        note(
            false,
            format!("engine version {version} is one that AWS refuses Backtrack for"),
        );
    }
    found
}

/// Aurora MySQL 3 before its support of Backtrack: 3.02.0 was refused in 2022, later ones were not seen to be.
pub(super) fn before_support(version: &str) -> bool {
    let Some((_, aurora)) = version.split_once("mysql_aurora.3.") else {
        return false;
    };
    let mut parts = aurora.split('.').map(|part| part.parse::<u32>().ok());
    match (parts.next().flatten(), parts.next().flatten()) {
        (Some(minor), patch) => minor < 2 || (minor == 2 && patch == Some(0)),
        (None, _) => false,
    }
}

/// What decides and could not be read.
fn doubts(setup: &Setup) -> Vec<String> {
    let mut found = Vec::new();
    let mut doubt = |what: &str, why: Option<&String>| {
        if let Some(why) = why {
            found.push(format!("the {what} is not known: {why}"));
        }
    };
    match &setup.engine {
        Fact::Absent => doubt("engine", Some(&"it is not given".to_owned())),
        Fact::Known(_) | Fact::Unknown(_) => doubt("engine", unknown(&setup.engine)),
    }
    doubt("engine mode", unknown(&setup.engine_mode));
    doubt("membership of a global database", unknown(&setup.global_member));
    doubt(
        "replication from or to another cluster",
        unknown(&setup.replication),
    );
    found
}

fn unknown<T>(fact: &Fact<T>) -> Option<&String> {
    match fact {
        Fact::Unknown(why) => Some(why),
        Fact::Known(_) | Fact::Absent => None,
    }
}
