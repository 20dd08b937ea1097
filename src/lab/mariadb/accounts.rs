//! Who may connect to the lab's server, and what they may do: as on Aurora, where nobody is SUPER.

use uuid::Uuid;

/// The service's own account, as Aurora names it. The lab reads the truth with it.
pub(super) const SERVICE: &str = "rdsadmin";
/// The master user.
pub(super) const ADMIN: &str = "admin";
/// The sample application.
pub(super) const SHOP: &str = "shop";

/// A service that imports in bulk.
pub(super) const IMPORT: &str = "import";
/// A service that reads, through a pool of connections.
pub(super) const REPORTING: &str = "reporting";

/// What a master user of Aurora may do that MariaDB knows: not SUPER, not CONNECTION ADMIN, not FILE, not SHUTDOWN.
const ADMIN_MAY: &str = "SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, RELOAD, PROCESS, REFERENCES, INDEX, ALTER, \
     SHOW DATABASES, CREATE TEMPORARY TABLES, LOCK TABLES, EXECUTE, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, \
     ALTER ROUTINE, CREATE USER, EVENT, TRIGGER";

/// The passwords of one lab: unlike any other's, never empty.
#[derive(Clone)]
pub(super) struct Accounts {
    pub(super) service: String,
    pub(super) admin: String,
    pub(super) shop: String,
    pub(super) import: String,
    pub(super) reporting: String,
}

impl Accounts {
    pub(super) fn new() -> Self {
        let word = || Uuid::new_v4().simple().to_string();
        Self {
            service: word(),
            admin: word(),
            shop: word(),
            import: word(),
            reporting: word(),
        }
    }

    /// The statements that make them, one a line.
    pub(super) fn statements(&self) -> Vec<String> {
        let Self {
            service,
            admin,
            shop,
            import,
            reporting,
        } = self;
        vec![
            "DELETE FROM mysql.global_priv WHERE User = 'root';".to_owned(),
            "DELETE FROM mysql.proxies_priv;".to_owned(),
            "FLUSH PRIVILEGES;".to_owned(),
            format!("CREATE USER {SERVICE}@'127.0.0.1' IDENTIFIED BY '{service}';"),
            format!("GRANT ALL PRIVILEGES ON *.* TO {SERVICE}@'127.0.0.1' WITH GRANT OPTION;"),
            format!("CREATE USER {ADMIN}@'%' IDENTIFIED BY '{admin}';"),
            format!("GRANT {ADMIN_MAY} ON *.* TO {ADMIN}@'%' WITH GRANT OPTION;"),
            format!("CREATE USER {SHOP}@'%' IDENTIFIED BY '{shop}';"),
            format!("GRANT SELECT, INSERT, UPDATE, DELETE ON shop.* TO {SHOP}@'%';"),
            format!("CREATE USER {IMPORT}@'%' IDENTIFIED BY '{import}';"),
            format!("GRANT SELECT ON shop.* TO {IMPORT}@'%';"),
            format!("GRANT INSERT ON shop.imported TO {IMPORT}@'%';"),
            format!("CREATE USER {REPORTING}@'%' IDENTIFIED BY '{reporting}';"),
            format!("GRANT SELECT ON shop.* TO {REPORTING}@'%';"),
            kill("rds_kill", "thread", "KILL"),
            kill("rds_kill_query", "thread", "KILL QUERY"),
        ]
    }
}

/// Aurora's way to end a session without the privilege to end any: an unknown one is error 1094.
fn kill(name: &str, parameter: &str, statement: &str) -> String {
    format!(
        "CREATE DEFINER={SERVICE}@'127.0.0.1' PROCEDURE mysql.{name}(IN {parameter} BIGINT) \
         SQL SECURITY DEFINER {statement} {parameter};"
    )
}
