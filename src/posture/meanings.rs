//! What each figure is taken from and how far it goes, in a sentence beside it.

use super::words::{counted, length, money};
use crate::domain::posture::fleet::Kpi;

/// What the cost is the sum of.
pub fn cost(kpi: &Kpi) -> String {
    let silent = counted(kpi.cost_unknown, "cluster");
    match (kpi.cost, kpi.cost_unknown) {
        (None, 0) => format!("no cluster{} has a window", read(kpi)),
        (None, _) => format!("of {silent} with a window none tells its change records"),
        (Some(_), _) => {
            let wider = kpi.cost_at_72h.map_or_else(String::new, |cost| {
                format!(
                    "; about {} at 72 h, if records grow with the window{}",
                    money(Some(cost)),
                    narrowed(kpi)
                )
            });
            let verb = if kpi.cost_unknown == 1 { "does" } else { "do" };
            format!("a month for stored change records ({silent} {verb} not tell){wider}")
        }
    }
}

/// Of which part of the cost the estimate for 72 h is, where it is not of all.
fn narrowed(kpi: &Kpi) -> String {
    if kpi.cost_at_72h_unknown == 0 {
        return String::new();
    }
    let verb = if kpi.cost_at_72h_unknown == 1 {
        "tells"
    } else {
        "tell"
    };
    format!(
        ", where {} are paid today ({} {verb} no reach to grow from: not in these two)",
        money(kpi.cost_of_those),
        counted(kpi.cost_at_72h_unknown, "cluster")
    )
}

/// What was not read is not said to have nothing.
fn read(kpi: &Kpi) -> &'static str {
    if kpi.regions_unread > 0 {
        " that was read"
    } else {
        ""
    }
}

/// What is watched, and of how many.
pub fn watched(kpi: &Kpi) -> String {
    match kpi.watched.whole {
        0 => format!("no alarms could be read, or no cluster{} has a window", read(kpi)),
        whole => format!(
            "{} of {whole} have an alarm on the window that tells somebody",
            kpi.watched.part
        ),
    }
}

/// What the time to recover is the median of.
pub fn recovery(kpi: &Kpi) -> String {
    let drills = match kpi.drills {
        0 => "no drill is recorded".to_owned(),
        drills => format!(
            "{} at the median of {}",
            length(kpi.drill_recover_s),
            counted(drills, "drill")
        ),
    };
    if kpi.journals_unlisted.is_some() {
        return UNLISTED.to_owned();
    }
    let recorded = counted(kpi.incidents, "recorded incident");
    match (kpi.incidents, kpi.recovered) {
        (0, _) => format!("{}; {drills}", no_incident(kpi)),
        (_, 0) => format!("of {recorded} none ended with a rewind and tells its length; {drills}"),
        (incidents, recovered) if incidents == recovered => {
            format!("without the application, at the median of {recorded}; {drills}")
        }
        (_, recovered) => format!(
            "without the application, at the median of the {recovered} of {recorded} that ended with a rewind and tell their \
             length; {drills}"
        ),
    }
}

const UNLISTED: &str = "the journals could not be listed";

/// A journal that could not be read may tell of one.
fn no_incident(kpi: &Kpi) -> &'static str {
    if kpi.journals_unreadable.is_empty() {
        "no incident is recorded"
    } else {
        "no incident is recorded in the journals that could be read"
    }
}

/// What the impact is the sum of.
pub fn impact(kpi: &Kpi) -> String {
    let left_out = match kpi.impact_unknown {
        0 => String::new(),
        some => format!("; {some} are not in the sum: their length is not known"),
    };
    match (kpi.incidents, kpi.impact) {
        _ if kpi.journals_unlisted.is_some() => UNLISTED.to_owned(),
        (0, _) => no_incident(kpi).to_owned(),
        (_, None) => "the policy gives no cost of a minute, or no incident tells its length".to_owned(),
        (incidents, Some(_)) => {
            let incidents = counted(incidents, "recorded incident");
            format!("for {incidents}, at the policy's cost of a minute{left_out}")
        }
    }
}

/// What the needed window is taken from.
pub fn needed(kpi: &Kpi) -> String {
    if kpi.journals_unlisted.is_some() {
        return UNLISTED.to_owned();
    }
    kpi.below_needed.map_or_else(
        || "no recorded incident tells how late damage is seen".to_owned(),
        |below| {
            let verb = if below == 1 { "reaches" } else { "reach" };
            let unknown = match kpi.below_needed_unknown.unwrap_or_default() {
                0 => String::new(),
                unknown => format!("; of {unknown} that is not known"),
            };
            format!(
                "of window would have reached every target of the recorded incidents; {} {verb} less, or nothing{unknown}",
                counted(below, "cluster")
            )
        },
    )
}
