//! Faults of a text that is not TOML. Nothing of it can be trusted, so whatever may belong to an `env`
//! is masked by its place alone.

use super::found::Found;

/// Notes the faults of the syntax, and masks what may be a secret.
pub(super) fn note(errors: &[toml::de::Error], text: &str, found: &mut Found<'_>) {
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        found.fault(span, error.message().replace('\n', ", "));
    }
    mask(text, found);
}

/// Masks everything from the word `env` to the next header.
fn mask(text: &str, found: &mut Found<'_>) {
    let mut within = false;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let header = line.trim_start().starts_with('[');
        let env = line.find("env");
        if header {
            within = env.is_some();
        } else if let Some(at) = env {
            found.secret(start + at + "env".len()..end);
            within = true;
        } else if within {
            found.secret(start..end);
        }
        start = end;
    }
}
