//! Numbers, against what is written, what whole seconds say, and what Terraform says of them digit by digit.

use super::expressions::evaluated;
use crate::lint::terraform::number::Number;
use crate::lint::terraform::number_read::Written;
use std::cmp::Ordering;

#[test]
fn fractions_of_an_hour_or_a_day_come_back_to_whole_seconds() {
    for (of, seconds) in [
        (24, 86_400),
        (60, 3600),
        (7, 25_200),
        (3, 259_200),
        (49, 604_800),
        (1440, 86_400),
    ] {
        for part in 1..=of {
            let number = Number::written(part)
                .unwrap()
                .over(&Number::from(of))
                .and_then(|share| share.times(&Number::from(seconds)))
                .unwrap();
            let expected = (part * seconds % of == 0).then_some(part * seconds / of);
            assert_eq!(number.seconds(), expected, "{part} / {of} * {seconds}");
        }
    }
}

#[test]
fn decimals_are_what_is_written() {
    for (text, whole) in [
        ("86400", Some(86_400)),
        ("86400.00", Some(86_400)),
        ("8.64e4", Some(86_400)),
        ("-5", Some(-5)),
        ("010", Some(10)),
        ("+5", Some(5)),
        ("259200.00000000001", None),
        ("0.5", None),
        ("1e-10", None),
        ("9007199254740993", Some(9_007_199_254_740_993)),
    ] {
        let number = Number::parse(text).unwrap();
        assert_eq!((number.whole(), number.seconds()), (whole, whole), "{text}");
    }
    for text in [
        "", "e", "inf", "0x10", " 5", "5 ", "--5", "1.2.3", "1e", "e5", ".", "1e5.5", "1_0", "5-", "1e+-5",
    ] {
        assert!(Number::parse(text).is_none(), "{text}");
    }
    for (text, told) in [
        (".5", "0.5"),
        ("5.", "5"),
        ("1e400", &format!("1{}", "0".repeat(400))),
        ("1e-9", "0.000000001"),
        ("-0", "-0"),
        ("0e999999999", "0"),
    ] {
        assert_eq!(Number::parse(text).unwrap().to_string(), told, "{text}");
    }
    let tenth = Number::parse("0.1").unwrap();
    let sum = tenth.plus(&Number::parse("0.2").unwrap()).unwrap();
    assert_eq!(sum.against(&Number::parse("0.3").unwrap()), Ordering::Equal);
}

#[test]
fn a_rest_in_the_last_bits_is_lost_on_the_way_to_the_provider_and_no_other_is() {
    let number = |text: &str| Number::parse(text).unwrap();
    let minute = number("1")
        .over(&number("60"))
        .and_then(|share| share.times(&number("3600")))
        .unwrap();
    assert_eq!((minute.whole(), minute.seconds()), (None, Some(60)));
    for text in [
        "60.0000000000000000000000000000001",
        "0.9999999999999999999999",
        "1e-300",
    ] {
        assert_eq!(number(text).seconds(), None, "{text}");
    }
    let root = number("2").to_the(&number("0.5")).unwrap();
    assert_eq!(root.times(&root).unwrap().seconds(), None);
}

#[test]
fn numbers_without_measure_come_to_nothing_and_soon() {
    for text in [
        "1e999999999",
        "-1e999999999",
        "1e-999999999",
        "1e99999999999",
        "1e1300",
        "1e-1300",
        &"9".repeat(1 << 20),
        &format!("0.{}", "1".repeat(1 << 20)),
    ] {
        assert!(Number::parse(text).is_none(), "{}", &text[..8.min(text.len())]);
    }
    assert!(matches!(
        Number::digits(&"z".repeat(1 << 20), 36),
        Some(Written::Beyond)
    ));
    assert!(Number::digits("", 10).is_none());
    let mut large = Number::parse("1e1000").unwrap();
    let mut small = Number::parse("1e-900").unwrap();
    assert_eq!(large.to_string().len(), 1001);
    assert_eq!(small.to_string().len(), 902);
    let sum = large.plus(&small).unwrap();
    assert_eq!(sum.against(&large), Ordering::Equal);
    assert!(large.rest(&small).is_none());
    assert!(small.rest(&small).unwrap().is_zero());
    assert!(large.times(&large).is_none() && small.times(&small).is_none());
    assert!(large.over(&small).is_none() && large.over(&Number::from(0_i64)).is_none());
    assert!(Number::from(2_i64).to_the(&Number::from(5000_i64)).is_none());
    for _ in 0..1000 {
        large = large.floor().ceil().negative();
        small = small.negative();
    }
    assert_eq!(small.ceil().whole(), Some(1));
}

#[test]
fn numbers_are_told_digit_by_digit_as_terraform_tells_them() {
    let mut count = 0;
    for line in include_str!("numbers.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let (expression, expected) = line.split_once("  =>  ").unwrap();
        let told = evaluated("", &format!("tostring({expression})")).unwrap();
        assert_eq!(told.as_text(), Some(expected), "{expression}");
        count += 1;
    }
    assert!(count >= 100, "expected the table, got {count} lines");
}
