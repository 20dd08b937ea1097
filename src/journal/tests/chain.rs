//! Reading accepts what was written, and nothing else.

use super::payloads::any_payload;
use super::samples::{at, ends, few, journal, lines, read};
use crate::journal::ledger::walk;
use crate::journal::record::{LONGEST, encode};
use crate::journal::{Fault, Hash, Payload};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use std::io::{BufReader, Read};

/// The journal of one line, whose hash is right whatever its content.
fn forged(mut object: Map<String, Value>) -> Vec<u8> {
    object.remove("hash");
    let hash = Hash::of(&serde_json_canonicalizer::to_vec(&object).unwrap());
    object.insert("hash".to_owned(), hash.to_string().into());
    let mut line = serde_json_canonicalizer::to_vec(&object).unwrap();
    line.push(b'\n');
    line
}

fn first() -> Map<String, Value> {
    serde_json::from_slice(&journal(&few()[..1]).0).unwrap()
}

fn forged_with(key: &str, value: Value) -> Fault {
    let mut object = first();
    object.insert(key.to_owned(), value);
    read(&forged(object)).unwrap_err().1
}

proptest! {
    #[test]
    fn what_was_appended_is_read_back(payloads in prop::collection::vec(any_payload(), 1..8)) {
        let (bytes, records) = journal(&payloads);
        let (found, extent) = read(&bytes).unwrap();
        prop_assert_eq!(&found, &records);
        prop_assert_eq!(found.iter().map(|record| record.payload().clone()).collect::<Vec<_>>(), payloads);
        prop_assert_eq!(extent.head, records.last().unwrap().hash());
        prop_assert_eq!((extent.length, extent.torn), (bytes.len() as u64, 0));
    }

    #[test]
    fn a_cut_anywhere_leaves_the_records_before_it(
        payloads in prop::collection::vec(any_payload(), 1..4), place: prop::sample::Index
    ) {
        let (bytes, records) = journal(&payloads);
        let cut = place.index(bytes.len());
        let whole = ends(&bytes[..cut]);
        match read(&bytes[..cut]) {
            Ok((found, _)) => prop_assert_eq!(&found[..], &records[..whole]),
            Err(damage) => prop_assert_eq!((damage, whole), ((1, Fault::NoRecord), 0)),
        }
    }
}

#[test]
fn every_changed_byte_is_damage() {
    let (bytes, _) = journal(&few());
    let mut changed = bytes.clone();
    for place in 0..bytes.len() {
        let flipped = (0..8).map(|bit| bytes[place] ^ (1 << bit));
        // Bytes that mean something to JSON, to lines, or to UTF-8.
        for byte in flipped.chain(*b"\0\t\n\r \"\\{}[],:09af\x80\xff") {
            changed[place] = byte;
            let found = read(&changed);
            assert!(
                found.is_err() || byte == bytes[place],
                "{byte:#04x} at {place}: {found:?}"
            );
        }
        changed[place] = bytes[place];
    }
}

#[test]
fn every_removed_or_inserted_byte_is_damage() {
    let (bytes, records) = journal(&few());
    for place in 0..bytes.len() {
        let mut shorter = bytes.clone();
        shorter.remove(place);
        if place + 1 == bytes.len() {
            assert_eq!(
                read(&shorter).unwrap().0,
                records[..records.len() - 1],
                "a line without its end is torn"
            );
        } else {
            assert!(read(&shorter).is_err(), "without {place}");
        }
        for byte in [b' ', b'\n', b'\r', b'\t', b'0', b',', 0] {
            let mut longer = bytes.clone();
            longer.insert(place, byte);
            assert!(read(&longer).is_err(), "{byte:#04x} before {place}");
        }
    }
}

#[test]
fn lines_in_another_order_number_or_place_are_damage() {
    let (bytes, _) = journal(&few());
    let lines = lines(&bytes);
    for one in 0..lines.len() {
        let mut doubled = lines.clone();
        doubled.insert(one, lines[one].clone());
        let expected = (
            one as u64 + 2,
            Fault::Sequence {
                expected: one as u64 + 2,
                got: one as u64 + 1,
            },
        );
        assert_eq!(read(&doubled.concat()), Err(expected));

        let mut missing = lines.clone();
        missing.remove(one);
        if one + 1 < lines.len() {
            let expected = (
                one as u64 + 1,
                Fault::Sequence {
                    expected: one as u64 + 1,
                    got: one as u64 + 2,
                },
            );
            assert_eq!(read(&missing.concat()), Err(expected));
        }
        for other in 0..one {
            let mut swapped = lines.clone();
            swapped.swap(one, other);
            assert_eq!(read(&swapped.concat()).unwrap_err().0, other as u64 + 1);
        }
    }
}

#[test]
fn a_record_of_another_journal_does_not_fit() {
    let payloads = few();
    let (bytes, records) = journal(&payloads);
    let (_, stranger) = encode(2, Hash::of(b"another"), at(1), &payloads[1]).unwrap();
    let mut mixed = lines(&bytes);
    mixed[1] = stranger;
    let expected = Fault::Chain {
        expected: records[0].hash(),
        got: Hash::of(b"another"),
    };
    assert_eq!(read(&mixed.concat()), Err((2, expected)));
}

