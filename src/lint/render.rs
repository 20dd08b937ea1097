//! Shows a finding to a person: with the lines of the file and a span under what is meant.

use std::fmt;

use miette::{Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, Severity, SourceCode};

use super::excerpt::Excerpt;
use super::resource::Place;

/// Columns beside the source: numbers, marks, a margin.
const MARGIN: usize = 12;

/// How to draw.
#[derive(Clone, Copy, Debug)]
pub struct Drawing {
    /// ANSI colours.
    pub colour: bool,
    /// Unicode, or ASCII alone.
    pub marks: bool,
    /// Columns.
    pub width: usize,
}

/// One finding in words.
#[derive(Clone, Copy, Debug)]
pub struct Told<'t> {
    /// What is wrong.
    pub headline: &'t str,
    /// What to do.
    pub help: Option<&'t str>,
    /// How much it weighs.
    pub weight: Weight,
}

/// How much something weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// It is wrong for certain.
    Certain,
    /// It is not decided.
    Undecided,
    /// It is in order, and something is to be known beside it.
    Note,
}

/// The finding in rows. `source` is the file's name, its bytes and the place.
pub fn render(told: Told<'_>, source: Option<(&str, &[u8], &Place)>, drawing: Drawing) -> String {
    let theme = match (drawing.colour, drawing.marks) {
        (true, true) => GraphicalTheme::unicode(),
        (false, true) => GraphicalTheme::unicode_nocolor(),
        (true, false) => GraphicalTheme {
            styles: miette::ThemeStyles::ansi(),
            ..GraphicalTheme::ascii()
        },
        (false, false) => GraphicalTheme {
            styles: miette::ThemeStyles::none(),
            ..GraphicalTheme::ascii()
        },
    };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .with_context_lines(1)
        .with_width(drawing.width);
    let excerpt = source.and_then(|(name, bytes, place)| {
        Excerpt::of(name, bytes, place, drawing.width.saturating_sub(MARGIN))
    });
    let shown = Shown { told, excerpt };
    let mut text = String::new();
    if handler.render_report(&mut text, &shown).is_err() {
        // Drawing failed; the words must not be lost with it.
        return told.headline.to_owned();
    }
    text
}

/// One finding as miette wants it.
#[derive(Debug)]
struct Shown<'t> {
    told: Told<'t>,
    excerpt: Option<Excerpt>,
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.told.headline)
    }
}

impl std::error::Error for Shown<'_> {}

impl Diagnostic for Shown<'_> {
    fn severity(&self) -> Option<Severity> {
        Some(match self.told.weight {
            Weight::Certain => Severity::Error,
            Weight::Undecided => Severity::Warning,
            Weight::Note => Severity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.told.help.map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let excerpt = self.excerpt.as_ref()?;
        let here = LabeledSpan::new_with_span(None, excerpt.span());
        Some(Box::new(std::iter::once(here)))
    }
}
