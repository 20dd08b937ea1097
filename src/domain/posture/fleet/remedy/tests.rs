//! The steps of each cause.

use super::*;
use crate::domain::posture::fleet::tests::cluster as plain;

const ELSEWHERE: &str = "arn:aws:rds:eu-west-1:123456789012:cluster:elsewhere";

/// A cluster with a window that AWS shows no use of.
fn cluster() -> LiveCluster {
    LiveCluster {
        earliest: None,
        ..plain(86_400, 86_400, 864_000)
    }
}

#[track_caller]
fn blocked(cluster: &LiveCluster, blocks: &Blocks<'_>, cause: Cause, says: &[&str]) -> String {
    let remedy = of(cluster, Verdict::Blocked, &[], blocks).unwrap();
    let text = remedy.to_string();
    assert_eq!(remedy.cause, cause, "{text}");
    for word in says {
        assert!(text.contains(word), "{word}: {text}");
    }
    text
}

const NOTHING: Blocks<'_> = Blocks {
    global: None,
    enhanced_binlog: false,
    listed: false,
};

#[test]
fn leaving_a_global_database_is_told_with_its_price() {
    let blocks = Blocks {
        global: Some("world"),
        ..NOTHING
    };
    blocked(
        &cluster(),
        &blocks,
        Cause::Global,
        &[
            "recovery in another Region may be given up",
            "aws rds remove-from-global-cluster --region us-east-1 --global-cluster-identifier world",
            "EarliestBacktrackTime",
        ],
    );
}

#[test]
fn a_replica_is_promoted_itself_and_a_source_has_its_replicas_promoted() {
    let of_instance = LiveCluster {
        replication_source: Some("arn:aws:rds:us-east-1:123456789012:db:legacy".to_owned()),
        ..cluster()
    };
    let text = blocked(
        &of_instance,
        &NOTHING,
        Cause::Follows,
        &[
            "replica of the RDS instance legacy:",
            "promote-read-replica-db-cluster --region us-east-1 --db-cluster-identifier orders",
        ],
    );
    assert!(!text.contains("other Region"), "{text}");
    let follower = LiveCluster {
        replication_source: Some(ELSEWHERE.to_owned()),
        ..cluster()
    };
    blocked(
        &follower,
        &NOTHING,
        Cause::Follows,
        &[
            "replica of the cluster elsewhere in eu-west-1",
            "--db-cluster-identifier orders",
        ],
    );
    let source = LiveCluster {
        replicas: vec![ELSEWHERE.to_owned()],
        ..cluster()
    };
    blocked(
        &source,
        &NOTHING,
        Cause::Followed,
        &[
            "its replica elsewhere in eu-west-1",
            "--region eu-west-1 --db-cluster-identifier elsewhere",
        ],
    );
}

#[test]
fn a_lost_key_comes_before_any_snapshot_that_it_locks() {
    let lost = LiveCluster {
        status: Some("inaccessible-encryption-credentials".to_owned()),
        kms_key: Some("arn:aws:kms:us-east-1:123456789012:key/1".to_owned()),
        ..cluster()
    };
    let text = blocked(
        &lost,
        &NOTHING,
        Cause::KeyLost,
        &[
            "its snapshots are locked with the same key",
            "aws kms enable-key --region us-east-1 --key-id arn:aws:kms",
        ],
    );
    assert!(
        text.find("enable-key") < text.find("restore-db-cluster-from-snapshot"),
        "{text}"
    );
    let away = LiveCluster {
        status: Some("inaccessible-encryption-credentials-recoverable".to_owned()),
        ..lost
    };
    let remedy = of(&away, Verdict::Ok, &[Warning::NotAvailableNow], &NOTHING).unwrap();
    assert_eq!(remedy.cause, Cause::KeyAway);
    let text = remedy.to_string();
    assert!(text.find("enable-key") < text.find("start-db-cluster"), "{text}");
}

