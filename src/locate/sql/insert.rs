//! INSERT, REPLACE and LOAD DATA: rows that are written over.

use super::cursor::{Cursor, Table};
use super::dml::MODIFIERS;
use super::lexer::Lexer;
use super::part::{Damage, Part, Tables};
use super::statement::Statement;
use super::token::Kind as Token_;
use crate::locate::class::{Class, Kind};

/// Reads LOAD DATA behind its first word.
pub fn load<'a>(mut cursor: Cursor<'a, '_>) -> Part<'a> {
    let replaces = {
        let mut ahead = cursor;
        ahead.seek(&["REPLACE", "INTO"]) && ahead.word(0, "REPLACE")
    };
    cursor.seek(&["INTO"]);
    cursor.step();
    cursor.take("TABLE");
    let tables = Tables::one(cursor.table());
    if !replaces {
        return Part::Write {
            tables,
            kind: Kind::Load,
            by_key: false,
        };
    }
    let reason = "LOAD … REPLACE overwrites every row whose key is in the file";
    Part::Damage(Damage {
        kind: Kind::Load,
        class: Class::Wide,
        reason,
        tables,
        ddl: false,
        prepared: None,
    })
}

/// Reads INSERT and REPLACE.
///
/// Rows given one by one are no damage; rows that a query overwrites by the thousand are.
pub fn insert<'a>(statement: Statement<'a, '_>) -> Option<Part<'a>> {
    let mut cursor = statement.cursor;
    let kind = if cursor.word(0, "REPLACE") {
        Kind::Replace
    } else {
        Kind::Insert
    };
    cursor.step();
    cursor.skip(&MODIFIERS);
    cursor.take("INTO");
    let table = cursor.table()?;
    let tables = Tables::one(Some(table));
    let mut query = cursor;
    let inner = enclosed(cursor);
    let queried = inner.is_some()
        || (query.seek(&["SELECT", "TABLE", "VALUES", "VALUE", "SET"]) && query.any(&["SELECT", "TABLE"]));
    let overwrites = kind == Kind::Replace || {
        let mut ahead = query;
        ahead.seek(&["DUPLICATE"])
    };
    if !(queried && overwrites) {
        return Some(Part::Write {
            tables,
            kind,
            by_key: false,
        });
    }
    let bounded = inner.map_or_else(
        || query.seek(&["WHERE", "LIMIT"]),
        |mut inner| inner.seek(&["WHERE", "LIMIT"]),
    );
    let (class, reason) = if statement.cut && !bounded {
        (Class::Unknown, "the text was cut off before any WHERE")
    } else if bounded {
        (
            Class::Bounded,
            "overwrites the rows that its query finds, by a condition",
        )
    } else {
        (Class::Wide, "overwrites as many rows as its query finds")
    };
    Some(Part::Damage(Damage {
        kind,
        class,
        reason,
        tables,
        ddl: false,
        prepared: None,
    }))
}

/// The query in brackets behind the table, or behind the list of its columns.
fn enclosed<'a, 't>(mut cursor: Cursor<'a, 't>) -> Option<Cursor<'a, 't>> {
    let queries = |group: &Cursor<'a, 't>| group.any(&["SELECT", "WITH", "TABLE"]);
    let first = cursor.group()?;
    if queries(&first) {
        return Some(first);
    }
    cursor.group().filter(queries)
}

/// `INTO table (columns) VALUES`, by far the most common head of an INSERT; `None` leaves the lexer in place.
pub fn plain<'a>(lexer: &mut Lexer<'a>) -> Option<Table<'a>> {
    let mut ahead = lexer.clone();
    let sql = ahead.text();
    let into = ahead.next()?;
    if into.kind != Token_::Word || !into.is_keyword(sql, "INTO") {
        return None;
    }
    let mut name = ahead
        .next()
        .filter(|token| matches!(token.kind, Token_::Word | Token_::Name))?;
    let mut schema = None;
    let mut next = ahead.next()?;
    if next.kind == Token_::Dot {
        schema = Some(name.name(sql));
        name = ahead
            .next()
            .filter(|token| matches!(token.kind, Token_::Word | Token_::Name))?;
        next = ahead.next()?;
    }
    if next.kind == Token_::Open {
        ahead.past_plain_list()?;
        next = ahead.next()?;
    }
    let rows = next.kind == Token_::Word && (next.is_keyword(sql, "VALUES") || next.is_keyword(sql, "VALUE"));
    rows.then(|| *lexer = ahead)?;
    Some(Table {
        schema,
        name: name.name(sql),
    })
}
