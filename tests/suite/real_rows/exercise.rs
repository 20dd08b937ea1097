//! `drill --cluster`: a canary in a schema of its own, lost and brought back on a cluster that allows it.

use rustix::process::Signal;
use serde_json::Value;

use super::{at_age, sql};
use crate::harness::{Backtrack, Finished, Journal, Lab, Program, drill_runbook, eventually, shipped};

const CLUSTER: &str = "orders--drill";
const ALLOWED: &str =
    "[[cluster]]\nid = \"orders--drill\"\ntags = { \"backtrackctl:drill\" = \"allowed\" }\n";
const SCHEMAS: &str = "SELECT COALESCE(GROUP_CONCAT(schema_name), '') FROM information_schema.schemata \
                       WHERE schema_name LIKE 'backtrackctl%'";
const DATABASE: &str =
    "\n[database]\nuser = \"driller\"\npassword = { env = \"DRILL_PASSWORD\" }\nca = \"none\"\n";

/// A lab whose tag allows drills, a program, and a runbook whose database is `driller`'s.
struct Ground {
    lab: Lab,
    program: Program,
}

impl Ground {
    fn on(lab: Lab) -> Self {
        let program = Program::new();
        program.file("own.toml", &(drill_runbook("1s", "15s") + DATABASE));
        Self { lab, program }
    }

    fn new() -> Self {
        let ground = Self::on(Lab::with_real_rows_and(ALLOWED));
        at_age(&ground.lab, 2);
        ground.sql("CREATE USER driller@'%' IDENTIFIED BY 'CanaryOfTheDriller'");
        ground
    }

    /// The rights that the documents name, and no others.
    fn granted(self) -> Self {
        let documents = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/drills.md"));
        let documents = documents.unwrap();
        let granted = documents.lines().find(|line| line.starts_with("GRANT ")).unwrap();
        let granted = granted.split(';').next().unwrap();
        self.sql(&granted.replace("'backtrackctl'", "'driller'"));
        self
    }

    fn sql(&self, statement: &str) -> Option<String> {
        sql(&self.lab, statement)
    }

    fn schemas(&self) -> String {
        self.sql(SCHEMAS).unwrap_or_default()
    }

    fn command(&self, more: &[&str]) -> std::process::Command {
        let mut command = self.program.command(["drill", "--cluster", CLUSTER]);
        command.args(["--lab", &self.lab.endpoint]).args(more);
        command.env("DRILL_PASSWORD", "CanaryOfTheDriller");
        command
    }

    fn start(&self, more: &[&str]) -> crate::harness::Running {
        crate::harness::Running::start(&mut self.command(more))
    }

    fn journal(&self) -> Option<Journal> {
        Journal::only(&self.program.journals())
    }
}

const OWN: [&str; 4] = ["--runbook", "own.toml", "--yes", CLUSTER];

fn score(finished: &Finished) -> Value {
    finished.lines().pop().unwrap()
}

#[test]
fn by_the_shipped_runbook_it_passes_twice_and_leaves_its_times_and_nothing_else() {
    let copies = "[copies]\nclone_ms = 200\ninstance_ms = 200\nsnapshot_ms = 200\n";
    let ground = Ground::on(Lab::with_real_rows_and(&format!("{copies}{ALLOWED}")));
    at_age(&ground.lab, 2);
    let runbook = shipped("drill-sql.toml").display().to_string();
    let arguments = ["--runbook", &runbook, "--yes", CLUSTER];
    let first = ground
        .start(&[&arguments[..], &["--output", "json"]].concat())
        .finish()
        .expect(0);
    assert!(first.stderr.contains("The WHOLE cluster goes back"), "{first:?}");
    let score = score(&first);
    assert_eq!(
        (&score["kind"], &score["passed"], &score["removed"]),
        (&"score".into(), &true.into(), &true.into()),
        "{score}"
    );
    assert_eq!(score["canary"], "expected 100, got 100");
    for part in ["paused_s", "copy_s", "rewind_s", "verify_s"] {
        assert!(score[part].is_i64(), "{part}: {score}");
    }
    assert_eq!(ground.schemas(), "");
    assert_eq!(ground.lab.accepted().len(), 1);
    // The schema stands in the journal, where every later command finds it.
    let journal = ground.journal().unwrap();
    let opened = &journal.records()[0];
    let reason = opened["reason"].as_str().unwrap();
    assert!(reason.contains(score["schema"].as_str().unwrap()), "{reason}");
    // The same cluster in the same mode: what took how long is known now.
    let second = ground.start(&arguments).finish().expect(0);
    let waited = "waiting for AWS to complete the backtrack, 0 s, usually";
    assert!(
        second.stdout.contains(waited) || second.stderr.contains(waited),
        "{second:?}"
    );
    assert!(!format!("{}{}", second.stdout, second.stderr).contains(&format!("{waited} unknown")));
    assert!(second.stdout.contains("PASSED"), "{second:?}");
}

#[test]
fn the_documented_rights_are_enough_and_without_them_nothing_is_begun() {
    let ground = Ground::new();
    let refused = ground.start(&OWN).finish().expect(10);
    assert!(refused.stderr.contains("TO 'driller'@'%'"), "{refused:?}");
    assert!(ground.journal().is_none());
    let ground = ground.granted();
    ground.start(&OWN).finish().expect(0);
    assert_eq!(ground.schemas(), "");
}

