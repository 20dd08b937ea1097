//! How much a destructive statement takes with it, and what kind of statement it is.

use serde::Serialize;

/// How far a destructive statement reaches; the order is the order of ranking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Class {
    /// Nothing bounds it: no WHERE, one that is always true, or DDL that takes rows, columns or a name away.
    Unbounded,
    /// A condition that only excludes some rows, or has one end open.
    Wide,
    /// The text does not tell: it was cut off, or it only names code that was run.
    Unknown,
    /// A condition that names values or a closed range.
    Bounded,
}

/// The statement's kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// DELETE
    Delete,
    /// UPDATE
    Update,
    /// TRUNCATE TABLE
    Truncate,
    /// DROP TABLE, DROP DATABASE
    Drop,
    /// RENAME TABLE
    Rename,
    /// ALTER TABLE
    Alter,
    /// REPLACE
    Replace,
    /// LOAD DATA
    Load,
    /// INSERT
    Insert,
    /// CALL of a stored procedure
    Call,
    /// EXECUTE of a prepared statement
    Execute,
    /// A statement that was cut off before its kind was said.
    Other,
}
