//! Shows faults to a person: each with the lines of the file and a span under the text.

use std::fmt;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode};

use super::fault::{Fault, RunbookFaults};

impl RunbookFaults {
    /// The faults one after the other, at most `width` columns wide, with colour or plain. The values
    /// of `env` are masked in the lines that are shown.
    pub fn render(&self, colour: bool, width: usize) -> String {
        let theme = if colour {
            GraphicalTheme::unicode()
        } else {
            GraphicalTheme::unicode_nocolor()
        };
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_links(false)
            .with_width(width);
        let source = NamedSource::new(&self.path, self.shown.clone());
        let mut text = String::new();
        for (position, fault) in self.faults.iter().enumerate() {
            if position > 0 {
                text.push('\n');
            }
            let shown = Shown {
                fault,
                source: &source,
            };
            if handler.render_report(&mut text, &shown).is_err() {
                // Drawing failed; the words must not be lost with it.
                return self.lines();
            }
        }
        text
    }
}

/// One fault as miette wants it.
#[derive(Debug)]
struct Shown<'f> {
    fault: &'f Fault,
    source: &'f NamedSource<String>,
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.fault.message)
    }
}

impl std::error::Error for Shown<'_> {}

impl Diagnostic for Shown<'_> {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.fault
            .hint
            .as_ref()
            .map(|hint| Box::new(hint) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self.source)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let here = LabeledSpan::new_with_span(None, self.fault.span.clone());
        Some(Box::new(std::iter::once(here)))
    }
}
