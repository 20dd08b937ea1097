//! What nobody would write, and what somebody might: it ends, and is never a pass.

use super::{cluster, folder, verdict};
use backtrackctl::domain::posture::Verdict;
use backtrackctl::lint::terraform;
use rustix::fs::{CWD, FileType, Mode, mknodat};
use std::fmt::Write;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

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
