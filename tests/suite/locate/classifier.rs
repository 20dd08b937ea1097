//! Which statements destroy, and how far they reach: every adversarial line that is known.

use backtrackctl::locate::Class;
use backtrackctl::locate::sql::{Part, Token, read};

/// The worst that a text does, its kind in lower case, and the tables it does it to.
pub fn worst(sql: &str, truncated: bool) -> Option<(Class, Vec<String>)> {
    let (mut tokens, mut parts) = (Vec::<Token>::new(), Vec::new());
    read(sql.as_bytes(), truncated, &mut tokens, &mut parts);
    parts
        .into_iter()
        .filter_map(|part| {
            if let Part::Damage(damage) = part {
                Some(damage)
            } else {
                None
            }
        })
        .min_by_key(|damage| damage.class)
        .map(|damage| {
            let named = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let tables = damage.tables.iter().map(|table| match table.schema {
                Some(schema) => format!("{}.{}", named(schema), named(table.name)),
                None => named(table.name),
            });
            (damage.class, tables.collect())
        })
}

const UNBOUNDED: &[(&str, &str)] = &[
    ("DELETE FROM orders", "orders"),
    ("delete   from `orders`", "orders"),
    ("/* a */ /* b */ DELETE FROM orders", "orders"),
    ("UPDATE t SET note = 'where is it'", "t"),
    ("UPDATE t SET n = 1 -- where id=1", "t"),
    ("UPDATE t SET n = 1 # where id=1", "t"),
    ("UPDATE t SET n = 1 /* where id=1 */", "t"),
    ("DELETE FROM orders WHERE 1=1", "orders"),
    ("WITH x AS (SELECT 1) DELETE FROM orders", "orders"),
    ("ALTER TABLE orders DROP COLUMN total", "orders"),
    ("DELETE o FROM orders o JOIN x ON o.id = x.id", "orders"),
    ("TRUNCATE orders", "orders"),
    // Beyond those.
    ("DELETE FROM shop.orders;", "shop.orders"),
    ("DELETE FROM `shop`.`orders` ;;", "shop.orders"),
    ("\n\t DELETE\n FROM\torders\n", "orders"),
    ("DeLeTe LOW_PRIORITY QUICK IGNORE FROM orders", "orders"),
    ("/*!50000 DELETE FROM orders */", "orders"),
    ("/*!DELETE*/ FROM orders", "orders"),
    ("/*!080000 DELETE FROM orders */", "orders"),
    ("DELETE /*!50000 FROM */ orders", "orders"),
    ("DELETE FROM orders /*!99999 WHERE id = 1 */", "orders"),
    ("DELETE FROM orders /* it's ; fine */", "orders"),
    ("DELETE FROM orders /*+ NO_INDEX */", "orders"),
    ("DELETE FROM orders WHERE TRUE", "orders"),
    ("DELETE FROM orders WHERE 1", "orders"),
    ("DELETE FROM orders WHERE '1'='1'", "orders"),
    ("DELETE FROM orders WHERE (1 = 1)", "orders"),
    ("DELETE FROM orders WHERE NOT 0", "orders"),
    ("DELETE FROM orders WHERE NOT (1 = 2)", "orders"),
    ("DELETE FROM orders WHERE id = id", "orders"),
    ("DELETE FROM orders WHERE id = 7 OR 1=1", "orders"),
    ("DELETE FROM orders WHERE id = 7 || true", "orders"),
    ("DELETE FROM orders WHERE 1=1 AND 2>1", "orders"),
    ("DELETE FROM orders WHERE name LIKE '%'", "orders"),
    ("DELETE FROM orders WHERE 'a' IN ('a','b')", "orders"),
    ("DELETE FROM orders WHERE NOW() > '2020-01-01'", "orders"),
    ("DELETE FROM orders ORDER BY id", "orders"),
    ("DELETE FROM orders AS o", "orders"),
    ("DELETE FROM orders PARTITION (p1)", "orders"),
    (
        "DELETE orders, items FROM orders LEFT JOIN items ON orders.id = items.order_id",
        "orders,items",
    ),
    (
        "DELETE FROM o USING orders AS o INNER JOIN x ON o.id = x.id",
        "orders",
    ),
    ("DELETE o.* FROM shop.orders o, x", "shop.orders"),
    ("DELETE FROM orders -- WHERE id = 7\n", "orders"),
    ("DELETE FROM orders --\tWHERE id = 7", "orders"),
    ("DELETE FROM `where`", "where"),
    ("DELETE FROM `orders` /* \n WHERE id = 7 \n */", "orders"),
    (
        "UPDATE orders SET total = (SELECT MAX(price) FROM items WHERE items.id = 3)",
        "orders",
    ),
    ("UPDATE orders SET note = \"where id = 1\"", "orders"),
    ("UPDATE orders SET note = 'it''s where id = 1'", "orders"),
    ("UPDATE orders SET note = 'it\\'s where id = 1'", "orders"),
    ("UPDATE orders SET note = 'back\\\\', total = 0", "orders"),
    ("UPDATE orders SET `where` = 1", "orders"),
    (
        "UPDATE orders SET total = CASE WHEN id = 1 THEN 0 ELSE 1 END",
        "orders",
    ),
    ("UPDATE orders SET total=total--1", "orders"),
    ("UPDATE orders SET total = IF(id = 7, 0, total)", "orders"),
    ("UPDATE orders o JOIN x ON o.id = x.id SET o.total = 0", "orders"),
    ("UPDATE orders o, x SET x.n = 1, o.total = 0", "x,orders"),
    ("UPDATE LOW_PRIORITY IGNORE orders SET total = 0", "orders"),
    (
        "UPDATE (SELECT 1 AS a WHERE 1) d JOIN orders ON d.a = orders.id SET orders.total = 0",
        "orders",
    ),
    (
        "WITH RECURSIVE x (n) AS (SELECT 1 UNION ALL SELECT n+1 FROM x WHERE n < 5), y AS (SELECT 2) UPDATE orders SET total = 0",
        "orders",
    ),
    ("SELECT 1; DELETE FROM orders", "orders"),
    ("SELECT ';'; DELETE FROM orders; SELECT 2", "orders"),
    ("BEGIN; DELETE FROM orders; COMMIT", "orders"),
    ("INSERT INTO log VALUES ('a;b'); TRUNCATE TABLE orders", "orders"),
    ("SET @a = 1; UPDATE orders SET total = 0;", "orders"),
    ("TRUNCATE TABLE `shop`.`orders`", "shop.orders"),
    ("truncate table orders -- bye", "orders"),
    ("DROP TABLE orders", "orders"),
    (
        "DROP TABLE IF EXISTS `orders`, shop.items CASCADE",
        "orders,shop.items",
    ),
    ("DROP /* temporary */ TABLE orders", "orders"),
    ("DROP DATABASE shop", "shop.*"),
    ("DROP SCHEMA IF EXISTS shop", "shop.*"),
    (
        "RENAME TABLE orders TO orders_old, orders_new TO orders",
        "orders,orders_new",
    ),
    ("ALTER TABLE orders RENAME TO orders_old", "orders"),
    ("ALTER TABLE orders RENAME orders_old", "orders"),
    ("ALTER TABLE orders RENAME COLUMN total TO sum", "orders"),
    ("ALTER TABLE orders CHANGE total sum INT", "orders"),
    (
        "ALTER TABLE orders ADD COLUMN a INT DEFAULT 1, DROP total",
        "orders",
    ),
    (
        "ALTER TABLE orders ADD COLUMN (a INT, b INT), DROP COLUMN IF EXISTS total",
        "orders",
    ),
    ("ALTER TABLE orders DROP PARTITION p0", "orders"),
    ("ALTER TABLE orders TRUNCATE PARTITION p0", "orders"),
    ("ALTER TABLE orders EXCHANGE PARTITION p0 WITH TABLE x", "orders"),
    ("ALTER TABLE orders DISCARD TABLESPACE", "orders"),
    ("ALTER ONLINE TABLE orders DROP COLUMN `index`", "orders"),
    ("EXECUTE IMMEDIATE 'DELETE FROM orders'", ""),
];

