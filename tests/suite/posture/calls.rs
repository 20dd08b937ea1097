//! How many calls a fleet costs: pages and distinct parameter groups, never one for each cluster.

use std::collections::BTreeMap;

use super::fleet::{crowd, look};
use crate::harness::{Lab, Program};

fn counted(lab: &Lab) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for call in lab.calls() {
        *counted.entry(call.action).or_default() += 1;
    }
    counted
}

#[test]
fn a_thousand_clusters_cost_ten_pages_and_a_call_for_each_distinct_group() {
    let (program, lab) = (Program::new(), Lab::with_fleet(&crowd(1000, 7)));
    let finished = look(&program, &lab, &["--output", "json"]).expect(3);
    assert_eq!(finished.of_kind("cluster").len(), 1000);
    let expected = [
        ("DescribeDBClusterParameters", 7),
        ("DescribeDBClusters", 10),
        ("DescribeEvents", 1),
        ("DescribeGlobalClusters", 1),
    ];
    let expected: BTreeMap<String, usize> = expected.map(|(action, calls)| (action.to_owned(), calls)).into();
    assert_eq!(counted(&lab), expected);
}

#[test]
fn a_group_of_awss_own_needs_no_call() {
    let fleet = "[[cluster]]\nid = \"a--1\"\nwindow_s = 86400\nearliest = 86400\n";
    let (program, lab) = (Program::new(), Lab::with_fleet(fleet));
    look(&program, &lab, &["--output", "json"]).expect(0);
    assert!(!counted(&lab).contains_key("DescribeDBClusterParameters"));
}

#[test]
fn each_cluster_is_asked_for_by_itself_only_when_that_is_wanted() {
    let fleet = "[[cluster]]\nid = \"a--1\"\nwindow_s = 86400\nearliest = 86400\nbacktracks = [\"2026-11-01T00:00:00Z\"]\n\
                 [[cluster]]\nid = \"b--1\"\nwindow_s = 86400\nearliest = 86400\n[[cluster]]\nid = \"c--1\"\n";
    let (program, lab) = (Program::new(), Lab::with_fleet(fleet));
    let seen = super::fleet::by_id(&look(&program, &lab, &["--deep", "--output", "json"]).expect(3));
    assert_eq!(counted(&lab)["DescribeDBClusterBacktracks"], 2);
    assert_eq!(seen["a--1"]["last_backtrack"], "2026-11-01T00:00:00Z");
    assert_eq!(seen["b--1"]["last_backtrack"], serde_json::Value::Null);
}

#[test]
fn a_region_is_asked_by_its_own_signature() {
    let fleet = "[[cluster]]\nid = \"a--1\"\n[[cluster]]\nid = \"b--1\"\nregion = \"eu-west-1\"\n";
    let (program, lab) = (Program::new(), Lab::with_fleet(fleet));
    let words = ["--regions", "us-east-1,eu-west-1,us-east-1", "--output", "json"];
    let finished = look(&program, &lab, &words).expect(3);
    let seen = super::fleet::by_id(&finished);
    assert_eq!(seen["a--1"]["region"], "us-east-1");
    assert_eq!(seen["b--1"]["region"], "eu-west-1");
    assert_eq!(finished.of_kind("region").len(), 2);
}
