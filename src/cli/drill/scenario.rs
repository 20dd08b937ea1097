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
}

/// Who chooses where the first rewind goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstTarget {
    /// The operator.
    Operator,
    /// It was typed already, much before the statement.
    TooEarly,
}

/// Every scenario, in the order in which they are played.
pub const SCENARIOS: [Scenario; 3] = [
    Scenario {
        name: "delete-without-where",
        title: "a DELETE without WHERE emptied the orders table",
        story: &[
            "Somebody ran a clean-up by hand and forgot the WHERE clause.",
            "The shop goes on taking orders into an empty table.",
        ],
        hurt: "delete_all",
        faults: "[]",
        first: FirstTarget::Operator,
        hops: 1,
    },
    Scenario {
        name: "too-far",
        title: "rewound too far: forward again to just before the statement",
        story: &[
            "A migration changed every amount. A colleague has typed the target",
            "already, much too early: all good orders since then would be lost.",
            "The run begins with that target. Once it is rewound, go forward to where",
            "it should be.",
        ],
        hurt: "bad_update",
        faults: "[]",
        first: FirstTarget::TooEarly,
        hops: 2,
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
    },
];

/// Finds one by its name.
pub fn named(name: &str) -> Option<&'static Scenario> {
    SCENARIOS.iter().find(|scenario| scenario.name == name)
}