const WIDE: &[(&str, &str)] = &[
    ("DELETE FROM orders WHERE id > 0", "orders"),
    ("DELETE FROM orders WHERE 0 < id", "orders"),
    ("DELETE FROM orders WHERE id IS NOT NULL", "orders"),
    ("DELETE FROM orders WHERE deleted_at IS NULL", "orders"),
    ("DELETE FROM orders WHERE id <> 7", "orders"),
    ("DELETE FROM orders WHERE id != 7", "orders"),
    ("DELETE FROM orders WHERE NOT id = 7", "orders"),
    ("DELETE FROM orders WHERE NOT (id = 7)", "orders"),
    ("DELETE FROM orders WHERE id NOT IN (1, 2)", "orders"),
    ("DELETE FROM orders WHERE name NOT LIKE 'a%'", "orders"),
    ("DELETE FROM orders WHERE name LIKE '%a'", "orders"),
    ("DELETE FROM orders WHERE created_at < '2024-05-17'", "orders"),
    (
        "DELETE FROM orders WHERE created_at < NOW() - INTERVAL 90 DAY",
        "orders",
    ),
    ("DELETE FROM orders WHERE id = 7 OR id > 0", "orders"),
    ("DELETE FROM orders WHERE id IN (SELECT id FROM x)", "orders"),
    (
        "DELETE FROM orders WHERE EXISTS (SELECT 1 FROM x WHERE x.id = 3)",
        "orders",
    ),
    ("DELETE FROM orders WHERE id BETWEEN 0 AND 999999999", "orders"),
    ("DELETE FROM orders WHERE id >= 0 AND id <= 999999999", "orders"),
    ("DELETE FROM orders WHERE id NOT BETWEEN 1 AND 2", "orders"),
    ("DELETE FROM orders WHERE active", "orders"),
    ("DELETE FROM orders WHERE id * 0 = 0", "orders"),
    ("DELETE a FROM orders a, x b WHERE a.id = b.id", "orders"),
    ("DELETE FROM orders LIMIT 5000000", "orders"),
    ("DELETE FROM orders WHERE id > 0 LIMIT 1000000", "orders"),
    (
        "UPDATE orders SET total = 0 WHERE id > (SELECT MIN(id) FROM x WHERE x.id = 1)",
        "orders",
    ),
    ("UPDATE orders SET total = 0 WHERE id = 7 XOR id = 8", "orders"),
    ("REPLACE INTO orders SELECT * FROM staging", "orders"),
    (
        "LOAD DATA INFILE 'x' REPLACE INTO TABLE orders FIELDS TERMINATED BY ','",
        "orders",
    ),
    (
        "INSERT INTO orders SELECT * FROM staging ON DUPLICATE KEY UPDATE total = 0",
        "orders",
    ),
];