#[test]
fn interrupted_before_the_run_it_removes_its_schema() {
    let ground = Ground::new().granted();
    let running = ground.start(&OWN);
    eventually("the canary", || (!ground.schemas().is_empty()).then_some(()));
    running.signal(Signal::TERM);
    let ended = running.finish().expect(130);
    assert_eq!(ground.schemas(), "");
    assert!(ended.stderr.contains("is removed"), "{ended:?}");
    assert!(ground.journal().is_none());
    assert!(ground.lab.requests().is_empty());
}

#[test]
fn a_killed_one_holds_the_cluster_until_recover_brings_the_rows_back_and_names_the_schema() {
    let ground = Ground::new().granted();
    // It cannot come to its end before it is killed.
    let waits = r#"
[[probe]]
name = "go"
command = ["sh", "-c", "until [ -e go ]; do sleep 0.1; done"]
env = { WORD = "which no journal keeps" }
"#;
    ground
        .program
        .file("own.toml", &(drill_runbook("1s", "15s") + waits + DATABASE));
    let running = ground.start(&OWN);
    eventually("the request", || ground.lab.accepted().pop());
    running.signal(Signal::KILL);
    running.finish();
    ground.program.file("go", "");
    eventually("the server to be back", || {
        let world = ground.lab.world();
        let done = |backtrack: &&Backtrack| backtrack.status.eq_ignore_ascii_case("completed");
        world.ours().first().copied().filter(done).map(|_| ())
    });
    let schema = ground.schemas();
    assert!(schema.starts_with("backtrackctl_drill_"), "{schema:?}");
    let again = ground.start(&OWN).finish().expect(12);
    assert!(again.stderr.contains("recover"), "{again:?}");
    assert_eq!(ground.schemas(), schema, "nothing is written beside a run");
    let run = ground.journal().unwrap().run();
    let mut recover = ground.program.command(["recover", &run, "--yes", CLUSTER]);
    recover.env("DRILL_PASSWORD", "CanaryOfTheDriller");
    let recovered = crate::harness::Running::start(&mut recover).finish().expect(0);
    // The file was read again for what the journal does not keep; the canary stands in no file.
    let probed = recovered
        .stderr
        .lines()
        .any(|line| line.contains("the drill's canary") && line.contains("got 100"));
    assert!(probed, "{recovered:?}");
    let remove = format!("DROP SCHEMA IF EXISTS `{schema}`");
    assert!(recovered.stderr.contains(&remove), "{recovered:?}");
    assert_eq!(
        ground.sql(&format!("SELECT COUNT(*) FROM `{schema}`.canary")),
        Some("100".to_owned())
    );
    // The next drill names it too, and leaves it alone: it is not its own.
    let next = Program::new();
    next.file("own.toml", &(drill_runbook("1s", "15s") + DATABASE));
    let next = Ground {
        lab: ground.lab,
        program: next,
    };
    let passed = next.start(&OWN).finish().expect(0);
    assert!(passed.stderr.contains(&remove), "{passed:?}");
    assert_eq!(next.schemas(), schema);
}

#[test]
fn nothing_is_touched_without_the_tag_the_whole_yes_and_a_database() {
    let untagged = Ground::on(Lab::quick());
    let finished = untagged.start(&OWN).finish().expect(10);
    assert!(
        finished
            .stderr
            .contains("backtrackctl:drill = allowed, got no such tag"),
        "{finished:?}"
    );
    assert!(
        finished.stderr.contains("aws rds add-tags-to-resource"),
        "{finished:?}"
    );
    let other = Ground::on(Lab::with(&ALLOWED.replace("\"allowed\"", "\"no\"")));
    let finished = other.start(&OWN).finish().expect(10);
    assert!(finished.stderr.contains("got \"no\""), "{finished:?}");

    let ground = Ground::on(Lab::with(ALLOWED));
    let shipped = shipped("drill.toml").display().to_string();
    let cases: [(&[&str], &str); 6] = [
        (&["--runbook", "own.toml"], "The WHOLE cluster goes back"),
        (
            &["--runbook", "own.toml", "--yes", "orders"],
            "must repeat the cluster id",
        ),
        (&["--runbook", &shipped, "--yes", CLUSTER], "[database]"),
        (&["--yes", CLUSTER], "--runbook"),
        (
            &["lost-reply", "--runbook", "own.toml", "--yes", CLUSTER],
            "cannot be used with",
        ),
        (
            &["--dry-run", "--runbook", "own.toml", "--yes", CLUSTER],
            "--dry-run",
        ),
    ];
    for (arguments, said) in cases {
        let finished = ground.start(arguments).finish().expect(2);
        assert!(finished.stderr.contains(said), "{arguments:?}: {finished:?}");
    }
    // Neither a lab's name on AWS, nor a real name on a lab.
    let live = ground.program.run([
        "drill",
        "--cluster",
        CLUSTER,
        "--runbook",
        "own.toml",
        "--yes",
        CLUSTER,
    ]);
    live.expect(10);
    let mut real = ground
        .program
        .command(["drill", "--cluster", "orders", "--yes", "orders"]);
    real.args(["--runbook", "own.toml", "--lab", &ground.lab.endpoint]);
    crate::harness::Running::start(&mut real).finish().expect(10);
    for ground in [&untagged, &other, &ground] {
        assert!(ground.lab.requests().is_empty());
        assert!(ground.journal().is_none());
    }
}
