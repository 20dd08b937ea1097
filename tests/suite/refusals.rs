//! What a run refuses before anything is paused: each with its exit code, nothing touched, and what to type next.

use chrono::TimeDelta;

use crate::harness::{Finished, Incident, Lab, Program, Running, each};

/// Refused with 10 by `rules`, each with a way that remains; nothing was changed.
#[track_caller]
fn assert_blocked(incident: &Incident, refused: Finished, rules: &[&str]) {
    let refused = refused.expect(10);
    let blocked = refused.rules("block");
    for rule in rules {
        assert!(
            blocked.iter().any(|blocked| blocked == rule),
            "no {rule}: {blocked:?}"
        );
    }
    for finding in refused.of_kind("finding") {
        let instead = finding["instead"].as_array().is_some_and(|ways| !ways.is_empty());
        assert_eq!(finding["severity"] == "block", instead, "{finding}");
    }
    let outcome = refused.outcome();
    assert_eq!(outcome["outcome"], "refused");
    assert_eq!(outcome["data_touched"], false);
    incident.assert_untouched();
    incident.assert_journal_verifies();
}

#[test]
fn a_cluster_that_cannot_be_rewound_is_refused_with_the_way_that_remains() {
    let own = |keys: &str| format!("[[cluster]]\n{keys}\n");
    let member = "member = [{ id = \"orders--drill-1\", writer = false }]";
    let stopped = "member = [{ id = \"orders--drill-1\", writer = true, status = \"stopped\" }]";
    each(
        [
            (own("engine = \"aurora-postgresql\""), "engine"),
            (own("engine = \"mysql\""), "engine"),
            (own("engine_mode = \"serverless\""), "engine_mode"),
            (own("engine_mode = \"multimaster\""), "engine_mode"),
            (own("window_s = 0"), "backtrack_enabled"),
            (own("status = \"stopped\""), "cluster_status"),
            (own("status = \"modifying\""), "cluster_status"),
            (own("status = \"a-status-of-next-year\""), "cluster_status"),
            (own("global_cluster = \"world\""), "global_database"),
            (
                own("replication_source = \"arn:aws:rds:eu-west-1:1:cluster:orders\""),
                "cross_region",
            ),
            (
                own("read_replicas = [\"arn:aws:rds:eu-west-1:1:cluster:orders\"]"),
                "cross_region",
            ),
            (own("binlog_format = \"ROW\""), "binlog"),
            (own(member), "members"),
            (own(stopped), "members"),
        ],
        |(scenario, rule)| {
            let incident = Incident::unhurt(Lab::with(&scenario));
            let refused = incident.rewind(&[]);
            assert_blocked(&incident, refused, &[rule]);
        },
    );
}

#[test]
fn a_target_before_the_cluster_was_made_is_refused() {
    let incident = Incident::with("[[cluster]]\nage_s = 60\nhistory_s = 60\n");
    let refused = incident.rewind_to(incident.target - TimeDelta::minutes(5), &[]);
    assert_blocked(&incident, refused, &["cluster_created"]);
}

#[test]
fn binary_logging_is_overridden_only_by_force_with_a_reason() {
    let incident = Incident::with("[[cluster]]\nbinlog_format = \"ROW\"\n");
    incident.rewind(&["--force"]).expect(2);
    incident.assert_untouched();
    let done = incident
        .rewind(&["--force", "--reason", "no replica reads it"])
        .expect(0);
    assert!(done.rules("warn").contains(&"binlog".to_owned()));
    let [request] = incident.lab.accepted().try_into().expect("one request");
    assert_eq!(request.params["Force"], "true");
    incident.assert_recovered();
}

#[test]
fn a_cluster_that_does_not_exist_is_refused_with_a_command_that_lists_those_that_do() {
    let incident = Incident::new();
    let arguments = incident.arguments_with("--cluster", "nobody--here", &[]);
    let outcome = incident.program.run(arguments).expect(10).outcome();
    assert!(
        outcome["message"].as_str().unwrap().contains("nobody--here"),
        "{outcome}"
    );
    assert!(
        outcome["next"].to_string().contains("describe-db-clusters"),
        "{outcome}"
    );
    incident.assert_untouched();
}

#[test]
fn a_labs_name_is_refused_in_live_mode_and_a_real_one_in_a_drill() {
    let incident = Incident::new();
    let (lab, cluster) = (incident.lab.endpoint.as_str(), incident.lab.cluster.as_str());
    let live = [
        "run",
        "drill.toml",
        "--endpoint-url",
        lab,
        "--region",
        "us-east-1",
        "--to",
        "-2m",
    ];
    let live = [&live[..], &["--cluster", cluster, "--yes", cluster]].concat();
    let drill = [
        "run",
        "drill.toml",
        "--lab",
        lab,
        "--to",
        "-2m",
        "--cluster",
        "orders",
        "--yes",
        "orders",
    ];
    for arguments in [live, drill.to_vec()] {
        let refused = incident.program.run(arguments).expect(10);
        assert!(refused.stderr.contains("two hyphens in a row"), "{refused:?}");
        assert!(
            refused.stderr.contains("the cluster was not touched"),
            "{refused:?}"
        );
        assert!(refused.stderr.contains("next: "), "{refused:?}");
    }
    assert!(incident.lab.calls().is_empty(), "{:?}", incident.lab.calls());
}

