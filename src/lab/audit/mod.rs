//! The audit log of a cluster's instances, as Aurora's Advanced Auditing writes it.
//!
//! What was run is kept as a trail; files are made from it when somebody asks for them. Four files an instance are written
//! at once, lines out of order within and across them; they are rotated, and go with age. A rewind takes none of it back:
//! the files lie on the instances, not in the storage.
//!
//! The log knows the shop's orders, careless statements of `/_lab/hurt`, and the heartbeat of each instance. What other
//! clients run on a real server is not in it.

mod file;
mod lines;
mod portion;
mod trail;

pub(crate) use file::{LogFile, files};
pub(crate) use lines::content;
pub(crate) use portion::portion;
pub(crate) use trail::Trail;
