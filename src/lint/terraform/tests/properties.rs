//! What holds of any expression.

use super::expressions::evaluated;
use crate::lint::terraform::code::World;
use crate::lint::terraform::eval::{Each, Scope, eval};
use proptest::prelude::*;

/// Arithmetic on whole numbers, with what it comes to.
fn arithmetic() -> impl Strategy<Value = (String, i64)> {
    let leaf = (-1000_i64..1000).prop_map(|number| (format!("{number}"), number));
    leaf.prop_recursive(5, 40, 2, |inner| {
        (inner.clone(), inner, 0..6_u8).prop_map(|((left, a), (right, b), choice)| match choice {
            0 => (format!("({left} + {right})"), a.saturating_add(b)),
            1 => (format!("({left} - {right})"), a.saturating_sub(b)),
            2 => (format!("max({left}, {right})"), a.max(b)),
            3 => (format!("min({left}, {right})"), a.min(b)),
            4 => (format!("({left} < {right} ? {left} : {right})"), a.min(b)),
            _ => (format!("[{left}, {right}][1]"), b),
        })
    })
}

/// Text made of the pieces of expressions, most of it no expression.
fn scraps() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "\"",
        "${",
        "%{",
        "1",
        "0",
        "-",
        "+",
        "*",
        "/",
        "%",
        "<",
        "==",
        "&&",
        "!",
        "?",
        ":",
        "local.a",
        "var.b",
        "data.c.d.e",
        "each.value",
        "count.index",
        "[*]",
        ".*",
        ".0",
        ".x",
        "for x in",
        "=>",
        "...",
        "max",
        "try",
        "element",
        "substr",
        "slice",
        "range",
        "null",
        "true",
        "1e308",
        "9999999999",
        ",",
        "=",
        " ",
        "\n",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn arithmetic_is_what_whole_numbers_say((expression, expected) in arithmetic()) {
        let value = evaluated("", &expression).unwrap();
        prop_assert_eq!(value.to_number().and_then(|number| number.whole()), Some(expected), "{}", expression);
    }

    #[test]
    fn a_value_that_is_not_known_is_never_known_by_arithmetic((expression, _) in arithmetic()) {
        let value = evaluated("", &format!("{expression} + data.a.b.c")).unwrap();
        prop_assert!(value.why().is_some());
    }

    #[test]
    fn a_default_leaves_its_mark_on_whatever_is_made_of_it((expression, expected) in arithmetic()) {
        let module = "variable \"w\" {\n  default = 7\n}\n";
        let value = evaluated(module, &format!("var.w + {expression}")).unwrap();
        prop_assert!(value.marks.parameterised);
        prop_assert_eq!(value.to_number().and_then(|number| number.whole()), Some(expected + 7));
    }

    #[test]
    fn any_text_is_evaluated_or_refused_and_ends(text in scraps()) {
        if let Ok(expression) = hcl_edit::parser::parse_expr(&text) {
            let world = World::of_text("locals {\n  a = [1, { x = 2 }]\n}\n");
            let _ = eval(&world, &expression, Scope::new(0, &Each::One));
        }
    }
}
