//! Lists: their layout, order, pages and errors.

use super::{TARGET, World, ask, backtrack, start, text, world_of};

#[test]
fn lists_come_in_the_order_and_in_the_pages_of_the_scenario() {
    let hop = |world: &mut World, number: i64| {
        world.advance(start().plus_s(number * 10));
        backtrack(world, TARGET).unwrap();
    };
    let mut orders = Vec::new();
    for order in ["newest_first", "oldest_first", "shuffled"] {
        let mut world = world_of(&format!("[service]\nlist_order = \"{order}\"\npage_size = 2"));
        (1..=7).for_each(|number| hop(&mut world, number));
        world.advance(start().plus_s(80));
        let (mut created, mut more) = (Vec::new(), String::new());
        loop {
            let form = format!("Action=DescribeDBClusterBacktracks&DBClusterIdentifier=orders--drill{more}");
            let page = ask(&mut world, &form).unwrap();
            let stamps = page
                .split("<BacktrackRequestCreationTime>")
                .skip(1)
                .map(|it| it[..24].to_owned());
            created.extend(stamps);
            let Some(marker) = text(&page, "Marker") else {
                break;
            };
            more = format!("&Marker={marker}");
        }
        assert_eq!(created.len(), 7, "{order}");
        orders.push(created);
    }
    assert!(orders[0].is_sorted_by(|a, b| a > b));
    assert!(orders[1].is_sorted());
    orders[2].sort();
    assert_eq!(orders[1], orders[2]);
}

#[test]
fn replies_are_laid_out_as_the_published_ones() {
    let mut world = world_of("");
    let reply = backtrack(&mut world, TARGET).unwrap();
    let id = text(&reply, "BacktrackIdentifier").unwrap().to_owned();
    let expected = "<BacktrackDBClusterResponse xmlns=\"http://rds.amazonaws.com/doc/2014-10-31/\">\
        <BacktrackDBClusterResult><DBClusterIdentifier>orders--drill</DBClusterIdentifier>\
        <BacktrackIdentifier>ID</BacktrackIdentifier><BacktrackTo>2024-05-17T14:20:00Z</BacktrackTo>\
        <BacktrackRequestCreationTime>2024-05-17T14:28:00.000Z</BacktrackRequestCreationTime>\
        <Status>PENDING</Status></BacktrackDBClusterResult>\
        <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></BacktrackDBClusterResponse>";
    assert_eq!(reply.replace(&id, "ID"), expected);

    world.advance(start().plus_s(10));
    let list = "Action=DescribeDBClusterBacktracks&DBClusterIdentifier=orders--drill";
    let expected = "<DescribeDBClusterBacktracksResult><DBClusterBacktracks><DBClusterBacktrack>\
        <DBClusterIdentifier>orders--drill</DBClusterIdentifier><BacktrackIdentifier>ID</BacktrackIdentifier>\
        <BacktrackTo>2024-05-17T14:20:00Z</BacktrackTo>\
        <BacktrackedFrom>2024-05-17T14:28:01.200Z</BacktrackedFrom>\
        <BacktrackRequestCreationTime>2024-05-17T14:28:00.000Z</BacktrackRequestCreationTime>\
        <Status>COMPLETED</Status></DBClusterBacktrack></DBClusterBacktracks></DescribeDBClusterBacktracksResult>";
    let reply = ask(&mut world, list).unwrap().replace(&id, "ID");
    assert!(reply.contains(expected), "{reply}");
}

