//! May the application be paused, by these very steps?

use super::interview::Interview;
use super::shell::command_line;
use crate::domain::question::Answer;
use crate::domain::run::Footing;
use crate::domain::runbook::{Check, PauseItem, Step};
use crate::domain::safety_copy::CopyKind;
use crate::ui::line::{Line, Paint};

/// Shows the exact steps and asks.
pub(super) fn ask(interview: &mut Interview<'_>) -> Option<Answer> {
    let brief = interview.brief;
    let no = match &brief.footing {
        Footing::Closed(_) => "nothing is paused, nothing is changed, the run stays finished as it was",
        Footing::Fresh | Footing::Held | Footing::Unresolved(..) | Footing::Failed(_) => {
            "nothing is paused, nothing is changed, the run ends"
        }
    };
    let mut facts = vec![
        brief.cluster(),
        Line::fact(
            "lost",
            Paint::Plain,
            "no data; the application stands still until it is resumed",
        ),
        Line::fact("possible", Paint::Plain, &brief.target_possible()),
        Line::fact("no", Paint::Plain, no),
    ];
    facts.extend(
        brief
            .wording
            .pause
            .iter()
            .map(|text| Line::fact("runbook", Paint::Strong, text)),
    );
    facts.extend(brief.items.iter().flat_map(steps));
    if !brief.items.iter().any(PauseItem::reopens) {
        facts.push(Line::at(2).paint(
            Paint::Warn,
            "The runbook names nothing to pause: whatever writes goes on writing.",
        ));
    }
    interview.head("Pause the application?", facts);
    Some(if interview.yes()? {
        Answer::Agreed
    } else {
        Answer::Declined
    })
}

fn steps(item: &PauseItem) -> Vec<Line> {
    let mut lines = vec![Line::at(2).paint(Paint::Strong, &item.name)];
    match &item.pause {
        Step::Command(command) => lines.push(Line::command(4, Paint::Plain, &command_line(&command.argv))),
        Step::Manual { instruction } => lines.push(Line::at(4).text(&format!("by you: {instruction}"))),
        Step::Copy(copy) => lines.push(Line::at(4).text(copied(copy.kind))),
        Step::Drain => {
            lines.push(Line::command(4, Paint::Plain, "CALL mysql.rds_kill(ID)"));
            lines.push(Line::at(4).text(
                "for each session that is not ours, AWS's own or kept; KILL ID where there is no such procedure. What it \
                 had not committed is rolled back.",
            ));
        }
        Step::Nothing => {}
    }
    lines.extend(item.paused.as_ref().map(seen_by));
    lines
}

fn copied(kind: CopyKind) -> &'static str {
    match kind {
        CopyKind::Clone => "by AWS: a copy-on-write clone of the present, protected from deletion; it stays",
        CopyKind::Snapshot => "by AWS: a snapshot of the present; it stays",
    }
}

fn seen_by(check: &Check) -> Line {
    let how = match check {
        Check::Command(command) => command_line(&command.argv),
        Check::Http {
            url,
            status,
            contains,
            timeout_s: _,
        } => {
            let contains = contains
                .as_ref()
                .map(|text| format!(" with \"{text}\""))
                .unwrap_or_default();
            format!("GET {url} answers {status}{contains}")
        }
        Check::Sql(sql) => format!("{} gives {}", sql.query.trim(), sql.expect),
        Check::Quiet { apart_s, timeout_s } => {
            format!(
                "two looks by SQL {apart_s} s apart: nobody is left, no row changed, no event is enabled; repeated for up to \
                 {timeout_s} s"
            )
        }
        Check::Question { text } => format!("you are asked: {text}"),
        Check::Copy => "AWS: it is available, and tagged with this run".to_owned(),
    };
    Line::at(4).paint(Paint::Dim, &format!("checked by: {how}"))
}

#[cfg(test)]
mod tests {
    use crate::domain::question::{Answer, Question};
    use crate::ui::operator::testing::{answer, brief, seen};

    #[test]
    fn pausing_shows_the_exact_commands() {
        insta::assert_snapshot!(seen(&Question::Pause, &brief(None), &["y", "yes"]), @r#"
        LIVE  Pause the application? ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
          cluster     shop-prod (123456789012, eu-west-1)
          lost        no data; the application stands still until it is resumed
          possible    until 2026-11-21 02:12:05Z; that is checked again before anything
                      is sent
          no          nothing is paused, nothing is changed, the run ends
          web
            kubectl scale deployment/web --replicas=0
            checked by: GET https://shop.example/health answers 503
          nightly import
            by you: Stop the nightly import in the scheduler.
            checked by: you are asked: Is the nightly import stopped?
          yes or no> y
          Please type yes or no in full.
          yes or no> yes
        "#);
    }

    #[test]
    fn pausing_takes_yes_or_no_in_full() {
        for (lines, expected) in [
            (["yes"], Answer::Agreed),
            (["YES"], Answer::Agreed),
            (["no"], Answer::Declined),
            ([""], Answer::Nobody),
            (["y"], Answer::Nobody),
        ] {
            assert_eq!(
                answer(&Question::Pause, &brief(None), &lines),
                expected,
                "{lines:?}"
            );
        }
    }
}
