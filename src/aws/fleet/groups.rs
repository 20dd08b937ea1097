//! DescribeDBClusterParameters of a custom group: what a person set there.

use std::sync::Arc;

use aws_sdk_rds::Client;
use tokio::sync::Semaphore;

use super::pace::Pace;
use super::progress::Progress;
use super::walk::Walker;
use crate::aws::lists::{self, PARAMETERS, Which};
use crate::domain::event::ReadFailure;
use crate::domain::posture::fleet::Parameters;

/// What every reader of a group shares.
#[derive(Clone)]
pub(super) struct Groups {
    pub(super) rds: Client,
    pub(super) pace: Arc<Pace>,
    pub(super) progress: Arc<Progress>,
    /// How many are read at the same time.
    pub(super) at_once: Arc<Semaphore>,
}

impl Groups {
    /// One group. What is not set is the engine's default: binlog is off.
    pub(super) async fn read(self, name: String) -> Result<Parameters, ReadFailure> {
        // Never closed, so there is always a permit at some time.
        let _permit = self.at_once.acquire().await.ok();
        let mut parameters = Parameters::default();
        let walker = Walker {
            pace: &self.pace,
            progress: &self.progress,
        };
        walker
            .walk(
                PARAMETERS,
                |marker| lists::parameters(&self.rds, &name, Which::Set, marker),
                |page| {
                    for parameter in page {
                        let value = parameter.parameter_value().unwrap_or_default();
                        match parameter.parameter_name().unwrap_or_default() {
                            "binlog_format" => {
                                parameters.binlog = !value.is_empty() && !value.eq_ignore_ascii_case("OFF");
                            }
                            "aurora_enhanced_binlog" => parameters.enhanced_binlog = value == "1",
                            _ => {}
                        }
                    }
                },
            )
            .await
            .map(|()| parameters)
    }
}
