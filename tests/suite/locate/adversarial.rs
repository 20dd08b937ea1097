//! More lines that mislead: other servers' dialects, comments that run, conditions that bound nothing.

use super::classifier::worst;
use super::logs::{audit, query, statements};
use backtrackctl::locate::{Class, Query};

/// What each text does at worst; `None` is nothing to rewind for.
const LINES: &[(&str, Option<Class>)] = &[
    // Comments that run, and comments that do not.
    ("DELETE FROM orders /*M! WHERE id = 7 */", Some(Class::Unbounded)),
    (
        "/*!50000 DELETE /* deep */ FROM orders */",
        Some(Class::Unbounded),
    ),
    ("/* a /* b */ DELETE FROM orders", Some(Class::Unbounded)),
    (
        "DELETE FROM orders WHERE id = 7 /*! OR 1=1 */",
        Some(Class::Unbounded),
    ),
    (
        "DELETE FROM orders WHERE id = 7 /*!50000 OR 1=1 */ -- x",
        Some(Class::Unbounded),
    ),
    ("DELETE FROM orders WHERE id = 7 /* OR 1=1 */", None),
    ("DELETE FROM orders WHERE id = 7 /*!99999 OR 1=1 */", None),
    (
        "DELETE FROM orders WHERE/**/id/**/=/**/7/**/OR/**/1",
        Some(Class::Unbounded),
    ),
    (
        "DELETE /*+ MAX_EXECUTION_TIME(1) */ FROM orders -- WHERE id = 7",
        Some(Class::Unbounded),
    ),
    ("DROP /*!50000 TEMPORARY */ TABLE orders", None),
    ("DROP /* TEMPORARY */ TABLE orders", Some(Class::Unbounded)),
    ("SELECT /*! 1; DELETE FROM orders */", Some(Class::Unbounded)),
    ("SELECT /* 1; DELETE FROM orders */ 1", None),
    // Conditions that hold for every row.
    ("DELETE FROM orders WHERE (1)", Some(Class::Unbounded)),
    ("DELETE FROM orders WHERE 0.5", Some(Class::Unbounded)),
    ("DELETE FROM orders WHERE '1abc'", Some(Class::Unbounded)),
    ("DELETE FROM orders WHERE 'a' = 'A'", Some(Class::Unbounded)),
    ("DELETE FROM orders WHERE 1 <> 2", Some(Class::Unbounded)),
    ("DELETE FROM orders WHERE NOT FALSE", Some(Class::Unbounded)),
    ("DELETE FROM orders WHERE !0", Some(Class::Unbounded)),
    ("DELETE FROM orders WHERE NULL IS NULL", Some(Class::Unbounded)),
    (
        "DELETE FROM orders WHERE 1 BETWEEN 0 AND 2",
        Some(Class::Unbounded),
    ),
    ("DELETE FROM orders WHERE id <=> id", Some(Class::Unbounded)),
    (
        "DELETE FROM orders WHERE orders.id = orders.id",
        Some(Class::Unbounded),
    ),
    ("DELETE FROM orders WHERE RAND() < 2", Some(Class::Unbounded)),
    ("DELETE FROM orders WHERE SLEEP(0) = 0", Some(Class::Unbounded)),
    (
        "DELETE FROM orders WHERE id = 7 OR id = id",
        Some(Class::Unbounded),
    ),
    ("DELETE FROM orders WHERE id = 7 OR '1'", Some(Class::Unbounded)),
    (
        "DELETE FROM orders WHERE id = 7 OR NOT (1 = 2)",
        Some(Class::Unbounded),
    ),
    (
        "DELETE FROM orders WHERE (id = 7) OR ((1))",
        Some(Class::Unbounded),
    ),
    (
        "DELETE FROM orders WHERE TRUE AND TRUE ORDER BY id",
        Some(Class::Unbounded),
    ),
    (
        "UPDATE orders SET a = 'WHERE id = 7' -- WHERE id = 7",
        Some(Class::Unbounded),
    ),
    (
        "UPDATE orders SET a = _utf8mb4'x' 'WHERE id = 7'",
        Some(Class::Unbounded),
    ),
    ("UPDATE orders SET a = N'x WHERE id = 7'", Some(Class::Unbounded)),
    (
        "UPDATE orders SET a = @where, b = @`where id = 7`",
        Some(Class::Unbounded),
    ),
    // Conditions that do bound, or never hold.
    ("DELETE FROM orders WHERE 'abc'", None),
    ("DELETE FROM orders WHERE id = 7 AND 1 = 0", None),
    ("DELETE FROM orders WHERE id = 7 OR 1 = 0", None),
    ("DELETE FROM orders WHERE id = LAST_INSERT_ID()", None),
    ("DELETE FROM orders WHERE (id) = (7)", None),
    ("UPDATE orders SET a = 1 WHERE id = @id", None),
    ("UPDATE orders SET a = 1 LIMIT 10", Some(Class::Bounded)),
    (
        "DELETE FROM orders WHERE id IN (1,2,3) ORDER BY id LIMIT 2",
        Some(Class::Bounded),
    ),
    (
        "DELETE FROM orders ORDER BY id LIMIT 18446744073709551615",
        Some(Class::Wide),
    ),
    ("DELETE FROM orders LIMIT ?", Some(Class::Wide)),
    ("DELETE FROM orders WHERE name REGEXP '.*'", Some(Class::Wide)),
    (
        "DELETE FROM orders WHERE NOT EXISTS (SELECT 1 FROM x WHERE x.id = orders.id)",
        Some(Class::Wide),
    ),
    (
        "DELETE FROM orders WHERE id IN (SELECT id FROM (SELECT id FROM orders) o)",
        Some(Class::Wide),
    ),
    // Several tables.
    (
        "UPDATE orders, items SET orders.a = 1, items.b = 2",
        Some(Class::Unbounded),
    ),
    (
        "UPDATE orders LEFT JOIN items ON items.id = orders.id SET orders.a = 1",
        Some(Class::Unbounded),
    ),
    (
        "UPDATE orders JOIN items USING (id) SET a = 1 WHERE items.batch = 3",
        Some(Class::Bounded),
    ),
    (
        "DELETE orders, items FROM orders INNER JOIN items WHERE orders.id = items.order_id",
        Some(Class::Wide),
    ),
    ("UPDATE orders USE INDEX (i) SET a = 1", Some(Class::Unbounded)),
    ("UPDATE orders PARTITION (p0) SET a = 1", Some(Class::Unbounded)),
    // Rows that are written over.
    ("REPLACE orders VALUES (1)", None),
    ("REPLACE INTO orders SET id = 1", None),
    ("REPLACE INTO orders TABLE staging", Some(Class::Wide)),
    ("REPLACE INTO orders (SELECT * FROM staging)", Some(Class::Wide)),
    (
        "REPLACE INTO orders (id, a) (SELECT id, a FROM staging WHERE batch = 3)",
        Some(Class::Bounded),
    ),
    (
        "INSERT INTO orders (SELECT * FROM staging) ON DUPLICATE KEY UPDATE a = 1",
        Some(Class::Wide),
    ),
    ("INSERT INTO orders (SELECT * FROM staging)", None),
    (
        "INSERT INTO orders WITH x AS (SELECT 1) SELECT * FROM x ON DUPLICATE KEY UPDATE a = 1",
        Some(Class::Wide),
    ),
    ("INSERT INTO orders VALUES (1, 'ON DUPLICATE KEY UPDATE')", None),
    (
        "INSERT INTO orders (a) VALUES (1) ON DUPLICATE KEY UPDATE a = VALUES(a)",
        None,
    ),
    (
        "LOAD DATA LOCAL INFILE 'x' REPLACE INTO TABLE orders",
        Some(Class::Wide),
    ),
    ("LOAD DATA FROM S3 's3://b/replace' INTO TABLE orders", None),
    (
        "LOAD DATA FROM S3 PREFIX 's3://b/x' REPLACE INTO TABLE orders",
        Some(Class::Wide),
    ),
    // Tables as such.
    ("DROP TABLES orders, items", Some(Class::Unbounded)),
    ("RENAME TABLES orders TO old", Some(Class::Unbounded)),
    (
        "ALTER TABLE shop.orders RENAME AS archive.orders",
        Some(Class::Unbounded),
    ),
    (
        "ALTER TABLE orders TRUNCATE PARTITION ALL",
        Some(Class::Unbounded),
    ),
    (
        "ALTER TABLE orders DROP PARTITION IF EXISTS p0, p1",
        Some(Class::Unbounded),
    ),
    (
        "ALTER TABLE orders DISCARD PARTITION p0 TABLESPACE",
        Some(Class::Unbounded),
    ),
    ("ALTER TABLE orders IMPORT TABLESPACE", None),
    (
        "ALTER TABLE orders REORGANIZE PARTITION p0 INTO (PARTITION p1 VALUES LESS THAN (9))",
        None,
    ),
    ("ALTER TABLE orders DROP CONSTRAINT c, DROP CHECK d", None),
    (
        "ALTER TABLE orders MODIFY COLUMN total BIGINT, ALGORITHM=INPLACE",
        None,
    ),
    (
        "ALTER TABLE orders DROP COLUMN `index`, ADD COLUMN b INT",
        Some(Class::Unbounded),
    ),
    ("CREATE TABLE IF NOT EXISTS orders (dropped INT)", None),
    ("DROP VIEW orders", None),
    ("DROP SERVER s", None),
    // MariaDB's own.
    ("CREATE OR REPLACE TABLE orders (id INT)", Some(Class::Unbounded)),
    ("CREATE OR REPLACE TEMPORARY TABLE orders (id INT)", None),
    ("CREATE OR REPLACE VIEW v AS SELECT 1", None),
    ("DELETE FROM orders RETURNING id", Some(Class::Unbounded)),
    ("DELETE FROM orders WHERE id = 7 RETURNING id", None),
    (
        "SET STATEMENT max_statement_time=60 FOR DELETE FROM orders",
        Some(Class::Unbounded),
    ),
    ("SET STATEMENT max_statement_time=60 FOR SELECT 1", None),
    ("BEGIN NOT ATOMIC DELETE FROM orders; END", Some(Class::Unbounded)),
    ("ANALYZE DELETE FROM orders", Some(Class::Unknown)),
    (
        "ANALYZE FORMAT=JSON UPDATE orders SET a = 1",
        Some(Class::Unknown),
    ),
    ("ANALYZE LOCAL TABLE orders", None),
    (
        "EXECUTE IMMEDIATE CONCAT('DEL', 'ETE FROM orders')",
        Some(Class::Unknown),
    ),
    // Prepared, set, called.
    ("SET @@session.sql_log_bin = 0", None),
    ("SET @@global.event_scheduler = 'DELETE FROM orders'", None),
    ("PREPARE s FROM @sql", None),
    ("EXECUTE s", Some(Class::Unknown)),
    ("XA START 'DELETE FROM orders'", None),
    ("SAVEPOINT `DELETE FROM orders`", None),
    ("DECLARE c CURSOR FOR DELETE FROM orders", None),
];