#[test]
fn a_confirmation_of_another_cluster_is_none() {
    let incident = Incident::new();
    for yes in ["orders", "orders--drill2", "ORDERS--DRILL", "yes", ""] {
        let refused = incident
            .program
            .run(incident.arguments(&["--yes", yes]))
            .expect(2);
        assert!(refused.stderr.contains("--yes orders--drill"), "{refused:?}");
    }
    assert!(incident.lab.calls().is_empty());

    incident.rewind(&["--hold"]).expect(20);
    for command in ["recover", "forward"] {
        let to: &[&str] = if command == "forward" {
            &["--to", "origin"]
        } else {
            &[]
        };
        let arguments = incident.again(command, &[to, &["--yes", "orders"]].concat());
        incident.program.run(arguments).expect(2);
    }
    assert_eq!(incident.lab.requests().len(), 1);
    assert!(incident.lab.world().shop.paused);
}

#[test]
fn without_a_terminal_and_without_a_yes_nothing_is_paused() {
    let incident = Incident::new();
    let refused = incident.program.run(incident.arguments(&[])).expect(10);
    let next = refused.outcome()["next"].to_string();
    assert!(next.contains("--yes orders--drill"), "{next}");
    incident.assert_untouched();
    // Nothing approves itself: not what other tools take for a yes either.
    let mut command = incident.program.command(incident.arguments(&[]));
    command.env("CI", "true").env("DEBIAN_FRONTEND", "noninteractive");
    Running::start(&mut command).finish().expect(10);
    incident.assert_untouched();
}

#[test]
fn a_runbook_that_needs_a_person_is_refused_where_there_is_none() {
    let incident = Incident::new();
    let mut arguments = incident.arguments(&["--yes", &incident.lab.cluster]);
    arguments.remove(1);
    let refused = incident.program.run(arguments);
    assert_blocked(&incident, refused, &["person"]);
}

#[test]
fn what_is_no_run_is_not_found() {
    let program = Program::new();
    for arguments in [
        ["recover", "20261120-023108-4f2a9c"].as_slice(),
        &["recover", "../../etc"],
        &["recover", ""],
        &["forward", "nosuch", "--to", "origin"],
        &["report", "nosuch"],
        &["journal", "verify", "nosuch"],
    ] {
        let refused = program.run(arguments).expect(2);
        assert!(refused.stderr.contains("backtrackctl history"), "{refused:?}");
    }
}

#[test]
fn a_blank_reason_opens_no_door() {
    let incident = Incident::unhurt(Lab::with("[[cluster]]\nbinlog_format = \"ROW\"\n"));
    for door in [&["--force"][..], &["--no-clone"]] {
        for blank in ["", "  ", "\t"] {
            let args = [door, &["--reason", blank]].concat();
            let refused = incident.rewind(&args).expect(2);
            assert!(
                refused.stderr.contains("expected a reason, got none"),
                "{}",
                refused.stderr
            );
        }
    }
    incident.assert_untouched();
}

/// A fleet's cluster on which everything but one fact is in order.
const FLEET: &str = "[[cluster]]\nid = \"global--1\"\nwindow_s = 86400\nearliest = 86400\ncreated = 8640000\n\
    [[cluster]]\nid = \"enhanced--1\"\nwindow_s = 86400\nearliest = 86400\ncreated = 8640000\nparameter_group = \"enhanced\"\n\
    [parameters.enhanced]\nbinlog_format = \"ROW\"\naurora_enhanced_binlog = \"1\"\n\
    [[global]]\nid = \"world\"\nmembers = [\"global--1\"]\n";

#[test]
fn what_posture_calls_blocked_no_run_passes() {
    let (program, lab) = (Program::new(), Lab::with_fleet(FLEET));
    for (cluster, rule, says) in [
        ("global--1", "global_database", "a member of world"),
        ("enhanced--1", "enhanced_binlog", "aurora_enhanced_binlog is on"),
    ] {
        let run = [
            "run",
            "--cluster",
            cluster,
            "--to",
            "-10m",
            "--dry-run",
            "--force",
            "--reason",
            "x",
        ];
        let refused = program
            .run([&run[..], &["--lab", &lab.endpoint, "--output", "json"]].concat())
            .expect(10);
        let finding = refused.of_kind("finding");
        let finding = finding.iter().find(|finding| finding["rule"] == rule).unwrap();
        assert_eq!(finding["severity"], "block", "{finding}");
        assert!(finding["message"].as_str().unwrap().contains(says), "{finding}");
    }
    let status = program
        .run(["status", "global--1", "--lab", &lab.endpoint])
        .expect(0);
    assert!(status.stdout.contains("a member of world"), "{status:?}");
}

#[test]
fn a_list_of_global_databases_that_is_denied_is_warned_of() {
    let refused = "[[refused]]\nregion = \"us-east-1\"\naction = \"DescribeGlobalClusters\"\n";
    let (program, lab) = (Program::new(), Lab::with_fleet(&format!("{FLEET}{refused}")));
    let run = ["run", "--cluster", "global--1", "--to", "-10m", "--dry-run"];
    let seen = program.run([&run[..], &["--lab", &lab.endpoint, "--output", "json"]].concat());
    assert!(
        seen.rules("warn").contains(&"global_database".to_owned()),
        "{seen:?}"
    );
    let status = program
        .run(["status", "global--1", "--lab", &lab.endpoint])
        .expect(0);
    assert!(status.stdout.contains("not known: AccessDenied"), "{status:?}");
}
