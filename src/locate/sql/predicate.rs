//! How far a WHERE condition reaches: from no row, over one key, to every row.
//!
//! Nothing is known of the data. What cannot be told from the text is taken as the wider of the two.

use super::cursor::Cursor;
use super::operand::{Operand, compare, operand};
use super::token::{Kind, Token};

/// How many rows a condition lets through, as far as its text says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Breadth {
    /// It can never be true.
    Nothing,
    /// It names one row by its key.
    Key,
    /// It names values, or a range with two ends.
    Limited,
    /// It only excludes some rows, or has one end open.
    Wide,
    /// It is always true, or names no column at all.
    Everything,
}

/// Brackets within brackets beyond this are not followed.
const DEEPEST: usize = 100;
/// A range of whole numbers longer than this bounds nothing in practice.
const LONGEST_RANGE: f64 = 100_000.0;

/// One end of an open range.
#[derive(Debug, Clone, Copy)]
struct End<'a> {
    column: &'a [u8],
    lower: bool,
    at: Option<f64>,
}

/// The breadth of the condition in `cursor`, which holds nothing else; `tables` are the statement's.
pub fn breadth(mut cursor: Cursor<'_, '_>, tables: &[&[u8]]) -> Breadth {
    if cursor.done() {
        return Breadth::Everything;
    }
    either(&mut cursor, tables, 0)
}

fn either(cursor: &mut Cursor<'_, '_>, tables: &[&[u8]], depth: usize) -> Breadth {
    let mut widest = both(cursor, tables, depth);
    loop {
        if cursor.take("OR") || take_sign(cursor, "||") {
            widest = widest.max(both(cursor, tables, depth));
        } else if cursor.take("XOR") {
            both(cursor, tables, depth);
            widest = Breadth::Wide;
        } else {
            return widest;
        }
    }
}

fn both(cursor: &mut Cursor<'_, '_>, tables: &[&[u8]], depth: usize) -> Breadth {
    let mut ends: Vec<End<'_>> = Vec::new();
    let mut narrowest = Breadth::Everything;
    loop {
        let (breadth, end) = single(cursor, tables, depth);
        narrowest = narrowest.min(breadth);
        if let Some(end) = end {
            let closed = ends.iter().any(|other| closes(other, &end));
            if closed {
                narrowest = narrowest.min(Breadth::Limited);
            }
            ends.push(end);
        }
        if !(cursor.take("AND") || take_sign(cursor, "&&")) {
            return narrowest;
        }
    }
}

/// Whether two ends of the same column make a range short enough to be one.
fn closes(one: &End<'_>, other: &End<'_>) -> bool {
    one.lower != other.lower
        && one.column.eq_ignore_ascii_case(other.column)
        && match (one.at, other.at) {
            (Some(one), Some(other)) => (one - other).abs() <= LONGEST_RANGE,
            (Some(_) | None, None) | (None, Some(_)) => true,
        }
}

fn single<'a>(cursor: &mut Cursor<'a, '_>, tables: &[&[u8]], depth: usize) -> (Breadth, Option<End<'a>>) {
    if depth > DEEPEST {
        while cursor.step().is_some() {}
        return (Breadth::Wide, None);
    }
    if cursor.take("NOT") || take_sign(cursor, "!") {
        let inner = match single(cursor, tables, depth + 1).0 {
            Breadth::Nothing => Breadth::Everything,
            Breadth::Everything => Breadth::Nothing,
            Breadth::Key | Breadth::Limited | Breadth::Wide => Breadth::Wide,
        };
        return (inner, None);
    }
    let mut ahead = *cursor;
    if let Some(mut inner) = ahead.group()
        && !inner.any(&["SELECT", "WITH", "VALUES", "TABLE"])
        && ends_atom(&ahead)
    {
        *cursor = ahead;
        return (either(&mut inner, tables, depth + 1), None);
    }
    let atom = atom(cursor);
    judge(atom, tables)
}

fn take_sign(cursor: &mut Cursor<'_, '_>, sign: &str) -> bool {
    let found = cursor.sign(sign);
    if found {
        cursor.step();
    }
    found
}

