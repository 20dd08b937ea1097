//! Numbers, against what is written and what whole seconds say.

use crate::lint::terraform::number::Number;
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
            let number = Number::from(part)
                .over(Number::from(of))
                .and_then(|share| share.times(Number::from(seconds)))
                .unwrap();
            let expected = (part * seconds % of == 0).then_some(part * seconds / of);
            assert_eq!(number.whole(), expected, "{part} / {of} * {seconds}");
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
        assert_eq!(Number::parse(text).unwrap().whole(), whole, "{text}");
    }
    for text in ["", "e", "inf", "0x10", " 5", "5 ", "1e400", "--5", "1.2.3"] {
        assert!(Number::parse(text).is_none(), "{text}");
    }
    let tenth = Number::parse("0.1").unwrap();
    let sum = tenth.plus(Number::parse("0.2").unwrap()).unwrap();
    assert_eq!(sum.against(Number::parse("0.3").unwrap()), Ordering::Equal);
}

#[test]
fn what_64_bits_do_not_hold_is_rounded_and_what_is_near_a_whole_number_is_that() {
    let large = Number::from(i64::MAX).times(Number::from(3_i64)).unwrap();
    assert!(!large.is_exact());
    let third = Number::Near(1.0 / 3.0).times(Number::from(259_200_i64)).unwrap();
    assert_eq!(third.whole(), Some(86_400));
    assert_eq!(Number::Near(0.000_000_000_1).whole(), None);
    assert_eq!(
        Number::from(1_i64).over(Number::from(0_i64)).map(Number::rounded),
        None
    );
    assert!(Number::Near(1e308).times(Number::Near(1e308)).is_none());
}
