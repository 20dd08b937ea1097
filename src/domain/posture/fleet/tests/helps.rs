//! What helps: that AWS takes each step in the state that the cluster is in then.

use super::*;

/// The commands of a remedy, without `aws`, in order.
fn commands(steps: &[Step]) -> Vec<&str> {
    let commands = steps.iter().filter_map(|step| step.command.as_deref());
    commands
        .map(|command| command.strip_prefix("aws ").unwrap())
        .collect()
}

#[track_caller]
fn begin(steps: &[Step], expected: &[&str]) {
    let got = commands(steps);
    assert_eq!(got.len(), expected.len(), "{got:#?}");
    for (got, expected) in got.iter().zip(expected) {
        assert!(got.starts_with(expected), "{expected}: {got}");
    }
}

fn with(status: &str, window_s: i64) -> LiveCluster {
    LiveCluster {
        status: Some(status.to_owned()),
        ..cluster(window_s, window_s, 864_000)
    }
}

fn least(hours: u32) -> Policy {
    Policy {
        least: vec![Least { tag: None, hours }],
        ..Policy::default()
    }
}

const START: &str = "rds start-db-cluster";
const WAIT: &str = "rds wait db-cluster-available";
const KEY: &str = "kms enable-key";
const LOOK: &str = "rds describe-db-clusters";

#[test]
fn a_cluster_is_made_ready_before_it_is_changed_or_a_snapshot_is_taken() {
    let ways: [(&str, &[&str]); 7] = [
        ("available", &[]),
        ("stopped", &[START, WAIT]),
        ("stopping", &[LOOK, START, WAIT]),
        ("creating", &[WAIT]),
        ("modifying", &[WAIT]),
        (
            "inaccessible-encryption-credentials-recoverable",
            &[KEY, START, WAIT],
        ),
        // No waiting leads out of it: AWS's own waiter gives up.
        ("incompatible-restore", &[]),
    ];
    for (status, ready) in ways {
        let row = judged(&with(status, 86_400), &quiet(), &least(48));
        let expected = [ready, &["rds modify-db-cluster"]].concat();
        begin(&row.findings[0].remedy, &expected);
        let row = judged(&with(status, 1800), &quiet(), &Policy::default());
        begin(&row.remedy.unwrap().steps, &expected);
        let restore = [
            "rds create-db-cluster-snapshot",
            "rds wait db-cluster-snapshot-available",
            "rds restore-db-cluster-from-snapshot",
            "rds create-db-instance",
        ];
        let row = judged(&with(status, 0), &quiet(), &Policy::default());
        begin(&row.remedy.unwrap().steps, &[ready, &restore].concat());
        let member = LiveCluster {
            global_cluster: Some("world".to_owned()),
            ..with(status, 86_400)
        };
        let row = judged(&member, &quiet(), &Policy::default());
        let expected = [ready, &["rds remove-from-global-cluster"]].concat();
        begin(&row.remedy.unwrap().steps, &expected);
    }
    let row = judged(&with("incompatible-restore", 0), &quiet(), &Policy::default());
    assert!(
        row.remedy
            .unwrap()
            .to_string()
            .starts_with("bring it to the status available first")
    );
    // Where nothing of it is changed, it is not waited for.
    let row = judged(&with("modifying", 86_400), &quiet(), &Policy::default());
    assert_eq!(row.remedy, None);
}

#[test]
fn nothing_is_taken_out_of_a_cluster_that_cannot_be_opened() {
    let row = judged(
        &with("inaccessible-encryption-credentials", 0),
        &quiet(),
        &Policy::default(),
    );
    assert_eq!(row.verdict, Verdict::Disabled);
    let remedy = row.remedy.unwrap();
    assert_eq!(remedy.cause, Cause::KeyLost);
    assert!(
        !remedy.to_string().contains("create-db-cluster-snapshot"),
        "{remedy}"
    );
}

#[test]
fn a_copy_in_another_region_is_whole_before_it_is_restored() {
    let north = LiveCluster {
        region: "eu-north-1".to_owned(),
        earliest: None,
        ..with("stopped", 86_400)
    };
    let steps = judged(&north, &quiet(), &Policy::default()).remedy.unwrap().steps;
    begin(
        &steps,
        &[
            START,
            WAIT,
            "rds create-db-cluster-snapshot --region eu-north-1",
            "rds wait db-cluster-snapshot-available --region eu-north-1",
            "rds copy-db-cluster-snapshot --region REGION",
            "rds wait db-cluster-snapshot-available --region REGION --db-cluster-snapshot-identifier orders-for-backtrack",
            "rds restore-db-cluster-from-snapshot --region REGION",
            "rds create-db-instance --region REGION",
        ],
    );
}

