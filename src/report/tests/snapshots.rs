//! Two reports in full.

use super::reports;
use super::stories::{completed, refused};
use crate::domain::mode::Mode;

fn assert_snapshot(name: &str, markdown: &str) {
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, markdown);
    });
}

#[test]
fn a_completed_run_in_full() {
    assert_snapshot("completed", &reports(&completed(Mode::Live)).0);
}

#[test]
fn a_refused_run_in_full() {
    assert_snapshot("refused", &reports(&refused()).0);
}
