//! Modules as they are written: folders of `.tf` and `.tf.json`.

mod block;
mod call;
mod cluster;
mod declared;
mod effort;
mod folder;
mod group;
mod home;
mod instance;
mod keys;
mod manifest;
mod merge;
mod module;
mod named;
mod nested;
mod provider;
mod relations;
mod restored;
mod row;
mod rows;
mod source;
mod sum;
mod suppression;
mod tfjson;
mod tfvars;
mod twice;
mod version;
mod world;

pub(super) use effort::Effort;
pub use folder::{Folder, folder};
pub(super) use world::World;
