//! Where to, what can be reached, and what a hop costs.

use super::super::drawing::Drawing;
use super::super::layout::WIDEST;
use super::super::line::{Line, Paint};
use super::super::moment::{beside, full, seconds};
use crate::domain::receipt::Receipt;
use crate::domain::target::{Direction, Window};
use crate::domain::time_text::Echo;

/// The window as a drawing and in words, and the target four ways.
pub(super) fn window(
    drawing: &Drawing,
    of_search: bool,
    echo_of_target: &Echo,
    width: usize,
    marks: bool,
) -> Vec<Line> {
    let mut lines = vec![Line::blank()];
    lines.extend(drawing.lines(width.min(WIDEST), marks));
    let span_s = (drawing.present - drawing.target).num_seconds().abs();
    lines.push(cost(
        of_search,
        drawing.direction,
        span_s,
        drawing.target,
        drawing.present,
    ));
    lines.extend(echo(echo_of_target));
    lines.push(reach(drawing.window));
    lines
}

/// What can be reached.
pub(super) fn reach(window: Window) -> Line {
    let reach = format!(
        "{} to {}",
        full(window.earliest),
        beside(window.earliest, window.latest)
    );
    Line::fact("reachable", Paint::Plain, &reach)
}

/// The target four ways, to be compared with what was meant.
pub(in crate::ui) fn echo(echo: &Echo) -> Vec<Line> {
    vec![
        Line::fact("target", Paint::Strong, &echo.utc),
        Line::fact("", Paint::Plain, &echo.local),
        Line::fact("", Paint::Plain, &echo.age),
        Line::fact("", Paint::Plain, &echo.from_earliest),
    ]
}

/// The receipt of a hop.
pub(super) fn receipt(receipt: &Receipt) -> Vec<Line> {
    let title = match receipt.target.direction() {
        Direction::Rewind => "What this rewind costs",
        Direction::Forward => "What this way forward does",
    };
    let mut lines = vec![Line::blank(), Line::at(0).paint(Paint::Strong, title)];
    let target = Line::fact("target", Paint::Strong, &full(receipt.target.instant()));
    lines.extend(receipt_facts(receipt, vec![target]));
    lines
}

/// Cluster, loss and deadline: what every question about a hop begins with.
pub(in crate::ui) fn receipt_facts(receipt: &Receipt, shown: Vec<Line>) -> Vec<Line> {
    let identity = &receipt.identity;
    let target = receipt.target.instant();
    let whole = format!("{} ({}, {})", identity.cluster, identity.account, identity.region);
    let until = format!(
        "until {}{}; then the target is out of reach",
        full(receipt.possible_until),
        receipt.target.window().caveat()
    );
    let mut facts = vec![Line::fact("cluster", Paint::Strong, &whole)];
    facts.extend(shown);
    facts.extend([
        cost(
            receipt.search.is_some(),
            receipt.target.direction(),
            receipt.span_s,
            target,
            receipt.present,
        ),
        Line::fact("possible", Paint::Plain, &until),
    ]);
    facts
}

/// What the hop costs; of a search, whose own cost is told beside it, this is the next hop alone.
fn cost(
    of_search: bool,
    direction: Direction,
    span_s: i64,
    target: chrono::DateTime<chrono::Utc>,
    present: chrono::DateTime<chrono::Utc>,
) -> Line {
    let (label, paint, from, to) = match direction {
        Direction::Rewind => ("discards", Paint::Bad, target, present),
        Direction::Forward => ("brings back", Paint::Good, present, target),
    };
    if of_search {
        let way = match direction {
            Direction::Rewind => "back",
            Direction::Forward => "forward",
        };
        let text = format!("{} {way}, to {}", seconds(span_s), full(target));
        return Line::fact("next hop", Paint::Plain, &text);
    }
    let minutes = span_s.div_euclid(60) + i64::from(span_s.rem_euclid(60) > 0);
    let unit = if minutes == 1 { "minute" } else { "minutes" };
    Line::fact(label, paint, &seconds(span_s)).text(&format!(
        " ({minutes} {unit}): everything from {} to {}",
        full(from),
        beside(from, to)
    ))
}
