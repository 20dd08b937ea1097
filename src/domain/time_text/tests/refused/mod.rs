//! Texts that name no instant, with what their refusal must say.

mod dates;
mod others;
mod zones;

use super::parse;

/// Each row: the text, and parts that the message must hold.
#[track_caller]
fn table(rows: &[(&str, &str)]) {
    for (text, parts) in rows {
        let refused = match parse(text) {
            Ok(read) => panic!("{text:?} was read as {:?}", read.reading()),
            Err(refused) => refused.to_string(),
        };
        for part in parts.split(" | ") {
            assert!(
                refused.contains(part),
                "{text:?}: expected {part:?} in {refused:?}"
            );
        }
        what_it_offers_is_readable(text, &refused);
    }
}

/// Every text that a message tells to type is one that the program reads.
#[track_caller]
fn what_it_offers_is_readable(text: &str, message: &str) {
    let offers = message.rsplit_once(": type ").map_or("", |(_, offers)| offers);
    let (quoted, bare): (Vec<_>, Vec<_>) = offers.split('\'').enumerate().partition(|(at, _)| at % 2 == 1);
    let words = bare
        .into_iter()
        .flat_map(|(_, words)| words.split([' ', ',', ';']));
    let bare = words.filter(|word| word.starts_with(['-', '1', '2']) && *word != "--zone");
    for offer in quoted.into_iter().map(|(_, whole)| whole).chain(bare) {
        assert!(
            parse(offer).is_ok(),
            "{text:?}: {offer:?} is offered by {message:?} and cannot be read"
        );
    }
}
