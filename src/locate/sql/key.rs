//! Which columns are keys, by custom.

/// Whether a column of this name is, by custom, the key of one of these tables.
///
/// `id`, `uuid` and their like; `order_id` in `orders`; never proof, which is why ranking says so.
pub fn is_key(column: &[u8], tables: &[&[u8]]) -> bool {
    let column = column.to_ascii_lowercase();
    if matches!(column.as_slice(), b"id" | b"uuid" | b"guid" | b"pk" | b"ulid") {
        return true;
    }
    let stem = [b"_id".as_slice(), b"_uuid", b"id"]
        .iter()
        .find_map(|end| column.strip_suffix(*end));
    let Some(stem) = stem.filter(|stem| stem.len() >= 3) else {
        return false;
    };
    tables.iter().any(|table| {
        let table = table.to_ascii_lowercase();
        let singular = stem.strip_suffix(b"y").unwrap_or(stem);
        table
            .strip_prefix(singular)
            .is_some_and(|rest| matches!(rest, b"" | b"s" | b"es" | b"y" | b"ies"))
    })
}
