//! The two sides of a condition, and what compares them.

use super::cursor::Cursor;
use super::token::{Kind, Token};

/// The comparison of an atom: where it stands and how many tokens it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `=`, `<=>`
    Equal,
    /// `<>`, `!=`
    Unequal,
    /// `<`, `<=`
    Less,
    /// `>`, `>=`
    More,
    /// IN
    In,
    /// BETWEEN
    Between,
    /// LIKE, REGEXP, RLIKE
    Like,
    /// IS NULL
    Null,
    /// IS TRUE, FALSE, UNKNOWN
    Truth,
    /// MATCH … AGAINST
    Match,
}

/// The left side, NOT, the comparison and the right side of an atom.
pub fn split<'a, 't>(atom: Cursor<'a, 't>) -> Option<(Cursor<'a, 't>, bool, Comparison, Cursor<'a, 't>)> {
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
