//! Where to rewind to, and what each choice would sacrifice.

use super::moment::whole;
use crate::locate::{Found, Lost};
use crate::ui::{Line, Paint};

/// Tables and accounts named of what would be lost.
const NAMED: usize = 5;

/// The target before the earliest bad statement, and those before others.
pub(super) fn suggestion(found: &Found, command: &str) -> Vec<Line> {
    let suggestion = &found.suggestion;
    let Some(target) = suggestion.target_s.and_then(whole) else {
        return vec![Line::at(0).text(&format!("no target: {}", suggestion.reason))];
    };
    let mut lines = vec![
        Line::at(0).text(&format!(
            "target, {}{}:",
            suggestion.reason,
            numbers(found, &suggestion.undoes)
        )),
        Line::paste(2, Paint::Strong, &format!("{command} --to {target}")),
        Line::at(2).text(&lost(suggestion.lost.as_ref())),
    ];
    let others = found
        .alternatives
        .iter()
        .filter(|other| other.target_s != suggestion.target_s);
    for other in others {
        if let Some(target) = other.target_s.and_then(whole) {
            let stays: Vec<(String, u64)> = suggestion
                .undoes
                .iter()
                .filter(|place| !other.undoes.contains(place))
                .cloned()
                .collect();
            let leaves = if stays.is_empty() {
                String::new()
            } else {
                format!(" and leaves{}", numbers(found, &stays))
            };
            lines.push(Line::at(2).hang(4).text(&format!(
                "or --to {target}, which undoes{}{leaves}: {}",
                numbers(found, &other.undoes),
                lost(other.lost.as_ref())
            )));
        }
    }
    lines
}

/// ` (1, 4)`: the ranks of candidates.
fn numbers(found: &Found, places: &[(String, u64)]) -> String {
    let rank = |(file, line): &(String, u64)| {
        let mut all = found.candidates.iter();
        all.position(|candidate| candidate.file == *file && candidate.line == *line)
    };
    let ranks: Vec<String> = places
        .iter()
        .filter_map(rank)
        .map(|at| (at + 1).to_string())
        .collect();
    if ranks.is_empty() {
        return String::new();
    }
    format!(" ({})", ranks.join(", "))
}

fn lost(lost: Option<&Lost>) -> String {
    let Some(lost) = lost else {
        return "good work after it: unknown, no log shows every statement".to_owned();
    };
    let named = |counts: &[(String, u64)]| {
        let named = counts.iter().take(NAMED);
        let mut named: Vec<String> = named.map(|(name, count)| format!("{name} {count}")).collect();
        if counts.len() > NAMED {
            named.push(format!("and {} more", counts.len() - NAMED));
        }
        named.join(", ")
    };
    if lost.statements == 0 {
        return "good work after it: no statement that wrote".to_owned();
    }
    format!(
        "good work after it: {} {} that wrote (tables: {}; accounts: {})",
        lost.statements,
        if lost.statements == 1 {
            "statement"
        } else {
            "statements"
        },
        named(&lost.by_table),
        named(&lost.by_user)
    )
}
