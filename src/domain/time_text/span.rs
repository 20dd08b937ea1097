//! A length of time in words, the same everywhere in the program.
//!
//! It never rounds: what it prints adds up to what it was given.

use chrono::TimeDelta;

/// Writes a length of time as `17 min 03 s`, `6 h 12 min` or `2 d 00 h 05 min`; zero is `0 s`.
///
/// Zero units at either end are left out. A fraction of a second follows the seconds (`03.25 s`).
/// A negative length begins with `minus`.
pub fn span(delta: TimeDelta) -> String {
    let sign = if delta < TimeDelta::zero() { "minus " } else { "" };
    let delta = delta.abs();
    let whole = delta.num_seconds();
    let fraction = fraction(delta.subsec_nanos());
    let parts = [
        (whole / 86_400, "d"),
        (whole / 3_600 % 24, "h"),
        (whole / 60 % 60, "min"),
        (whole % 60, "s"),
    ];

    let counts = |at: &usize| {
        parts.get(*at).is_some_and(|(count, _)| *count > 0) || (*at == 3 && !fraction.is_empty())
    };
    let first = (0..4).find(counts).unwrap_or(3);
    let last = (0..4).rfind(counts).unwrap_or(3);
    let words: Vec<String> = (first..=last)
        .filter_map(|at| parts.get(at).map(|part| (at, part)))
        .map(|(at, (count, unit))| {
            let fraction = if at == 3 { fraction.as_str() } else { "" };
            if at == first {
                format!("{count}{fraction} {unit}")
            } else {
                format!("{count:02}{fraction} {unit}")
            }
        })
        .collect();
    format!("{sign}{}", words.join(" "))
}

/// `.25` for 250 ms, and nothing for none.
fn fraction(nanos: i32) -> String {
    if nanos == 0 {
        return String::new();
    }
    let digits = format!("{nanos:09}");
    format!(".{}", digits.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_as_a_person_would_say_it() {
        for (millis, words) in [
            (0, "0 s"),
            (4_000, "4 s"),
            (60_000, "1 min"),
            (1_023_000, "17 min 03 s"),
            (1_384_000, "23 min 04 s"),
            (3_600_000, "1 h"),
            (22_320_000, "6 h 12 min"),
            (21_605_000, "6 h 00 min 05 s"),
            (86_400_000, "1 d"),
            (172_800_000 + 300_000, "2 d 00 h 05 min"),
            (86_400_000 + 10_800_000, "1 d 03 h"),
            (250, "0.25 s"),
            (1_500, "1.5 s"),
            (63_250, "1 min 03.25 s"),
            (60_001, "1 min 00.001 s"),
            (-1_023_000, "minus 17 min 03 s"),
            (-500, "minus 0.5 s"),
        ] {
            assert_eq!(span(TimeDelta::milliseconds(millis)), words);
        }
    }

    #[test]
    fn the_greatest_length_is_written_too() {
        assert!(span(TimeDelta::MAX).starts_with("106751991167 d 07 h 12 min 55.807 s"));
        assert!(span(TimeDelta::MIN).starts_with("minus 106751991167 d"));
    }
}
