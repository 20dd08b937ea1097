//! ListTagsForResource, and tags in requests and replies. Members without tags of their own have those of their cluster.

use std::collections::BTreeMap;

use super::super::cluster::{Cluster, Member};
use super::super::wire::{ApiError, Element, Query};
use super::super::world::World;
use super::names::name_of;
use super::snapshots;

pub(super) fn list_tags_for_resource(world: &World, query: &Query) -> Result<Element, ApiError> {
    let resource = query.required("ResourceName")?;
    let name = name_of(resource);
    let kind = resource.rsplit(':').nth(1).unwrap_or("");
    let tags = match kind {
        "cluster" => tag_list(
            world,
            world.cluster(name).ok_or_else(|| ApiError::no_cluster(name))?,
        ),
        "cluster-snapshot" => list_of(&snapshots::found(world, name)?.tags),
        "db" => {
            let mut members = world.members();
            let found = members.find(|(_, member)| member.id.eq_ignore_ascii_case(name));
            let (cluster, member) = found.ok_or_else(|| ApiError::no_instance(name))?;
            of_member(world, cluster, member)
        }
        _ => return Err(ApiError::value(format!("Invalid resource name: {resource}"))),
    };
    Ok(Element::new("ListTagsForResourceResult").child(tags))
}

/// `TagList`, as it stands in several replies.
pub(super) fn tag_list(world: &World, cluster: &Cluster) -> Element {
    let shown = cluster.created.plus_ms(i64::from(world.scenario.copies.tags_ms));
    if cluster.clone_of.is_some() && world.now() < shown {
        return list_of(&BTreeMap::new());
    }
    list_of(&cluster.plan.tags)
}

/// The tags of a member: its own, else those of its cluster.
pub(super) fn of_member(world: &World, cluster: &Cluster, member: &Member) -> Element {
    if member.tags.is_empty() {
        tag_list(world, cluster)
    } else {
        list_of(&member.tags)
    }
}

/// These tags as a `TagList`.
pub(super) fn list_of(tags: &BTreeMap<String, String>) -> Element {
    let tags = tags.iter().map(|(key, value)| {
        Element::new("Tag")
            .text("Key", key.as_str())
            .text("Value", value.as_str())
    });
    Element::new("TagList").children(tags)
}

/// The tags that a request gives: `Tags.Tag.1.Key`, `Tags.Tag.1.Value`, …
pub(super) fn given(query: &Query) -> BTreeMap<String, String> {
    let tag = |number: u32| {
        let key = query.get(&format!("Tags.Tag.{number}.Key"))?;
        let value = query.get(&format!("Tags.Tag.{number}.Value")).unwrap_or("");
        Some((key.to_owned(), value.to_owned()))
    };
    (1..).map_while(tag).collect()
}
