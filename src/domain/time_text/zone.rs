//! Zones by name, and what a wall clock in a zone can mean.
//!
//! No zone is ever supplied here: it comes from `--zone`, or from brackets in the text.

use std::fmt;

use chrono::{DateTime, FixedOffset, MappedLocalTime, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use chrono_tz::{TZ_VARIANTS, Tz};
use thiserror::Error;

/// Why a text is no zone.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ZoneError {
    /// `EST`, `PST8PDT`, `Berlin`, `America/Nowhere`.
    #[error("expected a zone as Area/City, got {name:?}{nearest}")]
    NotAreaCity {
        /// As written.
        name: String,
        /// `: type Europe/Berlin`, or nothing when no name is near.
        nearest: String,
    },
    /// `Etc/GMT+5` lies five hours *behind* UTC.
    #[error(
        "expected a zone as Area/City, got {name:?}, whose sign is the reverse of an offset's: write the offset in the time itself"
    )]
    ReversedSign {
        /// As written.
        name: String,
    },
}

/// Reads a zone as `--zone` and RFC 9557 brackets give it: an IANA `Area/City`, or `UTC`.
pub fn parse_zone(name: &str) -> Result<Tz, ZoneError> {
    if name.starts_with("Etc/") && name.contains(['+', '-']) {
        return Err(ZoneError::ReversedSign {
            name: name.to_owned(),
        });
    }
    let is_named_in_full = name == "UTC" || name.contains('/');
    match name.parse::<Tz>() {
        Ok(zone) if is_named_in_full => Ok(zone),
        Ok(_) | Err(_) => Err(ZoneError::NotAreaCity {
            name: name.to_owned(),
            nearest: nearest(name),
        }),
    }
}

/// `: type Europe/Berlin` for `berlin`, `europe/berlin` or `Europe/berlin`.
fn nearest(name: &str) -> String {
    let wanted = name.replace(' ', "_");
    let is_near = |zone: &&Tz| {
        let city = zone.name().rsplit('/').next().unwrap_or_default();
        zone.name().contains('/')
            && (zone.name().eq_ignore_ascii_case(&wanted) || city.eq_ignore_ascii_case(&wanted))
            && !zone.name().contains(['+', '-'])
    };
    TZ_VARIANTS
        .iter()
        .find(is_near)
        .map_or_else(String::new, |zone| format!(": type {}", zone.name()))
}

/// What a wall clock's reading names in a zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum WallClock {
    Once(DateTime<Utc>),
    /// The clocks went forward over it.
    Never(TwoInstants),
    /// The clocks went back over it.
    Twice(TwoInstants),
}

/// The two instants that a reading in a gap or a fold could mean, and how the zone shows them.
///
/// Writes itself as `2024-11-03T05:30:00Z (01:30:00-04:00) or 2024-11-03T06:30:00Z (01:30:00-05:00)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwoInstants {
    /// The zone's name.
    pub zone: Tz,
    /// The first of the two.
    pub earlier: DateTime<Utc>,
    /// The second of the two.
    pub later: DateTime<Utc>,
}

impl fmt::Display for TwoInstants {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |at: DateTime<Utc>| {
            let local = at.with_timezone(&self.zone);
            format!(
                "{} ({})",
                at.format("%Y-%m-%dT%H:%M:%S%.fZ"),
                local.format("%H:%M:%S%.f%:z")
            )
        };
        write!(f, "{} or {}", shown(self.earlier), shown(self.later))
    }
}

/// Finds what `local` names in `zone`, without choosing.
pub(super) fn read_wall_clock(local: NaiveDateTime, zone: Tz) -> WallClock {
    match zone.from_local_datetime(&local) {
        MappedLocalTime::Single(at) => WallClock::Once(at.to_utc()),
        MappedLocalTime::Ambiguous(earlier, later) => WallClock::Twice(TwoInstants {
            zone,
            earlier: earlier.to_utc(),
            later: later.to_utc(),
        }),
        MappedLocalTime::None => {
            // A day to either side lies outside the gap and, in every zone, inside its own stretch.
            let offset = |shift: TimeDelta| zone.offset_from_utc_datetime(&(local + shift)).fix();
            let with = |offset: FixedOffset| (local - offset).and_utc();
            let (before, after) = (offset(TimeDelta::days(-1)), offset(TimeDelta::days(1)));
            WallClock::Never(TwoInstants {
                zone,
                earlier: with(after),
                later: with(before),
            })
        }
    }
}

/// A zone in the journal is its IANA name.
pub(super) mod by_name {
    use chrono_tz::Tz;
    use serde::{Deserialize, Deserializer, Serializer, de};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    pub(in super::super) fn serialize<S: Serializer>(zone: &Tz, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(zone.name())
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Tz, D::Error> {
        let name = String::deserialize(deserializer)?;
        super::parse_zone(&name).map_err(de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_area_and_city_or_utc_is_a_zone() {
        for name in [
            "Europe/Berlin",
            "America/Argentina/Buenos_Aires",
            "Etc/UTC",
            "UTC",
        ] {
            assert_eq!(parse_zone(name).unwrap().name(), name);
        }
        for name in [
            "EST",
            "PST8PDT",
            "GMT",
            "Japan",
            "Berlin",
            "europe/berlin",
            "America/Nowhere",
            "",
            "+02:00",
            "CET",
        ] {
            assert!(
                matches!(parse_zone(name), Err(ZoneError::NotAreaCity { .. })),
                "{name}"
            );
        }
        for name in ["Etc/GMT+5", "Etc/GMT-14"] {
            assert!(
                matches!(parse_zone(name), Err(ZoneError::ReversedSign { .. })),
                "{name}"
            );
        }
    }

    #[test]
    fn a_near_name_is_offered() {
        for name in ["berlin", "europe/berlin", "Europe/BERLIN"] {
            assert_eq!(
                parse_zone(name).unwrap_err().to_string(),
                format!("expected a zone as Area/City, got {name:?}: type Europe/Berlin")
            );
        }
        assert!(
            parse_zone("new york")
                .unwrap_err()
                .to_string()
                .ends_with("type America/New_York")
        );
    }

    #[test]
    fn a_whole_day_that_a_zone_skipped_is_a_gap_too() {
        let apia: Tz = parse_zone("Pacific/Apia").unwrap();
        let local = "2011-12-30T12:00:00".parse().unwrap();
        let WallClock::Never(two) = read_wall_clock(local, apia) else {
            panic!("30 December 2011 was skipped")
        };
        assert_eq!(two.later - two.earlier, TimeDelta::days(1));
    }

    #[test]
    fn the_edges_of_time_do_not_overflow() {
        let berlin = parse_zone("Europe/Berlin").unwrap();
        let local = "9999-12-31T23:59:59".parse().unwrap();
        assert!(matches!(read_wall_clock(local, berlin), WallClock::Once(_)));
    }
}
