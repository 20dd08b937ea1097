//! What is known of a cluster before it is judged.

/// One fact, as it could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fact<T> {
    /// Read.
    Known(T),
    /// Looked for, and not given: the service's default holds.
    Absent,
    /// It could not be read or decided; the text says why, as a fragment.
    Unknown(String),
}

impl<T> Fact<T> {
    /// What was read, if anything was.
    pub fn known(&self) -> Option<&T> {
        match self {
            Self::Known(value) => Some(value),
            Self::Absent | Self::Unknown(_) => None,
        }
    }
}

/// A window as it is written: the service takes whole seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Window {
    /// Seconds; 0 is off.
    Seconds(i64),
    /// Not a whole number, as written.
    Text(String),
}

/// What decides whether a cluster can be rewound.
#[derive(Clone, Debug)]
pub struct Setup {
    /// `Engine`.
    pub engine: Fact<String>,
    /// `EngineMode`; absent is `provisioned`.
    pub engine_mode: Fact<String>,
    /// `EngineVersion`, for example `8.0.mysql_aurora.3.08.0`; absent is the service's default.
    pub engine_version: Fact<String>,
    /// Its Region, where one is known and the list of Regions is to decide by it.
    pub region: Option<String>,
    /// `BacktrackWindow`.
    pub window: Fact<Window>,
    /// A member of a global database.
    pub global_member: Fact<bool>,
    /// It replicates from another cluster, or another from it, by binary log.
    pub replication: Fact<bool>,
    /// `binlog_format` other than OFF.
    pub binlog: Fact<bool>,
    /// `aurora_enhanced_binlog` = 1.
    pub enhanced_binlog: Fact<bool>,
    /// AWS names an earliest backtrack time: that wins over every list of Regions and versions.
    pub proven: bool,
}

impl Setup {
    /// Nothing is known but that it is there: every fact absent.
    pub fn bare() -> Self {
        Self {
            engine: Fact::Absent,
            engine_mode: Fact::Absent,
            engine_version: Fact::Absent,
            region: None,
            window: Fact::Absent,
            global_member: Fact::Absent,
            replication: Fact::Absent,
            binlog: Fact::Absent,
            enhanced_binlog: Fact::Absent,
            proven: false,
        }
    }
}
