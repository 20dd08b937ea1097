//! An incident on the lab whose runbook asks a server beside it.

use serde_json::Value;

use crate::harness::{Finished, Incident, Mariadb, drill_runbook};

/// Ends every session, and looks for quiet.
pub const DRAIN: &str = "
[[pause]]
name = \"sessions\"
[pause.pause]
drain = true
[pause.paused]
quiet = \"1s\"
timeout = \"20s\"
";

/// Claims that the application is stopped, and looks for quiet.
pub const CLAIM: &str = "
[[pause]]
name = \"claimed\"
[pause.pause]
command = [\"true\"]
[pause.paused]
quiet = \"1s\"
timeout = \"20s\"
[pause.resume]
command = [\"true\"]
";

/// The sample orders are there.
pub const ORDERS: &str = "
[[probe]]
name = \"rows\"
sql = \"SELECT COUNT(*) FROM orders\"
expect = { at_least = 3 }
";

/// The lab, the program, and a server.
pub struct Bench {
    pub incident: Incident,
    pub server: Mariadb,
}

impl Bench {
    /// With `more` at the end of the lab's runbook.
    pub fn new(server: Mariadb, more: &str) -> Self {
        Self::on(Incident::new(), server, more)
    }

    /// The same on a lab that is at work on each rewind until it is told to complete it.
    pub fn at_work(server: Mariadb, more: &str) -> Self {
        Self::on(Incident::at_work(), server, more)
    }

    fn on(incident: Incident, server: Mariadb, more: &str) -> Self {
        let bench = Self { incident, server };
        bench.incident.program.file("pw", "pw\n");
        let section = bench.server.section();
        bench.runbook(&section, more);
        bench
    }

    /// Writes the runbook with another `[database]`.
    pub fn runbook(&self, section: &str, more: &str) {
        let text = format!("{}{section}{more}", drill_runbook("1s", "15s"));
        self.incident.program.file("drill.toml", &text);
    }

    /// Whatever stood in the way was found before anything was paused, and is told under this rule.
    #[track_caller]
    pub fn assert_refused_untouched(&self, rule: &str, words: &str) {
        let refused = self.incident.rewind(&[]).expect(10);
        assert_eq!(refused.rules("block"), [rule], "{refused:?}");
        assert!(message(&refused, rule).contains(words), "{refused:?}");
        self.incident.assert_untouched();
    }
}

/// What a finding says.
#[track_caller]
pub fn message(finished: &Finished, rule: &str) -> String {
    let findings = finished.of_kind("finding");
    let finding = findings.iter().rfind(|finding| finding["rule"] == rule);
    let finding = finding.unwrap_or_else(|| panic!("no finding {rule}: {finished:?}"));
    finding["message"].as_str().unwrap().to_owned()
}

/// What the journal says of a step or a check of an item: each time, how it was.
pub fn told(incident: &Incident, kind: &str, item: u64) -> Vec<String> {
    let mut records = incident.journal().records();
    records.retain(|record| record["type"] == kind && record["item"] == item && record["way"] == "pause");
    records.iter().map(|record| how(&record["done"])).collect()
}

fn how(done: &Value) -> String {
    done["how"].as_str().unwrap_or_default().to_owned()
}

/// What the last verification says of a probe: whether it passed, and what was seen.
#[track_caller]
pub fn verified(incident: &Incident, probe: &str) -> (bool, String) {
    let records = incident.journal().records();
    let last = records
        .iter()
        .rfind(|record| record["type"] == "verified")
        .unwrap();
    let results = last["results"].as_array().unwrap();
    let result = results.iter().find(|result| result["name"] == probe).unwrap();
    (
        result["passed"].as_bool().unwrap(),
        result["message"].as_str().unwrap().to_owned(),
    )
}
