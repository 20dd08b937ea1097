//! The person at the terminal. Prompts run on a thread of their own, so that signals are seen meanwhile.

use std::cell::RefCell;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;

use super::brief::{Brief, Zones};
use super::interview;
use super::talk::Talk;
use crate::domain::question::{Answer, Question};
use crate::domain::receipt::Receipt;
use crate::ports::{Asked, Operator};
use crate::ui::prompts::Prompts;
use crate::ui::style::Style;
use crate::ui::tty::Tty;

/// Asks on the controlling terminal.
pub struct TerminalOperator {
    tty: Arc<Mutex<Tty>>,
    cluster: String,
    zones: Zones,
    resend: bool,
    style: Style,
    /// The receipt last confirmed: later questions say where the data is.
    last: RefCell<Option<Receipt>>,
    prompts: Prompts,
}

/// Calls the prompt off when nobody waits for its answer any more.
struct CallOff(Arc<AtomicBool>);

impl Drop for CallOff {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl TerminalOperator {
    /// None without a terminal. `resend`: sending again may be offered (`recover --resend`).
    pub fn open(style: Style, cluster: &str, zones: Zones, resend: bool) -> Option<Self> {
        let tty = Arc::new(Mutex::new(Tty::open()?));
        let (last, prompts) = (RefCell::new(None), Prompts::of_person());
        Some(Self {
            tty,
            cluster: cluster.to_owned(),
            zones,
            resend,
            style,
            last,
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
        let _call_off = CallOff(Arc::clone(&called_off));
        let _open = self.prompts.begin();
        let tty = Arc::clone(&self.tty);
        let thread = tokio::task::spawn_blocking(move || {
            let mut tty = tty.lock().ok()?;
            tty.until(called_off);
            Some(prompt(&mut *tty))
        });
        thread.await.ok().flatten()
    }
}

#[async_trait(?Send)]
impl Operator for TerminalOperator {
    async fn ask(&self, question: &Question, about: &Asked<'_>) -> Answer {
        let last = self.last.borrow().clone();
        let brief = Brief::new(about, self.zones, last, self.resend, self.style.clone());
        let put = question.clone();
        let answer = self
            .talk(move |talk| interview::put(&put, &brief, talk))
            .await
            .unwrap_or(Answer::Nobody);
        if let (Question::Confirm(receipt), Answer::Confirmed { .. }) = (question, &answer) {
            *self.last.borrow_mut() = Some((**receipt).clone());
        }
        answer
    }

    async fn attest(&self, text: &str) -> Option<bool> {
        let (text, cluster, style) = (text.to_owned(), self.cluster.clone(), self.style.clone());
        self.talk(move |talk| interview::attest(&text, &cluster, &style, talk))
            .await
            .flatten()
    }

    fn attended(&self) -> bool {
        true
    }
}
