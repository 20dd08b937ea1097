//! The command line. Help text is documentation: it says what a command changes and how it ends.

mod command;
mod global;
mod lab;
mod lint;
mod locate;
mod moving;
mod posture;
mod reading;
mod region;
mod seek;

pub use command::{Cli, Command};
pub use global::{Global, Output};
pub use lab::{DrillArgs, EngineChoice, LabCommand, LabEngine, LabServeArgs, ShopCommand};
pub use lint::LintArgs;
pub use locate::LocateArgs;
pub use moving::{ForwardArgs, RecoverArgs, RunArgs, SearchArgs};
pub use posture::{PostureArgs, PostureFormat};
pub use reading::{CheckArgs, HistoryArgs, JournalCommand, RecordArgs, ReportArgs, ReportFormat, StatusArgs};
pub use seek::{BisectArgs, MarkArgs};
