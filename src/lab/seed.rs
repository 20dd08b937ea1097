//! Numbers that look random and are a function of the seed.
//!
//! No state: the same question has the same answer, in whatever order questions come. Not for secrets.

/// Spreads the bits of `x` (the finaliser of the splitmix64 generator, Steele and others 2014).
pub(crate) fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// The number that `seed` has for the question `(what, which)`.
pub(crate) fn draw(seed: u64, what: u64, which: u64) -> u64 {
    mix(mix(seed ^ mix(what)) ^ which)
}

/// A number of `least..=most`; `least` when the bounds are the wrong way round.
pub(crate) fn within(number: u64, least: u32, most: u32) -> u32 {
    let span = u64::from(most.saturating_sub(least)) + 1;
    u32::try_from(number % span).map_or(least, |above| least.saturating_add(above))
}

#[cfg(test)]
mod tests {
    use super::{draw, within};

    #[test]
    fn the_same_question_has_the_same_answer() {
        assert_eq!(draw(7, 1, 2), draw(7, 1, 2));
        assert_ne!(draw(7, 1, 2), draw(8, 1, 2));
        assert_ne!(draw(7, 1, 2), draw(7, 2, 1));
    }

    #[test]
    fn a_number_stays_within_its_bounds() {
        for which in 0..1_000 {
            assert!((1..=3).contains(&within(draw(1, 0, which), 1, 3)));
        }
        assert_eq!(within(u64::MAX, 5, 5), 5);
    }
}
