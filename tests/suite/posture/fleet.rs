//! Fleets for the other files: served by a lab, and looked at by the program.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use crate::harness::{Finished, Lab, Program};

/// Every case once.
pub const CASES: &str = include_str!("fleet.toml");
/// A fleet of one good cluster.
pub const ONE: &str = "[[cluster]]\nid = \"a--1\"\nwindow_s = 86400\nearliest = 86400\n";
/// The instant that it is judged at.
pub const AS_OF: &str = "2026-11-20T12:00:00Z";

/// Looks at a lab's fleet.
pub fn look(program: &Program, lab: &Lab, more: &[&str]) -> Finished {
    let mut words = vec!["posture", "--lab", &lab.endpoint];
    words.extend(more);
    program.run(words)
}

/// The lines of clusters by id.
pub fn by_id(finished: &Finished) -> BTreeMap<String, Value> {
    let lines = finished.of_kind("cluster").into_iter();
    lines
        .map(|line| (line["cluster"].as_str().unwrap().to_owned(), line))
        .collect()
}

/// A thousand clusters and more, sharing so many custom parameter groups.
pub fn crowd(clusters: usize, groups: usize) -> String {
    let mut text = String::new();
    for number in 0..clusters {
        let group = number % groups;
        let window = if number % 4 == 0 { 0 } else { 86_400 };
        write!(
            text,
            "[[cluster]]\nid = \"load--{number:05}\"\nwindow_s = {window}\nearliest = 86400\nchange_records = {number}\n\
             parameter_group = \"group-{group}\"\ntags = {{ owner = \"team-{group}\", cost-centre = \"{number}\" }}\n"
        )
        .unwrap();
    }
    for group in 0..groups {
        writeln!(text, "[parameters.group-{group}]\nbinlog_format = \"OFF\"").unwrap();
    }
    text
}
