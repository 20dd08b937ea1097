//! The file of a scenario as a whole.

use serde::Deserialize;

use super::super::faults::FaultRule;
use super::super::fleet::FleetPlan;
use super::cluster::ClusterPlan;
use super::copies::CopiesPlan;
use super::error::ScenarioError;
use super::rewind::RewindPlan;
use super::service::{Credentials, ServicePlan};

/// Everything about a lab that can be chosen. [`Scenario::default`] is the lab of a drill: one cluster,
/// `orders--drill`, 30 days old, with a window of 24 h and three hours of orders.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Scenario {
    /// The shop takes no orders when the lab starts.
    pub(crate) paused: bool,
    /// The Region in names and ARNs.
    pub(crate) region: String,
    pub(crate) service: ServicePlan,
    pub(crate) rewind: RewindPlan,
    pub(crate) copies: CopiesPlan,
    pub(crate) credentials: Option<Credentials>,
    /// The first is the shop's own: the one that the lab is named after.
    pub(crate) cluster: Vec<ClusterPlan>,
    /// Faults from the start, as `POST /_lab/faults` takes them.
    pub(crate) fault: Vec<FaultRule>,
    /// A fleet beside it, from a file of its own.
    #[serde(skip)]
    pub(crate) fleet: Option<FleetPlan>,
}

impl Default for Scenario {
    fn default() -> Self {
        Self {
            paused: false,
            region: "us-east-1".to_owned(),
            service: ServicePlan::default(),
            rewind: RewindPlan::default(),
            copies: CopiesPlan::default(),
            credentials: None,
            cluster: vec![ClusterPlan::default()],
            fault: Vec::new(),
            fleet: None,
        }
    }
}

impl Scenario {
    /// A scenario file with every key at its default, and what each is for.
    pub const COMMENTED: &str = include_str!("default.toml");

    /// Reads a scenario from TOML. Keys that are not given have the default's values.
    pub fn parse(text: &str) -> Result<Self, ScenarioError> {
        let scenario: Self = toml::from_str(text).map_err(|error| ScenarioError::text(text, &error))?;
        scenario.check()?;
        Ok(scenario)
    }

    /// The same with a fleet beside it, read from TOML.
    pub fn with_fleet(self, text: &str) -> Result<Self, ScenarioError> {
        let fleet: FleetPlan = toml::from_str(text).map_err(|error| ScenarioError::text(text, &error))?;
        fleet
            .check()
            .map_err(|(key, message)| ScenarioError::together(key, message))?;
        Ok(Self {
            fleet: Some(fleet),
            ..self
        })
    }

    fn check(&self) -> Result<(), ScenarioError> {
        self.rewind.check()?;
        if self.service.page_size == 0 {
            return Err(ScenarioError::together(
                "service.page_size",
                "expected at least 1, got 0",
            ));
        }
        if self.cluster.is_empty() {
            return Err(ScenarioError::together(
                "cluster",
                "expected at least one cluster, got none",
            ));
        }
        let mut names = Vec::new();
        for cluster in &self.cluster {
            cluster.check()?;
            names.push(cluster.id.as_str().to_owned());
            names.extend(cluster.members().into_iter().map(|member| member.id));
        }
        names.sort_unstable();
        if let Some([twice, _]) = names.array_windows().find(|[one, next]| one == next) {
            return Err(ScenarioError::together(
                "cluster",
                format!("expected one {twice:?}, got two"),
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Scenario, ScenarioError};

    fn place(text: &str) -> (usize, usize, String) {
        match Scenario::parse(text).unwrap_err() {
            ScenarioError::Text {
                line,
                column,
                message,
            } => (line, column, message),
            ScenarioError::Together { key, message } => panic!("{key}: {message}"),
        }
    }

    #[test]
    fn an_empty_file_is_the_default_drill() {
        let scenario = Scenario::parse("").unwrap();
        assert_eq!(scenario.cluster[0].id.as_str(), "orders--drill");
        assert_eq!(scenario.cluster[0].members()[1].id, "orders--drill-2");
        assert!(scenario.cluster[0].history_s >= 3 * 3_600);
    }

    #[test]
    fn the_commented_scenario_is_the_default_in_every_key() {
        let read = Scenario::parse(Scenario::COMMENTED).unwrap();
        assert_eq!(format!("{read:?}"), format!("{:?}", Scenario::default()));
    }

    #[test]
    fn an_unknown_key_is_refused_with_its_place() {
        let (line, column, message) = place("paused = true\n\n[rewind]\nvisible_ms = 1\n  speed = 3\n");
        assert_eq!((line, column), (5, 3), "{message}");
        assert!(message.contains("speed"), "{message}");
    }

    #[test]
    fn a_name_that_production_could_have_is_refused_with_its_place() {
        let (line, column, message) = place("[[cluster]]\nid = \"orders-prod\"\n");
        assert_eq!((line, column), (2, 6), "{message}");
        assert!(message.contains("two consecutive hyphens"), "{message}");
    }

    #[test]
    fn a_wrong_value_is_refused_with_its_place() {
        assert_eq!(place("paused = 3").0, 1);
        assert_eq!(place("[service]\n\nlist_order = \"random\"").0, 3);
        assert_eq!(
            place("[[fault]]\naction = \"*\"\nnth = 1\nfault = \"flood\"").0,
            4
        );
        assert_eq!(place("[service").0, 1);
    }

    #[test]
    fn values_that_contradict_each_other_are_refused() {
        for (text, key) in [
            ("[rewind]\nmoves_ms = 9000", "rewind.moves_ms"),
            ("[rewind]\napplying_ms = 5000", "rewind.applying_ms"),
            (
                "[[cluster]]\nwindow_s = 259201",
                "cluster orders--drill: window_s",
            ),
            (
                "[[cluster]]\norders_per_second = [0, 1]",
                "cluster orders--drill: orders_per_second",
            ),
            ("[[cluster]]\n[[cluster]]", "cluster"),
            ("cluster = []", "cluster"),
            ("[service]\npage_size = 0", "service.page_size"),
        ] {
            match Scenario::parse(text) {
                Err(ScenarioError::Together { key: got, .. }) => assert_eq!(got, key),
                other => panic!("{text}: {other:?}"),
            }
        }
    }

    #[test]
    fn every_switch_can_be_turned() {
        let text = r#"
            paused = true
            region = "eu-west-1"
            [service]
            page_size = 3
            list_order = "shuffled"
            status_case = "lower"
            first_status = "applying"
            stamps = "seconds"
            skew = "service"
            [rewind]
            visible_ms = 2000
            nearest = "before"
            nearest_s = 7
            echo = "effective"
            fractions = "refused"
            after_new_writes = "kept_branch"
            from_delay_ms = 900
            [copies]
            clone_ms = 4000
            clones_fail = true
            most_clusters = 3
            [credentials]
            access_key_id = "AKIDDRILL"
            expire_after_s = 900
            [[cluster]]
            id = "a--b"
            engine = "aurora-postgresql"
            status = "stopped"
            binlog_format = "ROW"
            global_cluster = "world"
            member = [{ id = "a--b-w", writer = true, status = "storage-optimization" }]
            earliest_jumps = [{ after_s = 30, keep_s = 60 }]
            tags = { owner = "drill" }
            [[cluster]]
            id = "c--d"
            [[fault]]
            action = "BacktrackDBCluster"
            nth = 1
            fault = "reset_after"
        "#;
        assert_eq!(Scenario::parse(text).unwrap().cluster.len(), 2);
    }
}
