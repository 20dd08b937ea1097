//! Which Region a resource is in: its own word, or its provider's.

use super::block::Block;
use super::nested::attribute;
use super::world::World;
use crate::lint::terraform::eval::{Each, Scope};
use crate::lint::terraform::value::Value;
use hcl_edit::expr::Expression;

/// A provider's configuration: the instance of a module that has it, and its name there.
pub(super) type Provider = (usize, String);

/// The Region of a resource: written, or else the one that was told for what is not written; null where nothing says it.
pub(super) fn region(world: &World, block: &Block, at: Scope<'_>) -> Value {
    let own = attribute(world, block, "region", at);
    if !own.is_null() {
        return own;
    }
    let (number, name) = provider(world, block, at.instance);
    let instance = world.instance(number);
    let written = instance
        .module
        .providers
        .get(&name)
        .map_or_else(Value::null, |provider| {
            attribute(world, provider, "region", Scope::new(number, &Each::One))
        });
    match &world.regions.named {
        Some(region) if written.as_text().is_none() => Value::text(region.clone()),
        Some(_) | None => written,
    }
}

/// The provider that a resource uses: where it is configured, or, where it is configured nowhere, up to where that was
/// looked for.
pub(super) fn provider(world: &World, block: &Block, number: usize) -> Provider {
    let name = block.value("provider").map_or_else(|| "aws".to_owned(), name);
    configured(world, number, name)
}

/// Looks for a provider's configuration, up through the calls that hand it down.
fn configured(world: &World, mut number: usize, mut name: String) -> Provider {
    loop {
        let instance = world.instance(number);
        if instance.module.providers.contains_key(&name) {
            return (number, name);
        }
        let Some((parent, call, _)) = &instance.call else {
            return (number, name);
        };
        let caller = world.instance(*parent);
        let handed = caller
            .module
            .calls
            .get(call)
            .and_then(|block| block.value("providers"))
            .and_then(Expression::as_object)
            .and_then(|handed| {
                handed.iter().find_map(|(key, value)| {
                    let key = match key.as_expr() {
                        Some(expression) => self::name(expression),
                        None => key.as_ident().map(ToString::to_string).unwrap_or_default(),
                    };
                    (key == name).then(|| self::name(value.expr()))
                })
            });
        match handed {
            Some(other) => name = other,
            // Only a default configuration goes down by itself.
            None if !name.contains('.') => {}
            None => return (number, name),
        }
        number = *parent;
    }
}

/// `aws.west`, by syntax alone: it is no expression.
fn name(expression: &Expression) -> String {
    expression.as_str().map_or_else(
        || expression.to_string().split_whitespace().collect(),
        ToOwned::to_owned,
    )
}
