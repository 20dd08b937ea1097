//! When a backtrack is taken, and how its record speaks.

use super::{TARGET, ask, backtrack, start, text, world_of};

#[test]
fn a_backtrack_is_refused_with_the_codes_of_aws() {
    let off = "[[cluster]]\nwindow_s = 0";
    let binlog = "[[cluster]]\nbinlog_format = \"ROW\"";
    let serverless = "[[cluster]]\nengine_mode = \"serverless\"";
    let future = "BacktrackTo=2024-05-17T14%3A28%3A01Z";
    let early = "BacktrackTo=2024-05-10T14%3A28Z";
    for (scenario, form, code) in [
        ("", "", "MissingParameter"),
        ("", "BacktrackTo=yesterday", "InvalidParameterValue"),
        (
            "",
            "BacktrackTo=2024-05-17T14%3A20%3A00Z&Force=perhaps",
            "InvalidParameterValue",
        ),
        ("", future, "InvalidParameterValue"),
        ("", early, "InvalidParameterValue"),
        (off, TARGET, "InvalidParameterCombination"),
        (binlog, TARGET, "InvalidParameterCombination"),
        (serverless, TARGET, "InvalidParameterCombination"),
        (
            "[[cluster]]\nengine = \"aurora-postgresql\"",
            TARGET,
            "InvalidParameterValue",
        ),
        (
            "[[cluster]]\nstatus = \"modifying\"",
            TARGET,
            "InvalidDBClusterStateFault",
        ),
        (
            "[[cluster]]\nglobal_cluster = \"g\"",
            TARGET,
            "InvalidDBClusterStateFault",
        ),
        (
            "[rewind]\nfractions = \"refused\"",
            "BacktrackTo=2024-05-17T14:20:00.5Z",
            "InvalidParameterValue",
        ),
    ] {
        let mut world = world_of(scenario);
        assert_eq!(
            backtrack(&mut world, form),
            Err(code.to_owned()),
            "{scenario} {form}"
        );
        assert!(world.clusters[0].backtracks.is_empty());
    }
    let mut world = world_of("");
    assert_eq!(
        ask(&mut world, "Action=BacktrackDBCluster"),
        Err("MissingParameter".into())
    );
    let unknown = format!("Action=BacktrackDBCluster&DBClusterIdentifier=no--such&{TARGET}");
    assert_eq!(ask(&mut world, &unknown), Err("DBClusterNotFoundFault".into()));
    assert_eq!(ask(&mut world, "Action=RebootMoon"), Err("InvalidAction".into()));
    assert_eq!(ask(&mut world, ""), Err("MissingParameter".into()));
}

#[test]
fn what_aws_lets_pass_passes() {
    assert!(
        backtrack(
            &mut world_of("[[cluster]]\nbinlog_format = \"ROW\""),
            &format!("{TARGET}&Force=true")
        )
        .is_ok()
    );
    let mut world = world_of("");
    let form = "BacktrackTo=2020-01-01T00%3A00Z&UseEarliestTimeOnPointInTimeUnavailable=true";
    let reply = backtrack(&mut world, form).unwrap();
    assert_eq!(text(&reply, "BacktrackTo"), Some("2024-05-16T14:28:00Z"));
    let shouting = format!("Action=BacktrackDBCluster&DBClusterIdentifier=ORDERS--DRILL&{TARGET}");
    assert!(ask(&mut world_of(""), &shouting).is_ok());
}

#[test]
fn a_second_backtrack_waits_until_the_cluster_is_free() {
    let mut world = world_of("");
    assert!(backtrack(&mut world, TARGET).is_ok());
    for ms in [0, 500, 1_000, 2_900] {
        world.advance(start().plus_ms(ms));
        assert_eq!(
            backtrack(&mut world, TARGET),
            Err("InvalidDBClusterStateFault".into()),
            "{ms}"
        );
    }
    world.advance(start().plus_ms(3_000));
    assert!(backtrack(&mut world, TARGET).is_ok());
}

#[test]
fn the_record_appears_late_and_speaks_as_the_scenario_says() {
    let list = "Action=DescribeDBClusterBacktracks&DBClusterIdentifier=orders--drill";
    let mut world =
        world_of("[service]\nstamps = \"seconds\"\nstatus_case = \"lower\"\nfirst_status = \"pending\"");
    let reply = backtrack(&mut world, TARGET).unwrap();
    assert_eq!(text(&reply, "Status"), Some("pending"));
    assert_eq!(text(&reply, "BacktrackedFrom"), None);
    assert_eq!(text(&ask(&mut world, list).unwrap(), "BacktrackIdentifier"), None);
    let id = text(&reply, "BacktrackIdentifier").unwrap();
    let by_id = format!("{list}&BacktrackIdentifier={id}");
    assert_eq!(
        ask(&mut world, &by_id),
        Err("DBClusterBacktrackNotFoundFault".into())
    );
    world.advance(start().plus_ms(350));
    assert_eq!(text(&ask(&mut world, &by_id).unwrap(), "Status"), Some("pending"));
    world.advance(start().plus_ms(4_000));
    let settled = ask(&mut world, &by_id).unwrap();
    assert_eq!(text(&settled, "Status"), Some("completed"));
    assert_eq!(text(&settled, "BacktrackTo"), Some("2024-05-17T14:20:00Z"));
    assert_eq!(text(&settled, "BacktrackedFrom"), Some("2024-05-17T14:28:01Z"));
    let filtered = |status: &str| {
        format!(
            "{list}&Filters.Filter.1.Name=db-cluster-backtrack-status&Filters.Filter.1.Values.Value.1={status}"
        )
    };
    assert!(text(&ask(&mut world, &filtered("completed")).unwrap(), "Status").is_some());
    assert!(text(&ask(&mut world, &filtered("applying")).unwrap(), "Status").is_none());
    assert_eq!(
        ask(&mut world, &filtered("x").replace("-status", "-x")),
        Err("InvalidParameterValue".into())
    );
}

#[test]
fn the_echo_is_the_request_or_the_effect() {
    for (echo, shown) in [
        ("requested", "2024-05-17T14:20:00Z"),
        ("effective", "2024-05-17T14:19:55Z"),
    ] {
        let rewind = format!("[rewind]\nnearest = \"before\"\nnearest_s = 5\necho = \"{echo}\"");
        let reply = backtrack(&mut world_of(&rewind), TARGET).unwrap();
        assert_eq!(text(&reply, "BacktrackTo"), Some(shown));
    }
}

#[test]
fn a_skew_that_reaches_the_service_moves_its_stamps_and_the_meaning_of_a_target() {
    let mut world = world_of("[service]\nskew = \"service\"");
    world.set_skew_s(600);
    let reply = backtrack(&mut world, "BacktrackTo=2024-05-17T14%3A30%3A00Z").unwrap();
    assert_eq!(text(&reply, "BacktrackTo"), Some("2024-05-17T14:30:00Z"));
    assert_eq!(
        text(&reply, "BacktrackRequestCreationTime"),
        Some("2024-05-17T14:38:00.000Z")
    );
    assert_eq!(
        world.clusters[0].backtracks[0].requested.rfc3339_s(),
        "2024-05-17T14:20:00Z"
    );
}
