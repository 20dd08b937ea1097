//! Where a resource is: names are known within one Region of one account, which is what a provider's configuration stands
//! for.

use super::block::Block;
use super::provider::{Provider, provider, region};
use super::world::World;
use crate::lint::terraform::eval::Scope;
use crate::lint::terraform::value::Value;

/// A provider's configuration, and the Region.
#[derive(Clone, Debug)]
pub(super) struct Home {
    provider: Provider,
    /// The Region that the resource names itself.
    own: Value,
    pub(super) region: Value,
}

/// Whether what one resource calls by its name can be another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Near {
    /// In the same Region, of the same account.
    Same,
    /// Of another provider, or in a Region that is not known: perhaps.
    Perhaps,
    /// In another Region.
    Other,
}

impl Home {
    pub(super) fn of(world: &World, block: &Block, at: Scope<'_>) -> Self {
        Self {
            provider: provider(world, block, at.instance),
            own: super::nested::attribute(world, block, "region", at),
            region: region(world, block, at),
        }
    }

    pub(super) fn near(&self, other: &Self) -> Near {
        let known = self.region.as_text().zip(other.region.as_text());
        if known.is_some_and(|(one, other)| one != other) {
            return Near::Other;
        }
        let own = (self.own.is_null() && other.own.is_null()) || known.is_some();
        if self.provider == other.provider && own {
            Near::Same
        } else {
            Near::Perhaps
        }
    }

    /// The same of a Region that is written in an ARN.
    pub(super) fn is_in(&self, region: &str) -> bool {
        self.region.as_text().is_none_or(|own| own == region)
    }
}
