//! Several profiles: each with its own credentials and its own endpoints, as the AWS configuration file has them.

use std::fmt::Write as _;

use super::fleet::by_id;
use crate::harness::{Finished, Lab, Program, Running};

const SHOP: &str = "[[cluster]]\nid = \"shop--1\"\nwindow_s = 86400\nearliest = 86400\n";
const BILLING: &str = "[[cluster]]\nid = \"billing--1\"\n";

/// A configuration in which each profile reaches RDS at a lab of its own; nobody plays CloudWatch.
fn configure(program: &Program, profiles: &[(&str, &Lab)]) {
    std::fs::create_dir(program.home().join(".aws")).unwrap();
    let (mut config, mut credentials) = (String::new(), String::new());
    for (name, lab) in profiles {
        write!(
            config,
            "[profile {name}]\nservices = {name}\n[services {name}]\nrds =\n  endpoint_url = {}\ncloudwatch =\n  \
             endpoint_url = http://127.0.0.1:9\n",
            lab.endpoint
        )
        .unwrap();
        write!(
            credentials,
            "[{name}]\naws_access_key_id = AKID{name}\naws_secret_access_key = SECRET\n"
        )
        .unwrap();
    }
    program.file(".aws/config", &config);
    program.file(".aws/credentials", &credentials);
}

fn look(program: &Program, profiles: &str) -> Finished {
    let words = [
        "posture",
        "--profiles",
        profiles,
        "--regions",
        "us-east-1",
        "--output",
        "json",
    ];
    Running::start(&mut program.command(words)).finish()
}

#[test]
fn each_profile_is_read_with_its_own_endpoint_and_named_in_its_rows() {
    let (program, shop, billing) = (Program::new(), Lab::with_fleet(SHOP), Lab::with_fleet(BILLING));
    configure(&program, &[("shop", &shop), ("billing", &billing)]);
    let finished = look(&program, "shop,billing").expect(3);
    let seen = by_id(&finished);
    assert_eq!(seen.len(), 2, "{finished:?}");
    assert_eq!(seen["shop--1"]["profile"], "shop");
    let line = &seen["billing--1"];
    assert_eq!(line["profile"], "billing");
    // A command that is pasted goes to the same account.
    let remedy = line["remedy"].as_str().unwrap();
    assert!(
        remedy.contains("--profile billing --region us-east-1"),
        "{remedy}"
    );
    for lab in [&shop, &billing] {
        let lists = lab.calls().into_iter();
        assert_eq!(
            lists.filter(|call| call.action == "DescribeDBClusters").count(),
            1
        );
    }
    assert_eq!(finished.of_kind("region").len(), 2);
}

#[test]
fn a_cluster_that_two_profiles_see_is_one() {
    let (program, lab) = (Program::new(), Lab::with_fleet(SHOP));
    configure(&program, &[("one", &lab), ("two", &lab)]);
    let finished = look(&program, "one,two").expect(0);
    assert_eq!(finished.of_kind("cluster").len(), 1);
    let kpi = finished.of_kind("kpi").remove(0);
    assert_eq!(kpi["clusters"], 1);
}

#[test]
fn a_profile_without_credentials_is_a_hole_that_is_named() {
    let (program, lab) = (Program::new(), Lab::with_fleet(SHOP));
    configure(&program, &[("shop", &lab)]);
    let finished = look(&program, "shop,nobody").expect(4);
    assert_eq!(by_id(&finished)["shop--1"]["verdict"], "ok");
    assert!(
        finished
            .stderr
            .contains("us-east-1 by profile nobody was not read whole"),
        "{finished:?}"
    );
    let kpi = finished.of_kind("kpi").remove(0);
    assert_eq!(kpi["regions_unread"], 1);
}
