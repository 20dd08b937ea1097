//! What a glance tells of a text is what reading it in full tells.

use super::generated::condition;
use super::logs::escaped;
use backtrackctl::locate::sql::{Edge, Glance, Part, Tables, glance, read};
use proptest::prelude::*;

/// What a glance tells, held against the full reading of the same text.
fn seen(sql: &str) -> Option<String> {
    let raw = escaped(sql);
    let told = glance(raw.as_bytes(), !raw.contains(';'))?;
    let (mut tokens, mut parts) = (Vec::new(), Vec::new());
    read(sql.as_bytes(), false, &mut tokens, &mut parts);
    let expected = match told {
        Glance::Reads => Vec::new(),
        Glance::Edge(edge) => vec![Part::Edge(edge, None)],
        Glance::Write { table, kind, by_key } => vec![Part::Write {
            tables: Tables::one(Some(table)),
            kind,
            by_key,
        }],
    };
    assert_eq!(parts, expected, "{sql}");
    Some(format!("{told:?}"))
}

#[test]
fn what_applications_write_all_day_is_known_at_a_glance() {
    for sql in [
        "SELECT 1",
        "select * from orders where note = 'it\\'s; DELETE FROM orders'",
        "BEGIN",
        "commit",
        "ROLLBACK",
        "INSERT INTO orders (id, `note`) VALUES (1, 'DELETE FROM orders; and where')",
        "insert into shop.orders values (1), (2)",
        "UPDATE orders SET status = 'shipped', note = 'left; at the door', at = NOW() WHERE id = 7",
        "UPDATE `shop`.`orders` SET `orders`.`n` = n + 1\nWHERE `orders`.`id` = 'x' AND n < 3",
        "UPDATE orders SET a = (SELECT MAX(b) FROM x WHERE c = 1 OR d = 2) WHERE id = 7",
        "UPDATE orders SET a = IF(b || c, 'w', 'o') WHERE order_id = ?",
        "DELETE FROM orders WHERE id = 7 AND status <> 'paid' /* housekeeping */",
        "delete from orders where uuid='9f'",
    ] {
        assert!(seen(sql).is_some(), "{sql}");
    }
    assert_eq!(seen("BEGIN"), Some(format!("{:?}", Glance::Edge(Edge::Begin))));
}

#[test]
fn whatever_is_unusual_is_read_in_full() {
    for sql in [
        "",
        "SELECT 1; DELETE FROM orders",
        "SELECT \"a;b\"",
        "BEGIN WORK",
        "INSERT INTO orders SELECT * FROM x",
        "INSERT INTO orders VALUES (1); DROP TABLE orders",
        "INSERT IGNORE INTO orders VALUES (1)",
        "INSERTED",
        "UPDATE orders SET a = 1",
        "UPDATE orders SET a = 1 WHERE id = 7 OR 1=1",
        "UPDATE orders SET a = 1 WHERE id = 7\nOR 1=1",
        "UPDATE orders SET a = 1 WHERE id = 7 AND b = 2\nOR 1=1",
        "UPDATE orders SET a = 1 WHERE id = 7 || 1",
        "UPDATE orders SET a = 1 WHERE id = 7 AND b || 1",
        "UPDATE orders SET a = 1 WHERE id = 7 AND b XOR c",
        "UPDATE orders SET a = 1 -- WHERE id = 7",
        "UPDATE orders SET a = 1 # WHERE id = 7",
        "UPDATE orders SET a = 1 /* WHERE id = 7 */",
        "UPDATE orders SET a = 1 /*! WHERE id = 7 */",
        "UPDATE orders SET a = \"x WHERE id = 7\"",
        "UPDATE orders SET a = 'x WHERE id = 7'",
        "UPDATE orders SET a = '\\' WHERE id = 7",
        "UPDATE orders SET a = 'x\\\\' + 'y WHERE id = 7'",
        "UPDATE orders SET a = t.where = id",
        "UPDATE orders SET a = (1 WHERE id = 7",
        "UPDATE orders SET a = 1) WHERE id = 7",
        "UPDATE orders o SET a = 1 WHERE id = 7",
        "UPDATE orders, x SET a = 1 WHERE id = 7",
        "UPDATE ignore SET a = 1 WHERE id = 7",
        "UPDATE orders SET a = 1 WHERE x.id = 7",
        "UPDATE orders SET a = 1 WHERE id = id",
        "UPDATE orders SET a = 1 WHERE id = 7 + 1",
        "UPDATE orders SET a = 1 WHERE id = 7.5",
        "UPDATE orders SET a = 1 WHERE id = 'a' 'b'",
        "UPDATE orders SET a = 1 WHERE id = -7",
        "UPDATE orders SET a = 1 WHERE NOT id = 7",
        "UPDATE orders SET a = 1 WHERE id > 7",
        "UPDATE orders SET a = 1 WHERE customer_id = 7",
        "UPDATE orders SET a = 1 WHERE id = 7 AND (b = 1",
        "DELETE FROM orders",
        "DELETE orders FROM orders WHERE id = 7",
        "DELETE FROM orders USING x WHERE id = 7",
        "DELETE FROM orders WHERE id = 7 AND note = 'open",
        "DELETE FROM orders WHERE id = 7; DELETE FROM orders",
    ] {
        assert_eq!(seen(sql), None, "{sql}");
    }
}

