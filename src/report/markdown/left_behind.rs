//! What the run leaves behind in the account.

use super::inline::Inline;
use super::page::Page;
use crate::domain::safety_copy::LeftBehind;

pub fn write(page: &mut Page, left: &[LeftBehind]) {
    if left.is_empty() {
        return;
    }
    page.section("Left behind");
    page.paragraph(&Inline::fixed(
        "Nothing of this goes by itself. The commands take it away, in their order.",
    ));
    for each in left {
        page.part(&Inline::text(each.what).then(" ").then_code(&each.id));
        let mut items = vec![
            exists(each),
            Inline::fixed("Costs while it stays: ").then_inline(&Inline::text(each.cost)),
        ];
        items.extend(
            each.remove
                .iter()
                .map(|command| Inline::fixed("Command: ").then_code(command)),
        );
        page.list(&items);
    }
}

fn exists(left: &LeftBehind) -> Inline {
    if let Some(status) = &left.last_seen {
        let seen = Inline::fixed("It exists, last seen ").then_code(status);
        let seen = match &left.instance {
            Some(instance) => seen.then("; ").then_inline(&Inline::text(instance)),
            None => seen,
        };
        return match &left.why {
            Some(why) => seen.then(": ").then_inline(&Inline::text(why)),
            None => seen.then("."),
        };
    }
    if left.exists {
        return Inline::fixed("It was seen to be available.");
    }
    let may = Inline::fixed("**It may exist**: its step was begun, and its end was not seen");
    match &left.why {
        Some(why) => may.then(": ").then_inline(&Inline::text(why)),
        None => may.then("."),
    }
}
