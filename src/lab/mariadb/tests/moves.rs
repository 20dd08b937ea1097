//! Rows that are lost and come back.

use super::{
    AfterNewWrites, Client, DataError, DataPlane as _, HurtKind, Plane, keep, now, order, plane, rewind,
    start, take,
};

#[test]
fn each_hurt_is_undone_by_a_rewind_to_before_it() {
    let mut plane = plane();
    take(&mut plane, 1..=20);
    let whole = plane.shown();
    assert_eq!(whole.rows(), 20);
    assert!(whole.compare_with_receipts().agrees);
    let before = keep(&plane);
    for kind in [HurtKind::DeleteAll, HurtKind::DropTable, HurtKind::BadUpdate] {
        let hurt_at = plane.hurt(kind, now(&plane)).unwrap();
        assert!(hurt_at > before, "{kind:?}");
        assert!(plane.nearest(hurt_at) <= hurt_at, "{kind:?}");
        let damaged = plane.shown();
        assert_ne!(damaged.digest(), whole.digest(), "{kind:?}");
        assert!(!damaged.compare_with_receipts().agrees, "{kind:?}");
        let after = keep(&plane);
        rewind(&mut plane, before);
        assert_eq!(plane.shown(), whole, "{kind:?}");
        assert_eq!(plane.standing_at(), Some(before), "{kind:?}");
        rewind(&mut plane, after);
        assert_eq!(plane.shown().digest(), damaged.digest(), "{kind:?}");
        rewind(&mut plane, before);
    }
}

#[test]
fn nothing_can_be_written_to_a_dropped_table() {
    let mut plane = plane();
    let at = now(&plane);
    plane.hurt(HurtKind::DropTable, at).unwrap();
    assert_eq!(plane.take(order(at, 1)), Err(DataError::NoTable));
    assert_eq!(plane.hurt(HurtKind::DeleteAll, at), Err(DataError::NoTable));
}

#[test]
fn numbers_are_handed_out_again_after_a_rewind() {
    let mut plane = plane();
    take(&mut plane, 1..=3);
    let early = keep(&plane);
    take(&mut plane, 4..=9);
    rewind(&mut plane, early);
    take(&mut plane, 50..=50);
    let mut client = Client::of(&plane);
    let rows = client.rows("SELECT id, customer FROM shop.orders ORDER BY id");
    assert_eq!(rows, ["1\t1", "2\t2", "3\t3", "4\t50"]);
    assert!(plane.shown().compare_with_receipts().agrees);
}

#[test]
fn what_was_not_committed_is_dropped_and_connections_die() {
    let mut plane = plane();
    take(&mut plane, 1..=3);
    let mut other = Client::of(&plane);
    other.run("BEGIN");
    other.run("UPDATE shop.orders SET amount_cents = 7");
    let during = keep(&plane);
    other.run("COMMIT");
    assert_eq!(plane.shown().compare_with_receipts().changed, 3);
    rewind(&mut plane, during);
    assert!(plane.shown().compare_with_receipts().agrees);
    assert_eq!(other.refused("SELECT 1"), 0, "the connection is gone");
}

#[test]
fn writes_of_other_clients_are_kept_and_are_writes() {
    let mut plane = plane();
    take(&mut plane, 1..=3);
    let before = keep(&plane);
    rewind(&mut plane, before);
    assert_eq!(plane.standing_at(), Some(before));
    let mut client = Client::of(&plane);
    client.run("INSERT INTO shop.orders (placed_at, customer, amount_cents) VALUES (NOW(3), 1, 1)");
    assert_eq!(plane.standing_at(), None);
    let found = plane.shown().compare_with_receipts();
    assert_eq!((found.missing, found.changed, found.extra), (0, 0, 1));
    client.run("DELETE FROM shop.orders WHERE id = 2");
    assert_eq!(plane.shown().compare_with_receipts().missing, 1);
    client.run("ALTER TABLE shop.orders DROP COLUMN customer");
    assert_eq!(plane.shown().compare_with_receipts().changed, 2);
    let later = keep(&plane);
    assert!(later > before);
    let damaged = plane.shown().digest();
    rewind(&mut plane, before);
    rewind(&mut plane, later);
    assert_eq!(plane.shown().digest(), damaged);
}

#[test]
fn a_whole_second_in_which_somebody_wrote_is_kept_by_itself() {
    let mut plane = plane();
    take(&mut plane, 1..=1);
    let written = now(&plane);
    // The thread that owns the server does it, late where the machine is busy; each question is answered by that thread in
    // turn.
    let patience = written.plus_s(60);
    let kept = loop {
        let kept = plane.nearest(now(&plane));
        if kept > written {
            break kept;
        }
        assert!(now(&plane) < patience, "nothing was kept after {written:?}");
        std::thread::yield_now();
    };
    assert_eq!(plane.shown_at(kept).unwrap().rows(), 1);
}

#[test]
fn an_instant_is_looked_at_without_moving_the_present() {
    let mut plane = plane();
    take(&mut plane, 1..=3);
    let early = keep(&plane);
    take(&mut plane, 4..=5);
    assert_eq!(plane.shown_at(early).unwrap().rows(), 3);
    assert_eq!(plane.shown().rows(), 5);
    let start = plane.earliest().unwrap();
    assert_eq!(plane.shown_at(start).unwrap().rows(), 0);
    assert_eq!(plane.shown_at(start.plus_ms(-1)), Err(DataError::Forgotten));
}

#[test]
fn a_branch_with_writes_hides_what_its_rewind_undid_where_the_rule_says_so() {
    for (rule, rows) in [(AfterNewWrites::OldHistory, 5), (AfterNewWrites::KeptBranch, 3)] {
        let mut plane = Plane::open(start(rule)).unwrap();
        take(&mut plane, 1..=3);
        let early = keep(&plane);
        take(&mut plane, 4..=5);
        let late = keep(&plane);
        rewind(&mut plane, early);
        take(&mut plane, 6..=6);
        rewind(&mut plane, late);
        assert_eq!(plane.shown().rows(), rows, "{rule:?}");
    }
}

#[test]
fn a_copy_goes_its_own_way() {
    let mut plane = plane();
    take(&mut plane, 1..=3);
    let early = keep(&plane);
    take(&mut plane, 4..=5);
    let mut past = plane.copied(early).unwrap();
    let at = now(&plane);
    let mut present = plane.copied(at).unwrap();
    assert_eq!((past.shown().rows(), present.shown().rows()), (3, 5));
    assert_ne!(past.login().unwrap().address, plane.login().unwrap().address);
    past.hurt(HurtKind::DropTable, at).unwrap();
    present.take(order(at, 9)).unwrap();
    assert!(present.shown().compare_with_receipts().agrees);
    assert_eq!(plane.shown().rows(), 5);
    drop(past);
    drop(present);
    assert!(plane.shown().compare_with_receipts().agrees);
}