fn ends_atom(cursor: &Cursor<'_, '_>) -> bool {
    cursor.done() || cursor.any(&["AND", "OR", "XOR"]) || cursor.sign("&&") || cursor.sign("||")
}

/// The tokens of one condition without AND, OR, XOR; the AND of BETWEEN and what CASE holds belong to it.
fn atom<'a, 't>(cursor: &mut Cursor<'a, 't>) -> Cursor<'a, 't> {
    let from = *cursor;
    let mut cases = 0_usize;
    let mut between = false;
    loop {
        if cursor.kind(0) == Some(Kind::Open) {
            cursor.group();
            continue;
        }
        if cursor.done() || (cases == 0 && ends_atom(cursor) && !(between && cursor.word(0, "AND"))) {
            break;
        }
        if cursor.word(0, "CASE") {
            cases += 1;
        } else if cursor.word(0, "END") {
            cases = cases.saturating_sub(1);
        } else if cases == 0 {
            between = (between || cursor.word(0, "BETWEEN")) && !cursor.word(0, "AND");
        }
        cursor.step();
    }
    let length = cursor.place() - from.place();
    let remainder = from.remainder();
    remainder.between(0, length)
}

/// The comparison of an atom: where it stands and how many tokens it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Equal,
    Unequal,
    Less,
    More,
    In,
    Between,
    Like,
    Null,
    Truth,
    Match,
}

/// The left side, NOT, the comparison and the right side of an atom.
fn split<'a, 't>(atom: Cursor<'a, 't>) -> Option<(Cursor<'a, 't>, bool, Comparison, Cursor<'a, 't>)> {
    let whole = atom;
    let mut cursor = atom;
    let mut negated = false;
    let mut left_end = 0;
    while let Some(token) = cursor.peek() {
        if token.kind == Kind::Open {
            cursor.group();
            left_end = cursor.place();
            continue;
        }
        if cursor.take("NOT") {
            negated = true;
            continue;
        }
        let found = if token.kind == Kind::Sign {
            by_sign(token, atom.sql)
        } else {
            by_word(&cursor)
        };
        cursor.step();
        let Some(found) = found else {
            left_end = cursor.place();
            continue;
        };
        if cursor.place() > 0 && whole.between(0, left_end).done() {
            // A name that is spelled like an operator, at the start.
            left_end = cursor.place();
            continue;
        }
        if found == Comparison::Null {
            negated |= cursor.take("NOT");
            let truth = cursor.any(&["TRUE", "FALSE", "UNKNOWN"]);
            let kind = if truth {
                Comparison::Truth
            } else {
                Comparison::Null
            };
            return Some((whole.between(0, left_end), negated, kind, cursor.remainder()));
        }
        return Some((whole.between(0, left_end), negated, found, cursor.remainder()));
    }
    None
}

fn by_sign(token: Token, sql: &[u8]) -> Option<Comparison> {
    match token.text(sql) {
        b"=" | b"<=>" => Some(Comparison::Equal),
        b"<>" | b"!=" => Some(Comparison::Unequal),
        b"<" | b"<=" => Some(Comparison::Less),
        b">" | b">=" => Some(Comparison::More),
        _ => None,
    }
}

fn by_word(cursor: &Cursor<'_, '_>) -> Option<Comparison> {
    let words = [
        ("IN", Comparison::In),
        ("BETWEEN", Comparison::Between),
        ("LIKE", Comparison::Like),
        ("REGEXP", Comparison::Like),
        ("RLIKE", Comparison::Like),
        ("IS", Comparison::Null),
        ("AGAINST", Comparison::Match),
    ];
    words
        .into_iter()
        .find(|(word, _)| cursor.word(0, word))
        .map(|(_, found)| found)
}

