//! A table of expressions and of Terraform's own answers.

use crate::lint::terraform::code::World;
use crate::lint::terraform::eval::{Each, Evaluated, Scope, eval};
use crate::lint::terraform::value::{Kind, Value};
use serde_json::Value as Json;

/// What the table's expressions name.
const LOCALS: &str = r#"
locals {
  one     = 1
  name    = "db"
  nothing = null
  list    = ["a", "b", "c"]
  nested  = [["a"], ["b", ["c"]], []]
  map     = { a = 1, b = 2 }
  deep    = { x = { y = [10, 20] } }
  objects = [{ id = "p", w = 1 }, { id = "q", w = 2 }]
  empty   = []
}
"#;

/// The value of an expression, in a module that declares what the text says.
pub(super) fn evaluated(module: &str, expression: &str) -> Evaluated {
    let world = World::of_text(module);
    let expression = hcl_edit::parser::parse_expr(expression).unwrap();
    eval(&world, &expression, Scope::new(0, &Each::One))
}

/// A known value as JSON.
fn json(value: &Value) -> Json {
    match &value.kind {
        Kind::Null => Json::Null,
        Kind::Bool(value) => Json::Bool(*value),
        Kind::Number(number) => Json::from(number.rounded()),
        Kind::Text(text) => Json::String(text.to_string()),
        Kind::List(items) | Kind::Set(items) => Json::Array(items.iter().map(json).collect()),
        Kind::Map(fields) => Json::Object(
            fields
                .iter()
                .map(|(key, value)| (key.clone(), json(value)))
                .collect(),
        ),
        Kind::Resource(_) | Kind::Module(_) | Kind::Unknown(_) => Json::String(format!("{value:?}")),
    }
}

/// Numbers of JSON as one sort, so that 1 and 1.0 are the same.
fn plain(json: &Json) -> Json {
    match json {
        Json::Number(number) => Json::from(number.as_f64()),
        Json::Array(items) => Json::Array(items.iter().map(plain).collect()),
        Json::Object(fields) => fields
            .iter()
            .map(|(key, value)| (key.clone(), plain(value)))
            .collect(),
        other => other.clone(),
    }
}

#[test]
fn expressions_come_to_what_terraform_says() {
    let mut faults = Vec::new();
    let mut count = 0;
    for line in include_str!("expressions.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let (expression, expected) = line.split_once("  =>  ").unwrap();
        count += 1;
        let same = match (evaluated(LOCALS, expression), expected) {
            (Err(_), "fault") => true,
            (Ok(value), expected) if expected != "fault" => {
                json(&value) == plain(&serde_json::from_str(expected).unwrap())
            }
            _ => false,
        };
        if !same {
            faults.push(format!(
                "{expression}: expected {expected}, got {:?}",
                evaluated(LOCALS, expression)
            ));
        }
    }
    assert!(count > 200, "expected the table, got {count} lines");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn what_is_not_known_names_what_is_to_blame() {
    for (expression, blamed) in [
        ("var.none", "var.none is declared nowhere"),
        ("local.none + 1", "local.none is declared nowhere"),
        (
            "data.aws_region.here.name",
            "data.aws_region.here.name is a data source",
        ),
        ("max(1, data.a.b.c)", "data.a.b.c"),
        ("[for x in data.a.b.c : x]", "data.a.b.c"),
        ("terraform.workspace == \"prod\"", "terraform.workspace"),
        ("file(\"x\")", "file() is not evaluated"),
        (
            "provider::aws::arn_parse(\"x\")",
            "provider::aws::arn_parse() is a provider's",
        ),
        ("\"a-${data.a.b.c}\"", "data.a.b.c"),
        ("format(\"%05d\", 3)", "`%0`"),
        ("coalesce(data.a.b.c, 5)", "data.a.b.c"),
        ("uuid()", "uuid()"),
        ("1 / 0", "without end"),
        ("try(-1 / 0, 5)", "without end"),
        ("tonumber(\"1e999999\")", "too large"),
        ("\"1e999999\" * 2", "too large"),
        ("try(tonumber(\"1e999999\"), 5)", "too large"),
        ("parseint(\"10\", 62)", "above 36"),
        ("pow(2, 5000)", "too large"),
        ("tonumber(\"1e1000\") * tonumber(\"1e1000\")", "too large"),
        (
            "parseint(join(\"\", [for x in range(1000) : \"12345678901234567890\"]), 10)",
            "too large",
        ),
        ("try(data.a.b.c, 5)", "data.a.b.c"),
        ("aws_x.y.z", "aws_x.y is declared nowhere"),
        ("replace(\"a\", \"/b/\", \"\")", "regular expression"),
        ("tolist(toset([{ a = 2 }, { a = 1 }]))[0].a", "order of a set"),
        ("[for x in toset([{ a = 2 }, { a = 1 }]) : x.a]", "order of a set"),
        ("{ for x in toset([[1], [2]]) : \"k\" => x... }", "order of a set"),
        ("toset([{ a = 2 }, { a = 1 }])[*].a", "order of a set"),
        ("merge(toset([{ a = 2 }, { a = 1 }])...).a", "order of a set"),
        ("flatten([toset([[1], [2]])])", "order of a set"),
        ("element(toset([[1], [2]]), 0)", "order of a set"),
        ("each.key", "each.key"),
        ("count.index", "count.index"),
    ] {
        let value = evaluated("", expression).unwrap();
        let why = &value
            .why()
            .unwrap_or_else(|| panic!("{expression}: {value:?}"))
            .why;
        assert!(why.contains(blamed), "{expression}: {why}");
    }
}

#[test]
fn a_part_that_is_known_is_known_although_another_is_not() {
    for (expression, expected) in [
        ("{ a = data.a.b.c, b = 5 }.b", "5"),
        ("length([data.a.b.c, 1])", "2"),
        ("keys({ a = data.a.b.c })", "[\"a\"]"),
        ("merge({ a = data.a.b.c }, { b = 1 }).b", "1"),
        ("concat([data.a.b.c], [7])[1]", "7"),
        ("false && data.a.b.c", "false"),
        ("data.a.b.c || true", "true"),
        ("coalesce(5, data.a.b.c)", "5"),
        ("contains([data.a.b.c, 1], 1)", "true"),
        ("lookup({ a = data.a.b.c, b = 2 }, \"b\", 0)", "2"),
        ("data.a.b.c ? 5 : 5", "5"),
    ] {
        let value = evaluated("", expression).unwrap();
        let expected = plain(&serde_json::from_str(expected).unwrap());
        assert_eq!(json(&value), expected, "{expression}");
    }
}
