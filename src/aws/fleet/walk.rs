//! Pages of a long list, handed over as they come.

use std::future::Future;

use super::pace::Pace;
use super::progress::Progress;
use crate::aws::pages::{Markers, Page};
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
    /// Every page, in order. What was taken before a failure stays taken.
    pub(super) async fn walk<T, F>(
        self,
        action: &str,
        read: impl Fn(Option<String>) -> F,
        mut take: impl FnMut(Vec<T>),
    ) -> Result<(), ReadFailure>
    where
        F: Future<Output = Result<Page<T>, ReadFailure>>,
    {
        let mut markers = Markers::within(MOST_PAGES);
        let mut marker = None;
        loop {
            self.pace.wait().await;
            self.progress.called();
            let page = read(marker).await?;
            take(page.items);
            marker = markers.next(action, page.marker)?;
            if marker.is_none() {
                return Ok(());
            }
        }
    }
}