#[test]
fn lines_that_mislead_are_classed_by_what_they_do() {
    assert!(LINES.len() >= 90);
    let wrong: Vec<_> = LINES
        .iter()
        .map(|(sql, class)| (sql, *class, worst(sql, false).map(|found| found.0)))
        .filter(|(_, expected, found)| expected != found)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Each line as every plugin writes it, on a connection of its own.
#[test]
fn the_three_plugins_lines_are_classed_alike() {
    for (sql, class) in LINES.iter().filter(|(_, class)| *class != Some(Class::Unknown)) {
        let aurora = query(0, 7, sql, 0);
        let local = aurora.replacen("1715956080000000", "20240517 14:28:00", 1);
        let fork = format!("{local},,");
        for line in [
            aurora.clone(),
            local.clone(),
            fork.clone(),
            format!("{aurora}\r"),
            format!("{fork}\r"),
        ] {
            let found = audit(std::slice::from_ref(&line)).search(&Query {
                zone: Some(chrono_tz::UTC),
                ..Query::default()
            });
            let classes: Vec<Class> = found.candidates.iter().map(|candidate| candidate.class).collect();
            assert_eq!(classes, class.iter().copied().collect::<Vec<_>>(), "{line}");
            assert_eq!((found.coverage.parsed, found.coverage.skipped), (1, 0), "{line}");
        }
    }
}

#[test]
fn a_name_or_host_of_any_length_moves_the_fields_and_nothing_else() {
    let line = query(0, 7, "DELETE FROM orders", 0);
    for length in [0, 1, 7, 15, 16, 17, 31, 32, 48, 63, 64, 65, 200] {
        for field in [",prod-1,", ",app,", ",10.0.1.5,", ",shop,"] {
            let line = line.replacen(field, &format!(",{},", "x".repeat(length)), 1);
            let next = query(1, 8, "SELECT 1", 0);
            let found = audit(&[line.clone(), next]).found();
            assert_eq!(statements(&found), ["DELETE FROM orders"], "{line}");
            assert_eq!(found.coverage.parsed, 2, "{line}");
        }
    }
}
