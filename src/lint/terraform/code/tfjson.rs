//! Terraform's JSON syntax: the same blocks, with templates in its texts.

use super::block::{Attribute, Block};
use super::keys::Keys;
use super::source::Source;
use crate::lint::Unreadable;
use crate::lint::terraform::strict;
use hcl_edit::expr::{Array, Expression, Object, ObjectKey, ObjectValue};
use hcl_edit::template::StringTemplate;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

/// An object with more keys than these costs more than it can tell.
const MOST_KEYS: usize = 4096;
/// What lies within these is a block, not an attribute.
const NESTED: [&str; 5] = [
    "lifecycle",
    "restore_to_point_in_time",
    "parameter",
    "required_providers",
    "provisioner",
];

/// The top-level blocks of a file.
pub(super) fn blocks(source: &Rc<Source>) -> Result<Vec<Block>, Unreadable> {
    let json = strict::parse(&source.text).map_err(|error| {
        let line = error.line().saturating_sub(1);
        let start: usize = source.text.split_inclusive('\n').take(line).map(str::len).sum();
        source.unreadable(
            format!("expected JSON: {error}"),
            start + error.column().saturating_sub(1),
        )
    })?;
    let Json::Object(root) = &json else {
        return Err(source.unreadable("expected an object of blocks".to_owned(), 0));
    };
    let reader = Reader {
        source,
        // A block's labels, and its attributes.
        keys: Keys::of(&source.text, 4),
    };
    let mut found = Vec::new();
    for (kind, json) in root {
        let labels = match kind.as_str() {
            "resource" | "data" => 2,
            "variable" | "module" | "provider" | "output" => 1,
            "locals" | "terraform" => 0,
            _ => continue,
        };
        reader
            .labelled(kind, labels, &mut Vec::new(), json, &mut found)
            .map_err(|message| source.unreadable(message, 0))?;
    }
    // In the order of the file, which an object of JSON does not keep.
    found.sort_by_key(|block| block.span.start);
    Ok(found)
}

struct Reader<'a> {
    source: &'a Rc<Source>,
    keys: Keys,
}

impl Reader<'_> {
    /// Blocks below as many labels; a list is several blocks under the same ones.
    fn labelled(
        &self,
        kind: &str,
        left: usize,
        labels: &mut Vec<String>,
        json: &Json,
        found: &mut Vec<Block>,
    ) -> Result<(), String> {
        match json {
            Json::Array(several) => {
                for one in several {
                    self.labelled(kind, left, labels, one, found)?;
                }
                Ok(())
            }
            Json::Object(fields) if left > 0 => {
                for (label, json) in fields.iter().filter(|(label, _)| *label != "//") {
                    labels.push(label.clone());
                    self.labelled(kind, left - 1, labels, json, found)?;
                    labels.pop();
                }
                Ok(())
            }
            Json::Object(fields) => {
                let path = || std::iter::once(kind).chain(labels.iter().map(String::as_str));
                let span = self.keys.find(path()).unwrap_or_default();
                found.push(self.block(kind, labels.clone(), fields, &span)?);
                Ok(())
            }
            Json::Null => Ok(()),
            _ => Err(format!("expected an object for `{kind}`, got {json}")),
        }
    }

    fn block(
        &self,
        kind: &str,
        labels: Vec<String>,
        fields: &Map<String, Json>,
        span: &Range<usize>,
    ) -> Result<Block, String> {
        let mut block = Block {
            kind: kind.to_owned(),
            labels,
            attributes: BTreeMap::new(),
            blocks: Vec::new(),
            source: Rc::clone(self.source),
            span: span.clone(),
            over: Vec::new(),
        };
        // Defaults are values, not expressions; so are a module's source and a list of names.
        let literal = matches!(kind, "variable" | "lifecycle" | "required_providers");
        for (name, json) in fields.iter().filter(|(name, _)| *name != "//") {
            if NESTED.contains(&name.as_str()) {
                self.labelled(name, 0, &mut Vec::new(), json, &mut block.blocks)?;
                continue;
            }
            if name == "dynamic" {
                self.labelled(name, 1, &mut Vec::new(), json, &mut block.blocks)?;
                continue;
            }
            if kind == "dynamic" && name == "content" {
                self.labelled(name, 0, &mut Vec::new(), json, &mut block.blocks)?;
                continue;
            }
            let path = [kind].into_iter().chain(block.labels.iter().map(String::as_str));
            let at = self.keys.find(path.chain([name.as_str()]));
            let attribute = Attribute {
                value: expression(json, literal)?,
                source: Rc::clone(self.source),
                span: at.unwrap_or_else(|| span.clone()),
            };
            block.attributes.insert(name.clone(), attribute);
        }
        Ok(block)
    }
}

/// A value of JSON as an expression: its texts are templates, unless they are meant literally.
pub(super) fn expression(json: &Json, literal: bool) -> Result<Expression, String> {
    Ok(match json {
        Json::Null => Expression::null(),
        Json::Bool(value) => Expression::from(*value),
        Json::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
            (Some(number), _, _) => Expression::from(number),
            (_, Some(number), _) => Expression::from(number),
            (_, _, Some(number)) => Expression::from(number),
            _ => Expression::null(),
        },
        Json::String(text) if literal || !(text.contains("${") || text.contains("%{")) => {
            Expression::from(text.clone())
        }
        Json::String(text) => {
            let template = hcl_edit::parser::parse_template(text)
                .map_err(|error| format!("expected a template in \"{text}\": {}", error.message()))?;
            Expression::from(StringTemplate::from(template))
        }
        Json::Array(items) => {
            let mut array = Array::new();
            for item in items {
                array.push(expression(item, literal)?);
            }
            Expression::from(array)
        }
        Json::Object(fields) if fields.len() > MOST_KEYS => {
            return Err(format!(
                "expected at most {MOST_KEYS} keys in one object, got {}",
                fields.len()
            ));
        }
        Json::Object(fields) => {
            let mut object = Object::new();
            for (key, value) in fields {
                let key = expression(&Json::String(key.clone()), literal)?;
                object.insert(
                    ObjectKey::Expression(key),
                    ObjectValue::new(expression(value, literal)?),
                );
            }
            Expression::from(object)
        }
    })
}
