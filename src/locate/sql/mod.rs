//! Reading SQL text: what its statements destroy, by a hand-written lexer and no knowledge of the schema.

mod comparison;
mod cursor;
mod ddl;
mod dml;
mod glance;
mod insert;
mod judge;
mod key;
mod lexer;
mod operand;
mod part;
mod predicate;
mod references;
mod row;
mod session;
mod statement;
mod token;

pub use cursor::Table;
pub use glance::{Glance, glance};
pub use lexer::Lexer;
pub use part::{Damage, Edge, Part, Tables};
pub use session::unquoted;
pub use statement::read;
pub use token::{Kind, Token};
