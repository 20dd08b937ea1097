//! A parameter group's word on the binary log.

use super::nested::nested;
use super::world::World;
use crate::domain::posture::Fact;
use crate::lint::terraform::eval::Scope;
use crate::lint::terraform::fact::{elsewhere, parameters};
use crate::lint::terraform::value::Reference;

/// Whether a declared group switches the binary log on, and the enhanced one.
pub(super) fn binlog(world: &World, group: &Reference) -> (Fact<bool>, Fact<bool>) {
    let Some((module, at)) = world.block(group) else {
        return elsewhere("the parameter group is declared nowhere");
    };
    let block = &module.resources[at];
    let sum = world.sum(group.module, block);
    let Some(each) = sum.find(&group.key) else {
        return elsewhere("there is no such instance of the parameter group");
    };
    let at = Scope::new(group.module, each);
    match nested(world, block, "parameter", &["name", "value"], at) {
        Ok(found) => parameters(&found),
        Err(why) => elsewhere(&why),
    }
}
