//! Ctrl-C, SIGTERM and SIGHUP as a port of the engine.

use async_trait::async_trait;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::{Mutex, mpsc};

use super::failure::Failure;
use crate::ports::Interrupts;

/// Listens from its making on; a signal is handed out once.
pub struct Signals {
    arrived: Mutex<mpsc::UnboundedReceiver<&'static str>>,
}

impl Signals {
    /// Takes the three signals over from their default action. Needs a running runtime.
    pub fn listen() -> Result<Self, Failure> {
        let (sender, receiver) = mpsc::unbounded_channel();
        let kinds = [
            ("Ctrl-C", SignalKind::interrupt()),
            ("SIGTERM", SignalKind::terminate()),
            ("SIGHUP", SignalKind::hangup()),
        ];
        for (name, kind) in kinds {
            if kind == SignalKind::hangup() && hangup_ignored() {
                continue;
            }
            let mut stream = signal(kind)
                .map_err(|error| Failure::bug(format!("{name} could not be listened for: {error}")))?;
            let sender = sender.clone();
            tokio::spawn(async move {
                while stream.recv().await.is_some() {
                    if sender.send(name).is_err() {
                        break;
                    }
                }
            });
        }
        Ok(Self {
            arrived: Mutex::new(receiver),
        })
    }
}

/// Under `nohup` a hangup is ignored on purpose, and stays so.
fn hangup_ignored() -> bool {
    let Ok(status) = std::fs::read_to_string("/proc/self/status") else {
        return false;
    };
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .is_some_and(|mask| mask & 1 == 1)
}

#[async_trait(?Send)]
impl Interrupts for Signals {
    async fn arrived(&self) -> String {
        match self.arrived.lock().await.recv().await {
            Some(name) => name.to_owned(),
            None => std::future::pending().await,
        }
    }

    fn pending(&self) -> Option<String> {
        self.arrived.try_lock().ok()?.try_recv().ok().map(str::to_owned)
    }
}
