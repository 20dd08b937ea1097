//! `lint`: whether the clusters that templates declare could be rewound. Reads files alone, and asks nobody.

mod text;

use std::io::stdin;

use super::args::{Global, LintArgs, Output};
use super::failure::Failure;
use super::print;
use crate::lint::{Counts, Regions, bounded, json_lines, read, sarif};

/// Judges: 0 when every cluster could be rewound or never could, 3 with findings, 4 when a file could not be read,
/// 5 when something stays undecided.
pub fn lint(global: &Global, args: &LintArgs) -> Result<u8, Failure> {
    let piped = if args.paths.iter().any(|path| path.as_os_str() == "-") {
        let bytes = bounded(stdin().lock());
        Some(bytes.map_err(|error| Failure::unreadable(format!("standard input: {error}")))?)
    } else {
        None
    };
    let regions = Regions {
        named: global.region.clone(),
        with_backtrack: args.backtrack_regions.clone(),
    };
    let found = read(&args.paths, piped.as_deref(), Some(&regions));
    match global.output {
        Output::Json => {
            print::data(|out| json_lines(&found.lint).try_for_each(|line| writeln!(out, "{line}")));
        }
        Output::Text => print::line(text::page(&found, global).trim_end()),
    }
    // After what is shown: a log that cannot be written takes nothing from it.
    if let Some(path) = &args.sarif {
        let log = sarif(&found.lint, env!("CARGO_PKG_VERSION"));
        std::fs::write(path, format!("{log:#}\n")).map_err(|error| {
            Failure::unreadable(format!("{} could not be written: {error}", path.display()))
        })?;
    }
    Ok(Counts::of(&found.lint).exit())
}
