//! Tokens of MySQL's SQL, with what is a comment already gone.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A keyword or a bare name.
    Word,
    /// A name in backticks.
    Name,
    /// A string in single or double quotes, with its introducer.
    Text,
    /// A number.
    Number,
    /// The `?` of a prepared statement.
    Hole,
    /// A user or system variable.
    Variable,
    /// `(`
    Open,
    /// `)`
    Close,
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// `.`
    Dot,
    /// Any other operator.
    Sign,
}

/// One token, by place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// A word's first letter as a capital: most comparisons with a keyword end here.
    initial: u8,
    start: u32,
    end: u32,
}

impl Token {
    /// A token from `start` up to `end`. Places are kept short, so that a token travels in registers; no
    /// statement is longer than they reach.
    #[inline]
    pub fn new(kind: Kind, first: u8, start: usize, end: usize) -> Self {
        let place = |at| u32::try_from(at).unwrap_or(u32::MAX);
        Self {
            kind,
            initial: if kind == Kind::Word { first & 0xdf } else { 0 },
            start: place(start),
            end: place(end),
        }
    }

    /// Whether it is this keyword, which is given in capitals.
    #[inline]
    pub fn is_keyword(&self, sql: &[u8], keyword: &str) -> bool {
        keyword.as_bytes().first() == Some(&self.initial)
            && self.end - self.start == u32::try_from(keyword.len()).unwrap_or(0)
            && self.text(sql).eq_ignore_ascii_case(keyword.as_bytes())
    }

    /// The token's bytes in the statement that it was read from.
    #[inline]
    pub fn text<'a>(&self, sql: &'a [u8]) -> &'a [u8] {
        self.through(*self, sql)
    }

    /// The bytes from this token's first to another's last.
    #[inline]
    pub fn through<'a>(&self, last: Self, sql: &'a [u8]) -> &'a [u8] {
        sql.get(self.start as usize..last.end as usize)
            .unwrap_or_default()
    }

    /// A name without its quotes; a doubled backtick stays doubled.
    pub fn name<'a>(&self, sql: &'a [u8]) -> &'a [u8] {
        let text = self.text(sql);
        match self.kind {
            Kind::Name | Kind::Text => {
                let inner = text.get(1..).unwrap_or_default();
                inner
                    .strip_suffix(text.get(..1).unwrap_or_default())
                    .unwrap_or(inner)
            }
            Kind::Word
            | Kind::Number
            | Kind::Hole
            | Kind::Variable
            | Kind::Open
            | Kind::Close
            | Kind::Comma
            | Kind::Semicolon
            | Kind::Dot
            | Kind::Sign => text,
        }
    }
}
