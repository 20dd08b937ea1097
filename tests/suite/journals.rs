//! A journal that was cut, changed or put in another order, and one that cannot be written.

use serde_json::Value;

use crate::harness::{Finished, Incident, Journal, Lab, Program};

/// The lines of a journal, each with its end.
fn lines(bytes: &[u8]) -> Vec<Vec<u8>> {
    bytes
        .split_inclusive(|byte| *byte == b'\n')
        .map(<[u8]>::to_vec)
        .collect()
}

/// A run that is held, so that every command would have something to do.
fn held() -> Incident {
    let incident = Incident::new();
    incident.rewind(&["--hold"]).expect(20);
    incident
}

/// Every command that takes the run refuses it with 40, says where, and does nothing.
#[track_caller]
fn assert_damaged(incident: &Incident, about: &str) {
    let (requests, calls) = (incident.lab.requests().len(), incident.lab.calls().len());
    let run = incident.journal().run();
    let before = incident.journal().bytes();
    let verified = incident.program.run(["journal", "verify", &run]);
    let reported = incident.program.run(["report", &run]);
    for refused in [
        verified,
        reported,
        incident.recover(&[]),
        incident.forward("origin", &[]),
    ] {
        assert_eq!(refused.exit(), Some(40), "{about}: {refused:?}");
        assert!(refused.stderr.contains("damaged at line"), "{about}: {refused:?}");
        assert!(refused.stderr.contains("next: "), "{about}: {refused:?}");
    }
    assert_eq!(
        incident.recover(&[]).outcome()["outcome"],
        "journal_damaged",
        "{about}"
    );
    assert_eq!(incident.journal().bytes(), before, "{about}: nothing is repaired");
    assert_eq!(incident.lab.requests().len(), requests, "{about}");
    assert_eq!(incident.lab.calls().len(), calls, "{about}");
    assert!(incident.lab.world().shop.paused, "{about}");
    incident.program.run(["history"]).expect(0);
}

#[test]
fn a_journal_cut_at_any_byte_counts_up_to_its_last_whole_record() {
    let incident = held();
    let journal = incident.journal();
    let (bytes, run) = (journal.bytes(), journal.run());
    let ends: Vec<usize> = (1..=bytes.len()).filter(|end| bytes[end - 1] == b'\n').collect();
    // Each record's first and last bytes, and places in between.
    let near = ends
        .iter()
        .flat_map(|end| [end - 2, end - 1, *end, end + 1, end + 2]);
    let between = (0..bytes.len()).step_by(997);
    let mut cuts: Vec<usize> = near.chain(between).filter(|cut| *cut <= bytes.len()).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let folder = Program::new();
    let place = folder.journals().join("runs").join(&run);
    std::fs::create_dir_all(&place).unwrap();
    for cut in cuts {
        std::fs::write(place.join("journal.jsonl"), &bytes[..cut]).unwrap();
        let whole = ends.iter().filter(|end| **end <= cut).count();
        let verified = folder.run(["journal", "verify", &run, "--output", "json"]);
        if whole == 0 {
            assert_eq!(verified.exit(), Some(40), "cut at {cut}: {verified:?}");
            continue;
        }
        let told = &verified.expect(0).lines()[0];
        assert_eq!(told["records"], whole, "cut at {cut}");
        let kept = ends[whole - 1];
        assert_eq!(told["torn_bytes"], cut - kept, "cut at {cut}");
    }
}

