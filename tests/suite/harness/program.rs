//! The real program in an environment that holds nothing of this machine's.

use std::ffi::OsStr;
use std::fmt;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Resource, Rlimit, Signal};
use serde_json::Value;
use tempfile::TempDir;

use super::patience::eventually;

const BINARY: &str = env!("CARGO_BIN_EXE_backtrackctl");

/// A home, a journal and a working directory of its own. The journal goes with it.
pub struct Program {
    home: TempDir,
    /// A command that ends by becoming the program; empty: none.
    around: Vec<String>,
}

/// A process under way, without a terminal.
pub struct Running {
    child: Child,
    stdout: Option<JoinHandle<String>>,
    stderr: Option<JoinHandle<String>>,
    heard: Heard,
}

/// A process that ended.
#[derive(Clone)]
pub struct Finished {
    status: ExitStatus,
    pub stdout: String,
    pub stderr: String,
    /// The longest time in which it said nothing.
    pub silence: Duration,
}

/// When something was read.
type Heard = Arc<Mutex<Vec<Instant>>>;

impl Program {
    /// A fresh one.
    pub fn new() -> Self {
        Self {
            home: TempDir::new().unwrap(),
            // Under `nohup` a hangup is ignored on purpose: these tests may run there, what they test does not.
            around: ["env", "--default-signal=HUP"].map(str::to_owned).to_vec(),
        }
    }

