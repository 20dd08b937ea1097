//! What both languages give, and what they refuse.

use super::{Fault, Kind, Node, json, yaml};
use crate::lint::lines::Lines;

fn of_yaml(text: &str) -> Result<Vec<Node>, Fault> {
    yaml(text, &Lines::new(text, 0)).map(|documents| documents.trees)
}

/// The tree as compact JSON-like text.
fn shown(node: &Node) -> String {
    match &node.kind {
        Kind::Null => "null".to_owned(),
        Kind::Scalar { text, plain: true } => text.to_string(),
        Kind::Scalar { text, plain: false } => format!("\"{text}\""),
        Kind::List(items) => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(",")),
        Kind::Map(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|entry| format!("{}:{}", entry.key, shown(&entry.value)))
                .collect();
            format!("{{{}}}", entries.join(","))
        }
    }
}

#[track_caller]
fn is(text: &str, expected: &str) {
    assert_eq!(shown(&of_yaml(text).unwrap()[0]), expected);
}

#[test]
fn short_tags_become_their_long_forms() {
    is("a: !Ref B\nb: !Sub 'x${Y}'", "{a:{Ref:B},b:{Fn::Sub:\"x${Y}\"}}");
    is(
        "a: !If [C, 1, !Ref 'AWS::NoValue']\nb: !Condition D",
        "{a:{Fn::If:[C,1,{Ref:\"AWS::NoValue\"}]},b:{Condition:D}}",
    );
    is("a: !Equals\n  - !Ref X\n  - y", "{a:{Fn::Equals:[{Ref:X},y]}}");
    is("a: !!str 86400\nb: ~\nc:", "{a:\"86400\",b:null,c:null}");
}

#[test]
fn aliases_and_merge_keys_are_followed() {
    is("a: &x {p: 1, q: 2}\nb: *x", "{a:{p:1,q:2},b:{p:1,q:2}}");
    is(
        "a: &x {p: 1, q: 2}\nb: {<<: *x, q: 3}",
        "{a:{p:1,q:2},b:{q:3,p:1}}",
    );
    is(
        "a: &x {p: 1}\nb: &y {p: 2, r: 3}\nc: {<<: [*x, *y]}",
        "{a:{p:1},b:{p:2,r:3},c:{p:1,r:3}}",
    );
}

#[test]
fn a_key_twice_is_a_fault_with_both_lines() {
    let text = "a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n";
    let fault = of_yaml(text).unwrap_err();
    assert_eq!(
        fault.message,
        "expected each key once, got `c` in line 3 and again in line 5"
    );
    assert_eq!(&text[fault.at], "c");
    let fault = json("{\"a\": 1,\n\"a\": 2}").unwrap_err();
    assert!(fault.message.contains("line 1 and again in line 2"));
    let many: Vec<String> = (0..40).map(|at| format!("k{at}: {at}")).collect();
    let many = many.join("\n");
    assert!(
        of_yaml(&format!("{many}\nk3: 1\n"))
            .unwrap_err()
            .message
            .contains("`k3`")
    );
}

#[test]
fn every_part_knows_its_bytes() {
    let text = "# ü\r\na:\r\n  b: ü\r\n  c: 86400\r\n";
    let tree = &of_yaml(text).unwrap()[0];
    let entry = tree.get("a").unwrap().entry("c").unwrap();
    assert_eq!(&text[entry.at.clone()], "c");
    assert_eq!(&text[entry.value.at.clone()], "86400");
    let text = "{\"a\": {\"ü\": 1, \"c\": \"86400\"}}";
    let tree = json(text).unwrap();
    let entry = tree.get("a").unwrap().entry("c").unwrap();
    assert_eq!(&text[entry.value.at.clone()], "\"86400\"");
}

#[test]
fn json_is_read_strictly() {
    let tree = json(r#" {"a":[1,-2.5e3,true,null,"x\n\u00fc"],"b":{}} "#).unwrap();
    assert_eq!(shown(&tree), "{a:[1,-2.5e3,true,null,\"x\nü\"],b:{}}");
    for broken in [
        "",
        "{",
        "{\"a\"",
        "{\"a\":}",
        "[1,]",
        "{a:1}",
        "[1] 2",
        "\"x",
        "tru",
        "01",
        "{\"a\":1,}",
        "\"\\q\"",
        "\"a\nb\"",
        "\"\\",
    ] {
        assert!(json(broken).is_err(), "{broken}");
    }
}

#[test]
fn depth_and_size_have_an_end() {
    let deep = "[".repeat(100_000);
    assert!(json(&deep).unwrap_err().message.contains("100 levels"));
    // The scanner has a limit of its own for brackets that nothing closes.
    assert!(of_yaml(&deep).is_err());
    let deep: Vec<String> = (0..200).map(|level| format!("{}a:", " ".repeat(level))).collect();
    let deep = deep.join(
        "
",
    );
    assert!(of_yaml(&deep).unwrap_err().message.contains("100 levels"));
    let mut bomb = String::from("a: &a [x,x,x,x,x,x,x,x,x,x]\n");
    for (before, name) in ('a'..'k').zip('b'..='k') {
        let items = [format!("*{before}").as_str(); 10].join(",");
        bomb.extend([format!("{name}: &{name} [{items}]\n")]);
    }
    assert!(of_yaml(&bomb).unwrap_err().message.contains("1000000 parts"));
    // Each anchor keeps a copy: within each other they would hold the text a hundred times.
    let anchors: Vec<String> = (0..90).map(|at| format!("&a{at} [")).collect();
    let nested = format!(
        "a: {}{}{}\n",
        anchors.concat(),
        vec!["x"; 20_000].join(","),
        "]".repeat(90)
    );
    assert!(of_yaml(&nested).unwrap_err().message.contains("anchors kept"));
}

#[test]
fn broken_yaml_is_a_fault_with_a_place() {
    for broken in [
        "a: [1, 2",
        "a: b: c",
        "a: 'x",
        "a: *nobody",
        "- &x [*x]",
        "{[1]: 2}",
    ] {
        assert!(of_yaml(broken).is_err(), "{broken}");
    }
    assert_eq!(of_yaml("---\na: 1\n---\nb: 2\n").unwrap().len(), 2);
    assert!(of_yaml("").unwrap().is_empty());
}
