//! moto's CloudWatch for clients that speak its newest protocol: a program in front of moto that translates.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use super::moto::Moto;
use super::venv::{self, path};

/// The program in front.
pub struct CloudWatch {
    process: Child,
    /// `http://127.0.0.1:PORT`.
    pub endpoint: String,
}

impl CloudWatch {
    /// In front of a server of moto's. Waits until it listens.
    pub fn before(moto: &Moto) -> Self {
        venv::need("moto_server");
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients/cloudwatch.py");
        let mut process = Command::new("setpriv")
            .args(["--pdeathsig", "KILL", "python", script, &moto.endpoint])
            .env_clear()
            .env("PATH", path())
            .env("LANG", "C.UTF-8")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stderr = BufReader::new(process.stderr.take().unwrap()).lines();
        // It says nothing else unless it fails; then that is what is wrong.
        let said: String = stderr
            .by_ref()
            .map_while(Result::ok)
            .find(|line| line.contains("Running on "))
            .unwrap_or_else(|| panic!("cloudwatch.py said no address"));
        // Reads on until the end: a server whose pipe is full would stand still.
        std::thread::spawn(move || stderr.map_while(Result::ok).for_each(drop));
        let (_, endpoint) = said.split_once("Running on ").unwrap();
        Self {
            endpoint: endpoint.trim().to_owned(),
            process,
        }
    }
}

impl Drop for CloudWatch {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
