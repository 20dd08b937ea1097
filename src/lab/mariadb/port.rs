//! A free port for the lab's server.

use std::net::{Ipv4Addr, TcpListener};

use uuid::Uuid;

use super::fault::MariadbError;

/// Below the ports that systems hand out by themselves: a server that is away for a moment finds its own again.
const LEAST: u16 = 20_000;
const SPAN: u16 = 10_000;
const TRIES: u16 = 200;

/// A port of 127.0.0.1 that nobody listens on; never 3306.
pub(super) fn free() -> Result<u16, MariadbError> {
    let [low, high, ..] = *Uuid::new_v4().as_bytes();
    let first = u16::from_le_bytes([low, high]) % SPAN;
    (0..TRIES)
        .map(|step| LEAST + (first + step * 37) % SPAN)
        .find(|port| is_free(*port))
        .ok_or(MariadbError::NoPort)
}

/// Whether nobody listens there.
pub(super) fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

#[cfg(test)]
mod tests {
    use super::{Ipv4Addr, LEAST, SPAN, TcpListener, free, is_free};

    #[test]
    fn a_port_is_free_and_none_that_a_server_of_the_machine_uses() {
        let port = free().unwrap();
        assert!((LEAST..LEAST + SPAN).contains(&port), "{port}");
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).unwrap();
        assert!(!is_free(port));
        drop(taken);
    }
}
