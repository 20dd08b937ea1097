//! The suspicion that a target was read from a clock in another zone.
//!
//! It only measures. Whether to warn, ask or refuse is for validation.

use chrono::{DateTime, TimeDelta, Utc};

/// Offsets in use anywhere lie within 14 h of UTC.
const WIDEST_MIN: i64 = 14 * 60;
/// Clock readings are often cut to the minute.
const TOLERANCE_S: i64 = 60;

/// The zone offset by which `target` seems to have slipped from `statement`, if the two lie a whole
/// number of hours apart, or that and 30 or 45 minutes, give or take a minute.
///
/// Positive when the target is the later one. `None` when they are not apart by such an offset.
pub fn zone_slip(target: DateTime<Utc>, statement: DateTime<Utc>) -> Option<TimeDelta> {
    let seconds = (target - statement).num_seconds();
    let quarters = (seconds.abs() + 450) / 900;
    let minutes = quarters * 15;
    let near = (seconds.abs() - minutes * 60).abs() <= TOLERANCE_S;
    let is_offset = matches!(minutes % 60, 0 | 30 | 45) && (1..=WIDEST_MIN).contains(&minutes);
    (near && is_offset).then(|| TimeDelta::minutes(minutes * seconds.signum()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slip(seconds: i64) -> Option<i64> {
        let statement = DateTime::from_timestamp(1_715_956_083, 0).unwrap();
        zone_slip(statement + TimeDelta::seconds(seconds), statement).map(|slip| slip.num_minutes())
    }

    #[test]
    fn whole_hours_halves_and_three_quarters_are_suspect() {
        assert_eq!(slip(-7 * 3600), Some(-420));
        assert_eq!(slip(2 * 3600), Some(120));
        assert_eq!(slip(5 * 3600 + 1800), Some(330));
        assert_eq!(slip(5 * 3600 + 2700), Some(345));
        assert_eq!(slip(-(2 * 3600 + 1)), Some(-120));
        assert_eq!(slip(-(2 * 3600 + 60)), Some(-120));
    }

    #[test]
    fn other_distances_are_not() {
        for seconds in [
            0,
            -1,
            -59,
            -600,
            -900,
            3600 + 900,
            -(2 * 3600 + 61),
            3600 * 15,
            i64::from(i32::MAX),
        ] {
            assert_eq!(slip(seconds), None, "{seconds}");
        }
    }
}
