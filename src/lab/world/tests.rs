//! The world as a whole.

use super::super::backtrack::Fate;
use super::super::data::HurtKind;
use super::{Moment, Scenario, World};

fn start() -> Moment {
    Moment::from_ms(1_715_956_080_000)
}

#[test]
fn a_world_is_the_same_for_the_same_seed_and_another_for_another() {
    let end = |seed| {
        let mut world = World::new(Scenario::default(), seed, start());
        world.advance(start().plus_s(600));
        world.hurt(None, HurtKind::BadUpdate).unwrap().unwrap();
        world.clusters[0].data().shown().digest()
    };
    assert_eq!(end(7), end(7));
    assert_ne!(end(7), end(8));
}

#[test]
fn no_statement_reaches_a_cluster_that_is_backtracking() {
    let mut world = World::new(Scenario::default(), 7, start());
    world.clusters[0].start_backtrack(start().plus_s(-60), Fate::Proceeds, start());
    world.advance(start().plus_ms(2_000));
    assert!(world.hurt(None, HurtKind::DeleteAll).unwrap().is_err());
    assert!(world.hurt(Some("no--such"), HurtKind::DeleteAll).is_none());
}
