//! Every choice, and what each line that is typed comes to.

use crate::domain::backtrack::{BacktrackRecord, BacktrackStatus};
use crate::domain::question::{Answer, Question};
use crate::domain::target::floor_second;
use crate::ui::operator::testing::{answer, brief, rewound, seen};
use crate::ui::testing::verification;

#[test]
fn accepting_offers_every_way_on() {
    insta::assert_snapshot!(seen(&Question::Accept(verification(true)), &rewound(), &["", "1", "accept"]), @r#"
        LIVE  The data is as expected. Accept it? ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
          cluster     shop-prod (123456789012, eu-west-1)
          data now    at 2026-11-20 02:14:05Z, 17 min 15 s discarded
          possible    back up to 2026-11-20 02:31:20Z, until 2026-11-21 02:29:20Z
          data        as expected (3 of 3)
          no answer   nothing happens; the application stays paused
          Type one of these words:
            accept    open the application on this data. Going back later loses what is
                      written then
            forward   go to a later time
            back      go further back
            origin    undo: return to 2026-11-20 02:31:20Z
            hold      leave it as it is, the application stays paused
          your choice>
          Nothing was typed, and nothing happens by itself. Type one of: accept,
            forward, back, origin, hold.
          your choice> 1
          Expected one of accept, forward, back, origin, hold, got 1.
          your choice> accept
        "#);
}

#[test]
fn accepting_what_was_verified_takes_no_reason() {
    let question = Question::Accept(verification(true));
    assert_eq!(
        answer(&question, &rewound(), &["accept"]),
        Answer::Accepted { reason: None }
    );
    assert_eq!(answer(&question, &rewound(), &["hold"]), Answer::Hold);
}

#[test]
fn without_a_known_origin_nothing_returns_to_it() {
    let text = seen(&Question::Accept(verification(true)), &brief(None), &["origin"]);
    assert!(text.contains("got origin."), "{text}");
}

#[test]
fn at_the_origin_nothing_is_undone_and_nothing_lies_later() {
    let mut there = rewound();
    there.shows = there.origin.map(floor_second);
    let text = seen(&Question::Accept(verification(true)), &there, &["origin"]);
    assert!(
        text.contains("Expected one of accept, back, hold, got origin."),
        "{text}"
    );
}

#[test]
fn data_that_is_not_as_expected_is_accepted_only_with_a_reason() {
    let question = Question::Unverified(verification(false));
    insta::assert_snapshot!(seen(&question, &rewound(), &["accept", "the probe counts a table that is empty at night"]), @r#"
        LIVE  The data is NOT as expected. What now? ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
          cluster     shop-prod (123456789012, eu-west-1)
          data now    at 2026-11-20 02:14:05Z, 17 min 15 s discarded
          possible    back up to 2026-11-20 02:31:20Z, until 2026-11-21 02:29:20Z
          not so      orders are there: expected more than 0, got 0
          no answer   nothing happens; the application stays paused
          Type one of these words:
            again     verify once more
            accept    open the application on this data all the same, with a reason
            forward   go to a later time
            back      go further back
            origin    undo: return to 2026-11-20 02:31:20Z
            hold      leave it as it is, the application stays paused
          your choice> accept
          Why? It goes into the report. An empty line goes back.
          reason> the probe counts a table that is empty at night
        "#);
    let accepted = Answer::Accepted {
        reason: Some("known".to_owned()),
    };
    assert_eq!(
        answer(&question, &rewound(), &["accept", "", "accept", " known "]),
        accepted
    );
    assert_eq!(answer(&question, &rewound(), &["again"]), Answer::Again);
}

#[test]
fn after_a_failure_the_application_is_opened_only_with_a_reason() {
    insta::assert_snapshot!(seen(&Question::AfterFailure, &rewound(), &["retry"]), @r#"
        LIVE  AWS gave the backtrack up. What now? ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
          cluster     shop-prod (123456789012, eu-west-1)
          lost        AWS reports that the backtrack failed. Look at the data before you
                      decide
          possible    2026-11-20 02:14:05Z can be asked for again until
                      2026-11-21 02:12:05Z; the application stays paused meanwhile
          no answer   nothing happens; the application stays paused
          Type one of these words:
            retry     ask AWS once more, after checks and a confirmation of its own
            give-up   open the application on the data as it is, with a reason
            hold      leave it, the application stays paused; backtrackctl recover
                      continues
          your choice> retry
        "#);
    let give_up = Answer::GiveUp {
        reason: "data looks right".to_owned(),
    };
    assert_eq!(
        answer(&Question::AfterFailure, &rewound(), &["retry"]),
        Answer::Resend
    );
    assert_eq!(
        answer(
            &Question::AfterFailure,
            &rewound(),
            &["give-up", "data looks right"]
        ),
        give_up
    );
    assert_eq!(
        answer(&Question::AfterFailure, &rewound(), &["give-up", ""]),
        Answer::Nobody
    );
    assert_eq!(
        answer(&Question::AfterFailure, &rewound(), &["hold"]),
        Answer::Hold
    );
}

#[test]
fn where_no_trace_was_found_the_danger_is_named() {
    insta::assert_snapshot!(seen(&Question::NoTrace, &rewound(), &["hold"]), @r#"
        LIVE  No trace of the request was found. What now? ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
          cluster     shop-prod (123456789012, eu-west-1)
          lost        not known. AWS shows no backtrack of ours, but the lost request
                      may still arrive
          possible    2026-11-20 02:14:05Z can be asked for again until
                      2026-11-21 02:12:05Z; waiting costs nothing but the pause
          no answer   nothing happens; the application stays paused
          Type one of these words:
            hold      leave it, the application stays paused; backtrackctl recover looks
                      again
            give-up   open the application, with a reason. If the lost request still
                      arrives, it discards what is written from now on
          your choice> hold
        "#);
}

#[test]
fn sending_again_is_offered_only_where_the_command_asked_for_it() {
    assert_eq!(
        answer(&Question::NoTrace, &rewound(), &["resend"]),
        Answer::Nobody
    );
    let mut asked_for = rewound();
    asked_for.resend = true;
    assert_eq!(
        answer(&Question::NoTrace, &asked_for, &["resend"]),
        Answer::Resend
    );
}

#[test]
fn only_a_listed_backtrack_can_be_attested_to_be_ours() {
    let listed = BacktrackRecord {
        id: "bt-7".to_owned(),
        to: None,
        from: None,
        created: None,
        status: BacktrackStatus::Completed,
    };
    let question = |records: &[BacktrackRecord]| Question::Strange {
        what: "not known to be ours: bt-7 to 2026-11-20T02:14:00Z, completed".to_owned(),
        records: records.to_vec(),
    };
    insta::assert_snapshot!(seen(&question(std::slice::from_ref(&listed)), &rewound(), &["ours", "ours bt-7"]), @r#"
        LIVE  AWS shows what may be ours or a stranger's. What now? ━━━━━━━━━━━━━━━━━━━━
          cluster     shop-prod (123456789012, eu-west-1)
          found       not known to be ours: bt-7 to 2026-11-20T02:14:00Z, completed
          lost        not known: it may be this run's own request, or somebody else's
          possible    at any time; the application stays paused meanwhile
          no answer   nothing happens; the application stays paused
          Type one of these words:
            hold      leave it, the application stays paused; find out whose it is, then
                      recover again
            give-up   open the application on whatever the data is, with a reason
            ours      with the id of a backtrack above: it is this run's own, as
                      CloudTrail shows. It is followed and verified
          your choice> ours
          Expected the id of a backtrack after ours, got none. One of: bt-7.
          Nothing was chosen. Type one of: hold, give-up, ours.
          your choice> ours bt-7
        "#);
    assert_eq!(
        answer(&question(&[listed]), &rewound(), &["ours bt-8", "ours bt-7"]),
        Answer::Ours {
            id: "bt-7".to_owned()
        }
    );
    assert_eq!(answer(&question(&[]), &rewound(), &["ours bt-7"]), Answer::Nobody);
}
