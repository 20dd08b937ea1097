//! Reads what a command prints, both streams at once, and keeps the end of each. It never stops
//! reading before the stream ends: a full pipe would stop the command.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Child;
use tokio::task::JoinSet;

/// How much of a stream is kept beside the longest value to be masked, in bytes.
const KEPT: usize = 16 * 1024;

/// The end of one stream.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    bytes: Vec<u8>,
    limit: usize,
    cut: bool,
}

/// The readers of a command's streams. Dropped, they stop.
#[derive(Debug)]
pub(super) struct Output {
    readers: JoinSet<()>,
    stdout: Arc<Mutex<Kept>>,
    stderr: Arc<Mutex<Kept>>,
}

impl Kept {
    /// Keeps enough for a value of `longest` bytes to be whole wherever the shown part begins.
    pub(super) fn new(longest: usize) -> Self {
        Self {
            bytes: Vec::new(),
            limit: KEPT + longest,
            cut: false,
        }
    }

    pub(super) fn extend(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        // Twice the limit, so that the bytes are moved rarely.
        if self.bytes.len() > 2 * self.limit {
            self.bytes.drain(..self.bytes.len() - self.limit);
            self.cut = true;
        }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Whether the beginning of the stream is no longer there.
    pub(super) fn is_cut(&self) -> bool {
        self.cut
    }
}

impl Output {
    /// Begins to read the streams of a child; they are taken from it.
    pub(super) fn of(child: &mut Child, longest: usize) -> Self {
        let kept = || Arc::new(Mutex::new(Kept::new(longest)));
        let (stdout, stderr) = (kept(), kept());
        let mut readers = JoinSet::new();
        if let Some(stream) = child.stdout.take() {
            readers.spawn(read(stream, Arc::clone(&stdout)));
        }
        if let Some(stream) = child.stderr.take() {
            readers.spawn(read(stream, Arc::clone(&stderr)));
        }
        Self {
            readers,
            stdout,
            stderr,
        }
    }

    /// Waits until both streams have ended. May be dropped and called again.
    pub(super) async fn ended(&mut self) {
        while self.readers.join_next().await.is_some() {}
    }

    /// What was kept of standard output and standard error, once both have ended or `patience` is over:
    /// something that the command left behind may hold them open for ever.
    pub(super) async fn close(mut self, patience: Duration) -> (Kept, Kept) {
        let _: Result<(), tokio::time::error::Elapsed> = tokio::time::timeout(patience, self.ended()).await;
        self.readers.abort_all();
        let taken = |kept: &Mutex<Kept>| kept.lock().unwrap_or_else(PoisonError::into_inner).clone();
        (taken(&self.stdout), taken(&self.stderr))
    }
}

async fn read(mut stream: impl AsyncRead + Unpin, kept: Arc<Mutex<Kept>>) {
    let mut buffer = vec![0; 8 * 1024];
    while let Ok(length @ 1..) = stream.read(&mut buffer).await {
        let bytes = buffer.get(..length).unwrap_or_default();
        kept.lock().unwrap_or_else(PoisonError::into_inner).extend(bytes);
    }
}
