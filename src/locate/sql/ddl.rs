//! Statements about tables themselves: which of them take rows, columns or a name away.

use super::cursor::Cursor;
use super::part::{Damage, Edge, Part, Tables};
use super::statement::Statement;
use super::token::Kind as Token_;
use crate::locate::class::{Class, Kind};

/// Reads DDL; `false` if the statement is none.
pub fn read<'a>(statement: Statement<'a, '_>, parts: &mut Vec<Part<'a>>) -> bool {
    let mut cursor = statement.cursor;
    if cursor.take("TRUNCATE") {
        cursor.take("TABLE");
        gone(
            Kind::Truncate,
            "TRUNCATE takes every row",
            Tables::one(cursor.table()),
            parts,
        );
    } else if cursor.take("DROP") {
        drop(cursor, statement.cut, parts);
    } else if cursor.take("RENAME") {
        rename(cursor, parts);
    } else if cursor.take("ALTER") {
        alter(cursor, statement.cut, parts);
    } else if cursor.take("CREATE") {
        create(cursor, parts);
    } else {
        return false;
    }
    true
}

fn create<'a>(mut cursor: Cursor<'a, '_>, parts: &mut Vec<Part<'a>>) {
    let replaces = cursor.word(0, "OR") && cursor.word(1, "REPLACE");
    cursor.skip(&["OR", "REPLACE"]);
    // MariaDB drops the table that stands in the way; a view holds no rows.
    if replaces && cursor.take("TABLE") {
        cursor.skip(&["IF", "NOT", "EXISTS"]);
        let reason = "CREATE OR REPLACE takes the table that was there with its rows";
        gone(Kind::Drop, reason, Tables::one(cursor.table()), parts);
    } else if !cursor.word(0, "TEMPORARY") {
        parts.push(Part::Edge(Edge::Implicit, None));
    }
}

fn gone<'a>(kind: Kind, reason: &'static str, tables: Tables<'a>, parts: &mut Vec<Part<'a>>) {
    parts.push(Part::Damage(Damage {
        kind,
        class: Class::Unbounded,
        reason,
        tables,
        ddl: true,
        prepared: None,
    }));
}

fn unsure<'a>(kind: Kind, tables: Tables<'a>, parts: &mut Vec<Part<'a>>) {
    let reason = "the text was cut off before it says what is dropped";
    parts.push(Part::Damage(Damage {
        kind,
        class: Class::Unknown,
        reason,
        tables,
        ddl: true,
        prepared: None,
    }));
}

fn drop<'a>(mut cursor: Cursor<'a, '_>, cut: bool, parts: &mut Vec<Part<'a>>) {
    if cursor.word(0, "TEMPORARY") || cursor.word(0, "PREPARE") {
        return;
    }
    if cursor.take("DATABASE") || cursor.take("SCHEMA") {
        cursor.skip(&["IF", "EXISTS"]);
        let mut tables = Tables::default();
        if let Some(name) = cursor.name() {
            tables.add(super::cursor::Table {
                schema: Some(name),
                name: b"*",
            });
        }
        return gone(
            Kind::Drop,
            "DROP DATABASE takes every table of the schema",
            tables,
            parts,
        );
    }
    if cursor.take("TABLE") || cursor.take("TABLES") {
        cursor.skip(&["IF", "EXISTS"]);
        return gone(
            Kind::Drop,
            "DROP takes the table with its rows",
            list(cursor),
            parts,
        );
    }
    if cut && cursor.left().len() <= 1 && !is_other(cursor) {
        return unsure(Kind::Drop, Tables::default(), parts);
    }
    // Indexes, views, routines and accounts hold no rows.
    parts.push(Part::Edge(Edge::Implicit, None));
}

fn is_other(cursor: Cursor<'_, '_>) -> bool {
    cursor.any(&[
        "INDEX",
        "VIEW",
        "TRIGGER",
        "PROCEDURE",
        "FUNCTION",
        "EVENT",
        "USER",
        "ROLE",
        "SERVER",
    ])
}

