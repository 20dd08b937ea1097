//! Statements that write rows: which rows they reach.

use super::cursor::{Cursor, Table};
use super::insert::load;
use super::part::{Damage, Part, Tables};
use super::predicate::{Breadth, breadth};
use super::references::{References, names, references, resolve};
use super::statement::Statement;
use super::token::Kind as Token_;
use crate::locate::class::{Class, Kind};

/// A LIMIT up to this bounds a statement; a larger one does not.
const LARGEST_LIMIT: u64 = 1000;
/// Words between a verb and its tables.
pub const MODIFIERS: [&str; 5] = ["LOW_PRIORITY", "HIGH_PRIORITY", "DELAYED", "QUICK", "IGNORE"];

/// Reads DELETE, UPDATE and LOAD DATA, with a common table expression or without; `false` if it is none of them.
pub fn read<'a>(statement: Statement<'a, '_>, parts: &mut Vec<Part<'a>>) -> bool {
    let mut cursor = statement.cursor;
    if cursor.take("WITH") {
        expressions(&mut cursor);
    }
    let part = if cursor.take("DELETE") {
        delete(cursor, statement.cut)
    } else if cursor.take("UPDATE") {
        update(cursor, statement.cut)
    } else if cursor.take("LOAD") {
        load(cursor)
    } else {
        // A common table expression before a SELECT is read through; one that is cut is not.
        return cursor.any(&["SELECT", "VALUES", "TABLE"]) || cursor.kind(0) == Some(Token_::Open);
    };
    parts.push(part);
    true
}

/// Past the common table expressions of WITH.
fn expressions(cursor: &mut Cursor<'_, '_>) {
    cursor.take("RECURSIVE");
    loop {
        cursor.name();
        cursor.group();
        cursor.take("AS");
        cursor.group();
        if !cursor.take_kind(Token_::Comma) {
            return;
        }
    }
}

fn delete<'a>(mut cursor: Cursor<'a, '_>, cut: bool) -> Part<'a> {
    cursor.skip(&MODIFIERS);
    let mut tables = Tables::default();
    let mut refs = References::new();
    let listed_first = !cursor.word(0, "FROM");
    let mut targets = Vec::new();
    if listed_first {
        while let Some(table) = cursor.table() {
            targets.push(table);
            if !cursor.take_kind(Token_::Comma) {
                break;
            }
        }
    }
    cursor.take("FROM");
    let start = cursor;
    references(&mut cursor, &mut refs);
    if cursor.take("USING") {
        // DELETE FROM a, b USING ...: the first list names what is deleted.
        targets = names(start);
        refs.clear();
        references(&mut cursor, &mut refs);
    }
    if targets.is_empty() {
        for (table, _) in &refs {
            tables.add(*table);
        }
    }
    for target in targets {
        tables.add(resolve(target, &refs));
    }
    let several = refs.len() > 1;
    finish(Kind::Delete, cursor, tables, several, cut)
}

fn update<'a>(mut cursor: Cursor<'a, '_>, cut: bool) -> Part<'a> {
    cursor.skip(&MODIFIERS);
    let mut refs = References::new();
    references(&mut cursor, &mut refs);
    let mut tables = Tables::default();
    let several = refs.len() > 1;
    if cursor.take("SET") {
        if several {
            assigned(cursor, &refs, &mut tables);
        }
        cursor.seek(&["WHERE", "ORDER", "LIMIT", "RETURNING"]);
    }
    if tables.iter().next().is_none() {
        for (table, _) in &refs {
            tables.add(*table);
        }
    }
    finish(Kind::Update, cursor, tables, several, cut)
}

/// The tables whose columns a multi-table UPDATE sets.
fn assigned<'a>(mut cursor: Cursor<'a, '_>, refs: &References<'a>, tables: &mut Tables<'a>) {
    let mut expected = true;
    while !cursor.done() && !cursor.any(&["WHERE", "ORDER", "LIMIT"]) {
        if expected && cursor.kind(1) == Some(Token_::Dot) {
            let first = cursor.name().unwrap_or_default();
            cursor.step();
            // `schema.table.column` names the table second.
            let name = if cursor.kind(1) == Some(Token_::Dot) {
                cursor.name().unwrap_or_default()
            } else {
                first
            };
            tables.add(resolve(Table { schema: None, name }, refs));
        } else if cursor.kind(0) == Some(Token_::Open) {
            cursor.group();
            continue;
        }
        expected = cursor.step().is_some_and(|token| token.kind == Token_::Comma);
    }
}

/// From the WHERE clause to a class.
fn finish<'a>(
    kind: Kind,
    mut cursor: Cursor<'a, '_>,
    tables: Tables<'a>,
    several: bool,
    cut: bool,
) -> Part<'a> {
    let mut reach = Breadth::Everything;
    let mut conditioned = false;
    if cursor.take("WHERE") {
        conditioned = true;
        let condition = cursor;
        cursor.seek(&["ORDER", "LIMIT", "RETURNING", "GROUP"]);
        let names: [&[u8]; 2] = {
            let mut names = tables.iter().map(|table| table.name);
            [names.next().unwrap_or_default(), names.next().unwrap_or_default()]
        };
        let tokens = condition.remainder();
        reach = breadth(tokens.between(0, cursor.place() - condition.place()), &names);
    }
    let damage = |class, reason| {
        Part::Damage(Damage {
            kind,
            class,
            reason,
            tables: tables.clone(),
            ddl: false,
            prepared: None,
        })
    };
    if cut {
        return damage(
            Class::Unknown,
            if conditioned {
                "the text was cut off within its condition"
            } else {
                "the text was cut off before any WHERE"
            },
        );
    }
    match limit(cursor) {
        Some(0) => reach = Breadth::Nothing,
        Some(rows) if rows <= LARGEST_LIMIT && reach > Breadth::Limited => {
            return damage(Class::Bounded, "LIMIT bounds its rows");
        }
        Some(_) if !conditioned => return damage(Class::Wide, "no WHERE, and a large LIMIT"),
        Some(_) | None => {}
    }
    match reach {
        Breadth::Everything if conditioned => damage(Class::Unbounded, "its WHERE holds for every row"),
        Breadth::Everything if several => damage(Class::Unbounded, "no WHERE: only the join bounds it"),
        Breadth::Everything => damage(Class::Unbounded, "no WHERE"),
        Breadth::Wide => damage(
            Class::Wide,
            "its WHERE only excludes some rows, or leaves one end open",
        ),
        Breadth::Limited => damage(Class::Bounded, "its WHERE names values or a closed range"),
        Breadth::Key | Breadth::Nothing => Part::Write {
            tables,
            kind,
            by_key: true,
        },
    }
}

/// The row count of LIMIT, where it is written as a number.
fn limit(mut cursor: Cursor<'_, '_>) -> Option<u64> {
    if !cursor.seek(&["LIMIT"]) {
        return None;
    }
    cursor.step();
    let token = cursor.step()?;
    std::str::from_utf8(token.text(cursor.sql))
        .ok()?
        .parse()
        .ok()
        .or(Some(u64::MAX))
}
