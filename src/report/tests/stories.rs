//! The runs that are reported.

use super::scenery::{plan, record};
use super::story::{Story, at};
use crate::domain::backtrack::BacktrackStatus;
use crate::domain::effect::Way;
use crate::domain::event::{Done, Errand, Event, Rejection, Reply};
use crate::domain::finding::Finding;
use crate::domain::mode::Mode;
use crate::domain::outcome::Outcome;
use crate::domain::question::Answer;

/// What the rewind left, in every story.
pub const LEFT: &str = "2026-11-20T02:31:08.700Z";
const TARGET: &str = "2026-11-20T02:14:05Z";

/// Accepted at once.
pub fn accepted(story: &mut Story, id: &str, to: &str) {
    let record = record(id, to, None, BacktrackStatus::Pending);
    let request_id = Some("0c1d8c5e-aws-request-1".to_owned());
    story.tell(420, Event::Replied(Reply::Accepted { record, request_id }));
}

/// Paused, requested, accepted, settled and verified.
pub fn rewound(mode: Mode) -> Story {
    let mut story = Story::open(plan(mode));
    story.pause().intend();
    accepted(&mut story, "bt-1", TARGET);
    let applying = record("bt-1", TARGET, None, BacktrackStatus::Applying);
    story.tell(
        1_000,
        Event::Watched {
            record: Some(applying),
        },
    );
    story.settle(&record(
        "bt-1",
        "2026-11-20T02:14:05Z",
        Some(LEFT),
        BacktrackStatus::Completed,
    ));
    story
}

/// Everything went as asked.
pub fn completed(mode: Mode) -> Story {
    let mut story = rewound(mode);
    story
        .answer(9_000, Answer::Accepted { reason: None })
        .resume()
        .end(Outcome::Completed);
    story
}

/// AWS said no; what was paused was opened again.
pub fn refused() -> Story {
    let mut story = Story::open(plan(Mode::Live));
    story.pause().intend();
    story.tell(
        300,
        Event::Replied(Reply::Rejected {
            code: "InvalidDBClusterStateFault".to_owned(),
            message: "DB cluster isn't in available state, it is `modifying` | try later\nRequestId: <none>"
                .to_owned(),
            request_id: Some("7d3f-aws-request-9".to_owned()),
            kind: Rejection::Final,
        }),
    );
    story.resume().end(Outcome::Refused);
    story
}

/// No answer, and no trace through the settling time.
pub fn unresolved() -> Story {
    let mut story = Story::open(plan(Mode::Live));
    story.pause().intend();
    lose_the_reply(&mut story);
    let service_now = at("2026-11-20T02:34:00Z");
    story.tell(
        150_000,
        Event::Reconciled {
            records: Vec::new(),
            status: "available".to_owned(),
            service_now,
        },
    );
    story.end(Outcome::Unresolved);
    story
}

pub fn lose_the_reply(story: &mut Story) {
    let what = "timed out after 5 s while reading the reply".to_owned();
    story.tell(
        5_000,
        Event::Replied(Reply::Ambiguous {
            what,
            request_id: None,
        }),
    );
}

/// Rewound too far and held; the next process goes forward to the origin and accepts.
pub fn forward() -> Story {
    let mut story = rewound(Mode::Live);
    story.answer(4_000, Answer::Hold).end(Outcome::Held);
    story.take_up(600_000, Errand::Forward, "wrong minute");
    // A process that takes a held run up for a hop finds it held.
    story.tell(
        5,
        Event::HopOrdered {
            goal: None,
            reason: Some("wrong minute".to_owned()),
            without_copy: false,
        },
    );
    story.intend();
    accepted(&mut story, "bt-2", "2026-11-20T02:31:08Z");
    let from = Some("2026-11-20T02:44:40Z");
    story.settle(&record(
        "bt-2",
        "2026-11-20T02:31:08Z",
        from,
        BacktrackStatus::Completed,
    ));
    story
        .answer(5_000, Answer::Accepted { reason: None })
        .resume()
        .end(Outcome::Completed);
    story
}

/// AWS gave the backtrack up.
pub fn failed() -> Story {
    let mut story = Story::open(plan(Mode::Live));
    story.pause().intend();
    accepted(&mut story, "bt-1", TARGET);
    story.tell(
        30_000,
        Event::Watched {
            record: Some(record("bt-1", TARGET, None, BacktrackStatus::Failed)),
        },
    );
    story.answer(8_000, Answer::Hold).end(Outcome::Failed);
    story
}

/// Nothing was changed.
pub fn rehearsed() -> Story {
    let mut story = Story::open(plan(Mode::Rehearsal));
    story.look().end(Outcome::Rehearsed);
    story
}

/// Cut off with the intent as the last record; the next process finds that AWS had accepted it.
pub fn recovered() -> Story {
    let mut story = Story::open(plan(Mode::Live));
    story.pause().intend();
    story.take_up(95_000, Errand::Recover, "the bastion was rebooted");
    let seen = record("bt-1", TARGET, None, BacktrackStatus::Applying);
    let service_now = story.now;
    story.tell(
        800,
        Event::Reconciled {
            records: vec![seen],
            status: "backtracking".to_owned(),
            service_now,
        },
    );
    story.settle(&record("bt-1", TARGET, Some(LEFT), BacktrackStatus::Completed));
    story
        .answer(9_000, Answer::Accepted { reason: None })
        .resume()
        .end(Outcome::Completed);
    story
}

/// Verification failed, a person accepted all the same, and one item could not be opened.
pub fn overridden() -> Story {
    let mut story = Story::open(plan(Mode::Live));
    story.pause().intend();
    accepted(&mut story, "bt-1", TARGET);
    story.settle(&record(
        "bt-1",
        "2026-11-20T02:13:00Z",
        Some(LEFT),
        BacktrackStatus::Completed,
    ));
    let reason = "the shop is worth more than the missing minute".to_owned();
    story.answer(60_000, Answer::Accepted { reason: Some(reason) });
    story.step(1, Way::Resume).step(0, Way::Resume);
    story.seen(
        0,
        Way::Resume,
        Done::Badly {
            how: "HTTP 502, expected 200".to_owned(),
        },
    );
    story.end(Outcome::ResumeIncomplete);
    story
}

/// A guard said no at the first look, and named the next best way.
pub fn blocked() -> Story {
    let mut story = Story::open(plan(Mode::Live));
    let ways = vec![
        "restore beside the cluster:".to_owned(),
        "aws rds restore-db-cluster-to-point-in-time --db-cluster-identifier orders-back".to_owned(),
    ];
    let blocks = Finding::block(
        "binlog",
        "ROW: AWS refuses a backtrack while binary logging is on",
    )
    .instead(ways);
    story.findings.push(blocks);
    story.look().end(Outcome::Refused);
    story
}

/// Ctrl-C while the confirmation was asked for; what was paused was opened again.
pub fn interrupted() -> Story {
    let mut story = Story::open(plan(Mode::Live));
    story.pause().look();
    story.tell(
        7_000,
        Event::Interrupted {
            signal: "SIGINT".to_owned(),
        },
    );
    story.resume().end(Outcome::Interrupted);
    story
}
