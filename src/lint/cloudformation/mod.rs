//! CloudFormation's templates: YAML and JSON, SAM's, and what CDK synthesizes.
//!
//! Nothing is deployed and nobody is asked: what only a deployment knows stays unknown, and is named.

mod catalog;
mod choice;
mod cluster;
mod condition;
mod copied;
mod decide;
mod domain;
mod effort;
mod expand;
mod facts;
mod intrinsics;
mod mapping;
mod membership;
mod names;
mod neighbours;
mod numbers;
mod opaque;
mod parameter;
mod read;
mod scope;
mod setting;
mod suppression;
mod template;
mod transform;
mod value;

pub(super) use read::{looks_like_one, read};

#[cfg(test)]
mod bounds;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod worlds;
