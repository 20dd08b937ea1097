//! A block of `aws_rds_cluster`, and the facts in it.

use super::block::Block;
use super::group::binlog;
use super::nested::{attribute, nested};
use super::provider::region;
use super::relations::{CLUSTER, Relations};
use super::version::before_5;
use super::world::World;
use crate::domain::posture::{Fact, Verdict};
use crate::lint::terraform::cluster::{Cluster, asks};
use crate::lint::terraform::eval::Scope;
use crate::lint::terraform::fact::{cloned, elsewhere, replicates};
use crate::lint::terraform::value::{Kind, Reference, Value};
use crate::lint::{Cause, Judgement};

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
    let region = region(world, block, at);
    let (binlog, enhanced_binlog) = log(world, relations, &value("db_cluster_parameter_group_name"));
    let declared = source
        .why()
        .and_then(|unknown| unknown.of.as_ref())
        .is_some_and(|of| of.kind == CLUSTER);
    Cluster {
        engine: engine(world, at.instance, value("engine")),
        engine_mode: value("engine_mode"),
        engine_version: value("engine_version"),
        window: value("backtrack_window"),
        global_member: or(relations.member(&own), || member(&global)),
        replication: if relations.replicated(&own) {
            Fact::Known(true)
        } else {
            replicates(&source, declared)
        },
        binlog,
        enhanced_binlog,
        clone: clone_source(world, block, at).is_some(),
        marks: global.marks.with(source.marks),
        region,
    }
}

/// The stronger of two words: yes, then not known, then whatever the second says.
fn or(first: Fact<bool>, second: impl FnOnce() -> Fact<bool>) -> Fact<bool> {
    if first == Fact::Known(true) {
        return first;
    }
    match (first, second()) {
        (_, Fact::Known(true)) => Fact::Known(true),
        (Fact::Unknown(why), _) => Fact::Unknown(why),
        (_, second) => second,
    }
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
    match &global.kind {
        Kind::Null => Fact::Absent,
        Kind::Text(id) if id.is_empty() => Fact::Absent,
        // The attribute of a resource: it will be something.
        Kind::Unknown(unknown) if unknown.of.is_none() => Fact::Unknown(unknown.why.clone()),
        _ => Fact::Known(true),
    }
}

/// The binary log by the parameter group that is named.
fn log(world: &World, relations: &Relations, name: &Value) -> (Fact<bool>, Fact<bool>) {
    match relations.group(name) {
        Some(group) => binlog(world, &group),
        None => match &name.kind {
            Kind::Null => (Fact::Absent, Fact::Absent),
            Kind::Unknown(unknown) => elsewhere(&unknown.why),
            _ => elsewhere("the parameter group is not declared here"),
        },
    }
}

/// What a copy-on-write clone is made from; none for any other cluster.
fn clone_source(world: &World, block: &Block, at: Scope<'_>) -> Option<Value> {
    let wanted = ["restore_type", "source_cluster_identifier"];
    let restores = nested(world, block, "restore_to_point_in_time", &wanted, at).ok()?;
    let clone = cloned(&restores);
    restores
        .into_iter()
        .find(|_| clone)
        .map(|restore| restore.at("source_cluster_identifier"))
}

/// A clone whose source is declared here and is without Backtrack: AWS refuses the window.
pub(super) fn refuse_clone(
    world: &World,
    relations: &Relations,
    block: &Block,
    at: Scope<'_>,
    judged: &mut Judgement,
) {
    if judged.verdict != Verdict::Ok {
        return;
    }
    let source = clone_source(world, block, at).and_then(|source| relations.cluster(&source));
    let Some((source, (module, index))) = source.and_then(|source| {
        let block = world.block(&source)?;
        Some((source, block))
    }) else {
        return;
    };
    let sum = world.sum(source.module, &module.resources[index]);
    let Some(each) = sum.find(&source.key) else {
        return;
    };
    let window = attribute(
        world,
        &module.resources[index],
        "backtrack_window",
        Scope::new(source.module, each),
    );
    if asks(&window) == Some(false) {
        judged.verdict = Verdict::Blocked;
        judged.causes = vec![Cause::Source];
        judged.reason = format!(
            "it is a clone of {}, which is without Backtrack, and AWS refuses it for such a clone",
            world.address(&source)
        );
    }
}
