//! What a template may cost: counted in steps, as time depends on the machine.

use super::catalog::Catalog;
use super::choice::World;
use super::decide::decide;
use super::effort::Effort;
use super::expand::Expanded;
use super::neighbours::Neighbours;
use super::setting::Setting;
use super::template::Template;
use crate::domain::posture::Verdict;
use crate::lint::judgement::Judgement;
use crate::lint::lines::Lines;
use crate::lint::tree::yaml;

/// What the clusters of a template are judged to be, and the steps that it took.
fn judged(text: &str) -> (Vec<Judgement>, u64) {
    let documents = yaml(text, &Lines::new(text, 0)).unwrap().trees;
    let template = Template::of(&documents[0], None).expect("a template");
    let (catalog, effort) = (Catalog::of(template), Effort::new());
    let written = Setting::new(&catalog, &effort, World::default());
    let expanded = Expanded::of(&written);
    let neighbours = Neighbours::of(&written, &expanded);
    let clusters = expanded.resources.iter();
    let clusters = clusters.filter(|resource| resource.kind == super::cluster::KIND);
    let judged = clusters
        .map(|resource| decide(&written, &neighbours, resource))
        .collect();
    (judged, effort.taken())
}

#[test]
fn a_condition_is_looked_into_once_however_often_it_is_named() {
    let chain = |length: usize, first: &str| {
        let more: Vec<String> = (1..=length)
            .map(|at| {
                format!(
                    "  C{at}: !And [!Condition C{before}, !Condition C{before}]\n",
                    before = at - 1
                )
            })
            .collect();
        format!(
            "Parameters:\n  P: {{Type: String}}\nConditions:\n  C0: {first}\n{}Resources:\n  Db:\n    Type: AWS::RDS::DBCluster\n    Properties: {{Engine: aurora-mysql, BacktrackWindow: !If [C{length}, 86400, 0]}}\n",
            more.concat()
        )
    };
    let (found, steps) = judged(&chain(30, "!Equals [a, a]"));
    assert_eq!(found[0].verdict, Verdict::Ok);
    assert!(steps < 1_000, "{steps}");
    let (found, steps) = judged(&chain(30, "!Equals [!Ref P, a]"));
    assert_eq!(found[0].verdict, Verdict::Unknown);
    assert!(steps < 3_000, "{steps}");
}

#[test]
fn conditions_that_name_each_other_cost_little() {
    let text = "Conditions:\n  A: !And [!Condition B, !Condition B, !Condition B]\n  B: !And [!Condition A, !Condition A, !Condition A]\nResources:\n  Db:\n    Type: AWS::RDS::DBCluster\n    Properties: {Engine: aurora-mysql, BacktrackWindow: !If [A, 86400, 0]}\n";
    let (found, steps) = judged(text);
    assert_eq!(found[0].verdict, Verdict::Unknown);
    assert!(steps < 1_000, "{steps}");
}

#[test]
fn a_mapping_that_doubles_ends_as_unknown() {
    let doubling: Vec<String> = (1..=34)
        .map(|at| {
            let before = at - 1;
            format!("      k{at}: !Join ['', [!FindInMap [M, a, k{before}], !FindInMap [M, a, k{before}]]]\n")
        })
        .collect();
    let text = format!(
        "Mappings:\n  M:\n    a:\n      k0: x\n{}Resources:\n  Db:\n    Type: AWS::RDS::DBCluster\n    Properties: {{Engine: aurora-mysql, BacktrackWindow: !FindInMap [M, a, k34]}}\n  Other:\n    Type: AWS::RDS::DBCluster\n    Properties: {{Engine: aurora-mysql, BacktrackWindow: 60}}\n",
        doubling.concat()
    );
    let (found, steps) = judged(&text);
    assert_eq!(found[0].verdict, Verdict::Unknown);
    assert!(found[0].reason.contains("steps"), "{}", found[0].reason);
    // It is that cluster's own matter.
    assert_eq!(found[1].verdict, Verdict::Ok);
    assert!(steps < 2_000_000, "{steps}");
}

#[test]
fn a_text_that_is_named_often_ends_as_unknown() {
    let long = "x".repeat(100_000);
    let items = vec!["!Ref P"; 10_000].join(", ");
    let text = format!(
        "Parameters:\n  P: {{Type: String, Default: {long}}}\nResources:\n  Db:\n    Type: AWS::RDS::DBCluster\n    Properties: {{Engine: aurora-mysql, BacktrackWindow: !Join ['', [{items}]]}}\n"
    );
    let (found, _) = judged(&text);
    assert_eq!(found[0].verdict, Verdict::Unknown);
}

#[test]
fn loops_without_a_body_have_an_end() {
    let mut body = "{}".to_owned();
    for at in 0..12 {
        body = format!("{{'Fn::ForEach::L{at}': [V{at}, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], {body}]}}");
    }
    let text = format!("Transform: AWS::LanguageExtensions\nResources: {body}\n");
    let documents = yaml(&text, &Lines::new(&text, 0)).unwrap().trees;
    let template = Template::of(&documents[0], None).expect("a template");
    let (catalog, effort) = (Catalog::of(template), Effort::new());
    let written = Setting::new(&catalog, &effort, World::default());
    let expanded = Expanded::of(&written);
    let closed = expanded.closed.as_slice();
    assert!(
        closed.len() == 1 && closed[0].why.contains("turns of loops"),
        "{closed:?}"
    );
    assert!(effort.taken() < 3_000_000, "{}", effort.taken());
}

#[test]
fn what_a_template_costs_grows_with_its_length() {
    let many = |number: usize| {
        let each = (0..number).map(|at| {
            format!(
                "  D{at}:\n    Type: AWS::RDS::DBCluster\n    Properties: {{Engine: aurora-mysql, BacktrackWindow: 3600, DBClusterParameterGroupName: g{at}}}\n  G{at}:\n    Type: AWS::RDS::DBClusterParameterGroup\n    Properties: {{DBClusterParameterGroupName: g{at}, Parameters: {{binlog_format: ROW}}}}\n  X{at}:\n    Type: AWS::RDS::GlobalCluster\n    Properties: {{SourceDBClusterIdentifier: !Ref D{at}}}\n"
            )
        });
        format!("Resources:\n{}", each.collect::<Vec<_>>().concat())
    };
    let (few, steps_of_few) = judged(&many(100));
    let (more, steps_of_more) = judged(&many(400));
    assert!(
        few.iter()
            .chain(&more)
            .all(|judged| judged.verdict == Verdict::Blocked)
    );
    assert!(steps_of_more < 5 * steps_of_few, "{steps_of_few} {steps_of_more}");
}
