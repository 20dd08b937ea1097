//! Physical lines, and places within them, found many bytes at a time.

use memchr::memchr2_iter;
use wide::u8x16;

/// One physical line.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// The line without its line feed.
    pub bytes: &'a [u8],
    /// Its middle is missing: it was longer than the program keeps.
    pub overlong: bool,
    /// It holds no semicolon, so that its text is one statement at most.
    pub single: bool,
    /// What stands at the line's beginning in memory, up to the end of what was read: its head can be looked at
    /// in blocks of a fixed size even where the line is shorter.
    pub ahead: &'a [u8],
}

impl<'a> Line<'a> {
    /// A line of which nothing is known yet.
    pub fn new(bytes: &'a [u8], overlong: bool) -> Self {
        Self {
            bytes,
            overlong,
            single: false,
            ahead: bytes,
        }
    }

    /// The line without the carriage return of CRLF.
    #[inline]
    pub fn trimmed(&self) -> &'a [u8] {
        if let [bytes @ .., b'\r'] = self.bytes {
            bytes
        } else {
            self.bytes
        }
    }
}

/// A bit for each byte of the block that is `byte`.
#[inline]
pub fn places(block: &[u8; 64], byte: u8) -> u64 {
    let wanted = u8x16::splat(byte);
    let mut bits = 0;
    for (at, lane) in block.as_chunks::<16>().0.iter().enumerate() {
        bits |= u64::from(u8x16::new(*lane).simd_eq(wanted).to_bitmask()) << (16 * at);
    }
    bits
}

/// Hands on each whole line of `block`, which ends with a line feed.
pub fn split(block: &[u8], take: &mut impl FnMut(&Line<'_>)) {
    let mut ahead = block;
    let mut start = 0;
    let mut single = true;
    // One pass finds both: few texts hold a semicolon.
    for at in memchr2_iter(b'\n', b';', block) {
        if block.get(at) == Some(&b';') {
            single = false;
            continue;
        }
        let Some((bytes, rest)) = ahead.split_at_checked(at - start) else {
            return;
        };
        take(&Line {
            bytes,
            overlong: false,
            single,
            ahead,
        });
        ahead = rest.get(1..).unwrap_or_default();
        start = at + 1;
        single = true;
    }
}
