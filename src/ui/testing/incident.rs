//! One incident, with a notice of every kind.

use serde_json::json;

use super::{at, failure, identity, read, receipt, rejected, verification, window};
use crate::domain::backtrack::{BacktrackRecord, BacktrackStatus};
use crate::domain::debts::{Debt, Interval, Topic};
use crate::domain::effect::Way;
use crate::domain::event::Reply;
use crate::domain::finding::Finding;
use crate::domain::notice::{Doer, NoticeKind, OutcomeNotice, PlanStep, Proof, StepResult};
use crate::domain::outcome::Outcome;
use crate::domain::question::{Answer, Question};
use crate::domain::target::Direction;

pub(crate) fn findings() -> Vec<Finding> {
    let passed = [
        "engine",
        "status",
        "backtrack",
        "future",
        "skew",
        "binlog",
        "global",
        "under_way",
        "credentials",
        "proxy",
        "journal",
    ];
    let mut found: Vec<Finding> = passed
        .iter()
        .map(|rule| Finding::pass(rule, "in order"))
        .collect();
    found.insert(
        3,
        Finding::warn(
            "permission",
            "the simulation was refused (AccessDenied): whether BacktrackDBCluster is allowed is not known",
        ),
    );
    found.insert(
        5,
        Finding::block("window", "asked 2026-11-19 02:14:05Z, earliest 2026-11-19 02:33:08Z: 19 min 03 s too early").instead(vec![
            "Restore beside the cluster to the same instant, then copy the tables over:".to_owned(),
            "aws rds restore-db-cluster-to-point-in-time --source-db-cluster-identifier shop-prod --db-cluster-identifier shop-prod-restored --restore-to-time 2026-11-19T02:14:05Z".to_owned(),
        ]),
    );
    found
}

pub(crate) fn outcome(outcome: Outcome) -> OutcomeNotice {
    let moved = match outcome {
        Outcome::Completed | Outcome::Held | Outcome::VerificationFailed | Outcome::ResumeIncomplete => {
            Some(true)
        }
        Outcome::Rehearsed | Outcome::Refused | Outcome::Declined | Outcome::Interrupted => Some(false),
        Outcome::Detached | Outcome::Failed | Outcome::Unresolved | Outcome::JournalDamaged => None,
    };
    let rewound = moved == Some(true);
    OutcomeNotice {
        outcome,
        exit: outcome.exit(),
        cluster: "shop-prod".to_owned(),
        backtrack_id: rewound.then(|| "f9a1c0de-6b0f-4f7e-9c55-0c9d3e3a7b11".to_owned()),
        requested: Some(at("2026-11-20T02:14:05Z")),
        effective: rewound.then(|| at("2026-11-20T02:14:05Z")),
        backtracked_from: rewound.then(|| at("2026-11-20T02:31:20.512Z")),
        left: rewound.then(|| at("2026-11-20T02:31:20.512Z")),
        discarded_s: rewound.then_some(1035),
        direction: Some(Direction::Rewind),
        data_touched: moved,
        under_way: false,
        left_behind: Vec::new(),
        copy_failed: false,
        still_paused: if outcome == Outcome::ResumeIncomplete {
            vec!["worker".to_owned()]
        } else {
            Vec::new()
        },
        message: "The cluster was rewound and verified, and the application is open again.".to_owned(),
        next: vec![
            "backtrackctl report 20261120-023108-00ab12 --format md".to_owned(),
            "Disable what did the damage before it runs again.".to_owned(),
        ],
    }
}

