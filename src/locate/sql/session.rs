//! Statements that begin and end transactions, and prepared statements.

use super::cursor::Cursor;
use super::part::{Damage, Edge, Part, Tables};
use super::statement::{Statement, read as read_text};
use super::token::Kind as Token_;
use crate::locate::class::{Class, Kind};

/// Reads a statement about the session; `false` if it is none.
pub fn read<'a>(statement: Statement<'a, '_>, parts: &mut Vec<Part<'a>>) -> bool {
    let mut cursor = statement.cursor;
    if cursor.take("XA") {
        xa(cursor, parts);
        return true;
    }
    if cursor.take("SET") {
        set(cursor, parts);
        return true;
    }
    if cursor.take("PREPARE") {
        let name = cursor.name().unwrap_or_default();
        cursor.take("FROM");
        let text = cursor.peek().filter(|token| token.kind == Token_::Text);
        parts.push(Part::Prepare {
            name,
            text: text.map(|token| token.text(cursor.sql)),
        });
        return true;
    }
    if cursor.take("EXECUTE") {
        execute(cursor, parts);
        return true;
    }
    let Some((edge, name)) = transaction(&mut cursor) else {
        return commits(statement.cursor, parts);
    };
    parts.push(Part::Edge(edge, name));
    true
}

fn transaction<'a>(cursor: &mut Cursor<'a, '_>) -> Option<(Edge, Option<&'a [u8]>)> {
    if cursor.take("BEGIN") {
        return Some((Edge::Begin, None));
    }
    if cursor.word(0, "START") && cursor.word(1, "TRANSACTION") {
        return Some((Edge::Begin, None));
    }
    if cursor.take("SAVEPOINT") {
        return Some((Edge::Savepoint, cursor.name()));
    }
    if cursor.take("RELEASE") {
        cursor.take("SAVEPOINT");
        return Some((Edge::Release, cursor.name()));
    }
    let commit = cursor.take("COMMIT");
    if !commit && !cursor.take("ROLLBACK") {
        return None;
    }
    cursor.take("WORK");
    if !commit && cursor.take("TO") {
        cursor.take("SAVEPOINT");
        return Some((Edge::RollbackTo, cursor.name()));
    }
    let chained = cursor.word(0, "AND") && cursor.word(1, "CHAIN");
    let edge = match (commit, chained) {
        (true, true) => Edge::CommitChain,
        (true, false) => Edge::Commit,
        (false, true) => Edge::RollbackChain,
        (false, false) => Edge::Rollback,
    };
    Some((edge, None))
}

fn xa(cursor: Cursor<'_, '_>, parts: &mut Vec<Part<'_>>) {
    let words = [
        ("START", Edge::Begin),
        ("BEGIN", Edge::Begin),
        ("PREPARE", Edge::XaPrepare),
        ("COMMIT", Edge::Commit),
        ("ROLLBACK", Edge::Rollback),
    ];
    if let Some((_, edge)) = words.into_iter().find(|(word, _)| cursor.word(0, word)) {
        parts.push(Part::Edge(edge, None));
    }
}

fn set<'a>(mut cursor: Cursor<'a, '_>, parts: &mut Vec<Part<'a>>) {
    if cursor.word(0, "PASSWORD") {
        parts.push(Part::Edge(Edge::Implicit, None));
    }
    let mut global = false;
    while let Some(token) = cursor.peek() {
        if cursor.kind(0) == Some(Token_::Open) {
            cursor.group();
            continue;
        }
        cursor.step();
        let text = token.text(cursor.sql).to_ascii_lowercase();
        if matches!(text.as_slice(), b"global" | b"persist" | b"persist_only") {
            global = true;
        } else if token.kind == Token_::Comma {
            global = false;
        } else if matches!(
            text.as_slice(),
            b"autocommit" | b"@@autocommit" | b"@@session.autocommit" | b"@@local.autocommit"
        ) && !global
            && (cursor.sign("=") || cursor.sign(":="))
        {
            cursor.step();
            let off = cursor.any(&["OFF", "FALSE"])
                || cursor
                    .peek()
                    .is_some_and(|value| matches!(value.name(cursor.sql), b"0" | b"OFF" | b"off"));
            parts.push(Part::Edge(
                if off {
                    Edge::AutocommitOff
                } else {
                    Edge::AutocommitOn
                },
                None,
            ));
        }
    }
}

fn execute<'a>(mut cursor: Cursor<'a, '_>, parts: &mut Vec<Part<'a>>) {
    let unknown = |prepared| {
        Part::Damage(Damage {
            kind: Kind::Execute,
            class: Class::Unknown,
            reason: "a prepared statement ran; its text is not in the log",
            tables: Tables::default(),
            ddl: false,
            prepared,
        })
    };
    if !cursor.take("IMMEDIATE") {
        parts.push(unknown(cursor.name()));
        return;
    }
    let Some(token) = cursor.peek().filter(|token| token.kind == Token_::Text) else {
        parts.push(unknown(None));
        return;
    };
    // The tables of the inner text cannot be borrowed from the outer one when it holds escapes.
    let inner = unquoted(token.text(cursor.sql));
    let mut found = Vec::new();
    read_text(&inner, false, &mut Vec::new(), &mut found);
    let worst = found.iter().filter_map(|part| {
        if let Part::Damage(damage) = part {
            Some(damage)
        } else {
            None
        }
    });
    if let Some(damage) = worst.min_by_key(|damage| damage.class) {
        let (kind, class, reason, ddl) = (damage.kind, damage.class, damage.reason, damage.ddl);
        parts.push(Part::Damage(Damage {
            kind,
            class,
            reason,
            ddl,
            tables: Tables::default(),
            prepared: None,
        }));
    }
}

/// A string literal's contents: quotes and SQL's own escapes undone.
pub fn unquoted(literal: &[u8]) -> Vec<u8> {
    let Some((quote, inner)) = literal.split_first() else {
        return Vec::new();
    };
    let inner = inner.strip_suffix(&[*quote]).unwrap_or(inner);
    let mut plain = Vec::with_capacity(inner.len());
    let mut bytes = inner.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        if byte == b'\\' {
            plain.extend(bytes.next().map(|escaped| match escaped {
                b'n' => b'\n',
                b't' => b'\t',
                b'r' => b'\r',
                other => other,
            }));
        } else {
            plain.push(byte);
            if byte == *quote && bytes.peek() == Some(quote) {
                bytes.next();
            }
        }
    }
    plain
}

/// Statements that commit what is open, apart from DDL on tables.
fn commits(cursor: Cursor<'_, '_>, parts: &mut Vec<Part<'_>>) -> bool {
    let implicit = cursor.any(&[
        "GRANT",
        "REVOKE",
        "ANALYZE",
        "OPTIMIZE",
        "REPAIR",
        "CHECK",
        "CACHE",
        "FLUSH",
        "INSTALL",
        "UNINSTALL",
        "LOCK",
        "RESET",
        "CHANGE",
        "STOP",
        "START",
        "IMPORT",
    ]) || (cursor.word(0, "LOAD") && cursor.word(1, "INDEX"));
    if implicit {
        parts.push(Part::Edge(Edge::Implicit, None));
    }
    implicit
}
