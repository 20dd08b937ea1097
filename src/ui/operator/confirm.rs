//! The one confirmation of a hop: the cluster id and the minutes, typed.

use super::interview::Interview;
use crate::domain::question::Answer;
use crate::domain::receipt::Receipt;
use crate::domain::run::Footing;
use crate::domain::target::Direction;
use crate::domain::time_text::Echo;
use crate::ui::line::{Line, Paint};
use crate::ui::render::{cost_facts, echo, receipt_facts};

/// So often a wrong text is explained; then it counts as no.
const TRIES: usize = 3;

/// Shows the receipt and asks for its phrase.
pub(super) fn ask(interview: &mut Interview<'_>, receipt: &Receipt) -> Option<Answer> {
    let (title, what, prompt) = match (&receipt.search, receipt.target.direction()) {
        (Some(_), _) => (
            format!(
                "Search {}, by up to {} outages?",
                receipt.identity.cluster,
                receipt.figure()
            ),
            "the greatest number of outages",
            "cluster and outages",
        ),
        (None, Direction::Rewind) => (
            format!("Rewind {}?", receipt.identity.cluster),
            "the minutes discarded",
            "cluster and minutes",
        ),
        (None, Direction::Forward) => (
            format!("Move {} forward?", receipt.identity.cluster),
            "the minutes brought back",
            "cluster and minutes",
        ),
    };
    let brief = interview.brief;
    let shown = Echo::new(receipt.target.instant(), &brief.bearings(), brief.zones.shown);
    let mut facts = receipt_facts(receipt, echo(&shown));
    facts.extend(receipt.search.iter().flat_map(cost_facts));
    facts.extend(
        brief
            .wording
            .confirm
            .iter()
            .map(|text| Line::fact("runbook", Paint::Strong, text)),
    );
    facts.push(Line::fact("caller", Paint::Dim, &receipt.identity.caller));
    facts.extend(written_since(&brief.footing));
    facts.push(Line::fact("no", Paint::Plain, no(&brief.footing)));
    facts.push(Line::at(2).text(&format!(
        "To go on, type the cluster id and {what}; three wrong texts are a no:"
    )));
    facts.push(Line::at(4).paint(Paint::Strong, &receipt.phrase()));
    interview.head(&title, facts);
    let mut wrong = 0;
    while wrong < TRIES {
        let text = interview.hear(prompt)?;
        if text.eq_ignore_ascii_case("no") {
            return Some(Answer::Declined);
        }
        let why = match check_phrase(&text, receipt) {
            Ok(typed) => return Some(Answer::Confirmed { typed }),
            Err(why) => why,
        };
        wrong += usize::from(!unfinished(&text, receipt));
        let mut said = vec![Line::at(2).hang(4).paint(Paint::Warn, &why)];
        if wrong + 1 == TRIES {
            said.push(Line::at(2).paint(Paint::Warn, "One more wrong text is a no."));
        }
        interview.say(&said);
    }
    interview.say(&[Line::at(2).paint(Paint::Warn, "That was not it three times: taken as no.")]);
    Some(Answer::Declined)
}

/// What a finished run's application wrote lies on no history that can be asked for.
fn written_since(footing: &Footing) -> Option<Line> {
    match footing {
        Footing::Closed(_) => Some(Line::fact(
            "lost",
            Paint::Bad,
            "what was written since the application was opened may be lost for good: AWS does not say what becomes of it",
        )),
        Footing::Fresh | Footing::Held | Footing::Unresolved(..) | Footing::Failed(_) => None,
    }
}

/// What the machine makes of a no.
fn no(footing: &Footing) -> &'static str {
    match footing {
        Footing::Fresh => "nothing is sent; what was paused is opened again, and the run ends",
        Footing::Closed(_) => {
            "nothing is sent; the application, which was paused for this, is opened again, and the run stays finished as it was"
        }
        Footing::Held => "nothing is sent; the data stays as it is and the application stays paused",
        Footing::Unresolved(..) => {
            "nothing is sent; the earlier request stays unanswered and the application stays paused"
        }
        Footing::Failed(_) => "nothing is sent; the application stays paused after the failed backtrack",
    }
}

