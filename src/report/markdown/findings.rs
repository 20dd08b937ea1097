//! What warned or blocked, at each look.

use super::inline::Inline;
use super::page::Page;
use super::value::instant;
use crate::domain::finding::{Finding, Severity};
use crate::report::facts::Look;

pub fn write(page: &mut Page, looks: &[Look]) {
    page.section("Findings");
    if looks.is_empty() {
        page.paragraph(&Inline::fixed("No look was completed."));
    }
    for look in looks {
        page.part(
            &instant(look.at)
                .then(", ")
                .then(look.stage)
                .then(", hop ")
                .then_text(&look.hop.to_string()),
        );
        page.paragraph(&counts(look));
        if !look.findings.is_empty() {
            let rows: Vec<[Inline; 3]> = look.findings.iter().map(row).collect();
            page.table(["Severity", "Rule", "What was found"], &rows);
        }
        for finding in look.findings.iter().filter(|finding| !finding.instead.is_empty()) {
            page.paragraph(
                &Inline::fixed("What could be done instead, for ")
                    .then_code(&finding.rule)
                    .then(":"),
            );
            page.list(&finding.instead.iter().map(|line| way(line)).collect::<Vec<_>>());
        }
    }
}

/// A command is to be copied, anything else to be read.
fn way(line: &str) -> Inline {
    if line.starts_with("aws ") {
        Inline::code(line)
    } else {
        Inline::text(line)
    }
}

fn counts(look: &Look) -> Inline {
    let count = |severity| {
        look.findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
            .to_string()
    };
    let line = Inline::text(&look.passed.to_string())
        .then(" passed, ")
        .then_text(&count(Severity::Warn));
    let line = line
        .then(" warned, ")
        .then_text(&count(Severity::Block))
        .then(" blocked");
    line.then(if look.blocked { ". **That blocks.**" } else { "." })
}

fn row(finding: &Finding) -> [Inline; 3] {
    let severity = match finding.severity {
        Severity::Pass => "pass",
        Severity::Warn => "warn",
        Severity::Block => "**block**",
    };
    [
        Inline::fixed(severity),
        Inline::code(&finding.rule),
        Inline::text(&finding.message),
    ]
}
