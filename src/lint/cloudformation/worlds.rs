//! A verdict over everything that a deployment may decide, held against each single deployment.

use std::collections::BTreeSet;

use super::read;
use crate::domain::posture::Verdict;

const TEXTS: [&str; 3] = ["a", "b", "c"];

/// Expressions at random.
struct Draw(fastrand::Rng);

impl Draw {
    fn text(&mut self) -> &'static str {
        TEXTS[self.0.usize(..TEXTS.len())]
    }

    fn parameter(&mut self) -> &'static str {
        ["P", "Q"][self.0.usize(..2)]
    }

    fn lookup(&mut self, column: &str, default: &str) -> String {
        let parameter = self.parameter();
        format!("!FindInMap [M, !Ref {parameter}, {column}, {{DefaultValue: {default}}}]")
    }

    fn condition(&mut self, depth: u32) -> String {
        let text = self.text();
        match self.0.u32(..if depth == 0 { 2 } else { 6 }) {
            0 => format!("!Equals [!Ref {}, {text}]", self.parameter()),
            1 => format!("!Equals [{}, {text}]", self.lookup("Text", "c")),
            2 => format!("!Not [{}]", self.condition(depth - 1)),
            3 => format!(
                "!And [{}, {}]",
                self.condition(depth - 1),
                self.condition(depth - 1)
            ),
            4 => format!(
                "!Or [{}, {}]",
                self.condition(depth - 1),
                self.condition(depth - 1)
            ),
            _ => "!Condition First".to_owned(),
        }
    }

    fn window(&mut self, depth: u32) -> String {
        match self.0.u32(..if depth == 0 { 3 } else { 5 }) {
            0 => "86400".to_owned(),
            1 => "300000".to_owned(),
            2 => self.lookup("Window", "300000"),
            _ => {
                let condition = ["First", "Second", "Made"][self.0.usize(..3)];
                format!(
                    "!If [{condition}, {}, {}]",
                    self.window(depth - 1),
                    self.window(depth - 1)
                )
            }
        }
    }

    /// A template without its parameters. `Probe` has a window where `Db` is made.
    fn template(&mut self) -> String {
        let first = format!("!Equals [!Ref {}, {}]", self.parameter(), self.text());
        let (second, made) = (self.condition(2), self.condition(2));
        let (window, version) = (self.window(2), self.lookup("Version", "8.0.mysql_aurora.3.08.0"));
        format!(
            "Mappings:\n  M:\n    a: {{Text: a, Window: 3600, Version: 8.0.mysql_aurora.3.01.0}}\n    b: {{Text: b, Window: 300000, Version: 8.0.mysql_aurora.3.08.0}}\n\
             Conditions:\n  First: {first}\n  Second: {second}\n  Made: {made}\n\
             Resources:\n  Db:\n    Type: AWS::RDS::DBCluster\n    Condition: Made\n    Properties: {{Engine: aurora-mysql, EngineVersion: {version}, BacktrackWindow: {window}}}\n  \
             Probe:\n    Type: AWS::RDS::DBCluster\n    Properties: {{Engine: aurora-mysql, BacktrackWindow: !If [Made, 86400, 0]}}\n"
        )
    }
}

/// The verdicts of `Db` and `Probe`.
fn verdicts(text: &str) -> (Verdict, Verdict) {
    let found = read("t.yaml", text, 0, None)
        .unwrap()
        .expect("a template")
        .resources;
    (found[0].judgement.verdict, found[1].judgement.verdict)
}

#[test]
fn a_verdict_that_is_decided_holds_in_every_deployment_that_makes_the_cluster() {
    let mut draw = Draw(fastrand::Rng::with_seed(9));
    let (mut decided, mut undecided) = (0, 0);
    for _ in 0..400 {
        let template = draw.template();
        let (over_all, _) = verdicts(&format!(
            "Parameters:\n  P: {{Type: String}}\n  Q: {{Type: String, AllowedValues: [a, c]}}\n{template}"
        ));
        let mut single = BTreeSet::new();
        for p in ["a", "b", "c", "other"] {
            for q in ["a", "c"] {
                let (verdict, probe) = verdicts(&format!(
                    "Parameters:\n  P: {{Type: String, Default: {p}}}\n  Q: {{Type: String, Default: {q}}}\n{template}"
                ));
                if probe == Verdict::Ok {
                    single.insert(verdict.as_str());
                }
            }
        }
        match single.len() {
            0 => {}
            1 => {
                assert_eq!(single.first(), Some(&over_all.as_str()), "{template}");
                decided += 1;
            }
            _ => {
                assert_eq!(over_all, Verdict::Unknown, "{single:?}\n{template}");
                undecided += 1;
            }
        }
    }
    assert!(decided > 60 && undecided > 60, "{decided} {undecided}");
}
