//! The lab: an Aurora that can be hurt.
//!
//! An HTTP server on loopback that plays the RDS API (and STS's GetCallerIdentity) for clusters whose data really
//! goes back. Any AWS client can talk to it. It imports nothing of the rest of the crate: sharing types would share
//! bugs. It never opens a door off the loopback, and its clusters have names that RDS forbids.
//!
//! Nothing ticks in it. Each request moves the world up to the lab's time, so hours pass at once when its clock is
//! moved (`POST /_lab/clock`). For one seed everything is the same, apart from the start and the ids.
//!
//! So it is on the `memory` engine. On `mariadb` the rows are a private server's, time is the machine's and cannot be
//! moved, history starts with the lab, and a rewind goes to the last instant that was kept: the start of a second.
//!
//! # What the lab assumes and AWS does not document
//!
//! Each is an open question until a live drill settles it. The switch in the scenario file changes it;
//! [`Scenario::COMMENTED`] has them all.
//!
//! | The lab | Switch |
//! | --- | --- |
//! | takes "the nearest consistent time" to be the target itself | `rewind.nearest`, `nearest_s` |
//! | honours a fraction of a second in a target | `rewind.fractions` |
//! | echoes the requested target as the record's `BacktrackTo`, whole seconds without a fraction | `rewind.echo` |
//! | answers `PENDING` first, then upper case, as the one published record has it | `service.first_status`, `status_case` |
//! | shows the record 0.3 s after the request, and an `available` cluster until 0.6 s | `rewind.visible_ms`, `backtracking_ms` |
//! | leaves `BacktrackedFrom` out until the data has moved | `rewind.moves_ms`, `from_delay_ms` |
//! | takes no order while the cluster says `backtracking`; what came before the move is rewound with the rest | `rewind.backtracking_ms` |
//! | opens the writer before the readers, both after the cluster says `available` | `rewind.cluster_ms`, `writer_ms`, `readers_ms` |
//! | gives an instant the meaning of what the database showed at it, even when that was undone and there are new writes since; `BacktrackedFrom` is the last instant of what was left | `rewind.after_new_writes` |
//! | lists the newest backtrack first, and keeps all | `service.list_order`, `page_size` |
//! | keeps the earliest time at now less the window, whatever is rewound | `cluster.earliest_jumps` |
//! | lets a backtrack through whose target left the window after it was accepted | none |
//! | takes another backtrack as soon as record and cluster are done, members or not | `rewind.cluster_ms`, `completed_ms` |
//! | makes a failed backtrack an outage without a move of data | fault `fail_backtrack` |
//! | refuses too early, future and malformed targets with InvalidParameterValue; binlog without Force, a window of 0 and Serverless v1 with InvalidParameterCombination; a global cluster, a replica, a cluster that is not available and one that is backtracking with InvalidDBClusterStateFault | faults of kind `error` |
//! | leaves `BacktrackWindow` and `EarliestBacktrackTime` out where backtrack is off | none |
//! | reads a target without a zone as UTC, as AWS's own clients do | none |
//! | has a service whose stamps agree with the lab's time while only `Date` is skewed | `service.skew` |
//! | lets a source be `available` while it is cloned, and `backing-up` while a snapshot is taken of it | none |
//! | shows the tags of a clone at once | `copies.tags_ms` |
//! | takes a new instance only once its cluster is available | none |
//! | writes "shutdown" and "restarted" events of instances, and none of the backtrack itself | none |
//! | stamps an audit line with the instant of the statement's commit, and lets it reach its file up to 0.8 s later | `logs.lag_ms` |
//! | names audit files by the minute at which they begin, and renames none when it rotates | `logs.rotate_s`, `rotate_at_download` |
//! | ends a portion with a whole line where it would be longer than 1 MB | `logs.truncates` |
//! | says of a failover what AWS documents: an event of the cluster that names the new writer | `failed_over_s` |
//!
//! # What it does not play
//!
//! Of log files it has the audit log alone, with the shop's orders and `/_lab/hurt`; what other clients run on a real server is
//! not in it, and general and slow logs are off. Signatures are not checked. A dropped table refuses orders until a rewind brings it back. Blue/green
//! deployments and maintenance are empty lists. The shop writes to every cluster of the scenario and to no clone; pausing it
//! pauses all. Of RestoreDBClusterToPointInTime copy-on-write alone is played, without the fifteen-clone rule; nothing is
//! restored from a snapshot; the shop's own cluster cannot be deleted. Orders and receipts older than the window and an hour are forgotten as rows, and kept as sums.

mod actions;
mod audit;
mod backtrack;
mod calls;
mod clock;
mod cluster;
mod data;
mod engine;
mod faults;
mod fleet;
mod http;
mod identity;
mod inside;
mod mariadb;
mod moment;
mod orders;
mod scenario;
mod seed;
mod shop;
mod snapshot;
mod start;
mod table;
mod timeline;
mod wire;
mod world;

pub use engine::Engine;
pub use inside::InsideLab;
pub use mariadb::MariadbError;
pub use scenario::{Scenario, ScenarioError};
pub use start::{Lab, LabError, LabHandle, LabOptions};
