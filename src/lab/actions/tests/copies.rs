//! Clones, their instances, snapshots, and the way all of them go again.

use serde_json::Value;

use super::super::super::data::HurtKind;
use super::super::super::http::truth;
use super::{World, ask, start, text, world_of};

const CLONE: &str = "Action=RestoreDBClusterToPointInTime&DBClusterIdentifier=copy--1\
    &SourceDBClusterIdentifier=orders--drill&RestoreType=copy-on-write&UseLatestRestorableTime=true";
const INSTANCE: &str = "Action=CreateDBInstance&DBInstanceIdentifier=copy--1-1&DBInstanceClass=db.r6g.large\
    &Engine=aurora-mysql&DBClusterIdentifier=copy--1";
const SNAPSHOT: &str = "Action=CreateDBClusterSnapshot&DBClusterSnapshotIdentifier=copy--1\
    &DBClusterIdentifier=orders--drill&Tags.Tag.1.Key=run&Tags.Tag.1.Value=r1";
const SHOW: &str = "Action=DescribeDBClusters&DBClusterIdentifier=copy--1";

fn refused(world: &mut World, form: &str, code: &str) {
    assert_eq!(ask(world, form), Err(code.to_owned()), "{form}");
}

fn truth_of(world: &World, id: &str) -> Value {
    let world = truth::world(world);
    let clusters = world["clusters"].as_array().unwrap();
    clusters.iter().find(|it| it["id"] == id).unwrap().clone()
}

#[test]
fn a_clone_holds_what_was_there_and_neither_writes_to_the_other() {
    let mut world = world_of("");
    let before = truth_of(&world, "orders--drill");
    let reply = ask(&mut world, CLONE).unwrap();
    assert_eq!(text(&reply, "Status"), Some("creating"));
    let clone = truth_of(&world, "copy--1");
    assert_eq!(clone["orders_digest"], before["orders_digest"]);
    assert_eq!(clone["clone_of"], "orders--drill");
    world.hurt(None, HurtKind::DeleteAll).unwrap().unwrap();
    world.advance(start().plus_s(10));
    assert!(truth_of(&world, "orders--drill")["orders"].as_u64().unwrap() < 100);
    let later = truth_of(&world, "copy--1");
    assert_eq!(
        later["orders_digest"], before["orders_digest"],
        "the shop wrote to it"
    );
    assert_eq!(later["status"], "available");
    assert_eq!(later["orders_refused"], 0);
}

#[test]
fn a_clone_takes_the_accounts_defaults_unless_others_are_given() {
    let mut world = world_of("");
    let reply = ask(&mut world, CLONE).unwrap();
    assert_eq!(
        text(&reply, "DBClusterParameterGroup"),
        Some("default.aurora-mysql8.0")
    );
    assert_eq!(text(&reply, "DeletionProtection"), Some("false"));
    assert_eq!(text(&reply, "BacktrackWindow"), None);
    let given = "&DBClusterParameterGroupName=orders--drill-parameters&DBSubnetGroupName=drill\
        &VpcSecurityGroupIds.VpcSecurityGroupId.1=sg-1&DeletionProtection=true&BacktrackWindow=3600\
        &Tags.Tag.1.Key=run&Tags.Tag.1.Value=r1";
    let reply = ask(
        &mut world,
        &format!("{}{given}", CLONE.replace("copy--1", "copy--2")),
    )
    .unwrap();
    for (name, value) in [
        ("DBClusterParameterGroup", "orders--drill-parameters"),
        ("DBSubnetGroup", "drill"),
        ("VpcSecurityGroupId", "sg-1"),
        ("DeletionProtection", "true"),
        ("BacktrackWindow", "3600"),
        ("Value", "r1"),
        // Nothing before its creation can be reached.
        ("EarliestBacktrackTime", "2024-05-17T14:28:00.000Z"),
    ] {
        assert_eq!(text(&reply, name), Some(value), "{name}");
    }
}

#[test]
fn what_no_clone_can_be_made_of_is_refused() {
    let mut world =
        world_of("[copies]\nmost_clusters = 3\n[[cluster]]\n[[cluster]]\nid = \"off--drill\"\nwindow_s = 0");
    let early = "&RestoreToTime=2024-05-17T14%3A20%3A00Z";
    for (form, code) in [
        (format!("{CLONE}{early}"), "InvalidParameterCombination"),
        (
            CLONE.replace("copy-on-write", "full-copy"),
            "InvalidParameterValue",
        ),
        (CLONE.replace("=true", "=false"), "InvalidParameterCombination"),
        (CLONE.replace("copy--1", "copy-1"), "InvalidParameterValue"),
        (
            CLONE.replace("copy--1", "off--drill"),
            "DBClusterAlreadyExistsFault",
        ),
        (
            CLONE.replace("orders--drill", "no--such"),
            "DBClusterNotFoundFault",
        ),
        (
            format!(
                "{}&BacktrackWindow=60",
                CLONE.replace("orders--drill", "off--drill")
            ),
            "InvalidParameterCombination",
        ),
        (
            format!("{CLONE}&DBClusterParameterGroupName=no"),
            "DBClusterParameterGroupNotFound",
        ),
        (
            format!("{CLONE}&DBSubnetGroupName=no"),
            "DBSubnetGroupNotFoundFault",
        ),
    ] {
        refused(&mut world, &form, code);
    }
    ask(&mut world, CLONE).unwrap();
    refused(
        &mut world,
        &CLONE.replace("copy--1", "copy--2"),
        "DBClusterQuotaExceededFault",
    );
    // A clone that is being made has no instance yet.
    refused(
        &mut world,
        &CLONE
            .replace("orders--drill", "copy--1")
            .replacen("copy--1", "copy--3", 1),
        "InvalidDBClusterStateFault",
    );
}

