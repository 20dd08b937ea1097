//! Items, probes, steps and checks.

use super::assert_faults;

#[test]
fn an_item_needs_a_name_of_its_own_and_both_steps() {
    assert_faults(&[(
        "name = \"x\"\n[[pause]]\nname = \"a\"\n[[pause]]\nname = \"a\"\npause = { command = [], manual = \"m\" }\n\
         resume = {}\npaused = { status = 200 }\n\
         resumed = { http = \"ftp://x\", status = 99, env = { A = \"b\" } }\n[[pause]]\npause = 3\nresume.manual = \"m\"",
        &[
            "2:1: expected the key `pause`, got none (write [pause.pause] with command = [\"…\"], manual = \"…\" or drain = true)",
            "2:1: expected the key `resume`, got none (write [pause.resume] with command = [\"…\"] or manual = \"…\")",
            "5:8: expected each name once, got \"a\" twice (the first is on line 3)",
            "6:21: expected a program for `command`, got an empty list",
            "6:25: expected one of `command`, `manual`, `drain`, got `command` and `manual`",
            "7:10: expected one of `command`, `manual`, got none",
            "8:10: expected one of `command`, `http`, `sql`, `quiet`, `question`, got none",
            "9:20: expected a URL of http or https for `http`, got the scheme `ftp`",
            "9:40: expected a whole number from 100 to 599 for `status`, got the integer 99",
            "9:44: expected no `env` beside `http`, got one",
            "10:1: expected the key `name`, got none (name = \"shop\")",
            "11:9: expected a table for `pause`, got the integer 3 \
             (write [pause.pause] with command = [\"…\"], manual = \"…\" or drain = true)",
        ],
    )]);
}

#[test]
fn a_command_is_a_list_of_strings_with_a_timeout() {
    let command = |rest: &str| format!("name = \"x\"\n[[probe]]\nname = \"a\"\n{rest}");
    for (text, expected) in [
        (
            "command = \"ls -l\"",
            &[
                "4:11: expected a list for `command`, got the string \"ls -l\" (the program and its arguments: \
               [\"kubectl\", \"get\", \"pods\"]; no shell splits them)",
            ][..],
        ),
        (
            "command = [\"\"]",
            &["4:12: expected a program for `command`, got a blank string"],
        ),
        (
            "command = [\"a\", 3, \"\\u001b[2J\"]",
            &[
                "4:17: expected a string for `command`, got the integer 3 (write it in quotes)",
                "4:20: expected an argument for `command`, got control characters",
            ],
        ),
        (
            "command = [\"a\"]\ntimeout = \"0s\"",
            &["5:11: expected at least \"1s\" for `timeout`, got \"0s\""],
        ),
        (
            "command = [\"a\"]\ntimeout = \"25h\"",
            &["5:11: expected at most \"24h\" for `timeout`, got \"25h\""],
        ),
        (
            "command = [\"a\"]\nstatus = 200",
            &["5:1: expected no `status` beside `command`, got one"],
        ),
    ] {
        assert_faults(&[(&command(text), expected)]);
    }
}

#[test]
fn a_command_may_name_only_variables_that_will_have_a_value() {
    assert_faults(&[(
        "name = \"x\"\n[[pause]]\nname = \"a\"\n[pause.pause]\nmanual = \"m\"\n[pause.resume]\n\
         command = [\"open\", \"$BACKTRACKCTL_EFFECTIVE\", \"$HOME\"]\n[[probe]]\nname = \"a\"\n\
         command = [\"$BACKTRACKCTL_EFFECTIVE\", \"${BACKTRACKCTL_TARGT}\", \"$BACKTRACKCTL_NOW\"]",
        &[
            "7:20: expected a variable that is always set, got `BACKTRACKCTL_EFFECTIVE` (it is known after a rewind \
             only, so in probes; what was paused is resumed without one too)",
            "10:39: unknown variable `BACKTRACKCTL_TARGT` (did you mean `BACKTRACKCTL_TARGET`?)",
            "10:64: unknown variable `BACKTRACKCTL_NOW` (the variables are BACKTRACKCTL_BIN, BACKTRACKCTL_LAB, BACKTRACKCTL_RUN, BACKTRACKCTL_CLUSTER, BACKTRACKCTL_MODE, BACKTRACKCTL_PHASE, BACKTRACKCTL_TARGET, BACKTRACKCTL_EFFECTIVE)",
        ],
    )]);
}

