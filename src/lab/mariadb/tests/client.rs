//! A MySQL client that nobody here wrote, with the login of the ready line.

use mysql_async::prelude::Queryable as _;
use mysql_async::{Conn, Error, Opts, OptsBuilder, Row, Value};
use tokio::runtime::Runtime;

use super::super::super::data::{DataPlane as _, Login};
use super::super::Plane;

/// One connection, and the runtime that it needs.
pub(super) struct Client {
    runtime: Runtime,
    conn: Option<Conn>,
}

impl Client {
    /// As the master user.
    pub(super) fn of(plane: &Plane) -> Self {
        let Login {
            address,
            user,
            password,
        } = plane.login().unwrap().clone();
        Self::with(address.port(), &user, &password).unwrap()
    }

    pub(super) fn with(port: u16, user: &str, password: &str) -> Result<Self, Error> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let options: Opts = OptsBuilder::default()
            .ip_or_hostname("127.0.0.1")
            .tcp_port(port)
            .user(Some(user))
            .pass(Some(password))
            .prefer_socket(false)
            .into();
        let conn = runtime.block_on(Conn::new(options))?;
        Ok(Self {
            runtime,
            conn: Some(conn),
        })
    }

    pub(super) fn try_run(&mut self, statement: &str) -> Result<(), Error> {
        let conn = self.conn.as_mut().unwrap();
        self.runtime.block_on(conn.query_drop(statement))
    }

    pub(super) fn run(&mut self, statement: &str) {
        self.try_run(statement)
            .unwrap_or_else(|error| panic!("{statement}: {error}"));
    }

    /// The number of the server's error; 0 where it is no error of the server.
    pub(super) fn refused(&mut self, statement: &str) -> u16 {
        match self.try_run(statement) {
            Ok(()) => panic!("{statement}: was carried out"),
            Err(Error::Server(server)) => server.code,
            Err(_) => 0,
        }
    }

    /// Every row, each field as text, joined by tabs.
    pub(super) fn rows(&mut self, query: &str) -> Vec<String> {
        let conn = self.conn.as_mut().unwrap();
        let rows: Vec<Row> = self
            .runtime
            .block_on(conn.query(query))
            .unwrap_or_else(|error| panic!("{query}: {error}"));
        let text = |value: Value| {
            if let Value::Bytes(bytes) = value {
                return String::from_utf8(bytes).unwrap();
            }
            value.as_sql(true)
        };
        let line = |row: Row| row.unwrap().into_iter().map(text).collect::<Vec<_>>().join("\t");
        rows.into_iter().map(line).collect()
    }

    /// The only field of the only row.
    pub(super) fn one(&mut self, query: &str) -> String {
        let mut rows = self.rows(query);
        assert_eq!(rows.len(), 1, "{query}: {rows:?}");
        rows.remove(0)
    }

    pub(super) fn id(&mut self) -> u64 {
        self.one("SELECT CONNECTION_ID()").parse().unwrap()
    }

    /// Everything that a person could see of what is stored: accounts and their rights, definitions, counters, rows.
    pub(super) fn everything(&mut self) -> Vec<String> {
        let mut seen = Vec::new();
        let accounts = self.rows("SELECT CONCAT(QUOTE(User), '@', QUOTE(Host)) FROM mysql.user ORDER BY 1");
        for account in accounts {
            seen.extend(self.rows(&format!("SHOW GRANTS FOR {account}")));
        }
        seen.extend(self.rows(
            "SELECT routine_schema, routine_name, routine_definition FROM information_schema.routines ORDER BY 1, 2",
        ));
        let tables = self.rows(
            "SELECT CONCAT('`', table_schema, '`.`', table_name, '`') FROM information_schema.tables \
             WHERE table_schema NOT IN ('mysql', 'sys', 'information_schema', 'performance_schema') ORDER BY 1",
        );
        for table in tables {
            seen.extend(self.rows(&format!("SHOW CREATE TABLE {table}")));
            seen.extend(self.rows(&format!("SELECT * FROM {table} ORDER BY 1")));
        }
        seen
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _inside = self.runtime.enter();
        self.conn = None;
    }
}