const BOUNDED: &[(&str, &str)] = &[
    ("DELETE FROM orders WHERE status = 'open'", "orders"),
    ("DELETE FROM orders WHERE id IN (1, 2, 3)", "orders"),
    ("DELETE FROM orders WHERE id BETWEEN 1 AND 100", "orders"),
    ("DELETE FROM orders WHERE id > 5 AND id < 10", "orders"),
    (
        "DELETE FROM orders WHERE created_at >= '2024-05-01' AND created_at < '2024-06-01'",
        "orders",
    ),
    ("DELETE FROM orders WHERE name LIKE 'test-%'", "orders"),
    ("DELETE FROM orders WHERE user_id = 7 AND 1=1", "orders"),
    ("DELETE FROM orders WHERE LOWER(name) = 'x'", "orders"),
    ("DELETE FROM orders ORDER BY id LIMIT 10", "orders"),
    ("DELETE FROM orders WHERE id > 0 LIMIT 1", "orders"),
    (
        "DELETE FROM orders WHERE (status = 'a' OR status = 'b') AND id > 0",
        "orders",
    ),
    ("UPDATE orders SET note = 'x' WHERE customer = 'y'", "orders"),
    ("UPDATE orders SET total = 0 WHERE status = ?", "orders"),
    (
        "UPDATE orders o JOIN x ON o.id = x.id SET o.total = 0 WHERE x.batch = 7",
        "orders",
    ),
    (
        "DELETE FROM orders WHERE total = (SELECT MAX(total) FROM x)",
        "orders",
    ),
    (
        "REPLACE INTO orders SELECT * FROM staging WHERE batch = 7",
        "orders",
    ),
];

