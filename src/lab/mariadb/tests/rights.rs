//! What the master user may do: as on Aurora.

use super::{Client, DataPlane as _, plane, take};

#[test]
fn the_master_user_sees_all_tables_and_ends_sessions_as_on_aurora() {
    let mut plane = plane();
    take(&mut plane, 1..=2);
    let mut admin = Client::of(&plane);
    assert_eq!(admin.one("SELECT COUNT(*) FROM shop.orders"), "2");
    assert!(!admin.rows("SELECT user FROM mysql.user").is_empty());
    let login = plane.login().unwrap().clone();
    assert!(!login.password.is_empty());
    admin.run("CREATE USER app@'%' IDENTIFIED BY 'secret'");
    let mut app = Client::with(login.address.port(), "app", "secret").unwrap();
    let victim = app.id();
    // 1095: not the owner. A plain KILL needs CONNECTION ADMIN, which nobody has there.
    assert_eq!(admin.refused(&format!("KILL {victim}")), 1_095);
    admin.run(&format!("CALL mysql.rds_kill({victim})"));
    assert!(app.try_run("SELECT 1").is_err());
    // 1094: it is gone already.
    assert_eq!(admin.refused("CALL mysql.rds_kill(999999)"), 1_094);
    // 1227: neither SUPER nor anything like it.
    assert_eq!(admin.refused("SET GLOBAL max_connections = 5"), 1_227);
    // 1045: no FILE.
    assert_eq!(admin.refused("SELECT 1 INTO OUTFILE '/tmp/never'"), 1_045);
    assert!(Client::with(login.address.port(), "admin", "").is_err());
    assert!(Client::with(login.address.port(), "root", "").is_err());
}

#[test]
fn a_shop_whose_session_is_ended_takes_the_next_order_on_a_new_one() {
    let mut plane = plane();
    take(&mut plane, 1..=2);
    let mut admin = Client::of(&plane);
    let (mut orders, mut ended) = (2, 0);
    while ended < 4 {
        // A shop that took no order for two seconds is closed: on a busy machine it may be by now.
        let sessions = admin.rows("SELECT id FROM information_schema.processlist WHERE user = 'shop'");
        if let Some(shop) = sessions.first() {
            let done = admin.try_run(&format!("CALL mysql.rds_kill({shop})"));
            ended += u32::from(done.is_ok());
        }
        orders += 1;
        take(&mut plane, orders..=orders);
    }
    assert_eq!(admin.one("SELECT COUNT(*) FROM shop.orders"), orders.to_string());
    assert!(plane.shown().compare_with_receipts().agrees);
}

#[test]
fn every_table_is_made_an_innodb_table() {
    let plane = plane();
    let mut admin = Client::of(&plane);
    admin.run("SET SESSION sql_mode = ''");
    admin.run("CREATE TABLE shop.other (id INT) ENGINE=MyISAM");
    let engine = "SELECT engine FROM information_schema.tables WHERE table_name = 'other'";
    assert_eq!(admin.one(engine), "InnoDB");
}

#[test]
fn sessions_of_the_lab_are_the_services_own_and_the_shops() {
    let mut plane = plane();
    plane.shown();
    let mut admin = Client::of(&plane);
    // A shop that took no order for two seconds is closed: where the machine is that busy, it is looked once more.
    let users = (1..=20).find_map(|customer| {
        take(&mut plane, customer..=customer);
        let users = admin.rows(
            "SELECT DISTINCT user FROM information_schema.processlist WHERE command <> 'Daemon' ORDER BY 1",
        );
        users.contains(&"shop".to_owned()).then_some(users)
    });
    assert_eq!(users.unwrap(), ["admin", "rdsadmin", "shop"]);
}
