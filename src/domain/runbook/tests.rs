//! What a runbook names: variables, environments, commands.

use std::collections::BTreeMap;

use super::*;

fn command(program: &str, env: &[(&str, EnvValue)]) -> Command {
    let env: BTreeMap<_, _> = env
        .iter()
        .map(|(name, value)| ((*name).to_owned(), value.clone()))
        .collect();
    Command {
        argv: vec![program.to_owned()],
        timeout_s: Command::TIMEOUT_S,
        env,
    }
}

fn runbook(token: EnvValue) -> Runbook {
    Runbook {
        name: "orders".to_owned(),
        description: None,
        policy: Policy::default(),
        database: None,
        pause: vec![PauseItem {
            name: "shop".to_owned(),
            pause: Step::Command(command("a", &[])),
            paused: Some(Check::Command(command("b", &[]))),
            resume: Step::Manual {
                instruction: "open the shop".to_owned(),
            },
            resumed: Some(Check::Question {
                text: "is it open?".to_owned(),
            }),
        }],
        probes: vec![
            Probe {
                name: "health".to_owned(),
                check: Check::Http {
                    url: "https://shop/health".to_owned(),
                    status: 200,
                    contains: None,
                    timeout_s: Check::HTTP_TIMEOUT_S,
                },
            },
            Probe {
                name: "orders".to_owned(),
                check: Check::Command(command("c", &[("TOKEN", token)])),
            },
        ],
        wording: Wording::default(),
    }
}

#[test]
fn commands_come_in_the_order_in_which_they_may_run() {
    let runbook = runbook(EnvValue::Withheld);
    let programs: Vec<_> = runbook
        .commands()
        .map(|command| command.argv[0].as_str())
        .collect();
    assert_eq!(programs, ["a", "b", "c"]);
}

#[test]
fn a_journaled_runbook_holds_no_literal_and_says_so() {
    let original = runbook(EnvValue::parse("hunter2").unwrap());
    assert!(!original.withheld());
    let written = serde_json::to_string(&original).unwrap();
    assert!(!written.contains("hunter2"), "{written}");
    let read: Runbook = serde_json::from_str(&written).unwrap();
    assert!(read.withheld());
    assert_eq!(read, runbook(EnvValue::Withheld));
}

#[test]
fn a_journaled_runbook_without_literals_is_read_back_whole() {
    let original = runbook(EnvValue::parse("$SHOP_TOKEN").unwrap());
    let read: Runbook = serde_json::from_str(&serde_json::to_string(&original).unwrap()).unwrap();
    assert_eq!(read, original);
    assert!(!read.withheld());
}

#[test]
fn freeze_hours_are_journaled_by_the_names_of_their_days_and_zone() {
    let hours = FreezeHours {
        days: vec![chrono::Weekday::Fri],
        from: chrono::NaiveTime::MIN,
        to: chrono::NaiveTime::MIN,
        zone: chrono_tz::Tz::Europe__Paris,
        reason: "payroll".to_owned(),
    };
    let written = serde_json::to_string(&hours).unwrap();
    assert_eq!(
        written,
        r#"{"days":["Fri"],"from":"00:00:00","to":"00:00:00","zone":"Europe/Paris","reason":"payroll"}"#
    );
    assert_eq!(serde_json::from_str::<FreezeHours>(&written).unwrap(), hours);
}
