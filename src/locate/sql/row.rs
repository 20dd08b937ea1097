//! A DELETE or UPDATE of a single row by its key: nearly all that an application ever deletes or changes.
//!
//! Read from the bytes of the log with its escaping on them, where `\'` is a quote. Anything that is not plainly
//! of this form is given up, and read in full elsewhere.

use super::cursor::Table;
use super::key::is_key;
use super::lexer::in_word;
use crate::locate::class::Kind;
use memchr::{memchr, memchr2, memmem};

/// A longer text is worth being read in full.
const LONGEST: usize = 1 << 16;

/// Words that are no table here, though they stand where one does.
const RESERVED: [&[u8]; 29] = [
    b"LOW_PRIORITY",
    b"HIGH_PRIORITY",
    b"DELAYED",
    b"QUICK",
    b"IGNORE",
    b"WHERE",
    b"ORDER",
    b"LIMIT",
    b"RETURNING",
    b"SET",
    b"USING",
    b"JOIN",
    b"STRAIGHT_JOIN",
    b"LATERAL",
    b"ON",
    b"AS",
    b"GROUP",
    b"NOT",
    b"CASE",
    b"SELECT",
    b"WITH",
    b"VALUES",
    b"TABLE",
    b"IN",
    b"LIKE",
    b"IS",
    b"AND",
    b"OR",
    b"FROM",
];

/// The table of a statement whose condition begins with `key = value` and only narrows from there.
pub fn single_row(kind: Kind, raw: &[u8]) -> Option<Table<'_>> {
    let raw = raw.get(..).filter(|raw| raw.len() <= LONGEST)?;
    let mut eye = Eye { raw, at: 6 };
    eye.gap()?;
    if kind == Kind::Delete {
        eye.word(b"FROM")?;
    }
    let table = eye.table()?;
    if kind == Kind::Delete {
        eye.word(b"WHERE")?;
    } else {
        eye.word(b"SET")?;
        eye.pass(Until::Where)?;
        eye.spaces();
    }
    let column = match eye.path()? {
        (column, None, _) => column,
        (qualifier, Some(column), None) if qualifier.eq_ignore_ascii_case(table.name) => column,
        _ => return None,
    };
    if !is_key(column, &[table.name]) {
        return None;
    }
    eye.value()?;
    if eye.at < raw.len() {
        eye.word(b"AND")?;
        eye.pass(Until::End)?;
    }
    Some(table)
}

/// The table of an INSERT of rows given one by one: `INTO table (columns) VALUES`.
pub fn inserted(raw: &[u8]) -> Option<Table<'_>> {
    let mut eye = Eye { raw, at: 6 };
    eye.gap()?;
    eye.word(b"INTO")?;
    let table = eye.table()?;
    if eye.byte(0)? == b'(' {
        let list = raw.get(eye.at + 1..)?;
        let end = memchr(b')', list)?;
        let plain = |byte: &u8| in_word(*byte) || matches!(byte, b',' | b' ' | b'`');
        list.get(..end)?.iter().all(plain).then(|| eye.at += end + 2)?;
        eye.spaces();
    }
    eye.word(b"VALUES")?;
    Some(table)
}

/// Whether a text is plainly one statement: every semicolon in it stands within a string or a name.
pub fn is_single(raw: &[u8]) -> bool {
    let mut eye = Eye { raw, at: 0 };
    raw.len() <= LONGEST && eye.pass(Until::Over).is_some()
}

/// Where passing over a part of a statement ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Until {
    /// Behind a WHERE outside of all brackets.
    Where = 1,
    /// At the end, with nothing before it that widens a condition.
    End = 2,
    /// At the end, whatever comes before it.
    Over = 4,
}

/// One to three names.
type Path<'a> = (&'a [u8], Option<&'a [u8]>, Option<&'a [u8]>);

/// A place in a text.
struct Eye<'a> {
    raw: &'a [u8],
    at: usize,
}

impl<'a> Eye<'a> {
    fn byte(&self, ahead: usize) -> Option<u8> {
        self.raw.get(self.at + ahead).copied()
    }

