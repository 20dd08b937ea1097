//! Why the private server could not be had, or did not do what it was told.

use std::io;
use std::path::{Path, PathBuf};

/// A fault of the `mariadb` engine. Nothing outside of the lab's own directory is touched by any of them.
#[derive(Debug, thiserror::Error)]
pub enum MariadbError {
    /// No server program on this machine.
    #[error("no mariadbd was found ({looked}); install it with: apt-get install mariadb-server-core")]
    NoBinary {
        /// Where it was looked for.
        looked: String,
    },
    /// It is there, and is no MariaDB.
    #[error(
        "{} is no MariaDB ({said}); the lab needs one: apt-get install mariadb-server-core",
        path.display()
    )]
    Stranger {
        /// The program.
        path: PathBuf,
        /// What it calls itself.
        said: String,
    },
    /// The files that make a new data directory are not beside the program.
    #[error("{} is there and its SQL files are not ({looked}); install them with: apt-get install mariadb-server-core", path.display())]
    NoSystemTables {
        /// The program.
        path: PathBuf,
        /// Where they were looked for.
        looked: String,
    },
    /// The directory has not the lab's marker.
    #[error("{} is no directory of the lab: it has no file `{marker}`; it was left alone", path.display())]
    NotOurs {
        /// The directory.
        path: PathBuf,
        /// The name of the file that a lab's directory has.
        marker: &'static str,
    },
    /// Another lab works in the directory.
    #[error("{} is the directory of another lab that is running", path.display())]
    Locked {
        /// The directory.
        path: PathBuf,
    },
    /// No port below those that the system hands out.
    #[error("no free port was found on 127.0.0.1 for the lab's server")]
    NoPort,
    /// The server program ended before it took a connection.
    #[error("the lab's server did not start: {last}")]
    NotStarted {
        /// The last lines of its log.
        last: String,
    },
    /// The server is not there, or hangs.
    #[error("the lab's server {0}")]
    Server(&'static str),
    /// The operating system refused.
    #[error("{what} {}: {source}", path.display())]
    System {
        /// What was tried: `could not write`.
        what: &'static str,
        /// With which file.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// The server refused a statement of the lab's own, or its connection ended.
    #[error("the lab's server refused: {0}")]
    Sql(String),
}

impl MariadbError {
    /// Wraps an error of the operating system: `.map_err(MariadbError::system("could not write", path))`.
    pub(super) fn system(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::System { what, path, source }
    }
}
