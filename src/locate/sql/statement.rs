//! From a text to what its statements do.

use super::cursor::Cursor;
use super::ddl;
use super::dml;
use super::insert;
use super::lexer::Lexer;
use super::part::{Damage, Edge, Part, Tables};
use super::session;
use super::token::{Kind as Token_, Token};
use crate::locate::class::{Class, Kind};
use memchr::memchr;

/// A statement with more tokens than this is read no further and counts as cut off.
const MOST_TOKENS: usize = 1 << 20;

/// One statement's tokens, and whether its end is missing.
#[derive(Debug, Clone, Copy)]
pub struct Statement<'a, 't> {
    /// Its tokens.
    pub cursor: Cursor<'a, 't>,
    /// Whether the log, or this program, cut it off.
    pub cut: bool,
}

/// Reads `sql`, which has lost the log's own escaping, into `parts`.
///
/// `truncated` says that the log may hold less than was executed. `tokens` is scratch space, kept by the
/// caller so that reading allocates nothing in the common case.
pub fn read<'a>(sql: &'a [u8], truncated: bool, tokens: &mut Vec<Token>, parts: &mut Vec<Part<'a>>) {
    let mut lexer = Lexer::new(sql);
    while let Some(first) = lexer.next() {
        if first.kind == Token_::Semicolon {
            continue;
        }
        let verb = Verb::of(first.text(sql));
        tokens.clear();
        tokens.push(first);
        if verb == Verb::Reads {
            skip(&mut lexer);
        } else if verb == Verb::Inserts {
            if let Some(table) = insert::plain(&mut lexer) {
                let kind = if is(first.text(sql), "REPLACE") {
                    Kind::Replace
                } else {
                    Kind::Insert
                };
                parts.push(Part::Write {
                    tables: Tables::one(Some(table)),
                    kind,
                    by_key: false,
                });
                skip(&mut lexer);
                continue;
            }
            // The rows of an INSERT may be megabytes: only its head matters.
            collect(&mut lexer, tokens, |token| {
                token.kind == Token_::Word
                    && ["VALUES", "VALUE", "SET", "SELECT", "TABLE"]
                        .iter()
                        .any(|word| is(token.text(sql), word))
            });
            let rows = tokens.last().is_some_and(|token| {
                ["VALUES", "VALUE", "SET"]
                    .iter()
                    .any(|word| is(token.text(sql), word))
            });
            if rows {
                skip(&mut lexer);
            } else if tokens.last().is_some_and(|token| token.kind != Token_::Semicolon) {
                collect(&mut lexer, tokens, |_| false);
            }
            let cut = truncated || lexer.open_ended();
            if let Some(part) = insert::insert(Statement {
                cursor: trimmed(sql, tokens),
                cut,
            }) {
                parts.push(part);
            }
        } else {
            collect(&mut lexer, tokens, |_| false);
            if verb == Verb::Other && holds_body(trimmed(sql, tokens)) {
                // Semicolons within a routine's body end no statement, and nothing in it runs now.
                parts.push(Part::Edge(Edge::Implicit, None));
                return;
            }
            let cut = tokens.len() >= MOST_TOKENS
                || (lexer.rest().is_empty() && (truncated || lexer.open_ended() || is_open(tokens)));
            let one = Statement {
                cursor: trimmed(sql, tokens),
                cut,
            };
            if verb == Verb::Other || !dml::read(one, parts) {
                statement(one, parts);
            }
        }
    }
}

/// The statement without its semicolon.
fn trimmed<'a, 't>(sql: &'a [u8], tokens: &'t [Token]) -> Cursor<'a, 't> {
    let length =
        tokens.len() - usize::from(tokens.last().is_some_and(|token| token.kind == Token_::Semicolon));
    Cursor::new(sql, tokens.get(..length).unwrap_or_default())
}

fn is(verb: &[u8], word: &str) -> bool {
    verb.eq_ignore_ascii_case(word.as_bytes())
}

/// The first word of a statement, as far as reading differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    /// It destroys nothing, whatever follows.
    Reads,
    /// INSERT and REPLACE.
    Inserts,
    /// DELETE and UPDATE.
    Writes,
    /// All others.
    Other,
}

impl Verb {
    fn of(word: &[u8]) -> Self {
        let mut lower = [0; 8];
        let Some(room) = lower.get_mut(..word.len()) else {
            return Self::Other;
        };
        room.copy_from_slice(word);
        lower.make_ascii_lowercase();
        match &lower {
            b"select\0\0" | b"show\0\0\0\0" | b"use\0\0\0\0\0" | b"do\0\0\0\0\0\0" | b"help\0\0\0\0"
            | b"kill\0\0\0\0" | b"handler\0" | b"values\0\0" | b"table\0\0\0" => Self::Reads,
            b"insert\0\0" | b"replace\0" => Self::Inserts,
            b"delete\0\0" | b"update\0\0" => Self::Writes,
            _ => Self::Other,
        }
    }
}