#[test]
fn an_edited_record_is_named_as_altered() {
    let text = String::from_utf8(journal(&few()).0)
        .unwrap()
        .replace("02:14:05Z", "02:14:06Z");
    let (line, what) = read(text.as_bytes()).unwrap_err();
    assert_eq!(line, 2);
    assert!(
        what.to_string()
            .starts_with("the record was altered: expected hash "),
        "{what}"
    );
}

#[test]
fn a_newer_version_is_told_from_a_wrong_one() {
    let newer = forged_with("v", json!(2));
    assert_eq!(newer, Fault::Newer { ours: 1, theirs: 2 });
    assert_eq!(
        newer.to_string(),
        "written by a newer backtrackctl: expected record version 1, got 2"
    );
    for version in [json!(0), json!("1"), json!(1.5), json!(null), json!(-1)] {
        assert!(
            matches!(forged_with("v", version.clone()), Fault::Member { name: "v", .. }),
            "{version}"
        );
    }
}

#[test]
fn a_right_hash_does_not_excuse_a_wrong_shape() {
    for (name, value) in [
        ("at", json!("2026-11-20T02:31:08Z")),
        ("at", json!(0)),
        ("prev", json!("0")),
        ("seq", json!("1")),
        ("seq", json!(-1)),
        ("type", json!(null)),
    ] {
        let fault = forged_with(name, value);
        assert!(
            matches!(fault, Fault::Member { name: found, .. } if found == name),
            "{fault}"
        );
    }
    assert!(matches!(forged_with("type", json!("")), Fault::Data(_)));
    assert!(matches!(forged_with("cluster", json!([1.5])), Fault::Data(_)));
    for name in ["v", "seq", "at", "prev", "type"] {
        let mut object = first();
        object.remove(name);
        assert!(
            matches!(read(&forged(object)), Err((1, Fault::Member { .. }))),
            "{name}"
        );
    }
}

#[test]
fn another_spelling_of_a_record_is_damage() {
    let (bytes, _) = journal(&few()[..1]);
    let text = String::from_utf8(bytes).unwrap();
    for other in [
        text.replacen(',', ", ", 1),
        text.replace("\\u001f", "\\u001F"),
        text.replace('é', "\\u00e9"),
        text.replace('\n', "\r\n"),
        text.replace("{\"at\"", "{\"v\":1,\"at\""),
    ] {
        assert_eq!(read(other.as_bytes()), Err((1, Fault::NotCanonical)), "{other}");
    }
}

#[test]
fn what_is_no_record_is_named() {
    let (bytes, _) = journal(&few()[..1]);
    let after = |more: &[u8]| read(&[&bytes, more].concat()).unwrap_err();
    assert_eq!(after(b"\0\0\0\0\n"), (2, Fault::NulBytes));
    assert_eq!(after(b"\0\0\0\0"), (2, Fault::NulBytes));
    assert!(matches!(after(b"\n"), (2, Fault::NotJson(_))));
    assert!(matches!(after(b"[1]\n"), (2, Fault::NotJson(_))));
    assert!(matches!(after(b"\xff\n"), (2, Fault::NotJson(_))));
    assert_eq!(after(b"half a record"), (2, Fault::NotTorn));
    assert_eq!(after(&vec![b'x'; LONGEST + 1]), (2, Fault::TooLong(LONGEST)));
    assert_eq!(read(b""), Err((1, Fault::NoRecord)));
}

#[test]
fn the_longest_record_is_read_back_and_a_longer_one_is_not_written() {
    let filled = |length| {
        Payload::new(
            "a",
            Map::from_iter([("x".to_owned(), Value::from("x".repeat(length)))]),
        )
        .unwrap()
    };
    let rest = journal(&[filled(0)]).0.len();
    let (bytes, records) = journal(&[filled(LONGEST - rest)]);
    assert_eq!(bytes.len(), LONGEST);
    assert_eq!(read(&bytes).unwrap().0, records);
    let refused = encode(1, Hash::ORIGIN, at(0), &filled(LONGEST - rest + 1)).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "expected a record of at most 1048576 bytes, got 1048577"
    );
}

/// Counts what is taken from it.
struct Counted<'b> {
    bytes: &'b [u8],
    taken: usize,
}

impl Read for Counted<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.bytes.read(into)?;
        self.taken += read;
        Ok(read)
    }
}

#[test]
fn a_long_journal_is_read_once_from_its_beginning_to_its_end() {
    let payload = Payload::tagged(json!({"type": "poll", "status": "backtracking"})).unwrap();
    let (bytes, records) = journal(&vec![payload; 5_000]);
    let mut source = Counted {
        bytes: &bytes,
        taken: 0,
    };
    let mut seen = 0;
    let found = walk(BufReader::new(&mut source), |_| seen += 1).unwrap();
    assert_eq!((seen, found.length), (records.len(), bytes.len() as u64));
    assert_eq!(source.taken, bytes.len());
}
