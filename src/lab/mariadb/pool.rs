//! Another service with a pool of connections: whoever ends one sees it come back, until somebody stops the service.
//!
//! It stops by itself a while after its connections were ended for the first time, as when a colleague heard of it.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use mysql_async::prelude::Queryable as _;
use mysql_async::{Conn, Opts};

/// How often each connection is used, and how soon one that was ended is replaced.
const BEAT: Duration = Duration::from_millis(100);
/// How long it takes until somebody stops the service.
const UNTIL_HEARD: Duration = Duration::from_secs(8);

/// The service. Dropping it stops it.
pub(super) struct Pool {
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Pool {
    /// Starts the service; its connections follow at once.
    pub(super) fn open(options: Opts, connections: u32) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let stop = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&stop);
        let thread = thread::Builder::new()
            .name("reporting".to_owned())
            .spawn(move || runtime.block_on(hold(&options, connections, &told)))?;
        Ok(Self {
            stop,
            thread: Some(thread),
        })
    }
}

async fn hold(options: &Opts, connections: u32, stop: &AtomicBool) {
    let mut held: Vec<Option<Conn>> = (0..connections).map(|_| None).collect();
    let mut whole = false;
    let mut ended: Option<Instant> = None;
    while !stop.load(Ordering::Relaxed) && ended.is_none_or(|since| since.elapsed() < UNTIL_HEARD) {
        for slot in &mut held {
            let lives = match slot.as_mut() {
                Some(conn) => conn.query_drop("SELECT 1").await.is_ok(),
                None => false,
            };
            if !lives {
                if whole {
                    ended.get_or_insert_with(Instant::now);
                }
                *slot = Conn::new(options.clone()).await.ok();
            }
        }
        whole = whole || held.iter().all(Option::is_some);
        tokio::time::sleep(BEAT).await;
    }
    for conn in held.into_iter().flatten() {
        // The server may have ended it already.
        conn.disconnect().await.ok();
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // A panic has been printed by the thread already.
            thread.join().ok();
        }
    }
}