/// The tables of a list with commas between.
fn list<'a>(mut cursor: Cursor<'a, '_>) -> Tables<'a> {
    let mut tables = Tables::default();
    while let Some(table) = cursor.table() {
        tables.add(table);
        if !cursor.take_kind(Token_::Comma) {
            break;
        }
    }
    tables
}

fn rename<'a>(mut cursor: Cursor<'a, '_>, parts: &mut Vec<Part<'a>>) {
    if cursor.word(0, "USER") {
        parts.push(Part::Edge(Edge::Implicit, None));
        return;
    }
    cursor.skip(&["TABLE", "TABLES"]);
    cursor.skip(&["IF", "EXISTS"]);
    let mut tables = Tables::default();
    while let Some(table) = cursor.table() {
        tables.add(table);
        cursor.take("TO");
        cursor.table();
        if !cursor.take_kind(Token_::Comma) {
            break;
        }
    }
    gone(
        Kind::Rename,
        "RENAME puts the rows out of reach under their name",
        tables,
        parts,
    );
}

fn alter<'a>(mut cursor: Cursor<'a, '_>, cut: bool, parts: &mut Vec<Part<'a>>) {
    cursor.skip(&["ONLINE", "OFFLINE", "IGNORE"]);
    if !cursor.take("TABLE") {
        if cut && cursor.done() {
            unsure(Kind::Alter, Tables::default(), parts);
        } else {
            parts.push(Part::Edge(Edge::Implicit, None));
        }
        return;
    }
    cursor.skip(&["IF", "EXISTS"]);
    let tables = Tables::one(cursor.table());
    let mut first = true;
    loop {
        if let Some(reason) = loss(cursor, first) {
            return gone(Kind::Alter, reason, tables, parts);
        }
        first = false;
        // To the next specification, past everything within brackets.
        loop {
            if cursor.kind(0) == Some(Token_::Open) {
                cursor.group();
            } else if cursor.take_kind(Token_::Comma) {
                break;
            } else if cursor.step().is_none() {
                if cut {
                    unsure(Kind::Alter, tables, parts);
                } else {
                    parts.push(Part::Edge(Edge::Implicit, None));
                    parts.push(Part::Write {
                        tables,
                        kind: Kind::Alter,
                        by_key: false,
                    });
                }
                return;
            }
        }
    }
}

/// Why the ALTER specification at the cursor takes something away, if it does.
fn loss(mut cursor: Cursor<'_, '_>, first: bool) -> Option<&'static str> {
    if cursor.take("DROP") {
        if cursor.word(0, "PARTITION") {
            return Some("ALTER … DROP PARTITION takes its rows");
        }
        // `DROP index_date` drops a column, `DROP INDEX name` an index: the word alone followed by a name decides.
        let kept = cursor.any(&["INDEX", "KEY", "PRIMARY", "FOREIGN", "CONSTRAINT", "CHECK"]);
        let named = cursor
            .kind(1)
            .is_some_and(|kind| matches!(kind, Token_::Word | Token_::Name));
        return (!(kept && named)).then_some("ALTER … DROP takes a column with its values");
    }
    if cursor.take("RENAME") {
        if cursor.any(&["INDEX", "KEY"]) {
            return None;
        }
        return Some(if cursor.word(0, "COLUMN") {
            "ALTER … RENAME puts a column out of reach under its name"
        } else {
            "ALTER … RENAME puts the rows out of reach under their name"
        });
    }
    if cursor.take("CHANGE") {
        cursor.take("COLUMN");
        cursor.skip(&["IF", "EXISTS"]);
        let (old, new) = (cursor.name()?, cursor.name()?);
        let renamed = !old.eq_ignore_ascii_case(new);
        return renamed.then_some("ALTER … CHANGE puts a column out of reach under its name");
    }
    let partitions = cursor.word(1, "PARTITION") || cursor.word(1, "TABLESPACE");
    if partitions && cursor.any(&["TRUNCATE", "EXCHANGE", "DISCARD"]) {
        return Some("ALTER … takes a partition's rows out of the table");
    }
    let _ = first;
    None
}
