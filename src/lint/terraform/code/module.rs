//! A module: everything that the files of one folder declare.

use super::block::{Attribute, Block};
use super::declared::Read;
use super::merge::lay;
use crate::lint::Unreadable;
use crate::lint::terraform::fact::{GLOBAL, GROUP};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// What a folder declares.
#[derive(Debug, Default)]
pub(in crate::lint::terraform) struct Module {
    pub(super) dir: PathBuf,
    /// The folder as it is told.
    pub(super) told: String,
    pub(super) variables: BTreeMap<String, Block>,
    pub(super) locals: BTreeMap<String, Attribute>,
    pub(super) outputs: BTreeMap<String, Block>,
    pub(super) calls: BTreeMap<String, Block>,
    /// By name with alias: `aws`, `aws.west`.
    pub(super) providers: BTreeMap<String, Block>,
    /// Managed resources, in the order of files.
    pub(in crate::lint::terraform) resources: Vec<Block>,
    /// Where a resource stands among them, by `type.name`.
    pub(super) index: BTreeMap<String, usize>,
    /// Versions that the folder allows for the provider of AWS.
    pub(super) aws_versions: Vec<String>,
    /// Files with more than clusters and calls in them: what clusters of other files depend on.
    pub(super) shared: BTreeSet<Rc<Path>>,
    /// A file of it that could not be read.
    pub(super) broken: Option<String>,
    /// The same of a file that overrides: any block may be another than what was read.
    pub(super) broken_override: Option<String>,
}

impl Module {
    /// Sorts what was read; what could not be used is added to `unreadable`.
    pub(super) fn of(dir: PathBuf, told: String, files: Vec<Read>, unreadable: &mut Vec<Unreadable>) -> Self {
        let mut module = Self {
            dir,
            told,
            ..Self::default()
        };
        for file in files {
            match file.blocks {
                Ok(blocks) => {
                    for block in blocks {
                        if let Err(fault) = module.take(block, file.overrides) {
                            unreadable.push(fault);
                        }
                    }
                }
                Err(fault) => {
                    if file.overrides {
                        module.broken_override = Some(file.name.clone());
                    }
                    module.broken.get_or_insert(file.name);
                    unreadable.push(fault);
                }
            }
        }
        module
    }

    fn take(&mut self, block: Block, overrides: bool) -> Result<(), Unreadable> {
        let label = block.label(0).to_owned();
        let shared = match block.kind.as_str() {
            "variable" | "locals" | "provider" | "terraform" => true,
            "resource" => [GROUP, GLOBAL].contains(&label.as_str()),
            _ => false,
        };
        if shared {
            self.shared.insert(Rc::clone(&block.source.path));
        }
        match block.kind.as_str() {
            "variable" => one(&mut self.variables, label, block, overrides),
            "output" => one(&mut self.outputs, label, block, overrides),
            "module" => one(&mut self.calls, label, block, overrides),
            "provider" => {
                let alias = block.value("alias").and_then(|alias| alias.as_str());
                let name = alias.map_or_else(|| label.clone(), |alias| format!("{label}.{alias}"));
                one(&mut self.providers, name, block, overrides)
            }
            "resource" => self.resource(block, overrides),
            "locals" => {
                for (name, attribute) in block.attributes {
                    if self.locals.contains_key(&name) && !overrides {
                        let what = format!("expected one local.{name}, got a second");
                        return Err(attribute.source.unreadable(what, attribute.span.start));
                    }
                    self.locals.insert(name, attribute);
                }
                Ok(())
            }
            "terraform" => {
                self.versions(&block);
                Ok(())
            }
            // Data, moves, checks and what else there is declare no cluster.
            _ => Ok(()),
        }
    }

    fn resource(&mut self, block: Block, overrides: bool) -> Result<(), Unreadable> {
        let name = format!("{}.{}", block.label(0), block.label(1));
        match (self.index.get(&name).copied(), overrides) {
            (Some(at), true) => {
                lay(block, &mut self.resources[at]);
                Ok(())
            }
            (Some(_), false) => Err(twice(&name, &block)),
            (None, true) => Err(nothing(&name, &block)),
            (None, false) => {
                self.index.insert(name, self.resources.len());
                self.resources.push(block);
                Ok(())
            }
        }
    }

    /// `required_providers { aws = { source = "hashicorp/aws", version = "~> 4.0" } }`, or only the version.
    fn versions(&mut self, block: &Block) {
        for providers in block.within("required_providers") {
            let version = match providers.value("aws") {
                Some(hcl_edit::expr::Expression::Object(fields)) => fields
                    .iter()
                    .find(|(key, _)| {
                        key.as_ident().is_some_and(|name| name.as_str() == "version")
                            || key.as_expr().and_then(|text| text.as_str()) == Some("version")
                    })
                    .and_then(|(_, value)| value.expr().as_str()),
                Some(text) => text.as_str(),
                None => None,
            };
            self.aws_versions.extend(version.map(ToOwned::to_owned));
        }
    }
}

/// Adds what may stand once, or lays an override over it.
fn one(
    blocks: &mut BTreeMap<String, Block>,
    name: String,
    block: Block,
    overrides: bool,
) -> Result<(), Unreadable> {
    match (blocks.get_mut(&name), overrides) {
        (Some(there), true) => {
            lay(block, there);
            Ok(())
        }
        (Some(_), false) => Err(twice(&format!("{} {name}", block.kind), &block)),
        (None, true) if block.kind != "provider" => Err(nothing(&format!("{} {name}", block.kind), &block)),
        (None, _) => {
            blocks.insert(name, block);
            Ok(())
        }
    }
}

fn twice(name: &str, block: &Block) -> Unreadable {
    let what = format!("expected one {name}, got a second");
    block.source.unreadable(what, block.span.start)
}

fn nothing(name: &str, block: &Block) -> Unreadable {
    let what = format!("expected {name} in another file, for this one to override, got none");
    block.source.unreadable(what, block.span.start)
}
