//! `locate`: the search through its public interface, and the command through the real binary.

mod classifier;
mod command;
mod dialects;
mod generated;
mod logs;
mod searching;
mod transactions;