#[test]
fn a_replica_is_promoted_by_its_kind_and_a_retired_version_is_looked_up_among_all() {
    let followed = LiveCluster {
        replicas: vec![
            "arn:aws:rds:us-east-1:123456789012:db:reporting".to_owned(),
            "arn:aws:rds:eu-west-1:123456789012:cluster:elsewhere".to_owned(),
        ],
        earliest: None,
        ..with("available", 86_400)
    };
    let steps = judged(&followed, &quiet(), &Policy::default())
        .remedy
        .unwrap()
        .steps;
    begin(
        &steps,
        &[
            "rds promote-read-replica --region us-east-1 --db-instance-identifier reporting",
            "rds promote-read-replica-db-cluster --region eu-west-1 --db-cluster-identifier elsewhere",
        ],
    );
    assert!(steps[0].words.contains("the RDS instance reporting"), "{steps:?}");
    let early = LiveCluster {
        engine_version: Some("8.0.mysql_aurora.3.02.0".to_owned()),
        earliest: None,
        ..with("available", 86_400)
    };
    let remedy = judged(&early, &quiet(), &Policy::default()).remedy.unwrap();
    assert!(
        remedy
            .to_string()
            .contains("--engine-version 8.0.mysql_aurora.3.02.0 --include-all"),
        "{remedy}"
    );
}

#[test]
fn a_missing_tag_and_a_missing_alarm_have_the_command_that_makes_them() {
    let policy = Policy {
        required_tags: vec!["cost centre".to_owned()],
        required_alarms: AlarmMetric::ALL.to_vec(),
        ..Policy::default()
    };
    let read = Around {
        alarms: Known::Known(Vec::new()),
        ..quiet()
    };
    let findings = judged(&with("available", 86_400), &read, &policy).findings;
    let told: Vec<String> = findings.iter().map(|it| on_a_line(&it.remedy)).collect();
    assert!(
        told[0].ends_with(
            "aws rds add-tags-to-resource --region us-east-1 --resource-name \
             arn:aws:rds:us-east-1:123456789012:cluster:orders --tags 'Key=cost centre,Value=VALUE'"
        ),
        "{told:?}"
    );
    for (told, metric) in told[1..].iter().zip(AlarmMetric::ALL) {
        let alarm = format!(
            "aws cloudwatch put-metric-alarm --region us-east-1 --alarm-name orders-{name} --namespace AWS/RDS --metric-name {name} \
             --dimensions Name=DBInstanceIdentifier,Value=orders-1",
            name = metric.as_str()
        );
        assert!(
            told.contains(&alarm) && told.contains("--alarm-actions ACTION_ARN"),
            "{told}"
        );
    }
    assert!(told[2].contains("--threshold 0 --comparison-operator GreaterThanThreshold"));
    // What is not decided is not mended.
    let nothing = LiveCluster {
        tags: None,
        ..with("available", 86_400)
    };
    let findings = judged(&nothing, &quiet(), &policy).findings;
    assert!(findings.len() == 3 && findings.iter().all(|it| !it.decided && it.remedy.is_empty()));
}

#[test]
fn a_window_that_is_wide_enough_is_waited_for_or_written_less_in() {
    let remedy = |cluster: &LiveCluster, around: &Around| {
        let row = judged(cluster, around, &least(24));
        assert!(row.findings[0].decided, "{:?}", row.findings);
        assert!(commands(&row.findings[0].remedy).is_empty(), "{:?}", row.findings);
        on_a_line(&row.findings[0].remedy)
    };
    let old = remedy(&cluster(86_400, 3_600, 864_000), &quiet());
    assert!(old.starts_with("write less"), "{old}");
    let young = remedy(&cluster(86_400, 3_500, 3_600), &quiet());
    assert!(
        young.starts_with("wait while it fills") && young.ends_with("before 2026-11-21T11:00:00Z"),
        "{young}"
    );
    let upgrade = remedy(&cluster(86_400, 86_400, 864_000), &upgraded(7_200));
    assert!(upgrade.ends_with("before 2026-11-21T10:00:00Z"), "{upgrade}");
    let both = remedy(&cluster(86_400, 600, 7_200), &quiet());
    assert!(
        both.contains("wait while") && both.contains("write less"),
        "{both}"
    );
    let silent = LiveCluster {
        earliest: None,
        ..cluster(86_400, 0, 864_000)
    };
    assert!(
        judged(&silent, &quiet(), &least(24)).findings[0]
            .remedy
            .is_empty()
    );
}
