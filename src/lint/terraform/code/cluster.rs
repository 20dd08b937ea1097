//! A block of `aws_rds_cluster`, and the facts in it.

use super::block::Block;
use super::group::log;
use super::home::Home;
use super::nested::attribute;
use super::relations::Relations;
use super::restored::restored;
use super::version::before_5;
use super::world::World;
use crate::domain::posture::Fact;
use crate::lint::terraform::cluster::{Cluster, listed};
use crate::lint::terraform::eval::Scope;
use crate::lint::terraform::fact::{or, outcomes, replicates};
use crate::lint::terraform::value::{Kind, Marks, Reference, Value};

/// The facts of one instance of a cluster.
pub(super) fn facts(world: &World, relations: &Relations, block: &Block, at: Scope<'_>) -> Cluster {
    let value = |name: &str| attribute(world, block, name, at);
    let own = Reference {
        module: at.instance,
        kind: block.label(0).to_owned(),
        name: block.label(1).to_owned(),
        key: at.each.key(),
    };
    let global = value("global_cluster_identifier");
    let source = value("replication_source_identifier");
    let home = Home::of(world, block, at);
    let log = log(world, relations, &value("db_cluster_parameter_group_name"), &home);
    let declared = relations.cluster(&source, &home).sure().is_some();
    let (member, member_marks) = relations.member(&own);
    let (replicated, replicated_marks) = relations.replicated(&own);
    let (clone, word, clone_marks) = restored(world, relations, block, at, &home);
    let marks = [
        source.marks,
        log.marks,
        member_marks,
        replicated_marks,
        clone_marks,
    ];
    let mut cluster = Cluster {
        engine: engine(world, at.instance, value("engine")),
        engine_mode: value("engine_mode"),
        engine_version: value("engine_version"),
        window: value("backtrack_window"),
        global_member: or(member, || self::member(&global)),
        replication: or(replicated, || replicates(&source, declared)),
        binlog: log.binlog,
        enhanced_binlog: log.enhanced,
        clone,
        refused: None,
        doubts: Vec::new(),
        marks: marks.into_iter().fold(global.marks, Marks::with),
        region: listed(home.region, Some(&world.regions)),
    };
    cluster.doubt_log(log.doubt);
    cluster.hear(word);
    cluster
}

/// Before its version 5 the provider took `aurora` for an engine that is not given.
fn engine(world: &World, number: usize, engine: Value) -> Value {
    if !engine.is_null() {
        return engine;
    }
    let old = |number: usize| before_5(&world.instance(number).module.aws_versions);
    if old(number) || old(0) {
        Value::text("aurora")
    } else {
        engine
    }
}

fn member(global: &Value) -> Fact<bool> {
    let mut said = None;
    for each in outcomes(global) {
        let member = match &each.kind {
            Kind::Null => false,
            Kind::Text(id) if id.is_empty() => false,
            // The attribute of a resource: it will be something.
            Kind::Unknown(unknown) if unknown.of.is_none() && each.origin.is_none() => {
                return Fact::Unknown(unknown.why.clone());
            }
            _ => true,
        };
        if said.replace(member).is_some_and(|before| before != member) {
            return Fact::Unknown(
                global
                    .why()
                    .map_or_else(String::new, |unknown| unknown.why.clone()),
            );
        }
    }
    match said {
        Some(true) => Fact::Known(true),
        Some(false) | None => Fact::Absent,
    }
}
