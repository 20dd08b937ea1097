//! Looking things up in mappings.

use super::domain::{Domain, TRIED};
use super::scope::Scope;
use super::value::Value;
use crate::lint::tree::Node;

/// Keys of a mapping that are tried one by one.
const KEYS: usize = 40;

impl<'t> Scope<'_, 't> {
    /// What `Fn::FindInMap` gives.
    pub(super) fn find_in_map(&self, argument: &'t Node) -> Value<'t> {
        let [map, first, second, more @ ..] = argument.items() else {
            return Value::Unknown("`Fn::FindInMap` is not given a map and two keys".to_owned());
        };
        let map = match self.value(map).into_text() {
            Ok(map) => map,
            Err(why) => return Value::Unknown(why),
        };
        let Some(mapping) = self.setting.catalog.mappings.get(map.as_str()).copied() else {
            return Value::Unknown(format!(
                "`Fn::FindInMap` names `{map}`, which is no mapping of this template"
            ));
        };
        if let Some(bringing) = mapping.entry("Fn::Transform") {
            return Value::Unknown(format!("`{}` gives mapping `{map}`", bringing.key));
        }
        let default = more.iter().find_map(|option| option.get("DefaultValue"));
        let found = self
            .key_of(mapping, first, default.is_some())
            .and_then(|row| self.key_of(row, second, default.is_some()));
        match (found, default) {
            (Ok(found), _) => self.value(found),
            (Err(Missing::Unknown(why)), _) => Value::Unknown(why),
            (Err(Missing::Key(_)), Some(default)) => self.value(default),
            (Err(Missing::Key(key)), None) => Value::Unknown(format!("mapping `{map}` has no key `{key}`")),
        }
    }

    /// The entry of a mapping whose key is an expression. Where that is undecided, each key is an answer; and where there is
    /// a default, every other value is one more. Without one a deployment with another value is refused.
    fn key_of(&self, map: &'t Node, key: &'t Node, defaulted: bool) -> Result<&'t Node, Missing> {
        let value = self.value(key);
        let Some(name) = value.decided_by().map(str::to_owned) else {
            let key = value.into_text().map_err(Missing::Unknown)?;
            let found = self.look(map, &key).map_err(Missing::Unknown)?;
            return found.ok_or(Missing::Key(key));
        };
        let keys = map.entries();
        let domain = self.domain(&name);
        // What is one of a few was noted when it was evaluated.
        if matches!(&domain, Domain::Few(values) if values.len() <= TRIED) || keys.len() > KEYS {
            return Err(Missing::Unknown(value.into_text().err().unwrap_or_default()));
        }
        let (within, rest) = domain.parted(keys.iter().map(|entry| &*entry.key));
        if within.is_empty() {
            return Err(Missing::Key("another value".to_owned()));
        }
        let rest = rest.filter(|_| defaulted);
        let rest = rest.map(|rest| ("another value".to_owned(), rest));
        self.part(&name, within.into_iter().chain(rest).collect());
        Err(Missing::Unknown(value.into_text().err().unwrap_or_default()))
    }
}

/// Why a value of a mapping is not to be had.
enum Missing {
    Key(String),
    Unknown(String),
}
