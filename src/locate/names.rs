//! Names as logs and results write them, and which are Aurora's own.

use super::sql::Table;

/// Aurora's own accounts, and replication.
pub fn is_noise(user: &[u8]) -> bool {
    matches!(
        user,
        b"rdsadmin"
            | b"rdsrepladmin"
            | b"rdstopmgr"
            | b"rdsproxyadmin"
            | b"system user"
            | b"mysql.session"
            | b"mysql.sys"
    )
}

/// Aurora's own tables.
pub fn is_internal(tables: &[String]) -> bool {
    !tables.is_empty()
        && tables
            .iter()
            .all(|table| table.starts_with("mysql.rds_") || table.starts_with("mysql.aurora_"))
}

/// `schema.table` into `into`; without a schema where none is known.
fn qualify(table: Table<'_>, schema: &[u8], into: &mut Vec<u8>) {
    into.clear();
    let schema = table.schema.unwrap_or(schema);
    if !schema.is_empty() {
        into.extend_from_slice(schema);
        into.push(b'.');
    }
    into.extend_from_slice(table.name);
}

/// `schema.table`, as text.
pub fn qualified(table: Table<'_>, schema: &[u8]) -> String {
    let mut name = Vec::new();
    qualify(table, schema, &mut name);
    String::from_utf8_lossy(&name).into_owned()
}
