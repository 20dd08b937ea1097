//! The tables that a statement refers to, under the names that it gives them.

use super::cursor::{Cursor, Table};
use super::token::Kind;

const CLAUSES: [&str; 5] = ["WHERE", "ORDER", "LIMIT", "RETURNING", "SET"];

/// Tables with the names that the statement gives them.
pub type References<'a> = Vec<(Table<'a>, &'a [u8])>;

/// The base tables from here to the next clause, with their aliases.
pub fn references<'a>(cursor: &mut Cursor<'a, '_>, found: &mut References<'a>) {
    let mut expected = true;
    let mut joined = false;
    while !cursor.done() && !cursor.any(&CLAUSES) {
        if cursor.word(0, "USING") {
            // Behind a join it lists columns; else it begins the tables of a DELETE.
            if !(joined && cursor.kind(1) == Some(Kind::Open)) {
                return;
            }
            cursor.step();
            cursor.group();
        } else if cursor.kind(0) == Some(Kind::Open) {
            if let Some(mut inner) = cursor.group()
                && expected
                && !inner.any(&["SELECT", "WITH", "VALUES", "TABLE"])
            {
                references(&mut inner, found);
            }
            expected = false;
        } else if cursor.take_kind(Kind::Comma) {
            expected = true;
            cursor.skip(&["LATERAL"]);
        } else if cursor.take("JOIN") || cursor.take("STRAIGHT_JOIN") {
            (expected, joined) = (true, true);
            cursor.skip(&["LATERAL"]);
        } else if expected && let Some(table) = cursor.table() {
            expected = false;
            cursor.skip(&["AS"]);
            let ends = [
                "ON",
                "USING",
                "JOIN",
                "INNER",
                "LEFT",
                "RIGHT",
                "CROSS",
                "NATURAL",
                "STRAIGHT_JOIN",
                "PARTITION",
                "USE",
                "FORCE",
                "IGNORE",
            ];
            let aliased = matches!(cursor.kind(0), Some(Kind::Word | Kind::Name))
                && !cursor.any(&ends)
                && !cursor.any(&CLAUSES);
            let alias = if aliased { cursor.name() } else { None };
            found.push((table, alias.unwrap_or(table.name)));
        } else if cursor.take("ON") {
            condition(cursor);
        } else {
            cursor.step();
        }
    }
}

/// Past a join's condition.
fn condition(cursor: &mut Cursor<'_, '_>) {
    let joins = [
        "JOIN",
        "INNER",
        "LEFT",
        "RIGHT",
        "CROSS",
        "NATURAL",
        "STRAIGHT_JOIN",
    ];
    while !cursor.done() && !cursor.any(&CLAUSES) && cursor.kind(0) != Some(Kind::Comma) {
        // LEFT and RIGHT are functions, too.
        let function = cursor.kind(1) == Some(Kind::Open);
        if cursor.any(&joins) && !function {
            return;
        }
        if cursor.kind(0) == Some(Kind::Open) {
            cursor.group();
        } else {
            cursor.step();
        }
    }
}

/// The table behind an alias.
pub fn resolve<'a>(target: Table<'a>, references: &References<'a>) -> Table<'a> {
    references
        .iter()
        .find(|(_, alias)| target.schema.is_none() && alias.eq_ignore_ascii_case(target.name))
        .map_or(target, |(table, _)| *table)
}

/// A list of tables.
pub fn names<'a>(mut cursor: Cursor<'a, '_>) -> Vec<Table<'a>> {
    let mut found = Vec::new();
    while let Some(table) = cursor.table() {
        found.push(table);
        if !cursor.take_kind(Kind::Comma) {
            break;
        }
    }
    found
}
