//! Reading a list to its end.

use std::collections::HashSet;
use std::future::Future;

use super::failure::nonsense;
use crate::domain::event::ReadFailure;

/// One page of a list.
pub(super) struct Page<T> {
    pub(super) items: Vec<T>,
    /// Where the next page begins; none or empty on the last.
    pub(super) marker: Option<String>,
}

impl<T> Page<T> {
    /// A page of the SDK's reply, in which an empty list is left out.
    pub(super) fn new(items: Option<Vec<T>>, marker: Option<String>) -> Self {
        Self {
            items: items.unwrap_or_default(),
            marker,
        }
    }
}

/// A list that is longer than this is not AWS's.
const MOST_PAGES: usize = 500;

/// Nor is one of more items: it would be longer than a record of the journal may be.
const MOST_ITEMS: usize = 1000;

/// The markers of a list that is being read. One that comes back would go round for ever: that list is not known.
pub(super) struct Markers {
    most: usize,
    seen: HashSet<String>,
}

impl Markers {
    /// Of at most so many pages.
    pub(super) fn within(most: usize) -> Self {
        Self {
            most,
            seen: HashSet::new(),
        }
    }

    /// Where the next page begins; none where the list ended.
    pub(super) fn next(
        &mut self,
        action: &str,
        marker: Option<String>,
    ) -> Result<Option<String>, ReadFailure> {
        let Some(next) = marker.filter(|marker| !marker.is_empty()) else {
            return Ok(None);
        };
        if self.seen.len() >= self.most {
            return Err(nonsense(
                action,
                format!("expected at most {} pages, got more", self.most),
            ));
        }
        if !self.seen.insert(next.clone()) {
            return Err(nonsense(
                action,
                format!("expected a new marker on each page, got {next} again"),
            ));
        }
        Ok(Some(next))
    }
}

/// Every item of every page.
pub(super) async fn all<T, F>(action: &str, read: impl Fn(Option<String>) -> F) -> Result<Vec<T>, ReadFailure>
where
    F: Future<Output = Result<Page<T>, ReadFailure>>,
{
    let mut items = Vec::new();
    let mut markers = Markers::within(MOST_PAGES);
    let mut marker = None;
    loop {
        let page = read(marker).await?;
        items.extend(page.items);
        if items.len() > MOST_ITEMS {
            return Err(nonsense(
                action,
                format!("expected at most {MOST_ITEMS} items, got more"),
            ));
        }
        marker = markers.next(action, page.marker)?;
        if marker.is_none() {
            return Ok(items);
        }
    }
}
