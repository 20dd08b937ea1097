//! What lists beside the clusters tell, and what it means where they could not be read.

use super::*;

#[test]
fn what_a_list_would_tell_is_no_pass_where_aws_shows_no_earliest_time() {
    let unread = Around {
        globals: Known::Unknown("DescribeGlobalClusters: AccessDenied".to_owned()),
        ..quiet()
    };
    let group = Some("own".to_owned());
    let custom = Around {
        groups: [("own".to_owned(), Known::Unknown("Throttling".to_owned()))].into(),
        ..quiet()
    };
    for (around, group, why) in [(unread, None, "AccessDenied"), (custom, group, "Throttling")] {
        let proven = cluster(86_400, 86_400, 864_000);
        let proven = LiveCluster {
            parameter_group: group.or(proven.parameter_group.clone()),
            ..proven
        };
        let silent = LiveCluster {
            earliest: None,
            ..proven.clone()
        };
        let row = judged(&silent, &around, &Policy::default());
        assert_eq!(row.verdict, Verdict::Unknown, "{}", row.reason);
        assert!(row.reason.contains(why), "{}", row.reason);
        assert_eq!(row.rewindable_now, None);
        // An earliest time of AWS's own wins over every list.
        assert_eq!(judged(&proven, &around, &Policy::default()).verdict, Verdict::Ok);
        let mut read = quiet();
        read.groups
            .insert("own".to_owned(), Known::Known(Parameters::default()));
        assert_eq!(judged(&silent, &read, &Policy::default()).verdict, Verdict::Ok);
    }
}

#[test]
fn the_last_backtrack_is_that_of_its_account_and_region() {
    let (early, late) = (now() - TimeDelta::days(9), now() - TimeDelta::days(2));
    let mut past = Past::default();
    past.note(Whose::new(Some("123456789012"), "us-east-1", "Orders"), early);
    past.note(Whose::new(Some("123456789012"), "eu-west-1", "orders"), late);
    past.note(Whose::new(Some("210987654321"), "us-east-1", "orders"), late);
    let remembered = |cluster: &LiveCluster| {
        let mut row = judged(cluster, &quiet(), &Policy::default());
        row.remember(&past);
        row.last_backtrack
    };
    let own = cluster(86_400, 86_400, 864_000);
    assert_eq!(remembered(&own), Some(Known::Known(Some(early))));
    let elsewhere = LiveCluster {
        region: "ap-south-1".to_owned(),
        ..own.clone()
    };
    assert_eq!(remembered(&elsewhere), None);
    // An account that is not known rules nothing out.
    let nameless = LiveCluster {
        arn: String::new(),
        ..own.clone()
    };
    assert_eq!(remembered(&nameless), Some(Known::Known(Some(late))));
    // What AWS was asked for is not taken from a journal, known or not.
    let mut around = quiet();
    around
        .backtracks
        .insert(own.id.clone(), Known::Unknown("Throttling".to_owned()));
    let mut row = judged(&own, &around, &Policy::default());
    row.remember(&past);
    assert_eq!(row.last_backtrack, Some(Known::Unknown("Throttling".to_owned())));
    assert!(row.unknown.iter().any(|(name, _)| *name == "last_backtrack"));
}

#[test]
fn a_journal_that_could_not_be_read_may_hold_the_last_backtrack() {
    let own = cluster(86_400, 86_400, 864_000);
    let remembered = |past: &Past| {
        let mut row = judged(&own, &quiet(), &Policy::default());
        row.remember(past);
        row
    };
    let damaged = Past {
        unreadable: vec!["20261120-120000-abcdef".to_owned()],
        ..Past::default()
    };
    let unlisted = Past {
        unlisted: Some("a file".to_owned()),
        ..Past::default()
    };
    for (past, why) in [
        (damaged, "not every journal could be read"),
        (unlisted, "the journals could not be listed: a file"),
    ] {
        let row = remembered(&past);
        assert_eq!(row.last_backtrack, Some(Known::Unknown(why.to_owned())));
        assert!(
            row.unknown.contains(&("last_backtrack", why.to_owned())),
            "{row:?}"
        );
    }
    assert_eq!(remembered(&Past::default()).last_backtrack, None);
}

#[test]
fn the_list_of_global_databases_and_the_clusters_own_word_both_count() {
    let mut around = Around::unasked("not asked");
    let own = LiveCluster {
        global_cluster: Some("world".to_owned()),
        ..cluster(86_400, 86_400, 864_000)
    };
    assert_eq!(
        judged(&own, &around, &Policy::default()).verdict,
        Verdict::Blocked
    );
    let listed = cluster(86_400, 86_400, 864_000);
    around.globals = Known::Known([(listed.arn.clone(), "world".to_owned())].into());
    let row = judged(&listed, &around, &Policy::default());
    assert_eq!(row.verdict, Verdict::Blocked);
    assert_eq!(row.remedy.unwrap().cause, Cause::Global);
}