fn judge<'a>(atom: Cursor<'a, '_>, tables: &[&[u8]]) -> (Breadth, Option<End<'a>>) {
    let Some((left, negated, comparison, right)) = split(atom) else {
        return (alone(&operand(atom)), None);
    };
    let (left, right_operand) = (operand(left), operand(right));
    let breadth = match comparison {
        Comparison::Equal | Comparison::Unequal | Comparison::Less | Comparison::More => {
            return sided(&left, comparison, &right_operand, right, tables);
        }
        Comparison::In => listed(&left, right, tables),
        Comparison::Between => ranged(&left, right),
        Comparison::Like => like(&left, &right_operand),
        // Live rows are often the ones where something is NULL, or is not.
        Comparison::Null | Comparison::Truth if left.is_constant() => Breadth::Everything,
        Comparison::Null | Comparison::Truth => return (Breadth::Wide, None),
        Comparison::Match => Breadth::Limited,
    };
    let breadth = match breadth {
        Breadth::Key | Breadth::Limited if negated => Breadth::Wide,
        Breadth::Nothing if negated => Breadth::Everything,
        Breadth::Nothing | Breadth::Key | Breadth::Limited | Breadth::Wide | Breadth::Everything => breadth,
    };
    (breadth, None)
}

fn alone(operand: &Operand<'_>) -> Breadth {
    match operand {
        Operand::Constant(constant) if constant.is_true() => Breadth::Everything,
        Operand::Constant(_) => Breadth::Nothing,
        Operand::Column { .. } | Operand::Rows | Operand::Mixed => Breadth::Wide,
        Operand::Given => Breadth::Everything,
    }
}

fn sided<'a>(
    left: &Operand<'a>,
    comparison: Comparison,
    right: &Operand<'a>,
    right_tokens: Cursor<'a, '_>,
    tables: &[&[u8]],
) -> (Breadth, Option<End<'a>>) {
    let whole = |truth: bool| {
        if truth {
            Breadth::Everything
        } else {
            Breadth::Nothing
        }
    };
    match (left, right) {
        (Operand::Constant(left), Operand::Constant(right)) => {
            let order = compare(left, right);
            let truth = order.is_some_and(|order| match comparison {
                Comparison::Equal => order.is_eq(),
                Comparison::Unequal => order.is_ne(),
                // `<=` and `>=` hold for equal sides too; the wider reading is the safe one.
                Comparison::Less => order.is_le(),
                Comparison::More => order.is_ge(),
                Comparison::In
                | Comparison::Between
                | Comparison::Like
                | Comparison::Null
                | Comparison::Truth
                | Comparison::Match => true,
            });
            (whole(truth), None)
        }
        (Operand::Constant(_) | Operand::Given, Operand::Constant(_) | Operand::Given) => {
            (Breadth::Everything, None)
        }
        (Operand::Column { path: one, .. }, Operand::Column { path: other, .. })
            if one.eq_ignore_ascii_case(other) =>
        {
            (
                if comparison == Comparison::Unequal {
                    Breadth::Nothing
                } else {
                    Breadth::Everything
                },
                None,
            )
        }
        (Operand::Column { name, .. }, value @ (Operand::Constant(_) | Operand::Given | Operand::Rows)) => {
            column_against(name, comparison, value, tables)
        }
        (value @ (Operand::Constant(_) | Operand::Given | Operand::Rows), Operand::Column { name, .. }) => {
            let turned = if comparison == Comparison::Less {
                Comparison::More
            } else if comparison == Comparison::More {
                Comparison::Less
            } else {
                comparison
            };
            column_against(name, turned, value, tables)
        }
        (Operand::Mixed, Operand::Constant(_) | Operand::Given)
        | (Operand::Constant(_) | Operand::Given, Operand::Mixed)
            if comparison == Comparison::Equal =>
        {
            // `(a, b) = (1, 2)`, `LOWER(name) = 'x'`; but `id * 0 = 0` names a column and excludes none.
            let multiplied = right_tokens.left().len() == 1
                && matches!(right, Operand::Constant(constant) if constant.number() == Some(0.0));
            (
                if multiplied {
                    Breadth::Wide
                } else {
                    Breadth::Limited
                },
                None,
            )
        }
        _ => (Breadth::Wide, None),
    }
}

