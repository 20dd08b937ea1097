//! How wide, how coloured and with which marks to write: decided once, from flags and surroundings.
//!
//! Nothing here writes. The decision is a pure function; only [`Surroundings::of_stderr`] and [`Style::of_stdout`] look around.

use std::io::IsTerminal;

use console::Term;

use crate::domain::mode::Mode;

/// `--color`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ColourChoice {
    /// On a terminal that wants it.
    #[default]
    Auto,
    /// Always, also into a pipe.
    Always,
    /// Never.
    Never,
}

/// What is written to: it decides how notices are laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Device {
    /// A terminal: blocks, drawings, a spinner.
    Screen,
    /// A pipe, a file, a terminal without abilities: every line stands by itself and begins with its time.
    Stream,
}

/// Whether the width is asked for anew at each row's layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Follow {
    /// It stays as it was decided.
    Nothing,
    /// A person may make the window wider or narrower meanwhile.
    Window,
}

/// Everything that the layout depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Style {
    /// Columns; [`Style::UNBOUNDED`] where nothing is wrapped.
    pub width: usize,
    /// Whether the width may change.
    pub follow: Follow,
    /// True for ANSI colours.
    pub colour: bool,
    /// True for Unicode marks and lines, false for ASCII.
    pub marks: bool,
    /// Screen or stream.
    pub device: Device,
    /// True to show what is folded otherwise.
    pub verbose: bool,
    /// Live, rehearsal or drill: marks what the operator is asked.
    pub mode: Mode,
}

/// What the decision is taken from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// `NO_COLOR` is set and not empty.
    pub no_color: bool,
    /// `TERM`.
    pub term: Option<String>,
    /// The locale in force: `LC_ALL`, `LC_CTYPE` or `LANG`, the first that is not empty.
    pub locale: Option<String>,
    /// True when narration goes to a terminal.
    pub terminal: bool,
    /// Columns of the terminal, when it says.
    pub columns: Option<usize>,
}

impl Style {
    /// A width at which nothing is ever wrapped.
    pub const UNBOUNDED: usize = usize::MAX;
    /// Columns when a terminal does not say.
    pub const USUAL: usize = 80;
    /// Fewer are not laid out for: the terminal wraps by itself.
    pub const LEAST: usize = 40;

    /// Decides from flags and surroundings.
    pub fn decide(choice: ColourChoice, around: &Surroundings, mode: Mode, verbose: bool) -> Self {
        let dumb = around.term.as_deref() == Some("dumb");
        let screen = around.terminal && !dumb;
        let colour = match choice {
            ColourChoice::Always => true,
            ColourChoice::Never => false,
            ColourChoice::Auto => screen && !around.no_color,
        };
        let width = if around.terminal {
            around.columns.unwrap_or(Self::USUAL).max(Self::LEAST)
        } else {
            Self::UNBOUNDED
        };
        let locale = around.locale.as_deref().unwrap_or_default().to_ascii_lowercase();
        Self {
            width,
            follow: if around.columns.is_some() && around.terminal {
                Follow::Window
            } else {
                Follow::Nothing
            },
            colour,
            marks: locale.contains("utf-8") || locale.contains("utf8"),
            device: if screen { Device::Screen } else { Device::Stream },
            verbose,
            mode,
        }
    }
}

impl Style {
    /// How stdout is laid out: as wide as the terminal, painted only where one sees it, with blank lines in a file, too.
    pub fn of_stdout(choice: ColourChoice, verbose: bool) -> Self {
        let terminal = std::io::stdout().is_terminal();
        let around = Surroundings::of_stderr();
        let around = Surroundings {
            terminal,
            columns: around.columns.filter(|_| terminal),
            ..around
        };
        Self {
            device: Device::Screen,
            ..Self::decide(choice, &around, Mode::Live, verbose)
        }
    }

    /// Columns now.
    pub fn columns(&self) -> usize {
        match self.follow {
            Follow::Nothing => self.width,
            Follow::Window => columns_of_stderr().unwrap_or(self.width).max(Self::LEAST),
        }
    }
}

fn columns_of_stderr() -> Option<usize> {
    Term::stderr()
        .size_checked()
        .map(|(_, columns)| usize::from(columns))
}

impl Surroundings {
    /// Looks at the environment and at stderr, where narration goes.
    pub fn of_stderr() -> Self {
        let set = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        Self {
            no_color: set("NO_COLOR").is_some(),
            term: set("TERM"),
            locale: set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG")),
            terminal: std::io::stderr().is_terminal(),
            columns: columns_of_stderr(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terminal() -> Surroundings {
        Surroundings {
            no_color: false,
            term: Some("xterm-256color".to_owned()),
            locale: Some("en_IE.UTF-8".to_owned()),
            terminal: true,
            columns: Some(120),
        }
    }

    fn decide(choice: ColourChoice, around: &Surroundings) -> Style {
        Style::decide(choice, around, Mode::Live, false)
    }

    #[test]
    fn a_terminal_is_a_coloured_screen_of_its_own_width() {
        let style = decide(ColourChoice::Auto, &terminal());
        assert_eq!(
            (style.width, style.colour, style.marks, style.device),
            (120, true, true, Device::Screen)
        );
    }

    #[test]
    fn a_pipe_is_a_stream_without_colour_and_without_wrapping() {
        let style = decide(
            ColourChoice::Auto,
            &Surroundings {
                terminal: false,
                ..terminal()
            },
        );
        assert_eq!(
            (style.width, style.colour, style.device),
            (Style::UNBOUNDED, false, Device::Stream)
        );
    }

    #[test]
    fn a_dumb_terminal_is_a_stream_that_is_wrapped() {
        let style = decide(
            ColourChoice::Auto,
            &Surroundings {
                term: Some("dumb".to_owned()),
                ..terminal()
            },
        );
        assert_eq!(
            (style.width, style.colour, style.device),
            (120, false, Device::Stream)
        );
    }

    #[test]
    fn no_color_is_obeyed_unless_colour_is_asked_for_by_flag() {
        let around = Surroundings {
            no_color: true,
            ..terminal()
        };
        assert!(!decide(ColourChoice::Auto, &around).colour);
        assert!(decide(ColourChoice::Always, &around).colour);
        assert!(!decide(ColourChoice::Never, &terminal()).colour);
    }

    #[test]
    fn without_a_utf8_locale_marks_are_ascii() {
        assert!(
            !decide(
                ColourChoice::Auto,
                &Surroundings {
                    locale: Some("C".to_owned()),
                    ..terminal()
                }
            )
            .marks
        );
        assert!(
            !decide(
                ColourChoice::Auto,
                &Surroundings {
                    locale: None,
                    ..terminal()
                }
            )
            .marks
        );
    }

    #[test]
    fn a_terminal_that_says_no_width_is_taken_for_80_columns() {
        assert_eq!(
            decide(
                ColourChoice::Auto,
                &Surroundings {
                    columns: None,
                    ..terminal()
                }
            )
            .width,
            80
        );
    }
}
