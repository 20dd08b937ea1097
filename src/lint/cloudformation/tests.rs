//! What single expressions lead to. Whole templates are in the suite, with a table of what each is.

use super::read;
use crate::domain::posture::Verdict;
use crate::lint::regions::Regions;
use crate::lint::resource::{Lint, Resource};

fn lint(text: &str) -> Lint {
    read("t.yaml", text, 0, None).unwrap().expect("a template")
}

/// A cluster with a window, below what else the template says.
fn window(head: &str, window: &str) -> Resource {
    let text = format!(
        "{head}\nResources:\n  Db:\n    Type: AWS::RDS::DBCluster\n    Properties:\n      Engine: aurora-mysql\n      BacktrackWindow: {window}\n"
    );
    lint(&text).resources.remove(0)
}

#[track_caller]
fn is(head: &str, value: &str, verdict: Verdict, seconds: Option<i64>) -> Resource {
    let found = window(head, value);
    assert_eq!(
        (found.judgement.verdict, found.judgement.window_s),
        (verdict, seconds),
        "{value}: {}",
        found.judgement.reason
    );
    found
}

#[test]
fn what_can_be_computed_is() {
    let head = "Parameters:\n  Hours: {Type: String, Default: '24'}\n  All: {Type: CommaDelimitedList, Default: '1,7200'}\nMappings:\n  M: {a: {w: 3600}}\nConditions:\n  Yes: !Not [!Equals [!Ref Hours, '1']]";
    for (value, seconds) in [
        ("86400", 86_400),
        ("'86400'", 86_400),
        ("!Sub '${Hours}00'", 2_400),
        ("!Join ['', [864, '00']]", 86_400),
        ("!Select [1, !Ref All]", 7_200),
        ("!Select [1, !Split ['/', 'x/300']]", 300),
        ("!FindInMap [M, a, w]", 3_600),
        ("!If [Yes, 60, 0]", 60),
        ("!If [Yes, !If [Yes, 61, 1], 0]", 61),
    ] {
        is(head, value, Verdict::Ok, Some(seconds));
    }
    is(head, "!If [Yes, !Ref 'AWS::NoValue', 1]", Verdict::Disabled, None);
}

#[test]
fn what_aws_refuses_is_invalid() {
    for value in [
        "24h", "'86_400'", "-1", "259201", "3600.5", "true", "", "[1]", "{a: 1}", "''",
    ] {
        is("", value, Verdict::Invalid, window("", value).judgement.window_s);
    }
}

#[test]
fn what_a_deployment_decides_is_unknown_and_named() {
    for (value, named) in [
        ("!Ref Open", "parameter `Open` has no default"),
        ("!Ref Ssm", "SSM"),
        ("!ImportValue x", "Fn::ImportValue"),
        ("!GetAtt Db.Endpoint", "names resource `Db`"),
        ("!Ref Nowhere", "`Nowhere` is neither"),
        ("'{{resolve:ssm:/window}}'", "dynamic reference"),
        ("!If [Nobody, 1, 2]", "condition `Nobody` is not declared"),
        ("!FindInMap [None, a, b]", "`None`, which is no mapping"),
        ("!Transform {Name: Mine}", "Fn::Transform"),
        ("86400.0", "written as a fraction"),
        ("86_400", "`86_400` is 86400 in YAML 1.1 alone"),
        ("24:00:00", "YAML 1.1"),
        ("0250600", "`0250600` is 86400 in YAML 1.1"),
    ] {
        let head = "Parameters:\n  Open: {Type: Number}\n  Ssm: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /w}";
        let found = is(head, value, Verdict::Unknown, None);
        assert!(
            found.judgement.reason.contains(named),
            "{}",
            found.judgement.reason
        );
    }
}