/// Nothing yet, or the right cluster alone: that denies nothing.
fn unfinished(text: &str, receipt: &Receipt) -> bool {
    let mut words = text.split_whitespace();
    match (words.next(), words.next()) {
        (None, _) => true,
        (Some(first), None) => first == receipt.identity.cluster,
        (Some(_), Some(_)) => false,
    }
}

/// The phrase with single spaces when it is the receipt's, else what is wrong with it.
pub(super) fn check_phrase(text: &str, receipt: &Receipt) -> Result<String, String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let cluster = receipt.identity.cluster.as_str();
    let minutes = receipt.figure().to_string();
    let (unit, named) = match receipt.search {
        Some(_) => ("outages", "number of outages"),
        None => ("minutes", "minutes"),
    };
    match words.as_slice() {
        [] => Err(format!(
            "Nothing was typed, and nothing happens by itself. Type {cluster} {minutes}, or no."
        )),
        [typed, count] if *typed == cluster && *count == minutes => Ok(format!("{cluster} {minutes}")),
        [typed, ..] if *typed != cluster => Err(format!(
            "Expected the cluster id {cluster}, got {typed}. Is this the cluster that you mean? Type it again, or no."
        )),
        [_] => Err(format!(
            "The {named} are missing: expected {minutes} after the cluster id. Type both, or no."
        )),
        [_, count] => Err(format!(
            "Expected {minutes} {unit}, got {count}. Look at the receipt, then type both again, or no."
        )),
        _ => Err(format!(
            "Expected two words, got {}. Type the cluster id and the {named}, or no.",
            words.len()
        )),
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::question::{Answer, Question};
    use crate::domain::target::Direction;
    use crate::ui::operator::testing::{answer, brief, confirm, confirmed, rewound, seen};
    use crate::ui::testing::receipt;

    #[test]
    fn the_confirmation_shows_the_receipt_and_explains_a_wrong_text() {
        insta::assert_snapshot!(seen(&confirm(), &brief(None), &["shop-dev 18", "shop-prod", "shop-prod 17", "shop-prod 19"]), @r#"
        LIVE  Rewind shop-prod? ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
          cluster     shop-prod (123456789012, eu-west-1)
          target      Fri 2026-11-20 02:14:05Z
                      Fri 2026-11-20 03:14:05+01:00 (no zone name)
                      20 min 55 s ago
                      23 h 40 min 57 s after the earliest backtrack time (Thu
                      2026-11-19 02:33:08Z)
          discards    17 min 03 s (18 minutes): everything from 2026-11-20 02:14:05Z to
                      02:31:08Z
          possible    until 2026-11-21 02:12:05Z; then the target is out of reach
          caller      arn:aws:sts::123456789012:assumed-role/DatabaseOnCall/ciara.byrne@
                      shop.example
          no          nothing is sent; what was paused is opened again, and the run ends
          To go on, type the cluster id and the minutes discarded; three wrong texts are
          a no:
            shop-prod 18
          cluster and minutes> shop-dev 18
          Expected the cluster id shop-prod, got shop-dev. Is this the cluster that you
            mean? Type it again, or no.
          cluster and minutes> shop-prod
          The minutes are missing: expected 18 after the cluster id. Type both, or no.
          cluster and minutes> shop-prod 17
          Expected 18 minutes, got 17. Look at the receipt, then type both again, or no.
          One more wrong text is a no.
          cluster and minutes> shop-prod 19
          Expected 18 minutes, got 19. Look at the receipt, then type both again, or no.
          That was not it three times: taken as no.
        "#);
    }

    #[test]
    fn only_the_cluster_id_with_the_minutes_confirms() {
        assert_eq!(
            answer(&confirm(), &brief(None), &["  shop-prod   18 "]),
            confirmed()
        );
        assert_eq!(
            answer(&confirm(), &brief(None), &["shop-prod 17", "shop-prod 18"]),
            confirmed()
        );
        for wrong in [
            "shop-prod 17",
            "18",
            "SHOP-PROD 18",
            "shop-prod 18 minutes",
            "yes",
            "y",
        ] {
            assert_eq!(
                answer(&confirm(), &brief(None), &[wrong; 3]),
                Answer::Declined,
                "{wrong}"
            );
        }
        assert_eq!(answer(&confirm(), &brief(None), &["No"]), Answer::Declined);
        assert_eq!(
            answer(&confirm(), &brief(None), &["", "shop-prod 18"]),
            confirmed()
        );
        // Enter, and the right cluster without its minutes, deny nothing however often.
        let mut idle = ["", "shop-prod", "  "].repeat(3);
        idle.push("shop-prod 18");
        assert_eq!(answer(&confirm(), &brief(None), &idle), confirmed());
        assert_eq!(
            answer(&confirm(), &brief(None), &["", "18", "", "19", "shop-prod", "20"]),
            Answer::Declined
        );
    }

    #[test]
    fn a_search_is_confirmed_by_its_greatest_number_of_outages() {
        use crate::domain::search::{Cost, Then};

        let mut whole = receipt(1, Direction::Rewind);
        whole.search = Some(Cost {
            most: 7,
            then: Then::Origin,
            good: whole.target.instant(),
            bad: whole.present,
            among: 32,
            suspects: true,
            origin: Some(whole.present),
        });
        let search = Question::Confirm(Box::new(whole));
        let text = seen(&search, &brief(None), &["shop-prod 18", "no"]);
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for said in [
            "Search shop-prod, by up to 7 outages?",
            "32 candidates",
            "7 at most: every hop ends all connections",
            "17 min 03 s at most (18 min): everything since",
            "next hop 17 min 03 s back",
            "where it set out from",
            "Expected 7 outages, got 18.",
        ] {
            assert!(text.contains(said), "{said}: {text}");
        }
        let typed = "shop-prod 7".to_owned();
        assert_eq!(
            answer(&search, &brief(None), &["shop-prod 7"]),
            Answer::Confirmed { typed }
        );
    }

    #[test]
    fn a_no_comes_to_what_the_hop_set_out_from() {
        use crate::domain::outcome::Outcome;
        use crate::domain::run::Footing;

        let forward = Question::Confirm(Box::new(receipt(2, Direction::Forward)));
        let text = |footing: Footing| {
            let mut brief = rewound();
            brief.footing = footing;
            let text = seen(&forward, &brief, &["no"]);
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let finished = text(Footing::Closed(Outcome::Completed));
        assert!(finished.contains("may be lost for good"), "{finished}");
        assert!(
            finished.contains("is opened again, and the run stays"),
            "{finished}"
        );
        let held = text(Footing::Held);
        assert!(!held.contains("may be lost for good"), "{held}");
        assert!(held.contains("the application stays"), "{held}");
        // The first hop after a failed one is the second of its run, and nothing stands open behind it.
        let fresh = text(Footing::Fresh);
        assert!(fresh.contains("what was paused is opened again"), "{fresh}");
    }

    #[test]
    fn going_forward_says_what_comes_back() {
        let question = Question::Confirm(Box::new(receipt(2, Direction::Forward)));
        insta::assert_snapshot!(seen(&question, &rewound(), &["no"]), @r#"
        LIVE  Move shop-prod forward? ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
          cluster     shop-prod (123456789012, eu-west-1)
          target      Fri 2026-11-20 02:14:05Z
                      Fri 2026-11-20 03:14:05+01:00 (no zone name)
                      20 min 55 s ago
                      23 h 40 min 57 s after the earliest backtrack time (Thu
                      2026-11-19 02:33:08Z)
          brings back 17 min 03 s (18 minutes): everything from 2026-11-20 01:57:02Z to
                      02:14:05Z
          possible    until 2026-11-21 02:12:05Z; then the target is out of reach
          caller      arn:aws:sts::123456789012:assumed-role/DatabaseOnCall/ciara.byrne@
                      shop.example
          no          nothing is sent; the data stays as it is and the application stays
                      paused
          To go on, type the cluster id and the minutes brought back; three wrong texts
          are a no:
            shop-prod 18
          cluster and minutes> no
        "#);
    }
}
