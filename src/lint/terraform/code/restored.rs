//! What a cluster is restored from.

use super::block::Block;
use super::home::Home;
use super::nested::{attribute, nested};
use super::relations::Relations;
use super::world::World;
use crate::lint::terraform::clone::{Copied, Source, Word, word};
use crate::lint::terraform::cluster::asks;
use crate::lint::terraform::eval::Scope;
use crate::lint::terraform::value::{Marks, Reference, Value};

/// Whether a cluster is a copy-on-write clone, what is to be said of its window then, and of that.
pub(super) fn restored(
    world: &World,
    relations: &Relations,
    block: &Block,
    at: Scope<'_>,
    home: &Home,
) -> (bool, Word, Marks) {
    let wanted = [
        "restore_type",
        "source_cluster_identifier",
        "source_cluster_resource_id",
    ];
    let nested = nested(world, block, "restore_to_point_in_time", &wanted, at);
    let certain = nested.found.iter().map(|restore| (restore, None));
    let possible = nested
        .possible
        .iter()
        .map(|(why, restore)| (restore, Some(why.as_str())));
    let copied = certain
        .chain(possible)
        .map(|(restore, perhaps)| (restore, Copied::of(restore, perhaps)))
        .find(|(_, copied)| *copied != Copied::No);
    let Some((restore, copied)) = copied else {
        return (false, Word::Nothing, Marks::default());
    };
    let named = match restore.at("source_cluster_identifier") {
        name if name.is_null() => restore.at("source_cluster_resource_id"),
        name => name,
    };
    let found = relations.cluster(&named, home);
    let windows: Vec<(&Reference, Value)> = found
        .list
        .iter()
        .filter_map(|source| Some((&**source, window(world, source)?)))
        .collect();
    let marks = windows
        .iter()
        .fold(restore.at("restore_type").marks, |marks, (_, window)| {
            marks.with(window.marks)
        });
    let sources: Vec<Source> = windows
        .iter()
        .map(|(source, window)| Source {
            address: world.address(source),
            asks: asks(window),
        })
        .collect();
    let why = named
        .why()
        .map_or("several are given this name", |unknown| &unknown.why);
    let word = word(&copied, &sources, found.closed, why);
    let marks = if word == Word::Nothing {
        Marks::default()
    } else {
        marks
    };
    (true, word, marks)
}

/// The window of a cluster that is declared here.
fn window(world: &World, of: &Reference) -> Option<Value> {
    let (module, index) = world.block(of)?;
    let block = &module.resources[index];
    let sum = world.sum(of.module, block);
    let each = sum.find(&of.key)?;
    Some(attribute(
        world,
        block,
        "backtrack_window",
        Scope::new(of.module, each),
    ))
}
