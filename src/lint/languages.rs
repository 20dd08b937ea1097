//! Which language a file is in. Every language that is known is asked in turn.

use super::cloudformation;
use super::regions::Regions;
use super::resource::{Lint, Unreadable};
use super::terraform;
use memchr::memmem;

/// What a file turned out to be.
#[derive(Debug)]
pub(super) enum Read {
    /// A template, with what it declares.
    Template(Lint),
    /// Nothing that is known.
    Nothing,
    /// It could not be read.
    Broken(Box<Unreadable>),
}

/// Reads a file of any language.
pub(super) fn file(name: &str, bytes: &[u8], regions: Option<&Regions>) -> Read {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return broken(name, "expected a template, got an empty file".to_owned());
    }
    if let Some(lint) = terraform::json(name, bytes, regions) {
        return Read::Template(lint);
    }
    let base = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let text = match std::str::from_utf8(&bytes[base..]) {
        Ok(text) => text,
        Err(error) => {
            return broken(
                name,
                format!(
                    "expected UTF-8, got other bytes from byte {}",
                    error.valid_up_to() + base
                ),
            );
        }
    };
    match cloudformation::read(name, text, base, regions) {
        Ok(Some(lint)) => Read::Template(lint),
        Ok(None) => Read::Nothing,
        Err(unreadable) => Read::Broken(unreadable),
    }
}

/// Whether bytes that could not be read may have been a template.
pub(super) fn may_be_a_template(bytes: &[u8]) -> bool {
    // Of plans and states, of OpenTofu's encrypted ones, and of the log of a plan.
    let terraform = [
        b"\"terraform_version\"".as_slice(),
        b"\"format_version\"",
        b"\"encrypted_data\"",
        b"\"terraform.ui\"",
    ];
    cloudformation::looks_like_one(bytes)
        || bytes.starts_with(b"PK\x03\x04")
        || terraform.iter().any(|key| memmem::find(bytes, key).is_some())
}

fn broken(name: &str, message: String) -> Read {
    Read::Broken(Box::new(Unreadable {
        file: name.to_owned(),
        message,
        place: None,
    }))
}
