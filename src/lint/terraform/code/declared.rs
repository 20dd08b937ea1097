//! The files of one folder, read and sorted.

use super::block::{Attribute, Block, of_body};
use super::source::Source;
use super::{tfjson, twice};
use crate::lint::Unreadable;
use crate::lint::terraform::fact::CLUSTER;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::rc::Rc;

/// A file's blocks, or why it has none.
pub(super) struct Read {
    pub(super) name: String,
    /// It changes what other files declare.
    pub(super) overrides: bool,
    pub(super) blocks: Result<Vec<Block>, Unreadable>,
}

/// The names of a folder's files, in order; none where the folder cannot be listed.
pub(super) fn listed(dir: &Path) -> Option<Vec<String>> {
    let entries: Vec<fs::DirEntry> = fs::read_dir(dir).ok()?.collect::<Result<_, _>>().ok()?;
    let mut names: Vec<String> = entries
        .into_iter()
        .filter(|entry| !entry.path().is_dir())
        // A name that is no text is told with marks in it: under that no file can be read, and so it is told of.
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    Some(names)
}

/// Whether a name has an ending: in small letters, as Terraform has it.
pub(super) fn ends(name: &str, ending: &str) -> bool {
    name.ends_with(ending)
}

/// Whether a file is one of configuration. What begins with a dot is not read by Terraform; values are, under any name.
pub(super) fn is_configuration(name: &str) -> bool {
    !name.starts_with('.') && (ends(name, ".tf") || ends(name, ".tf.json") || is_opentofu(name))
}

/// Whether a file is one that OpenTofu reads, in place of Terraform's of the same name.
fn is_opentofu(name: &str) -> bool {
    ends(name, ".tofu") || ends(name, ".tofu.json")
}

/// What may stand in a file that is not read, and would be told of if it were.
fn may_declare(text: &str) -> bool {
    [CLUSTER, "module"]
        .iter()
        .any(|word| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some())
}

/// Reads the files of configuration of a folder that was told as `told`: those that override last, each by name.
pub(super) fn read(told: &str, dir: &Path, names: &[String]) -> Vec<Read> {
    let mut files: Vec<Read> = names
        .iter()
        .filter(|name| is_configuration(name))
        .map(|name| {
            let stem = name.strip_suffix(".json").unwrap_or(name);
            let stem = stem
                .strip_suffix(".tf")
                .or(stem.strip_suffix(".tofu"))
                .unwrap_or(stem);
            let told = join(told, name);
            Read {
                name: name.clone(),
                overrides: stem == "override" || stem.ends_with("_override"),
                blocks: Source::read(told, &dir.join(name)).and_then(|source| {
                    if is_opentofu(name) {
                        opentofu(&source)
                    } else if ends(name, ".json") {
                        tfjson::blocks(&source)
                    } else {
                        body(&source).map(|(_, blocks)| blocks)
                    }
                }),
            }
        })
        .collect();
    files.sort_by_key(|file| file.overrides);
    files
}

/// OpenTofu's own files are not evaluated: what they would add or replace is not known.
fn opentofu(source: &Rc<Source>) -> Result<Vec<Block>, Unreadable> {
    if may_declare(&source.text) {
        let message = "expected Terraform's files, got one of OpenTofu's own, which may declare clusters and is not evaluated";
        return Err(source.unreadable(message.to_owned(), 0));
    }
    Ok(Vec::new())
}

/// A file in the native syntax: its attributes and blocks.
pub(super) fn body(source: &Rc<Source>) -> Result<(BTreeMap<String, Attribute>, Vec<Block>), Unreadable> {
    if let Some(at) = crowded(&source.text) {
        let message = "its objects hold more keys than are read".to_owned();
        return Err(source.unreadable(message, at));
    }
    match twice::parse(&source.text) {
        Ok(body) => Ok(of_body(body, source)),
        Err(error) => {
            let message = format!("expected Terraform's syntax: {}", error.message());
            Err(source.unreadable(message, error.location().offset()))
        }
    }
}

/// Where a text has more keys in its braces than can be read in reasonable time: the parser compares each key of an
/// object with every other. Counted roughly, in texts and comments too.
fn crowded(text: &str) -> Option<usize> {
    const MOST: usize = 200_000_000;
    let mut open: Vec<usize> = Vec::new();
    let mut pairs = 0_usize;
    for at in memchr::memchr3_iter(b'{', b'}', b'=', text.as_bytes()) {
        match text.as_bytes()[at] {
            b'{' => open.push(0),
            b'}' => {
                open.pop();
            }
            _ => {
                if let Some(keys) = open.last_mut() {
                    *keys += 1;
                    pairs += *keys;
                }
            }
        }
        if pairs > MOST {
            return Some(at);
        }
    }
    None
}

/// A name below a folder, as it is told: `..` and `.` are taken out where that can be done in text.
pub(super) fn join(folder: &str, name: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let absolute = folder.starts_with('/');
    for part in folder.split('/').chain(name.split('/')) {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    format!("{}{}", if absolute { "/" } else { "" }, parts.join("/"))
}
