//! A lexer for MySQL's SQL: strings, names, comments and the comments that MySQL executes.
//!
//! It never fails: what it cannot place is a sign. It knows where text ended inside of something open,
//! which is the mark of a statement that was cut off.

use super::token::{Kind, Token};
use memchr::{memchr, memchr2, memmem};

/// Versions from here on are written to be executed by no server: `/*!99999 ... */`.
const NEVER: u32 = 90_000;

/// A stream of tokens.
#[derive(Debug, Clone)]
pub struct Lexer<'a> {
    sql: &'a [u8],
    at: usize,
    /// Executed comments that are open.
    executed: u32,
    open_ended: bool,
}

impl<'a> Lexer<'a> {
    /// A lexer at the start of `sql`, which has lost the log's own escaping already.
    pub fn new(sql: &'a [u8]) -> Self {
        Self {
            sql,
            at: 0,
            executed: 0,
            open_ended: false,
        }
    }

    /// Whether the text ended inside a string, a name or a comment.
    pub fn open_ended(&self) -> bool {
        self.open_ended
    }

    /// What is still unread.
    pub fn rest(&self) -> &'a [u8] {
        self.sql.get(self.at..).unwrap_or_default()
    }

    /// The whole text.
    pub fn text(&self) -> &'a [u8] {
        self.sql
    }

    /// Past the bracket that closes a list of bare or quoted names; `None` if it holds anything more.
    pub fn past_plain_list(&mut self) -> Option<()> {
        let rest = self.rest();
        let end = rest
            .iter()
            .position(|&byte| !(in_name(byte) || matches!(byte, b',' | b' ')))?;
        (rest.get(end) == Some(&b')')).then(|| self.at += end + 1)
    }

    /// Past the next semicolon that ends a statement, or to the end.
    pub fn past_semicolon(&mut self) {
        while let Some(at) = self.rest().iter().position(|byte| NOTABLE[usize::from(*byte)]) {
            self.at += at;
            match self.byte(self.at) {
                Some(b';') => {
                    self.at += 1;
                    return;
                }
                Some(quote @ (b'\'' | b'"' | b'`')) => {
                    self.at = self.quoted(self.at, quote).min(self.sql.len());
                }
                _ => {
                    // It may begin a comment, or end one that is executed.
                    let before = self.at;
                    if self.skip_blank() && self.at == before {
                        self.at += 1;
                    }
                }
            }
        }
        self.finish();
    }

    /// Leaves the rest unread.
    pub fn finish(&mut self) {
        self.at = self.sql.len();
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.sql.get(at).copied()
    }

    fn stop(&mut self) {
        self.at = self.sql.len();
        self.open_ended = true;
    }

    /// Skips white space and comments; `false` at the end of the text.
    #[inline]
    fn skip_blank(&mut self) -> bool {
        loop {
            let Some(byte) = self.byte(self.at) else {
                self.open_ended |= self.executed > 0;
                return false;
            };
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c | 0 => self.at += 1,
                b'#' => self.skip_line(),
                b'-' if self.byte(self.at + 1) == Some(b'-')
                    && self.byte(self.at + 2).is_none_or(|next| next <= b' ') =>
                {
                    self.skip_line();
                }
                b'/' if self.byte(self.at + 1) == Some(b'*') => self.comment(),
                b'*' if self.executed > 0 && self.byte(self.at + 1) == Some(b'/') => {
                    self.executed -= 1;
                    self.at += 2;
                }
                _ => return true,
            }
        }
    }

    fn skip_line(&mut self) {
        self.at = memchr(b'\n', self.rest()).map_or(self.sql.len(), |found| self.at + found + 1);
    }

    fn comment(&mut self) {
        if self.byte(self.at + 2) == Some(b'!') {
            let digits = self.sql.get(self.at + 3..).unwrap_or_default();
            let count = digits
                .iter()
                .take(6)
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            // MySQL reads five digits, or six when there are six; fewer are no version but SQL.
            let (count, version) = if count >= 5 {
                let version = digits
                    .iter()
                    .take(count)
                    .fold(0, |sum: u32, digit| sum * 10 + u32::from(digit - b'0'));
                (count, version)
            } else {
                (0, 0)
            };
            if version < NEVER {
                self.executed += 1;
                self.at += 3 + count;
                return;
            }
        }
        match memmem::find(self.sql.get(self.at + 2..).unwrap_or_default(), b"*/") {
            Some(found) => self.at += found + 4,
            None => self.stop(),
        }
    }

    /// From an opening quote at `from` to one past its closing one.
    fn quoted(&mut self, from: usize, quote: u8) -> usize {
        let mut at = from + 1;
        loop {
            let rest = self.sql.get(at..).unwrap_or_default();
            let found = if quote == b'`' {
                memchr(quote, rest)
            } else {
                memchr2(quote, b'\\', rest)
            };
            let Some(found) = found else {
                self.open_ended = true;
                return self.sql.len();
            };
            at += found;
            let escapes = self.byte(at) == Some(b'\\') && quote != b'`';
            if escapes || self.byte(at + 1) == Some(quote) {
                at += 2;
            } else {
                return at + 1;
            }
        }
    }

    fn run(&self, from: usize, keep: impl Fn(u8) -> bool) -> usize {
        let rest = self.sql.get(from..).unwrap_or_default();
        from + rest.iter().position(|&byte| !keep(byte)).unwrap_or(rest.len())
    }

    #[inline]
    fn word(&mut self, start: usize) -> (Kind, usize) {
        let end = self.run(start, in_word);
        let word = self.sql.get(start..end).unwrap_or_default();
        let introduces = matches!(word, [b'x' | b'X' | b'b' | b'B' | b'n' | b'N'] | [b'_', ..]);
        if introduces && let Some(quote @ (b'\'' | b'"')) = self.byte(end) {
            return (Kind::Text, self.quoted(end, quote));
        }
        (Kind::Word, end)
    }

    fn number(&self, start: usize) -> (Kind, usize) {
        let mut end = self.run(start, in_word);
        let text = self.sql.get(start..end).unwrap_or_default();
        if !is_number(text) {
            // `2024_orders` is a name.
            return (Kind::Word, end);
        }
        if self.byte(end) == Some(b'.') {
            end = self.run(end + 1, in_word);
        }
        let last = self.byte(end.saturating_sub(1));
        let exponent = matches!(last, Some(b'e' | b'E')) && text.get(1) != Some(&b'x');
        if exponent && matches!(self.byte(end), Some(b'+' | b'-')) {
            end = self.run(end + 1, |byte| byte.is_ascii_digit());
        }
        (Kind::Number, end)
    }

    fn variable(&mut self, start: usize) -> usize {
        let mut at = start + 1;
        if self.byte(at) == Some(b'@') {
            at += 1;
        }
        match self.byte(at) {
            Some(quote @ (b'\'' | b'"' | b'`')) => self.quoted(at, quote),
            Some(_) | None => self.run(at, |byte| in_word(byte) || byte == b'.'),
        }
    }

    fn sign(&self, start: usize) -> usize {
        let rest = self.sql.get(start..).unwrap_or_default();
        let length = match rest {
            [b'<', b'=', b'>', ..] | [b'-', b'>', b'>', ..] => 3,
            [b'<', b'=' | b'>' | b'<', ..]
            | [b'>', b'=' | b'>', ..]
            | [b'!' | b':', b'=', ..]
            | [b'&', b'&', ..]
            | [b'|', b'|', ..]
            | [b'-', b'>', ..] => 2,
            _ => 1,
        };
        start + length
    }

    /// Whether the dot here begins a number, as in `.5`, and does not follow a name.
    fn is_fraction(&self, start: usize) -> bool {
        let digit = self.byte(start + 1).is_some_and(|next| next.is_ascii_digit());
        digit
            && !start
                .checked_sub(1)
                .and_then(|last| self.byte(last))
                .is_some_and(in_name)
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    #[inline]
    fn next(&mut self) -> Option<Token> {
        if !self.skip_blank() {
            return None;
        }
        let start = self.at;
        let byte = self.byte(start)?;
        let (kind, end) = match byte {
            b'\'' | b'"' => (Kind::Text, self.quoted(start, byte)),
            b'`' => (Kind::Name, self.quoted(start, byte)),
            b'(' => (Kind::Open, start + 1),
            b')' => (Kind::Close, start + 1),
            b',' => (Kind::Comma, start + 1),
            b';' => (Kind::Semicolon, start + 1),
            b'?' => (Kind::Hole, start + 1),
            b'@' => (Kind::Variable, self.variable(start)),
            b'.' if self.is_fraction(start) => (Kind::Number, self.run(start + 1, in_word)),
            b'.' => (Kind::Dot, start + 1),
            b'0'..=b'9' => self.number(start),
            byte if in_word(byte) => self.word(start),
            _ => (Kind::Sign, self.sign(start)),
        };
        self.at = end.min(self.sql.len());
        Some(Token::new(kind, byte, start, self.at))
    }
}

