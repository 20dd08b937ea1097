//! Every screen as text.

mod copies;
mod debts;
mod every_row;

use super::*;
use crate::domain::mode::Mode;
use crate::domain::outcome::Outcome;
use crate::ui::testing::{every_kind, notice, outcome, screen, stream};

/// What a screen shows of a whole run, as the view puts it together.
fn shown(style: &Style, mode: Mode, wanted: impl Fn(&NoticeKind) -> bool) -> String {
    let kinds = every_kind()
        .into_iter()
        .filter(|kind| wanted(kind) && !matches!(kind, NoticeKind::Finding(_)));
    kinds
        .flat_map(|kind| render(&Notice { mode, ..notice(kind) }, style))
        .collect::<Vec<_>>()
        .join("\n")
}

fn beginning(kind: &NoticeKind) -> bool {
    matches!(
        kind,
        NoticeKind::Opened { .. }
            | NoticeKind::Identity(_)
            | NoticeKind::Window { .. }
            | NoticeKind::Plan { .. }
    )
}

fn middle(kind: &NoticeKind) -> bool {
    !beginning(kind) && !matches!(kind, NoticeKind::Outcome(_) | NoticeKind::Debts { .. })
}

fn end(of: Outcome, style: &Style) -> String {
    render(&notice(NoticeKind::Outcome(outcome(of))), style).join("\n")
}

fn checks(style: &Style) -> String {
    findings(&crate::ui::testing::findings(), Mode::Live, style).join("\n")
}

