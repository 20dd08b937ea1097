//! A cursor over a text, for grammars that take a fixed number of digits at a time.
//!
//! It knows nothing of dates. A method that does not match leaves the cursor where it was.

/// What is left of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scan<'a> {
    rest: &'a str,
}

impl<'a> Scan<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    pub(super) fn rest(&self) -> &'a str {
        self.rest
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// Takes the character if it is next.
    pub(super) fn take(&mut self, wanted: char) -> bool {
        match self.rest.strip_prefix(wanted) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    /// Takes one of the characters if it is next.
    pub(super) fn take_any(&mut self, wanted: &[char]) -> Option<char> {
        wanted.iter().copied().find(|c| self.take(*c))
    }

    /// Takes exactly `count` digits (at most nine), whatever follows them.
    pub(super) fn digits(&mut self, count: usize) -> Option<u32> {
        let head = self.rest.get(..count)?;
        if !is_digits(head) {
            return None;
        }
        let number = head.parse().ok()?;
        self.rest = self.rest.get(count..)?;
        Some(number)
    }

    /// Takes every digit that is next, possibly none.
    pub(super) fn run_of_digits(&mut self) -> &'a str {
        self.run_of(|c| c.is_ascii_digit())
    }

    /// Takes every ASCII letter that is next, possibly none.
    pub(super) fn run_of_letters(&mut self) -> &'a str {
        self.run_of(|c| c.is_ascii_alphabetic())
    }

    fn run_of(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|c| !belongs(c)).unwrap_or(self.rest.len());
        let (run, rest) = self.rest.split_at(end);
        self.rest = rest;
        run
    }
}

/// Whether a text is digits only, and at least one.
pub(super) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_that_does_not_match_takes_nothing() {
        let mut scan = Scan::new("12a");
        assert_eq!(scan.digits(3), None);
        assert_eq!(scan.digits(2), Some(12));
        assert!(!scan.take('b'));
        assert_eq!(scan.take_any(&['b', 'a']), Some('a'));
        assert!(scan.is_empty());
    }

    #[test]
    fn digits_of_other_scripts_are_not_digits() {
        assert_eq!(Scan::new("١٢").digits(2), None);
        assert!(!is_digits("１２"));
        assert!(!is_digits(""));
    }
}
