//! What zone abbreviations could mean. A table for messages.
//!
//! An abbreviation is never an answer: most name two or three offsets, and summer time hides behind the rest.

/// One possible meaning of an abbreviation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The offset as RFC 3339 writes it.
    pub(super) offset: &'static str,
    /// Where it is said.
    pub(super) place: &'static str,
}

const fn meaning(offset: &'static str, place: &'static str) -> Meaning {
    Meaning { offset, place }
}

const TABLE: &[(&str, &[Meaning])] = &[
    ("ACDT", &[meaning("+10:30", "central Australia, summer")]),
    ("ACST", &[meaning("+09:30", "central Australia")]),
    (
        "ADT",
        &[
            meaning("-03:00", "Atlantic Canada, summer"),
            meaning("+04:00", "Arabia, summer"),
        ],
    ),
    ("AEDT", &[meaning("+11:00", "eastern Australia, summer")]),
    ("AEST", &[meaning("+10:00", "eastern Australia")]),
    ("AKDT", &[meaning("-08:00", "Alaska, summer")]),
    ("AKST", &[meaning("-09:00", "Alaska")]),
    (
        "AMT",
        &[meaning("-04:00", "Amazon"), meaning("+04:00", "Armenia")],
    ),
    ("ART", &[meaning("-03:00", "Argentina")]),
    (
        "AST",
        &[meaning("-04:00", "Atlantic Canada"), meaning("+03:00", "Arabia")],
    ),
    ("AWST", &[meaning("+08:00", "western Australia")]),
    ("BRT", &[meaning("-03:00", "Brazil")]),
    (
        "BST",
        &[
            meaning("+01:00", "British summer"),
            meaning("+06:00", "Bangladesh"),
            meaning("+11:00", "Bougainville"),
        ],
    ),
    ("CAT", &[meaning("+02:00", "central Africa")]),
    (
        "CDT",
        &[
            meaning("-05:00", "central North America, summer"),
            meaning("-04:00", "Cuba, summer"),
        ],
    ),
    ("CEST", &[meaning("+02:00", "central Europe, summer")]),
    (
        "CET",
        &[
            meaning("+01:00", "central Europe"),
            meaning("+02:00", "central Europe, said in summer"),
        ],
    ),
    ("CLT", &[meaning("-04:00", "Chile")]),
    ("COT", &[meaning("-05:00", "Colombia")]),
    (
        "CST",
        &[
            meaning("-06:00", "central North America"),
            meaning("+08:00", "China"),
            meaning("-05:00", "Cuba"),
        ],
    ),
    ("EAT", &[meaning("+03:00", "eastern Africa")]),
    (
        "ECT",
        &[
            meaning("-05:00", "Ecuador"),
            meaning("-04:00", "eastern Caribbean"),
        ],
    ),
    (
        "EDT",
        &[
            meaning("-04:00", "eastern North America, summer"),
            meaning("+11:00", "eastern Australia, summer"),
        ],
    ),
    ("EEST", &[meaning("+03:00", "eastern Europe, summer")]),
    (
        "EET",
        &[
            meaning("+02:00", "eastern Europe"),
            meaning("+03:00", "eastern Europe, said in summer"),
        ],
    ),
    (
        "EST",
        &[
            meaning("-05:00", "eastern North America"),
            meaning("+10:00", "eastern Australia"),
        ],
    ),
    (
        "ET",
        &[
            meaning("-05:00", "eastern North America, winter"),
            meaning("-04:00", "eastern North America, summer"),
        ],
    ),
    (
        "GST",
        &[meaning("+04:00", "Gulf"), meaning("-02:00", "South Georgia")],
    ),
    ("HKT", &[meaning("+08:00", "Hong Kong")]),
    ("HST", &[meaning("-10:00", "Hawaii")]),
    ("IDT", &[meaning("+03:00", "Israel, summer")]),
    (
        "IST",
        &[
            meaning("+05:30", "India"),
            meaning("+02:00", "Israel"),
            meaning("+01:00", "Irish summer"),
        ],
    ),
    ("JST", &[meaning("+09:00", "Japan")]),
    ("KST", &[meaning("+09:00", "Korea")]),
    ("MDT", &[meaning("-06:00", "mountain North America, summer")]),
    ("MSK", &[meaning("+03:00", "Moscow")]),
    (
        "MST",
        &[
            meaning("-07:00", "mountain North America"),
            meaning("+08:00", "Malaysia"),
            meaning("+06:30", "Myanmar"),
        ],
    ),
    ("NPT", &[meaning("+05:45", "Nepal")]),
    ("NST", &[meaning("-03:30", "Newfoundland")]),
    ("NZDT", &[meaning("+13:00", "New Zealand, summer")]),
    ("NZST", &[meaning("+12:00", "New Zealand")]),
    ("PDT", &[meaning("-07:00", "Pacific North America, summer")]),
    ("PHT", &[meaning("+08:00", "Philippines")]),
    ("PKT", &[meaning("+05:00", "Pakistan")]),
    (
        "PST",
        &[
            meaning("-08:00", "Pacific North America"),
            meaning("+08:00", "Philippines"),
        ],
    ),
    (
        "PT",
        &[
            meaning("-08:00", "Pacific North America, winter"),
            meaning("-07:00", "Pacific North America, summer"),
        ],
    ),
    ("SAST", &[meaning("+02:00", "South Africa")]),
    ("SGT", &[meaning("+08:00", "Singapore")]),
    (
        "SST",
        &[meaning("-11:00", "Samoa"), meaning("+08:00", "Singapore")],
    ),
    ("TRT", &[meaning("+03:00", "Turkey")]),
    ("WAT", &[meaning("+01:00", "western Africa")]),
    ("WEST", &[meaning("+01:00", "western Europe, summer")]),
    ("WET", &[meaning("+00:00", "western Europe")]),
    ("WIB", &[meaning("+07:00", "western Indonesia")]),
];

/// What the abbreviation could mean; empty when it is not in the table.
pub(super) fn meanings(abbreviation: &str) -> &'static [Meaning] {
    TABLE
        .iter()
        .find(|(name, _)| *name == abbreviation)
        .map_or(&[], |(_, meanings)| meanings)
}

#[cfg(test)]
mod tests {
    use chrono::FixedOffset;

    use super::*;

    #[test]
    fn the_table_is_sorted_and_every_offset_is_one() {
        assert!(TABLE.is_sorted_by(|a, b| a.0 < b.0));
        for (name, meanings) in TABLE {
            assert!(!meanings.is_empty(), "{name}");
            for meaning in *meanings {
                assert!(
                    meaning.offset.parse::<FixedOffset>().is_ok(),
                    "{name} {}",
                    meaning.offset
                );
            }
        }
    }
}
