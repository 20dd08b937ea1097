//! Pages of a list that changes between them: a marker names where the next page begins, whether that item is still there or not.

use super::super::wire::{ApiError, Query};

const MIN_RECORDS: u32 = 20;
const MAX_RECORDS: u32 = 100;

/// The page of `items` (in the order of their keys) that the request asks for, and where the next begins.
pub(super) fn page<T>(
    items: Vec<(String, T)>,
    query: &Query,
    page_size: usize,
) -> Result<(Vec<T>, Option<String>), ApiError> {
    let asked = query.number("MaxRecords")?.unwrap_or(MAX_RECORDS);
    if !(MIN_RECORDS..=MAX_RECORDS).contains(&asked) {
        return Err(ApiError::value(format!(
            "Invalid value {asked} for MaxRecords. Must be between {MIN_RECORDS} and {MAX_RECORDS}"
        )));
    }
    let size = page_size.min(usize::try_from(asked).unwrap_or(page_size));
    let from = query.get("Marker").unwrap_or_default();
    let mut left = items.into_iter().filter(|(key, _)| seal(key).as_str() >= from);
    let page = left.by_ref().take(size).map(|(_, item)| item).collect();
    let marker = left.next().map(|(key, _)| seal(&key));
    Ok((page, marker))
}

/// A key in letters that keep its order and invite nobody to read meaning into them.
fn seal(key: &str) -> String {
    key.bytes()
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
