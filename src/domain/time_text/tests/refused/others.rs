//! Numbers, words, lengths, links and debris.

use super::super::parse;
use super::table;

#[test]
fn numbers_that_are_no_epoch() {
    table(&[
        ("2024", "expected one of 10, 13, 16 or 19 digits"),
        ("0", "is a number"),
        ("20240517", "is a number"),
        ("240517142800", "is a number"),
        (
            "20240517142803",
            "type 2024-05-17T14:28:03Z if it is a date and time in UTC",
        ),
        ("171595608", "is a number"),
        ("17159560831", "is a number"),
        ("171595608312", "is a number"),
        ("9999999999999999999", "is a number"),
        ("1715956083.123456", "type 1715956083 for whole seconds"),
        ("@1715956083", "type 1715956083 for"),
        ("-1715956083", "is a number"),
        ("1.7e9", "is a number"),
        ("-5", "is a number"),
        ("1_715_956_083", "is a number"),
    ]);
}

#[test]
fn words_and_lengths() {
    table(&[
        ("now", "names another instant | -10m"),
        ("NOW", "names another instant"),
        ("today", "names another instant"),
        ("yesterday", "names another instant"),
        ("yesterday 14:30", "names another instant"),
        ("tomorrow", "names another instant"),
        ("noon", "names another instant"),
        ("latest", "names another instant"),
        ("last friday", "names another instant"),
        ("now-10m", "type -10m"),
        ("now - 90 s", "type -1m30s"),
        ("now()", "names another instant"),
        ("in 10 minutes", "lies in the future | type -10m"),
        ("+10m", "lies in the future | type -10m"),
        ("now+10m", "lies in the future"),
        ("10m", "not from when: type -10m for so long ago, or '10m before'"),
        ("90 seconds", "type -1m30s"),
        ("-10m ago", "twice: type -10m"),
        ("0s ago", "not a length"),
        ("-0m", "not a length"),
        ("1.5h ago", "not a length | -1h30m"),
        ("an hour ago", "not a length"),
        ("30m1h ago", "not a length"),
        ("1h1h ago", "not a length"),
        ("5 weeks ago", "not a length"),
        ("-10M", "not a length"),
        ("-1mo", "not a length"),
        ("10 ago", "not a length"),
        ("1234567890s ago", "not a length"),
        ("ago", "in no form"),
        ("mark:", "names a mark"),
        ("mark:-x", "names a mark"),
        ("mark:a b", "names a mark"),
        ("mark:a/b", "names a mark"),
        (&format!("mark:{}", "a".repeat(65)), "names a mark"),
        ("earliest!", "in no form"),
        ("--zone", "in no form"),
        ("", "got nothing"),
        (" “” ", "got nothing"),
    ]);
}

#[test]
fn links_and_log_lines_without_one_time() {
    table(&[
        (
            "https://dash.example/d?from_ts=1715956083123&to_ts=1715959683123",
            "a range, 2024-05-17T14:28:03.123Z to 2024-05-17T15:28:03.123Z | not a target",
        ),
        (
            "https://dash.example/d?to_ts=1715959683123&from_ts=1715956083123",
            "a range, 2024-05-17T14:28:03.123Z to",
        ),
        ("https://dash.example/d?from_ts=1715956083", "13 digits"),
        ("https://dash.example/d?from_ts=now-1h", "13 digits"),
        ("https://dash.example/d?from=1715956083123", "is a link"),
        ("https://acme.example/archives/C024BE91L", "is a link"),
        (
            "https://acme.example/archives/C024BE91L/p171595608312345",
            "is a link",
        ),
        (
            "https://acme.example/archives/C024BE91L/1715956083123456",
            "is a link",
        ),
        ("# Time: yesterday", "slow log"),
        ("SET timestamp=DEFAULT;", "slow log"),
        ("SET timestamp=0;", "slow log"),
        ("SET timestamp=1715956083.1234567;", "slow log"),
        (
            "# Time: 2024-05-17T14:28:03Z\nSET timestamp=1715956083;",
            "one line",
        ),
        ("171595656003562,prod,app", "in no form"),
    ]);
}

#[test]
fn foreign_characters_are_named_and_never_replaced() {
    table(&[
        (
            "2024-05-17T14:28:00\u{2212}07:00",
            "U+2212 (minus sign) at position 20: type 2024-05-17T14:28:00-07:00",
        ),
        ("\u{2212}10m", "U+2212 (minus sign) at position 1: type -10m"),
        ("\u{2013}10m", "U+2013 (dash)"),
        (
            "2024-05-17\u{A0}14:28Z",
            "U+00A0 (no-break space) at position 11: type '2024-05-17 14:28Z'",
        ),
        (
            "2024-05-17T14:28\u{200B}:00Z",
            "U+200B (zero-width space) at position 17: type 2024-05-17T14:28:00Z",
        ),
        (
            "May 17, 2024, 2:28\u{202F}PM (UTC)",
            "U+202F (narrow no-break space) | type 'May 17, 2024, 2:28 PM (UTC)'",
        ),
        ("2024-05-17T14:28:00Z\u{E9}", "U+00E9 at position 21"),
        (
            "２０２４-05-17T14:28:00Z",
            "U+FF12 at position 1: type it again by hand",
        ),
        ("2024-05-17T14:28:00Z\tQuery", "U+0009 (tab)"),
        ("2024-05-17T14:28:00\u{1b}[31mZ", "U+001B | \\u{1b}"),
        ("2024-05-17T14:28:00Z..", "in no form"),
        ("(2024-05-17T14:28:00Z)", "in no form"),
    ]);
}

/// What the AWS command line and git were seen to make of these texts is what this program must not do.
#[test]
fn what_other_programs_let_pass() {
    for text in [
        "2024-05-17 14:28:00 PST",
        "2024-05-17 14:28:00 IST",
        "240517 14:28:00",
        "2024",
        "14:30",
        "05/06/2024 14:30",
        "17/06/2024 14:30",
        "2024-05-17 14:28:60Z",
        "now",
    ] {
        assert!(parse(text).is_err(), "{text:?}");
    }
}
