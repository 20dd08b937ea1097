//! A server that stands still for a moment, so that its files can be read as a power cut would leave them.

use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};

use super::fault::MariadbError;
use super::server::Server;

const LOOK: Duration = Duration::from_micros(200);
/// A thread that waits for a disk cannot be stopped before the disk answers.
const PATIENCE: Duration = Duration::from_secs(5);

/// A stopped server. It goes on when this is dropped.
pub(super) struct Frozen {
    pid: Pid,
}

impl Frozen {
    /// Stops `server` and waits until each of its threads stands still.
    pub(super) fn stop(server: &mut Server) -> Result<Self, MariadbError> {
        let pid = server.pid();
        if server.ended() {
            return Err(MariadbError::Server("has ended"));
        }
        kill_process(pid, Signal::STOP).map_err(|_| MariadbError::Server("has ended"))?;
        // From here on whatever happens, it goes on.
        let frozen = Self { pid };
        let begun = Instant::now();
        // The kernel reports a child as stopped when the last of its threads is.
        let options = WaitIdOptions::STOPPED | WaitIdOptions::NOHANG;
        while !matches!(waitid(WaitId::Pid(pid), options), Ok(Some(status)) if status.stopped()) {
            if server.ended() {
                return Err(MariadbError::Server("has ended"));
            }
            if begun.elapsed() > PATIENCE {
                return Err(MariadbError::Server("could not be stopped within 5 s"));
            }
            thread::sleep(LOOK);
        }
        Ok(frozen)
    }
}

impl Drop for Frozen {
    fn drop(&mut self) {
        // A server that is gone needs nothing.
        kill_process(self.pid, Signal::CONT).ok();
    }
}