#[test]
fn what_holds_for_every_answer_is_decided() {
    let allowed = |values: &str| format!("Parameters:\n  W: {{Type: Number, AllowedValues: [{values}]}}");
    is(&allowed("3600, 7200"), "!Ref W", Verdict::Ok, None);
    is(&allowed("0"), "!Ref W", Verdict::Disabled, Some(0));
    let mixed = is(&allowed("0, 3600"), "!Ref W", Verdict::Unknown, None);
    assert!(
        mixed
            .judgement
            .reason
            .contains("disabled with `0`; ok with `3600`")
    );
    let range = |range: &str| format!("Parameters:\n  W: {{Type: Number, {range}}}");
    is(
        &range("MinValue: 1, MaxValue: 259200"),
        "!Ref W",
        Verdict::Ok,
        None,
    );
    is(&range("MinValue: 1"), "!Ref W", Verdict::Unknown, None);
    is(
        &range("MinValue: 0, MaxValue: 10"),
        "!Ref W",
        Verdict::Unknown,
        None,
    );
    is(&range("MinValue: 300000"), "!Ref W", Verdict::Invalid, None);
    let regions = "Mappings:\n  R: {us-east-1: {w: 60}, eu-west-1: {w: 90}}";
    is(
        regions,
        "!FindInMap [R, !Ref 'AWS::Region', w]",
        Verdict::Ok,
        None,
    );
    let condition = "Conditions:\n  Here: !Equals [!Ref 'AWS::Region', us-east-1]";
    is(condition, "!If [Here, 60, 90]", Verdict::Ok, None);
    is(condition, "!If [Here, 60, 0]", Verdict::Unknown, None);
}

#[test]
fn a_range_of_numbers_decides_no_comparison() {
    let head = "Parameters:\n  N: {Type: Number, MinValue: 1, MaxValue: 9}\nConditions:\n  Seven: !Equals [!Ref N, '7']";
    is(head, "!If [Seven, 0, 60]", Verdict::Unknown, None);
}

#[test]
fn expressions_without_an_end_have_one() {
    let head = "Conditions:\n  A: !Not [!Condition B]\n  B: !Not [!Condition A]";
    is(head, "!If [A, 0, 60]", Verdict::Unknown, None);
}

#[test]
fn a_region_that_is_given_decides() {
    let text = "Resources:\n  Db:\n    Type: AWS::RDS::DBCluster\n    Properties: {Engine: aurora-mysql, BacktrackWindow: 60}\n";
    for (with_backtrack, verdict) in [
        (Vec::new(), Verdict::Blocked),
        (vec!["eu-north-1".to_owned()], Verdict::Ok),
    ] {
        let regions = Regions {
            named: Some("eu-north-1".to_owned()),
            with_backtrack,
        };
        let found = read("t.yaml", text, 0, Some(&regions)).unwrap().unwrap();
        assert_eq!(found.resources[0].judgement.verdict, verdict);
    }
}

/// A template that was damaged in transit (the one that grows by aliases is apart) is refused, or still judged: it never brings the program down.
#[test]
fn damaged_templates_are_read_to_an_end() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/lint/cloudformation");
    let mut templates: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| std::fs::read_to_string(entry.unwrap().path()).ok())
        .filter(|text| text.len() < 4_000 && !text.contains("*a, *a"))
        .collect();
    templates.sort();
    assert!(templates.len() > 50);
    let mut random = fastrand::Rng::with_seed(6);
    let pieces = [
        "!", "&a ", "*a", "{", "}", "[", "]", ":", "\"", "'", "\n", "- ", "<<", "|", ">", "%", "\u{feff}",
        "\t", "ü", "#",
    ];
    let mut read_to_the_end = 0;
    for _ in 0..2_000 {
        let mut text: Vec<char> = templates[random.usize(..templates.len())].chars().collect();
        for _ in 0..random.usize(1..4) {
            let at = random.usize(..=text.len());
            match random.u8(..3) {
                0 => text.truncate(at),
                1 => drop(text.splice(at..at, pieces[random.usize(..pieces.len())].chars())),
                _ => drop(text.drain(at..(at + random.usize(..9)).min(text.len()))),
            }
        }
        let text: String = text.into_iter().collect();
        read_to_the_end += usize::from(read("t.yaml", &text, 0, None).is_ok());
    }
    assert!(read_to_the_end > 50);
}
