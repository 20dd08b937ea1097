//! The look that told who the cluster is, handed to the engine as its first: it is not read twice.

use std::cell::RefCell;
use std::time::Duration;

use async_trait::async_trait;

use super::print;
use crate::domain::backtrack::BacktrackRecord;
use crate::domain::event::ReadFailure;
use crate::ports::{ClusterReads, Glance, Look};

/// Never silent for longer than 10 s.
const HEARTBEAT: Duration = Duration::from_secs(9);

/// Reads, with the first look kept.
pub struct FirstLook<'a> {
    reads: &'a dyn ClusterReads,
    kept: RefCell<Option<Result<Look, ReadFailure>>>,
}

impl<'a> FirstLook<'a> {
    /// Looks once, and keeps what it saw.
    pub async fn take(reads: &'a dyn ClusterReads, cluster: &str) -> Self {
        let kept = RefCell::new(Some(aloud(reads.look(cluster)).await));
        Self { reads, kept }
    }

    /// What was seen, while the engine has not taken it.
    pub fn seen(&self) -> Option<Look> {
        self.kept
            .borrow()
            .as_ref()
            .and_then(|look| look.as_ref().ok())
            .cloned()
    }
}

#[async_trait(?Send)]
impl ClusterReads for FirstLook<'_> {
    async fn look(&self, cluster: &str) -> Result<Look, ReadFailure> {
        let kept = self.kept.borrow_mut().take();
        match kept {
            Some(look) => look,
            None => self.reads.look(cluster).await,
        }
    }

    async fn record(&self, cluster: &str, id: &str) -> Result<Option<BacktrackRecord>, ReadFailure> {
        self.reads.record(cluster, id).await
    }

    async fn glance(&self, cluster: &str) -> Result<Glance, ReadFailure> {
        self.reads.glance(cluster).await
    }

    async fn log_in_again(&self) {
        self.reads.log_in_again().await;
    }
}

/// A look before there is a run that could tell of it: never silent all the same.
pub async fn aloud<T>(look: impl Future<Output = T>) -> T {
    tokio::pin!(look);
    let mut waited = Duration::ZERO;
    loop {
        tokio::select! {
            biased;
            seen = &mut look => return seen,
            () = tokio::time::sleep(HEARTBEAT) => waited += HEARTBEAT,
        }
        print::error(&format!(
            "waiting for AWS to answer at all, {} s; nothing has been changed",
            waited.as_secs()
        ));
    }
}
