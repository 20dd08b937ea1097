//! The server process: its options, its start, its end.

use std::fs::{self, File};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use rustix::process::Pid;

use super::binary::Binary;
use super::fault::MariadbError;
use super::home::Home;

/// Where util-linux puts the program that ties a process to its parent.
const SETPRIV: [&str; 2] = ["/usr/bin/setpriv", "/bin/setpriv"];
const LAST_LINES: usize = 6;

/// What makes the storage sound to freeze and quick to move. `--no-defaults` has to be the first.
pub(super) fn storage_options(home: &Home) -> Vec<String> {
    let mut options: Vec<String> = [
        "--no-defaults",
        "--innodb-use-native-aio=0",
        "--innodb-flush-log-at-trx-commit=2",
        "--innodb-flush-method=nosync",
        "--innodb-doublewrite=0",
        "--sync-frm=0",
        "--skip-log-bin",
        "--innodb-log-file-size=16M",
        "--innodb-autoextend-increment=1",
        "--innodb-temp-data-file-path=ibtmp1:1M:autoextend",
        "--innodb-buffer-pool-size=64M",
        "--innodb-buffer-pool-dump-at-shutdown=0",
        "--innodb-buffer-pool-load-at-startup=0",
        "--aria-log-file-size=8M",
        "--default-storage-engine=InnoDB",
        "--character-set-server=utf8mb4",
        "--default-time-zone=+00:00",
    ]
    .map(str::to_owned)
    .to_vec();
    options.push(format!("--datadir={}", home.data().display()));
    options.push(format!("--tmpdir={}", home.temporary().display()));
    if rustix::process::geteuid().is_root() {
        options.push("--user=root".to_owned());
    }
    options
}

/// How it listens. Only InnoDB tables: others are not sound to freeze.
fn service_options(home: &Home, port: u16) -> Vec<String> {
    let mut options: Vec<String> = [
        "--bind-address=127.0.0.1",
        "--skip-name-resolve",
        "--enforce-storage-engine=InnoDB",
        "--event-scheduler=ON",
        "--performance-schema=OFF",
        "--local-infile=0",
        "--max-connections=120",
        "--socket=server.sock",
    ]
    .map(str::to_owned)
    .to_vec();
    options.push(format!("--port={port}"));
    options.push(format!("--pid-file={}", home.root().join("mysqld.pid").display()));
    options
}

/// A running server. Dropping it kills it, stopped or not.
#[derive(Debug)]
pub(super) struct Server {
    child: Child,
    pid: Pid,
}

impl Server {
    /// Starts one on the home's data. It takes no connections yet.
    ///
    /// The kernel ends it with the thread that calls this, where `setpriv` is there.
    pub(super) fn spawn(binary: &Binary, home: &Home, port: u16) -> Result<Self, MariadbError> {
        let log_path = home.log();
        let log = File::options()
            .create(true)
            .append(true)
            .open(&log_path)
            .map_err(MariadbError::system("could not write", &log_path))?;
        let setpriv = SETPRIV.iter().map(PathBuf::from).find(|path| path.is_file());
        let mut command = match setpriv {
            Some(setpriv) => {
                let mut command = Command::new(setpriv);
                command.args(["--pdeathsig", "KILL"]).arg(&binary.path);
                command
            }
            None => Command::new(&binary.path),
        };
        let child = command
            .args(storage_options(home))
            .args(service_options(home, port))
            // Ctrl-C in a terminal is the lab's to answer.
            .process_group(0)
            .env_clear()
            .current_dir(home.root())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .map_err(MariadbError::system("could not run", &binary.path))?;
        let pid = Pid::from_child(&child);
        let server = Self { child, pid };
        let pid_file = home.pid_file();
        fs::write(&pid_file, pid.as_raw_nonzero().to_string())
            .map_err(MariadbError::system("could not write", &pid_file))?;
        Ok(server)
    }

    pub(super) fn pid(&self) -> Pid {
        self.pid
    }

    /// Whether the process has ended.
    pub(super) fn ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Ends it as a power cut would, and waits until it is gone.
    pub(super) fn kill(&mut self) {
        // It may be gone already.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The lines of a server's log that are errors.
pub(super) fn errors(log: &Path) -> Vec<String> {
    let text = fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let wrong = |line: &&str| line.starts_with("ERROR") || line.contains("[ERROR]");
    text.lines().filter(wrong).map(str::to_owned).collect()
}

/// The end of a server's log in one line: its errors where it names any.
pub(super) fn last_lines(log: &Path) -> String {
    let mut lines = errors(log);
    if lines.is_empty() {
        let text = fs::read(log).unwrap_or_default();
        lines = String::from_utf8_lossy(&text)
            .lines()
            .map(str::to_owned)
            .collect();
    }
    let first = lines.len().saturating_sub(LAST_LINES);
    lines.split_off(first).join(" | ")
}
