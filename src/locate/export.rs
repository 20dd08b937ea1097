//! Log lines within what CloudWatch exports: JSON with a `message`, or a time before each line.

use memchr::memmem;

const KEY: &[u8] = b"\"message\"";

/// Whether a line may be JSON that holds messages.
pub fn is_wrapped(line: &[u8]) -> bool {
    match line.trim_ascii_start() {
        [b'{' | b'[' | b'}' | b']', ..] => true,
        text => text.starts_with(b"\""),
    }
}

/// The messages of a line of JSON, in order: one object, an array of them, or a part of either.
///
/// A quote within a JSON string is escaped, so the key with both of its quotes stands nowhere else.
pub fn messages(line: &[u8]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some(at) = memmem::find(rest, KEY) {
        rest = rest.get(at + KEY.len()..).unwrap_or_default().trim_ascii_start();
        let Some(value) = rest.strip_prefix(b":").map(<[u8]>::trim_ascii_start) else {
            continue;
        };
        let Some(length) = string_length(value) else {
            continue;
        };
        let text = String::from_utf8_lossy(value.get(..length).unwrap_or_default());
        if let Ok(message) = serde_json::from_str::<String>(&text) {
            found.push(message.into_bytes());
        }
        rest = value.get(length..).unwrap_or_default();
    }
    found
}

/// The length of the JSON string that the text begins with, quotes included.
fn string_length(text: &[u8]) -> Option<usize> {
    if text.first() != Some(&b'"') {
        return None;
    }
    let mut at = 1;
    loop {
        at += memchr::memchr2(b'"', b'\\', text.get(at..)?)?;
        if text.get(at) == Some(&b'"') {
            return Some(at + 1);
        }
        at += 2;
    }
}

/// The line without the time that an export to S3 puts before it: `2024-05-17T14:28:00.123Z `.
pub fn without_prefix(line: &[u8]) -> &[u8] {
    match line.get(..25) {
        Some([_, _, _, _, b'-', _, _, b'-', _, _, b'T', .., b'Z', b' ']) => line.get(25..).unwrap_or(line),
        Some(_) | None => line,
    }
}
