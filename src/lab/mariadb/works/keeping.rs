//! Instants: when the server is frozen, and how much of its past is kept.

use std::collections::HashSet;
use std::io;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::super::fault::MariadbError;
use super::super::freeze::Frozen;
use super::super::history::State;
#[cfg(test)]
use super::super::pack::Pack;
use super::{DataError, Moment, Works};

/// How long before a whole second the server is stopped: it stands still when the second begins.
const LEAD_MS: i64 = 12;
/// It stands at least as long, so that the next write has another time stamp than the last one.
const LEAST_HOLD: Duration = Duration::from_millis(12);
/// A shop that took no order for so long is closed.
const SHOP_IDLE: Duration = Duration::from_millis(2_200);
/// Bytes of blocks, beyond which the oldest instants are let go: an hour or two of an idle shop.
const PACK_LIMIT: u64 = 1 << 30;

impl Works {
    /// How long until [`Works::tick`] has something to do.
    pub(in crate::lab::mariadb) fn until_tick(&self) -> Duration {
        let ms = self.due.plus_ms(-LEAD_MS).since(self.now());
        Duration::from_millis(u64::try_from(ms).unwrap_or(0))
    }

    /// Freezes the whole second that is due, if anything was written since the last one.
    pub(in crate::lab::mariadb) fn tick(&mut self) {
        self.revive();
        if self.shop_seen.is_some_and(|seen| seen.elapsed() > SHOP_IDLE) {
            self.sql.close_shop();
            self.shop_seen = None;
        }
        let touched = |works: &Self| works.mirror.touched(&works.home.data()).unwrap_or(true);
        let early = touched(self);
        if !early {
            // Only when the second has begun is it certain that nothing was written in it.
            self.sleep_until(self.due);
        }
        if early || touched(self) {
            let frozen = self.freeze(Some(self.due));
            self.note(frozen.map_err(|error| error.to_string()));
        }
        self.due = self.now().plus_ms(LEAD_MS).floor_s().plus_s(1);
    }

    fn sleep_until(&self, at: Moment) {
        while let Ok(left @ 1..) = u64::try_from(at.since(self.now())) {
            thread::sleep(Duration::from_millis(left));
        }
    }

    /// Keeps what the storage holds now, as of `due` where that is not over when the server stands still.
    pub(super) fn freeze(&mut self, due: Option<Moment>) -> Result<(), MariadbError> {
        let data = self.home.data();
        let frozen = Frozen::stop(&mut self.server)?;
        let begun = Instant::now();
        // Whatever was committed was committed before this instant, and nothing is until the server goes on.
        let stopped = self.now().plus_ms(1);
        let at = due.map_or(stopped, |due| due.max(stopped));
        let look = self.mirror.look(&data);
        self.sleep_until(at);
        thread::sleep(LEAST_HOLD.saturating_sub(begun.elapsed()));
        drop(frozen);
        tracing::debug!(
            held_ms = begun.elapsed().as_millis(),
            late_ms = at.since(due.unwrap_or(at)),
            "frozen"
        );
        let kept = look.and_then(|look| self.mirror.keep(look, &mut self.pack));
        let kept = match kept {
            Ok(kept) => kept,
            Err(error) => {
                if error.kind() == io::ErrorKind::StorageFull {
                    // Older instants make room for the next.
                    self.history.forget_a_quarter();
                    self.release_blocks();
                }
                return Err(MariadbError::system(
                    "could not keep an instant in",
                    &self.home.pack(),
                )(error));
            }
        };
        if let Some(manifest) = kept {
            let state = State {
                manifest,
                receipts: self.receipts.mark(),
            };
            self.history.add(at, Arc::new(state));
            self.prune();
        }
        Ok(())
    }

    fn prune(&mut self) {
        if self.pack.bytes() > PACK_LIMIT {
            self.release_blocks();
        }
        if self.pack.bytes() > PACK_LIMIT / 4 * 3 {
            self.history.forget_a_quarter();
            self.release_blocks();
        }
    }

    pub(super) fn release_blocks(&mut self) {
        let mut seen = HashSet::new();
        let current = self.mirror.slots();
        let kept = self
            .history
            .states()
            .flat_map(|state| state.manifest.files.iter());
        let all = kept.map(|kept| &kept.slots).chain(current);
        let once = all.filter(|slots| seen.insert(slots.as_ptr()));
        self.pack.keep_only(once.map(AsRef::as_ref));
    }

    /// Keeps what the storage holds at this very instant.
    pub(in crate::lab::mariadb) fn freeze_now(&mut self) -> Result<(), DataError> {
        let frozen = self.freeze(None).map_err(|error| error.to_string());
        self.note(frozen.clone());
        frozen.map_err(DataError::Engine)
    }

    /// Puts another pack in the place of this one, for tests of a disk that fills up.
    #[cfg(test)]
    pub(in crate::lab::mariadb) fn swap_pack(&mut self, pack: Pack) -> Pack {
        std::mem::replace(&mut self.pack, pack)
    }
}
