//! What a view has to know of the prompts: not to draw over one, and not to say what it says.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::domain::question::Question;

/// Shared between the operator that asks and the view beside it.
#[derive(Clone, Debug)]
pub struct Prompts {
    open: Arc<AtomicBool>,
    asked: Asked,
}

/// Which questions reach a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Nothing,
    AllButWhatWasConfirmed,
    Everything,
}

/// A prompt that is open until this is dropped.
#[derive(Debug)]
pub(super) struct Open(Arc<AtomicBool>);

impl Prompts {
    /// Nobody is asked: the view says everything itself.
    pub fn none() -> Self {
        Self {
            open: Arc::default(),
            asked: Asked::Nothing,
        }
    }

    /// A person is asked everything.
    pub(super) fn of_person() -> Self {
        Self {
            open: Arc::default(),
            asked: Asked::Everything,
        }
    }

    /// The same prompts, where `--yes` answered the pause and the confirmation.
    #[must_use]
    pub(super) fn confirmed_beforehand(&self) -> Self {
        Self {
            open: Arc::clone(&self.open),
            asked: Asked::AllButWhatWasConfirmed,
        }
    }

    /// Opens a prompt.
    pub(super) fn begin(&self) -> Open {
        self.open.store(true, Ordering::Relaxed);
        Open(Arc::clone(&self.open))
    }

    /// True while a prompt is open.
    pub fn are_open(&self) -> bool {
        self.open.load(Ordering::Relaxed)
    }

    /// True when a prompt puts this question in full.
    pub fn put(&self, question: &Question) -> bool {
        match self.asked {
            Asked::Nothing => false,
            Asked::AllButWhatWasConfirmed => !matches!(question, Question::Pause | Question::Confirm(_)),
            Asked::Everything => true,
        }
    }

    /// True when a person is asked anything at all.
    pub fn reach_a_person(&self) -> bool {
        self.asked != Asked::Nothing
    }

    /// True when a prompt shows the receipt.
    pub fn show_the_receipt(&self) -> bool {
        self.asked == Asked::Everything
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Relaxed);
    }
}
