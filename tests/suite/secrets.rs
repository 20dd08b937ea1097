//! Secrets planted in every place where one could be, and everything that is written searched for them.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::harness::{Finished, Incident, Mariadb, Running, drill_runbook};

/// Plain letters: no encoding of a URL, of JSON or of a shell changes them.
const ACCESS_SECRET: &str = "CanaryOfTheAccessSecret7f2c";
const SESSION: &str = "CanaryOfTheSessionToken91bd";
const TOKEN: &str = "CanaryOfTheShopToken44ae";
const LITERAL: &str = "CanaryOfTheRunbookItself0c3f";
const PROBE_URL: &str = "http://127.0.0.1:9/?key=CanaryOfTheProbeUrl5d10";
const QUERY: &str = "SELECT 1 FROM t WHERE p = 'CanaryOfTheQuery88e1'";
const PROFILE: &str = "CanaryOfTheProfile6b6b";
/// Printed by a command that was given it by nobody: a file of its own.
const PRINTED: &str = "CanaryOfACommandsOutput2a97";

const ALL: [&str; 9] = [
    "CanaryOfTheAccessSecret",
    "CanaryOfTheSessionToken",
    "CanaryOfTheShopToken",
    "CanaryOfTheRunbookItself",
    "CanaryOfTheProbeUrl",
    "CanaryOfTheQuery",
    "CanaryOfTheProfile",
    "CanaryOfACommandsOutput",
    "CanaryOfTheDatabase",
];

/// A password that the server refuses, and says so.
const DATABASE: &str = "CanaryOfTheDatabase3d77";

/// What a step of the runbook does after it has printed all that it knows.
const PAUSE: &str = "exec $BACKTRACKCTL_BIN lab shop pause";
const REFUSES: &str = "exit 1";

/// An incident with secrets everywhere.
struct Planted {
    incident: Incident,
    /// The files that hold the secrets, with what they hold.
    sources: Vec<(PathBuf, String)>,
    /// Where the runbook's database has its password; only there it is known to be one.
    password: Option<&'static str>,
}

impl Planted {
    fn new(pause: &str, check: &str) -> Self {
        let incident = Incident::new();
        let env = format!(
            "env = {{ TOKEN = \"$SHOP_TOKEN\", LITERAL = \"{LITERAL}\", QUERY = \"{QUERY}\", PROBE_URL = \"$PROBE_URL\" }}"
        );
        let loud =
            |what: &str| format!("command = [\"sh\", \"-c\", \"env; env >&2; cat printed; {what}\"]\n{env}");
        let runbook = drill_runbook("1s", "15s")
            .replacen(
                r#"command = ["$BACKTRACKCTL_BIN", "lab", "shop", "pause"]"#,
                &loud(pause),
                1,
            )
            .replacen(
                r#"command = ["$BACKTRACKCTL_BIN", "lab", "shop", "check"]"#,
                &loud(check),
                1,
            );
        assert_eq!(
            runbook.matches(LITERAL).count(),
            2,
            "drill.toml has other commands"
        );
        let profile = format!("[prod]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = {PROFILE}\n");
        std::fs::create_dir(incident.program.home().join(".aws")).unwrap();
        let sources = [
            ("drill.toml", runbook),
            (".aws/credentials", profile),
            ("printed", format!("{PRINTED}\n")),
        ];
        let plant = |(name, text): (&str, String)| (incident.program.file(name, &text), text);
        let sources = sources.into_iter().map(plant).collect();
        Self {
            incident,
            sources,
            password: None,
        }
    }

    /// Runs the program with secrets in its environment.
    fn run<A: AsRef<str>>(&self, arguments: &[A]) -> Finished {
        let arguments = arguments.iter().map(AsRef::as_ref);
        let mut command: Command = self.incident.program.command(arguments);
        command
            .env("AWS_ACCESS_KEY_ID", "AKIDTEST")
            .env("AWS_SECRET_ACCESS_KEY", ACCESS_SECRET)
            .env("AWS_SESSION_TOKEN", SESSION)
            .env("SHOP_TOKEN", TOKEN)
            .env("PROBE_URL", PROBE_URL);
        if let Some(name) = self.password {
            command.env(name, DATABASE);
        }
        Running::start(&mut command).finish()
    }

    fn rewind(&self, more: &[&str]) -> Finished {
        let confirmed = [&["-vvv", "--yes", &self.incident.lab.cluster], more].concat();
        self.run(&self.incident.arguments(&confirmed))
    }

    fn recover(&self, more: &[&str]) -> Finished {
        let confirmed = [&["-vvv", "--yes", &self.incident.lab.cluster], more].concat();
        self.run(&self.incident.again("recover", &confirmed))
    }

    /// Everything that can be asked of a run afterwards.
    fn told(&self) -> Vec<Finished> {
        let run = &self.incident.journal().run();
        let lab = ["--lab", &self.incident.lab.endpoint];
        let cluster = self.incident.lab.cluster.as_str();
        let mut told = Vec::new();
        for arguments in [
            &["report", run, "--format", "md", "-vvv"][..],
            &["report", run, "--format", "json", "-vvv"],
            &["history", "-vvv"],
            &["history", cluster, "--output", "json", "-vvv"],
            &["journal", "verify", run, "-vvv"],
            &["status", cluster, "-vvv", lab[0], lab[1]],
            &["status", cluster, "--output", "json", lab[0], lab[1]],
            &["check", "drill.toml", "-vvv"],
        ] {
            told.push(self.run(arguments).expect(0));
        }
        told
    }

