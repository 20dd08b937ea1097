//! What is shown beside a fault, and what is not.

use insta::assert_snapshot;

use super::super::parse;
use super::assert_faults;

fn rendered(text: &str) -> String {
    parse(text, "r.toml").unwrap_err().render(false, 90)
}

#[test]
fn a_fault_is_shown_under_its_text_and_values_of_env_are_masked() {
    let text = "name = \"x\"\n[[probe]]\nname = \"b\"\nenv = { A = \"hunter2\", B = \"$TOKEN\" }\ncommand = [\"a\", 3]\n";
    assert_snapshot!(rendered(text), @r#"
      × expected a string for `command`, got the integer 3
       ╭─[r.toml:5:17]
     4 │ env = { A = "*******", B = "$TOKEN" }
     5 │ command = ["a", 3]
       ·                 ─
       ╰────
      help: write it in quotes
    "#);
}

#[test]
fn all_faults_are_shown_with_their_hints() {
    assert_snapshot!(rendered("nam = \"x\"\n[policy]\nmargin = 120\n"), @r#"
      × expected the key `name`, got none
       ╭─[r.toml:1:1]
     1 │ nam = "x"
       · ▲
     2 │ [policy]
       ╰────
      help: name = "orders"

      × unknown key `nam`
       ╭─[r.toml:1:1]
     1 │ nam = "x"
       · ───
     2 │ [policy]
       ╰────
      help: did you mean `name`?

      × expected a duration such as "2m" for `margin`, got the integer 120
       ╭─[r.toml:3:10]
     2 │ [policy]
     3 │ margin = 120
       ·          ───
       ╰────
      help: a number has no unit: write "120s" or "120m"
    "#);
}

#[test]
fn colour_is_only_used_when_asked_for() {
    let faults = parse("", "r.toml").unwrap_err();
    assert!(!faults.render(false, 80).contains('\u{1b}'));
    assert!(faults.render(true, 80).contains('\u{1b}'));
}

#[test]
fn no_fault_shows_a_secret_wherever_it_was_written() {
    for text in [
        // Beside a fault, of the wrong kind, under a misspelt key, outside of `env`.
        "x = 1\n[[probe]]\nname = 3\nenv = { A = \"hunter2\" }\ncommand = [3]",
        "name = \"x\"\n[[probe]]\nname = \"a\"\ncommand = [\"b\"]\nenv = \"hunter2\"",
        "name = \"x\"\n[[probe]]\nname = \"a\"\ncommand = [\"b\"]\nenv = [[\"A\", \"hunter2\"]]",
        "name = \"x\"\n[[probe]]\nname = \"a\"\ncommand = [\"b\"]\nenv = { A = \"${hunter2}\" }",
        "name = \"x\"\n[[probe]]\nname = \"a\"\ncommand = [\"b\"]\n[probe.evn]\nA = \"hunter2\"",
        "name = \"x\"\n[[probe]]\nname = \"a\"\ncommand = [\"b\"]\nTOKEN = \"hunter2\"",
        "name = \"x\"\n[[pause]]\nname = \"a\"\n[pause.pause]\nmanual = \"m\"\nenv = { A = \"\"\"\nhunter2\"\"\" }",
        // In an address.
        "name = \"x\"\n[[probe]]\nname = \"a\"\nhttp = \"https://me:hunter2@shop/\"\nstatus = 200",
        "name = \"x\"\n[[probe]]\nname = \"a\"\nhttp = \"me:hunter2@shop/\"\nstatus = 200",
        "name = \"x\"\n[[probe]]\nname = \"a\"\nhttp = \"https://shop/?token=hunter2\"\nstatus = 200",
        // In an argument.
        "name = \"x\"\n[[probe]]\nname = \"a\"\ncommand = [\"b\", \"--password=hunter2\"]",
        "name = 3\n[[probe]]\nname = \"a\"\ncommand = [3, \"--password\", \"hunter2\"]",
        // In a text that is not TOML.
        "name = 'x\n[[pause]\nenv = { A = \"hunter2 }\n\nB = \"hunter2\"",
        "[pause.pause.env]\nA = \"hunter2\nB = hunter2",
        "env = { A = hunter2 }",
    ] {
        let faults = parse(text, "r.toml").unwrap_err();
        for shown in [
            faults.render(false, 100),
            faults.lines(),
            faults.to_string(),
            format!("{faults:?}"),
        ] {
            assert!(!shown.contains("hunter2"), "of the runbook\n{text}\n{shown}");
        }
    }
}

#[test]
fn a_secret_in_an_argument_or_a_url_is_a_fault_that_names_the_way() {
    let hint = "arguments are journaled: env = { NAME = \"$NAME\" } gives it to the command, which reads its environment";
    let item = "name = \"x\"\n[[probe]]\nname = \"a\"\n";
    assert_faults(&[
        (
            &format!("{item}command = [\"b\", \"--password\", \"hunter2\"]"),
            &[&format!(
                "4:31: expected no secret in `command`, got what looks like a password or token ({hint})"
            )],
        ),
        (
            &format!("{item}http = \"https://shop/?token=hunter2\"\nstatus = 200"),
            &[
                "4:8: expected no secret in the URL for `http`, got what looks like a password or token (the URL is \
               journaled; use a command with env for a check that needs a secret)",
            ],
        ),
    ]);
}

#[test]
fn no_fault_moves_the_cursor() {
    let faults = parse("name = \"\u{1b}[2J\"\n", "r.toml").unwrap_err();
    assert!(
        !faults.render(false, 80).contains('\u{1b}'),
        "{}",
        faults.render(false, 80)
    );
    let faults = parse("\"\\u001b[2J\" = 1\n[policy]\nmargin = \"\\u001b\"", "r.toml").unwrap_err();
    assert!(!faults.lines().contains('\u{1b}'), "{}", faults.lines());
}