const UNKNOWN: &[&str] = &[
    "CALL purge()",
    "CALL shop.purge(1, 'DELETE FROM orders')",
    "EXECUTE s USING @a",
];

/// Cut off by the log.
const CUT: &[&str] = &[
    "DELETE FROM orders",
    "DELETE FROM orders WHERE id = 7",
    "DELETE",
    "DEL",
    "UPDATE orders SET note = 'and then",
    "UPDATE orders SET note = 'x', total = (SELECT 1",
    "WITH x AS (SELECT 1 FROM a",
    "ALTER TABLE orders ADD COLUMN a INT",
    "ALTER",
    "DROP",
    "DELETE FROM orders /* WHERE",
];

const HARMLESS: &[&str] = &[
    "INSERT INTO log VALUES ('DELETE FROM orders')",
    "DROP TEMPORARY TABLE orders",
    "DROP TEMPORARY TABLE IF EXISTS orders",
    "DELETE FROM orders WHERE id = 7",
    // Beyond those.
    "DELETE FROM orders WHERE 7 = id",
    "DELETE FROM orders WHERE (((id = 7)))",
    "DELETE FROM `orders` WHERE `orders`.`id` = 7 AND status <> 'paid'",
    "DELETE FROM orders WHERE order_id = '9f'",
    "DELETE FROM orders WHERE id = ?",
    "DELETE FROM orders WHERE id IN (7)",
    "DELETE FROM orders WHERE id = 7 LIMIT 1",
    "DELETE FROM orders WHERE 1=0",
    "DELETE FROM orders WHERE FALSE AND id > 0",
    "DELETE FROM orders LIMIT 0",
    "UPDATE orders SET total = 0 WHERE id = 7 -- all good",
    "UPDATE categories SET n = 0 WHERE category_id = 7",
    "SELECT 'DELETE FROM orders'",
    "SELECT 'a; DELETE FROM orders'",
    "SELECT \"; DROP TABLE orders\" /* ; TRUNCATE orders */ -- ; TRUNCATE orders",
    "SELECT * FROM orders FOR UPDATE",
    "/* DELETE FROM orders */ SELECT 1",
    "-- DELETE FROM orders\nSELECT 1",
    "# DELETE FROM orders",
    "/*!99999 DELETE FROM orders */",
    "SELECT `; DELETE FROM orders` FROM t",
    "INSERT INTO orders (note) VALUES ('it''s; DELETE FROM orders')",
    "INSERT INTO orders (note) VALUES ('it\\'s; DELETE FROM orders')",
    "INSERT INTO orders SELECT * FROM staging",
    "INSERT INTO orders VALUES (1) ON DUPLICATE KEY UPDATE total = 0",
    "REPLACE INTO orders VALUES (1, 'DELETE FROM orders')",
    "SET @sql = 'DELETE FROM orders'",
    "PREPARE s FROM 'DELETE FROM orders'",
    "EXPLAIN DELETE FROM orders",
    "DESCRIBE orders",
    "SHOW CREATE TABLE orders",
    "CREATE TABLE orders (id INT)",
    "CREATE PROCEDURE p() BEGIN DELETE FROM orders; TRUNCATE orders; END",
    "CREATE DEFINER=`a`@`%` TRIGGER t BEFORE DELETE ON orders FOR EACH ROW BEGIN DELETE FROM x; END",
    "CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DELETE FROM orders",
    "DROP INDEX i ON orders",
    "DROP VIEW v",
    "DROP PROCEDURE purge",
    "DROP USER 'app'@'%'",
    "DROP TRIGGER IF EXISTS t",
    "DROP PREPARE s",
    "DEALLOCATE PREPARE s",
    "RENAME USER a TO b",
    "ALTER TABLE orders ADD COLUMN dropped INT",
    "ALTER TABLE orders DROP INDEX i, ADD INDEX j (a)",
    "ALTER TABLE orders DROP PRIMARY KEY, ADD PRIMARY KEY (id)",
    "ALTER TABLE orders DROP FOREIGN KEY fk",
    "ALTER TABLE orders ALTER COLUMN total DROP DEFAULT",
    "ALTER TABLE orders COMMENT 'DROP COLUMN total'",
    "ALTER TABLE orders RENAME INDEX a TO b",
    "ALTER TABLE orders CHANGE total total BIGINT",
    "ALTER USER app IDENTIFIED BY 'DROP TABLE orders'",
    "GRANT DELETE, DROP ON shop.* TO app",
    "LOAD DATA INFILE 'x' INTO TABLE orders",
    "CREATE TABLE x AS SELECT * FROM orders",
    "LOCK TABLES orders WRITE",
    "ANALYZE TABLE orders",
    "FLUSH TABLES",
    "COMMIT",
    "",
    ";;;",
    "WITH x AS (SELECT 1) SELECT * FROM x WHERE a = 'DELETE FROM orders'",
    "DO SLEEP(1)",
];

