//! A MariaDB server of a test's own: another directory, another port, and it ends with the value.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use mysql_async::prelude::Queryable as _;
use mysql_async::{Conn, OptsBuilder, Row};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use super::patience::eventually;

const SYSTEM: [&str; 2] = ["mysql_system_tables.sql", "mysql_system_tables_data.sql"];

/// A server.
pub struct Mariadb {
    folder: TempDir,
    options: Vec<String>,
    process: Child,
    pub port: u16,
}

/// A client's connection, open until it is dropped.
pub struct Client {
    runtime: Runtime,
    conn: Option<Conn>,
}

impl Mariadb {
    /// A server with the sample table `shop.orders` of three rows and the user `backtrackctl`, password `pw`, who may look.
    pub fn start() -> Self {
        Self::with(&[])
    }

    /// The same with options.
    pub fn with(options: &[&str]) -> Self {
        let folder = TempDir::new().unwrap();
        bootstrap(folder.path());
        let options: Vec<String> = options.iter().map(|option| (*option).to_owned()).collect();
        let (port, process) = eventually("a server that got its port", || {
            let port = next_port();
            let mut process = spawn(folder.path(), port, &options);
            awake(&mut process, port).then_some((port, process))
        });
        let server = Self {
            folder,
            options,
            process,
            port,
        };
        server.run(&[
            "CREATE DATABASE shop",
            "CREATE TABLE shop.orders (id INT AUTO_INCREMENT PRIMARY KEY, item VARCHAR(40)) ENGINE=InnoDB",
            "INSERT INTO shop.orders (item) VALUES ('a'), ('b'), ('c')",
            "CREATE USER app@'%' IDENTIFIED BY 'app'",
            "GRANT ALL ON shop.* TO app@'%'",
            "CREATE USER backtrackctl@'%' IDENTIFIED BY 'pw'",
            "GRANT PROCESS, EVENT ON *.* TO backtrackctl@'%'",
            "GRANT SELECT, EXECUTE ON shop.* TO backtrackctl@'%'",
        ]);
        server
    }

    /// The procedure that Aurora has for ending sessions, and the right to call it.
    pub fn with_rds_kill(self) -> Self {
        self.run(&[
            "CREATE DEFINER=root@'127.0.0.1' PROCEDURE mysql.rds_kill(IN thread BIGINT) SQL SECURITY DEFINER \
             BEGIN KILL thread; END",
            "GRANT EXECUTE ON PROCEDURE mysql.rds_kill TO backtrackctl@'%'",
        ]);
        self
    }

    /// Runs statements as root, each by itself.
    #[track_caller]
    pub fn run(&self, statements: &[&str]) {
        let mut root = self.root();
        for statement in statements {
            root.run(statement);
        }
    }

    /// One value, as root.
    #[track_caller]
    pub fn value(&self, sql: &str) -> String {
        self.root().value(sql)
    }

    /// A connection of the application.
    pub fn app(&self) -> Client {
        Client::open(self.port, "app", "app").expect("the application logs in")
    }

    fn root(&self) -> Client {
        Client::open(self.port, "root", "").expect("root logs in")
    }

    /// Ends it at once, as a rewind ends every connection, and starts it again in the same place.
    pub fn restart(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        eventually("the server in its old place", || {
            self.process = spawn(self.folder.path(), self.port, &self.options);
            awake(&mut self.process, self.port).then_some(())
        });
    }

    /// `[database]` of a runbook that reaches it; the password is in the file `pw`.
    pub fn section(&self) -> String {
        format!(
            "\n[database]\nuser = \"backtrackctl\"\npassword = {{ file = \"pw\" }}\nschema = \"shop\"\nca = \"none\"\n\
             host = \"127.0.0.1\"\nport = {}\n",
            self.port
        )
    }
}

impl Drop for Mariadb {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Client {
    /// Connects; none where that fails.
    pub fn open(port: u16, user: &str, password: &str) -> Option<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let options = OptsBuilder::default()
            .ip_or_hostname("127.0.0.1")
            .tcp_port(port)
            .user(Some(user))
            .pass(Some(password))
            .prefer_socket(Some(false));
        let conn = runtime.block_on(Conn::new(options)).ok()?;
        Some(Self {
            runtime,
            conn: Some(conn),
        })
    }

