//! `locate`: the search through its public interface, and the command through the real binary.

mod adversarial;
mod classifier;
mod command;
mod dialects;
mod generated;
mod glances;
mod logs;
mod odd_input;
mod searching;
mod suggestions;
mod transactions;
