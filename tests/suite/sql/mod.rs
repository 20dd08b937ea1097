//! SQL in runbooks, through the real program against a real server: what is asked, who is there, who is ended.

mod bench;
mod checks;
mod recorded;
mod refusals;
mod sessions;
