//! A parameter group's word on the binary log.

use super::home::Home;
use super::nested::nested;
use super::relations::Relations;
use super::world::World;
use crate::lint::terraform::eval::Scope;
use crate::lint::terraform::fact::Log;
use crate::lint::terraform::value::{Kind, Reference, Value};

/// The binary log by the parameter group that a cluster at `home` names.
pub(super) fn log(world: &World, relations: &Relations, name: &Value, home: &Home) -> Log {
    let named = relations.group(name, home);
    let why = match &name.kind {
        Kind::Null => return Log::none(),
        Kind::Unknown(unknown) => unknown.why.as_str(),
        _ if named.closed => "several parameter groups are given this name",
        _ => "the parameter group is not declared here for certain",
    };
    if let Some(group) = named.sure() {
        return of(world, group);
    }
    let each: Vec<Log> = named.list.iter().map(|group| of(world, group)).collect();
    Log::among(&each, named.closed, why)
}

/// Whether a declared group switches the binary log on, and the enhanced one.
fn of(world: &World, group: &Reference) -> Log {
    let Some((module, at)) = world.block(group) else {
        return Log::elsewhere("the parameter group is declared nowhere");
    };
    let block = &module.resources[at];
    let sum = world.sum(group.module, block);
    let Some(each) = sum.find(&group.key) else {
        return Log::elsewhere("there is no such instance of the parameter group");
    };
    let at = Scope::new(group.module, each);
    let nested = nested(world, block, "parameter", &["name", "value"], at);
    Log::of(&nested.found, &nested.possible)
}
