//! The data directory as it was read the last time, in memory: what a look is compared with.
//!
//! A look reads only files that the file system says were written since, and the logs and the system tablespace always.

use std::collections::BTreeMap;
use std::fs::{self, File, Metadata};
use std::io::{self, Read as _};
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::manifest::{Kept, Manifest};
use super::pack::{BLOCK, Pack};

/// What the file system says of a file. A write changes it, if it comes some milliseconds after the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    inode: u64,
    bytes: u64,
    changed: (i64, i64),
    modified: (i64, i64),
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        Self {
            inode: metadata.ino(),
            bytes: metadata.len(),
            changed: (metadata.ctime(), metadata.ctime_nsec()),
            modified: (metadata.mtime(), metadata.mtime_nsec()),
        }
    }
}

#[derive(Debug)]
struct Mirrored {
    /// None: written by the lab itself, and not looked at since.
    stamp: Option<Stamp>,
    content: Vec<u8>,
    slots: Arc<[u32]>,
}

/// The files that matter, with their content.
#[derive(Debug, Default)]
pub(super) struct Mirror {
    folders: Vec<PathBuf>,
    files: BTreeMap<PathBuf, Mirrored>,
}

/// What a look found that the mirror has not.
#[derive(Debug)]
pub(super) struct Look {
    folders: Vec<PathBuf>,
    stamps: BTreeMap<PathBuf, Stamp>,
    /// Read anew, whole.
    contents: BTreeMap<PathBuf, Vec<u8>>,
}

impl Mirror {
    /// A mirror of what `manifest` has just been written as; `contents` in the order of its files.
    pub(super) fn of(manifest: &Manifest, contents: Vec<Vec<u8>>) -> Self {
        let files = manifest.files.iter().zip(contents).map(|(kept, content)| {
            let mirrored = Mirrored {
                stamp: None,
                content,
                slots: Arc::clone(&kept.slots),
            };
            (kept.path.clone(), mirrored)
        });
        Self {
            folders: manifest.folders.clone(),
            files: files.collect(),
        }
    }

