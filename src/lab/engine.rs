//! What keeps the rows of a lab: memory, or real servers.

use super::clock::Clock;
use super::data::DataPlane;
use super::mariadb::{Binary, MariadbError, Plane, Start};
use super::scenario::Scenario;

/// The engine of a lab.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Engine {
    /// A timeline of orders in memory: hours of history at once, and a clock that can be moved.
    #[default]
    Memory,
    /// A private MariaDB server for each cluster: real rows, in real time, for any MySQL client.
    Mariadb,
}

impl Engine {
    /// `mariadb 10.11.14`: the server program of this machine, for people.
    ///
    /// # Errors
    /// There is none; the text says how to get one.
    pub fn mariadb() -> Result<String, MariadbError> {
        Binary::find().map(|binary| binary.name())
    }

    /// Storage for each cluster of the scenario; none where the clusters keep their own, in memory.
    pub(super) fn storage(
        self,
        clock: &Clock,
        scenario: &Scenario,
    ) -> Result<Option<Vec<Box<dyn DataPlane>>>, MariadbError> {
        if self == Self::Memory {
            return Ok(None);
        }
        let start = Start {
            clock: clock.clone(),
            binary: Binary::find()?,
            rule: scenario.rewind.after_new_writes,
        };
        let each = scenario.cluster.iter().map(|_| {
            let plane = Plane::open(start.clone())?;
            Ok(Box::new(plane) as Box<dyn DataPlane>)
        });
        each.collect::<Result<_, _>>().map(Some)
    }
}