    /// Runs a statement.
    #[track_caller]
    pub fn run(&mut self, sql: &str) {
        self.try_run(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
    }

    /// Runs a statement that may fail.
    pub fn try_run(&mut self, sql: &str) -> Result<(), mysql_async::Error> {
        let conn = self.conn.as_mut().unwrap();
        self.runtime.block_on(conn.query_drop(sql))
    }

    /// One value as text.
    #[track_caller]
    pub fn value(&mut self, sql: &str) -> String {
        let conn = self.conn.as_mut().unwrap();
        let row: Option<Row> = self.runtime.block_on(conn.query_first(sql)).unwrap();
        row.unwrap().get::<String, _>(0).unwrap()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        if let Some(conn) = self.conn.take() {
            // A connection that was cut says no farewell.
            let _ = self.runtime.block_on(conn.disconnect());
        }
    }
}

/// A file of the fixed authority and certificate for 127.0.0.1, good for a hundred years and for nothing but tests.
pub fn tls(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/suite/harness/tls")
        .join(name)
}

/// Another one each time, below those that systems hand out by themselves and those of the lab's own servers: nobody takes
/// it while a server is away for a moment.
fn next_port() -> u16 {
    static TAKEN: AtomicU32 = AtomicU32::new(0);
    let number = TAKEN.fetch_add(1, Ordering::Relaxed) + std::process::id() * 101;
    u16::try_from(10_000 + number % 10_000).unwrap()
}

/// Waits until the server answers; false when it ended instead, as where somebody listens on its port.
fn awake(process: &mut Child, port: u16) -> bool {
    eventually("the server to answer", || {
        if process.try_wait().unwrap().is_some() {
            return Some(false);
        }
        Client::open(port, "root", "").map(|_| true)
    })
}

fn command(folder: &Path) -> Command {
    // It dies with the thread of the test, whatever becomes of that.
    let mut command = Command::new("setpriv");
    command
        .args(["--pdeathsig", "KILL", "mariadbd", "--no-defaults"])
        .arg(format!("--datadir={}", folder.join("data").display()))
        .arg(format!("--tmpdir={}", folder.join("tmp").display()))
        .args([
            "--innodb-use-native-aio=0",
            "--innodb-log-file-size=4M",
            "--innodb-buffer-pool-size=8M",
            "--innodb-flush-log-at-trx-commit=2",
            "--innodb-flush-method=nosync",
            "--skip-log-bin",
            "--skip-name-resolve",
        ])
        .env("PATH", "/usr/local/sbin:/usr/sbin:/usr/local/bin:/usr/bin:/bin");
    if rustix::process::geteuid().is_root() {
        command.arg("--user=root");
    }
    command
}

fn bootstrap(folder: &Path) {
    std::fs::create_dir(folder.join("data")).unwrap();
    std::fs::create_dir(folder.join("tmp")).unwrap();
    let mut script = "SET @auth_root_socket=NULL;\nCREATE DATABASE mysql;\nUSE mysql;\n".to_owned();
    for name in SYSTEM {
        let path = Path::new("/usr/share/mysql").join(name);
        let text = std::fs::read_to_string(&path).unwrap_or_else(|error| {
            panic!("{}: {error}: apt-get install mariadb-server-core", path.display())
        });
        script.push_str(&text);
    }
    let file = folder.join("bootstrap.sql");
    std::fs::write(&file, script).unwrap();
    let done = command(folder)
        .arg("--bootstrap")
        .stdin(File::open(&file).unwrap())
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

fn spawn(folder: &Path, port: u16, options: &[String]) -> Child {
    command(folder)
        .arg(format!("--port={port}"))
        .arg("--bind-address=127.0.0.1")
        .arg(format!("--socket={}", folder.join("socket").display()))
        .arg(format!("--pid-file={}", folder.join("pid").display()))
        .args(options)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(File::create(folder.join("log")).unwrap())
        .spawn()
        .unwrap()
}
