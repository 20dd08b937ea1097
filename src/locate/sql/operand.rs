//! One side of a comparison: a constant, a column, something given at run time, or more than that.

use super::cursor::Cursor;
use super::token::{Kind, Token};
use std::cmp::Ordering;

/// What one side of a comparison is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Operand<'a> {
    /// A literal.
    Constant(Constant<'a>),
    /// A column: its last part, and all that was written.
    Column {
        /// The column without its table.
        name: &'a [u8],
        /// The column as written.
        path: &'a [u8],
    },
    /// No column and no subquery: a placeholder, a variable, a function of constants.
    Given,
    /// A subquery.
    Rows,
    /// A column among other things.
    Mixed,
}

/// A literal's value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Constant<'a> {
    /// A number, or TRUE and FALSE.
    Number(f64),
    /// A string without its quotes, escapes as written.
    Text(&'a [u8]),
    /// NULL.
    Null,
}

impl Operand<'_> {
    /// Whether it names no column and no table.
    pub fn is_constant(&self) -> bool {
        matches!(self, Operand::Constant(_) | Operand::Given)
    }
}

impl<'a> Constant<'a> {
    /// Whether MySQL takes it for true.
    pub fn is_true(&self) -> bool {
        match self {
            Constant::Number(number) => *number != 0.0,
            Constant::Text(text) => leading_number(text) != 0.0,
            Constant::Null => false,
        }
    }

    /// Its value, if it is a number.
    pub fn number(&self) -> Option<f64> {
        match self {
            Constant::Number(number) => Some(*number),
            Constant::Text(_) | Constant::Null => None,
        }
    }

    /// Its text, if it is a string.
    pub fn text(&self) -> Option<&'a [u8]> {
        match self {
            Constant::Text(text) => Some(text),
            Constant::Number(_) | Constant::Null => None,
        }
    }
}

/// How MySQL orders two literals; NULL has no order.
pub fn compare(left: &Constant<'_>, right: &Constant<'_>) -> Option<Ordering> {
    match (left, right) {
        (Constant::Null, _) | (_, Constant::Null) => None,
        (Constant::Text(left), Constant::Text(right)) => {
            Some(left.to_ascii_lowercase().cmp(&right.to_ascii_lowercase()))
        }
        (Constant::Number(left), Constant::Number(right)) => left.partial_cmp(right),
        (Constant::Number(left), Constant::Text(right)) => left.partial_cmp(&leading_number(right)),
        (Constant::Text(left), Constant::Number(right)) => leading_number(left).partial_cmp(right),
    }
}

