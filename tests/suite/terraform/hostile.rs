//! What nobody would write, and what somebody might: it ends, and is never a pass.

use backtrackctl::domain::posture::Verdict;
use backtrackctl::lint::{Lint, terraform};
use rustix::fs::{CWD, FileType, Mode, mknodat};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A folder of files, read as a root module.
fn folder(files: &[(&str, &str)]) -> Lint {
    let root = TempDir::new().unwrap();
    for (name, text) in files {
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    terraform::folder("", root.path(), None).unwrap().lint
}

/// A cluster with a window.
fn cluster(name: &str, window: &str) -> String {
    format!(
        "resource \"aws_rds_cluster\" \"{name}\" {{\n  engine = \"aurora-mysql\"\n  backtrack_window = {window}\n}}\n"
    )
}

fn verdict(lint: &Lint) -> Verdict {
    assert_eq!(lint.resources.len(), 1, "{lint:?}");
    lint.resources[0].judgement.verdict
}

#[test]
fn nesting_without_end_is_unreadable_or_unknown() {
    for (open, close) in [
        ("(", ")"),
        ("[", "]"),
        ("{ a = ", " }"),
        ("!", ""),
        ("max(", ")"),
        ("\"${", "}\""),
    ] {
        let window = format!("{}1{}", open.repeat(20_000), close.repeat(20_000));
        let lint = folder(&[("main.tf", &cluster("main", &window))]);
        assert!(lint.resources.is_empty() && lint.unreadable.len() == 1, "{open}");
        assert!(lint.unreadable[0].place.is_some());
    }
    // As deep as the parser goes.
    let window = format!("{}3600{}", "(".repeat(60), ")".repeat(60));
    assert_eq!(
        verdict(&folder(&[("main.tf", &cluster("main", &window))])),
        Verdict::Ok
    );
    let sum = vec!["36"; 100].join(" + ");
    assert_eq!(
        verdict(&folder(&[("main.tf", &cluster("main", &sum))])),
        Verdict::Ok
    );
    let blocks = format!("{}{}", "a {\n".repeat(5000), "}\n".repeat(5000));
    assert_eq!(folder(&[("main.tf", &blocks)]).unreadable.len(), 1);
}

#[test]
fn json_without_end_is_unreadable() {
    let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
    let plan = format!(
        "{{\"format_version\":\"1.2\",\"terraform_version\":\"1.11.4\",\"resource_changes\":{deep}}}"
    );
    let lint = terraform::json("plan.json", plan.as_bytes(), None).unwrap();
    assert_eq!((lint.resources.len(), lint.unreadable.len()), (0, 1));
    let lint = folder(&[("main.tf.json", &format!("{{\"locals\":{{\"a\":{deep}}}}}"))]);
    assert_eq!(lint.unreadable.len(), 1);
}

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
fn what_is_no_regular_file_is_not_waited_for() {
    let text = cluster("main", "3600");
    for name in [
        "main.tf",
        "terraform.tfvars",
        ".terraform.lock.hcl",
        ".terraform/modules/modules.json",
    ] {
        let root = TempDir::new().unwrap();
        let path = root.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        mknodat(CWD, &path, FileType::Fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        if name != "main.tf" {
            fs::write(root.path().join("main.tf"), &text).unwrap();
        }
        let lint = terraform::folder("", root.path(), None).unwrap().lint;
        match name {
            "main.tf" | "terraform.tfvars" => {
                assert_eq!(lint.unreadable.len(), 1, "{name}");
                assert!(lint.unreadable[0].message.contains("a pipe"), "{name}");
            }
            _ => assert_eq!(verdict(&lint), Verdict::Ok, "{name}"),
        }
    }
    let root = TempDir::new().unwrap();
    let modules = root.path().join(".terraform/modules");
    fs::create_dir_all(&modules).unwrap();
    std::os::unix::fs::symlink("/dev/zero", modules.join("modules.json")).unwrap();
    fs::write(root.path().join("main.tf"), &text).unwrap();
    assert_eq!(
        verdict(&terraform::folder("", root.path(), None).unwrap().lint),
        Verdict::Ok
    );
}

#[test]
fn references_of_a_plan_that_double_themselves_end() {
    // Each output refers to all outputs of two modules below it.
    let mut module = "{\"outputs\":{}}".to_owned();
    for _ in 0..15 {
        let references: Vec<String> = (0..2)
            .flat_map(|call| (0..8).map(move |output| format!("\"module.m{call}.o{output}\"")))
            .collect();
        let outputs: Vec<String> = (0..8)
            .map(|output| {
                format!(
                    "\"o{output}\":{{\"expression\":{{\"references\":[{}]}}}}",
                    references.join(",")
                )
            })
            .collect();
        module = format!(
            "{{\"outputs\":{{{}}},\"module_calls\":{{\"m0\":{{\"module\":{module}}},\"m1\":{{\"module\":{{}}}}}}}}",
            outputs.join(",")
        );
    }
    let row = |kind: &str, after: &str, unknown: &str| {
        format!(
            "{{\"address\":\"{kind}.main\",\"mode\":\"managed\",\"type\":\"{kind}\",\"name\":\"main\",\"change\":{{\
             \"actions\":[\"create\"],\"before\":null,\"after\":{after},\"after_unknown\":{unknown}}}}}"
        )
    };
    let plan = format!(
        "{{\"format_version\":\"1.2\",\"terraform_version\":\"1.11.4\",\"resource_changes\":[{},{}],\"configuration\":{{\
         \"root_module\":{{\"resources\":[{{\"mode\":\"managed\",\"type\":\"aws_rds_global_cluster\",\"name\":\"main\",\
         \"expressions\":{{\"source_db_cluster_identifier\":{{\"references\":[\"module.m.o0\"]}}}}}}],\
         \"module_calls\":{{\"m\":{{\"module\":{module}}}}}}}}}}}",
        row(
            "aws_rds_cluster",
            "{\"engine\":\"aurora-mysql\",\"backtrack_window\":3600}",
            "{\"arn\":true}"
        ),
        row(
            "aws_rds_global_cluster",
            "{}",
            "{\"source_db_cluster_identifier\":true}"
        ),
    );
    let lint = terraform::json("plan.json", plan.as_bytes(), None).unwrap();
    assert_eq!(verdict(&lint), Verdict::Unknown, "{lint:?}");
}

#[test]
fn instances_without_number_are_told_up_to_a_bound_and_the_rest_is_said() {
    let call = "module \"m\" {\n  source = \"../m\"\n  count = 1000\n}\n";
    let files = [
        ("main.tf", call.replace("../m", "./a")),
        ("a/main.tf", call.replace("../m", "../b")),
        ("b/main.tf", call.replace("../m", "../c")),
        (
            "c/main.tf",
            cluster("main", "3600").replace("engine =", "count = 1000\n  engine ="),
        ),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let lint = folder(&files);
    assert!(lint.resources.len() <= 10_000);
    assert_eq!(lint.unreadable.len(), 1);
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

#[test]
fn an_object_with_keys_without_number_is_unreadable() {
    let mut text = String::from("locals {\n  a = {\n");
    for at in 0..100_000 {
        writeln!(text, "    k{at} = 1").unwrap();
    }
    text.push_str("  }\n}\n");
    let lint = folder(&[("main.tf", &text)]);
    assert_eq!(lint.unreadable.len(), 1);
    let large = "#".repeat(9 << 20);
    assert_eq!(folder(&[("main.tf", &large)]).unreadable.len(), 1);
}

#[test]
fn a_plan_or_state_that_ends_early_is_never_taken_for_a_whole_one() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lint/terraform");
    for (case, name) in [("plan-binlog", "plan.json"), ("state-raw", "terraform.tfstate")] {
        let bytes = fs::read(cases.join(case).join(name)).unwrap();
        let whole = bytes.trim_ascii_end().len();
        for end in (0..whole).step_by(31) {
            if let Some(lint) = terraform::json(name, &bytes[..end], None) {
                assert!(
                    lint.resources.is_empty() && lint.unreadable.len() == 1,
                    "{case} to {end}"
                );
            }
        }
    }
}

#[test]
fn a_file_with_any_byte_changed_is_read_or_refused() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lint/terraform");
    let mut random = fastrand::Rng::with_seed(7);
    for case in [
        "json-syntax",
        "parameter-groups",
        "for-each",
        "global",
        "plan-regions",
    ] {
        for entry in fs::read_dir(cases.join(case)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            let bytes = fs::read(&path).unwrap();
            for _ in 0..60 {
                let mut changed = bytes.clone();
                let at = random.usize(..changed.len());
                changed[at] = random.choice(*b"{}[]()\"$%=,:\n\0\xff9a").unwrap();
                if name.ends_with("plan.json") {
                    let _ = terraform::json(name, &changed, None);
                    continue;
                }
                let root = TempDir::new().unwrap();
                fs::write(root.path().join(name), &changed).unwrap();
                let lint = terraform::folder("", root.path(), None).unwrap().lint;
                assert!(
                    !lint.resources.is_empty() || !lint.unreadable.is_empty(),
                    "{case} at {at}"
                );
            }
        }
    }
}

#[test]
fn what_is_no_file_of_terraforms_is_left_to_others() {
    for (name, bytes) in [
        ("template.json", &b"{\"AWSTemplateFormatVersion\": \"2010-09-09\", \"Resources\": {}}"[..]),
        ("package.json", b"{\"name\": \"x\", \"version\": \"1.0.0\"}"),
        ("list.json", b"[1, 2]"),
        ("broken.json", b"{\"a\": "),
        ("text.json", b"hello"),
        ("empty.json", b""),
        ("archive.zip", b"PK\x03\x04\x14\x00\x08\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x06\x00\x00\x00readme"),
        ("validate.json", b"{\"format_version\": \"1.0\", \"valid\": true, \"diagnostics\": []}"),
        ("schema.json", b"{\"format_version\": \"1.0\", \"provider_schemas\": {}}"),
    ] {
        assert_eq!(terraform::json(name, bytes, None), None, "{name}");
    }
    let plan = b"PK\x03\x04\x14\x00\x08\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x06\x00\x09\x00tfplanUT";
    let lint = terraform::json("out.plan", plan, None).unwrap();
    assert!(lint.unreadable[0].message.contains("terraform show -json"));
    let empty = TempDir::new().unwrap();
    assert_eq!(terraform::folder("", empty.path(), None), None);
    fs::write(empty.path().join("notes.md"), "# x").unwrap();
    fs::create_dir(empty.path().join("x.tf")).unwrap();
    assert_eq!(terraform::folder("", empty.path(), None), None);
    assert_eq!(terraform::folder("", &empty.path().join("gone"), None), None);
}
