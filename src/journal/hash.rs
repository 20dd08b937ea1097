//! The SHA-256 that chains records. It knows no record.

use sha2::{Digest, Sha256};
use std::fmt;

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// A SHA-256, shown as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Hash([u8; 32]);

impl Hash {
    /// What the first record names as its predecessor: 64 zeros.
    pub const ORIGIN: Self = Self([0; 32]);

    /// A digest that was taken piece by piece.
    pub(super) fn raw(digest: [u8; 32]) -> Self {
        Self(digest)
    }

    /// The hash of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Reads exactly 64 lower-case digits. `None` for anything else: one hash has one spelling.
    pub fn parse(text: &str) -> Option<Self> {
        let (pairs, []) = text.as_bytes().as_chunks::<2>() else {
            return None;
        };
        let mut bytes = [0; 32];
        if pairs.len() != bytes.len() {
            return None;
        }
        for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
            *byte = digit(*high)? << 4 | digit(*low)?;
        }
        Some(Self(bytes))
    }
}

fn digit(text: u8) -> Option<u8> {
    match text {
        b'0'..=b'9' => Some(text - b'0'),
        b'a'..=b'f' => Some(text - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: String = self
            .0
            .iter()
            .flat_map(|byte| [byte >> 4, byte & 0xf])
            .map(|half| char::from(DIGITS[usize::from(half)]))
            .collect();
        out.pad(&text)
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Hash({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_a_known_text_is_the_known_one() {
        // FIPS 180-2, appendix B.1.
        let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Hash::of(b"abc").to_string(), text);
        assert_eq!(Hash::parse(text), Some(Hash::of(b"abc")));
        assert_eq!(Hash::ORIGIN.to_string(), "0".repeat(64));
    }

    #[test]
    fn a_hash_has_one_spelling() {
        let text = Hash::of(b"abc").to_string();
        assert_eq!(Hash::parse(&text.to_uppercase()), None);
        assert_eq!(Hash::parse(&text[1..]), None);
        assert_eq!(Hash::parse(&text[2..]), None);
        assert_eq!(Hash::parse(&format!("{text}00")), None);
        assert_eq!(Hash::parse(&text.replace('b', "g")), None);
    }
}
