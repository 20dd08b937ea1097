//! `lint`'s reading of Terraform, by what the library finds in real files.

mod hostile;
mod named;
mod truth;
