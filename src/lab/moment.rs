//! An instant of the lab's time: milliseconds since 1970, UTC.
//!
//! Only text and arithmetic. It never reads a clock.

use chrono::{DateTime, NaiveDateTime, SecondsFormat, Utc};

const MS_PER_S: i64 = 1_000;

/// An instant of the lab's time, in whole milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(i64);

impl Moment {
    pub(crate) fn from_ms(ms: i64) -> Self {
        Self(ms)
    }

    pub(crate) fn ms(self) -> i64 {
        self.0
    }

    pub(crate) fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    pub(crate) fn plus_s(self, s: i64) -> Self {
        self.plus_ms(s.saturating_mul(MS_PER_S))
    }

    /// The start of the second that this instant lies in.
    pub(crate) fn floor_s(self) -> Self {
        Self(self.0.div_euclid(MS_PER_S) * MS_PER_S)
    }

    pub(crate) fn is_whole_second(self) -> bool {
        self.0.rem_euclid(MS_PER_S) == 0
    }

    /// Milliseconds from `earlier` to this instant; negative when `earlier` is later.
    pub(crate) fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    fn utc(self) -> DateTime<Utc> {
        // Only an instant a quarter of a million years away has no date.
        DateTime::from_timestamp_millis(self.0).unwrap_or_default()
    }

    /// `2024-05-17T14:28:00.123Z`.
    pub(crate) fn rfc3339_ms(self) -> String {
        self.utc().to_rfc3339_opts(SecondsFormat::Millis, true)
    }

    /// `2024-05-17T14:28:00Z`; a fraction is cut off.
    pub(crate) fn rfc3339_s(self) -> String {
        self.floor_s().utc().to_rfc3339_opts(SecondsFormat::Secs, true)
    }

    /// `Fri, 17 May 2024 14:28:00 GMT`, as the HTTP header `Date` has it.
    pub(crate) fn http_date(self) -> String {
        self.utc().format("%a, %d %b %Y %H:%M:%S GMT").to_string()
    }

    /// `2024-05-17-14-28`, UTC, as the names of log files have it.
    pub(crate) fn minute_stamp(self) -> String {
        self.utc().format("%Y-%m-%d-%H-%M").to_string()
    }

    /// `14:28`, UTC.
    pub(crate) fn time_of_day(self) -> String {
        self.utc().format("%H:%M").to_string()
    }

    /// `fri:14:28`, UTC.
    pub(crate) fn time_of_week(self) -> String {
        self.utc().format("%a:%H:%M").to_string().to_ascii_lowercase()
    }

    /// Reads an ISO 8601 instant as RDS documents it: with `Z` or an offset, the seconds optional
    /// (`2017-07-08T18:00Z`), a fraction permitted and cut to milliseconds. A text without a zone is UTC.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        // A leap second would be read as the second before it.
        if text.contains(":60") {
            return None;
        }
        let zoned = ["%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%dT%H:%M%#z"]
            .iter()
            .find_map(|form| DateTime::parse_from_str(text, form).ok())
            .map(|at| at.timestamp_millis());
        let bare = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
            .iter()
            .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
            .map(|at| at.and_utc().timestamp_millis());
        zoned.or(bare).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::Moment;

    #[test]
    fn reads_the_forms_that_clients_send() {
        let whole = Moment::from_ms(1_715_956_080_000);
        for text in [
            "2024-05-17T14:28:00Z",
            "2024-05-17T14:28Z",
            "2024-05-17T16:28:00+02:00",
            "2024-05-17T14:28:00",
            "2024-05-17T14:28:00.000000Z",
        ] {
            assert_eq!(Moment::parse(text), Some(whole), "{text}");
        }
        assert_eq!(
            Moment::parse("2024-05-17T14:28:00.123456Z"),
            Some(whole.plus_ms(123))
        );
    }

    #[test]
    fn refuses_what_is_no_instant() {
        for text in [
            "",
            "yesterday",
            "2024-05-17",
            "2024-05-17T14:27:60Z",
            "2024-02-30T00:00:00Z",
            "1715956080",
        ] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }

    #[test]
    fn writes_the_three_forms() {
        let at = Moment::from_ms(1_715_956_080_123);
        assert_eq!(at.rfc3339_ms(), "2024-05-17T14:28:00.123Z");
        assert_eq!(at.rfc3339_s(), "2024-05-17T14:28:00Z");
        assert_eq!(at.http_date(), "Fri, 17 May 2024 14:28:00 GMT");
    }
}
