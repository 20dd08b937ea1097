//! Ctrl-C, SIGTERM and SIGHUP: before the request everything is put back, after it the run is left to `recover`.

use rustix::process::Signal;
use serde_json::json;

use crate::harness::{Incident, drill_runbook, each, eventually};

const SIGNALS: [Signal; 3] = [Signal::INT, Signal::TERM, Signal::HUP];

/// An incident whose pause lasts until a file is there.
fn slow_to_pause() -> Incident {
    let incident = Incident::new();
    let slow = "$BACKTRACKCTL_BIN lab shop pause; until test -e go; do sleep 0.05; done";
    let pause = r#"["$BACKTRACKCTL_BIN", "lab", "shop", "pause"]"#;
    let runbook = drill_runbook("1s", "15s").replacen(pause, &format!("[\"sh\", \"-c\", \"{slow}\"]"), 1);
    incident.program.file("drill.toml", &runbook);
    incident
}

#[test]
fn a_signal_before_the_request_puts_back_what_was_paused() {
    each(SIGNALS, |signal| {
        let incident = slow_to_pause();
        let running = incident.start(&[]);
        eventually("the shop to close", || {
            incident.lab.world().shop.paused.then_some(())
        });
        running.signal(signal);
        incident.program.file("go", "");
        let outcome = running.finish().expect(130).outcome();
        assert_eq!(outcome["outcome"], "interrupted");
        assert_eq!(outcome["still_paused"], json!([]));
        assert!(incident.lab.requests().is_empty());
        assert!(!incident.lab.world().shop.paused);
        incident.recover(&[]).expect(130);
        incident.assert_journal_verifies();
    });
}

#[test]
fn a_signal_while_aws_is_at_work_detaches_and_recover_goes_on() {
    each(SIGNALS, |signal| {
        let incident = Incident::at_work();
        let running = incident.start(&[]);
        incident.until_accepted();
        running.signal(signal);
        let ended = running.finish().expect(20);
        assert_eq!(ended.outcome()["outcome"], "detached");
        let recover = format!("backtrackctl recover {}", incident.journal().run());
        assert!(
            ended.outcome()["next"].to_string().contains(&recover),
            "{ended:?}"
        );
        assert!(incident.lab.world().shop.paused);

        incident.aws_completes();
        incident.recover(&[]).expect(0);
        assert_eq!(incident.lab.requests().len(), 1);
        incident.assert_recovered();
    });
}

#[test]
fn a_signal_while_nobody_knows_whether_it_was_accepted_says_so() {
    let incident = Incident::new();
    incident.program.file("drill.toml", &drill_runbook("10m", "10m"));
    incident.lab.fault("BacktrackDBCluster", 1, "reset_before");
    let running = incident.start(&[]);
    eventually("the reconciling", || {
        let requests = incident.lab.requests();
        let sent = requests.first()?.seq;
        incident
            .lab
            .calls()
            .iter()
            .any(|call| call.seq > sent)
            .then_some(())
    });
    running.signal(Signal::INT);
    running.finish().expect(31);
    assert!(incident.lab.world().shop.paused);
    assert_eq!(incident.lab.requests().len(), 1);
}
