//! Dates and clocks that are impossible, partial, or read both ways.

use super::table;

#[test]
fn what_is_on_no_calendar_and_no_clock() {
    table(&[
        (
            "2024-02-30T14:28:00Z",
            "not in the calendar: check the date 2024-02-30",
        ),
        ("2023-02-29T14:28:00Z", "not in the calendar"),
        ("2024-13-01T14:28:00Z", "not in the calendar"),
        ("2024-00-10T14:28:00Z", "not in the calendar"),
        ("31 Apr 2024 14:28:00 GMT", "check the date 2024-04-31"),
        ("2024-05-17T25:00:00Z", "on no clock"),
        ("2024-05-17T14:60:00Z", "on no clock"),
        ("2024-05-17T14:28:61Z", "on no clock"),
        ("2024-05-17T24:00:01Z", "on no clock"),
        ("Fri 17 May 2024 13:28:03 PM UTC", "on no clock"),
        ("Fri 17 May 2024 00:28:03 AM UTC", "on no clock"),
        ("2024-05-17T24:00Z", "type 2024-05-18T00:00:00Z"),
        ("2024-05-17T24:00:00+02:00", "type 2024-05-18T00:00:00+02:00"),
        ("24:00", "24:00"),
        ("2024-05-17T14:28:60Z", "leap second | type 2024-05-17T14:28:59Z"),
        ("2016-12-31T23:59:60Z", "type 2016-12-31T23:59:59Z"),
        ("2016-12-31T23:59:60.5Z", "leap second"),
        ("Sat, 31 Dec 2016 23:59:60 GMT", "leap second"),
        ("23:59:60", "leap second"),
        (
            "Thu, 17 May 2024 14:28:00 GMT",
            "expected Fri for 2024-05-17, got Thu",
        ),
        ("Thu 2024-05-17 14:28:00Z", "expected Fri for 2024-05-17, got Thu"),
        (
            "Fri 2024-05-17 14:28:00",
            "has no zone: type 2024-05-17T14:28:00Z",
        ),
        ("Sat May 17 14:28:03 UTC 2024", "expected Fri"),
        (
            "Sat May 17 2024 07:28:03 GMT-0700 (Pacific Daylight Time)",
            "expected Fri",
        ),
        ("1969-12-31T23:59:59Z", "years 1970 to 9999"),
        ("0000-01-01T00:00:00Z", "years 1970 to 9999"),
        ("9999-12-31T23:59:59-01:00", "years 1970 to 9999"),
    ]);
}

#[test]
fn not_enough_of_a_date() {
    table(&[
        ("2024-05-17", "no time of day"),
        ("2024-05-17Z", "no time of day"),
        ("2024-05-17 UTC", "no time of day"),
        ("17 May 2024", "no time of day"),
        ("May 17, 2024", "no time of day"),
        ("2024-W20-5", "weeks"),
        ("2024-W20-5T14:28:00Z", "weeks"),
        ("2024W205T142800Z", "weeks"),
        ("2024-138", "days of the year"),
        ("2024-138T14:28:00Z", "days of the year"),
        ("14:30", "without a date | --zone Area/City"),
        ("14:30:05", "without a date"),
        ("14:30Z", "without a date"),
        ("14:30+02:00", "without a date"),
        ("14:30 PST", "without a date"),
        ("9:05", "in no form"),
        ("May 17 14:28:03", "no year and no zone"),
        ("May 17 14:28:03 db1 mysqld[12]: ready", "no year and no zone"),
        ("May  7 14:28:03", "no year and no zone"),
        ("Fri May 17 14:28:03", "no year and no zone"),
        ("17 May 14:28:03 UTC", "no year"),
        ("2024-05-17T14Z", "in no form"),
        ("2024-05-17T14:28.5Z", "in no form"),
        ("2024-05T14:28Z", "in no form"),
        ("2024-05-17T14:28:00.Z", "in no form"),
        ("2024-05-17T14:28:0Z", "in no form"),
        ("2024-05-17  14:28:00Z", "in no form"),
        ("2024-05-17T14:28:00ZZ", ""),
        ("+2024-05-17T14:28:00Z", "in no form"),
        (
            "2024-05-17T14:28:00Z DELETE FROM orders",
            "type 2024-05-17T14:28:00Z",
        ),
        ("2024-05-17 14:28:00Z 42 Query", "type '2024-05-17 14:28:00Z'"),
    ]);
}

#[test]
fn day_and_month_in_figures_are_never_weighed() {
    table(&[
        (
            "05/06/2024 14:30",
            "people read both ways | type 2024-05-06T14:30:00Z if it is UTC or 2024-06-05T14:30:00Z if it is UTC",
        ),
        ("17/05/2024 14:30", "type 2024-05-17T14:30:00Z if it is UTC"),
        ("05/17/2024 14:30Z", "type 2024-05-17T14:30Z"),
        ("5/6/2024", "year first"),
        ("05/06/24 14:30", "year first"),
        ("05-06-2024 14:30", "both ways"),
        ("17.05.2024 14:30", "both ways"),
        ("17.5.2024, 14:30", "both ways"),
        ("05/17 14:30", "both ways"),
        ("05/05/2024 14:30", "type 2024-05-05T14:30:00Z if"),
        ("24-05-17 14:28:00", "year of two digits"),
        ("24-05-17T14:28:00Z", "year of two digits"),
        ("240517 14:28:00", "year of two digits"),
        ("# Time: 240517 14:28:03", "year of two digits"),
        ("# Time: 240517  4:28:03", "year of two digits"),
        ("17 May 24 14:28:00 GMT", "year of two digits"),
        ("Friday, 17-May-24 14:28:00 GMT", "year of two digits"),
    ]);
}
