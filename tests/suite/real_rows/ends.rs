//! Labs that end without a word, and machines without a server.

use std::fs;
use std::path::PathBuf;

use rustix::process::{Pid, Signal, kill_process, test_kill_process};

use super::sql;
use crate::harness::{Lab, Program, eventually};

/// The server's process and the lab's directory, as the server itself tells.
fn server(lab: &Lab) -> (Pid, PathBuf) {
    let pid_file = PathBuf::from(sql(lab, "SELECT @@pid_file").unwrap());
    let pid = fs::read_to_string(&pid_file).unwrap();
    let pid = Pid::from_raw(pid.trim().parse().unwrap()).unwrap();
    (pid, pid_file.parent().unwrap().to_owned())
}

#[test]
fn a_killed_lab_takes_its_server_along_and_the_next_one_tidies_up() {
    let lab = Lab::with_real_rows();
    let (pid, folder) = server(&lab);
    // As between a freeze and its end.
    kill_process(pid, Signal::STOP).unwrap();
    lab.signal(Signal::KILL);
    drop(lab);
    eventually("the stopped server to be gone", || {
        test_kill_process(pid).is_err().then_some(())
    });
    assert!(folder.is_dir(), "nobody could remove it");
    let next = Lab::with_real_rows();
    assert!(!folder.exists());
    let (pid, folder) = server(&next);
    next.signal(Signal::TERM);
    eventually("the lab to tidy up", || (!folder.exists()).then_some(()));
    assert!(test_kill_process(pid).is_err());
}

#[test]
fn without_a_server_program_the_way_to_get_one_is_named() {
    let program = Program::new();
    for arguments in [
        &["lab", "serve", "--engine", "mariadb"][..],
        &["drill", "lost-reply", "--engine", "mariadb"],
    ] {
        let mut command = program.command(arguments);
        command.env("BACKTRACKCTL_MARIADBD", "/nowhere/mariadbd");
        let finished = crate::harness::Running::start(&mut command).finish().expect(2);
        assert!(
            finished.stderr.contains("apt-get install mariadb-server-core"),
            "{}",
            finished.stderr
        );
    }
    // Something else by that name is no server either.
    let mut command = program.command(["lab", "serve", "--engine", "mariadb"]);
    command.env("BACKTRACKCTL_MARIADBD", "/bin/true");
    let finished = crate::harness::Running::start(&mut command).finish().expect(2);
    assert!(finished.stderr.contains("is no MariaDB"), "{}", finished.stderr);
}
