//! Ctrl-C, SIGTERM and SIGHUP, as the engine needs them.

use async_trait::async_trait;

/// Signals that ask the run to stop. Nothing here stops anything by itself.
#[async_trait(?Send)]
pub trait Interrupts {
    /// Waits for the next signal and names it. Safe to drop.
    async fn arrived(&self) -> String;
    /// A signal that has arrived already, without waiting.
    fn pending(&self) -> Option<String>;
}
