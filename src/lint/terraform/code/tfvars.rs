//! Values that a root module's variables are given by files that Terraform reads by itself.

use super::declared::{body, ends, join};
use super::source::Source;
use super::tfjson::expression;
use crate::lint::Unreadable;
use crate::lint::terraform::strict;
use hcl_edit::expr::Expression;
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

/// What the files give.
#[derive(Debug, Default)]
pub(super) struct Given {
    pub(super) values: BTreeMap<String, Expression>,
    /// A file that could not be read: any variable may have another value.
    pub(super) broken: Option<String>,
}

/// Reads them in Terraform's order: `terraform.tfvars`, its JSON, then `*.auto.tfvars` of either form by name. A later
/// one wins.
pub(super) fn read(told: &str, dir: &Path, names: &[String], unreadable: &mut Vec<Unreadable>) -> Given {
    let mut given = Given::default();
    let automatic = names
        .iter()
        .map(String::as_str)
        .filter(|name| name.ends_with(".auto.tfvars") || name.ends_with(".auto.tfvars.json"));
    let first = ["terraform.tfvars", "terraform.tfvars.json"].into_iter();
    for name in first
        .filter(|name| names.iter().any(|each| each == name))
        .chain(automatic)
    {
        let read = Source::read(join(told, name), &dir.join(name)).and_then(|source| values(&source));
        match read {
            Ok(values) => given.values.extend(values),
            Err(fault) => {
                given.broken.get_or_insert_with(|| name.to_owned());
                unreadable.push(fault);
            }
        }
    }
    given
}

fn values(source: &Rc<Source>) -> Result<BTreeMap<String, Expression>, Unreadable> {
    if !ends(&source.name, ".json") {
        let (attributes, _) = body(source)?;
        return Ok(attributes
            .into_iter()
            .map(|(name, attribute)| (name, attribute.value))
            .collect());
    }
    let unreadable = |message: String| source.unreadable(message, 0);
    match strict::parse(&source.text) {
        Ok(Json::Object(fields)) => fields
            .iter()
            .map(|(name, json)| Ok((name.clone(), expression(json, true).map_err(unreadable)?)))
            .collect(),
        Ok(_) => Err(unreadable("expected an object of values".to_owned())),
        Err(error) => Err(unreadable(format!("expected JSON: {error}"))),
    }
}
