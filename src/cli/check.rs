//! `check`: what is wrong with a runbook, with line and column.

use super::args::{CheckArgs, Global, Output};
use super::failure::Failure;
use super::print;
use crate::domain::mode::Mode;
use crate::runbook;
use crate::ui::{Style, Surroundings};

/// Checks it: 0 when it is sound, 3 when it has faults, 4 when it could not be read.
pub fn check(global: &Global, args: &CheckArgs) -> Result<u8, Failure> {
    let path = args.runbook.display().to_string();
    let text = std::fs::read_to_string(&args.runbook)
        .map_err(|error| Failure::unreadable(format!("{path}: {error}")))?;
    match (runbook::parse(&text, &path), global.output) {
        (Ok(found), Output::Json) => {
            let json = serde_json::json!({"kind": "runbook", "file": path, "name": found.name, "faults": 0});
            print::line(&json.to_string());
            Ok(0)
        }
        (Ok(found), Output::Text) => {
            print::words(&format!(
                "{path}: sound. Runbook `{}` pauses {} items and makes {} probes.",
                found.name,
                found.pause.len(),
                found.probes.len()
            ));
            Ok(0)
        }
        (Err(faults), Output::Json) => {
            for fault in faults.faults() {
                let json = serde_json::json!({
                    "kind": "fault", "file": path, "line": fault.line, "column": fault.column,
                    "message": fault.message, "hint": fault.hint,
                });
                print::line(&json.to_string());
            }
            Ok(3)
        }
        (Err(faults), Output::Text) => {
            let style = Style::decide(global.color.into(), &Surroundings::of_stderr(), Mode::Live, false);
            print::line(&faults.render(style.colour, style.width.min(120)));
            Ok(3)
        }
    }
}
