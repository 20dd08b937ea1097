//! Values and numbers that grow without end: they end, and are never a pass.

use super::{cluster, folder, verdict};
use backtrackctl::domain::posture::Verdict;
use std::fmt::Write;
use std::time::{Duration, Instant};

#[test]
fn a_chain_of_names_is_followed_so_far_and_no_further() {
    let mut text = String::from("locals {\n  a0 = 3600\n");
    for at in 1..5000 {
        writeln!(text, "  a{at} = local.a{}", at - 1).unwrap();
    }
    text.push_str("}\n");
    let lint = folder(&[("main.tf", &(text.clone() + &cluster("main", "local.a4999")))]);
    assert_eq!(verdict(&lint), Verdict::Unknown);
    let lint = folder(&[("main.tf", &(text + &cluster("main", "local.a9")))]);
    assert_eq!(verdict(&lint), Verdict::Ok);
}

#[test]
fn a_value_that_is_built_deeper_step_by_step_ends() {
    let mut text = String::from("locals {\n  a0 = [1]\n");
    for at in 1..3000 {
        writeln!(text, "  a{at} = [local.a{}]", at - 1).unwrap();
    }
    text.push_str("}\n");
    // Each is found on its own, so that none goes deep by itself.
    for at in (0..3000).step_by(20) {
        text.push_str(&cluster(
            &format!("c{at}"),
            &format!("local.a{at} == [0] ? 1 : local.a{at} == local.a{at} ? 2 : 0"),
        ));
    }
    let lint = folder(&[("main.tf", &text)]);
    assert_eq!(lint.resources.len(), 150);
    assert_eq!(lint.resources[149].judgement.verdict, Verdict::Unknown);
}

#[test]
fn values_that_double_themselves_end() {
    for (seed, next, whole) in [
        ("[1, 1]", "[local.a{}, local.a{}]", "length(flatten(local.a{}))"),
        ("\"ab\"", "\"${local.a{}}${local.a{}}\"", "length(local.a{})"),
        ("[1, 1]", "concat(local.a{}, local.a{})", "length(local.a{})"),
        (
            "[1, 1]",
            "[for x in local.a{} : local.a{}]",
            "local.a{} == local.a{} ? 1 : 2",
        ),
    ] {
        let mut text = format!("locals {{\n  a0 = {seed}\n");
        for at in 1..60 {
            writeln!(text, "  a{at} = {}", next.replace("{}", &(at - 1).to_string())).unwrap();
        }
        text.push_str("}\n");
        text.push_str(&cluster("main", &whole.replace("{}", "59")));
        let lint = folder(&[("main.tf", &text)]);
        assert_ne!(verdict(&lint), Verdict::Ok, "{next}: {lint:?}");
    }
}

#[test]
fn loops_over_what_doubled_itself_end() {
    let texts = doubled("\"aaaaaaaaaaaaaaaa\"", "\"${local.a{}}${local.a{}}\"", 16);
    let lists = doubled("[1, 2, 3, 4]", "concat(local.a{}, local.a{})", 14);
    for (locals, window) in [
        (&texts, "length([for i in range(1000) : split(\"\", local.a16)])"),
        (
            &texts,
            "sum([for i in range(1000) : length(split(\"\", local.a16))])",
        ),
        (&texts, "length([for i in range(1000) : upper(local.a16)])"),
        (&texts, "length([for i in range(1000) : \"${i}${local.a15}\"])"),
        (
            &texts,
            "length([for i in range(1000) : [for j in range(900) : trim(local.a16, local.a16)]])",
        ),
        (
            &texts,
            "length([for i in range(1000) : [for j in range(900) : local.a16 == local.a16]])",
        ),
        (
            &texts,
            "length([for i in range(1000) : [for j in range(900) : substr(local.a16, j, 9)]])",
        ),
        (
            &texts,
            "length({ for i in range(1000) : \"${i}${local.a16}\" => i })",
        ),
        (
            &lists,
            "sum([for i in range(1000) : sum([for j in range(900) : length(concat(local.a14, local.a14))])])",
        ),
        (
            &lists,
            "sum([for i in range(1000) : sum([for j in range(900) : sum(local.a14)])])",
        ),
        (
            &lists,
            "length([for i in range(1000) : [for j in range(900) : local.a14[*]]])",
        ),
        (
            &lists,
            "length([for i in range(1000) : [for j in range(900) : max(local.a14...)]])",
        ),
        (
            &lists,
            "length([for i in range(1000) : [for j in range(900) : [for x in local.a14 : x if data.a.b.c]]])",
        ),
    ] {
        let begun = Instant::now();
        let lint = folder(&[("main.tf", &format!("{locals}{}", cluster("main", window)))]);
        assert_eq!(verdict(&lint), Verdict::Unknown, "{window}");
        assert!(begun.elapsed() < Duration::from_mins(1), "{window}");
    }
}

/// Locals, each made of the one before, up to a number.
fn doubled(seed: &str, next: &str, most: usize) -> String {
    let mut text = format!("locals {{\n  a0 = {seed}\n");
    for at in 1..=most {
        writeln!(text, "  a{at} = {}", next.replace("{}", &(at - 1).to_string())).unwrap();
    }
    text.push_str("}\n");
    text
}

#[test]
fn a_range_of_numbers_that_do_not_grow_ends() {
    for window in [
        "length(range(1000000000000000000, 1000000000000001024))",
        "length(range(0, 1e-320, 1e-323))",
        "length(range(0, 1e300, 1e-300))",
    ] {
        let lint = folder(&[("main.tf", &cluster("main", window))]);
        assert_eq!(lint.resources.len(), 1, "{window}");
    }
}

#[test]
fn numbers_without_measure_are_refused() {
    for window in [
        "99999999999999999999",
        "9223372036854775808",
        "-99999999999999999999",
        "1e300",
        "1.0e-300",
    ] {
        assert_eq!(
            verdict(&folder(&[("main.tf", &cluster("main", window))])),
            Verdict::Invalid,
            "{window}"
        );
    }
    let lint = folder(&[("main.tf", &cluster("main", "1e400"))]);
    assert_eq!((lint.resources.len(), lint.unreadable.len()), (0, 1));
    for (window, expected) in [
        ("1e300 * 1e300", Verdict::Invalid),
        ("1e300 * 1e300 * 1e300 * 1e300 * 1e300", Verdict::Unknown),
        ("pow(10, 300) * pow(10, 9999)", Verdict::Unknown),
        ("tonumber(\"1e999999999\")", Verdict::Unknown),
        (
            "parseint(join(\"\", [for x in range(1000) : \"99999999999\"]), 10)",
            Verdict::Unknown,
        ),
        ("\"1e999999999\"", Verdict::Invalid),
        // A million fractions of 150 digits, told one by one.
        (
            "length(join(\"\", [for x in range(1, 1000) : join(\"\", [for y in range(1, 1000) : x / y])]))",
            Verdict::Unknown,
        ),
    ] {
        assert_eq!(
            verdict(&folder(&[("main.tf", &cluster("main", window))])),
            expected,
            "{window}"
        );
    }
}
