//! What is still to be settled outside the database.

use super::inline::Inline;
use super::page::Page;
use crate::domain::debts::Debt;

pub fn write(page: &mut Page, debts: &[Debt]) {
    if debts.is_empty() {
        return;
    }
    page.section("Still to be settled");
    page.paragraph(&Inline::fixed(
        "The database went back; nothing outside it did. Answer each before the incident is closed.",
    ));
    let items: Vec<Inline> = debts
        .iter()
        .map(|debt| {
            let question = Inline::fixed("[ ] **")
                .then(debt.topic.title())
                .then("**: ")
                .then_text(&debt.question);
            if debt.facts.is_empty() {
                return question;
            }
            question
                .then(" Known: ")
                .then_text(&debt.facts.join("; "))
                .then(".")
        })
        .collect();
    page.list(&items);
}
