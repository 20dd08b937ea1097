//! Where the server program is, and what it is.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::fault::MariadbError;

/// Names the program, where it lies in no usual place.
const VARIABLE: &str = "BACKTRACKCTL_MARIADBD";
const NAMES: [&str; 2] = ["mariadbd", "mysqld"];
/// Server programs lie in folders that the PATH of a person seldom has.
const FOLDERS: [&str; 6] = [
    "/usr/sbin",
    "/usr/local/sbin",
    "/usr/bin",
    "/usr/local/bin",
    "/usr/libexec",
    "/opt/homebrew/bin",
];
const SQL_FOLDERS: [&str; 4] = [
    "/usr/share/mysql",
    "/usr/share/mariadb",
    "/usr/local/share/mysql",
    "/opt/homebrew/share/mysql",
];
/// The file by which a folder of SQL is known.
const SYSTEM_TABLES: &str = "mysql_system_tables.sql";

/// A MariaDB server program with what it needs to make a data directory.
#[derive(Clone, Debug)]
pub(crate) struct Binary {
    pub(super) path: PathBuf,
    /// The folder with `mysql_system_tables.sql`.
    pub(super) sql: PathBuf,
    /// `10.11.14-MariaDB`, as it calls itself.
    version: String,
}

impl Binary {
    /// Looks for it: the variable `BACKTRACKCTL_MARIADBD`, the PATH, the folders where distributions put servers.
    pub(crate) fn find() -> Result<Self, MariadbError> {
        if let Some(named) = env::var_os(VARIABLE) {
            let path = PathBuf::from(named);
            if !path.is_file() {
                return Err(MariadbError::NoBinary {
                    looked: format!("{VARIABLE} names {}", path.display()),
                });
            }
            return Self::at(path);
        }
        let listed = env::var_os("PATH").unwrap_or_default();
        let folders: Vec<PathBuf> = env::split_paths(&listed)
            .chain(FOLDERS.map(PathBuf::from))
            .filter(|folder| folder.is_absolute())
            .collect();
        let named = NAMES
            .iter()
            .flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
        let found = named.into_iter().find(|path| path.is_file());
        found.map_or_else(
            || {
                Err(MariadbError::NoBinary {
                    looked: format!("looked in the PATH and in {}", FOLDERS.join(", ")),
                })
            },
            Self::at,
        )
    }

    fn at(path: PathBuf) -> Result<Self, MariadbError> {
        let output = Command::new(&path)
            .args(["--no-defaults", "--version"])
            .stdin(Stdio::null())
            .output()
            .map_err(MariadbError::system("could not run", &path))?;
        let said = String::from_utf8_lossy(&output.stdout);
        let said = said.trim();
        let version = said.split_whitespace().skip_while(|word| *word != "Ver").nth(1);
        let Some(version) = version.filter(|_| said.contains("MariaDB")) else {
            let said = said.to_owned();
            return Err(MariadbError::Stranger { path, said });
        };
        let version = version.to_owned();
        let sql = Self::sql_folder(&path)?;
        Ok(Self { path, sql, version })
    }

    fn sql_folder(path: &Path) -> Result<PathBuf, MariadbError> {
        let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let beside = real
            .parent()
            .and_then(Path::parent)
            .map(|root| root.join("share"));
        let beside = beside
            .iter()
            .flat_map(|share| ["mysql", "mariadb"].map(|name| share.join(name)));
        let folders: Vec<PathBuf> = beside.chain(SQL_FOLDERS.map(PathBuf::from)).collect();
        let found = folders.iter().find(|folder| folder.join(SYSTEM_TABLES).is_file());
        found.cloned().ok_or_else(|| MariadbError::NoSystemTables {
            path: path.to_owned(),
            looked: SQL_FOLDERS.join(", "),
        })
    }

    /// `mariadb 10.11.14`: for people.
    pub(crate) fn name(&self) -> String {
        let number = self.version.split('-').next().unwrap_or("");
        format!("mariadb {number}")
    }
}
