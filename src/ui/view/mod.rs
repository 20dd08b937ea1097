//! Three renderings of the one narration: a screen, plain lines, JSON.
//!
//! A view cannot steer and cannot fail: where nobody reads any more, it falls silent.

mod json;
mod plain;
mod screen;
mod sink;
mod spinner;

pub use json::JsonView;
pub use plain::PlainView;
pub use screen::TerminalView;

#[cfg(test)]
mod tests;
