//! Pages of a long list, handed over as they come.

use std::collections::HashSet;
use std::future::Future;

use super::pace::Pace;
use super::progress::Progress;
use crate::aws::failure::nonsense;
use crate::aws::pages::Page;
use crate::domain::event::ReadFailure;

/// A list that is longer than this is not AWS's: 200,000 entries.
const MOST_PAGES: usize = 2000;

/// Who walks: the rate that it keeps, and the count that it adds to.
#[derive(Clone, Copy)]
pub(super) struct Walker<'a> {
    pub(super) pace: &'a Pace,
    pub(super) progress: &'a Progress,
}

impl Walker<'_> {
    /// Every page, in order. What was taken before a failure stays taken. A marker that comes back would go round for ever.
    pub(super) async fn walk<T, F>(
        self,
        action: &str,
        read: impl Fn(Option<String>) -> F,
        mut take: impl FnMut(Vec<T>),
    ) -> Result<(), ReadFailure>
    where
        F: Future<Output = Result<Page<T>, ReadFailure>>,
    {
        let mut seen = HashSet::new();
        let mut marker = None;
        loop {
            self.pace.wait().await;
            self.progress.called();
            let page = read(marker).await?;
            take(page.items);
            let Some(next) = page.marker.filter(|marker| !marker.is_empty()) else {
                return Ok(());
            };
            if seen.len() >= MOST_PAGES {
                return Err(nonsense(
                    action,
                    format!("expected at most {MOST_PAGES} pages, got more"),
                ));
            }
            if !seen.insert(next.clone()) {
                return Err(nonsense(
                    action,
                    format!("expected a new marker on each page, got {next} again"),
                ));
            }
            marker = Some(next);
        }
    }
}
