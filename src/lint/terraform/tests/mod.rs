//! Expressions, held against what Terraform itself says of them.

mod expressions;
mod numbers;
mod properties;
