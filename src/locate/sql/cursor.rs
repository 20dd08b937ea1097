//! A place in the tokens of one statement.

use super::token::{Kind, Token};

/// Reads tokens from left to right; past the end everything is `None`.
#[derive(Debug, Clone, Copy)]
pub struct Cursor<'a, 't> {
    /// The statement's text.
    pub sql: &'a [u8],
    tokens: &'t [Token],
    at: usize,
}

impl<'a, 't> Cursor<'a, 't> {
    /// A cursor before the first of `tokens`.
    pub fn new(sql: &'a [u8], tokens: &'t [Token]) -> Self {
        Self { sql, tokens, at: 0 }
    }

    /// The place, to be given to [`Self::between`].
    pub fn place(&self) -> usize {
        self.at
    }

    /// A cursor over the tokens from `from` up to `to`.
    pub fn between(&self, from: usize, to: usize) -> Self {
        Self {
            sql: self.sql,
            tokens: self.tokens.get(from..to).unwrap_or_default(),
            at: 0,
        }
    }

    /// A cursor over what is left.
    pub fn remainder(&self) -> Self {
        self.between(self.at, self.tokens.len())
    }

    /// The tokens that are left.
    pub fn left(&self) -> &'t [Token] {
        self.tokens.get(self.at..).unwrap_or_default()
    }

    /// Whether nothing is left.
    pub fn done(&self) -> bool {
        self.at >= self.tokens.len()
    }

    /// The next token, unread.
    pub fn peek(&self) -> Option<Token> {
        self.tokens.get(self.at).copied()
    }

    /// The kind of the token `ahead` of the next.
    pub fn kind(&self, ahead: usize) -> Option<Kind> {
        self.tokens.get(self.at + ahead).map(|token| token.kind)
    }

    /// Whether the token `ahead` of the next is this keyword.
    #[inline]
    pub fn word(&self, ahead: usize, keyword: &str) -> bool {
        self.tokens
            .get(self.at + ahead)
            .is_some_and(|token| token.is_keyword(self.sql, keyword))
    }

    /// Whether the next is one of these keywords.
    pub fn any(&self, keywords: &[&str]) -> bool {
        let Some(token) = self.tokens.get(self.at) else {
            return false;
        };
        token.kind == Kind::Word && keywords.iter().any(|keyword| token.is_keyword(self.sql, keyword))
    }

    /// Whether the next token is this sign.
    pub fn sign(&self, sign: &str) -> bool {
        self.peek()
            .is_some_and(|token| token.kind == Kind::Sign && token.text(self.sql) == sign.as_bytes())
    }

    /// Reads one token.
    pub fn step(&mut self) -> Option<Token> {
        let token = self.peek();
        self.at += usize::from(token.is_some());
        token
    }

    /// Reads the keyword if it is next.
    pub fn take(&mut self, keyword: &str) -> bool {
        let found = self.word(0, keyword);
        self.at += usize::from(found);
        found
    }

    /// Reads one token of this kind if it is next.
    pub fn take_kind(&mut self, kind: Kind) -> bool {
        let found = self.kind(0) == Some(kind);
        self.at += usize::from(found);
        found
    }

    /// Reads all of these keywords that are next, in any order.
    pub fn skip(&mut self, keywords: &[&str]) {
        while self.any(keywords) {
            self.at += 1;
        }
    }

    /// From an opening bracket to one past its partner; the contents, or `None` if none is open here.
    pub fn group(&mut self) -> Option<Cursor<'a, 't>> {
        if self.kind(0) != Some(Kind::Open) {
            return None;
        }
        let from = self.at + 1;
        let mut depth = 0_usize;
        while let Some(token) = self.step() {
            if token.kind == Kind::Open {
                depth += 1;
            } else if token.kind == Kind::Close {
                depth -= 1;
                if depth == 0 {
                    return Some(self.between(from, self.at - 1));
                }
            }
        }
        Some(self.between(from, self.at))
    }

    /// Moves to the first of `keywords` that stands outside of all brackets, or to the end.
    pub fn seek(&mut self, keywords: &[&str]) -> bool {
        while let Some(token) = self.peek() {
            if token.kind == Kind::Open {
                self.group();
            } else if token.kind == Kind::Word && self.any(keywords) {
                // `t.where` and `@where` are names; a name after a dot is a token of its own.
                if self.at == 0 || self.tokens.get(self.at - 1).map(|last| last.kind) != Some(Kind::Dot) {
                    return true;
                }
                self.at += 1;
            } else {
                self.at += 1;
            }
        }
        false
    }

    /// Reads `name` or `schema.name`.
    pub fn table(&mut self) -> Option<Table<'a>> {
        let first = self.name()?;
        if self.kind(0) == Some(Kind::Dot) {
            self.at += 1;
            // `t.*` and a cut `t.` leave the name alone.
            return if let Some(name) = self.name() {
                if self.kind(0) == Some(Kind::Dot) {
                    self.at += 1;
                    self.at += usize::from(self.sign("*"));
                }
                Some(Table {
                    schema: Some(first),
                    name,
                })
            } else {
                self.at += usize::from(self.sign("*"));
                Some(Table {
                    schema: None,
                    name: first,
                })
            };
        }
        Some(Table {
            schema: None,
            name: first,
        })
    }

    /// Reads one part of a name.
    pub fn name(&mut self) -> Option<&'a [u8]> {
        let token = self.peek()?;
        match token.kind {
            // A double-quoted name is one under ANSI_QUOTES.
            Kind::Word | Kind::Name | Kind::Text => {
                self.at += 1;
                Some(token.name(self.sql))
            }
            Kind::Number
            | Kind::Hole
            | Kind::Variable
            | Kind::Open
            | Kind::Close
            | Kind::Comma
            | Kind::Semicolon
            | Kind::Dot
            | Kind::Sign => None,
        }
    }
}

/// A table as it is written in a statement, without quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table<'a> {
    /// The schema, where one is written.
    pub schema: Option<&'a [u8]>,
    /// The table.
    pub name: &'a [u8],
}
