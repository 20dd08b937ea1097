//! A new data directory: the system tables, the accounts, and an empty shop.

use std::fs::{self, File};
use std::io::Write as _;
use std::process::{Command, Stdio};

use super::accounts::Accounts;
use super::binary::Binary;
use super::fault::MariadbError;
use super::home::Home;
use super::server;

/// What the program's own installer runs, less help texts and geometry that no drill asks for.
const SYSTEM: [&str; 2] = ["mysql_system_tables.sql", "mysql_system_tables_data.sql"];
const SHOP: [&str; 3] = [
    "CREATE DATABASE shop CHARACTER SET utf8mb4;",
    "CREATE TABLE shop.orders (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, \
     placed_at DATETIME(3) NOT NULL, customer INT UNSIGNED NOT NULL, amount_cents INT UNSIGNED NOT NULL) \
     ENGINE=InnoDB;",
    "CREATE TABLE shop.imported (id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, line VARCHAR(40) NOT NULL) \
     ENGINE=InnoDB;",
];

/// Fills the home's empty data directory.
pub(super) fn bootstrap(binary: &Binary, home: &Home, accounts: &Accounts) -> Result<(), MariadbError> {
    // `--bootstrap` wants each statement on its own line.
    let mut script = "CREATE DATABASE mysql;\nUSE mysql;\nSET @auth_root_socket=NULL;\n".to_owned();
    for name in SYSTEM {
        let path = binary.sql.join(name);
        let text = fs::read_to_string(&path).map_err(MariadbError::system("could not read", &path))?;
        script.push_str(&text);
        script.push('\n');
    }
    let own = SHOP.map(str::to_owned).into_iter().chain(accounts.statements());
    for statement in own {
        script.push_str(&statement);
        script.push('\n');
    }
    let log_path = home.log();
    let open_log = || File::options().create(true).append(true).open(&log_path);
    let log = open_log().map_err(MariadbError::system("could not write", &log_path))?;
    let again = log
        .try_clone()
        .map_err(MariadbError::system("could not write", &log_path))?;
    let mut child = Command::new(&binary.path)
        .args(server::storage_options(home))
        .arg("--bootstrap")
        .env_clear()
        .current_dir(home.root())
        .stdin(Stdio::piped())
        .stdout(log)
        .stderr(again)
        .spawn()
        .map_err(MariadbError::system("could not run", &binary.path))?;
    // A program that ended early closes its end: its log says why.
    let written = child
        .stdin
        .take()
        .map(|mut input| input.write_all(script.as_bytes()));
    let status = child
        .wait()
        .map_err(MariadbError::system("could not run", &binary.path))?;
    let errors = server::errors(&log_path);
    if !status.success() || !errors.is_empty() || !matches!(written, Some(Ok(()))) {
        return Err(MariadbError::NotStarted {
            last: format!(
                "its data directory could not be made: {}",
                server::last_lines(&log_path)
            ),
        });
    }
    Ok(())
}