    /// The same, to which a file that may not grow is an error and not the end of the process.
    pub fn that_survives_a_full_disk(mut self) -> Self {
        let around = ["sh", "-c", r#"trap "" XFSZ; exec "$@""#, "sh"];
        self.around = around.map(str::to_owned).to_vec();
        self
    }

    /// The same, no file of which may grow beyond `blocks` of 512 bytes.
    pub fn with_files_of_at_most(mut self, blocks: u32) -> Self {
        let script = format!(r#"trap "" XFSZ; ulimit -f {blocks}; exec "$@""#);
        self.around = ["sh", "-c", &script, "sh"].map(str::to_owned).to_vec();
        self
    }

    /// The same, in at most `kib` KiB of memory.
    pub fn with_memory_of_at_most(mut self, kib: u32) -> Self {
        let script = format!(r#"ulimit -v {kib}; exec "$@""#);
        self.around = ["sh", "-c", &script, "sh"].map(str::to_owned).to_vec();
        self
    }

    /// The same, to which permissions apply although the tests may run as root.
    pub fn that_obeys_permissions(mut self) -> Self {
        if rustix::process::geteuid().is_root() {
            let around = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"];
            self.around = around.map(str::to_owned).to_vec();
        }
        self
    }

    /// Its home and working directory.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Where it journals.
    pub fn journals(&self) -> PathBuf {
        self.home().join("journal")
    }

    /// Writes a file into its working directory.
    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.home().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// The command, for a test that wants to change more of it.
    pub fn command<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Command {
        let mut command = match self.around.split_first() {
            None => Command::new(BINARY),
            Some((first, rest)) => {
                let mut command = Command::new(first);
                command.args(rest).arg(BINARY);
                command
            }
        };
        command
            .args(arguments)
            .current_dir(self.home())
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("HOME", self.home())
            .env("USER", "tester")
            .env("BACKTRACKCTL_JOURNAL", self.journals())
            .env("TZ", "UTC")
            .env("LANG", "C.UTF-8")
            // Nothing may look for a role of this machine.
            .env("AWS_EC2_METADATA_DISABLED", "true")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Starts it.
    pub fn start<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Running {
        Running::start(&mut self.command(arguments))
    }

    /// Starts it and waits for its end.
    pub fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Finished {
        self.start(arguments).finish()
    }
}

impl Running {
    /// Starts a command whose outputs are piped.
    pub fn start(command: &mut Command) -> Self {
        let mut child = command
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let heard = Heard::default();
        heard.lock().unwrap().push(Instant::now());
        let stdout = child.stdout.take().map(|pipe| reader(pipe, Arc::clone(&heard)));
        let stderr = child.stderr.take().map(|pipe| reader(pipe, Arc::clone(&heard)));
        Self {
            child,
            stdout,
            stderr,
            heard,
        }
    }

    fn pid(&self) -> Pid {
        Pid::from_child(&self.child)
    }

    /// True once it has ended.
    pub fn is_over(&mut self) -> bool {
        self.child.try_wait().unwrap().is_some()
    }

    /// Sends a signal; one that has ended takes none.
    pub fn signal(&self, signal: Signal) {
        let _ = rustix::process::kill_process(self.pid(), signal);
    }

    /// Waits until a stop has reached it, or it is over.
    pub fn wait_until_stopped(&mut self) {
        let stat = format!("/proc/{}/stat", self.child.id());
        eventually("the process to stand still", || {
            let text = std::fs::read_to_string(&stat).unwrap_or_default();
            // The state is the first field after the name, which stands in parentheses.
            let state = text.rsplit_once(") ").and_then(|(_, rest)| rest.chars().next());
            matches!(state, Some('T' | 'Z') | None).then_some(())
        });
    }

    /// No file that it writes may grow beyond `bytes` from now on.
    pub fn limit_files(&self, bytes: u64) {
        let limit = Rlimit {
            current: Some(bytes),
            maximum: None,
        };
        rustix::process::prlimit(Some(self.pid()), Resource::Fsize, limit).unwrap();
    }

    /// Waits for its end.
    pub fn finish(mut self) -> Finished {
        let status = eventually("the program's end", || self.child.try_wait().unwrap());
        let ended = Instant::now();
        let text = |pipe: Option<JoinHandle<String>>| pipe.map_or(String::new(), |pipe| pipe.join().unwrap());
        let (stdout, stderr) = (text(self.stdout.take()), text(self.stderr.take()));
        let mut heard = self.heard.lock().unwrap().clone();
        heard.push(ended);
        let silences = heard.windows(2).map(|pair| pair[1].duration_since(pair[0]));
        Finished {
            status,
            stdout,
            stderr,
            silence: silences.max().unwrap_or_default(),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Finished {
    /// The exit code; none for a process that a signal ended.
    pub fn exit(&self) -> Option<i32> {
        self.status.code()
    }

    /// Every line of stdout, which is JSON and nothing else.
    pub fn lines(&self) -> Vec<Value> {
        let parse = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line:?}"));
        self.stdout.lines().map(parse).collect()
    }

    /// Lines of one kind.
    pub fn of_kind(&self, kind: &str) -> Vec<Value> {
        let mut lines = self.lines();
        lines.retain(|line| line["kind"] == kind);
        lines
    }

    /// The last line, which tells the outcome.
    pub fn outcome(&self) -> Value {
        let last = self.lines().pop().unwrap_or_else(|| panic!("no line: {self:?}"));
        assert_eq!(last["kind"], "outcome", "{last}");
        last
    }

    /// The findings of one severity: their rules.
    pub fn rules(&self, severity: &str) -> Vec<String> {
        let mut findings = self.of_kind("finding");
        findings.retain(|finding| finding["severity"] == severity);
        let rule = |finding: &Value| finding["rule"].as_str().unwrap().to_owned();
        findings.iter().map(rule).collect()
    }

    /// Holds it to an exit code, and shows everything it said when it has another.
    #[track_caller]
    pub fn expect(self, exit: i32) -> Self {
        assert_eq!(self.exit(), Some(exit), "{self:?}");
        self
    }
}

/// Everything it said but the findings that passed: what one wants to read where a test fails.
impl fmt::Debug for Finished {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}", self.status)?;
        let lines = self.stdout.lines().chain(self.stderr.lines());
        for line in lines.filter(|line| !line.contains(r#""severity":"pass""#)) {
            writeln!(out, "{line}")?;
        }
        Ok(())
    }
}

fn reader(mut pipe: impl Read + Send + 'static, heard: Heard) -> JoinHandle<String> {
    std::thread::spawn(move || {
        let (mut text, mut block) = (Vec::new(), [0; 8192]);
        loop {
            let read = pipe.read(&mut block).unwrap();
            if read == 0 {
                return String::from_utf8(text).unwrap();
            }
            heard.lock().unwrap().push(Instant::now());
            text.extend_from_slice(&block[..read]);
        }
    })
}
