//! A storm of definitions, rights and transactions, and hops into any state of it: each comes back exactly.
//!
//! `BACKTRACKCTL_STORM_HOPS=200 cargo test --lib a_storm_of_changes -- --nocapture` makes as many hops as it says;
//! `BACKTRACKCTL_STORM_SEED` repeats one.

use std::env;

use fastrand::Rng;

use super::{Client, DataPlane as _, Moment, Plane, keep, now, plane, rewind, take};

const HOPS: u64 = 6;
const CHANGES: usize = 8;

fn number(name: &str, usual: u64) -> u64 {
    env::var(name).map_or(usual, |text| text.parse().unwrap())
}

/// A few changes, some of which the state does not allow: that is a part of it.
fn blow(client: &mut Client, rng: &mut Rng) {
    for _ in 0..CHANGES {
        let (table, user, value) = (rng.u8(0..5), rng.u8(0..4), rng.u32(..));
        let statements = match rng.u8(0..14) {
            0 | 1 => vec![format!(
                "CREATE TABLE IF NOT EXISTS shop.t{table} (id INT AUTO_INCREMENT PRIMARY KEY, v BIGINT, w TEXT)"
            )],
            2 => vec![format!("DROP TABLE IF EXISTS shop.t{table}")],
            3 => vec![format!("TRUNCATE shop.t{table}")],
            4 => vec![format!("RENAME TABLE shop.t{table} TO shop.t{}", (table + 1) % 5)],
            5 => vec![format!(
                "ALTER TABLE shop.t{table} ADD COLUMN c{user} INT DEFAULT {user}"
            )],
            6 => vec![format!("ALTER TABLE shop.t{table} ADD INDEX i{user} (v), FORCE")],
            7 => vec![format!(
                "CREATE USER IF NOT EXISTS u{user}@'%' IDENTIFIED BY 'p{value}'"
            )],
            8 => vec![format!("GRANT SELECT ON shop.* TO u{user}@'%'")],
            9 => vec![format!("DROP USER IF EXISTS u{user}@'%'")],
            10 => vec![
                format!("CREATE OR REPLACE PROCEDURE shop.p{table}() SELECT {value}"),
                format!("CREATE DATABASE IF NOT EXISTS other{user}"),
                format!("DROP DATABASE IF EXISTS other{table}"),
            ],
            11 => vec![
                "BEGIN".to_owned(),
                format!("UPDATE shop.t{table} SET v = v + 1"),
                format!("DELETE FROM shop.t{table} WHERE id % 3 = {}", value % 3),
                if value % 2 == 0 { "COMMIT" } else { "ROLLBACK" }.to_owned(),
            ],
            _ => {
                // Of known rows: only then is the counter certain to be what the last row says.
                let row = format!("({value}, REPEAT('x', {}))", 1 + value % 300);
                let rows = vec![row; usize::try_from(value % 400).unwrap() + 1];
                vec![format!(
                    "INSERT INTO shop.t{table} (v, w) VALUES {}",
                    rows.join(", ")
                )]
            }
        };
        for statement in statements {
            // 1146, 1050, 1060 and their like: not possible in this state.
            client.try_run(&statement).ok();
        }
    }
}

/// Puts something under way that is never committed.
fn leave_open(plane: &Plane) -> Client {
    let mut client = Client::of(plane);
    client.run("BEGIN");
    client.run("UPDATE shop.orders SET amount_cents = amount_cents + 1");
    client.run("DELETE FROM shop.orders WHERE id % 2 = 0");
    client
}

#[test]
#[expect(
    clippy::print_stderr,
    reason = "a long storm shows that it goes on, and how long a hop takes"
)]
fn a_storm_of_changes_is_exact_in_every_state_that_is_gone_to() {
    let hops = number("BACKTRACKCTL_STORM_HOPS", HOPS);
    let seed = number("BACKTRACKCTL_STORM_SEED", 7);
    let mut rng = Rng::with_seed(seed);
    let mut plane = plane();
    let mut states: Vec<(Moment, Vec<String>)> = Vec::new();
    for hop in 0..hops {
        let mut client = Client::of(&plane);
        blow(&mut client, &mut rng);
        client.try_run("ROLLBACK").ok();
        take(&mut plane, 1..=3);
        let state = client.everything();
        let open = leave_open(&plane);
        let at = keep(&plane);
        drop(open);
        states.push((at, state));
        let (to, wanted) = states[rng.usize(..states.len())].clone();
        let began = now(&plane);
        rewind(&mut plane, to);
        let took = now(&plane).since(began);
        let found = Client::of(&plane).everything();
        assert!(
            found == wanted,
            "seed {seed}, hop {hop} to {to:?}:\n{found:#?}\nwanted\n{wanted:#?}"
        );
        eprintln!("hop {hop}: {} facts exact after {took} ms", found.len());
    }
    assert!(plane.shown().compare_with_receipts().agrees);
}
