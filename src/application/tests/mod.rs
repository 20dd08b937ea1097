//! The runner against real processes and a real server on the loopback.

mod commands;
mod requests;
mod words;

use std::collections::BTreeMap;

use super::{Moment, Runner, Variables};
use crate::domain::runbook::{Command, EnvValue};

fn runner(lab: Option<&str>) -> Runner {
    Runner::new(Variables {
        bin: "/opt/back track/backtrackctl".to_owned(),
        lab: lab.map(str::to_owned),
        run: "0199-run".to_owned(),
        cluster: "orders--lab".to_owned(),
        mode: "drill".to_owned(),
    })
}

fn moment() -> Moment {
    Moment {
        phase: "verified".to_owned(),
        target: "2026-11-20T02:14:05.900Z".parse().ok(),
        effective: None,
    }
}

fn command(argv: &[&str], env: &[(&str, &str)]) -> Command {
    let env: BTreeMap<_, _> = env
        .iter()
        .map(|(name, value)| ((*name).to_owned(), EnvValue::parse(value).unwrap()))
        .collect();
    Command {
        argv: argv.iter().map(|word| (*word).to_owned()).collect(),
        timeout_s: 20,
        env,
    }
}

fn shell(script: &str) -> Command {
    command(&["sh", "-c", script], &[])
}