#[test]
fn a_clone_may_fail() {
    let mut world = world_of("[copies]\nclones_fail = true");
    ask(&mut world, CLONE).unwrap();
    world.advance(start().plus_s(5));
    let reply = ask(&mut world, SHOW).unwrap();
    assert_eq!(text(&reply, "Status"), Some("cloning-failed"));
}

#[test]
fn an_instance_comes_once_its_cluster_is_available() {
    let mut world = world_of("");
    ask(&mut world, CLONE).unwrap();
    refused(&mut world, INSTANCE, "InvalidDBClusterStateFault");
    world.advance(start().plus_s(3));
    let reply = ask(&mut world, INSTANCE).unwrap();
    assert_eq!(text(&reply, "DBInstanceStatus"), Some("creating"));
    refused(&mut world, INSTANCE, "DBInstanceAlreadyExists");
    refused(
        &mut world,
        &INSTANCE
            .replace("copy--1-1", "copy--1-2")
            .replace("aurora-mysql", "mysql"),
        "InvalidParameterCombination",
    );
    world.advance(start().plus_s(6));
    let show = "Action=DescribeDBInstances&DBInstanceIdentifier=copy--1-1";
    let reply = ask(&mut world, show).unwrap();
    assert_eq!(text(&reply, "DBInstanceStatus"), Some("available"));
    let reply = ask(&mut world, SHOW).unwrap();
    assert_eq!(text(&reply, "IsClusterWriter"), Some("true"));
}

#[test]
fn a_clone_goes_again_once_it_is_neither_protected_nor_has_instances() {
    let mut world = world_of("");
    ask(&mut world, &format!("{CLONE}&DeletionProtection=true")).unwrap();
    world.advance(start().plus_s(3));
    ask(&mut world, INSTANCE).unwrap();
    let delete = "Action=DeleteDBCluster&DBClusterIdentifier=copy--1&SkipFinalSnapshot=true";
    refused(&mut world, delete, "InvalidParameterCombination");
    let modify = "Action=ModifyDBCluster&DBClusterIdentifier=copy--1&ApplyImmediately=true";
    refused(
        &mut world,
        &format!("{modify}&BacktrackWindow=0"),
        "InvalidParameterCombination",
    );
    ask(&mut world, &format!("{modify}&DeletionProtection=false")).unwrap();
    refused(&mut world, delete, "InvalidDBClusterStateFault");
    let instance = "Action=DeleteDBInstance&DBInstanceIdentifier=copy--1-1";
    let reply = ask(&mut world, instance).unwrap();
    assert_eq!(text(&reply, "DBInstanceStatus"), Some("deleting"));
    refused(&mut world, instance, "InvalidDBInstanceState");
    refused(
        &mut world,
        &delete.replace("=true", "=false"),
        "InvalidParameterCombination",
    );
    let reply = ask(&mut world, delete).unwrap();
    assert_eq!(text(&reply, "Status"), Some("deleting"));
    world.advance(start().plus_s(10));
    refused(&mut world, SHOW, "DBClusterNotFoundFault");
    refused(&mut world, instance, "DBInstanceNotFound");
    // The shop's own stays, whatever is asked.
    let own = delete.replace("copy--1", "orders--drill");
    refused(&mut world, &own, "InvalidDBClusterStateFault");
}

#[test]
fn a_snapshot_is_taken_while_its_source_backs_up() {
    let mut world = world_of("[copies]\nmost_snapshots = 1");
    let before = truth_of(&world, "orders--drill");
    ask(&mut world, SNAPSHOT).unwrap();
    let own = "Action=DescribeDBClusters&DBClusterIdentifier=orders--drill";
    assert_eq!(text(&ask(&mut world, own).unwrap(), "Status"), Some("backing-up"));
    let other = SNAPSHOT.replace("copy--1", "copy--2");
    refused(&mut world, &other, "InvalidDBClusterStateFault");
    world.advance(start().plus_ms(1_000));
    let show = "Action=DescribeDBClusterSnapshots&DBClusterIdentifier=orders--drill";
    let reply = ask(&mut world, show).unwrap();
    assert_eq!(text(&reply, "PercentProgress"), Some("50"));
    let delete = "Action=DeleteDBClusterSnapshot&DBClusterSnapshotIdentifier=copy--1";
    refused(&mut world, delete, "InvalidDBClusterSnapshotStateFault");
    world.advance(start().plus_s(5));
    assert_eq!(text(&ask(&mut world, own).unwrap(), "Status"), Some("available"));
    let reply = ask(&mut world, show).unwrap();
    assert_eq!(
        (text(&reply, "Status"), text(&reply, "Value")),
        (Some("available"), Some("r1"))
    );
    assert_eq!(
        truth::world(&world)["snapshots"][0]["orders_digest"],
        before["orders_digest"]
    );
    refused(&mut world, SNAPSHOT, "DBClusterSnapshotAlreadyExistsFault");
    refused(&mut world, &other, "SnapshotQuotaExceeded");
    let tags = "Action=ListTagsForResource&ResourceName=arn:aws:rds:us-east-1:1:cluster-snapshot:copy--1";
    assert_eq!(text(&ask(&mut world, tags).unwrap(), "Key"), Some("run"));
    ask(&mut world, delete).unwrap();
    refused(&mut world, delete, "DBClusterSnapshotNotFoundFault");
}