/// The number that a string begins with, as MySQL converts it; 0 without one.
fn leading_number(text: &[u8]) -> f64 {
    let text = text.trim_ascii_start();
    let length = text
        .iter()
        .position(|byte| !(byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+')))
        .unwrap_or(text.len());
    text.get(..length)
        .and_then(|text| std::str::from_utf8(text).ok())
        .and_then(|text| text.parse().ok())
        .unwrap_or(0.0)
}

fn literal(sql: &[u8], token: Token) -> Option<Constant<'_>> {
    match token.kind {
        Kind::Text => Some(Constant::Text(token.name(sql))),
        Kind::Number => {
            let text = std::str::from_utf8(token.text(sql)).ok()?;
            let number = match text.strip_prefix("0x") {
                Some(digits) => u32::from_str_radix(digits, 16).ok().map(f64::from),
                None => text.parse().ok(),
            };
            Some(Constant::Number(number?))
        }
        Kind::Word => match token.text(sql) {
            word if word.eq_ignore_ascii_case(b"TRUE") => Some(Constant::Number(1.0)),
            word if word.eq_ignore_ascii_case(b"FALSE") => Some(Constant::Number(0.0)),
            word if word.eq_ignore_ascii_case(b"NULL") => Some(Constant::Null),
            _ => None,
        },
        Kind::Name
        | Kind::Hole
        | Kind::Variable
        | Kind::Open
        | Kind::Close
        | Kind::Comma
        | Kind::Semicolon
        | Kind::Dot
        | Kind::Sign => None,
    }
}

/// Reads one side of a comparison, which `cursor` holds alone.
pub fn operand<'a>(mut cursor: Cursor<'a, '_>) -> Operand<'a> {
    // Brackets around a single side change nothing.
    loop {
        let mut ahead = cursor;
        match ahead.group() {
            Some(inner) if ahead.done() && !inner.done() => cursor = inner,
            Some(_) | None => break,
        }
    }
    if cursor.any(&["SELECT", "WITH", "VALUES", "TABLE"]) {
        return Operand::Rows;
    }
    match cursor.left() {
        [] => Operand::Mixed,
        [token] => {
            if let Some(constant) = literal(cursor.sql, *token) {
                return Operand::Constant(constant);
            }
            match token.kind {
                Kind::Word | Kind::Name => {
                    let name = token.name(cursor.sql);
                    Operand::Column { name, path: name }
                }
                Kind::Text
                | Kind::Number
                | Kind::Hole
                | Kind::Variable
                | Kind::Open
                | Kind::Close
                | Kind::Comma
                | Kind::Semicolon
                | Kind::Dot
                | Kind::Sign => Operand::Given,
            }
        }
        [sign, token] if sign.kind == Kind::Sign => match literal(cursor.sql, *token) {
            Some(Constant::Number(number)) if sign.text(cursor.sql) == b"-" => {
                Operand::Constant(Constant::Number(-number))
            }
            Some(constant) if sign.text(cursor.sql) == b"+" => Operand::Constant(constant),
            Some(_) | None => composed(cursor),
        },
        tokens => column(cursor.sql, tokens).unwrap_or_else(|| composed(cursor)),
    }
}

/// `t.c` or `s.t.c`.
fn column<'a>(sql: &'a [u8], tokens: &[Token]) -> Option<Operand<'a>> {
    let named = |token: &Token| matches!(token.kind, Kind::Word | Kind::Name);
    let shaped = tokens.len() % 2 == 1
        && tokens.iter().enumerate().all(|(at, token)| {
            if at % 2 == 0 {
                named(token)
            } else {
                token.kind == Kind::Dot
            }
        });
    let (first, last) = (tokens.first()?, tokens.last()?);
    shaped.then(|| Operand::Column {
        name: last.name(sql),
        path: first.through(*last, sql),
    })
}

/// More than one token: does a column or a subquery stand in it?
fn composed<'a>(cursor: Cursor<'a, '_>) -> Operand<'a> {
    let tokens = cursor.left();
    let mut columns = false;
    for (at, token) in tokens.iter().enumerate() {
        let text = token.text(cursor.sql);
        if token.kind == Kind::Name {
            columns = true;
        } else if token.kind == Kind::Word {
            if text.eq_ignore_ascii_case(b"SELECT") {
                return Operand::Mixed;
            }
            let called = tokens.get(at + 1).is_some_and(|next| next.kind == Kind::Open);
            columns |= !called && !is_keyword(text);
        }
    }
    if columns { Operand::Mixed } else { Operand::Given }
}

/// Words within an expression that are no columns.
fn is_keyword(word: &[u8]) -> bool {
    const WORDS: [&str; 38] = [
        "TRUE",
        "FALSE",
        "NULL",
        "INTERVAL",
        "DAY",
        "HOUR",
        "MINUTE",
        "SECOND",
        "MONTH",
        "YEAR",
        "WEEK",
        "QUARTER",
        "MICROSECOND",
        "AS",
        "UNSIGNED",
        "SIGNED",
        "CHAR",
        "BINARY",
        "DATE",
        "TIME",
        "DATETIME",
        "TIMESTAMP",
        "CASE",
        "WHEN",
        "THEN",
        "ELSE",
        "END",
        "AND",
        "OR",
        "NOT",
        "DIV",
        "MOD",
        "COLLATE",
        "USING",
        "ESCAPE",
        "CURRENT_TIMESTAMP",
        "CURRENT_DATE",
        "UTC_TIMESTAMP",
    ];
    WORDS
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known.as_bytes()))
}
