//! Dates with a month's name: RFC 2822 and HTTP, `date`, JavaScript, the AWS console, chats, syslog.
//!
//! Each shape is spelled out. A bag of words in another order is no date.

use chrono::Weekday;
use chrono_tz::Tz;

use super::Found;
use super::clock::Clock;
use super::moment::{Moment, calendar_day};
use super::offset::ZonePart;
use super::token::{Token, tokens};
use crate::domain::time_text::refusal::{Quoted, TimeTextError, Zoneless};

/// Drops the comment behind an explicit offset: `GMT-0700 (Pacific Daylight Time)`, `+02:00 (Europe/Berlin)`.
pub(in super::super) fn without_zone_comment(text: &str) -> &str {
    let Some((before, comment)) = text.split_once(" (") else {
        return text;
    };
    let is_comment = comment
        .strip_suffix(')')
        .is_some_and(|inner| !inner.contains(['(', ')']));
    let is_offset = ["+0200", "+02:00"].iter().any(|spelling| {
        let end = before
            .len()
            .checked_sub(spelling.len())
            .and_then(|start| before.get(start..));
        let end = end
            .filter(|end| end.starts_with(['+', '-']))
            .and_then(ZonePart::read);
        matches!(end, Some(ZonePart::Offset(_) | ZonePart::Utc))
    });
    if is_comment && is_offset { before } else { text }
}

/// Reads a date with a month's name in one of the known shapes.
pub(super) fn read(text: &str, zone: Option<Tz>) -> Result<Option<Found>, TimeTextError> {
    let tokens = tokens(text);
    if let Some(refused) = refused(text, &tokens) {
        return Err(refused);
    }
    let shape = internet(&tokens)
        .or_else(|| unix(&tokens))
        .or_else(|| console(&tokens))
        .or_else(|| hover(&tokens));
    let Some(Shape {
        weekday,
        date: (year, month, day),
        clock,
        zone: written,
        zoneless,
    }) = shape
    else {
        return Ok(None);
    };
    let date = calendar_day(text, year, month, day)?;
    Moment {
        text,
        weekday,
        date,
        clock,
        zone: written,
        zoneless,
    }
    .read(zone)
    .map(Some)
}

struct Shape<'a> {
    weekday: Option<Weekday>,
    /// Year, month, day.
    date: (u32, u32, u32),
    clock: Clock,
    zone: ZonePart<'a>,
    zoneless: Zoneless,
}

/// A weekday, with or without its comma, and the tokens behind it.
fn after_weekday<'t, 'a>(tokens: &'t [Token<'a>]) -> (Option<Weekday>, &'t [Token<'a>]) {
    match tokens {
        [Token::WeekdayComma(weekday) | Token::Weekday(weekday), rest @ ..] => (Some(*weekday), rest),
        rest => (None, rest),
    }
}

/// Nothing, or one zone.
fn zone_at_end<'a>(tokens: &[Token<'a>]) -> Option<ZonePart<'a>> {
    match tokens {
        [] => Some(ZonePart::Absent),
        [Token::Zone(zone)] => Some(zone.clone()),
        _ => None,
    }
}

/// `Fri, 17 May 2024 14:28:00 GMT`, the weekday optional; also what `date` prints in some places.
fn internet<'a>(tokens: &[Token<'a>]) -> Option<Shape<'a>> {
    let (weekday, rest) = after_weekday(tokens);
    let [
        Token::Day(day),
        Token::Month(month),
        Token::Year(year),
        Token::Clock(clock),
        rest @ ..,
    ] = rest
    else {
        return None;
    };
    let zone = zone_at_end(rest)?;
    Some(Shape {
        weekday,
        date: (*year, *month, *day),
        clock: *clock,
        zone,
        zoneless: Zoneless::Plain,
    })
}

/// `Fri May 17 14:28:03 UTC 2024` and `Fri May 17 2024 14:28:03 GMT-0700`.
fn unix<'a>(tokens: &[Token<'a>]) -> Option<Shape<'a>> {
    let [Token::Weekday(weekday), rest @ ..] = tokens else {
        return None;
    };
    let (month, day, rest) = match rest {
        [Token::Month(month), Token::Day(day), rest @ ..]
        | [Token::Day(day), Token::Month(month), rest @ ..] => (*month, *day, rest),
        _ => return None,
    };
    let (year, clock, zone) = match rest {
        [Token::Year(year), Token::Clock(clock), rest @ ..]
        | [Token::Clock(clock), rest @ .., Token::Year(year)] => (*year, *clock, rest),
        _ => return None,
    };
    let zone = zone_at_end(zone)?;
    Some(Shape {
        weekday: Some(*weekday),
        date: (year, month, day),
        clock,
        zone,
        zoneless: Zoneless::Plain,
    })
}

/// `May 17, 2024, 14:28 (UTC+02:00)`.
fn console<'a>(tokens: &[Token<'a>]) -> Option<Shape<'a>> {
    let [
        Token::Month(month),
        Token::DayComma(day),
        Token::YearComma(year),
        Token::Clock(clock),
        rest @ ..,
    ] = tokens
    else {
        return None;
    };
    let zone = match rest {
        [Token::ParenZone(zone)] => zone.clone(),
        rest => zone_at_end(rest)?,
    };
    Some(Shape {
        weekday: None,
        date: (*year, *month, *day),
        clock: *clock,
        zone,
        zoneless: Zoneless::Viewer,
    })
}

/// `May 17th, 2024 at 2:28:03 PM`: the viewer's clock, whatever zone that is.
fn hover<'a>(tokens: &[Token<'a>]) -> Option<Shape<'a>> {
    let [
        Token::Month(month),
        Token::OrdinalComma(day) | Token::DayComma(day),
        Token::Year(year),
        rest @ ..,
    ] = tokens
    else {
        return None;
    };
    let ([Token::At, Token::Clock(clock)] | [Token::Clock(clock)]) = rest else {
        return None;
    };
    let date = (*year, *month, *day);
    Some(Shape {
        weekday: None,
        date,
        clock: *clock,
        zone: ZonePart::Absent,
        zoneless: Zoneless::Viewer,
    })
}

/// Shapes that can name no instant, whatever stands behind them.
fn refused(text: &str, tokens: &[Token<'_>]) -> Option<TimeTextError> {
    let (_, bare) = after_weekday(tokens);
    let text = || Quoted::new(text);
    match bare {
        [Token::ShortYear, ..] | [Token::Day(_), Token::Month(_), Token::Day(_), Token::Clock(_), ..] => {
            Some(TimeTextError::TwoDigitYear { text: text() })
        }
        [Token::Month(_), Token::Day(_), Token::Clock(_), rest @ ..] if !has_year(rest) => {
            Some(TimeTextError::NoYear { text: text() })
        }
        [Token::Day(_), Token::Month(_), Token::Clock(_), rest @ ..] if !has_year(rest) => {
            Some(TimeTextError::NoYear { text: text() })
        }
        [Token::Day(_), Token::Month(_), Token::Year(_)]
        | [
            Token::Month(_),
            Token::DayComma(_) | Token::Day(_) | Token::OrdinalComma(_),
            Token::Year(_),
        ] => Some(TimeTextError::DateOnly { text: text() }),
        _ => None,
    }
}

fn has_year(tokens: &[Token<'_>]) -> bool {
    tokens.iter().any(|token| matches!(token, Token::Year(_)))
}