    /// No secret in anything that was said, nor in any file but those that were planted.
    #[track_caller]
    fn assert_silent(&self, said: &[Finished]) {
        for finished in said {
            assert_clean("stdout", &finished.stdout, &ALL);
            // The end of a failed command's output is shown on the screen, and nowhere else; what is known to be a
            // secret is masked there too.
            let known: Vec<_> = ALL
                .into_iter()
                .filter(|canary| !PRINTED.contains(canary))
                .collect();
            assert_clean("stderr", &finished.stderr, &known);
        }
        let mut files = Vec::new();
        below(self.incident.program.home(), &mut files);
        assert!(files.len() > self.sources.len(), "nothing was written");
        for file in files {
            let text = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned();
            match self.sources.iter().find(|(source, _)| *source == file) {
                Some((_, planted)) => assert_eq!(text, *planted, "{}", file.display()),
                None => assert_clean(&file.display().to_string(), &text, &ALL),
            }
        }
    }
}

#[track_caller]
fn assert_clean(place: &str, text: &str, canaries: &[&str]) {
    for canary in canaries {
        let line = text.lines().find(|line| line.contains(canary));
        assert!(line.is_none(), "{canary} in {place}: {line:?}");
    }
}

/// Every file of a folder and of those below.
fn below(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            below(&path, files);
        } else {
            files.push(path);
        }
    }
}

#[test]
fn no_secret_is_written_by_a_whole_run_or_by_anything_that_tells_of_it() {
    let planted = Planted::new(PAUSE, "exec $BACKTRACKCTL_BIN lab shop check");
    let mut said = vec![planted.rewind(&["--hold"]).expect(20)];
    said.push(planted.recover(&[]).expect(0));
    said.extend(planted.told());
    planted.assert_silent(&said);
}

#[test]
fn no_password_of_a_database_is_written_whether_the_login_is_refused_or_not() {
    let planted = Planted::new(PAUSE, REFUSES);
    let server = Mariadb::start();
    let section = server
        .section()
        .replace("{ file = \"pw\" }", "{ env = \"DB_PASSWORD\" }");
    let probe = "\n[[probe]]\nname = \"rows\"\nsql = \"SELECT 1\"\nexpect = \"rows\"\n";
    let with = |text: &str| format!("{text}{section}{probe}");
    let path = planted.incident.program.home().join("drill.toml");
    let text = with(&std::fs::read_to_string(&path).unwrap());
    std::fs::write(&path, &text).unwrap();
    let planted = Planted {
        sources: planted
            .sources
            .into_iter()
            .map(|(file, kept)| {
                if file == path {
                    (file, text.clone())
                } else {
                    (file, kept)
                }
            })
            .collect(),
        password: Some("DB_PASSWORD"),
        ..planted
    };
    let mut said = vec![planted.rewind(&[]).expect(10)];
    let refused = format!("{:?}", said[0]);
    assert!(refused.contains("no login as"), "{refused}");
    server.run(&[&format!("ALTER USER backtrackctl@'%' IDENTIFIED BY '{DATABASE}'")]);
    said.push(planted.run(&["history"]));
    planted.assert_silent(&said);
    std::fs::remove_dir_all(planted.incident.program.journals()).unwrap();
    let mut said = vec![planted.rewind(&[]).expect(32)];
    assert!(said[0].rules("pass").contains(&"database".to_owned()), "{said:?}");
    said.extend(planted.told());
    planted.assert_silent(&said);
}

#[test]
fn no_secret_is_written_by_a_run_whose_commands_fail() {
    let planted = Planted::new(REFUSES, REFUSES);
    let mut said = vec![planted.rewind(&[]).expect(10)];
    said.extend(planted.told());
    planted.assert_silent(&said);
}

#[test]
fn no_secret_is_written_by_a_verification_that_fails_again_and_again() {
    let planted = Planted::new(PAUSE, REFUSES);
    let mut said = vec![planted.rewind(&[]).expect(32)];
    said.push(planted.recover(&[]).expect(32));
    said.extend(planted.told());
    planted.assert_silent(&said);
}

#[test]
fn no_secret_of_a_profile_or_of_the_environment_is_written_in_live_mode() {
    let planted = Planted::new(PAUSE, REFUSES);
    let endpoint = planted.incident.lab.endpoint.clone();
    let aws = ["--region", "us-east-1", "--endpoint-url", &endpoint, "-vvv"];
    let run = [
        "run",
        "drill.toml",
        "--cluster",
        "orders",
        "--to",
        "2026-01-01T00:00:00Z",
        "--yes",
        "orders",
    ];
    let mut said = Vec::new();
    for profile in [&[][..], &["--profile", "prod"]] {
        said.push(planted.run(&[&run[..], &aws, profile].concat()).expect(10));
        said.push(planted.run(&[&["status", "orders"][..], &aws, profile].concat()));
    }
    // They were used: the lab was asked.
    assert!(!planted.incident.lab.calls().is_empty());
    planted.assert_silent(&said);
}