#[test]
fn the_names_of_env_are_variables_and_not_the_programs_own() {
    assert_faults(&[(
        "name = \"x\"\n[[probe]]\nname = \"a\"\ncommand = [\"b\"]\n\
         env = { A = 3, \"B-C\" = \"d\", BACKTRACKCTL_X = \"y\", D = \"${X}\" }",
        &[
            "5:13: expected a string for `A`, got an integer (write it in quotes)",
            "5:16: expected the name of a variable in `env`, got \"B-C\" (letters, digits and _, no digit first)",
            "5:29: expected another name in `env`, got `BACKTRACKCTL_X` (the program sets BACKTRACKCTL_* itself)",
            "5:55: expected the name of a variable after `$`, got something else (\"$NAME\" takes the operator's \
             variable; a literal that begins with $ begins with $$)",
        ],
    )]);
}

#[test]
fn an_http_check_needs_a_url_and_a_status() {
    let http = |rest: &str| format!("name = \"x\"\n[[probe]]\nname = \"a\"\n{rest}");
    for (text, expected) in [
        (
            "http = \"nohost\"",
            &[
                "2:1: expected the key `status`, got none (the status that passes: status = 200)",
                "4:8: expected a URL for `http`, got a string that is none: relative URL without a base",
            ][..],
        ),
        (
            "http = \"https://\"\nstatus = 0xC8",
            &[
                "4:8: expected a URL for `http`, got a string that is none: empty host",
                "5:10: expected a whole number from 100 to 599 for `status`, got the integer 0xC8",
            ],
        ),
        (
            "http = \"https://a:b@c/\"\nstatus = \"200\"\ncontains = \"\"",
            &[
                "4:8: expected a URL without a user or password for `http`, got one (the URL is journaled; use a \
                 command with env for a check that needs a secret)",
                "5:10: expected a whole number from 100 to 599 for `status`, got the string \"200\"",
                "6:12: expected words for `contains`, got a blank string",
            ],
        ),
        ("http = \"$BACKTRACKCTL_LAB/shop\"\nstatus = 200", &[]),
    ] {
        assert_faults(&[(&http(text), expected)]);
    }
}

#[test]
fn a_question_takes_nothing_beside_it() {
    assert_faults(&[(
        "name = \"x\"\n[[probe]]\nname = \"a\"\nquestion = \"q?\"\ntimeout = \"2s\"\n[[probe]]\nname = \"a\"\nquestion = \"\"",
        &[
            "5:1: expected no `timeout` beside `question`, got one",
            "7:8: expected each name once, got \"a\" twice (the first is on line 3)",
            "8:12: expected words for `question`, got a blank string",
        ],
    )]);
}

#[test]
fn what_stands_beside_a_misspelt_alternative_is_read_in_the_same_pass() {
    assert_faults(&[
        (
            "name = \"x\"\n[[pause]]\nname = \"a\"\nresume.manual = \"m\"\n[pause.pause]\ncomand = [\"a\"]\ntimeout = 5\n\
             env = { A = 1 }",
            &[
                "5:1: expected one of `command`, `manual`, `drain`, got none",
                "6:1: unknown key `comand` (did you mean `command`?)",
                "7:11: expected a duration such as \"2m\" for `timeout`, got the integer 5 \
                 (a number has no unit: write \"5s\" or \"5m\")",
                "8:13: expected a string for `A`, got an integer (write it in quotes)",
            ][..],
        ),
        (
            "name = \"x\"\n[[probe]]\nname = \"a\"\nhtpp = \"http://x\"\nstatus = 99\ncontains = \"\"",
            &[
                "2:1: expected one of `command`, `http`, `sql`, `quiet`, `question`, got none",
                "4:1: unknown key `htpp` (did you mean `http`?)",
                "5:10: expected a whole number from 100 to 599 for `status`, got the integer 99",
                "6:12: expected words for `contains`, got a blank string",
            ],
        ),
    ]);
}
