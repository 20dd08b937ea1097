//! The statement that was undone.

use super::inline::Inline;
use super::page::Page;
use super::value::instant;
use crate::report::facts::Statement;

pub fn write(page: &mut Page, statement: Option<&Statement>) {
    let Some(statement) = statement else { return };
    let located = &statement.located;
    page.section("Located statement");
    let committed = match located.committed {
        Some(true) => ", committed",
        Some(false) => ", rolled back",
        None => ", commit not known",
    };
    let line = located.line.to_string();
    let mut rows = vec![
        ("Statement", Inline::code(&located.statement)),
        ("When, by the log", instant(located.at)),
        ("First damage of its transaction", instant(located.first)),
        ("Class", Inline::text(&located.class).then(committed)),
        ("Tables", Inline::text(&located.tables.join(", "))),
        (
            "Account",
            Inline::text(&located.user).then("@").then_text(&located.host),
        ),
        (
            "Evidence",
            Inline::code(&located.file).then(", line ").then_text(&line),
        ),
        ("SHA-256 of it", Inline::code(&located.sha256)),
        (
            "Chosen",
            Inline::fixed(if located.by_a_person {
                "by a person, of "
            } else {
                "by the rule, of "
            })
            .then_text(&located.candidates.to_string())
            .then(" candidates"),
        ),
        ("Read", Inline::text(&located.covered)),
    ];
    if let Some(unchecked) = &statement.unchecked {
        rows.push(("**Not verified**", Inline::text(unchecked)));
    }
    page.facts(&rows);
}
