//! ListTagsForResource. Members have the tags of their cluster.

use super::super::cluster::Cluster;
use super::super::wire::{ApiError, Element, Query};
use super::super::world::World;
use super::names::name_of;

pub(super) fn list_tags_for_resource(world: &World, query: &Query) -> Result<Element, ApiError> {
    let resource = query.required("ResourceName")?;
    let name = name_of(resource);
    let kind = resource.rsplit(':').nth(1).unwrap_or("");
    let cluster = match kind {
        "cluster" => world.cluster(name).ok_or_else(|| ApiError::no_cluster(name))?,
        "db" => {
            let found = world
                .members()
                .find(|(_, member)| member.id.eq_ignore_ascii_case(name));
            found
                .map(|(cluster, _)| cluster)
                .ok_or_else(|| ApiError::no_instance(name))?
        }
        _ => return Err(ApiError::value(format!("Invalid resource name: {resource}"))),
    };
    Ok(Element::new("ListTagsForResourceResult").child(tag_list(cluster)))
}

/// `TagList`, as it stands in several replies.
pub(super) fn tag_list(cluster: &Cluster) -> Element {
    let tags = cluster.plan.tags.iter().map(|(key, value)| {
        Element::new("Tag")
            .text("Key", key.as_str())
            .text("Value", value.as_str())
    });
    Element::new("TagList").children(tags)
}
