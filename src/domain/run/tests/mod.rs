//! The machine proven: an exhaustive walk over it, and its roads told one by one.

mod after_request;
mod copying;
mod exits;
mod exploration;
mod explore;
mod key;
mod operator;
mod promises;
mod protocol;
mod reconciling;
mod recovery;
mod results;
mod road;
mod searching;
mod settling;
mod state_key;
mod story;
mod table;
mod witness;
mod world;
