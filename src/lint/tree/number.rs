//! Whole numbers as YAML 1.1 writes them: that version is CloudFormation's.

/// A whole number. Quoted text is one only in plain digits; plain text also with underscores, in other bases, and in
/// base 60 (`24:00:00`).
pub(in crate::lint) fn whole(text: &str, plain: bool) -> Option<i64> {
    if let Some(number) = digits(text, 10) {
        // YAML 1.1 has octal numbers with a bare zero in front; JSON has none, and quoted text is a text.
        let bare = text.trim_start_matches(['+', '-']);
        let octal = plain && bare.len() > 1 && bare.starts_with('0');
        return if octal { digits(text, 8) } else { Some(number) };
    }
    if !plain {
        return None;
    }
    let compact = text.replace('_', "");
    let (negative, bare) = match compact.strip_prefix('-') {
        Some(bare) => (true, bare),
        None => (false, compact.strip_prefix('+').unwrap_or(&compact)),
    };
    let first = text.trim_start_matches(['+', '-']).chars().next();
    if !first.is_some_and(|each| each.is_ascii_digit()) {
        return None;
    }
    let number = if let Some(hex) = bare.strip_prefix("0x") {
        digits(hex, 16)
    } else if let Some(binary) = bare.strip_prefix("0b") {
        digits(binary, 2)
    } else if bare.contains(':') {
        sixties(bare)
    } else if text.contains('_') {
        digits(
            bare,
            if bare.len() > 1 && bare.starts_with('0') {
                8
            } else {
                10
            },
        )
    } else {
        None
    }?;
    Some(if negative { -number } else { number })
}

/// Digits of a base with at most a sign.
fn digits(text: &str, base: u32) -> Option<i64> {
    let bare = text.strip_prefix(['+', '-']).unwrap_or(text);
    if bare.is_empty() || !bare.chars().all(|each| each.is_digit(base)) {
        return None;
    }
    i64::from_str_radix(text, base).ok()
}

fn sixties(text: &str) -> Option<i64> {
    let mut number: i64 = 0;
    for (at, part) in text.split(':').enumerate() {
        let part = digits(part, 10).filter(|part| at == 0 || *part < 60)?;
        number = number.checked_mul(60)?.checked_add(part)?;
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn plain_and_quoted_numbers_are_read_as_cloudformations_yaml_has_them() {
        for (text, plain, expected) in [
            ("86400", true, Some(86_400)),
            ("86400", false, Some(86_400)),
            ("-1", true, Some(-1)),
            ("+3600", false, Some(3_600)),
            ("86_400", true, Some(86_400)),
            ("86_400", false, None),
            ("24:00:00", true, Some(86_400)),
            ("24:00:00", false, None),
            ("1:61", true, None),
            ("0x15180", true, Some(86_400)),
            ("0250600", true, Some(86_400)),
            ("0250600", false, Some(250_600)),
            ("0", true, Some(0)),
            ("08", true, None),
            ("86400.0", true, None),
            ("1e5", true, None),
            ("24h", true, None),
            ("", false, None),
            ("_1", true, None),
            ("99999999999999999999", true, None),
            ("true", true, None),
        ] {
            assert_eq!(whole(text, plain), expected, "{text} {plain}");
        }
    }
}
