//! The person at the terminal. Prompts run on a thread of their own, so that signals are seen meanwhile.

use std::fs::File;
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;

use super::attest::Asking;
use super::brief::{Brief, Zones};
use super::interview;
use super::talk::Talk;
use crate::domain::question::{Answer, Question};
use crate::ports::{Asked, Attestation, Operator};
use crate::ui::prompts::Prompts;
use crate::ui::style::Style;
use crate::ui::tty::Tty;

/// Asks on the controlling terminal.
pub struct TerminalOperator {
    tty: Arc<Mutex<Tty>>,
    /// The same terminal, for the end of a row.
    row: File,
    zones: Zones,
    resend: bool,
    style: Style,
    prompts: Prompts,
}

/// Calls the prompt off when nobody waits for its answer any more.
struct CallOff {
    flag: Arc<AtomicBool>,
    over: bool,
    /// Ends the row of the prompt at once: what the run says next begins a row of its own.
    row: Option<File>,
}

impl Drop for CallOff {
    fn drop(&mut self) {
        if !self.over {
            self.flag.store(true, Ordering::Relaxed);
            // Where the terminal is gone nobody reads the row either.
            let _ = self.row.as_mut().map(|row| row.write_all(b"\n"));
        }
    }
}

impl TerminalOperator {
    /// None without a terminal. `resend`: sending again may be offered (`recover --resend`).
    pub fn open(style: Style, zones: Zones, resend: bool) -> Option<Self> {
        let tty = Tty::open()?;
        let row = tty.row().ok()?;
        let tty = Arc::new(Mutex::new(tty));
        let prompts = Prompts::of_person();
        Some(Self {
            tty,
            row,
            zones,
            resend,
            style,
            prompts,
        })
    }

    /// What a view beside it has to know.
    pub fn prompts(&self) -> Prompts {
        self.prompts.clone()
    }

    /// Runs a prompt off the run's own thread. None: it could not be run, or was called off.
    async fn talk<T: Send + 'static>(
        &self,
        prompt: impl FnOnce(&mut dyn Talk) -> T + Send + 'static,
    ) -> Option<T> {
        let called_off = Arc::new(AtomicBool::new(false));
        let row = self.row.try_clone().ok();
        let mut call_off = CallOff {
            flag: Arc::clone(&called_off),
            over: false,
            row,
        };
        let _open = self.prompts.begin();
        let tty = Arc::clone(&self.tty);
        let thread = tokio::task::spawn_blocking(move || {
            let mut tty = tty.lock().ok()?;
            tty.until(called_off);
            Some(prompt(&mut *tty))
        });
        let result = thread.await.ok().flatten();
        call_off.over = true;
        result
    }
}

#[async_trait(?Send)]
impl Operator for TerminalOperator {
    async fn ask(&self, question: &Question, about: &Asked<'_>) -> Answer {
        let brief = Brief::new(about, self.zones, self.resend, self.style.clone());
        let put = question.clone();
        self.talk(move |talk| interview::put(&put, &brief, talk))
            .await
            .unwrap_or(Answer::Nobody)
    }

    async fn attest(&self, attestation: &Attestation<'_>, about: &Asked<'_>) -> Option<bool> {
        let brief = Brief::new(about, self.zones, self.resend, self.style.clone());
        let asking = Asking {
            purpose: attestation.purpose,
            name: attestation.name.to_owned(),
            text: attestation.text.to_owned(),
        };
        self.talk(move |talk| interview::attest(&asking, &brief, talk))
            .await
            .flatten()
    }

    fn attended(&self) -> bool {
        true
    }
}
