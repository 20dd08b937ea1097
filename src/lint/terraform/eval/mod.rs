//! What Terraform's expressions come to, as far as files can tell.
//!
//! Three ends: a value; a value that is not known, with the expression that is to blame; a fault, where Terraform
//! itself would refuse. `try` and `can` see faults alone.

mod choice;
mod collection;
mod convert;
mod expression;
mod format;
mod function;
mod iterate;
mod map;
mod number;
mod operate;
mod range;
mod reference;
mod scope;
mod set;
mod template;
mod text;

pub(super) use convert::convert;
pub(super) use expression::eval;
pub(super) use iterate::entries;
pub(super) use scope::{By, Each, Fault, Frame, Scope, Sum};

/// An expression's value, or that Terraform would refuse it.
pub(super) type Evaluated = Result<super::value::Value, Fault>;
