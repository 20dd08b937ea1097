//! The configuration that a plan carries: what it declares, and which provider is whose.

use super::address::without_indexes;
use super::item::Item;
use crate::lint::regions::Regions;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// A plan's `configuration` and `variables`; a state has none. Of either, the Region of providers that name none.
#[derive(Default)]
pub(super) struct Configuration<'a> {
    /// By `(module path without indexes, type, name)`.
    resources: BTreeMap<(String, &'a str, &'a str), &'a Json>,
    /// Calls of modules by `(path of the caller, name)`.
    calls: BTreeMap<(String, &'a str), &'a Json>,
    providers: Option<&'a Map<String, Json>>,
    variables: Option<&'a Map<String, Json>>,
    /// Of the command line.
    regions: Option<&'a Regions>,
}

impl<'a> Configuration<'a> {
    /// Of a state.
    pub(super) fn none(regions: Option<&'a Regions>) -> Self {
        Self {
            regions,
            ..Self::default()
        }
    }

    pub(super) fn of_plan(plan: &'a Map<String, Json>, regions: Option<&'a Regions>) -> Self {
        let configuration = plan.get("configuration");
        let mut found = Self {
            resources: BTreeMap::new(),
            calls: BTreeMap::new(),
            providers: configuration
                .and_then(|all| all.get("provider_config"))
                .and_then(Json::as_object),
            variables: plan.get("variables").and_then(Json::as_object),
            regions,
        };
        if let Some(root) = configuration.and_then(|all| all.get("root_module")) {
            found.module("", root);
        }
        found
    }

    /// What the command line says of Regions.
    pub(super) fn regions(&self) -> Option<&'a Regions> {
        self.regions
    }

    /// Recursion goes as deep as the JSON, which its reader bounds.
    fn module(&mut self, path: &str, module: &'a Json) {
        for resource in module
            .get("resources")
            .and_then(Json::as_array)
            .into_iter()
            .flatten()
        {
            let text = |key: &str| resource.get(key).and_then(Json::as_str);
            if let (Some(kind), Some(name)) = (text("type"), text("name")) {
                self.resources.insert((path.to_owned(), kind, name), resource);
            }
        }
        let calls = module.get("module_calls").and_then(Json::as_object);
        for (name, call) in calls.into_iter().flatten() {
            self.calls.insert((path.to_owned(), name), call);
            if let Some(module) = call.get("module") {
                let dot = if path.is_empty() { "" } else { "." };
                self.module(&format!("{path}{dot}module.{name}"), module);
            }
        }
    }

    /// What declares a resource.
    pub(super) fn resource(&self, item: &Item) -> Option<&'a Json> {
        self.resources
            .get(&(without_indexes(&item.module), &*item.kind, &*item.name))
            .copied()
    }

    /// A call of a module, by the path of the caller with or without indexes.
    pub(super) fn call(&self, caller: &str, name: &str) -> Option<&'a Json> {
        self.calls.get(&(without_indexes(caller), name)).copied()
    }

    /// Which provider's configuration a resource uses, as the plan names it.
    pub(super) fn provider_key(&self, item: &Item) -> Option<&'a str> {
        self.resource(item)?.get("provider_config_key")?.as_str()
    }

    /// The Region of a resource's provider, where it is a constant or a variable of the root module; else the one that was
    /// given for providers that name none.
    pub(super) fn region(&self, item: &Item) -> Option<String> {
        let written = self.written(item);
        written.or_else(|| self.regions?.named.clone())
    }

    fn written(&self, item: &Item) -> Option<String> {
        let provider = self.provider(self.provider_key(item)?)?;
        let region = provider.get("expressions")?.get("region")?;
        if let Some(region) = region.get("constant_value").and_then(Json::as_str) {
            return Some(region.to_owned());
        }
        let in_root = provider.get("module_address").is_none();
        let references = region.get("references")?.as_array()?;
        match references.as_slice() {
            [one] if in_root => {
                let variable = one.as_str()?.strip_prefix("var.")?;
                let value = self.variables?.get(variable)?.get("value")?;
                value.as_str().map(ToOwned::to_owned)
            }
            _ => None,
        }
    }

    /// The provider under a key; one that a module was handed has the key of the module that configures it, and
    /// Terraform before 1.1 named the child's own.
    fn provider(&self, key: &str) -> Option<&'a Json> {
        let providers = self.providers?;
        providers
            .get(key)
            .or_else(|| providers.get(key.rsplit(':').next().unwrap_or(key)))
    }
}
