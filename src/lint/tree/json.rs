//! JSON with the place of every part, and no key twice.

use std::ops::Range;
use std::rc::Rc;

use super::node::{DEPTH, Entry, Fault, Growing, Kind, Node, PARTS};

/// The tree of a JSON text.
pub(in crate::lint) fn json(text: &str) -> Result<Node, Fault> {
    let mut reader = Reader {
        text,
        at: 0,
        depth: 0,
        parts: 0,
    };
    let node = reader.value()?;
    reader.space();
    match reader.peek() {
        None => Ok(node),
        Some(_) => Err(reader.expected("the end after the value")),
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    parts: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Expected one thing and got what stands here.
    fn expected(&self, what: &str) -> Fault {
        let here = self.text.get(self.at..).unwrap_or_default();
        let (got, length) = match here.chars().next() {
            None => ("the end of the file".to_owned(), 0),
            Some(each) => (format!("`{}`", each.escape_debug()), each.len_utf8()),
        };
        Fault::new(format!("expected {what}, got {got}"), self.at..self.at + length)
    }

    fn value(&mut self) -> Result<Node, Fault> {
        self.space();
        self.parts += 1;
        if self.parts > PARTS {
            return Err(Fault::new(
                format!("expected at most {PARTS} parts, got more"),
                self.at..self.at,
            ));
        }
        let start = self.at;
        let kind = match self.peek() {
            Some(b'{') => self.nested(Self::map)?,
            Some(b'[') => self.nested(Self::list)?,
            Some(b'"') => Kind::Scalar {
                text: self.string()?,
                plain: false,
            },
            Some(_) | None => self.word()?,
        };
        Ok(Node {
            kind,
            at: start..self.at,
        })
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Kind, Fault>) -> Result<Kind, Fault> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(Fault::new(
                format!("expected at most {DEPTH} levels, got more"),
                self.at..self.at + 1,
            ));
        }
        self.at += 1;
        let kind = read(self)?;
        self.depth -= 1;
        Ok(kind)
    }

    fn list(&mut self) -> Result<Kind, Fault> {
        let mut items = Vec::new();
        self.space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Kind::List(items));
        }
        loop {
            items.push(self.value()?);
            if self.ends(b']', "`,` or `]`")? {
                return Ok(Kind::List(items));
            }
        }
    }

    fn map(&mut self) -> Result<Kind, Fault> {
        let mut growing = Growing::default();
        self.space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Kind::Map(growing.entries));
        }
        loop {
            self.space();
            let start = self.at;
            if self.peek() != Some(b'"') {
                return Err(self.expected("a key in quotation marks"));
            }
            let key = self.string()?;
            let at = start..self.at;
            if let Some(earlier) = growing.earlier(&key) {
                return Err(twice(self.text, &key, &earlier, at));
            }
            self.space();
            if self.peek() != Some(b':') {
                return Err(self.expected("`:`"));
            }
            self.at += 1;
            let value = self.value()?;
            growing.push(Entry { key, at, value });
            if self.ends(b'}', "`,` or `}`")? {
                return Ok(Kind::Map(growing.entries));
            }
        }
    }

    /// True at the closing mark, false at a comma; either is passed.
    fn ends(&mut self, closing: u8, what: &str) -> Result<bool, Fault> {
        self.space();
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                Ok(false)
            }
            Some(mark) if mark == closing => {
                self.at += 1;
                Ok(true)
            }
            Some(_) | None => Err(self.expected(what)),
        }
    }

    fn string(&mut self) -> Result<Rc<str>, Fault> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut end = start + 1;
        loop {
            match bytes.get(end) {
                Some(b'"') => break,
                Some(b'\\') => end += 2,
                Some(byte) if *byte >= 0x20 => end += 1,
                Some(_) => {
                    return Err(Fault::new(
                        "expected `\"` before the end of the line, got none",
                        start..end,
                    ));
                }
                None => {
                    return Err(Fault::new(
                        "expected `\"`, got the end of the file",
                        start..bytes.len(),
                    ));
                }
            }
        }
        self.at = end + 1;
        let raw = &self.text[start..self.at];
        if !raw.contains('\\') {
            return Ok(raw[1..raw.len() - 1].into());
        }
        serde_json::from_str(raw).map(String::into).map_err(|_| {
            Fault::new(
                "expected escapes that JSON has, got others in this text",
                start..self.at,
            )
        })
    }

    fn word(&mut self) -> Result<Kind, Fault> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let length = rest
            .find(|each: char| !each.is_ascii_alphanumeric() && !matches!(each, '+' | '-' | '.'))
            .unwrap_or(rest.len());
        let word = &rest[..length];
        let kind = match word {
            "null" => Kind::Null,
            _ if word == "true" || word == "false" || is_number(word) => Kind::Scalar {
                text: word.into(),
                plain: true,
            },
            _ => return Err(self.expected("a value")),
        };
        self.at += length;
        Ok(kind)
    }
}

fn is_number(word: &str) -> bool {
    serde_json::from_str::<serde_json::Number>(word).is_ok()
}

/// A key that stands twice in a map: nobody can say which of them holds.
pub(super) fn twice(text: &str, key: &str, earlier: &Range<usize>, at: Range<usize>) -> Fault {
    let line = |at: usize| {
        let before = text.as_bytes().get(..at).unwrap_or_default();
        memchr::memchr_iter(b'\n', before).count() + 1
    };
    Fault::new(
        format!(
            "expected each key once, got `{key}` in line {} and again in line {}",
            line(earlier.start),
            line(at.start)
        ),
        at,
    )
}
