//! Regions that have Backtrack by now, as they are typed.

/// A name such as `eu-north-1`.
pub(super) fn region(typed: &str) -> Result<String, String> {
    let name = typed.trim();
    let plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    if name.contains('-') && name.chars().all(plain) {
        Ok(name.to_owned())
    } else {
        Err(format!(
            "expected names such as eu-north-1,sa-east-1, got `{typed}`"
        ))
    }
}
