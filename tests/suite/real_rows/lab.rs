//! `lab serve --engine mariadb`: its login, its time, and a run of the shipped runbook on it.

use chrono::TimeDelta;
use serde_json::json;

use super::{at_age, kept_beyond, sql};
use crate::harness::{Lab, stamp, whole_second};
use crate::place::Place;

#[test]
fn rows_that_a_client_deletes_come_back_by_the_shipped_runbook() {
    let place = Place::on(Lab::with_real_rows());
    at_age(&place.lab, 5);
    sql(
        &place.lab,
        "CREATE TABLE shop.notes (id INT PRIMARY KEY) SELECT 1 AS id",
    );
    let before: u64 = sql(&place.lab, "SELECT COUNT(*) FROM shop.orders")
        .unwrap()
        .parse()
        .unwrap();
    assert!(before >= 4, "{before}");
    let target = whole_second(kept_beyond(&place.lab, before)) + TimeDelta::seconds(1);
    at_age(
        &place.lab,
        (target - place.lab.world().cluster().earliest.unwrap()).num_seconds() + 1,
    );
    sql(&place.lab, "DELETE FROM shop.orders");
    sql(&place.lab, "DROP TABLE shop.notes");
    assert_eq!(
        sql(&place.lab, "SELECT COUNT(*) FROM shop.orders WHERE id <= 2"),
        Some("0".to_owned())
    );

    let to = stamp(target);
    let finished = place.run(&place.run_args(&to, &["--yes", "orders--drill", "--output", "json"]));
    let outcome = finished.expect(0).outcome();
    assert_eq!(outcome["outcome"], "completed", "{outcome}");

    let after: u64 = sql(&place.lab, "SELECT COUNT(*) FROM shop.orders")
        .unwrap()
        .parse()
        .unwrap();
    assert!(after >= before, "{after} of {before}");
    assert_eq!(sql(&place.lab, "SELECT id FROM shop.notes"), Some("1".to_owned()));
    let (paused, changes) = place.shop();
    assert_eq!((paused, changes), (false, 2));
    assert_eq!(place.accepted(), 1);
}

#[test]
fn the_service_tells_where_the_server_really_is() {
    let lab = Lab::with_real_rows();
    let port = lab.mysql["port"].as_u64().unwrap();
    assert_ne!(port, 3_306);
    let clusters = lab.api("Action=DescribeDBClusters");
    assert!(clusters.contains("<Endpoint>127.0.0.1</Endpoint>"), "{clusters}");
    assert!(clusters.contains(&format!("<Port>{port}</Port>")), "{clusters}");
    let instances = lab.api("Action=DescribeDBInstances");
    assert!(instances.contains("<Address>127.0.0.1</Address>"), "{instances}");
    assert!(instances.contains(&format!("<Port>{port}</Port>")), "{instances}");
}

#[test]
fn its_time_cannot_be_moved_and_its_history_begins_with_it() {
    let lab = Lab::with_real_rows();
    let (status, said) = lab.refusal("clock", &json!({"advance_s": 5}));
    assert_eq!(status, 400, "{said}");
    assert!(said.contains("advance_s"), "{said}");
    lab.skew(30);
    let world = lab.world();
    let age = world.now - world.cluster().earliest.unwrap();
    assert!(age < TimeDelta::minutes(5), "{age}");
    let too_early = stamp(whole_second(
        world.cluster().earliest.unwrap() - TimeDelta::seconds(2),
    ));
    let refused = lab.reply(&format!(
        "Action=BacktrackDBCluster&DBClusterIdentifier=orders--drill&BacktrackTo={too_early}"
    ));
    assert!(refused.contains("InvalidParameterValue"), "{refused}");
}

#[test]
fn a_hurt_is_a_statement_on_the_real_table() {
    let lab = Lab::with_real_rows();
    at_age(&lab, 3);
    let at = lab.hurt("bad_update");
    let spoiled: u64 = sql(&lab, "SELECT COUNT(*) FROM shop.orders WHERE amount_cents = 0")
        .unwrap()
        .parse()
        .unwrap();
    assert!(spoiled > 0);
    assert!(at <= lab.world().now);
    // What a rewind to just before it would show is not what is there.
    let before = lab.digest_at(at - TimeDelta::milliseconds(1));
    assert_ne!(before, lab.world().cluster().orders_digest);
}
