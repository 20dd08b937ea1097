//! What each kind of cluster is judged to be.

use super::{Fact, Judgement, Setup, Verdict, Warning, Window, judge, without_backtrack};

fn mysql(window: i64) -> Setup {
    Setup {
        engine: Fact::Known("aurora-mysql".to_owned()),
        window: Fact::Known(Window::Seconds(window)),
        ..Setup::bare()
    }
}

/// One thing that rules Backtrack out.
type Change = fn(&mut Setup, fn(&str) -> Fact<String>);

#[track_caller]
fn is(setup: &Setup, verdict: Verdict) -> Judgement {
    let judged = judge(setup);
    assert_eq!(judged.verdict, verdict, "{}", judged.reason);
    judged
}

#[test]
fn a_window_within_72_hours_is_ok_and_0_is_disabled() {
    for window in [1, 3600, 259_200] {
        is(&mysql(window), Verdict::Ok);
    }
    is(&mysql(0), Verdict::Disabled);
    let absent = Setup {
        window: Fact::Absent,
        ..mysql(0)
    };
    is(&absent, Verdict::Disabled);
}

#[test]
fn what_aws_refuses_is_invalid_whatever_else_holds() {
    for window in [-1, 259_201, i64::MAX] {
        is(&mysql(window), Verdict::Invalid);
    }
    let text = Setup {
        window: Fact::Known(Window::Text("24h".to_owned())),
        engine: Fact::Known("aurora-postgresql".to_owned()),
        ..Setup::bare()
    };
    assert!(is(&text, Verdict::Invalid).reason.contains("24h"));
}

#[test]
fn what_cannot_have_it_is_blocked_with_a_window_and_not_applicable_without() {
    let known = |text: &str| Fact::Known(text.to_owned());
    let cannot: [Change; 6] = [
        |setup, known| setup.engine = known("aurora-postgresql"),
        |setup, known| setup.engine_mode = known("serverless"),
        |setup, known| setup.engine_mode = known("multimaster"),
        |setup, _| setup.global_member = Fact::Known(true),
        |setup, _| setup.replication = Fact::Known(true),
        |setup, _| setup.region = Some("eu-north-1".to_owned()),
    ];
    for change in cannot {
        for (window, verdict) in [(3600, Verdict::Blocked), (0, Verdict::NotApplicable)] {
            let mut setup = mysql(window);
            change(&mut setup, |text| Fact::Known(text.to_owned()));
            is(&setup, verdict);
        }
    }
    is(
        &Setup {
            engine: known("docdb"),
            ..Setup::bare()
        },
        Verdict::NotApplicable,
    );
}

#[test]
fn what_can_be_set_otherwise_is_blocked_with_a_window_and_disabled_without() {
    let in_the_way: [Change; 2] = [
        |setup, _| setup.enhanced_binlog = Fact::Known(true),
        |setup, known| setup.engine_version = known("8.0.mysql_aurora.3.02.0"),
    ];
    for change in in_the_way {
        for (window, verdict) in [(3600, Verdict::Blocked), (0, Verdict::Disabled)] {
            let mut setup = mysql(window);
            change(&mut setup, |text| Fact::Known(text.to_owned()));
            is(&setup, verdict);
            // Beside what its kind rules out, that decides.
            setup.global_member = Fact::Known(true);
            let kind = if window > 0 {
                Verdict::Blocked
            } else {
                Verdict::NotApplicable
            };
            is(&setup, kind);
        }
    }
    let mut setup = mysql(0);
    setup.enhanced_binlog = Fact::Known(true);
    setup.global_member = Fact::Unknown("not read".to_owned());
    is(&setup, Verdict::Unknown);
}

#[test]
fn what_could_not_be_read_is_never_a_pass() {
    let why = || "it is a parameter without a default".to_owned();
    let unread: [fn(&mut Setup, String); 5] = [
        |setup, why| setup.engine = Fact::Unknown(why),
        |setup, why| setup.engine_mode = Fact::Unknown(why),
        |setup, why| setup.window = Fact::Unknown(why),
        |setup, why| setup.global_member = Fact::Unknown(why),
        |setup, why| setup.replication = Fact::Unknown(why),
    ];
    for change in unread {
        for window in [0, 3600] {
            let mut setup = mysql(window);
            change(&mut setup, why());
            assert!(is(&setup, Verdict::Unknown).reason.contains(&why()));
        }
    }
    is(&Setup::bare(), Verdict::Unknown);
}

#[test]
fn an_obstacle_decides_although_something_else_is_unknown() {
    let mut setup = mysql(3600);
    setup.engine_mode = Fact::Unknown("a variable".to_owned());
    setup.global_member = Fact::Known(true);
    is(&setup, Verdict::Blocked);
    setup.window = Fact::Unknown("a variable".to_owned());
    is(&setup, Verdict::Unknown);
}

#[test]
fn an_earliest_time_of_awss_own_wins_over_the_list_of_regions() {
    let mut setup = mysql(3600);
    setup.region = Some("eu-north-1".to_owned());
    setup.proven = true;
    is(&setup, Verdict::Ok);
}

#[test]
fn binlog_and_a_short_window_are_warnings() {
    let mut setup = mysql(1800);
    setup.binlog = Fact::Known(true);
    let judged = is(&setup, Verdict::Ok);
    assert_eq!(
        judged.warnings,
        [Warning::BinlogEnabled, Warning::WindowBelowHour]
    );
    assert!(is(&mysql(3600), Verdict::Ok).warnings.is_empty());
}

#[test]
fn government_regions_are_listed_by_their_prefix() {
    assert!(without_backtrack("us-gov-west-1"));
    assert!(!without_backtrack("us-east-1"));
    assert!(!without_backtrack("us-govern-1"));
}

#[test]
fn versions_that_aws_refused_are_blocked_and_later_ones_are_not() {
    for (version, verdict) in [
        ("8.0.mysql_aurora.3.01.1", Verdict::Blocked),
        ("8.0.mysql_aurora.3.02.0", Verdict::Blocked),
        ("8.0.mysql_aurora.3.02.2", Verdict::Ok),
        ("8.0.mysql_aurora.3.08.0", Verdict::Ok),
        ("5.7.mysql_aurora.2.11.3", Verdict::Ok),
        ("8.0", Verdict::Ok),
    ] {
        let mut setup = mysql(3600);
        setup.engine_version = Fact::Known(version.to_owned());
        is(&setup, verdict);
    }
}
