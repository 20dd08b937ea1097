//! Requests that no client sends: each is answered, in XML or with a code.

use proptest::prelude::*;

use super::super::super::backtrack::Fate;
use super::super::super::wire::{Protocol, Query};
use super::super::answer;
use super::{start, world_of};

/// A field of a form: mostly a known name, with a value of the wrong kind.
fn fields() -> impl Strategy<Value = (String, String)> {
    let name = prop::sample::select(vec![
        "Version",
        "DBClusterIdentifier",
        "DBClusterParameterGroupName",
        "DBInstanceIdentifier",
        "SourceIdentifier",
        "SourceType",
        "BacktrackIdentifier",
        "BacktrackTo",
        "Force",
        "UseEarliestTimeOnPointInTimeUnavailable",
        "StartTime",
        "EndTime",
        "Duration",
        "MaxRecords",
        "Marker",
        "ResourceName",
        "SourceDBClusterIdentifier",
        "RestoreType",
        "UseLatestRestorableTime",
        "DBClusterSnapshotIdentifier",
        "DBInstanceClass",
        "Engine",
        "DeletionProtection",
        "BacktrackWindow",
        "Tags.Tag.1.Key",
        "Filters.Filter.1.Name",
        "Filters.Filter.1.Values.Value.1",
        "Filters.Filter.2.Name",
    ]);
    let value = prop_oneof![
        prop::sample::select(vec![
            "2014-10-31",
            "orders--drill",
            "2024-05-17T14:20:00Z",
            "0001-01-01T00:00:00Z",
            "+262142-12-31T23:59:59Z",
            "9999-12-31T23:59:59.999999999+23:59",
            "true",
            "-1",
            "0",
            "20",
            "4294967295",
            "99999999999999999999",
            "db-cluster",
            "db-cluster-id",
            "copy-on-write",
            "copy--1",
            "db.r6g.large",
            "aurora-mysql",
            "arn:aws:rds:us-east-1:123456789012:cluster:orders--drill",
            "<&\"'>]]>",
        ])
        .prop_map(str::to_owned),
        any::<String>(),
    ];
    (name.prop_map(str::to_owned), value)
}

fn actions() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "BacktrackDBCluster",
        "DescribeBlueGreenDeployments",
        "DescribeDBClusterBacktracks",
        "DescribeDBClusterParameters",
        "DescribeDBClusterSnapshots",
        "DescribeDBClusters",
        "DescribeDBInstances",
        "DescribeEvents",
        "DescribeGlobalClusters",
        "DescribePendingMaintenanceActions",
        "GetCallerIdentity",
        "ListTagsForResource",
        "CreateDBClusterSnapshot",
        "CreateDBInstance",
        "DeleteDBCluster",
        "DeleteDBClusterSnapshot",
        "DeleteDBInstance",
        "ModifyDBCluster",
        "RestoreDBClusterToPointInTime",
        "RebootDBInstance",
    ])
    .prop_map(str::to_owned)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_form_is_answered(
        requests in prop::collection::vec((actions(), prop::collection::vec(fields(), 0..6), 0_i64..100_000), 1..6),
    ) {
        let mut world = world_of("");
        let mut now = start();
        for (action, fields, later) in requests {
            now = now.plus_ms(later);
            world.advance(now);
            let mut form = form_urlencoded::Serializer::new(String::new());
            form.append_pair("Action", &action).extend_pairs(fields);
            let query = Query::parse(form.finish().as_bytes());
            let document = match answer(&mut world, &query, Fate::Proceeds) {
                Ok(answer) => answer.document("r"),
                Err(error) => {
                    prop_assert!((400..600).contains(&error.status), "{}", error.status);
                    error.document(Protocol::Rds, "r")
                }
            };
            prop_assert!(document.render().is_ok());
        }
    }

    #[test]
    fn any_bytes_are_a_form(body in any::<Vec<u8>>()) {
        let query = Query::parse(&body);
        let mut world = world_of("");
        let _ = query.filters();
        let _ = answer(&mut world, &query, Fate::Proceeds);
    }
}
