//! Where the keys of a JSON text stand: its parser tells values alone.

use std::collections::HashMap;
use std::ops::Range;

/// Keys by their path of keys, each ended by a NUL; of two with one path the first.
#[derive(Debug, Default)]
pub(super) struct Keys(HashMap<String, Range<usize>>);

impl Keys {
    /// The keys of a text that is JSON, down to a level of objects. Lists count for none.
    pub(super) fn of(text: &str, levels: usize) -> Self {
        let bytes = text.as_bytes();
        let mut keys = Self::default();
        // For each open object the key that is being read; for a list, none.
        let mut path: Vec<Option<String>> = Vec::new();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'{' => path.push(Some(String::new())),
                b'[' => path.push(None),
                b'}' | b']' => {
                    path.pop();
                }
                b'"' => {
                    let end = end(bytes, at);
                    let depth = path.iter().flatten().count();
                    let key = bytes[end..].iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':');
                    if key
                        && depth <= levels
                        && let Some(Some(current)) = path.last_mut()
                    {
                        *current = serde_json::from_str(&text[at..end]).unwrap_or_default();
                        keys.0.entry(joined(path.iter().flatten())).or_insert(at..end);
                    }
                    at = end;
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
        keys
    }

    /// Where a key stands, by the keys that lead to it.
    pub(super) fn find<'a>(&self, path: impl Iterator<Item = &'a str>) -> Option<Range<usize>> {
        self.0.get(&joined(path)).cloned()
    }
}

fn joined(path: impl Iterator<Item = impl AsRef<str>>) -> String {
    path.fold(String::new(), |mut joined, key| {
        joined.push_str(key.as_ref());
        joined.push('\0');
        joined
    })
}

/// The end of a text that begins with its quote.
fn end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(found) = memchr::memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default()) {
        if bytes[at + found] == b'"' {
            return at + found + 1;
        }
        at += found + 2;
    }
    bytes.len()
}
