//! Keys that stand twice in one object: Terraform takes the last of them, and the parser refuses them all.
//!
//! So a later one is read under another name of the same length, which moves no place, and is given its own back.

use hcl_edit::expr::{Expression, Object, ObjectKey};
use hcl_edit::parser::{Error, parse_body};
use hcl_edit::structure::Body;
use hcl_edit::visit_mut::{VisitMut, visit_object_mut};
use hcl_edit::{Ident, Span};
use std::collections::BTreeMap;

/// Bytes that are read again for all that stand twice in one file.
const MOST: usize = 64 << 20;
/// What the first letter of a name is tried as.
const LETTERS: &str = "_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Reads a body.
///
/// # Errors
/// Those of the parser.
pub(super) fn parse(text: &str) -> Result<Body, Error> {
    let mut text = text.to_owned();
    let mut renamed: BTreeMap<usize, Renamed> = BTreeMap::new();
    let mut read = 0_usize;
    loop {
        let error = match parse_body(&text) {
            Ok(mut body) => {
                if !renamed.is_empty() {
                    Back(renamed).visit_body_mut(&mut body);
                }
                return Ok(body);
            }
            Err(error) => error,
        };
        read += text.len();
        let Some(at) = first(&text, &error).filter(|_| read <= MOST) else {
            return Err(error);
        };
        let letter = char::from(text.as_bytes()[at]);
        let entry = renamed.entry(at).or_insert_with(|| Renamed {
            own: letter,
            left: LETTERS.chars(),
        });
        let own = entry.own;
        let Some(other) = entry.left.find(|letter| *letter != own) else {
            return Err(error);
        };
        text.replace_range(at..=at, other.encode_utf8(&mut [0; 4]));
    }
}

/// A key's first letter.
struct Renamed {
    own: char,
    left: std::str::Chars<'static>,
}

/// Where the first letter is of the key that an error is about, if it is one that stands twice and is a plain name.
fn first(text: &str, error: &Error) -> Option<usize> {
    if !error.message().contains("unique object key") {
        return None;
    }
    let start = error.location().offset();
    let rest = text.get(start..)?;
    let at = start + usize::from(rest.starts_with('"'));
    let letter = text.as_bytes().get(at)?;
    (letter.is_ascii_alphabetic() || *letter == b'_').then_some(at)
}

/// Gives the keys their own names back.
struct Back(BTreeMap<usize, Renamed>);

impl Back {
    /// The name that a key at a place has, if it was read under another.
    fn own(&self, at: usize, name: &str) -> Option<String> {
        let renamed = self.0.get(&at)?;
        let rest = name.get(1..)?;
        Some(format!("{}{rest}", renamed.own))
    }

    fn key(&self, key: ObjectKey) -> ObjectKey {
        let Some(at) = key.span().map(|span| span.start) else {
            return key;
        };
        match &key {
            ObjectKey::Ident(name) => self
                .own(at, name.as_str())
                .map_or(key, |own| ObjectKey::from(Ident::new_sanitized(own))),
            ObjectKey::Expression(Expression::String(text)) => self
                .own(at + 1, text.as_str())
                .map_or(key, |own| ObjectKey::from(Expression::from(own))),
            ObjectKey::Expression(_) => key,
        }
    }
}

impl VisitMut for Back {
    fn visit_object_mut(&mut self, object: &mut Object) {
        let keys = object.iter().filter_map(|(key, _)| key.span());
        // A key begins where its name does, or at the quote before it.
        if keys
            .map(|span| span.start)
            .any(|at| self.0.contains_key(&at) || self.0.contains_key(&(at + 1)))
        {
            let read = std::mem::take(object);
            *object = read
                .into_iter()
                .map(|(key, value)| (self.key(key), value))
                .collect();
        }
        visit_object_mut(self, object);
    }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use hcl_edit::structure::Body;

    fn value(body: &Body) -> String {
        body.get_attribute("x").unwrap().value.to_string()
    }

    #[test]
    fn the_last_of_a_key_holds_and_nothing_moves() {
        for (text, plain) in [
            ("x = { a = 0, a = 3600 }\n", "x = { a = 3600 }\n"),
            ("x = { \"a b\" = 0, \"a b\" = 1 }\n", "x = { \"a b\" = 1 }\n"),
            (
                "x = { _ = 0, a = 5, a = 6, _ = 1, a = 7 }\n",
                "x = { _ = 1, a = 7 }\n",
            ),
            ("x = [{ y = { b = 1, b = 2 } }]\n", "x = [{ y = { b = 2 } }]\n"),
        ] {
            let strip = |text: String| text.split_whitespace().collect::<String>();
            let (found, expected) = (parse(text).unwrap(), parse(plain).unwrap());
            assert_eq!(strip(value(&found)), strip(value(&expected)), "{text}");
        }
        assert!(parse("x = { a = 0, a = 1, = }\n").is_err());
        assert!(parse("x = { (a) = 0, (a) = 1 }\n").is_err());
    }

    #[test]
    fn more_of_them_than_are_read_again_are_refused() {
        let mut text = String::from("x = {\n");
        for _ in 0..20_000 {
            text.push_str("  key = 1\n");
        }
        text.push_str("}\n");
        assert!(parse(&text).is_err());
    }
}
