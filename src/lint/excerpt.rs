//! A few lines of a file around a place, with the numbers that they have in the file.

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

use super::resource::Place;

/// Characters of a line before what is meant, where a line is cut.
const BEFORE: usize = 24;

/// Lines around a place, each no wider than asked.
#[derive(Debug)]
pub(super) struct Excerpt {
    name: String,
    text: String,
    /// Of the excerpt's first line, from 0.
    line: usize,
    /// Of what is meant, from 0.
    place: (usize, usize),
    span: SourceSpan,
}

impl Excerpt {
    /// The line of the place with one before and after it; none where the place is not in the text.
    pub(super) fn of(name: &str, bytes: &[u8], place: &Place, width: usize) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let meant = text.get(place.bytes.clone())?;
        let start = text[..place.bytes.start]
            .rfind(['\n', '\r'])
            .map_or(0, |at| at + 1);
        let end = text[start..]
            .find(['\n', '\r'])
            .map_or(text.len(), |at| start + at);
        let indent = text[start..place.bytes.start].trim_start_matches('\u{feff}');
        let length = meant.find(['\n', '\r']).unwrap_or(meant.len());
        // A template may be one line of a megabyte: what is meant is shown, and as much as fits.
        let skipped = if text[start..end].chars().count() > width {
            indent.chars().count().saturating_sub(BEFORE)
        } else {
            0
        };
        let shown_indent: String = indent.chars().skip(skipped).collect();
        let shown_rest: String = text[place.bytes.start..end]
            .chars()
            .take(width.saturating_sub(shown_indent.chars().count()).max(1))
            .collect();
        let mut excerpt = String::new();
        let before = text[..start].trim_end_matches('\n').trim_end_matches('\r');
        let before = (start > 0).then(|| before.rsplit(['\n', '\r']).next().unwrap_or_default());
        if let Some(before) = before {
            excerpt.push_str(&harmless(&cut(before, width)));
            excerpt.push('\n');
        }
        let offset = excerpt.len() + harmless(&shown_indent).len();
        let length = length.min(shown_rest.len());
        excerpt.push_str(&harmless(&shown_indent));
        excerpt.push_str(&harmless(&shown_rest));
        if let Some(after) = text.get(end..).and_then(|rest| rest.lines().nth(1)) {
            excerpt.push('\n');
            excerpt.push_str(&harmless(&cut(after, width)));
        }
        let line = place.line.saturating_sub(1);
        Some(Self {
            name: name.to_owned(),
            text: excerpt,
            line: line.saturating_sub(usize::from(before.is_some())),
            place: (line, place.column.saturating_sub(1)),
            span: (offset, length).into(),
        })
    }

    /// What is meant, in the excerpt.
    pub(super) fn span(&self) -> SourceSpan {
        self.span
    }
}

impl SourceCode for Excerpt {
    fn read_span<'a>(
        &'a self,
        _span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        // Without lines around it is asked for the title's sake: there the place in the file is told.
        let (line, column) = if before + after == 0 {
            self.place
        } else {
            (self.line, 0)
        };
        let all = SourceSpan::from((0, self.text.len()));
        Ok(Box::new(MietteSpanContents::new_named(
            self.name.clone(),
            self.text.as_bytes(),
            all,
            line,
            column,
            self.text.lines().count(),
        )))
    }
}

fn cut(line: &str, width: usize) -> String {
    line.chars().take(width).collect()
}

/// A template's text without what steers a terminal, byte for byte as long.
fn harmless(text: &str) -> String {
    let mut harmless = String::with_capacity(text.len());
    for each in text.chars() {
        let hidden = matches!(each, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
        if each.is_control() || hidden {
            harmless.extend(std::iter::repeat_n(' ', each.len_utf8()));
        } else {
            harmless.push(each);
        }
    }
    harmless
}
