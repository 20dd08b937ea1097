//! The command line, and the composition root: the only place where ports meet adapters. One file a command.

mod again;
mod args;
mod bisect;
mod check;
mod conduct;
mod database;
mod desk;
mod drill;
mod estimate;
mod failure;
mod first_look;
mod forward;
mod history;
mod holds;
mod journal;
mod lab;
mod lint;
mod locate;
mod logbook;
mod logs;
mod main;
mod mark;
mod opening;
mod past;
mod person;
mod posture;
mod print;
mod record;
mod recover;
mod report;
mod run;
mod signals;
mod status;
mod voice;

pub use main::main;
