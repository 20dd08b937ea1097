//! Sums, shares and exits.

use super::*;

#[test]
fn money_is_exact_and_grouped() {
    assert_eq!(Money::month_of(50_000_000, Money::US_RATE).text(), "438.00");
    assert_eq!(Money::month_of(0, Money::US_RATE).text(), "0.00");
    assert_eq!(Money::of_micros(1_234_567_894_999).text(), "1,234,567.89");
    let month = Money::month_of(50_000_000, Money::US_RATE);
    assert_eq!(
        month.widened(86_400).map(Money::text).as_deref(),
        Some("1,314.00")
    );
    assert_eq!(month.widened(0), None);
    assert_eq!(
        Money::of_outage(Money::of_micros(1_000_000_000), 90).text(),
        "1,500.00"
    );
}

#[test]
fn what_is_not_known_is_no_figure() {
    let rows = [judged(
        &cluster(86_400, 86_400, 864_000),
        &Around::unasked("not asked"),
        &Policy::default(),
    )];
    let kpi = Kpi::of(&rows, &Past::default(), &Policy::default(), 0);
    assert_eq!((kpi.coverage.part, kpi.coverage.whole), (1, 1));
    assert_eq!((kpi.cost, kpi.cost_unknown), (None, 1));
    assert_eq!(
        (kpi.recover_s, kpi.impact, kpi.window_needed_s),
        (None, None, None)
    );
    assert_eq!(kpi.watched, Share::default());
    assert_eq!(
        Kpi::of(&[], &Past::default(), &Policy::default(), 0)
            .coverage
            .ratio(),
        None
    );
}

#[test]
fn incidents_and_drills_are_added_up_apart() {
    let run = |drill, outage_s, lay_back_s| PastRun {
        drill,
        outage_s,
        lay_back_s,
    };
    let past = Past {
        runs: vec![
            run(false, Some(600), Some(1800)),
            run(false, Some(1200), Some(90_000)),
            run(false, None, Some(60)),
            run(true, Some(60), Some(999_999)),
        ],
        ..Past::default()
    };
    let policy = Policy {
        outage_minute: Some(Money::of_micros(100_000_000)),
        ..Policy::default()
    };
    let rows = [judged(
        &cluster(86_400, 86_400, 864_000),
        &Around::unasked("no"),
        &policy,
    )];
    let kpi = Kpi::of(&rows, &past, &policy, 0);
    assert_eq!((kpi.incidents, kpi.drills), (3, 1));
    assert_eq!((kpi.recover_s, kpi.drill_recover_s), (Some(1200), Some(60)));
    assert_eq!(kpi.impact.map(Money::text).as_deref(), Some("3,000.00"));
    assert_eq!(kpi.impact_unknown, 1);
    assert_eq!((kpi.window_needed_s, kpi.below_needed), (Some(90_000), Some(1)));
}

#[test]
fn a_hole_in_the_list_comes_before_findings_and_those_before_doubts() {
    let around = quiet();
    let ok = judged(&cluster(86_400, 86_400, 864_000), &around, &Policy::default());
    let off = judged(&cluster(0, 0, 864_000), &around, &Policy::default());
    let mut nameless = cluster(86_400, 86_400, 864_000);
    nameless.engine = None;
    let unknown = judged(&nameless, &around, &Policy::default());
    assert_eq!(
        (off.verdict, unknown.verdict),
        (Verdict::Disabled, Verdict::Unknown)
    );
    assert_eq!(exit(std::slice::from_ref(&ok), false), Exit::Fine);
    assert_eq!(exit(&[ok.clone(), unknown.clone()], false), Exit::Undecided);
    assert_eq!(exit(&[ok.clone(), unknown, off.clone()], false), Exit::Findings);
    assert_eq!(exit(&[ok, off], true), Exit::Unread);
}
