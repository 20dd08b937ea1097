//! The one row that moves: what is waited for, and since when.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::domain::mode::Mode;
use crate::ui::layout::mark;
use crate::ui::line::clean;
use crate::ui::moment::{length, seconds};
use crate::ui::style::Style;

/// A wait that is being shown.
pub(super) struct Spinner {
    bar: ProgressBar,
    what: String,
    since: DateTime<Utc>,
}

/// What a spinner shows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wait<'a> {
    pub(super) what: &'a str,
    pub(super) since: DateTime<Utc>,
    pub(super) now: DateTime<Utc>,
    pub(super) estimate_s: Option<i64>,
}

/// How often it is drawn.
const TICK: Duration = Duration::from_millis(250);

impl Spinner {
    pub(super) fn start(wait: &Wait<'_>, mode: Mode, style: &Style) -> Self {
        // Said before anything is drawn: what is set later is drawn half at first.
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr())
            .with_elapsed(so_far(wait))
            .with_prefix(mark(mode))
            .with_message(clean(wait.what));
        let usual = wait.estimate_s.map_or_else(|| "unknown".to_owned(), seconds);
        let template =
            ProgressStyle::with_template("{prefix}{spinner} waiting for {msg}, {since}, usually {usual}");
        if let Ok(template) = template {
            let template = template
                .tick_chars(if style.marks {
                    "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏ "
                } else {
                    "|/-\\ "
                })
                .with_key("since", |state: &ProgressState, out: &mut dyn std::fmt::Write| {
                    let lapse = TimeDelta::from_std(state.elapsed()).unwrap_or_default();
                    // A failed write means that the row is not drawn this time.
                    let _ = out.write_str(&length(lapse));
                })
                .with_key(
                    "usual",
                    move |_: &ProgressState, out: &mut dyn std::fmt::Write| {
                        let _ = out.write_str(&usual);
                    },
                );
            bar.set_style(template);
        }
        bar.enable_steady_tick(TICK);
        Self {
            bar,
            what: wait.what.to_owned(),
            since: wait.since,
        }
    }

    /// True when it shows this very wait already; it is set to the notice's own reckoning then.
    pub(super) fn follows(&self, wait: &Wait<'_>) -> bool {
        let same = self.what == wait.what && self.since == wait.since;
        if same {
            self.bar.set_elapsed(so_far(wait));
        }
        same
    }

    /// Draws rows above it.
    pub(super) fn above(&self, write: impl FnOnce()) {
        self.bar.suspend(write);
    }

    /// Takes it away; the wait as it was, for a row that stays.
    pub(super) fn end(self, now: DateTime<Utc>) -> Option<String> {
        self.bar.finish_and_clear();
        let lapse = now - self.since;
        (lapse >= WORTH_A_ROW).then(|| format!("waited {} for {}", length(lapse), self.what))
    }
}

/// Shorter waits leave no row behind.
const WORTH_A_ROW: TimeDelta = TimeDelta::seconds(3);

fn so_far(wait: &Wait<'_>) -> Duration {
    (wait.now - wait.since).to_std().unwrap_or_default()
}