    /// Whether anything was written since the last look, by the file system's stamps and by InnoDB's log. The server may run.
    pub(super) fn touched(&self, data: &Path) -> io::Result<bool> {
        let (folders, stamps) = walk(data)?;
        let same = folders == self.folders
            && stamps.len() == self.files.len()
            && stamps
                .iter()
                .all(|(path, stamp)| self.files.get(path).is_some_and(|it| it.stamp == Some(*stamp)));
        if !same {
            return Ok(true);
        }
        // A log that is mapped into memory is written without a new time stamp.
        for (path, mirrored) in &self.files {
            if is_log(path) && fs::read(data.join(path))? != mirrored.content {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Reads what may have changed. The server must stand still.
    pub(super) fn look(&self, data: &Path) -> io::Result<Look> {
        let (folders, stamps) = walk(data)?;
        let mut contents = BTreeMap::new();
        for (path, stamp) in &stamps {
            let known = self.files.get(path).is_some_and(|it| it.stamp == Some(*stamp));
            if !known || always_read(path) {
                let mut content = Vec::with_capacity(usize::try_from(stamp.bytes).unwrap_or(0));
                File::open(data.join(path))?.read_to_end(&mut content)?;
                contents.insert(path.clone(), content);
            }
        }
        Ok(Look {
            folders,
            stamps,
            contents,
        })
    }

    /// Keeps what a look found: the blocks that differ go to the pack. None: nothing differs.
    ///
    /// After an error the mirror is as it was, and the next look finds the same again.
    pub(super) fn keep(&mut self, look: Look, pack: &mut Pack) -> io::Result<Option<Manifest>> {
        let mut taken = Vec::new();
        let mut slots = BTreeMap::new();
        for (path, content) in &look.contents {
            let before = self.files.get(path);
            match changed_slots(before, content, pack, &mut taken) {
                Ok(None) => {}
                Ok(Some(changed)) => {
                    slots.insert(path.clone(), changed);
                }
                Err(error) => {
                    for slot in taken {
                        pack.release(slot);
                    }
                    return Err(error);
                }
            }
        }
        let same_names = look.folders == self.folders
            && look.stamps.len() == self.files.len()
            && look.stamps.keys().all(|path| self.files.contains_key(path));
        let same = same_names && slots.is_empty();
        self.take_over(look, slots);
        Ok((!same).then(|| self.manifest()))
    }

    fn take_over(&mut self, look: Look, mut slots: BTreeMap<PathBuf, Arc<[u32]>>) {
        let Look {
            folders,
            stamps,
            mut contents,
        } = look;
        self.folders = folders;
        self.files.retain(|path, _| stamps.contains_key(path));
        for (path, stamp) in stamps {
            let content = contents.remove(&path);
            let changed = slots.remove(&path);
            if let Some(known) = self.files.get_mut(&path) {
                known.stamp = Some(stamp);
                if let (Some(content), Some(changed)) = (content, changed) {
                    known.content = content;
                    known.slots = changed;
                }
            } else if let (Some(content), Some(slots)) = (content, changed) {
                let stamp = Some(stamp);
                self.files.insert(
                    path,
                    Mirrored {
                        stamp,
                        content,
                        slots,
                    },
                );
            }
        }
    }

    /// The slots of every file as it was kept the last time.
    pub(super) fn slots(&self) -> impl Iterator<Item = &Arc<[u32]>> {
        self.files.values().map(|mirrored| &mirrored.slots)
    }

    fn manifest(&self) -> Manifest {
        let files = self.files.iter().map(|(path, mirrored)| Kept {
            path: path.clone(),
            bytes: u64::try_from(mirrored.content.len()).unwrap_or(u64::MAX),
            slots: Arc::clone(&mirrored.slots),
        });
        Manifest {
            folders: self.folders.clone(),
            files: files.collect(),
        }
    }
}

/// The slots of a file that is no longer what it was; none when it is.
fn changed_slots(
    before: Option<&Mirrored>,
    content: &[u8],
    pack: &mut Pack,
    taken: &mut Vec<u32>,
) -> io::Result<Option<Arc<[u32]>>> {
    if before.is_some_and(|before| before.content == content) {
        return Ok(None);
    }
    let mut slots = Vec::with_capacity(content.len().div_ceil(BLOCK));
    let mut known = before.map(|before| before.content.chunks(BLOCK).zip(before.slots.iter()));
    for block in content.chunks(BLOCK) {
        let old = known.as_mut().and_then(Iterator::next);
        match old {
            Some((old, slot)) if old == block => slots.push(*slot),
            Some(_) | None => {
                let slot = pack.put(block)?;
                taken.push(slot);
                slots.push(slot);
            }
        }
    }
    Ok(Some(slots.into()))
}

/// Every folder and every file that matters below `data`, by its path there.
fn walk(data: &Path) -> io::Result<(Vec<PathBuf>, BTreeMap<PathBuf, Stamp>)> {
    let mut folders = Vec::new();
    let mut stamps = BTreeMap::new();
    let mut waiting = vec![PathBuf::new()];
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(data.join(&folder))? {
            let entry = entry?;
            let path = folder.join(entry.file_name());
            // A file that was removed since the folder was read is none.
            let Ok(metadata) = entry.metadata() else {
                continue;
            };
            if metadata.is_dir() {
                folders.push(path.clone());
                waiting.push(path);
            } else if metadata.is_file() && !passing(&path) {
                stamps.insert(path, Stamp::of(&metadata));
            }
        }
    }
    folders.sort();
    Ok((folders, stamps))
}

/// What the server makes anew at each start.
fn passing(path: &Path) -> bool {
    path.file_name()
        .and_then(|name| name.to_str())
        .is_some_and(|name| name == "ibtmp1" || name == "ib_buffer_pool")
}

/// InnoDB's log: every change of rows and definitions is in it first.
fn is_log(path: &Path) -> bool {
    path.to_str().is_some_and(|name| name.starts_with("ib_logfile"))
}

/// What is written so often that a stamp may miss a write.
fn always_read(path: &Path) -> bool {
    path.to_str().is_some_and(|name| {
        name == "ibdata1" || name.starts_with("ib_logfile") || name.starts_with("aria_log")
    })
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::super::manifest::Manifest;
    use super::super::pack::{BLOCK, Pack};
    use super::Mirror;

    fn content(folder: &Path) -> Vec<(String, Vec<u8>)> {
        let (folders, files) = super::walk(folder).unwrap();
        let folders = folders.into_iter().map(|path| (path, Vec::new()));
        let files = files.into_keys().map(|path| {
            let read = fs::read(folder.join(&path)).unwrap();
            (path, read)
        });
        let named = folders
            .chain(files)
            .map(|(path, read)| (path.display().to_string(), read));
        named.collect()
    }

    fn keep(mirror: &mut Mirror, data: &Path, pack: &mut Pack) -> Option<Manifest> {
        let look = mirror.look(data).unwrap();
        mirror.keep(look, pack).unwrap()
    }

    #[test]
    fn each_state_comes_back_whole_and_only_what_changed_is_kept() {
        let home = tempfile::tempdir().unwrap();
        let data = home.path().join("data");
        fs::create_dir_all(data.join("shop")).unwrap();
        let mut pack = Pack::create(&home.path().join("pack")).unwrap();
        let mut mirror = Mirror::default();
        let mut states = Vec::new();
        let mut log = vec![1; 3 * BLOCK + 10];
        for (place, step) in (0..4_u8).zip(["a", "b", "c", "d"]) {
            log[usize::from(place % 3) * BLOCK] = 100 + place;
            fs::write(data.join("ib_logfile0"), &log).unwrap();
            fs::write(data.join(format!("shop/{step}.ibd")), vec![place; 100]).unwrap();
            fs::create_dir(data.join(step)).unwrap();
            if place > 1 {
                fs::remove_dir(data.join("a")).ok();
                fs::remove_file(data.join("shop/a.ibd")).ok();
            }
            let before = pack.bytes();
            let manifest = keep(&mut mirror, &data, &mut pack).unwrap();
            if place > 0 {
                let new = usize::try_from(pack.bytes() - before).unwrap();
                assert!(new <= 2 * BLOCK, "{new}");
            }
            states.push((manifest, content(&data)));
        }
        assert!(keep(&mut mirror, &data, &mut pack).is_none());
        for (place, (manifest, wanted)) in states.iter().enumerate() {
            let target = home.path().join(format!("back{place}"));
            let mut contents = Vec::new();
            manifest
                .write(&pack, &target, |_, read| contents.push(read))
                .unwrap();
            assert_eq!(&content(&target), wanted, "{place}");
            let mut back = Mirror::of(manifest, contents);
            assert!(keep(&mut back, &target, &mut pack).is_none(), "{place}");
        }
    }

    #[test]
    fn a_full_disk_loses_an_instant_and_the_next_one_is_whole() {
        let home = tempfile::tempdir().unwrap();
        let data = home.path().join("data");
        fs::create_dir(&data).unwrap();
        fs::write(data.join("ibdata1"), vec![1; BLOCK]).unwrap();
        let mut pack = Pack::create(&home.path().join("pack")).unwrap();
        let mut mirror = Mirror::default();
        keep(&mut mirror, &data, &mut pack).unwrap();
        fs::write(data.join("ibdata1"), vec![2; BLOCK]).unwrap();
        let look = mirror.look(&data).unwrap();
        let mut full = Pack::create(Path::new("/dev/full")).unwrap();
        assert!(mirror.keep(look, &mut full).is_err());
        let manifest = keep(&mut mirror, &data, &mut pack).unwrap();
        let target = home.path().join("back");
        manifest.write(&pack, &target, |_, _| {}).unwrap();
        assert_eq!(fs::read(target.join("ibdata1")).unwrap(), vec![2; BLOCK]);
    }
}
