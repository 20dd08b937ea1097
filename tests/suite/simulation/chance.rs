//! Everything that is random in a simulated run, as a function of one number.

use std::ops::RangeInclusive;

/// A stream of choices; two of one seed choose alike.
#[derive(Clone, Debug)]
pub struct Chance(fastrand::Rng);

impl Chance {
    pub fn new(seed: u64) -> Self {
        Self(fastrand::Rng::with_seed(seed))
    }

    /// A stream of its own: how much is drawn from it changes nothing here.
    pub fn fork(&mut self) -> Self {
        Self(self.0.fork())
    }

    /// True so often in a hundred times.
    pub fn percent(&mut self, of_hundred: u32) -> bool {
        self.0.u32(0..100) < of_hundred
    }

    pub fn within(&mut self, bounds: RangeInclusive<u64>) -> u64 {
        self.0.u64(bounds)
    }

    /// One of these.
    pub fn of<T: Clone>(&mut self, these: &[T]) -> T {
        these[self.0.usize(0..these.len())].clone()
    }

    /// One of these, each as often as its weight says.
    pub fn weighed<T: Clone>(&mut self, these: &[(u32, T)]) -> T {
        let mut left = self.0.u32(0..these.iter().map(|(weight, _)| weight).sum());
        for (weight, this) in these {
            if left < *weight {
                return this.clone();
            }
            left -= weight;
        }
        unreachable!("what is left is below the sum of the weights")
    }
}