/// Bytes that begin a string, a comment or the end of a statement.
const NOTABLE: [bool; 256] = {
    let mut notable = [false; 256];
    let bytes = b"'\"`;#-/*";
    let mut at = 0;
    while at < bytes.len() {
        notable[bytes[at] as usize] = true;
        at += 1;
    }
    notable
};

/// Bytes of bare names.
const WORD: [bool; 256] = {
    let mut word = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        word[byte] = byte >= 0x80 || matches!(byte, 0x30..=0x39 | 0x41..=0x5a | 0x61..=0x7a | 0x5f | 0x24);
        byte += 1;
    }
    word
};

/// Whether a byte may stand in a bare name.
pub fn in_word(byte: u8) -> bool {
    WORD[usize::from(byte)]
}

fn in_name(byte: u8) -> bool {
    in_word(byte) || byte == b'`'
}

/// Whether a run of word bytes that begins with a digit is a number: digits, hexadecimal, or an exponent.
fn is_number(text: &[u8]) -> bool {
    if let [b'0', b'x' | b'X', rest @ ..] = text {
        return !rest.is_empty() && rest.iter().all(u8::is_ascii_hexdigit);
    }
    if let [b'0', b'b', rest @ ..] = text {
        return !rest.is_empty() && rest.iter().all(|byte| matches!(byte, b'0' | b'1'));
    }
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    match text.get(digits..) {
        None | Some([] | [b'e' | b'E']) => true,
        Some([b'e' | b'E', rest @ ..]) => rest.iter().all(u8::is_ascii_digit),
        Some(_) => false,
    }
}
