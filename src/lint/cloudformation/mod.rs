//! CloudFormation's templates: YAML and JSON, SAM's, and what CDK synthesizes.
//!
//! Nothing is deployed and nobody is asked: what only a deployment knows stays unknown, and is named.

mod choice;
mod cluster;
mod condition;
mod decide;
mod expand;
mod facts;
mod intrinsics;
mod neighbours;
mod opaque;
mod parameter;
mod read;
mod scope;
mod suppression;
mod template;
mod transform;
mod value;

pub(super) use read::{looks_like_one, read};

#[cfg(test)]
mod tests;