/// Whether brackets are left open.
fn is_open(tokens: &[Token]) -> bool {
    let count = |kind| tokens.iter().filter(|token| token.kind == kind).count();
    count(Token_::Open) > count(Token_::Close)
}

fn skip(lexer: &mut Lexer<'_>) {
    match memchr(b';', lexer.rest()) {
        None => lexer.finish(),
        Some(_) => lexer.past_semicolon(),
    }
}

fn collect(lexer: &mut Lexer<'_>, tokens: &mut Vec<Token>, last: impl Fn(&Token) -> bool) {
    let mut depth = 0_i64;
    for token in lexer {
        if tokens.len() < MOST_TOKENS {
            tokens.push(token);
        }
        depth += i64::from(token.kind == Token_::Open) - i64::from(token.kind == Token_::Close);
        if token.kind == Token_::Semicolon || (depth <= 0 && last(&token)) {
            return;
        }
    }
}

/// CREATE and ALTER of what has a body of statements.
fn holds_body(cursor: Cursor<'_, '_>) -> bool {
    if !cursor.any(&["CREATE", "ALTER"]) {
        return false;
    }
    (1..14)
        .map_while(|ahead| cursor.kind(ahead).map(|kind| (ahead, kind)))
        .any(|(ahead, kind)| {
            kind == Token_::Word
                && ["PROCEDURE", "FUNCTION", "TRIGGER", "EVENT"]
                    .iter()
                    .any(|word| cursor.word(ahead, word))
        })
        && !(1..4).any(|ahead| cursor.word(ahead, "TABLE"))
}

fn statement<'a>(statement: Statement<'a, '_>, parts: &mut Vec<Part<'a>>) {
    let mut cursor = statement.cursor;
    if let Some(cursor) = carried(cursor) {
        let inner = Statement { cursor, ..statement };
        if !dml::read(inner, parts) {
            self::statement(inner, parts);
        }
        return;
    }
    if cursor.word(0, "ANALYZE") && !cursor.word(1, "TABLE") && !cursor.word(2, "TABLE") {
        // MariaDB's, which runs what it analyses.
        return explained(cursor, parts);
    }
    if cursor.take("EXPLAIN") || cursor.take("DESCRIBE") || cursor.take("DESC") {
        if cursor.word(0, "ANALYZE") {
            explained(cursor, parts);
        }
        return;
    }
    if session::read(statement, parts) || ddl::read(statement, parts) || dml::read(statement, parts) {
        return;
    }
    if cursor.take("CALL") {
        parts.push(Part::Damage(Damage {
            kind: Kind::Call,
            class: Class::Unknown,
            reason: "a stored procedure ran; its statements are not in the log",
            tables: Tables::default(),
            ddl: false,
            prepared: None,
        }));
    } else if statement.cut && could_destroy(statement.cursor) {
        parts.push(Part::Damage(Damage {
            kind: Kind::Other,
            class: Class::Unknown,
            reason: "the text was cut off before it says what it does",
            tables: Tables::default(),
            ddl: false,
            prepared: None,
        }));
    }
}

/// The statement within one of MariaDB's that only carries it: `SET STATEMENT … FOR` and `BEGIN NOT ATOMIC`.
fn carried<'a, 't>(mut cursor: Cursor<'a, 't>) -> Option<Cursor<'a, 't>> {
    if cursor.take("BEGIN") {
        return (cursor.take("NOT") && cursor.take("ATOMIC")).then(|| cursor.remainder());
    }
    let carries = cursor.take("SET") && cursor.take("STATEMENT") && cursor.kind(0) == Some(Token_::Word);
    (carries && cursor.seek(&["FOR"]) && cursor.take("FOR")).then(|| cursor.remainder())
}

/// A cut text that may yet become a destructive statement: a common table expression, or part of a verb.
fn could_destroy(cursor: Cursor<'_, '_>) -> bool {
    if cursor.word(0, "WITH") {
        return true;
    }
    let Some([only]) = cursor.left().get(..1).filter(|_| cursor.left().len() == 1) else {
        return false;
    };
    let text = only.text(cursor.sql);
    ["DELETE", "UPDATE", "DROP", "TRUNCATE", "RENAME", "ALTER"]
        .iter()
        .any(|verb| text.len() <= verb.len() && is(text, verb.get(..text.len()).unwrap_or_default()))
}

fn explained<'a>(mut cursor: Cursor<'a, '_>, parts: &mut Vec<Part<'a>>) {
    if !cursor.seek(&["DELETE", "UPDATE"]) {
        return;
    }
    let mut inner = Vec::new();
    dml::read(
        Statement {
            cursor: cursor.remainder(),
            cut: false,
        },
        &mut inner,
    );
    for part in inner {
        if let Part::Damage(damage) = part {
            let reason = "ANALYZE runs what it explains; whether it wrote is not in the log";
            parts.push(Part::Damage(Damage {
                class: Class::Unknown,
                reason,
                ..damage
            }));
        }
    }
}
