//! What the rewind leaves to do: figures first, then each question in one row.

use super::super::*;
use crate::ui::testing::{debts, notice, screen, stream};

fn shown(style: &Style) -> Vec<String> {
    render(&notice(debts()), style)
}

#[test]
fn at_80_columns() {
    insta::assert_snapshot!(shown(&screen(80)).join("\n"), @r#"
    What the rewind leaves to do
      discarded   2026-11-20 02:14:05Z to 02:31:20Z (17 min 15 s)
      ids         orders: ids 1042 to 1077 are given out again (36)
      sessions    ended 4 sessions: 3 of app from 10.0.3.17, 1 of reporting from
                  10.0.9.4
      cause       is it disabled, so that it does not run again?
      ids         given out then, and again: who else holds them?
      sessions    revoked then, valid again: which must be ended?
      caches      which hold what was written then? Emptied?
      search      which indexes show rows of then? Who rebuilds them?
      queues, CDC what was sent on then, and comes again or stays?
      mails       what went out then, and is not in the database?
      passwords   changed then: the old ones are back. Who must know?
    "#);
}

#[test]
fn at_120_columns() {
    insta::assert_snapshot!(shown(&screen(120)).join("\n"), @r#"
    What the rewind leaves to do
      discarded   2026-11-20 02:14:05Z to 02:31:20Z (17 min 15 s)
      ids         orders: ids 1042 to 1077 are given out again (36)
      sessions    ended 4 sessions: 3 of app from 10.0.3.17, 1 of reporting from 10.0.9.4
      cause       is it disabled, so that it does not run again?
      ids         given out then, and again: who else holds them?
      sessions    revoked then, valid again: which must be ended?
      caches      which hold what was written then? Emptied?
      search      which indexes show rows of then? Who rebuilds them?
      queues, CDC what was sent on then, and comes again or stays?
      mails       what went out then, and is not in the database?
      passwords   changed then: the old ones are back. Who must know?
    "#);
}

#[test]
fn each_question_takes_one_row_of_a_drill_at_80_columns() {
    let of_drill = Notice {
        mode: crate::domain::mode::Mode::Drill,
        ..notice(debts())
    };
    let rows = render(&of_drill, &screen(80));
    assert!(rows.iter().all(|row| row.starts_with("[drill]")), "{rows:#?}");
    let asked = rows.iter().filter(|row| row.ends_with('?')).count();
    assert_eq!(asked, 8, "{rows:#?}");
}

#[test]
fn on_a_stream_each_stands_by_itself() {
    let rows = shown(&stream());
    let ids = rows.iter().find(|row| row.contains("ids 1042 to 1077"));
    assert!(ids.is_some_and(|row| row.starts_with("02:31:49Z ")), "{rows:#?}");
}
