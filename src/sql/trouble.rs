//! Why something by SQL is not known, in words. No password can be among them: the client's errors hold none.

use std::fmt;

use mysql_async::{DriverError, Error, IoError};

/// What stood in the way: a lower-case fragment.
#[derive(Clone, Debug)]
pub(super) struct Trouble {
    /// The server's own code, when it answered.
    pub(super) code: Option<u16>,
    words: String,
}

const TOO_LARGE: &str = "a row is larger than 1 MiB: ask for less";

/// Codes of the server that decide what is done next.
pub(super) mod code {
    /// Access denied at the login.
    pub(crate) const LOGIN: u16 = 1045;
    /// No such thread: it is gone already.
    pub(crate) const NO_THREAD: u16 = 1094;
    /// No such table.
    pub(crate) const NO_TABLE: u16 = 1146;
    /// No such system variable.
    pub(crate) const NO_VARIABLE: u16 = 1193;
    /// A privilege is missing, and the message names it.
    pub(crate) const NO_PRIVILEGE: u16 = 1227;
    /// No such procedure.
    pub(crate) const NO_PROCEDURE: u16 = 1305;
    /// May not run the procedure.
    pub(crate) const NO_EXECUTE: u16 = 1370;
    /// The query was ended.
    pub(crate) const INTERRUPTED: u16 = 1317;
    /// MySQL's limit of time.
    pub(crate) const MYSQL_TIME: u16 = 3024;
    /// MariaDB's limit of time.
    pub(crate) const MARIADB_TIME: u16 = 1969;
}

impl Trouble {
    /// In our own words.
    pub(super) fn new(words: impl Into<String>) -> Self {
        Self {
            code: None,
            words: words.into(),
        }
    }

    /// What the client says, after what was done.
    pub(super) fn of(doing: &str, error: &Error) -> Self {
        let (code, why) = match error {
            Error::Server(server) => (
                Some(server.code),
                format!("the server says {}: {}", server.code, one_line(&server.message)),
            ),
            Error::Driver(DriverError::NoClientSslFlagFromServer) => {
                (None, "the server offers no TLS".to_owned())
            }
            Error::Driver(DriverError::ConnectionClosed) => (None, "the connection was cut".to_owned()),
            Error::Driver(DriverError::PacketTooLarge) => (None, TOO_LARGE.to_owned()),
            Error::Io(IoError::Tls(tls)) => (None, format!("TLS: {}", one_line(&tls.to_string()))),
            // The client's limit reaches us as an error of its reading.
            Error::Io(IoError::Io(io)) if io.to_string().contains("max_allowed_packet") => {
                (None, TOO_LARGE.to_owned())
            }
            Error::Io(IoError::Io(io)) => (None, one_line(&io.to_string())),
            // What a value or a payload holds is not for the screen.
            Error::Driver(_) | Error::Other(_) | Error::Url(_) => (
                None,
                "the server answered what the client does not understand".to_owned(),
            ),
        };
        Self {
            code,
            words: format!("{doing}: {why}"),
        }
    }

    /// Whether the server said this.
    pub(super) fn is(&self, code: u16) -> bool {
        self.code == Some(code)
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words)
    }
}

/// Words of another program, for one line of the screen.
pub(super) fn one_line(text: &str) -> String {
    let plain = text
        .chars()
        .map(|letter| if letter.is_control() { ' ' } else { letter });
    plain.take(300).collect()
}
