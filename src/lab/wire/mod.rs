//! The RDS Query protocol (2014-10-31): form bodies in, XML out.
//!
//! It knows how requests and replies are written, and nothing of what they mean.

mod errors;
mod page;
mod query;
mod xml;

pub(crate) use errors::ApiError;
pub(crate) use page::page;
pub(crate) use query::{Filter, Query};
pub(crate) use xml::{Element, Protocol};
