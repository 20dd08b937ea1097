//! Durations as a runbook writes them: "2m", "90s", "24h", "1h30m".

/// Why a text is no duration: what to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum DurationError {
    /// Something else than numbers with units.
    #[error("write whole numbers with h, m or s, the greatest first and no spaces: \"1h30m\"")]
    Form,
    /// A part that is as long as the unit before it.
    #[error("after hours or minutes, each part stays below 60: \"1h30m\", or \"90m\" alone")]
    Carry,
    /// More seconds than can be counted.
    #[error("that is longer than can be counted")]
    TooLong,
}

const UNITS: [(char, i64); 3] = [('h', 3600), ('m', 60), ('s', 1)];

/// The duration in seconds.
pub(super) fn parse(text: &str) -> Result<i64, DurationError> {
    let mut rest = text;
    let mut total: i64 = 0;
    for (unit, seconds) in UNITS {
        let digits = rest.len()
            - rest
                .trim_start_matches(|letter: char| letter.is_ascii_digit())
                .len();
        let (number, after) = rest.split_at(digits);
        let Some(after) = after.strip_prefix(unit) else {
            continue;
        };
        if number.is_empty() {
            return Err(DurationError::Form);
        }
        let number: i64 = number.parse().map_err(|_| DurationError::TooLong)?;
        if rest.len() < text.len() && number >= 60 {
            return Err(DurationError::Carry);
        }
        let part = number.checked_mul(seconds).ok_or(DurationError::TooLong)?;
        total = total.checked_add(part).ok_or(DurationError::TooLong)?;
        rest = after;
    }
    if rest.is_empty() && !text.is_empty() {
        Ok(total)
    } else {
        Err(DurationError::Form)
    }
}

/// The shortest text of a duration that is not negative.
pub(super) fn format(seconds: i64) -> String {
    let mut rest = seconds;
    let mut text = String::new();
    for (unit, length) in UNITS {
        let number = rest / length;
        rest %= length;
        if number > 0 {
            text.push_str(&number.to_string());
            text.push(unit);
        }
    }
    if text.is_empty() { "0s".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn durations_are_numbers_with_units_from_the_greatest_to_the_smallest() {
        for (text, seconds) in [
            ("2m", 120),
            ("90s", 90),
            ("24h", 86_400),
            ("1h30m", 5400),
            ("1h0m5s", 3605),
            ("1h5s", 3605),
            ("0s", 0),
            ("90m", 5400),
        ] {
            assert_eq!(parse(text), Ok(seconds), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "", "2", "m", "2 m", " 2m", "-2m", "+2m", "1.5h", "2min", "2M", "1d", "30m1h", "1m1m", "1h30",
            "٢m",
        ] {
            assert_eq!(parse(text), Err(DurationError::Form), "{text}");
        }
        assert_eq!(parse("1h90m"), Err(DurationError::Carry));
        assert_eq!(parse("1m60s"), Err(DurationError::Carry));
        assert_eq!(parse("99999999999999999999s"), Err(DurationError::TooLong));
        assert_eq!(parse("9223372036854775807h"), Err(DurationError::TooLong));
    }

    proptest! {
        #[test]
        fn what_is_formatted_is_read_back(seconds in 0_i64..10_000_000) {
            prop_assert_eq!(parse(&format(seconds)), Ok(seconds));
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC*") {
            let _ = parse(&text);
        }
    }
}
