//! What a fleet answers, as a client would ask.

use super::super::moment::Moment;
use super::super::wire::Query;
use super::answer::Fleet;
use super::file::FleetPlan;

fn fleet(toml: &str) -> Fleet {
    let plan: FleetPlan = toml::from_str(toml).unwrap();
    plan.check().unwrap();
    Fleet::new(plan, Moment::parse("2026-11-20T00:00:00Z").unwrap())
}

fn ask(fleet: &mut Fleet, region: &str, form: &str) -> String {
    let query = Query::parse(form.as_bytes()).of_region(Some(region.to_owned()));
    let now = Moment::parse("2026-11-20T00:00:00Z").unwrap();
    let reply = match fleet.answer(&query, now).unwrap() {
        Ok(element) => element.render().unwrap(),
        Err(error) => return error.code.into_owned(),
    };
    String::from_utf8(reply).unwrap()
}

fn marker(reply: &str) -> Option<&str> {
    let (_, rest) = reply.split_once("<Marker>")?;
    rest.split_once("</Marker>").map(|(marker, _)| marker)
}

#[test]
fn a_region_lists_its_own_clusters_and_a_refused_one_none() {
    let mut fleet = fleet(
        "[[cluster]]\nid = \"a--1\"\n[[cluster]]\nid = \"b--1\"\nregion = \"eu-west-1\"\nomit = [\"EngineMode\"]\n\
         [[refused]]\nregion = \"sa-east-1\"\n",
    );
    let list = "Action=DescribeDBClusters";
    let here = ask(&mut fleet, "us-east-1", list);
    assert!(
        here.contains("a--1") && !here.contains("b--1") && here.contains("<EngineMode>"),
        "{here}"
    );
    let there = ask(&mut fleet, "eu-west-1", list);
    assert!(
        there.contains("b--1") && !there.contains("<EngineMode>"),
        "{there}"
    );
    assert_eq!(ask(&mut fleet, "sa-east-1", list), "AccessDenied");
}

#[test]
fn a_cluster_that_vanishes_between_pages_takes_nobody_with_it() {
    let mut text = "page_size = 2\n".to_owned();
    for name in ["a", "b", "c", "d", "e"] {
        let gone = if name == "c" { "vanishes_after = 1\n" } else { "" };
        text.push_str("[[cluster]]\n");
        text.push_str(&["id = \"", name, "--1\"\n", gone].concat());
    }
    let mut fleet = fleet(&text);
    let first = ask(&mut fleet, "us-east-1", "Action=DescribeDBClusters");
    let next = format!("Action=DescribeDBClusters&Marker={}", marker(&first).unwrap());
    let second = ask(&mut fleet, "us-east-1", &next);
    assert!(
        second.contains("d--1") && second.contains("e--1") && !second.contains("c--1"),
        "{second}"
    );
    assert_eq!(marker(&second), None);
}

#[test]
fn what_the_file_gets_wrong_is_refused() {
    for text in [
        "[[cluster]]\nid = \"orders-prod\"",
        "[[cluster]]\nid = \"a--1\"\ncolour = 1",
        "[[cluster]]\nid = \"a--1\"\ncreated = \"yesterday\"",
        "page_size = -1",
    ] {
        assert!(toml::from_str::<FleetPlan>(text).is_err(), "{text}");
    }
    for text in [
        "page_size = 0",
        "[[cluster]]\nid = \"a--1\"\n[[cluster]]\nid = \"a--1\"",
    ] {
        assert!(
            toml::from_str::<FleetPlan>(text).unwrap().check().is_err(),
            "{text}"
        );
    }
}
