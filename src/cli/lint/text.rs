//! The result for people: a block with the lines of the file for each finding and for what is to be known of a good
//! cluster, a line for each of the others, the sums.
//!
//! Templates are somebody else's words: they are cleaned of what could steer a terminal.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::path::Path;

use crate::cli::args::Global;
use crate::domain::mode::Mode;
use crate::domain::posture::Verdict;
use crate::lint::{
    Counts, Drawing, Findings, PEERS, Place, Resource, Told, Unreadable, Weight, bounded, notes, remedy,
    render,
};
use crate::ui::{Line, Paint, Style, clean, lay};

/// Columns where there is no terminal to ask.
const COLUMNS: usize = 120;

/// Everything.
pub(super) fn page(found: &Findings, global: &Global) -> String {
    let style = Style::of_stdout(global.color.into(), global.verbose > 0);
    let mut page = Page {
        text: String::new(),
        file: None,
        kept: &found.kept,
        advised: HashMap::new(),
        drawing: Drawing {
            colour: style.colour,
            marks: style.marks,
            width: style.width.min(COLUMNS),
        },
    };
    let lint = &found.lint;
    for unreadable in &lint.unreadable {
        page.unreadable(unreadable);
    }
    let (findings, quiet): (Vec<_>, Vec<_>) =
        lint.resources.iter().partition(|resource| is_finding(resource));
    for resource in findings {
        page.finding(resource);
    }
    let (noted, quiet): (Vec<_>, Vec<_>) = quiet
        .into_iter()
        .partition(|resource| !notes(resource).is_empty());
    for resource in noted {
        page.finding(resource);
    }
    let mut lines: Vec<Line> = quiet.into_iter().map(quiet_line).collect();
    lines.extend(sums(found));
    page.text
        .push_str(&lay(&lines, "", Mode::Live, &style).join("\n"));
    page.text
}

fn is_finding(resource: &Resource) -> bool {
    match resource.judgement.verdict {
        Verdict::Disabled | Verdict::Invalid | Verdict::Blocked | Verdict::Unknown => true,
        Verdict::Ok | Verdict::NotApplicable => false,
    }
}

struct Page<'p> {
    text: String,
    /// The file whose lines were shown last: findings of one file stand together.
    file: Option<(String, Vec<u8>)>,
    /// What cannot be read again.
    kept: &'p BTreeMap<String, Vec<u8>>,
    drawing: Drawing,
    /// What was advised, and for which cluster: the same advice is not read twice.
    advised: HashMap<String, String>,
}

impl Page<'_> {
    fn finding(&mut self, resource: &Resource) {
        let judgement = &resource.judgement;
        // Where there are lines to show, they are headed by the file's name.
        let file = match resource.place {
            Some(_) => String::new(),
            None => format!("{}: ", resource.file),
        };
        let headline = format!(
            "{}: {file}{}: {}{}",
            judgement.verdict.as_str().replace('_', " "),
            resource.address,
            judgement.reason,
            beside(resource)
        );
        let headline = clean(&headline);
        let advice = remedy(resource).into_iter().chain(notes(resource));
        let advice: Vec<String> = advice.map(|advice| self.once(advice, resource)).collect();
        let help = (!advice.is_empty()).then(|| advice.join("\n"));
        let told = Told {
            headline: &headline,
            help: help.as_deref(),
            weight: match judgement.verdict {
                Verdict::Disabled | Verdict::Invalid | Verdict::Blocked => Weight::Certain,
                Verdict::Unknown => Weight::Undecided,
                Verdict::Ok | Verdict::NotApplicable => Weight::Note,
            },
        };
        self.block(told, &resource.file, resource.place.as_ref());
    }

    /// Advice in full where it is first given, and where that was from then on.
    fn once(&mut self, advice: String, resource: &Resource) -> String {
        if let Some(first) = self.advised.get(&advice) {
            return format!("as for {}", clean(first));
        }
        let here = format!("{} in {}", resource.address, resource.file);
        self.advised.insert(advice.clone(), here);
        advice
    }

    fn unreadable(&mut self, unreadable: &Unreadable) {
        let headline = clean(&format!("not read: {}: {}", unreadable.file, unreadable.message));
        let told = Told {
            headline: &headline,
            help: None,
            weight: Weight::Certain,
        };
        self.block(told, &unreadable.file, unreadable.place.as_ref());
    }

    fn block(&mut self, told: Told<'_>, file: &str, place: Option<&Place>) {
        if place.is_some() && self.file.as_ref().is_none_or(|(shown, _)| shown != file) {
            let bytes = match self.kept.get(file) {
                Some(bytes) => bytes.clone(),
                // It was there a moment ago; where it is gone, its lines are.
                None => again(Path::new(file)).unwrap_or_default(),
            };
            self.file = Some((file.to_owned(), bytes));
        }
        let name = clean(file);
        let source = match (&self.file, place) {
            (Some((_, bytes)), Some(place)) => Some((name.as_str(), bytes.as_slice(), place)),
            _ => None,
        };
        self.text.push_str(&render(told, source, self.drawing));
        self.text.push('\n');
    }
}

