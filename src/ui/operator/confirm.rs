//! The one confirmation of a hop: the cluster id and the minutes, typed.

use super::interview::Interview;
use crate::domain::question::Answer;
use crate::domain::receipt::Receipt;
use crate::domain::target::Direction;
use crate::ui::line::{Line, Paint};
use crate::ui::render::receipt_facts;

/// So often a wrong text is explained; then it counts as no.
const TRIES: usize = 3;

/// Shows the receipt and asks for its phrase.
pub(super) fn ask(interview: &mut Interview<'_>, receipt: &Receipt) -> Option<Answer> {
    let (title, what) = match receipt.target.direction() {
        Direction::Rewind => (
            format!("Rewind {}?", receipt.identity.cluster),
            "the minutes discarded",
        ),
        Direction::Forward => (
            format!("Move {} forward?", receipt.identity.cluster),
            "the minutes brought back",
        ),
    };
    let no = if receipt.hop <= 1 {
        "nothing is sent; what was paused is opened again"
    } else {
        "nothing is sent; the data stays as it is and the application stays paused"
    };
    let mut facts = receipt_facts(receipt);
    facts.push(Line::fact("caller", Paint::Dim, &receipt.identity.caller));
    facts.push(Line::fact("no", Paint::Plain, no));
    facts.push(
        Line::at(2)
            .text(&format!("To go on, type the cluster id and {what}: "))
            .paint(Paint::Strong, &receipt.phrase()),
    );
    interview.head(&title, facts);
    for _ in 0..TRIES {
        let text = interview.hear("cluster and minutes")?;
        if text.is_empty() || text.eq_ignore_ascii_case("no") {
            return Some(Answer::Declined);
        }
        match check_phrase(&text, receipt) {
            Ok(typed) => return Some(Answer::Confirmed { typed }),
            Err(why) => interview.say(&[Line::at(2).hang(4).paint(Paint::Warn, &why)]),
        }
    }
    interview.say(&[Line::at(2).paint(Paint::Warn, "That was not it three times: taken as no.")]);
    Some(Answer::Declined)
}

/// The phrase with single spaces when it is the receipt's, else what is wrong with it.
pub(super) fn check_phrase(text: &str, receipt: &Receipt) -> Result<String, String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let cluster = receipt.identity.cluster.as_str();
    let minutes = receipt.minutes.to_string();
    match words.as_slice() {
        [typed, count] if *typed == cluster && *count == minutes => Ok(format!("{cluster} {minutes}")),
        [typed, ..] if *typed != cluster => Err(format!(
            "Expected the cluster id {cluster}, got {typed}. Is this the cluster that you mean? Type it again, or no."
        )),
        [_] => Err(format!(
            "The minutes are missing: expected {minutes} after the cluster id. Type both, or no."
        )),
        [_, count] => Err(format!(
            "Expected {minutes} minutes, got {count}. Look at the receipt, then type both again, or no."
        )),
        _ => Err(format!(
            "Expected two words, got {}. Type the cluster id and the minutes, or no.",
            words.len()
        )),
    }
}