fn first() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        "id = 7",
        "id=7",
        "t.id = 'x'",
        "`t`.`id` = ?",
        "id = 'a''b'",
        "id = id",
        "id = 7 + 1",
        "id = 7e1",
        "id = '\\''",
        "t_id = 3",
        "where_id = 3",
        "(id = 7)",
    ])
}

fn glue() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(vec![
        " AND ",
        "\nAND ",
        " and\t",
        " && ",
        " OR ",
        "\nOR ",
        "\tor\n",
        " || ",
        " XOR ",
        "\nXOR ",
        " /* ' */ AND ",
        " AND/**/",
        " -- x\n AND ",
        " # x\n OR ",
        " AND x = 1 OR ",
        " AND x = 1\nOR ",
        " AND NOT ",
        " + ",
        "; ",
        " ",
    ])
}

prop_compose! {
    fn statement()(
        update in any::<bool>(),
        table in proptest::sample::select(vec!["t", "`t`", "shop.t", "t t", "`a``b`", "ignore", "`x\ny`"]),
        value in proptest::sample::select(vec![
            "1", "'x'", "'it''s'", "'a\\'b WHERE id = 1'", "'a\\\\'", "\"w\"", "(SELECT 1 WHERE 1)", "b WHERE c", "n - 1", "n -- 1\n", "'w;'", "@where", "x.where",
            "/* WHERE */ 1", "/*! 1 */", "CASE WHEN a OR b THEN 1 END", "`where`", "'open",
        ]),
        gap in proptest::sample::select(vec![" ", "\n", "\t", "  ", "\r\n"]),
        first in first(),
        glue in glue(),
        rest in condition(),
        tail in any::<bool>(),
    ) -> String {
        let head = if update { format!("UPDATE{gap}{table}{gap}SET{gap}a = {value}, b = 2") } else { format!("DELETE{gap}FROM{gap}{table}") };
        let rest = if tail { format!("{glue}{rest}") } else { String::new() };
        format!("{head}{gap}WHERE{gap}{first}{rest}")
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_glance_never_says_what_a_full_reading_does_not(sql in statement()) {
        seen(&sql);
    }

    #[test]
    fn nor_does_it_on_inserts(
        table in proptest::sample::select(vec!["t", "s.t", "`t`", "t PARTITION (p)", "`a\\b`"]),
        list in proptest::sample::select(vec!["", " (a, b)", "(`a`,b)", " (a /* ) */)", " ()"]),
        verb in proptest::sample::select(vec!["VALUES", "values", "VALUE", "SELECT", "SET"]),
        row in proptest::sample::select(vec!["(1)", "('a;b')", "('it\\'s')", "(1); DROP TABLE t", "(\"a;\")", "(1) -- ;", "('\\\\'); TRUNCATE t"]),
    ) {
        seen(&format!("INSERT INTO {table}{list} {verb} {row}"));
    }
}
