//! How to check this report against the journal.

use super::inline::Inline;
use super::page::Page;
use crate::report::facts::Audit;

pub fn write(page: &mut Page, audit: &Audit) {
    page.section("Audit trail");
    let mut items = vec![
        Inline::fixed("Head hash: ").then_code(&audit.head),
        Inline::fixed("Records: ").then_text(&audit.records.to_string()),
        Inline::fixed("Check: ")
            .then_code(&audit.verify)
            .then(" follows the chain and prints the same hash"),
    ];
    if audit.torn_bytes > 0 {
        items.push(
            Inline::fixed("The last ")
                .then_text(&audit.torn_bytes.to_string())
                .then(" bytes are a record that was being written when its process ended; they count for nothing"),
        );
    }
    page.list(&items);
}