#[test]
fn the_beginning_at_80_columns() {
    insta::assert_snapshot!(shown(&screen(80), Mode::Live, beginning), @r#"
        Run 20261120-023108-00ab12 of shop-prod
          target      17 minutes ago   (as typed)
          journal     /home/ciara/.local/state/backtrackctl/runs/20261120-023108-00ab12/
                      journal.jsonl

        LIVE: this is a real cluster ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
          cluster     shop-prod
          account     123456789012, eu-west-1
          resource    cluster-4XQ7P2LJ5WQGKTB3HF6A2UYZ7M
          caller      arn:aws:sts::123456789012:assumed-role/DatabaseOnCall/ciara.byrne@
                      shop.example
          endpoint    https://rds.eu-west-1.amazonaws.com

          ┃━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━◆░░░░░░░░┃
          earliest                                                target             now
          11-19 02:33:08Z                                11-20 02:14:05Z 11-20 02:31:08Z
          discards    17 min 03 s (18 minutes): everything from 2026-11-20 02:14:05Z to
                      02:31:08Z
          target      Fri 2026-11-20 02:14:05Z
                      Fri 2026-11-20 03:14:05+01:00 (Europe/Berlin)
                      17 min 03 s ago
                      23 h 40 min 57 s after the earliest backtrack time (Thu
                      2026-11-19 02:33:08Z)
          reachable   2026-11-19 02:33:08Z to 2026-11-20 02:31:08Z

        What would be done
           1. pause web
              kubectl scale deployment/web --replicas=0
           2. ask AWS to rewind
        "#);
}

#[test]
fn the_beginning_at_120_columns() {
    insta::assert_snapshot!(shown(&screen(120), Mode::Live, beginning), @r#"
        Run 20261120-023108-00ab12 of shop-prod
          target      17 minutes ago   (as typed)
          journal     /home/ciara/.local/state/backtrackctl/runs/20261120-023108-00ab12/journal.jsonl

        LIVE: this is a real cluster ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
          cluster     shop-prod
          account     123456789012, eu-west-1
          resource    cluster-4XQ7P2LJ5WQGKTB3HF6A2UYZ7M
          caller      arn:aws:sts::123456789012:assumed-role/DatabaseOnCall/ciara.byrne@shop.example
          endpoint    https://rds.eu-west-1.amazonaws.com

          ┃━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━◆░░░░░░░░┃
          earliest                                                                    target             now
          11-19 02:33:08Z                                                    11-20 02:14:05Z 11-20 02:31:08Z
          discards    17 min 03 s (18 minutes): everything from 2026-11-20 02:14:05Z to 02:31:08Z
          target      Fri 2026-11-20 02:14:05Z
                      Fri 2026-11-20 03:14:05+01:00 (Europe/Berlin)
                      17 min 03 s ago
                      23 h 40 min 57 s after the earliest backtrack time (Thu 2026-11-19 02:33:08Z)
          reachable   2026-11-19 02:33:08Z to 2026-11-20 02:31:08Z

        What would be done
           1. pause web
              kubectl scale deployment/web --replicas=0
           2. ask AWS to rewind
        "#);
}

#[test]
fn the_checks_at_80_columns() {
    insta::assert_snapshot!(checks(&screen(80)), @r#"
        Checks: the run does not go on, 1 finding blocks
          ✗ window: asked 2026-11-19 02:14:05Z, earliest 2026-11-19 02:33:08Z:
            19 min 03 s too early
            instead:
              Restore beside the cluster to the same instant, then copy the tables over:
              aws rds restore-db-cluster-to-point-in-time \
                --source-db-cluster-identifier shop-prod \
                --db-cluster-identifier shop-prod-restored \
                --restore-to-time 2026-11-19T02:14:05Z
          ! permission: the simulation was refused (AccessDenied): whether
            BacktrackDBCluster is allowed is not known
          ✓ 11 checks passed
        "#);
}

#[test]
fn the_checks_at_120_columns() {
    insta::assert_snapshot!(checks(&screen(120)), @r#"
        Checks: the run does not go on, 1 finding blocks
          ✗ window: asked 2026-11-19 02:14:05Z, earliest 2026-11-19 02:33:08Z: 19 min 03 s too early
            instead:
              Restore beside the cluster to the same instant, then copy the tables over:
              aws rds restore-db-cluster-to-point-in-time --source-db-cluster-identifier shop-prod \
                --db-cluster-identifier shop-prod-restored --restore-to-time 2026-11-19T02:14:05Z
          ! permission: the simulation was refused (AccessDenied): whether BacktrackDBCluster is allowed is not known
          ✓ 11 checks passed
        "#);
}

#[test]
fn the_middle_at_80_columns() {
    insta::assert_snapshot!(shown(&screen(80), Mode::Live, middle), @r#"
          reachable   2026-11-19 02:33:08Z to 2026-11-20 02:31:08Z

        ▸ AWS rewinds the cluster   [preflight]
          pausing web
            kubectl --context prod scale deployment/web --replicas=0 --timeout=30s
          ✓ web is paused: exit 0 after 4 s
            web: exit 0 after 4 s
          ✓ web is paused: attested by the operator; the runbook names no check of it
          ✗ web is NOT known to be open again: exit 1: deployment "web" not found

        What this rewind costs
          cluster     shop-prod (123456789012, eu-west-1)
          target      2026-11-20 02:14:05Z
          discards    17 min 03 s (18 minutes): everything from 2026-11-20 02:14:05Z to
                      02:31:08Z
          possible    until 2026-11-21 02:12:05Z; then the target is out of reach
          question: go to 2026-11-20 02:14:05Z? Confirmed by `shop-prod 18`
          answer: confirmed with `shop-prod 18` (given beforehand by --yes)
          sending the request: to 2026-11-20 02:14:05Z (not after 02:31:30Z)
          ✓ AWS accepted it as f9a1c0de-6b0f-4f7e-9c55-0c9d3e3a7b11 (request
            7f2c9a54-0d2b-4c39-b1a5-55c9a7e0c1f2)
          ✗ AWS refused: InvalidDBClusterStateFault: DB cluster is not available for
            backtrack. Nothing was accepted, and it is not sent again (request
            7f2c9a54-0d2b-4c39-b1a5-55c9a7e0c1f2)
          ✗ no clear answer: connection reset after the request was written. AWS may
            have accepted it: it is not sent again, AWS is asked what it did
          ✗ not sent: the send-by instant has passed. Nothing was changed
          AWS reports applying for f9a1c0de-6b0f-4f7e-9c55-0c9d3e3a7b11, to
            2026-11-20 02:14:05Z, BacktrackedFrom 2026-11-20 02:31:20Z
          waiting for the cluster to be available, 41 s, usually unknown
          … DescribeDBClusters: no answer that can be read (operation timed out after
            5 s). It is not known

        Data: as expected (3 of 3)
          ✓ effective time    expected 2026-11-20 02:14:05Z, got 2026-11-20 02:14:05Z
          ✓ orders are there  expected more than 0, got 48211
          ✓ checkout answers  GET https://shop.example/health: 200

        Data: NOT as expected (1 of 3 failed)
          ✓ effective time    expected 2026-11-20 02:14:05Z, got 2026-11-20 02:14:05Z
          ✗ orders are there  expected more than 0, got 0
          ✓ checkout answers  GET https://shop.example/health: 200

        The way back
          backtrackctl forward 20261120-023108-00ab12 --to origin
          brings back what was discarded, up to 2026-11-20 02:31:20Z
          possible    until 2026-11-21 02:29:20Z, if the window keeps moving as it does
          but         what is written after the application is opened may be lost by
                      going back: AWS does not say. Decide before you accept.
          the journal was taken up by another process
        "#);
}

#[test]
fn the_middle_at_120_columns() {
    insta::assert_snapshot!(shown(&screen(120), Mode::Live, middle), @r#"
          reachable   2026-11-19 02:33:08Z to 2026-11-20 02:31:08Z

        ▸ AWS rewinds the cluster   [preflight]
          pausing web
            kubectl --context prod scale deployment/web --replicas=0 --timeout=30s
          ✓ web is paused: exit 0 after 4 s
            web: exit 0 after 4 s
          ✓ web is paused: attested by the operator; the runbook names no check of it
          ✗ web is NOT known to be open again: exit 1: deployment "web" not found

        What this rewind costs
          cluster     shop-prod (123456789012, eu-west-1)
          target      2026-11-20 02:14:05Z
          discards    17 min 03 s (18 minutes): everything from 2026-11-20 02:14:05Z to 02:31:08Z
          possible    until 2026-11-21 02:12:05Z; then the target is out of reach
          question: go to 2026-11-20 02:14:05Z? Confirmed by `shop-prod 18`
          answer: confirmed with `shop-prod 18` (given beforehand by --yes)
          sending the request: to 2026-11-20 02:14:05Z (not after 02:31:30Z)
          ✓ AWS accepted it as f9a1c0de-6b0f-4f7e-9c55-0c9d3e3a7b11 (request 7f2c9a54-0d2b-4c39-b1a5-55c9a7e0c1f2)
          ✗ AWS refused: InvalidDBClusterStateFault: DB cluster is not available for backtrack. Nothing was accepted, and it is
            not sent again (request 7f2c9a54-0d2b-4c39-b1a5-55c9a7e0c1f2)
          ✗ no clear answer: connection reset after the request was written. AWS may have accepted it: it is not sent again, AWS
            is asked what it did
          ✗ not sent: the send-by instant has passed. Nothing was changed
          AWS reports applying for f9a1c0de-6b0f-4f7e-9c55-0c9d3e3a7b11, to 2026-11-20 02:14:05Z, BacktrackedFrom
            2026-11-20 02:31:20Z
          waiting for the cluster to be available, 41 s, usually unknown
          … DescribeDBClusters: no answer that can be read (operation timed out after 5 s). It is not known

        Data: as expected (3 of 3)
          ✓ effective time    expected 2026-11-20 02:14:05Z, got 2026-11-20 02:14:05Z
          ✓ orders are there  expected more than 0, got 48211
          ✓ checkout answers  GET https://shop.example/health: 200

        Data: NOT as expected (1 of 3 failed)
          ✓ effective time    expected 2026-11-20 02:14:05Z, got 2026-11-20 02:14:05Z
          ✗ orders are there  expected more than 0, got 0
          ✓ checkout answers  GET https://shop.example/health: 200

        The way back
          backtrackctl forward 20261120-023108-00ab12 --to origin
          brings back what was discarded, up to 2026-11-20 02:31:20Z
          possible    until 2026-11-21 02:29:20Z, if the window keeps moving as it does
          but         what is written after the application is opened may be lost by going back: AWS does not say. Decide before
                      you accept.
          the journal was taken up by another process
        "#);
}

#[test]
fn the_end_of_a_completed_run() {
    insta::assert_snapshot!(end(Outcome::Completed, &screen(80)), @r#"
        DONE (completed, exit 0) ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
          happened    The cluster was rewound and verified, and the application is open
                      again.
          data        rewound to 2026-11-20 02:14:05Z from 2026-11-20 02:31:20Z,
                      17 min 15 s discarded
          paused      nothing
          backtrack   f9a1c0de-6b0f-4f7e-9c55-0c9d3e3a7b11
          next
            backtrackctl report 20261120-023108-00ab12 --format md
            Disable what did the damage before it runs again.
        "#);
}

#[test]
fn the_end_says_what_is_still_paused() {
    insta::assert_snapshot!(end(Outcome::ResumeIncomplete, &screen(80)), @r#"
        NOT ALL OPEN AGAIN (resume_incomplete, exit 33) ━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━
          happened    The cluster was rewound and verified, and the application is open
                      again.
          data        rewound to 2026-11-20 02:14:05Z from 2026-11-20 02:31:20Z,
                      17 min 15 s discarded
          paused      STILL PAUSED: worker
          backtrack   f9a1c0de-6b0f-4f7e-9c55-0c9d3e3a7b11
          next
            backtrackctl report 20261120-023108-00ab12 --format md
            Disable what did the damage before it runs again.
        "#);
}

#[test]
fn the_end_of_an_unresolved_run_claims_nothing() {
    insta::assert_snapshot!(end(Outcome::Unresolved, &screen(80)), @r#"
        NOT KNOWN whether AWS accepted the request (unresolved, exit 31) ━━━━━━━━━━━━━━━
          happened    The cluster was rewound and verified, and the application is open
                      again.
          data        not known whether it was touched
          paused      nothing
          next
            backtrackctl report 20261120-023108-00ab12 --format md
            Disable what did the damage before it runs again.
        "#);
}

#[test]
fn a_rehearsal_on_a_stream_marks_every_line() {
    insta::assert_snapshot!(shown(&stream(), Mode::Rehearsal, beginning), @r#"
        02:31:49Z [rehearsal] Run 20261120-023108-00ab12 of shop-prod
        02:31:49Z [rehearsal]   target      17 minutes ago   (as typed)
        02:31:49Z [rehearsal]   journal     /home/ciara/.local/state/backtrackctl/runs/20261120-023108-00ab12/journal.jsonl
        02:31:49Z [rehearsal] REHEARSAL: nothing will be changed
        02:31:49Z [rehearsal]   cluster     shop-prod
        02:31:49Z [rehearsal]   account     123456789012, eu-west-1
        02:31:49Z [rehearsal]   resource    cluster-4XQ7P2LJ5WQGKTB3HF6A2UYZ7M
        02:31:49Z [rehearsal]   caller      arn:aws:sts::123456789012:assumed-role/DatabaseOnCall/ciara.byrne@shop.example
        02:31:49Z [rehearsal]   endpoint    https://rds.eu-west-1.amazonaws.com
        02:31:49Z [rehearsal]   discards    17 min 03 s (18 minutes): everything from 2026-11-20 02:14:05Z to 02:31:08Z
        02:31:49Z [rehearsal]   target      Fri 2026-11-20 02:14:05Z
        02:31:49Z [rehearsal]               Fri 2026-11-20 03:14:05+01:00 (Europe/Berlin)
        02:31:49Z [rehearsal]               17 min 03 s ago
        02:31:49Z [rehearsal]               23 h 40 min 57 s after the earliest backtrack time (Thu 2026-11-19 02:33:08Z)
        02:31:49Z [rehearsal]   reachable   2026-11-19 02:33:08Z to 2026-11-20 02:31:08Z
        02:31:49Z [rehearsal] What would be done
        02:31:49Z [rehearsal]    1. pause web
        02:31:49Z [rehearsal]       kubectl scale deployment/web --replicas=0
        02:31:49Z [rehearsal]    2. ask AWS to rewind
        "#);
}

#[test]
fn a_finding_on_a_stream_says_its_severity_in_words() {
    let rows: Vec<String> = crate::ui::testing::findings()
        .into_iter()
        .skip(4)
        .take(2)
        .flat_map(|finding| render(&notice(NoticeKind::Finding(finding)), &stream()))
        .collect();
    insta::assert_snapshot!(rows.join("\n"), @r#"
        02:31:49Z   pass future: in order
        02:31:49Z   block window: asked 2026-11-19 02:14:05Z, earliest 2026-11-19 02:33:08Z: 19 min 03 s too early
        02:31:49Z     instead:
        02:31:49Z       Restore beside the cluster to the same instant, then copy the tables over:
        02:31:49Z       aws rds restore-db-cluster-to-point-in-time --source-db-cluster-identifier shop-prod --db-cluster-identifier shop-prod-restored --restore-to-time 2026-11-19T02:14:05Z
        "#);
}

#[test]
fn verbose_shows_the_checks_that_passed() {
    let style = Style {
        verbose: true,
        ..screen(80)
    };
    assert!(checks(&style).contains("✓ journal: in order"));
    assert!(!checks(&style).contains("checks passed"));
}