/// A file's bytes, where it is one still.
fn again(path: &Path) -> std::io::Result<Vec<u8>> {
    if path.is_file() {
        bounded(File::open(path)?)
    } else {
        Ok(Vec::new())
    }
}

/// A cluster that is in order, or that could never be rewound.
fn quiet_line(resource: &Resource) -> Line {
    let judgement = &resource.judgement;
    let (paint, verdict) = match judgement.verdict {
        Verdict::NotApplicable => (Paint::Dim, "not applicable"),
        Verdict::Ok | Verdict::Disabled | Verdict::Invalid | Verdict::Blocked | Verdict::Unknown => {
            (Paint::Good, "ok")
        }
    };
    let place = resource
        .place
        .as_ref()
        .map_or(String::new(), |place| format!(":{}:{}", place.line, place.column));
    let what = match (judgement.verdict, judgement.window_s) {
        (Verdict::Ok, Some(window)) => format!("window {window} s"),
        _ => judgement.reason.clone(),
    };
    Line::at(0)
        .hang(2)
        .paint(paint, verdict)
        .text(&format!(": {}{place} ", resource.file))
        .paint(Paint::Strong, &resource.address)
        .text(&format!(": {what}{}", beside(resource)))
}

/// Warnings and suppressions, behind what is said.
fn beside(resource: &Resource) -> String {
    let warnings: Vec<&str> = resource
        .judgement
        .warnings
        .iter()
        .map(|warning| warning.as_str())
        .collect();
    let warnings = (!warnings.is_empty()).then(|| format!(" [{}]", warnings.join(", ")));
    let suppressions = resource.suppressions.iter().map(|suppression| {
        let reason = suppression.reason.as_deref().unwrap_or("no reason given");
        format!(
            "; {} {} is suppressed: {reason}",
            suppression.tool, suppression.rule
        )
    });
    warnings.into_iter().chain(suppressions).collect()
}

fn sums(found: &Findings) -> Vec<Line> {
    let counts = Counts::of(&found.lint);
    let of = |count: usize, what: &str| (count > 0).then(|| format!("{count} {what}"));
    let told: Vec<String> = [
        of(counts.ok, "ok"),
        of(counts.disabled, "disabled"),
        of(counts.invalid, "invalid"),
        of(counts.blocked, "blocked"),
        of(counts.not_applicable, "not applicable"),
        of(counts.unknown, "undecided"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let templates = match found.templates {
        1 => "1 template".to_owned(),
        many => format!("{many} templates"),
    };
    let sum = if told.is_empty() {
        format!("{templates}, no Aurora cluster")
    } else {
        format!("{templates}: {}", told.join(", "))
    };
    let beside = [
        of(counts.unreadable, "not read"),
        (found.passed > 0).then(|| format!("other files passed over: {}", found.passed)),
    ];
    let sum: Vec<String> = std::iter::once(sum).chain(beside.into_iter().flatten()).collect();
    let mut lines = vec![Line::at(0).paint(Paint::Strong, &sum.join("; "))];
    if counts.exit() != 0 {
        let peers: Vec<String> = PEERS
            .iter()
            .map(|(tool, rule)| format!("{tool} {rule}"))
            .collect();
        lines.push(Line::at(0).hang(2).paint(
            Paint::Dim,
            &format!("the same question elsewhere: {}", peers.join(", ")),
        ));
    }
    lines
}