fn check(lines: &[(&str, &str)], class: Class) {
    for (sql, tables) in lines {
        let (found, named) = worst(sql, false).unwrap_or_else(|| panic!("{sql}: no damage found"));
        assert_eq!(found, class, "{sql}");
        assert_eq!(named.join(","), *tables, "{sql}");
    }
}

#[test]
fn what_nothing_bounds_is_unbounded() {
    check(UNBOUNDED, Class::Unbounded);
}

#[test]
fn what_only_excludes_is_wide() {
    check(WIDE, Class::Wide);
}

#[test]
fn what_names_values_is_bounded() {
    check(BOUNDED, Class::Bounded);
}

#[test]
fn what_the_text_does_not_tell_is_unknown() {
    for sql in UNKNOWN {
        assert_eq!(
            worst(sql, false).map(|found| found.0),
            Some(Class::Unknown),
            "{sql}"
        );
    }
    for sql in CUT {
        assert_eq!(
            worst(sql, true).map(|found| found.0),
            Some(Class::Unknown),
            "{sql}"
        );
    }
}

#[test]
fn a_cut_drop_or_truncate_has_already_said_enough() {
    for sql in [
        "DROP TABLE orders, ite",
        "TRUNCATE TABLE orders",
        "ALTER TABLE orders DROP COLUMN a, ADD",
    ] {
        assert_eq!(
            worst(sql, true).map(|found| found.0),
            Some(Class::Unbounded),
            "{sql}"
        );
    }
}

#[test]
fn an_open_string_is_a_cut_statement_even_when_nobody_says_so() {
    for sql in [
        "UPDATE orders SET note = 'and then",
        "DELETE FROM orders WHERE (id = 7",
        "DELETE FROM orders /* x",
    ] {
        assert_eq!(
            worst(sql, false).map(|found| found.0),
            Some(Class::Unknown),
            "{sql}"
        );
    }
}

#[test]
fn what_destroys_nothing_is_no_candidate() {
    for sql in HARMLESS {
        assert_eq!(worst(sql, false), None, "{sql}");
    }
}
