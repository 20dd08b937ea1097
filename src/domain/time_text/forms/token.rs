//! Words of a date with a month's name, each by what it could only be.
//!
//! Commas and brackets are part of a word's kind, so that a shape is a list of kinds and nothing looser.

use std::str::FromStr;

use chrono::{Month, Weekday};

use super::clock::{Clock, Digits};
use super::offset::ZonePart;
use crate::domain::time_text::scan::{Scan, is_digits};

/// One word, or a clock with the AM or PM behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Weekday(Weekday),
    WeekdayComma(Weekday),
    Month(u32),
    /// One or two digits: a day, or a year of two digits.
    Day(u32),
    DayComma(u32),
    /// `17th,`
    OrdinalComma(u32),
    Year(u32),
    YearComma(u32),
    /// `17-May-24`, the date of RFC 850.
    ShortYear,
    Clock(Clock),
    At,
    Zone(ZonePart<'a>),
    /// `(UTC+02:00)`
    ParenZone(ZonePart<'a>),
    Other,
}

/// Splits a text at its spaces and names each word.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut words = text.split(' ').filter(|word| !word.is_empty()).peekable();
    let mut tokens = Vec::new();
    while let Some(word) = words.next() {
        let token = match (whole_clock(word), words.peek().and_then(|next| afternoon(next))) {
            (Some(digits), Some(afternoon)) => {
                words.next();
                Token::Clock(digits.of_12_hours(afternoon))
            }
            (Some(digits), None) => digits.of_24_hours().map_or(Token::Other, Token::Clock),
            (None, _) => token(word),
        };
        tokens.push(token);
    }
    tokens
}

/// The month of a name, short or in full, in any case of letters.
pub(super) fn month_number(name: &str) -> Option<u32> {
    Month::from_str(name).ok().map(|month| month.number_from_month())
}

fn token(word: &str) -> Token<'_> {
    let (bare, comma) = word.strip_suffix(',').map_or((word, false), |bare| (bare, true));
    if let Ok(day) = Weekday::from_str(bare) {
        return if comma {
            Token::WeekdayComma(day)
        } else {
            Token::Weekday(day)
        };
    }
    if let Some(number) = is_digits(bare).then(|| bare.parse().ok()).flatten() {
        return match (bare.len(), comma) {
            (1 | 2, false) => Token::Day(number),
            (1 | 2, true) => Token::DayComma(number),
            (4, false) => Token::Year(number),
            (4, true) => Token::YearComma(number),
            _ => Token::Other,
        };
    }
    if comma {
        return ordinal(bare).map_or(Token::Other, Token::OrdinalComma);
    }
    if let Some(month) = month_number(bare) {
        return Token::Month(month);
    }
    if bare == "at" {
        return Token::At;
    }
    if is_short_year(bare) {
        return Token::ShortYear;
    }
    let paren = bare.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    match (paren, paren.and_then(ZonePart::read), ZonePart::read(bare)) {
        (Some(_), Some(zone), _) => Token::ParenZone(zone),
        (None, _, Some(zone)) => Token::Zone(zone),
        (Some(_), None, _) | (None, _, None) => Token::Other,
    }
}

fn whole_clock(word: &str) -> Option<Digits> {
    let mut scan = Scan::new(word);
    Digits::scan(&mut scan, false).filter(|_| scan.is_empty())
}

fn afternoon(word: &str) -> Option<bool> {
    match word {
        "AM" | "am" => Some(false),
        "PM" | "pm" => Some(true),
        _ => None,
    }
}

fn ordinal(word: &str) -> Option<u32> {
    let day = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending))?;
    (day.len() <= 2 && is_digits(day))
        .then(|| day.parse().ok())
        .flatten()
}

fn is_short_year(word: &str) -> bool {
    let parts: Vec<&str> = word.split('-').collect();
    matches!(parts.as_slice(), [day, month, year]
        if day.len() <= 2 && is_digits(day) && month_number(month).is_some() && year.len() == 2 && is_digits(year))
}
