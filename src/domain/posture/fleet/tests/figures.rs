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
    let run = |drill, recovered, outage_s, lay_back_s| PastRun {
        drill,
        recovered,
        outage_s,
        lay_back_s,
    };
    let past = Past {
        runs: vec![
            run(false, true, Some(600), Some(1800)),
            run(false, true, Some(1201), Some(90_000)),
            // AWS refused it: the application was away all the same, and nothing was recovered.
            run(false, false, Some(2400), Some(60)),
            // It has not ended.
            run(false, false, None, Some(60)),
            run(true, true, Some(60), Some(999_999)),
        ],
        ..Past::default()
    };
    let policy = Policy {
        outage_minute: Some(Money::of_micros(100_000_000)),
        ..Policy::default()
    };
    let kpi = Kpi::of(&[], &past, &policy, 0);
    assert_eq!((kpi.incidents, kpi.drills), (4, 1));
    assert_eq!(
        (kpi.recover_s, kpi.recovered),
        (Some(900), 2),
        "the mean of the middle two"
    );
    assert_eq!(kpi.drill_recover_s, Some(60));
    assert_eq!(kpi.impact.map(Money::text).as_deref(), Some("7,001.67"));
    assert_eq!(kpi.impact_unknown, 1);
    assert_eq!(kpi.window_needed_s, Some(90_000));
}

#[test]
fn whatever_reaches_nothing_reaches_less_than_is_needed() {
    let past = Past {
        runs: vec![PastRun {
            lay_back_s: Some(43_200),
            ..PastRun::default()
        }],
        ..Past::default()
    };
    let quiet = quiet();
    let in_global = Around {
        globals: Known::Known([(cluster(1, 1, 1).arn, "world".to_owned())].into()),
        ..quiet.clone()
    };
    let unread = Around {
        upgrades: Known::Unknown("DescribeEvents: AccessDenied".to_owned()),
        ..quiet.clone()
    };
    let postgres = LiveCluster {
        engine: Some("aurora-postgresql".to_owned()),
        ..cluster(0, 0, 864_000)
    };
    let nameless = LiveCluster {
        engine: None,
        ..cluster(0, 0, 864_000)
    };
    let judge = |cluster: &LiveCluster, around: &Around| judged(cluster, around, &Policy::default());
    let whole = cluster(86_400, 86_400, 864_000);
    let rows = [
        judge(&whole, &quiet),
        judge(&cluster(3600, 3600, 864_000), &quiet),
        judge(&cluster(0, 0, 864_000), &quiet),
        judge(&whole, &in_global),
        judge(&cluster(300_000, 300_000, 864_000), &quiet),
        judge(&postgres, &quiet),
        judge(&nameless, &quiet),
        // It reaches so far, but for an upgrade that nobody could read of.
        judge(&whole, &unread),
    ];
    let verdicts: Vec<Verdict> = rows.iter().map(|row| row.verdict).collect();
    assert_eq!(
        verdicts,
        [
            Verdict::Ok,
            Verdict::Ok,
            Verdict::Disabled,
            Verdict::Blocked,
            Verdict::Invalid,
            Verdict::NotApplicable,
            Verdict::Unknown,
            Verdict::Ok
        ]
    );
    let kpi = Kpi::of(&rows, &past, &Policy::default(), 0);
    assert_eq!((kpi.below_needed, kpi.below_needed_unknown), (Some(4), Some(2)));
}

#[test]
fn the_estimate_for_72_h_stands_beside_what_the_same_clusters_cost() {
    let costs = |cluster: LiveCluster, records: Option<i64>| LiveCluster {
        change_records: records,
        ..cluster
    };
    let silent = LiveCluster {
        earliest: None,
        ..cluster(86_400, 0, 864_000)
    };
    let followed = LiveCluster {
        replicas: vec!["arn:aws:rds:eu-west-1:123456789012:cluster:elsewhere".to_owned()],
        ..silent.clone()
    };
    let judge = |cluster: &LiveCluster| judged(cluster, &quiet(), &Policy::default());
    let rows = [
        judge(&costs(cluster(86_400, 86_400, 864_000), Some(1_000_000))),
        judge(&costs(silent, Some(500_000_000))),
        judge(&costs(followed.clone(), Some(1_000_000))),
        judge(&costs(followed, None)),
    ];
    assert_eq!(rows[3].verdict, Verdict::Blocked);
    let kpi = Kpi::of(&rows, &Past::default(), &Policy::default(), 0);
    let text = |amount: Option<Money>| amount.map(Money::text).unwrap_or_default();
    assert_eq!(text(kpi.cost), "4,397.52");
    assert_eq!(
        (text(kpi.cost_of_those), text(kpi.cost_at_72h)),
        ("8.76".to_owned(), "26.28".to_owned())
    );
    assert_eq!((kpi.cost_unknown, kpi.cost_at_72h_unknown), (1, 2));
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
