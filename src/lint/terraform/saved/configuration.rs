//! The configuration that a plan carries: who refers to whom, and which provider is whose.

use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;

/// References through more modules than these are not followed.
const DEEPEST: usize = 16;

/// What an expression refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Referred {
    /// A resource, in a module by its path without indexes.
    Resource {
        module: String,
        kind: String,
        name: String,
    },
    /// Something else has a say in it.
    Other,
}

/// A plan's `configuration` and `variables`; a state has none. Of either, the Region of providers that name none.
#[derive(Default)]
pub(super) struct Configuration<'a> {
    /// By `(module path without indexes, type, name)`.
    resources: BTreeMap<(String, &'a str, &'a str), &'a Json>,
    /// Calls of modules by `(path of the caller, name)`.
    calls: BTreeMap<(String, &'a str), &'a Json>,
    providers: Option<&'a Map<String, Json>>,
    variables: Option<&'a Map<String, Json>>,
    /// `--region`, where it was given.
    elsewhere: Option<&'a str>,
}

impl<'a> Configuration<'a> {
    /// Of a state.
    pub(super) fn none(region: Option<&'a str>) -> Self {
        Self {
            elsewhere: region,
            ..Self::default()
        }
    }

    pub(super) fn of_plan(plan: &'a Map<String, Json>, region: Option<&'a str>) -> Self {
        let configuration = plan.get("configuration");
        let mut found = Self {
            resources: BTreeMap::new(),
            calls: BTreeMap::new(),
            providers: configuration
                .and_then(|all| all.get("provider_config"))
                .and_then(Json::as_object),
            variables: plan.get("variables").and_then(Json::as_object),
            elsewhere: region,
        };
        if let Some(root) = configuration.and_then(|all| all.get("root_module")) {
            found.module("", root);
        }
        found
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

    fn resource(&self, module: &str, kind: &str, name: &str) -> Option<&'a Json> {
        self.resources
            .get(&(without_indexes(module), kind, name))
            .copied()
    }

    /// What an attribute refers to, each once: through the variables that a module is called with, and through the
    /// outputs of modules.
    pub(super) fn resources(&self, module: &str, kind: &str, name: &str, attribute: &str) -> Vec<Referred> {
        let mut found = Vec::new();
        let path = without_indexes(module);
        if let Some(resource) = self.resource(module, kind, name) {
            let expression = resource.get("expressions").and_then(|all| all.get(attribute));
            self.follow(&path, expression, 0, &mut found);
        }
        found
    }

    /// Follows all references of an expression, as they stand in a module.
    fn follow(&self, path: &str, expression: Option<&Json>, level: usize, found: &mut Vec<Referred>) {
        let references = expression.and_then(|expression| expression.get("references")?.as_array());
        for reference in references.into_iter().flatten().filter_map(Json::as_str) {
            self.follow_one(path, reference, level, found);
        }
    }

    fn follow_one(&self, path: &str, reference: &str, level: usize, found: &mut Vec<Referred>) {
        let parts: Vec<&str> = reference
            .split('.')
            .map(|part| part.split('[').next().unwrap_or(part))
            .collect();
        let referred = match parts.as_slice() {
            _ if level > DEEPEST => Referred::Other,
            ["var", name, ..] => {
                let Some((caller, call)) = path.rsplit_once("module.") else {
                    found.push(Referred::Other);
                    return;
                };
                let caller = caller.trim_end_matches('.');
                let call = self.calls.get(&(caller.to_owned(), call));
                let expression = call.and_then(|call| call.get("expressions")?.get(*name));
                return self.follow(caller, expression, level + 1, found);
            }
            // The same reference stands beside this one with the output that is asked for.
            ["module", _] => return,
            ["module", call, output, ..] => {
                let expression = self.calls.get(&(path.to_owned(), *call)).and_then(|call| {
                    let outputs = call.get("module")?.get("outputs")?;
                    outputs.get(*output)?.get("expression")
                });
                let dot = if path.is_empty() { "" } else { "." };
                return self.follow(&format!("{path}{dot}module.{call}"), expression, level + 1, found);
            }
            ["local" | "data" | "each" | "count" | "path" | "terraform", ..] => Referred::Other,
            [kind, name, ..] => Referred::Resource {
                module: path.to_owned(),
                kind: (*kind).to_owned(),
                name: (*name).to_owned(),
            },
            _ => Referred::Other,
        };
        if !found.contains(&referred) {
            found.push(referred);
        }
    }

    /// The Region of a resource's provider, where it is a constant or a variable of the root module; else the one that was
    /// given for providers that name none.
    pub(super) fn region(&self, module: &str, kind: &str, name: &str) -> Option<String> {
        let written = self.written(module, kind, name);
        written.or_else(|| self.elsewhere.map(ToOwned::to_owned))
    }

    fn written(&self, module: &str, kind: &str, name: &str) -> Option<String> {
        let key = self
            .resource(module, kind, name)?
            .get("provider_config_key")?
            .as_str()?;
        let provider = self.provider(key)?;
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

/// `module.a["x"].module.b[0]` as `module.a.module.b`.
pub(super) fn without_indexes(address: &str) -> String {
    let mut plain = String::with_capacity(address.len());
    let (mut within, mut quoted, mut escaped) = (false, false, false);
    for each in address.chars() {
        match (within, quoted) {
            (false, _) if each == '[' => within = true,
            (false, _) => plain.push(each),
            (true, true) if escaped => escaped = false,
            (true, true) if each == '\\' => escaped = true,
            (true, true) => quoted = each != '"',
            (true, false) if each == '"' => quoted = true,
            (true, false) => within = each != ']',
        }
    }
    plain
}
