//! Who allows a drill on a real cluster: its tag, its runbook, and a person who was told that all of it goes back.

use crate::cli::args::DrillArgs;
use crate::cli::desk::Desk;
use crate::cli::failure::Failure;
use crate::cli::first_look::aloud;
use crate::cli::opening::{Source, read_runbook};
use crate::domain::canary::{ALLOWED, PROBE, TAG};
use crate::domain::shell::word;
use crate::ports::{ClusterReads as _, Look};
use crate::ui::{Line, Paint};

/// The cluster, where it may be drilled on.
pub async fn looked(desk: &Desk, cluster: &str) -> Result<Look, Failure> {
    let unread = |message: &str| {
        Failure::unreadable(format!("the cluster {cluster} could not be read: {message}"))
            .touched("the cluster was not touched")
            .next(format!("backtrackctl status {}", word(cluster)))
    };
    let look = aloud(desk.reads.look(cluster)).await;
    let look = look.map_err(|failure| unread(&failure.message))?;
    let tag = aloud(desk.reads.tag(cluster, TAG)).await;
    match tag.map_err(|failure| unread(&failure.message))?.as_deref() {
        Some(ALLOWED) => Ok(look),
        found => Err(Failure::refused(format!(
            "`{cluster}` allows no drills: expected its tag {TAG} = {ALLOWED}, got {}",
            found.map_or("no such tag".to_owned(), |value| format!("{value:?}"))
        ))
        .next(format!(
            "aws rds add-tags-to-resource --resource-name {} --tags Key={TAG},Value={ALLOWED}    # never in production",
            word(&look.cluster.arn)
        ))),
    }
}

/// The runbook, where a drill can be played by it.
pub fn runbook(args: &DrillArgs) -> Result<Source, Failure> {
    let source = read_runbook(args.runbook.as_deref())?;
    if source.runbook.database.is_none() {
        return Err(no_database());
    }
    if source.runbook.probes.iter().any(|probe| probe.name == PROBE) {
        return Err(Failure::usage(format!(
            "expected no probe named `{PROBE}` in the runbook: the drill adds its own"
        )));
    }
    Ok(source)
}

/// Without one there is nothing to lose rows in.
pub fn no_database() -> Failure {
    Failure::usage("expected [database] in the runbook, got none: a drill writes and loses rows by SQL")
        .next("see [database] in docs/runbooks.md, and docs/drills.md")
}

/// Nobody lets a whole cluster go back by leaving something out.
pub fn not_said(cluster: &str) -> Failure {
    let lines = STATEMENT.map(|line| line.replace("CLUSTER", cluster));
    Failure::usage(format!("expected --yes {cluster}, got none"))
        .details(lines.iter().map(String::as_str))
        .next(format!(
            "the same command with --yes {}    # if all of this may happen",
            word(cluster)
        ))
}

const STATEMENT: [&str; 4] = [
    "This drill is no simulation: it rewinds `CLUSTER` itself.",
    "The WHOLE cluster goes back, every schema and every user of it, and not the canary alone.",
    "All applications of it are stopped meanwhile, as the runbook says; every connection is cut.",
    "What anybody writes from the canary's instant on is lost; others who use the cluster must know.",
];

/// What happens to the cluster, said before anything does.
pub fn plainly(cluster: &str) -> Vec<Line> {
    let text = STATEMENT.map(|line| line.replace("CLUSTER", cluster));
    let mut lines = vec![Line::blank()];
    lines.extend(
        text.iter()
            .map(|text| Line::at(0).hang(2).paint(Paint::Warn, text)),
    );
    lines.push(Line::blank());
    lines
}
