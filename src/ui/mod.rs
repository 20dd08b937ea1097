//! Everything that people read and type: views of the narration, prompts, tables.
//!
//! It decides nothing about a run and never speaks to the service. Drawing is done here and nowhere else.

mod aside;
mod ask;
mod data;
mod drawing;
mod layout;
mod line;
mod moment;
mod operator;
mod prompts;
mod render;
mod style;
mod table;
mod tty;
mod view;
mod wrap;

#[cfg(test)]
mod testing;

pub use aside::aside;
pub use ask::{ask_line, choose};
pub use data::{Data, lost};
pub use layout::lay;
pub use line::{Line, Paint, clean};
pub use operator::{PreconfirmedOperator, TerminalOperator, UnattendedOperator, Zones};
pub use prompts::Prompts;
pub use render::{findings, render};
pub use style::{ColourChoice, Device, Follow, Style, Surroundings};
pub use table::{table, table_keeping};
pub use tty::restore_terminal;
pub use view::{JsonView, PlainView, TerminalView};
