//! Moves: another state is put in the place of the present one, or beside it.

use std::fs;
use std::io;
use std::path::Path;

use super::super::fault::MariadbError;
use super::super::history::State;
use super::super::home::Home;
use super::super::mirror::Mirror;
use super::{DataError, Moment, Seed, Works};

impl Works {
    /// Moves the storage to what `to` means; `at` goes on meaning what is left.
    pub(in crate::lab::mariadb) fn rewind(&mut self, to: Moment, at: Moment) -> Result<(), DataError> {
        let (_, state) = self.resolve(to).ok_or(DataError::Forgotten)?;
        // What is left can be gone forward to, as far as it can be kept.
        let left = self.freeze(Some(at));
        self.note(left.map_err(|error| error.to_string()));
        self.sql.hang_up();
        self.server.kill();
        let moved = self.replace(&state).and_then(|mirror| {
            self.launch()?;
            Ok(mirror)
        });
        let moved = match moved {
            Ok(mirror) => {
                self.mirror = mirror;
                self.history.moved(to, at, &state);
                self.receipts.go_to(state.receipts);
                self.base = self.sql.changes().unwrap_or(0);
                // A directory that stays is removed with the lab's own.
                fs::remove_dir_all(self.home.aside()).ok();
                Ok(())
            }
            Err(error) => {
                let back = self.put_back();
                self.note(back.map_err(|error| error.to_string()));
                Err(DataError::Engine(error.to_string()))
            }
        };
        self.shop_seen = None;
        moved
    }

    /// Puts the data directory aside and writes `state` in its place.
    fn replace(&self, state: &State) -> Result<Mirror, MariadbError> {
        let (data, aside) = (self.home.data(), self.home.aside());
        let written = (|| {
            remove(&aside)?;
            fs::rename(&data, &aside)?;
            let mut contents = Vec::new();
            state
                .manifest
                .write(&self.pack, &data, |_, content| contents.push(content))?;
            Ok(Mirror::of(&state.manifest, contents))
        })();
        written.map_err(MariadbError::system("could not write", &data))
    }

    /// After a move that failed: the data as it was, and its server.
    fn put_back(&mut self) -> Result<(), MariadbError> {
        self.sql.hang_up();
        self.server.kill();
        let (data, aside) = (self.home.data(), self.home.aside());
        if aside.is_dir() {
            remove(&data)
                .and_then(|()| fs::rename(&aside, &data))
                .map_err(MariadbError::system("could not put back", &data))?;
        }
        self.launch()
    }

    /// A directory of its own with the storage as `state` has it.
    pub(in crate::lab::mariadb) fn copy(&self, state: &State) -> Result<Seed, DataError> {
        let copied = (|| {
            let home = Home::create(&std::env::temp_dir())?;
            let data = home.data();
            remove(&data)
                .and_then(|()| state.manifest.write(&self.pack, &data, |_, _| {}))
                .map_err(MariadbError::system("could not write", &data))?;
            Ok(home)
        })();
        let home = copied.map_err(|error: MariadbError| DataError::Engine(error.to_string()))?;
        let mut receipts = self.receipts.clone();
        receipts.go_to(state.receipts);
        Ok(Seed {
            home,
            accounts: self.accounts.clone(),
            receipts,
        })
    }
}

/// Removes a folder, if it is there.
fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}
