//! One line of a screen before it is wrapped and painted: words with a meaning each.
//!
//! Texts of AWS, of commands and of databases pass through here: whatever could steer a terminal is taken out.

/// What a piece of text means; the layout chooses the colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// Nothing in particular.
    Plain,
    /// To be seen first.
    Strong,
    /// To be looked up.
    Dim,
    /// In order.
    Good,
    /// Not in order, or not known.
    Warn,
    /// Lost, refused, failed.
    Bad,
    /// A real cluster.
    Live,
    /// Nothing is changed.
    Rehearsal,
    /// The lab.
    Drill,
}

/// How a line behaves where it does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Wrapped between words.
    Prose,
    /// A shell command that a person may paste: as `Command`, and with no mark before it where its place allows.
    Paste,
    /// A shell command: wrapped with ` \` so that it can still be pasted, never inside a word.
    Command,
    /// Made for its width; left out of a stream, where the same is said in words.
    Drawing,
    /// A title, followed by a rule to the end of the line.
    Rule,
}

/// One line, however many rows it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub(super) indent: usize,
    pub(super) hang: usize,
    pub(super) shape: Shape,
    pub(super) pieces: Vec<(Paint, String)>,
}

/// Columns that the label of a fact takes, with its indent.
const LABEL: usize = 14;

impl Line {
    /// Prose at an indent; further rows hang at the same place.
    pub fn at(indent: usize) -> Self {
        Self {
            indent,
            hang: indent,
            shape: Shape::Prose,
            pieces: Vec::new(),
        }
    }

    /// Nothing.
    pub fn blank() -> Self {
        Self::at(0)
    }

    /// `  label      value`, with the value's further rows below the value.
    pub fn fact(label: &str, paint: Paint, value: &str) -> Self {
        Self::at(2)
            .hang(LABEL)
            .paint(Paint::Dim, &format!("{label:<width$}", width = LABEL - 2))
            .paint(paint, value)
    }

    /// A title with a rule behind it.
    pub fn rule(paint: Paint, title: &str) -> Self {
        Self {
            shape: Shape::Rule,
            ..Self::at(0)
        }
        .paint(paint, title)
    }

    /// A row that is as wide as it should be already.
    pub fn drawing(indent: usize) -> Self {
        Self {
            shape: Shape::Drawing,
            ..Self::at(indent)
        }
    }

    /// A command that is shown.
    pub fn command(indent: usize, paint: Paint, command: &str) -> Self {
        Self {
            shape: Shape::Command,
            hang: indent + 2,
            ..Self::at(indent)
        }
        .paint(paint, command)
    }

    /// A command that a person may paste.
    pub fn paste(indent: usize, paint: Paint, command: &str) -> Self {
        Self {
            shape: Shape::Paste,
            ..Self::command(indent, paint, command)
        }
    }

    /// A line that is a command when it begins like one, else prose.
    pub fn typed(indent: usize, paint: Paint, text: &str) -> Self {
        if is_command(text) {
            Self::paste(indent, Paint::Strong, text)
        } else {
            Self::at(indent).paint(paint, text)
        }
    }

    /// Where further rows begin.
    #[must_use]
    pub fn hang(mut self, hang: usize) -> Self {
        self.hang = hang;
        self
    }

    /// Adds plain text.
    #[must_use]
    pub fn text(self, text: &str) -> Self {
        self.paint(Paint::Plain, text)
    }

    /// Adds text with a meaning.
    #[must_use]
    pub fn paint(mut self, paint: Paint, text: &str) -> Self {
        self.pieces.push((paint, clean(text)));
        self
    }
}

/// True for a text that is meant to be typed.
fn is_command(text: &str) -> bool {
    ["aws ", "backtrackctl "]
        .iter()
        .any(|program| text.starts_with(program))
}

/// Text without anything that steers a terminal or hides characters: controls become spaces, invisible and
/// direction-changing characters are dropped.
pub fn clean(text: &str) -> String {
    text.chars()
        .filter(|each| !matches!(each, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'))
        .map(|each| if each.is_control() || matches!(each, '\u{2028}' | '\u{2029}') { ' ' } else { each })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_steer_the_terminal() {
        assert_eq!(clean("no such cluster\u{1b}[2J\r\nok"), "no such cluster [2J  ok");
        assert_eq!(clean("shop\u{202e}dorp\u{200b}"), "shopdorp");
    }

    #[test]
    fn what_begins_like_a_command_is_one() {
        assert_eq!(
            Line::typed(2, Paint::Plain, "aws rds wait db-cluster-available").shape,
            Shape::Paste
        );
        assert_eq!(Line::typed(2, Paint::Plain, "awsome prose").shape, Shape::Prose);
    }
}