#[test]
fn what_is_going_has_nothing_to_be_done_whatever_else_is_set() {
    let going = LiveCluster {
        status: Some("deleting".to_owned()),
        replication_source: Some(ELSEWHERE.to_owned()),
        ..cluster()
    };
    let text = blocked(
        &going,
        &NOTHING,
        Cause::Deleting,
        &["nothing is to be done", "describe-db-cluster-snapshots"],
    );
    assert!(!text.contains("promote"), "{text}");
}

#[test]
fn a_region_without_backtrack_is_left_by_a_copy_of_a_snapshot() {
    let north = LiveCluster {
        region: "eu-north-1".to_owned(),
        arn: "arn:aws:rds:eu-north-1:123456789012:cluster:orders".to_owned(),
        ..cluster()
    };
    blocked(
        &north,
        &Blocks {
            listed: true,
            ..NOTHING
        },
        Cause::Region,
        &[
            "aws rds copy-db-cluster-snapshot --region REGION --source-region eu-north-1",
            "arn:aws:rds:eu-north-1:123456789012:cluster-snapshot:orders-for-backtrack",
            "restore-db-cluster-from-snapshot --region REGION",
            "--db-subnet-group-name SUBNET_GROUP",
        ],
    );
}

#[test]
fn an_early_version_is_upgraded_and_enhanced_binlog_switched_off() {
    let early = LiveCluster {
        engine_version: Some("8.0.mysql_aurora.3.02.0".to_owned()),
        ..cluster()
    };
    blocked(
        &early,
        &NOTHING,
        Cause::Version,
        &[
            "describe-db-engine-versions",
            "modify-db-cluster --region us-east-1 --db-cluster-identifier orders --engine-version VERSION",
        ],
    );
    let blocks = Blocks {
        enhanced_binlog: true,
        ..NOTHING
    };
    // Each of several causes has its steps.
    blocked(
        &early,
        &blocks,
        Cause::EnhancedBinlog,
        &[
            "ParameterName=aurora_enhanced_binlog,ParameterValue=0",
            "reboot-db-instance",
            "--engine-version VERSION",
        ],
    );
}

#[test]
fn a_restore_keeps_the_network_and_ends_with_an_instance() {
    let remedy = of(&cluster(), Verdict::Disabled, &[], &NOTHING).unwrap();
    let commands: Vec<&str> = remedy
        .steps
        .iter()
        .filter_map(|step| step.command.as_deref())
        .collect();
    assert!(
        commands[0].starts_with("aws rds create-db-cluster-snapshot"),
        "{commands:?}"
    );
    assert!(commands[1].starts_with("aws rds wait"), "{commands:?}");
    for option in [
        "--snapshot-identifier orders-for-backtrack",
        "--backtrack-window 86400",
        "--db-subnet-group-name private",
        "--vpc-security-group-ids sg-1 sg-2",
        "--db-cluster-parameter-group-name default.aurora-mysql8.0",
    ] {
        assert!(commands[2].contains(option), "{option}: {commands:?}");
    }
    assert!(
        commands[3].starts_with("aws rds create-db-instance"),
        "{commands:?}"
    );
    assert!(
        commands[3].contains("--db-cluster-identifier orders-backtrack "),
        "{commands:?}"
    );
}

#[test]
fn commands_go_by_the_profile_and_names_stay_within_what_rds_takes() {
    let long = LiveCluster {
        id: "a".repeat(52) + "-bcdefghij",
        profile: Some("prod team".to_owned()),
        ..cluster()
    };
    let text = of(&long, Verdict::Disabled, &[], &NOTHING).unwrap().to_string();
    assert_eq!(
        text.matches("--profile 'prod team' --region us-east-1").count(),
        4,
        "{text}"
    );
    let longest = text
        .split([' ', ';'])
        .filter(|word| word.starts_with("aaa"))
        .map(str::len)
        .max();
    assert!(longest <= Some(63), "{text}");
}
