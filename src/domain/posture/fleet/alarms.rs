//! Alarms on the two metrics that tell of a shrinking window. They are the writer instance's metrics.

use super::live::LiveCluster;

/// A metric of `AWS/RDS`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AlarmMetric {
    /// `BacktrackWindowActual`.
    Actual,
    /// `BacktrackWindowAlert`.
    Alert,
}

impl AlarmMetric {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Actual, Self::Alert];

    /// CloudWatch's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Actual => "BacktrackWindowActual",
            Self::Alert => "BacktrackWindowAlert",
        }
    }

    /// By CloudWatch's name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|metric| metric.as_str() == name)
    }
}

/// One alarm on one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// Its name.
    pub name: String,
    /// Which metric it watches.
    pub metric: AlarmMetric,
    /// Dimensions, as written.
    pub dimensions: Vec<(String, String)>,
    /// Its actions are on, and there is one for the state ALARM.
    pub acts: bool,
}

/// What watches a metric of a cluster. The later, the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AlarmState {
    /// No alarm.
    Missing,
    /// An alarm that tells nobody.
    Silent,
    /// An alarm with an action.
    Acting,
}

impl AlarmState {
    /// A word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Silent => "no_action",
            Self::Acting => "acting",
        }
    }
}

/// Both metrics of a cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alarms {
    /// On `BacktrackWindowActual`.
    pub actual: AlarmState,
    /// On `BacktrackWindowAlert`.
    pub alert: AlarmState,
}

impl Alarms {
    /// The best alarm on each metric that looks at this cluster.
    pub fn of(cluster: &LiveCluster, alarms: &[Alarm]) -> Self {
        let best = |metric| {
            alarms
                .iter()
                .filter(|alarm| alarm.metric == metric && alarm.watches(cluster))
                .map(|alarm| {
                    if alarm.acts {
                        AlarmState::Acting
                    } else {
                        AlarmState::Silent
                    }
                })
                .max()
                .unwrap_or(AlarmState::Missing)
        };
        Self {
            actual: best(AlarmMetric::Actual),
            alert: best(AlarmMetric::Alert),
        }
    }

    /// Whether an alarm by an instance could say more of a cluster than what is known of it without its instances.
    pub(super) fn hinge(cluster: &LiveCluster, alarms: &[Alarm]) -> bool {
        let known = Self::of(cluster, alarms);
        alarms.iter().any(|alarm| {
            let by_instance = alarm
                .dimensions
                .iter()
                .any(|(name, _)| name == "DBInstanceIdentifier");
            by_instance && known.on(alarm.metric) < AlarmState::Acting
        })
    }

    /// On one metric.
    pub fn on(self, metric: AlarmMetric) -> AlarmState {
        match metric {
            AlarmMetric::Actual => self.actual,
            AlarmMetric::Alert => self.alert,
        }
    }
}

impl Alarm {
    /// By the writer's instance, or by the cluster's id; a reader's metric of that name does not exist.
    fn watches(&self, cluster: &LiveCluster) -> bool {
        let writer = cluster
            .writer()
            .map(|writer| writer.id.as_str())
            .unwrap_or_default();
        let is = |value: &str, id: &str| !id.is_empty() && value.eq_ignore_ascii_case(id);
        let mut named = false;
        for (name, value) in &self.dimensions {
            match name.as_str() {
                "DBInstanceIdentifier" if is(value, writer) => named = true,
                "DBClusterIdentifier" | "DbClusterIdentifier" if is(value, &cluster.id) => named = true,
                "Role" if value.eq_ignore_ascii_case("WRITER") => {}
                _ => return false,
            }
        }
        named
    }
}
