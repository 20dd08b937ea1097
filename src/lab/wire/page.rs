//! Lists cut into pages, with `MaxRecords` and an opaque `Marker`.

use super::errors::ApiError;
use super::query::Query;

const MIN_RECORDS: u32 = 20;
const MAX_RECORDS: u32 = 100;

/// One page of a list.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Page<T> {
    pub(crate) items: Vec<T>,
    /// Where the next page starts; none on the last.
    pub(crate) marker: Option<String>,
}

/// The page of `items` that the request asks for. A marker names the first item of its page by its key,
/// so that a list which has grown in front of it is not read twice.
pub(crate) fn page<T>(
    items: Vec<T>,
    key: impl Fn(&T) -> String,
    query: &Query,
    page_size: usize,
) -> Result<Page<T>, ApiError> {
    let asked = query.number("MaxRecords")?.unwrap_or(MAX_RECORDS);
    if !(MIN_RECORDS..=MAX_RECORDS).contains(&asked) {
        return Err(ApiError::value(format!(
            "Invalid value {asked} for MaxRecords. Must be between {MIN_RECORDS} and {MAX_RECORDS}"
        )));
    }
    let size = page_size.min(usize::try_from(asked).unwrap_or(page_size)).max(1);
    let start = match query.get("Marker") {
        None => 0,
        Some(marker) => items
            .iter()
            .position(|item| seal(&key(item)) == marker)
            .ok_or_else(|| ApiError::value(format!("The marker {marker:?} is not valid")))?,
    };
    let marker = items.get(start + size).map(|next| seal(&key(next)));
    let items = items.into_iter().skip(start).take(size).collect();
    Ok(Page { items, marker })
}

/// A key in letters that invite nobody to read meaning into them.
fn seal(key: &str) -> String {
    key.bytes()
        .fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::{Query, page};

    fn numbers(query: &str, size: usize) -> Result<super::Page<u32>, super::ApiError> {
        page(
            (0..45).collect(),
            u32::to_string,
            &Query::parse(query.as_bytes()),
            size,
        )
    }

    #[test]
    fn pages_follow_each_other_without_a_gap() {
        let mut seen = Vec::new();
        let mut query = "MaxRecords=20".to_owned();
        loop {
            let found = numbers(&query, 100).unwrap();
            seen.extend(found.items);
            let Some(marker) = found.marker else { break };
            query = format!("MaxRecords=20&Marker={marker}");
        }
        assert_eq!(seen, (0..45).collect::<Vec<_>>());
    }

    #[test]
    fn a_scenario_can_make_pages_small() {
        assert_eq!(numbers("", 3).unwrap().items, [0, 1, 2]);
        assert_eq!(numbers("", 100).unwrap().marker, None);
    }

    #[test]
    fn what_aws_refuses_is_refused() {
        for query in [
            "MaxRecords=19",
            "MaxRecords=101",
            "MaxRecords=many",
            "Marker=elsewhere",
        ] {
            assert_eq!(
                numbers(query, 100).unwrap_err().code,
                "InvalidParameterValue",
                "{query}"
            );
        }
    }
}
