//! From the process's arguments to its exit code.

use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};

use super::args::{Cli, Command, Global};
use super::failure::Failure;
use super::{
    bisect, check, drill, forward, history, journal, lab, lint, locate, mark, posture, print, record,
    recover, report, run, status, voice,
};
use crate::clock::machine_now;
use crate::domain::mode::Mode;

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    diagnostics(cli.global.verbose);
    if let Command::Lint(args) = &cli.command {
        // It waits for nothing: in a commit hook every millisecond is one of many.
        let result = rehearsable(&cli.command, &cli.global).and_then(|()| lint::lint(&cli.global, args));
        return ended(&cli, result);
    }
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            print::error(&format!("error: no runtime: {error}"));
            return ExitCode::from(1);
        }
    };
    let result = runtime.block_on(dispatch(&cli));
    // A prompt may still be waiting for a line that nobody will type: its thread is left behind.
    runtime.shutdown_background();
    crate::ui::restore_terminal();
    ended(&cli, result)
}

fn ended(cli: &Cli, result: Result<u8, Failure>) -> ExitCode {
    let cluster = cluster(&cli.command);
    let exit = match result {
        Ok(exit) => exit,
        Err(failure) => {
            voice::tell_failure(&cli.global, cluster, &failure, machine_now());
            failure.exit
        }
    };
    let Some(why) = crate::ui::lost() else {
        return ExitCode::from(exit);
    };
    let unwritten = Failure::unwritten(why);
    for row in unwritten.rows("", &voice::style(&cli.global, Mode::Live)) {
        print::row(&row);
    }
    // Of a run the code says what became of the cluster, whoever heard of it; of a failure, which one it was.
    let answers = cluster.is_none() && matches!(exit, 0 | 3 | 5);
    ExitCode::from(if answers { unwritten.exit } else { exit })
}

async fn dispatch(cli: &Cli) -> Result<u8, Failure> {
    let global = &cli.global;
    rehearsable(&cli.command, global)?;
    match &cli.command {
        Command::Drill(args) => drill::drill(global, args).await,
        Command::Run(args) => run::run(global, args).await,
        Command::Forward(args) => forward::forward(global, args).await,
        Command::Recover(args) => recover::recover(global, args).await,
        Command::Status(args) => status::status(global, args).await,
        Command::History(args) => history::history(global, args),
        Command::Journal(command) => journal::journal(global, command),
        Command::Record(args) => record::record(global, args).await,
        Command::Check(args) => check::check(global, args),
        Command::Lint(args) => lint::lint(global, args),
        Command::Mark(args) => mark::mark(global, args).await,
        Command::Posture(args) => posture::posture(global, args).await,
        Command::Locate(args) => locate::locate(global, args).await,
        Command::Bisect(args) => bisect::bisect(global, args).await,
        Command::Lab(command) => lab::lab(command).await,
        Command::Completions { shell } => {
            // It panics where it cannot write: it is made first, and written then.
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Cli::command(), "backtrackctl", &mut script);
            print::data(|out| out.write_all(&script));
            Ok(0)
        }
        Command::Report(args) => report::report(global, args),
    }
}

/// A rehearsal is a way to run; nothing else has one, and none is silently left out.
fn rehearsable(command: &Command, global: &Global) -> Result<(), Failure> {
    if global.dry_run && !matches!(command, Command::Run(_)) {
        return Err(Failure::usage("--dry-run goes with `run` alone"));
    }
    Ok(())
}

/// The cluster of a command that ends with an outcome; empty where only its run says which.
fn cluster(command: &Command) -> Option<&str> {
    match command {
        Command::Run(args) => Some(&args.cluster),
        Command::Bisect(args) => Some(&args.cluster),
        Command::Forward(_) | Command::Recover(_) => Some(""),
        Command::Drill(args) => args.cluster.as_deref(),
        Command::Status(_)
        | Command::History(_)
        | Command::Report(_)
        | Command::Journal(_)
        | Command::Check(_)
        | Command::Record(_)
        | Command::Lint(_)
        | Command::Locate(_)
        | Command::Mark(_)
        | Command::Posture(_)
        | Command::Lab(_)
        | Command::Completions { .. } => None,
    }
}

fn usage(error: &clap::Error) -> ExitCode {
    // Help and version are data; a wrong call is not.
    let printed = error.print();
    let asked_for = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
    match printed {
        _ if !asked_for => ExitCode::from(2),
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            let unwritten = Failure::unwritten(&error.to_string());
            print::error(&format!("error: {}", unwritten.message));
            ExitCode::from(unwritten.exit)
        }
        Ok(()) | Err(_) => ExitCode::SUCCESS,
    }
}

/// Diagnostics for developers, apart from the journal and from what the operator reads.
fn diagnostics(verbose: u8) {
    use tracing_subscriber::EnvFilter;
    let usual = match verbose {
        0 => "error",
        1 => "backtrackctl=info,warn",
        2 => "backtrackctl=debug,info",
        _ => "debug",
    };
    let filter = EnvFilter::try_from_env("BACKTRACKCTL_LOG").unwrap_or_else(|_| EnvFilter::new(usual));
    // A second subscriber cannot be set; there is none in this process.
    let _ = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .try_init();
}
