//! Instants on the wire and in this program: the SDK's type, chrono's, and the text of two headers.

use aws_smithy_types::DateTime as WireTime;
use chrono::{DateTime, Utc};

/// An instant of a reply, with its fraction.
pub(super) fn from_wire(time: &WireTime) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(time.secs(), time.subsec_nanos())
}

/// An instant of a request: whole seconds, rounded toward the past; whether AWS honours a fraction is not known.
pub(super) fn to_wire(time: DateTime<Utc>) -> WireTime {
    WireTime::from_secs(time.timestamp())
}

/// The header `Date`: `Tue, 01 Jul 2026 10:52:37 GMT`.
pub(super) fn http_date(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc2822(text).ok().map(|time| time.to_utc())
}

/// The lab's header `X-Lab-Now`: RFC 3339 with milliseconds.
pub(super) fn lab_now(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_rfc3339(text).ok().map(|time| time.to_utc())
}

#[cfg(test)]
mod tests {
    use aws_smithy_types::date_time::Format;

    use super::*;

    #[test]
    fn milliseconds_of_a_reply_are_kept() {
        let wire = WireTime::from_str("2021-02-12T14:37:31.640Z", Format::DateTime).unwrap();
        let expected: DateTime<Utc> = "2021-02-12T14:37:31.640Z".parse().unwrap();
        assert_eq!(from_wire(&wire), Some(expected));
    }

    #[test]
    fn a_request_carries_whole_seconds_rounded_toward_the_past() {
        let time: DateTime<Utc> = "2026-11-20T02:14:05.999Z".parse().unwrap();
        assert_eq!(
            to_wire(time).fmt(Format::DateTime).unwrap(),
            "2026-11-20T02:14:05Z"
        );
    }

    #[test]
    fn both_headers_are_read_and_nonsense_is_none() {
        let expected: DateTime<Utc> = "2026-11-20T02:14:05Z".parse().unwrap();
        assert_eq!(http_date("Fri, 20 Nov 2026 02:14:05 GMT"), Some(expected));
        assert_eq!(lab_now("2026-11-20T02:14:05.000Z"), Some(expected));
        assert_eq!(http_date("yesterday"), None);
        assert_eq!(lab_now("2026-11-20"), None);
    }
}
