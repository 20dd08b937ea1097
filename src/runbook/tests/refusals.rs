//! The root, the policy and the syntax.

use super::assert_faults;

#[test]
fn a_runbook_needs_a_name_of_one_line() {
    assert_faults(&[
        (
            "",
            &["1:1: expected the key `name`, got none (name = \"orders\")"],
        ),
        (
            "name = 3",
            &["1:8: expected a string for `name`, got the integer 3 (write it in quotes)"],
        ),
        (
            "name = true",
            &["1:8: expected a string for `name`, got the boolean true (write it in quotes)"],
        ),
        (
            "name = [\"x\"]",
            &["1:8: expected a string for `name`, got a list"],
        ),
        (
            "name = \" \"",
            &["1:8: expected words for `name`, got a blank string"],
        ),
        (
            "name = \"\\n\"",
            &["1:8: expected words for `name`, got a blank string"],
        ),
        (
            "name = \"\\u001b\\n\"",
            &["1:8: expected words for `name`, got control characters"],
        ),
        (
            "name = \"a\\nb\"",
            &["1:8: expected one line for `name`, got several or a tab"],
        ),
    ]);
}

#[test]
fn an_unknown_key_is_refused_with_the_known_one_that_is_nearest() {
    assert_faults(&[
        (
            "nam = \"x\"",
            &[
                "1:1: expected the key `name`, got none (name = \"orders\")",
                "1:1: unknown key `nam` (did you mean `name`?)",
            ],
        ),
        (
            "name = \"x\"\nowner = \"me\"",
            &[
                "2:1: unknown key `owner` (known here: name, description, policy, database, pause, probe, copy, wording)",
            ],
        ),
        (
            "name = \"x\"\n[wording]\nfinish = \"y\"",
            &["3:1: unknown key `finish` (known here: pause, confirm, done)"],
        ),
        (
            "name = \"x\"\n[[policy.freze]]",
            &["2:10: unknown key `freze` (did you mean `freeze`?)"],
        ),
    ]);
}

#[test]
fn a_section_of_the_wrong_shape_is_refused() {
    assert_faults(&[(
        "name = \"x\"\npolicy = 3\npause = {}\nprobe = \"x\"\nwording = []",
        &[
            "2:10: expected a table for `policy`, got the integer 3 (write [policy])",
            "3:9: expected a list for `pause`, got a table (begin each with [[pause]])",
            "4:9: expected a list for `probe`, got the string \"x\" (begin each with [[probe]])",
            "5:11: expected a table for `wording`, got a list (write [wording])",
        ],
    )]);
}

#[test]
fn a_duration_has_a_unit_and_stays_within_its_limits() {
    assert_faults(&[(
        "name = \"é\"\n[policy]\nmargin = 120\nsettling = \"0s\"\npatience = \"2 m\"\ntolerance = 1.5\n\
         greatest_discard = \"72h1s\"\nmarign = \"1s\"\n",
        &[
            "3:10: expected a duration such as \"2m\" for `margin`, got the integer 120 \
             (a number has no unit: write \"120s\" or \"120m\")",
            "4:12: expected at least \"1s\" for `settling`, got \"0s\"",
            "5:12: expected a duration such as \"2m\" for `patience`, got \"2 m\" (write whole numbers with h, m \
             or s, the greatest first and no spaces: \"1h30m\")",
            "6:13: expected a duration such as \"2m\" for `tolerance`, got the float 1.5",
            "7:20: expected at most \"72h\" for `greatest_discard`, got \"72h1s\"",
            "8:1: unknown key `marign` (did you mean `margin`?)",
        ],
    )]);
    assert_faults(&[
        (
            "name = \"x\"\npolicy = { margin = \"-2m\" }",
            &[
                "2:21: expected a duration such as \"2m\" for `margin`, got \"-2m\" (write whole numbers with h, m \
               or s, the greatest first and no spaces: \"1h30m\")",
            ],
        ),
        (
            "name = \"x\"\npolicy.margin = \"73h\"",
            &["2:17: expected at most \"72h\" for `margin`, got \"73h\""],
        ),
        (
            "name = \"x\"\npolicy.margin = \"1h90m\"",
            &[
                "2:17: expected a duration such as \"2m\" for `margin`, got \"1h90m\" (after hours or minutes, each \
               part stays below 60: \"1h30m\", or \"90m\" alone)",
            ],
        ),
    ]);
}

#[test]
fn freeze_hours_need_days_times_a_zone_and_a_reason() {
    let missing = "name = \"x\"\n[[policy.freeze]]\n";
    assert_faults(&[(
        missing,
        &[
            "2:1: expected the key `days`, got none (days = [\"fri\"])",
            "2:1: expected the key `from`, got none (from = \"08:00\")",
            "2:1: expected the key `to`, got none (to = \"10:00\")",
            "2:1: expected the key `zone`, got none (zone = \"Europe/Paris\")",
            "2:1: expected the key `reason`, got none (reason = \"payroll\")",
        ],
    )]);
    let first = "name = \"x\"\n[[policy.freeze]]\ndays = [\"fri\", \"fri\", \"Sat\", 3]\nfrom = 08:00:00\n\
                 to = \"24:00\"\nzone = \"Europe/Pari\"\nreason = \"\"";
    let second = "name = \"x\"\n[[policy.freeze]]\ndays = []\nfrom = \"8:00\"\nto = \"25:00\"\nzone = \"Mars\"\n\
                  reason = \"r\"";
    let third = "name = \"x\"\n[[policy.freeze]]\ndays = \"fri\"\nfrom = \"08:00\"\nto = \"08:00\"\nzone = \"UTC\"\n\
                 reason = \"r\"";
    assert_faults(&[
        (
            first,
            &[
                "3:16: expected each day once, got \"fri\" twice",
                "3:23: expected a day for `days`, got \"Sat\" (the days are mon, tue, wed, thu, fri, sat, sun)",
                "3:30: expected a string for `days`, got the integer 3 (write it in quotes)",
                "4:8: expected a string for `from`, got the date or time 08:00:00 (write it in quotes)",
                "6:8: expected a time zone of the IANA database for `zone`, got \"Europe/Pari\" \
                 (did you mean \"Europe/Paris\"?)",
                "7:10: expected words for `reason`, got a blank string",
            ],
        ),
        (
            second,
            &[
                "3:8: expected at least one day for `days`, got an empty list",
                "4:8: expected a time such as \"08:00\" for `from`, got the string \"8:00\" \
                 (hours and minutes, 00:00 to 23:59)",
                "5:6: expected a time such as \"08:00\" for `to`, got the string \"25:00\" \
                 (hours and minutes, 00:00 to 23:59)",
                "6:8: expected a time zone of the IANA database for `zone`, got \"Mars\" \
                 (such as \"Europe/Paris\" or \"UTC\")",
            ],
        ),
        (
            third,
            &[
                "3:8: expected a list for `days`, got the string \"fri\" (days = [\"mon\", \"fri\"])",
                "5:6: expected `to` to differ from `from`, got \"08:00\" for both \
                 (a whole day is from = \"00:00\", to = \"24:00\")",
            ],
        ),
    ]);
}

#[test]
fn a_text_that_is_not_toml_is_refused_for_its_syntax_alone() {
    assert_faults(&[
        (
            "name = \"x\"\nmargin = 2m",
            &["2:10: string values must be quoted, expected literal string"],
        ),
        ("[policy\nmargin = 120", &["1:8: unclosed table, expected `]`"]),
        ("name = \"x\"\nname = \"y\"", &["2:1: duplicate key"]),
        ("name = 'x", &["1:10: invalid literal string, expected `'`"]),
    ]);
}