/// One notice of every kind, in the order of a run.
pub(crate) fn every_kind() -> Vec<NoticeKind> {
    let record = BacktrackRecord {
        id: "f9a1c0de-6b0f-4f7e-9c55-0c9d3e3a7b11".to_owned(),
        to: Some(at("2026-11-20T02:14:05Z")),
        from: Some(at("2026-11-20T02:31:20.512Z")),
        created: Some(at("2026-11-20T02:31:21Z")),
        status: BacktrackStatus::Applying,
    };
    let mut kinds = opening();
    kinds.push(NoticeKind::Reach {
        window: read(window()),
    });
    kinds.extend(findings().into_iter().map(NoticeKind::Finding));
    kinds.extend([
        NoticeKind::Plan {
            steps: vec![
                PlanStep { what: "pause web".to_owned(), command: Some("kubectl scale deployment/web --replicas=0".to_owned()) },
                PlanStep { what: "ask AWS to rewind".to_owned(), command: None },
            ],
        },
        NoticeKind::Entered {
            what: "AWS rewinds the cluster".to_owned(),
            by_hand: Some("aws rds describe-db-cluster-backtracks --db-cluster-identifier shop-prod --backtrack-identifier f9a1c0de-6b0f-4f7e-9c55-0c9d3e3a7b11".to_owned()),
        },
        step(Way::Pause, None),
        step(Way::Pause, Some(StepResult { well: true, proof: Proof::Seen, how: "exit 0 after 4 s".to_owned() })),
        step(Way::Pause, Some(StepResult { well: true, proof: Proof::Ran, how: "exit 0 after 4 s".to_owned() })),
        step(Way::Pause, Some(StepResult { well: true, proof: Proof::Unseen, how: "attested by the operator".to_owned() })),
        step(Way::Resume, Some(StepResult { well: false, proof: Proof::Ran, how: "exit 1: deployment \"web\" not found".to_owned() })),
        NoticeKind::Receipt(receipt(1, Direction::Rewind)),
        NoticeKind::Asked(Question::Confirm(Box::new(receipt(1, Direction::Rewind)))),
        NoticeKind::Answered { answer: Answer::Confirmed { typed: "shop-prod 18".to_owned() }, unattended: true },
        NoticeKind::Sending { to: at("2026-11-20T02:14:05Z"), send_by: at("2026-11-20T02:31:30Z") },
        NoticeKind::Replied(Reply::Accepted { record: record.clone(), request_id: Some("7f2c9a54-0d2b-4c39-b1a5-55c9a7e0c1f2".to_owned()) }),
        NoticeKind::Replied(rejected()),
        NoticeKind::Replied(Reply::Ambiguous { what: "connection reset after the request was written".to_owned(), request_id: None }),
        NoticeKind::Replied(Reply::NotSent { why: "the send-by instant has passed".to_owned() }),
        NoticeKind::Record(record),
        waiting(None),
        NoticeKind::Unknown(failure()),
        NoticeKind::Verification(verification(true)),
        NoticeKind::Verification(verification(false)),
        NoticeKind::Undo {
            command: Some("backtrackctl forward 20261120-023108-00ab12 --to origin".to_owned()),
            ceiling: at("2026-11-20T02:31:20Z"),
            until: Some(at("2026-11-21T02:29:20Z")),
            at_the_latest: false,
        },
        debts(),
        NoticeKind::Note { message: "the journal was taken up by another process".to_owned() },
    ]);
    kinds.extend(
        Outcome::ALL
            .into_iter()
            .map(|each| NoticeKind::Outcome(outcome(each))),
    );
    kinds
}

fn opening() -> Vec<NoticeKind> {
    let echo = json!({
        "utc": "Fri 2026-11-20 02:14:05Z",
        "local": "Fri 2026-11-20 03:14:05+01:00 (Europe/Berlin)",
        "age": "17 min 03 s ago",
        "from_earliest": "23 h 40 min 57 s after the earliest backtrack time (Thu 2026-11-19 02:33:08Z)",
        "from_statement": null,
    });
    vec![
        NoticeKind::Opened {
            cluster: "shop-prod".to_owned(),
            typed: "17 minutes ago".to_owned(),
            journal: "/home/ciara/.local/state/backtrackctl/runs/20261120-023108-00ab12/journal.jsonl"
                .to_owned(),
            again: false,
        },
        NoticeKind::Identity(identity()),
        NoticeKind::Window {
            window: read(window()),
            target: at("2026-11-20T02:14:05Z"),
            present: at("2026-11-20T02:31:08Z"),
            echo: read(echo),
            direction: Direction::Rewind,
            search: false,
        },
    ]
}

/// What is left to be done, with figures of ids and of sessions.
pub(crate) fn debts() -> NoticeKind {
    let facts = |topic| match topic {
        Topic::Ids => vec!["orders: ids 1042 to 1077 are given out again (36)".to_owned()],
        Topic::Sessions => {
            vec!["ended 4 sessions: 3 of app from 10.0.3.17, 1 of reporting from 10.0.9.4".to_owned()]
        }
        Topic::Cause | Topic::Caches | Topic::Indexes | Topic::Streams | Topic::Mails | Topic::Passwords => {
            Vec::new()
        }
    };
    NoticeKind::Debts {
        discarded: vec![Interval {
            from: at("2026-11-20T02:14:05Z"),
            to: Some(at("2026-11-20T02:31:20.512Z")),
            discarded_s: Some(1035),
        }],
        debts: Topic::ALL
            .into_iter()
            .map(|topic| Debt {
                topic,
                question: format!("{}, between two instants?", topic.title()),
                facts: facts(topic),
            })
            .collect(),
    }
}

pub(crate) fn waiting(estimate_s: Option<i64>) -> NoticeKind {
    NoticeKind::Waiting {
        what: "the cluster to be available".to_owned(),
        since: at("2026-11-20T02:31:08Z"),
        estimate_s,
    }
}

fn step(way: Way, result: Option<StepResult>) -> NoticeKind {
    let how = "kubectl --context prod scale deployment/web --replicas=0 --timeout=30s".to_owned();
    NoticeKind::Step {
        item: "web".to_owned(),
        way,
        how,
        by: Doer::Command,
        result,
    }
}
