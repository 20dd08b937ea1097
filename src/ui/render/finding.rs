//! The results of the checks: what blocks first, what warns next, what passed in one line.

use super::super::layout::lay;
use super::super::line::{Line, Paint};
use super::super::style::{Device, Style};
use crate::domain::finding::{Finding, Severity};
use crate::domain::mode::Mode;

/// All results of one round of checks, for a screen.
pub fn findings(found: &[Finding], mode: Mode, style: &Style) -> Vec<String> {
    lay(&block(found, style), "", mode, style)
}

fn block(found: &[Finding], style: &Style) -> Vec<Line> {
    let of = |severity| found.iter().filter(move |finding| finding.severity == severity);
    let (blocking, warnings, passed) = (
        of(Severity::Block).count(),
        of(Severity::Warn).count(),
        of(Severity::Pass).count(),
    );
    let title = match (blocking, warnings) {
        (0, 0) => Line::at(0).paint(Paint::Good, "Checks: all in order"),
        (0, _) => Line::at(0).paint(
            Paint::Warn,
            &format!("Checks: {} to be judged by you", counted(warnings, "warning")),
        ),
        (_, _) => Line::at(0).paint(
            Paint::Bad,
            &format!(
                "Checks: the run does not go on, {} {}",
                counted(blocking, "finding"),
                if blocking == 1 { "blocks" } else { "block" }
            ),
        ),
    };
    let mut lines = vec![Line::blank(), title];
    lines.extend(
        of(Severity::Block)
            .chain(of(Severity::Warn))
            .flat_map(|finding| one(finding, style)),
    );
    if style.verbose {
        lines.extend(of(Severity::Pass).flat_map(|finding| one(finding, style)));
    } else if passed > 0 {
        let sign = sign(Severity::Pass, style);
        lines.push(
            Line::at(2)
                .paint(Paint::Good, sign)
                .text(&format!("{} passed", counted(passed, "check"))),
        );
    }
    lines
}

/// One result, with what to do instead.
pub(super) fn one(finding: &Finding, style: &Style) -> Vec<Line> {
    let paint = match finding.severity {
        Severity::Pass => Paint::Good,
        Severity::Warn => Paint::Warn,
        Severity::Block => Paint::Bad,
    };
    let mut lines = vec![
        Line::at(2)
            .hang(4)
            .paint(paint, sign(finding.severity, style))
            .paint(paint, &format!("{}: ", finding.rule))
            .text(&finding.message),
    ];
    if !finding.instead.is_empty() {
        lines.push(Line::at(4).paint(Paint::Dim, "instead:"));
        lines.extend(
            finding
                .instead
                .iter()
                .map(|text| Line::typed(6, Paint::Plain, text)),
        );
    }
    lines
}

/// On a stream the word, so that it can be searched for.
fn sign(severity: Severity, style: &Style) -> &'static str {
    match (severity, style.device, style.marks) {
        (Severity::Pass, Device::Screen, true) => "✓ ",
        (Severity::Block, Device::Screen, true) => "✗ ",
        (Severity::Pass, Device::Screen, false) => "+ ",
        (Severity::Warn, Device::Screen, _) => "! ",
        (Severity::Block, Device::Screen, false) => "X ",
        (Severity::Pass, Device::Stream, _) => "pass ",
        (Severity::Warn, Device::Stream, _) => "warn ",
        (Severity::Block, Device::Stream, _) => "block ",
    }
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 {
        format!("1 {noun}")
    } else {
        format!("{count} {noun}s")
    }
}