#[test]
fn every_action_gives_a_well_formed_document() {
    let mut world = world_of("[[cluster]]\nglobal_cluster = \"a<b>&c\"\nsecret_arn = \"arn:x\"");
    for form in [
        "Action=DescribeDBClusters",
        "Action=DescribeDBInstances",
        "Action=DescribeDBClusterParameters&DBClusterParameterGroupName=orders--drill-parameters",
        "Action=DescribeEvents&Duration=60",
        "Action=DescribeBlueGreenDeployments",
        "Action=DescribeGlobalClusters",
        "Action=DescribePendingMaintenanceActions",
        "Action=DescribeDBClusterSnapshots",
        "Action=RestoreDBClusterToPointInTime&DBClusterIdentifier=copy--1&SourceDBClusterIdentifier=orders--drill\
            &RestoreType=copy-on-write&UseLatestRestorableTime=true",
        "Action=CreateDBClusterSnapshot&DBClusterSnapshotIdentifier=s&DBClusterIdentifier=orders--drill",
        "Action=ListTagsForResource&ResourceName=arn:aws:rds:us-east-1:1:db:orders--drill-2",
        "Action=GetCallerIdentity&Version=2011-06-15",
    ] {
        let reply = ask(&mut world, form).unwrap();
        let mut reader = quick_xml::Reader::from_str(&reply);
        loop {
            let event = reader
                .read_event()
                .unwrap_or_else(|error| panic!("{form}: {error}\n{reply}"));
            if event == quick_xml::events::Event::Eof {
                break;
            }
        }
        let action = text(&format!("<a>{form}</a>"), "a")
            .unwrap()
            .split(['=', '&'])
            .nth(1)
            .unwrap()
            .to_owned();
        assert!(reply.ends_with(&format!("</{action}Response>")), "{reply}");
    }
}

#[test]
fn what_does_not_exist_has_its_own_error() {
    let mut world = world_of("");
    for (form, code) in [
        (
            "Action=DescribeDBClusters&DBClusterIdentifier=no--such",
            "DBClusterNotFoundFault",
        ),
        (
            "Action=DescribeDBInstances&DBInstanceIdentifier=no",
            "DBInstanceNotFound",
        ),
        (
            "Action=DescribeDBClusterParameters&DBClusterParameterGroupName=no",
            "DBParameterGroupNotFound",
        ),
        (
            "Action=DescribeGlobalClusters&GlobalClusterIdentifier=no",
            "GlobalClusterNotFoundFault",
        ),
        (
            "Action=ListTagsForResource&ResourceName=arn:aws:rds:r:1:cluster:no",
            "DBClusterNotFoundFault",
        ),
        (
            "Action=ListTagsForResource&ResourceName=no",
            "InvalidParameterValue",
        ),
        (
            "Action=DescribeEvents&SourceIdentifier=x",
            "InvalidParameterCombination",
        ),
        ("Action=DescribeEvents&Duration=99999", "InvalidParameterValue"),
        ("Action=DescribeDBClusters&MaxRecords=5", "InvalidParameterValue"),
        (
            "Action=DescribeDBClusters&Filters.Filter.1.Name=x&Filters.Filter.1.Values.Value.1=y",
            "InvalidParameterValue",
        ),
        ("Action=DescribeDBClusters&Version=2010-01-01", "InvalidAction"),
    ] {
        assert_eq!(ask(&mut world, form), Err(code.to_owned()), "{form}");
    }
    let by_arn = "Action=DescribeDBClusters&DBClusterIdentifier=arn:aws:rds:us-east-1:123456789012:cluster:Orders--Drill";
    assert!(ask(&mut world, by_arn).is_ok());
}

#[test]
fn events_tell_of_the_outage_and_of_nothing_to_come() {
    let mut world = world_of("[[cluster]]\nearliest_jumps = [{ after_s = 30, keep_s = 60 }]");
    backtrack(&mut world, TARGET).unwrap();
    let count = |world: &mut World, more: &str| {
        ask(world, &format!("Action=DescribeEvents{more}"))
            .unwrap()
            .matches("<Event>")
            .count()
    };
    assert_eq!(count(&mut world, ""), 0);
    world.advance(start().plus_s(1));
    assert_eq!(count(&mut world, ""), 2);
    world.advance(start().plus_s(31));
    assert_eq!(count(&mut world, ""), 5);
    assert_eq!(count(&mut world, "&EventCategories.EventCategory.1=backtrack"), 1);
    assert_eq!(
        count(
            &mut world,
            "&SourceType=db-instance&SourceIdentifier=orders--drill-2"
        ),
        2
    );
    assert_eq!(count(&mut world, "&SourceType=db-cluster"), 0);
}
