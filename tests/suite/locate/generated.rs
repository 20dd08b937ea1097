//! The classifier against an independent parser, on statements that neither has seen.

use super::classifier::worst;
use backtrackctl::locate::Class;
use proptest::prelude::*;
use sqlparser::ast::{Statement, visit_expressions};
use sqlparser::dialect::MySqlDialect;
use sqlparser::parser::Parser;
use std::ops::ControlFlow;

fn space() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        " ",
        "  ",
        "\n",
        "\t",
        " /* where id = 1 */ ",
        " -- where id = 1\n",
        " # it's\n",
    ])
}

fn literal() -> impl Strategy<Value = String> {
    prop_oneof![
        (0..1000_u32).prop_map(|number| number.to_string()),
        Just("'x'".to_owned()),
        Just("'it''s where; DELETE FROM y'".to_owned()),
        Just("'a\\'b where 1=1'".to_owned()),
        Just("\"it's -- where\"".to_owned()),
        Just("NULL".to_owned()),
    ]
}

fn column() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec!["a", "status", "`where`", "t.b", "id2"])
}

pub fn condition() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        (
            column(),
            proptest::sample::select(vec!["=", "<", ">", "<>", "<="]),
            literal()
        )
            .prop_map(|(column, sign, value)| format!("{column} {sign} {value}")),
        (column(), literal(), literal()).prop_map(|(column, one, two)| format!("{column} IN ({one}, {two})")),
        (column(), 0..9_u8, 10..99_u8)
            .prop_map(|(column, low, high)| format!("{column} BETWEEN {low} AND {high}")),
        column().prop_map(|column| format!("{column} IS NOT NULL")),
        column().prop_map(|column| format!("{column} IN (SELECT x FROM y WHERE z = 1)")),
        Just("1 = 1".to_owned()),
    ];
    leaf.prop_recursive(3, 16, 2, |inner| {
        prop_oneof![
            (inner.clone(), inner.clone()).prop_map(|(one, two)| format!("{one} AND {two}")),
            (inner.clone(), inner.clone()).prop_map(|(one, two)| format!("({one} OR {two})")),
            inner.clone().prop_map(|inner| format!("NOT ({inner})")),
            inner.prop_map(|inner| format!("({inner})")),
        ]
    })
}

fn table() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec!["t", "`t`", "shop.t", "`shop`.`t`"])
}

prop_compose! {
    fn damage()(
        gap in space(),
        table in table(),
        update in any::<bool>(),
        value in literal(),
        subquery in any::<bool>(),
        condition in proptest::option::of(condition()),
        limit in proptest::option::of(1..2000_u32),
    ) -> String {
        let value = if subquery { format!("(SELECT MAX(n) FROM y WHERE z = {value})") } else { value };
        let head = if update { format!("UPDATE{gap}{table}{gap}SET{gap}a = {value}") } else { format!("DELETE{gap}FROM{gap}{table}") };
        let condition = condition.map(|condition| format!("{gap}WHERE{gap}{condition}")).unwrap_or_default();
        let limit = limit.map(|limit| format!("{gap}LIMIT {limit}")).unwrap_or_default();
        format!("{head}{condition}{limit}")
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "another's enum, of a hundred variants"
)]
/// Whether the independent parser sees a WHERE of the statement's own, and its LIMIT.
fn oracle(sql: &str) -> Option<(bool, Option<u64>)> {
    let parsed = Parser::parse_sql(&MySqlDialect {}, sql).ok()?;
    let limit = |expression: &Option<sqlparser::ast::Expr>| {
        expression
            .as_ref()
            .and_then(|limit| limit.to_string().parse().ok())
    };
    match parsed.first()? {
        Statement::Delete(delete) => Some((delete.selection.is_some(), limit(&delete.limit))),
        Statement::Update {
            selection,
            limit: rows,
            ..
        } => Some((selection.is_some(), limit(rows))),
        _ => None,
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "another's enum, of a hundred variants"
)]
/// Whether a condition names any column at all.
fn names_a_column(sql: &str) -> bool {
    let Ok(parsed) = Parser::parse_sql(&MySqlDialect {}, sql) else {
        return true;
    };
    let selection = match parsed.first() {
        Some(Statement::Delete(delete)) => delete.selection.clone(),
        Some(Statement::Update { selection, .. }) => selection.clone(),
        _ => None,
    };
    let Some(selection) = selection else { return false };
    visit_expressions(&selection, |expression| match expression {
        sqlparser::ast::Expr::Identifier(_) | sqlparser::ast::Expr::CompoundIdentifier(_) => {
            ControlFlow::Break(())
        }
        _ => ControlFlow::Continue(()),
    })
    .is_break()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_where_is_seen_exactly_where_another_parser_sees_one(sql in damage()) {
        let Some((conditioned, limit)) = oracle(&sql) else {
            return Err(TestCaseError::reject("the other parser does not know it"));
        };
        let class = worst(&sql, false).map(|found| found.0);
        if !conditioned {
            let expected = match limit {
                None => Class::Unbounded,
                Some(rows) if rows <= 1000 => Class::Bounded,
                Some(_) => Class::Wide,
            };
            prop_assert_eq!(class, Some(expected), "{}", sql);
        } else if limit.is_none() && !names_a_column(&sql) {
            prop_assert!(matches!(class, Some(Class::Unbounded) | None), "{}: {:?}", sql, class);
        } else if limit.is_some_and(|rows| rows <= 1000) {
            prop_assert!(matches!(class, Some(Class::Bounded) | None), "{}: {:?}", sql, class);
        } else {
            prop_assert!(!matches!(class, Some(Class::Unknown)), "{}: {:?}", sql, class);
        }
    }

    /// A condition narrows by AND and widens by OR, and a tautology changes neither.
    #[test]
    fn conditions_compose(one in condition(), two in condition()) {
        let class = |condition: &str| worst(&format!("DELETE FROM t WHERE {condition}"), false).map(|found| found.0);
        // `None`, the narrowest, is a condition that never holds or names a single row.
        let order = |class: Option<Class>| match class {
            Some(Class::Unbounded) => 3,
            Some(Class::Wide) => 2,
            Some(Class::Bounded) => 1,
            Some(Class::Unknown) | None => 0,
        };
        let (first, second) = (order(class(&format!("({one})"))), order(class(&format!("({two})"))));
        let both = order(class(&format!("({one}) AND ({two})")));
        prop_assert!(both <= first.min(second));
        prop_assert_eq!(order(class(&format!("({one}) OR ({two})"))), first.max(second));
        prop_assert_eq!(order(class(&format!("({one}) AND 1=1"))), first);
        prop_assert_eq!(order(class(&format!("({one}) OR 1=1"))), 3);
    }

    /// What stands in strings and comments never matters.
    #[test]
    fn the_inside_of_strings_and_comments_is_not_read(text in "[ -~]{0,40}") {
        let string = text.replace('\\', "\\\\").replace('\'', "''");
        let comment = text.replace("*/", "").replace('*', "");
        let inserted = worst(&format!("INSERT INTO t VALUES ('{string}')"), false);
        prop_assert_eq!(inserted, None);
        let updated = worst(&format!("UPDATE t SET a = '{string}' /* {comment} */"), false).map(|found| found.0);
        prop_assert_eq!(updated, Some(Class::Unbounded));
    }
}