#[test]
fn a_torn_last_record_is_left_out_and_the_run_goes_on() {
    let incident = held();
    let journal = incident.journal();
    let mut bytes = journal.bytes();
    let records = journal.count();
    bytes.extend(br#"{"at":"2026-11-20T02:31:08.250Z","eff"#);
    journal.overwrite(&bytes);
    incident.recover(&[]).expect(0);
    assert!(journal.count() > records);
    incident.assert_recovered();
}

#[test]
fn a_journal_that_was_edited_is_refused() {
    let incident = held();
    let journal = incident.journal();
    let bytes = journal.bytes();
    let edit = |from: &str, to: &str| {
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.contains(from), "no {from:?} in the journal");
        text.replacen(from, to, 1).into_bytes()
    };
    for (from, to) in [
        (r#""unattended":true"#, r#""unattended":false"#),
        (r#""os_user":"tester""#, r#""os_user":"nobody""#),
        (r#""v":1"#, r#""v": 1"#),
        (r#""seq":3"#, r#""seq":4"#),
        ("\n{", "\n\n{"),
        ("}\n", "}\r\n"),
    ] {
        journal.overwrite(&edit(from, to));
        assert_damaged(&incident, &format!("{from:?} became {to:?}"));
    }
    let mut zeros = bytes.clone();
    zeros.extend([0; 64]);
    journal.overwrite(&zeros);
    assert_damaged(&incident, "zeros at its end");

    journal.overwrite(&bytes);
    incident.recover(&[]).expect(0);
    incident.assert_recovered();
}

#[test]
fn a_journal_with_records_moved_doubled_or_missing_is_refused() {
    let incident = held();
    let journal = incident.journal();
    let whole = lines(&journal.bytes());
    let changed = |change: &dyn Fn(&mut Vec<Vec<u8>>)| {
        let mut lines = whole.clone();
        change(&mut lines);
        journal.overwrite(&lines.concat());
    };
    changed(&|lines| lines.swap(3, 4));
    assert_damaged(&incident, "two records swapped");
    changed(&|lines| lines.insert(3, lines[3].clone()));
    assert_damaged(&incident, "a record doubled");
    changed(&|lines| drop(lines.remove(5)));
    assert_damaged(&incident, "a record missing");
    changed(&|lines| drop(lines.remove(0)));
    assert_damaged(&incident, "the first record missing");
    changed(&|lines| lines.clear());
    assert_damaged(&incident, "every record missing");
    std::fs::remove_file(journal.path()).unwrap();
    assert_damaged_file_is_gone(&incident);
}

/// The folder of a run without its journal.
#[track_caller]
fn assert_damaged_file_is_gone(incident: &Incident) {
    let run = incident.journal().run();
    incident.program.run(["journal", "verify", &run]).expect(40);
    incident.recover(&[]).expect(40);
    assert!(incident.lab.world().shop.paused);
}

#[test]
fn a_journal_from_a_newer_version_is_refused_and_says_which() {
    let incident = held();
    let journal = incident.journal();
    let mut lines = lines(&journal.bytes());
    let last = lines.pop().unwrap();
    let mut record: Value = serde_json::from_slice(&last).unwrap();
    record["v"] = 2.into();
    lines.push(format!("{record}\n").into_bytes());
    journal.overwrite(&lines.concat());
    assert_damaged(&incident, "a record of version 2");
    let told = incident.recover(&[]).stderr;
    assert!(told.contains("newer backtrackctl"), "{told}");
}

#[test]
fn a_run_whose_journal_is_damaged_still_holds_its_cluster() {
    let incident = held();
    let journal = incident.journal();
    let mut lines = lines(&journal.bytes());
    lines.swap(8, 9);
    journal.overwrite(&lines.concat());
    let refused = incident.rewind(&[]).expect(12);
    let verify = format!("backtrackctl journal verify {}", journal.run());
    assert!(refused.stderr.contains(&verify), "{refused:?}");
    assert!(
        !refused.stderr.contains("backtrackctl recover"),
        "it cannot: {refused:?}"
    );
    assert_eq!(incident.lab.requests().len(), 1);
}

#[track_caller]
fn assert_refused_for_the_journal(incident: &Incident, refused: Finished) {
    let refused = refused.expect(10);
    assert!(
        refused.stderr.contains("the cluster was not touched"),
        "{refused:?}"
    );
    assert!(refused.stderr.contains("--journal DIR"), "{refused:?}");
    assert!(incident.lab.calls().is_empty(), "{:?}", incident.lab.calls());
    incident.assert_untouched();
}

#[test]
fn a_journal_that_cannot_be_kept_stops_a_run_before_anything_is_asked_of_aws() {
    let incident = Incident::new();
    let file = incident.program.file("no-folder", "");
    for place in [file.as_path(), &file.join("below"), "/proc/backtrackctl".as_ref()] {
        let place = place.to_str().unwrap();
        let refused = incident.rewind(&["--journal", place]);
        assert_refused_for_the_journal(&incident, refused);
    }
}

#[test]
fn a_disk_without_room_for_a_record_stops_a_run_before_anything_is_asked_of_aws() {
    let incident = Incident::on(Lab::quick(), Program::new().with_files_of_at_most(0));
    let refused = incident.rewind(&[]);
    assert_refused_for_the_journal(&incident, refused);
    assert!(Journal::only(&incident.program.journals()).is_none());
}

#[test]
fn a_read_only_journal_stops_a_run_and_a_recovery_and_nothing_is_lost() {
    let incident = Incident::on(Lab::quick(), Program::new().that_obeys_permissions());
    let journals = incident.program.journals();
    std::fs::create_dir(&journals).unwrap();
    set_writable(&journals, false);
    let refused = incident.rewind(&[]);
    assert_refused_for_the_journal(&incident, refused);

    set_writable(&journals, true);
    incident.lab.fault("BacktrackDBCluster", 1, "hang_backtrack");
    let running = incident.start(&[]);
    incident.until_accepted();
    running.signal(rustix::process::Signal::KILL);
    running.finish();
    let before = incident.journal().bytes();
    for folder in ["", "runs", "locks", "staging", "rehearsals"] {
        set_writable(&journals.join(folder), false);
    }
    let refused = incident.recover(&[]).expect(10);
    assert!(refused.stderr.contains("--journal DIR"), "{refused:?}");
    incident
        .program
        .run(["journal", "verify", &incident.journal().run()])
        .expect(0);
    incident.program.run(["history"]).expect(0);
    assert_eq!(incident.journal().bytes(), before);
    for folder in ["", "runs", "locks", "staging", "rehearsals"] {
        set_writable(&journals.join(folder), true);
    }
    incident.recover(&[]).expect(20);
    assert_eq!(incident.lab.requests().len(), 1);
}

fn set_writable(folder: &std::path::Path, writable: bool) {
    use std::os::unix::fs::PermissionsExt;
    let mode = if writable { 0o700 } else { 0o500 };
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn each_process_is_named_in_the_journal_and_an_auditor_can_follow_it() {
    let incident = held();
    incident.recover(&["--reason", "checked by hand"]).expect(0);
    let records = incident.journal().records();
    assert_eq!(records[0]["type"], "opened");
    assert_eq!(records[0]["by"]["os_user"], "tester");
    assert_eq!(records[0]["prev"], "0".repeat(64));
    let attached = records
        .iter()
        .find(|record| record["type"] == "attached")
        .unwrap();
    assert_eq!(attached["reason"], "checked by hand");
    for (number, record) in records.iter().enumerate() {
        assert_eq!(record["seq"], number + 1);
        assert!(number == 0 || record["prev"] == records[number - 1]["hash"]);
    }
    let replied = records.iter().find(|record| record["type"] == "replied").unwrap();
    assert!(replied["request_id"].is_string(), "{replied}");
    let run = incident.journal().run();
    let told = incident.program.run(["journal", "verify", &run]).expect(0).stdout;
    let head = records.last().unwrap()["hash"].as_str().unwrap();
    assert!(told.contains(head), "{told}");
}

#[test]
fn a_first_record_that_is_too_long_is_refused_with_advice_that_helps() {
    let incident = Incident::new();
    let long = format!("\n[wording]\ndone = \"{}\"\n", "x".repeat(1 << 20));
    let path = incident.program.home().join("drill.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    incident.program.file("drill.toml", &(text + &long));
    let refused = incident.rewind(&[]).expect(10);
    assert!(
        refused.stderr.contains("1048576 bytes") && refused.stderr.contains("shorten the runbook"),
        "{}",
        refused.stderr
    );
    incident.assert_untouched();
}
