//! What is trimmed, and what is noted.

use super::super::parse;
use super::instant;

#[test]
fn known_wrappers_are_trimmed_and_named() {
    for (text, note) in [
        (
            "\u{A0}2024-05-17T14:28:00Z\u{A0}",
            "trimmed U+00A0 (no-break space)",
        ),
        (
            "“2024-05-17T14:28:00Z”",
            "trimmed U+201C (smart double quotation mark)",
        ),
        (
            "‘2024-05-17T14:28:00Z’",
            "trimmed U+2018 (smart single quotation mark)",
        ),
        ("\"2024-05-17T14:28:00Z\"", "trimmed U+0022 (quotation mark)"),
        ("'2024-05-17T14:28:00Z'", "trimmed U+0027 (apostrophe)"),
        ("`2024-05-17T14:28:00Z`", "trimmed U+0060 (backtick)"),
        ("2024-05-17T14:28:00Z.", "trimmed a trailing full stop"),
        ("“2024-05-17T14:28:00Z.”", "trimmed a trailing full stop"),
        (
            "\u{200B}2024-05-17T14:28:00Z",
            "trimmed U+200B (zero-width space)",
        ),
        ("\u{FEFF}2024-05-17T14:28:00Z", "trimmed U+FEFF (byte order mark)"),
        ("2024-05-17T14:28:00Z\r\n", "trimmed U+000A (line feed)"),
        ("  2024-05-17T14:28:00Z\t", "trimmed surrounding spaces"),
    ] {
        assert_eq!(instant(text, None), "2024-05-17T14:28:00Z", "{text:?}");
        let read = parse(text).unwrap();
        assert!(
            read.notes().contains(&note.to_owned()),
            "{text:?}: {:?}",
            read.notes()
        );
        assert_eq!(read.typed(), text);
    }
}

#[test]
fn what_the_operator_should_know_is_noted() {
    for (text, part) in [
        (
            "# Time: 2024-05-17T14:28:03.123456Z",
            "when the statement has ended",
        ),
        ("SET timestamp=1715956083;", "from MySQL 8.0.14 on"),
        ("https://a.example/x/p1715956083123456", "message was posted"),
        (
            "2024-05-17T14:28:00Z[America/New_York]",
            "in America/New_York it was 10:28:00-04:00",
        ),
    ] {
        let read = parse(text).unwrap();
        assert!(
            read.notes().iter().any(|note| note.contains(part)),
            "{text:?}: {:?}",
            read.notes()
        );
    }
}