#[test]
fn a_cluster_without_an_arn_may_be_in_any_global_database_there_is() {
    let listed = Around {
        globals: Known::Known(
            [(
                "arn:aws:rds:us-east-1:1:cluster:other".to_owned(),
                "world".to_owned(),
            )]
            .into(),
        ),
        ..quiet()
    };
    let proven = LiveCluster {
        arn: String::new(),
        ..cluster(86_400, 86_400, 864_000)
    };
    let silent = LiveCluster {
        earliest: None,
        ..proven.clone()
    };
    for (cluster, verdict) in [(&silent, Verdict::Unknown), (&proven, Verdict::Ok)] {
        let row = judged(cluster, &listed, &Policy::default());
        assert_eq!(row.verdict, verdict, "{}", row.reason);
        let why = row.unknown.iter().find(|(name, _)| *name == "global");
        assert!(
            why.is_some_and(|(_, why)| why.contains("DBClusterArn")),
            "{:?}",
            row.unknown
        );
        // Of no list it is no member.
        let row = judged(cluster, &quiet(), &Policy::default());
        assert_eq!(row.verdict, Verdict::Ok, "{}", row.reason);
        assert!(row.unknown.iter().all(|(name, _)| *name != "global"));
    }
    // What was left out is to be filled in: an empty name is none that AWS takes.
    let by_its_word = LiveCluster {
        id: String::new(),
        global_cluster: Some("world".to_owned()),
        ..silent.clone()
    };
    let off = LiveCluster {
        id: String::new(),
        window_s: Some(0),
        ..silent
    };
    for (cluster, names) in [
        (by_its_word, &["--db-cluster-identifier CLUSTER_ARN"][..]),
        (
            off,
            &[
                "--db-cluster-identifier CLUSTER ",
                "CLUSTER-for-backtrack",
                "CLUSTER-backtrack",
            ],
        ),
    ] {
        let remedy = judged(&cluster, &quiet(), &Policy::default())
            .remedy
            .unwrap()
            .to_string();
        assert!(!remedy.contains("''"), "{remedy}");
        for name in names {
            assert!(remedy.contains(name), "{name}: {remedy}");
        }
    }
}

#[test]
fn an_alarm_by_instance_is_not_decided_while_the_writer_is_not_known() {
    let alarm = |dimension: &str, value: &str| Alarm {
        name: "a".to_owned(),
        metric: AlarmMetric::Actual,
        dimensions: vec![(dimension.to_owned(), value.to_owned())],
        acts: true,
    };
    let nameless = LiveCluster {
        members: None,
        ..cluster(86_400, 86_400, 864_000)
    };
    let mut unsaid = cluster(86_400, 86_400, 864_000);
    for member in unsaid.members.iter_mut().flatten() {
        member.writer = None;
    }
    let with = |alarms: Vec<Alarm>| Around {
        alarms: Known::Known(alarms),
        ..quiet()
    };
    for cluster in [nameless, unsaid] {
        let by_instance = judged(
            &cluster,
            &with(vec![alarm("DBInstanceIdentifier", "orders-1")]),
            &Policy::default(),
        );
        assert!(matches!(by_instance.alarms, Known::Unknown(_)), "{by_instance:?}");
        assert_eq!(by_instance.rewindable_now, None);
        assert!(by_instance.warnings.is_empty(), "{by_instance:?}");
        let by_cluster = with(vec![
            alarm("DBClusterIdentifier", "orders"),
            alarm("DBInstanceIdentifier", "orders-1"),
        ]);
        let by_cluster = judged(&cluster, &by_cluster, &Policy::default()).alarms;
        let acting = by_cluster.value().map(|alarms| alarms.actual);
        assert_eq!(acting, Some(AlarmState::Acting));
        let none = judged(&cluster, &with(Vec::new()), &Policy::default()).alarms;
        assert_eq!(
            none.value().map(|alarms| alarms.actual),
            Some(AlarmState::Missing)
        );
    }
}

#[test]
fn an_alarm_watches_by_the_writer_or_by_the_cluster_and_not_by_a_reader() {
    let of = |dimensions: &[(&str, &str)]| {
        let alarm = Alarm {
            name: "a".to_owned(),
            metric: AlarmMetric::Actual,
            dimensions: dimensions
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
            acts: true,
        };
        Alarms::of(&cluster(3600, 3600, 7200), &[alarm]).actual
    };
    for watched in [
        &[("DBInstanceIdentifier", "orders-1")][..],
        &[("DBClusterIdentifier", "orders")],
        &[("DBClusterIdentifier", "orders"), ("Role", "WRITER")],
    ] {
        assert_eq!(of(watched), AlarmState::Acting, "{watched:?}");
    }
    for unwatched in [
        &[][..],
        &[("Role", "WRITER")],
        &[("DBInstanceIdentifier", "orders-2")],
        &[("DBClusterIdentifier", "orders"), ("Role", "READER")],
        &[("DBClusterIdentifier", "orders"), ("EngineName", "aurora-mysql")],
    ] {
        assert_eq!(of(unwatched), AlarmState::Missing, "{unwatched:?}");
    }
}
