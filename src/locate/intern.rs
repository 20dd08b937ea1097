//! Small numbers for names that repeat by the million.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// Names beyond this many share the last number.
const MOST: usize = 1 << 16;

/// Places for the numbers found last.
const RECENT: usize = 64;

/// Numbers names in the order in which they are first seen.
#[derive(Debug)]
pub struct Names {
    numbers: HashMap<Box<[u8]>, u32, BuildHasherDefault<Quick>>,
    by_number: Vec<Box<[u8]>>,
    /// Numbers found last, at places that a name's length and ends choose: a few names make up most of a log.
    recent: [u32; RECENT],
}

impl Default for Names {
    fn default() -> Self {
        Self {
            numbers: HashMap::default(),
            by_number: Vec::new(),
            recent: [0; RECENT],
        }
    }
}

impl Names {
    /// The number of a name.
    #[inline]
    pub fn number(&mut self, name: &[u8]) -> u32 {
        let place = place(name.first(), name.last(), name.len());
        let recent = self.recent.get(place).copied().unwrap_or_default();
        if self
            .by_number
            .get(recent as usize)
            .is_some_and(|known| **known == *name)
        {
            return recent;
        }
        self.found(place, name)
    }

    /// The number of two names with a dot between them.
    #[inline]
    pub fn pair(&mut self, first: &[u8], second: &[u8]) -> u32 {
        let length = first.len() + 1 + second.len();
        let place = place(first.first(), second.last(), length);
        let recent = self.recent.get(place).copied().unwrap_or_default();
        let same = self.by_number.get(recent as usize).is_some_and(|known| {
            known.len() == length
                && known.ends_with(second)
                && known.starts_with(first)
                && known.get(first.len()) == Some(&b'.')
        });
        if same {
            return recent;
        }
        self.found(place, &[first, b".", second].concat())
    }

    #[inline(never)]
    fn found(&mut self, place: usize, name: &[u8]) -> u32 {
        let number = self.find(name);
        if let Some(recent) = self.recent.get_mut(place) {
            *recent = number;
        }
        number
    }

    fn find(&mut self, name: &[u8]) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = u32::try_from(self.by_number.len()).unwrap_or(u32::MAX);
        if self.by_number.len() >= MOST {
            return number - 1;
        }
        // The last number is shared, and says so.
        let name: Box<[u8]> = if self.by_number.len() == MOST - 1 {
            b"(others)"[..].into()
        } else {
            name.into()
        };
        self.by_number.push(name.clone());
        self.numbers.insert(name, number);
        number
    }

    /// The number of a name that is there already.
    pub fn known(&self, name: &[u8]) -> Option<u32> {
        self.numbers.get(name).copied()
    }

    /// The name of a number.
    pub fn name(&self, number: u32) -> &[u8] {
        self.by_number.get(number as usize).map_or(b"", |name| name)
    }

    /// Takes in another's names; for each of its numbers, the number here.
    pub fn merge(&mut self, other: &Names) -> Vec<u32> {
        other.by_number.iter().map(|name| self.number(name)).collect()
    }
}

fn place(first: Option<&u8>, last: Option<&u8>, length: usize) -> usize {
    let byte = |byte: Option<&u8>| usize::from(byte.copied().unwrap_or_default());
    (byte(first) ^ (byte(last) << 2) ^ (length << 1)) % RECENT
}

/// A hash for short names that nobody attacks: a multiplication for each eight bytes.
#[derive(Debug, Default, Clone, Copy)]
pub struct Quick(u64);

impl Quick {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        let mut words = bytes.chunks_exact(8);
        for word in &mut words {
            self.mix(word.try_into().map_or(0, u64::from_le_bytes));
        }
        let mut last = [0; 8];
        for (to, from) in last.iter_mut().zip(words.remainder()) {
            *to = *from;
        }
        self.mix(u64::from_le_bytes(last));
    }

    fn write_u64(&mut self, number: u64) {
        self.mix(number);
    }

    fn write_u32(&mut self, number: u32) {
        self.mix(u64::from(number));
    }

    fn write_usize(&mut self, number: usize) {
        self.mix(number as u64);
    }

    fn write_u8(&mut self, number: u8) {
        self.mix(u64::from(number));
    }
}
