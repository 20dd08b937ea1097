//! The traits that the engine needs, in this program's terms. Adapters implement them; nothing here names the SDK.

mod application;
mod clock;
mod cluster;
mod copies;
mod database;
mod interrupts;
mod journal;
mod operator;
mod view;

pub use application::{Application, Moment};
pub use clock::Clock;
pub use cluster::{Backtracker, ClusterReads, Glance, Look};
pub use copies::{Copies, CopyPart, CopySeen, FoundCopy, Made};
pub use database::{Address, Database, DatabaseDoor, Secret, Sessions};
pub use interrupts::Interrupts;
pub use journal::{AppendError, RunJournal};
pub use operator::{Asked, Attestation, Operator, Purpose};
pub use view::View;
