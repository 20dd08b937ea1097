//! The scenarios of a drill: what goes wrong, and what a good end is.

/// One scenario.
#[derive(Debug)]
pub struct Scenario {
    /// What is typed to choose it.
    pub name: &'static str,
    /// One line for the list.
    pub title: &'static str,
    /// What the operator is told.
    pub story: &'static [&'static str],
    /// What the lab is hurt by.
    pub hurt: &'static str,
    /// Faults that wait in the lab.
    pub faults: &'static str,
    /// Who chose the first target.
    pub first: FirstTarget,
    /// Hops of a clean recovery.
    pub hops: usize,
    /// What it needs to be played on.
    pub stage: Place,
}

/// Who chooses where the first rewind goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstTarget {
    /// The operator.
    Operator,
    /// It was typed already, long before the statement.
    TooEarly,
    /// The audit log: nobody knows what happened, nor when.
    Located,
}

/// What a scenario is played on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Any engine.
    Anywhere,
    /// A real server, and who else is connected to it.
    Server(Others),
}

/// Who else is connected to a real server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// Nobody but the shop.
    Nobody,
    /// A service whose import is never committed, and which nobody thought of: no session is drained.
    Import,
    /// A service with a pool of so many connections, which come back when they are ended.
    Pool(u32),
}

impl Scenario {
    /// Whether this engine can play it.
    pub fn fits(&self, engine: &super::engine::Chosen) -> bool {
        self.stage == Place::Anywhere || engine.is_server()
    }

    /// What is typed to have it on an engine that can.
    pub fn command(&self) -> String {
        let engine = match self.stage {
            Place::Anywhere => "",
            Place::Server(_) => " --engine mariadb",
        };
        format!("backtrackctl drill {}{engine}", self.name)
    }

    /// Connections of the pool that comes back.
    pub fn pool(&self) -> u32 {
        match self.stage {
            Place::Server(Others::Pool(connections)) => connections,
            Place::Anywhere | Place::Server(Others::Nobody | Others::Import) => 0,
        }
    }
}

/// Every scenario, in the order in which they are played.
pub const SCENARIOS: [Scenario; 8] = [
    Scenario {
        name: "delete-without-where",
        title: "a DELETE without WHERE emptied the orders table",
        story: &[
            "Somebody ran a clean-up by hand and forgot the WHERE clause.",
            "The shop goes on taking orders into an empty table. The numbers that it",
            "gives out now will be given out again after a rewind: see the debt list.",
        ],
        hurt: "delete_all",
        faults: "[]",
        first: FirstTarget::Operator,
        hops: 1,
        stage: Place::Anywhere,
    },
    Scenario {
        name: "too-far",
        title: "rewound too far: forward again to just before the statement",
        story: &[
            "A migration changed every amount. A colleague has typed the target",
            "already, far too early: good orders would be lost.",
            "The run begins with that target. Once it is rewound, go forward to where",
            "it should be.",
        ],
        hurt: "bad_update",
        faults: "[]",
        first: FirstTarget::TooEarly,
        hops: 2,
        stage: Place::Anywhere,
    },
    Scenario {
        name: "lost-reply",
        title: "the reply to BacktrackDBCluster is lost: was it accepted?",
        story: &[
            "The orders table was dropped, and the network is as bad as the night:",
            "AWS takes the request and the reply never arrives. Sending it again",
            "would be a second rewind.",
        ],
        hurt: "drop_table",
        faults: r#"[{"action":"BacktrackDBCluster","nth":1,"fault":"reset_after"}]"#,
        first: FirstTarget::Operator,
        hops: 1,
        stage: Place::Anywhere,
    },
    Scenario {
        name: "find-it",
        title: "nobody knows what happened: the statement is found in the log",
        story: &[
            "The shop fails and nobody says why. The cluster writes an audit log:",
            "find the statement in it, and go back to before it.",
        ],
        hurt: "drop_table",
        faults: "[]",
        first: FirstTarget::Located,
        hops: 1,
        stage: Place::Anywhere,
    },
    Scenario {
        name: "bad-migration",
        title: "a migration of another database: amounts divided, a column gone",
        story: &[
            "A migration ran on the wrong database: an UPDATE of every row, then an",
            "ALTER TABLE. The shop cannot write its orders any more.",
        ],
        hurt: "bad_migration",
        faults: "[]",
        first: FirstTarget::Operator,
        hops: 1,
        stage: Place::Server(Others::Nobody),
    },
    Scenario {
        name: "intrusion",
        title: "an injection: an account of somebody's own, and amounts changed",
        story: &[
            "Somebody got in through an injection, made themselves an account with",
            "rights on everything, and changed the amounts. Accounts and rights are",
            "part of the storage: a rewind takes them back as well.",
        ],
        hurt: "intrusion",
        faults: "[]",
        first: FirstTarget::Operator,
        hops: 1,
        stage: Place::Server(Others::Nobody),
    },
    Scenario {
        name: "open-import",
        title: "an import of 500,000 rows is open while the cluster is rewound",
        story: &[
            "Beside a DELETE without WHERE, an import of 500,000 rows was never",
            "committed. This runbook pauses the shop alone: the rewind meets the open",
            "transaction. Nothing of it may be left.",
        ],
        hurt: "open_import",
        faults: "[]",
        first: FirstTarget::Operator,
        hops: 1,
        stage: Place::Server(Others::Import),
    },
    Scenario {
        name: "pool-comes-back",
        title: "a pool reconnects as fast as its sessions are ended",
        story: &[
            "The orders were deleted. The shop is paused, and a reporting service",
            "that nobody mentioned holds a pool: each connection that is ended comes",
            "back. The run waits until it is quiet, and names the pool; a colleague",
            "stops the service when they hear of it.",
        ],
        hurt: "delete_all",
        faults: "[]",
        first: FirstTarget::Operator,
        hops: 1,
        stage: Place::Server(Others::Pool(3)),
    },
];

/// Finds one by its name.
pub fn named(name: &str) -> Option<&'static Scenario> {
    SCENARIOS.iter().find(|scenario| scenario.name == name)
}
