//! Branches, the way forward, and the cost of a long tape.

use super::{AfterNewWrites, CHUNK_ORDERS, DataError, DataPlane, HurtKind, Moment, Order, Timeline};

fn at(s: i64) -> Moment {
    Moment::from_ms(1_700_000_000_000).plus_s(s)
}

fn order(s: i64) -> Order {
    Order {
        at: at(s),
        amount_cents: 500,
        customer: 1,
    }
}

/// One order in each second of `from..=to`.
fn write(tape: &mut Timeline, from: i64, to: i64) {
    for s in from..=to {
        tape.take(order(s)).unwrap();
    }
}

fn tape(rule: AfterNewWrites) -> Timeline {
    let mut tape = Timeline::new(at(0), rule);
    write(&mut tape, 1, 100);
    tape
}

fn digest_at(tape: &Timeline, s: i64) -> String {
    tape.shown_at(at(s)).unwrap().digest()
}

#[test]
fn an_instant_includes_its_own_commits_and_nothing_later() {
    let tape = tape(AfterNewWrites::OldHistory);
    assert_eq!(tape.shown_at(at(40)).unwrap().rows(), 40);
    assert_eq!(tape.shown_at(at(40).plus_ms(-1)).unwrap().rows(), 39);
    assert_eq!(tape.shown_at(at(-1)), Err(DataError::Forgotten));
}

#[test]
fn each_hurt_is_undone_by_a_rewind_to_before_it() {
    for kind in [HurtKind::DeleteAll, HurtKind::DropTable, HurtKind::BadUpdate] {
        let mut tape = tape(AfterNewWrites::OldHistory);
        let before = tape.shown().digest();
        tape.hurt(kind, at(101)).unwrap();
        assert_ne!(tape.shown().digest(), before, "{kind:?}");
        assert!(!tape.shown().compare_with_receipts().agrees, "{kind:?}");
        tape.rewind(at(100), at(110)).unwrap();
        assert_eq!(tape.shown().digest(), before, "{kind:?}");
        assert!(tape.shown().compare_with_receipts().agrees, "{kind:?}");
        assert_eq!(tape.standing_at(), Some(at(100)), "{kind:?}");
    }
}

#[test]
fn nothing_can_be_written_to_a_dropped_table() {
    let mut tape = tape(AfterNewWrites::OldHistory);
    tape.hurt(HurtKind::DropTable, at(101)).unwrap();
    assert_eq!(tape.take(order(102)), Err(DataError::NoTable));
    assert_eq!(tape.hurt(HurtKind::DeleteAll, at(102)), Err(DataError::NoTable));
}

#[test]
fn numbers_are_handed_out_again_after_a_rewind() {
    // The same orders at the same instants: equal digests only if their numbers are equal too.
    let mut rewound = tape(AfterNewWrites::OldHistory);
    rewound.rewind(at(50), at(110)).unwrap();
    write(&mut rewound, 111, 120);
    let mut straight = Timeline::new(at(0), AfterNewWrites::OldHistory);
    write(&mut straight, 1, 50);
    write(&mut straight, 111, 120);
    assert_eq!(rewound.shown().digest(), straight.shown().digest());
}

#[test]
fn without_new_writes_both_rules_go_forward_to_the_old_history() {
    for rule in [AfterNewWrites::OldHistory, AfterNewWrites::KeptBranch] {
        let mut tape = tape(rule);
        let (middle, end) = (digest_at(&tape, 80), digest_at(&tape, 100));
        tape.rewind(at(50), at(110)).unwrap();
        tape.rewind(at(80), at(120)).unwrap();
        assert_eq!(tape.shown().digest(), middle, "{rule:?}");
        tape.rewind(at(110), at(130)).unwrap();
        assert_eq!(tape.shown().digest(), end, "{rule:?}");
    }
}

#[test]
fn after_new_writes_the_rule_says_what_forward_means() {
    let mut old = tape(AfterNewWrites::OldHistory);
    let middle = digest_at(&old, 80);
    old.rewind(at(50), at(110)).unwrap();
    write(&mut old, 111, 115);
    old.rewind(at(80), at(120)).unwrap();
    assert_eq!(old.shown().digest(), middle);

    let mut kept = tape(AfterNewWrites::KeptBranch);
    let landed = digest_at(&kept, 50);
    kept.rewind(at(50), at(110)).unwrap();
    write(&mut kept, 111, 115);
    assert_eq!(digest_at(&kept, 80), landed);
    assert_eq!(kept.shown_at(at(113)).unwrap().rows(), 53);
    assert_eq!(
        digest_at(&kept, 30),
        digest_at(&tape(AfterNewWrites::KeptBranch), 30)
    );
}

#[test]
fn a_kept_branch_of_a_kept_branch_hides_both_undone_stretches() {
    let mut kept = tape(AfterNewWrites::KeptBranch);
    kept.rewind(at(50), at(110)).unwrap();
    write(&mut kept, 111, 120);
    kept.rewind(at(80), at(130)).unwrap();
    write(&mut kept, 131, 135);
    // 80 was the landing at 50, and everything after it until 130 was undone.
    assert_eq!(kept.shown_at(at(40)).unwrap().rows(), 40);
    for undone in [60, 80, 100, 115, 130] {
        assert_eq!(kept.shown_at(at(undone)).unwrap().rows(), 50, "{undone}");
    }
    assert_eq!(kept.shown_at(at(132)).unwrap().rows(), 52);
}

#[test]
fn a_million_orders_answer_from_one_chunk_and_are_forgotten_when_told() {
    let mut tape = Timeline::new(at(0), AfterNewWrites::OldHistory);
    write(&mut tape, 1, 1_000_000);
    // An instant costs the replay of less than one chunk, whatever the length of the tape.
    assert!(tape.chunks.len() > 480, "{}", tape.chunks.len());
    assert!(tape.chunks.iter().all(|chunk| chunk.orders.len() <= CHUNK_ORDERS));
    for s in (0..1_000_000).step_by(50_000) {
        assert_eq!(tape.shown_at(at(s)).unwrap().rows(), u64::try_from(s).unwrap());
    }
    tape.hurt(HurtKind::BadUpdate, at(1_000_001)).unwrap();
    tape.rewind(at(500_000), at(1_000_002)).unwrap();
    assert_eq!(tape.shown().rows(), 500_000);
    tape.forget_before(at(900_000));
    assert!(tape.chunks.len() < 60, "{}", tape.chunks.len());
    assert_eq!(tape.shown_at(at(900_000)).unwrap().rows(), 900_000);
    assert_eq!(tape.shown_at(at(10)), Err(DataError::Forgotten));
}

#[test]
fn a_copy_begins_with_the_present_has_no_past_and_shares_no_write() {
    let mut original = tape(AfterNewWrites::OldHistory);
    let before = original.shown().digest();
    let mut copy = original.copied(at(101)).unwrap();
    assert_eq!(copy.shown().digest(), before);
    assert_eq!(copy.shown_at(at(50)), Err(DataError::Forgotten));
    assert_eq!(copy.shown_at(at(101)).unwrap().digest(), before);
    original.hurt(HurtKind::DeleteAll, at(102)).unwrap();
    assert_eq!(copy.shown().digest(), before);
    copy.take(order(103)).unwrap();
    assert_eq!((copy.shown().rows(), original.shown().rows()), (101, 0));
    copy.rewind(at(101), at(110)).unwrap();
    assert_eq!(copy.shown().digest(), before);
}
