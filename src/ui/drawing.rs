//! The window as a bar: what can be reached, where the target lies, and what lies between it and the present.
//!
//! A drawing to see the order of things at a glance; lengths too small to be seen take one column all the same.

use chrono::{DateTime, Utc};

use super::line::{Line, Paint};
use crate::domain::target::{Direction, Window};

/// What is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Drawing {
    /// What can be reached.
    pub window: Window,
    /// Where to; may lie outside of the window.
    pub target: DateTime<Utc>,
    /// What the cluster shows.
    pub present: DateTime<Utc>,
    /// Rewind or forward.
    pub direction: Direction,
}

/// A labelled point of the bar.
struct Point {
    at: DateTime<Utc>,
    word: &'static str,
    column: usize,
}

/// Columns before the bar.
const INDENT: usize = 2;
/// `11-20 02:31:08Z` and a gap.
const LABEL: usize = 15;

impl Drawing {
    /// One row for the bar and two for its labels, in so many columns; nothing where they do not fit.
    pub fn lines(&self, width: usize, marks: bool) -> Vec<Line> {
        let Some(last) = width.checked_sub(INDENT + 1) else {
            return Vec::new();
        };
        let points = self.points(last);
        let Some(starts) = starts(&points, last + 1) else {
            return Vec::new();
        };
        let words: Vec<String> = points.iter().map(|point| point.word.to_owned()).collect();
        let times: Vec<String> = points
            .iter()
            .map(|point| point.at.format("%m-%d %H:%M:%SZ").to_string())
            .collect();
        vec![
            self.bar(&points, last, marks),
            labels(&points, &starts, &words, Paint::Strong),
            labels(&points, &starts, &times, Paint::Dim),
        ]
    }

    /// Earliest, target, present and latest in the order of time, each in a column of its own.
    fn points(&self, last: usize) -> Vec<Point> {
        let point = |at, word| Point { at, word, column: 0 };
        let mut points = vec![
            point(self.window.earliest, "earliest"),
            point(self.target, "target"),
        ];
        let near = (self.window.latest - self.present).num_seconds().abs() <= NEAR_S;
        match (self.direction, near) {
            (Direction::Rewind, true) => points.push(point(self.present, "now")),
            (Direction::Rewind | Direction::Forward, _) => {
                points.push(point(self.present, "data now"));
                if (self.window.latest - self.target).num_seconds().abs() > NEAR_S {
                    points.push(point(self.window.latest, "latest"));
                }
            }
        }
        points.sort_by_key(|point| point.at);
        place(&mut points, last);
        points
    }

    fn bar(&self, points: &[Point], last: usize, marks: bool) -> Line {
        let column_of = |at| {
            points
                .iter()
                .find(|point| point.at == at)
                .map_or(0, |point| point.column)
        };
        let (target, present) = (column_of(self.target), column_of(self.present));
        let (from, to) = (target.min(present), target.max(present));
        let reach = points
            .iter()
            .filter(|point| {
                point.at >= self.window.earliest && point.at <= self.window.latest.max(self.present)
            })
            .map(|point| point.column);
        let (first_reached, last_reached) = (reach.clone().min().unwrap_or(0), reach.max().unwrap_or(last));
        let signs = Signs::of(marks, self.direction);
        (0..=last).fold(Line::drawing(INDENT), |line, column| {
            let sign = if column == target {
                (Paint::Strong, signs.target)
            } else if points.iter().any(|point| point.column == column) {
                (Paint::Plain, signs.point)
            } else if column > from && column < to {
                (signs.paint, signs.between)
            } else if column < first_reached || column > last_reached {
                (Paint::Dim, signs.beyond)
            } else {
                (Paint::Plain, signs.reach)
            };
            line.paint(sign.0, sign.1)
        })
    }
}

/// Instants closer than this are one point: reading both took a moment.
const NEAR_S: i64 = 30;

/// The characters of the bar.
struct Signs {
    point: &'static str,
    target: &'static str,
    reach: &'static str,
    beyond: &'static str,
    between: &'static str,
    paint: Paint,
}

impl Signs {
    fn of(marks: bool, direction: Direction) -> Self {
        let (between, ascii, paint) = match direction {
            Direction::Rewind => ("░", "x", Paint::Bad),
            Direction::Forward => ("▶", ">", Paint::Good),
        };
        if marks {
            Self {
                point: "┃",
                target: "◆",
                reach: "━",
                beyond: "·",
                between,
                paint,
            }
        } else {
            Self {
                point: "|",
                target: "O",
                reach: "-",
                beyond: ".",
                between: ascii,
                paint,
            }
        }
    }
}

/// Columns in proportion to time, then pushed apart so that something can be drawn between any two.
fn place(points: &mut [Point], last: usize) {
    let (Some(first_at), Some(last_at)) = (
        points.first().map(|point| point.at),
        points.last().map(|point| point.at),
    ) else {
        return;
    };
    let whole = (last_at - first_at).num_seconds().max(1);
    let columns = i64::try_from(last).unwrap_or(i64::MAX);
    for point in points.iter_mut() {
        let part = (point.at - first_at).num_seconds().saturating_mul(columns) / whole;
        point.column = usize::try_from(part).unwrap_or(0).min(last);
    }
    let mut free = 0;
    for point in points.iter_mut() {
        point.column = point.column.max(free);
        free = point.column + GAP;
    }
    let mut limit = last;
    for point in points.iter_mut().rev() {
        point.column = point.column.min(limit);
        limit = point.column.saturating_sub(GAP);
    }
}

/// Least distance of two points, in columns.
const GAP: usize = 9;

/// Where each label begins: below its point as far as its neighbours leave room. None where they do not fit.
fn starts(points: &[Point], width: usize) -> Option<Vec<usize>> {
    if points.len() * (LABEL + 1) > width {
        return None;
    }
    let mut starts: Vec<usize> = points
        .iter()
        .map(|point| point.column.saturating_sub(LABEL / 2))
        .collect();
    let mut most = width - LABEL;
    for start in starts.iter_mut().rev() {
        *start = (*start).min(most);
        most = start.saturating_sub(LABEL + 1);
    }
    let mut free = 0;
    for start in &mut starts {
        *start = (*start).max(free);
        free = *start + LABEL + 1;
    }
    Some(starts)
}

/// A row of labels, each as near below its point as its place allows.
fn labels(points: &[Point], starts: &[usize], texts: &[String], paint: Paint) -> Line {
    let mut row = String::new();
    for ((point, start), text) in points.iter().zip(starts).zip(texts) {
        let slack = LABEL.saturating_sub(text.len());
        let begin = start + point.column.saturating_sub(start + text.len() / 2).min(slack);
        row.push_str(&" ".repeat(begin.saturating_sub(row.len())));
        row.push_str(text);
    }
    Line::drawing(INDENT).paint(paint, &row)
}

#[cfg(test)]
mod tests;
