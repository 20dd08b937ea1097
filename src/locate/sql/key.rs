//! Which columns are keys, by custom.

/// Whether a column of this name is, by custom, the key of one of these tables.
///
/// `id`, `uuid` and their like; `order_id` in `orders`; never proof, which is why ranking says so.
pub fn is_key(column: &[u8], tables: &[&[u8]]) -> bool {
    let is = |names: &[&str]| {
        names
            .iter()
            .any(|name| column.eq_ignore_ascii_case(name.as_bytes()))
    };
    if is(&["id", "uuid", "guid", "pk", "ulid"]) {
        return true;
    }
    let ends = [b"_id".as_slice(), b"_uuid", b"id"];
    let Some(stem) = ends.iter().find_map(|end| without(column, end)) else {
        return false;
    };
    if stem.len() < 3 {
        return false;
    }
    let singular = without(stem, b"y").unwrap_or(stem);
    tables.iter().any(|table| {
        table
            .split_at_checked(singular.len())
            .filter(|(start, _)| start.eq_ignore_ascii_case(singular))
            .is_some_and(|(_, rest)| {
                rest.is_empty()
                    || ["s", "es", "y", "ies"]
                        .iter()
                        .any(|end| rest.eq_ignore_ascii_case(end.as_bytes()))
            })
    })
}

/// The name without this end, case ignored.
fn without<'a>(name: &'a [u8], end: &[u8]) -> Option<&'a [u8]> {
    let (stem, rest) = name.split_at_checked(name.len().checked_sub(end.len())?)?;
    rest.eq_ignore_ascii_case(end).then_some(stem)
}
