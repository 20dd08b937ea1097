//! The audit plugins' own escaping, which lies on top of SQL's.

use memchr::memchr;
use std::borrow::Cow;

/// One level of escaping undone: `\b \t \n \f \r \' \\`, and nothing else.
pub fn undone(text: &[u8]) -> Cow<'_, [u8]> {
    let Some(first) = memchr(b'\\', text) else {
        return Cow::Borrowed(text);
    };
    let mut plain = Vec::with_capacity(text.len());
    let mut rest = text;
    let mut at = Some(first);
    while let Some(found) = at {
        let (before, after) = rest.split_at(found);
        plain.extend_from_slice(before);
        let (byte, length) = match after.get(1) {
            Some(b'b') => (8, 2),
            Some(b't') => (b'\t', 2),
            Some(b'n') => (b'\n', 2),
            Some(b'f') => (12, 2),
            Some(b'r') => (b'\r', 2),
            Some(byte @ (b'\'' | b'\\')) => (*byte, 2),
            Some(_) | None => (b'\\', 1),
        };
        plain.push(byte);
        rest = after.get(length..).unwrap_or_default();
        at = memchr(b'\\', rest);
    }
    plain.extend_from_slice(rest);
    Cow::Owned(plain)
}