    fn spaces(&mut self) {
        while let Some(byte) = self.byte(0) {
            match byte {
                b' ' => self.at += 1,
                b'\\' if matches!(self.byte(1), Some(b'n' | b't' | b'r')) => self.at += 2,
                _ => return,
            }
        }
    }

    /// At least one space.
    fn gap(&mut self) -> Option<()> {
        let from = self.at;
        self.spaces();
        (self.at > from).then_some(())
    }

    /// This keyword, and the spaces behind it.
    fn word(&mut self, keyword: &[u8]) -> Option<()> {
        let end = self.at + keyword.len();
        let found = self.raw.get(self.at..end)?.eq_ignore_ascii_case(keyword);
        let ends = !self.raw.get(end).copied().is_some_and(in_word);
        (found && ends).then(|| self.at = end)?;
        self.spaces();
        Some(())
    }

    fn run(&self, from: usize) -> usize {
        let rest = self.raw.get(from..).unwrap_or_default();
        from + rest.iter().position(|byte| !in_word(*byte)).unwrap_or(rest.len())
    }

    fn name(&mut self) -> Option<&'a [u8]> {
        let quoted = self.byte(0)? == b'`';
        let (from, end) = if quoted {
            let from = self.at + 1;
            (from, from + self.quoted(from)?)
        } else {
            (self.at, self.run(self.at))
        };
        let name = self.raw.get(from..end)?;
        // Quotes behind a word make it a string's introducer.
        let plain = if quoted {
            self.raw.get(end + 1) != Some(&b'`')
        } else {
            !matches!(self.raw.get(end), Some(b'\\' | b'"')) || self.raw.get(end + 1) != Some(&b'\'')
        };
        let named = !name.is_empty() && (quoted || !name.first()?.is_ascii_digit());
        (plain && named).then(|| self.at = end + usize::from(quoted))?;
        Some(name)
    }

    /// The length of what backticks enclose from here.
    fn quoted(&self, from: usize) -> Option<usize> {
        let rest = self.raw.get(from..)?;
        let end = memchr2(b'`', b'\\', rest)?;
        (rest.get(end) == Some(&b'`')).then_some(end)
    }

    /// Up to three names with dots between, and the spaces behind them.
    fn path(&mut self) -> Option<Path<'a>> {
        let first = self.name()?;
        let mut more = [None; 2];
        for part in &mut more {
            if self.byte(0) == Some(b'.') {
                self.at += 1;
                *part = Some(self.name()?);
            }
        }
        self.spaces();
        let [second, third] = more;
        Some((first, second, third))
    }

    /// `table` or `schema.table`, and the spaces behind it.
    fn table(&mut self) -> Option<Table<'a>> {
        let (first, second, third) = self.path()?;
        let table = match (second, third) {
            (None, _) => Table {
                schema: None,
                name: first,
            },
            (Some(name), None) => Table {
                schema: Some(first),
                name,
            },
            (Some(_), Some(_)) => return None,
        };
        let reserved = |part: &[u8]| RESERVED.iter().any(|word| part.eq_ignore_ascii_case(word));
        (!reserved(first) && !second.is_some_and(reserved)).then_some(table)
    }

    /// `= value`, and the spaces behind it: a whole number, a string or a placeholder, and nothing that goes on.
    fn value(&mut self) -> Option<()> {
        (self.byte(0)? == b'=').then(|| self.at += 1)?;
        self.spaces();
        match self.byte(0)? {
            b'?' => self.at += 1,
            b'0'..=b'9' => {
                let end = self.run(self.at);
                let digits = self.raw.get(self.at..end)?;
                (digits.iter().all(u8::is_ascii_digit) && self.raw.get(end) != Some(&b'.'))
                    .then(|| self.at = end)?;
            }
            b'\\' if self.byte(1) == Some(b'\'') => {
                self.string()?;
                // A doubled quote goes on, and so do two strings side by side.
                let joined = self.byte(0) == Some(b'\\');
                (!joined).then_some(())?;
            }
            _ => return None,
        }
        let from = self.at;
        self.spaces();
        (self.at > from || self.at == self.raw.len()).then_some(())
    }

    /// Past a string. Within it a backslash of SQL's own, which the log doubles, hides what follows.
    fn string(&mut self) -> Option<()> {
        self.at += 2;
        loop {
            self.at += memchr(b'\\', self.raw.get(self.at..)?)?;
            match self.byte(1)? {
                b'\'' => {
                    self.at += 2;
                    return Some(());
                }
                b'n' | b't' | b'r' | b'b' | b'f' => self.at += 2,
                b'\\' => {
                    self.at += 2;
                    self.at += if self.byte(0)? == b'\\' { 2 } else { 1 };
                }
                _ => return None,
            }
        }
    }

    /// Past strings, names, brackets and plain comments to the place wanted.
    fn pass(&mut self, until: Until) -> Option<()> {
        let mut depth = 0_usize;
        // Behind an escaped line feed, whose last byte looks like a letter before what follows.
        let mut fresh = self.at;
        while let Some(rest) = self.raw.get(self.at..)
            && let Some(ahead) = rest
                .iter()
                .position(|byte| STOPS[usize::from(*byte)] & until as u8 != 0)
        {
            self.at += ahead;
            match self.byte(0)? {
                b'w' | b'W' => {
                    if self.begins(b"WHERE", fresh) && depth == 0 {
                        self.at += 5;
                        return Some(());
                    }
                    self.at += 1;
                }
                // An OR of any depth: rare enough to be read in full.
                b'o' | b'O' if self.begins(b"OR", fresh) => return None,
                b'x' | b'X' if self.begins(b"XOR", fresh) => return None,
                b'o' | b'O' | b'x' | b'X' => self.at += 1,
                b'\\' => match self.byte(1)? {
                    b'\'' => self.string()?,
                    b'n' | b't' | b'r' => {
                        self.at += 2;
                        fresh = self.at;
                    }
                    _ => return None,
                },
                b'`' => {
                    let from = self.at + 1;
                    self.at = from + self.quoted(from)? + 1;
                }
                b'(' => {
                    depth += 1;
                    self.at += 1;
                }
                b')' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b'-' if self.byte(1) != Some(b'-') => self.at += 1,
                b'/' if self.byte(1) != Some(b'*') => self.at += 1,
                b'/' if self.byte(2) != Some(b'!') => {
                    let inner = self.raw.get(self.at + 2..)?;
                    self.at += memmem::find(inner, b"*/")? + 4;
                }
                _ => return None,
            }
        }
        (until == Until::Over || (until == Until::End && depth == 0)).then_some(())
    }

    /// Whether this word and no longer one begins here, and is no part of a name with dots.
    fn begins(&self, word: &[u8], fresh: usize) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.raw.get(at));
        let starts =
            self.at == fresh || !before.is_some_and(|byte| in_word(*byte) || matches!(byte, b'.' | b'@'));
        let end = self.at + word.len();
        starts
            && self
                .raw
                .get(self.at..end)
                .is_some_and(|found| found.eq_ignore_ascii_case(word))
            && !self.raw.get(end).is_some_and(|byte| in_word(*byte))
    }
}

/// Where each way of passing over stops: at what may begin or end something, and at what is strange.
const STOPS: [u8; 256] = {
    let mut stops = [0; 256];
    let mut byte = 0_u8;
    loop {
        let (to_where, to_end, over) = (Until::Where as u8, Until::End as u8, Until::Over as u8);
        stops[byte as usize] = match byte {
            b'w' | b'W' => to_where,
            b'o' | b'O' | b'x' | b'X' | b'|' => to_end,
            b'0'..=b'9'
            | b'A'..=b'Z'
            | b'a'..=b'z'
            | b'_'
            | b'$'
            | 0x80..
            | b' '
            | b','
            | b'='
            | b'<'
            | b'>'
            | b'.'
            | b'+'
            | b'*'
            | b'%'
            | b'!'
            | b'?'
            | b':'
            | b'&'
            | b'^'
            | b'~' => 0,
            _ => to_where | to_end | over,
        };
        if byte == u8::MAX {
            break stops;
        }
        byte += 1;
    }
};
