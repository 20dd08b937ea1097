//! The probe of a search, from the command line's words to a check.

use std::collections::BTreeMap;

use super::length;
use crate::cli::args::BisectArgs;
use crate::cli::failure::Failure;
use crate::domain::runbook::{Check, Command, Expect, Runbook};
use crate::runbook;

/// `--sql` with `--expect`, or `--probe`.
pub(super) fn probe(args: &BisectArgs, runbook: &Runbook) -> Result<Check, Failure> {
    let timeout_s = length("--timeout", &args.timeout)?;
    match (&args.sql, &args.expect) {
        (Some(sql), Some(expect)) => by_sql(sql, expect, timeout_s, runbook),
        _ => Ok(Check::Command(Command {
            argv: argv(&args.probe)?,
            timeout_s,
            env: BTreeMap::new(),
        })),
    }
}

/// Read by the runbook's own reader, so that both mean the same.
fn by_sql(sql: &str, expect: &str, timeout_s: u32, runbook: &Runbook) -> Result<Check, Failure> {
    if runbook.database.is_none() {
        return Err(Failure::usage(
            "--sql needs [database] in the runbook, which says how to reach it; or use --probe",
        ));
    }
    let expect = expect.trim();
    let wanted = match expect {
        "rows" | "no rows" => quoted(expect),
        _ if expect.starts_with('{') => expect.to_owned(),
        _ => format!("{{ {expect} }}"),
    };
    if expect.contains(['\n', '\r']) {
        return Err(Failure::usage("--expect: expected one line"));
    }
    let text = format!(
        "name = \"search\"\n[database]\nuser = \"search\"\npassword = {{ secret = \"managed\" }}\n[[probe]]\nname = \"search\"\nsql = {}\nexpect = {wanted}\ntimeout = \"{timeout_s}s\"\n",
        quoted(sql)
    );
    let read = runbook::parse(&text, "the command line").map_err(|faults| {
        let lines = faults.lines();
        Failure::usage("--sql or --expect is not as a runbook has it").details(lines.lines())
    })?;
    match read.probes.into_iter().next().map(|probe| probe.check) {
        Some(Check::Sql(sql)) if sql.expect != Expect::Recorded => Ok(Check::Sql(sql)),
        Some(_) | None => Err(Failure::usage(
            "--expect: what was recorded is compared by a runbook, not by a search",
        )),
    }
}

/// A text of TOML: what JSON escapes, TOML reads.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A program with a relative path is found again from another folder: `recover` may be typed there.
fn argv(typed: &[String]) -> Result<Vec<String>, Failure> {
    let mut argv = typed.to_vec();
    let Some(program) = argv.first_mut().filter(|program| !program.is_empty()) else {
        return Err(Failure::usage("--probe: expected a command, got none"));
    };
    if program.contains('/') && !program.starts_with(['/', '$']) {
        let whole = std::path::absolute(program.as_str())
            .map_err(|error| Failure::usage(format!("--probe: {program}: {error}")))?;
        *program = whole.display().to_string();
    }
    Ok(argv)
}