fn column_against<'a>(
    name: &'a [u8],
    comparison: Comparison,
    value: &Operand<'a>,
    tables: &[&[u8]],
) -> (Breadth, Option<End<'a>>) {
    match comparison {
        Comparison::Equal if matches!(value, Operand::Rows) => (Breadth::Limited, None),
        Comparison::Equal if is_key(name, tables) => (Breadth::Key, None),
        Comparison::Equal => (Breadth::Limited, None),
        Comparison::Less | Comparison::More => {
            let at = if let Operand::Constant(constant) = value {
                constant.number()
            } else {
                None
            };
            (
                Breadth::Wide,
                Some(End {
                    column: name,
                    lower: comparison == Comparison::More,
                    at,
                }),
            )
        }
        Comparison::Unequal
        | Comparison::In
        | Comparison::Between
        | Comparison::Like
        | Comparison::Null
        | Comparison::Truth
        | Comparison::Match => (Breadth::Wide, None),
    }
}

fn listed(left: &Operand<'_>, mut right: Cursor<'_, '_>, tables: &[&[u8]]) -> Breadth {
    let Some(list) = right.group() else {
        return Breadth::Wide;
    };
    if list.any(&["SELECT", "WITH", "VALUES", "TABLE"]) {
        return Breadth::Wide;
    }
    // A list that holds the column itself, as in `id IN (id)`, excludes nothing.
    if list.left().iter().any(|token| matches!(token.kind, Kind::Name)) {
        return Breadth::Wide;
    }
    match left {
        Operand::Constant(_) | Operand::Given => Breadth::Everything,
        Operand::Column { name, .. } if list.left().len() == 1 && is_key(name, tables) => Breadth::Key,
        Operand::Column { name, .. } => {
            let itself = |token: &Token| token.text(list.sql).eq_ignore_ascii_case(name);
            if list.left().iter().any(itself) {
                Breadth::Wide
            } else {
                Breadth::Limited
            }
        }
        Operand::Mixed | Operand::Rows => Breadth::Limited,
    }
}

fn ranged(left: &Operand<'_>, right: Cursor<'_, '_>) -> Breadth {
    let from = right;
    let mut cursor = right;
    if !cursor.seek(&["AND"]) {
        return Breadth::Wide;
    }
    let low = operand(from.between(0, cursor.place()));
    cursor.step();
    let high = operand(cursor.remainder());
    if left.is_constant() {
        return Breadth::Everything;
    }
    match (low, high) {
        (Operand::Constant(low), Operand::Constant(high)) => match (low.number(), high.number()) {
            (Some(low), Some(high)) if high - low > LONGEST_RANGE => Breadth::Wide,
            (Some(_) | None, Some(_) | None) => Breadth::Limited,
        },
        (Operand::Constant(_) | Operand::Given, Operand::Constant(_) | Operand::Given) => Breadth::Limited,
        _ => Breadth::Wide,
    }
}

fn like(left: &Operand<'_>, right: &Operand<'_>) -> Breadth {
    if left.is_constant() {
        return Breadth::Everything;
    }
    let Operand::Constant(constant) = right else {
        return Breadth::Wide;
    };
    match constant.text() {
        Some(pattern) if pattern.iter().all(|byte| *byte == b'%') => Breadth::Everything,
        Some([b'%' | b'_' | b'.', ..]) | None => Breadth::Wide,
        Some(_) => Breadth::Limited,
    }
}

/// Whether a column of this name is, by custom, the key of one of these tables.
///
/// `id`, `uuid` and their like; `order_id` in `orders`; never proof, which is why ranking says so.
pub fn is_key(column: &[u8], tables: &[&[u8]]) -> bool {
    let column = column.to_ascii_lowercase();
    if matches!(column.as_slice(), b"id" | b"uuid" | b"guid" | b"pk" | b"ulid") {
        return true;
    }
    let stem = [b"_id".as_slice(), b"_uuid", b"id"]
        .iter()
        .find_map(|end| column.strip_suffix(*end));
    let Some(stem) = stem.filter(|stem| stem.len() >= 3) else {
        return false;
    };
    tables.iter().any(|table| {
        let table = table.to_ascii_lowercase();
        let singular = stem.strip_suffix(b"y").unwrap_or(stem);
        table
            .strip_prefix(singular)
            .is_some_and(|rest| matches!(rest, b"" | b"s" | b"es" | b"y" | b"ies"))
    })
}
