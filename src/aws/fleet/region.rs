//! Everything of one Region: its lists side by side, its parameter groups while pages still come.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use aws_sdk_rds::Client;
use aws_sdk_rds::types::DbCluster;
use chrono::{DateTime, Utc};
use tokio::sync::Semaphore;

use super::account::{Clients, Fleet};
use super::groups::Groups;
use super::named::{Named, known};
use super::pace::Pace;
use super::progress::Progress;
use super::walk::Walker;
use super::{alarms, around, backtracks, clusters};
use crate::domain::event::ReadFailure;
use crate::domain::known::Known;
use crate::domain::posture::fleet::{Around, LiveCluster, Parameters, Reading, is_default};

/// Parameter groups, and backtracks, that are read at the same time.
const AT_ONCE: usize = 8;

impl Fleet {
    /// Reads a Region. `deep`: the last backtrack of each cluster that has a window too, by a call for each.
    pub async fn read(self, region: String, deep: bool, progress: Arc<Progress>) -> Reading {
        let Clients { rds, cloudwatch } = self.clients(&region);
        let pace = Arc::new(Pace::of_rds());
        let walker = Walker {
            pace: &pace,
            progress: &progress,
        };
        let groups = Groups {
            rds: rds.clone(),
            pace: Arc::clone(&pace),
            progress: Arc::clone(&progress),
            at_once: Arc::new(Semaphore::new(AT_ONCE)),
        };
        let watched = Pace::of_cloudwatch();
        let ((found, unread, groups), globals, upgrades, alarms) = tokio::join!(
            self.clusters(&region, walker, groups),
            around::globals(&rds, walker),
            around::upgrades(&rds, walker),
            async {
                match &cloudwatch {
                    None => Known::Unknown("the lab plays no CloudWatch".to_owned()),
                    Some(cloudwatch) => known(
                        alarms::all(
                            cloudwatch,
                            Walker {
                                pace: &watched,
                                progress: &progress,
                            },
                        )
                        .await,
                    ),
                }
            },
        );
        let listed = if deep {
            last_backtracks(&rds, &pace, &progress, &found).await
        } else {
            BTreeMap::new()
        };
        Reading {
            profile: self.profile,
            region,
            clusters: found,
            unread,
            around: Around {
                globals: known(globals),
                alarms,
                upgrades: known(upgrades),
                groups,
                backtracks: listed,
            },
        }
    }

    async fn clusters(
        &self,
        region: &str,
        walker: Walker<'_>,
        groups: Groups,
    ) -> (
        Vec<LiveCluster>,
        Option<ReadFailure>,
        BTreeMap<String, Known<Parameters>>,
    ) {
        let mut found: Vec<LiveCluster> = Vec::new();
        let mut seen = HashSet::new();
        let mut asked = HashSet::new();
        let mut reading = Named::new();
        let take = |page: Vec<DbCluster>| {
            walker.progress.read(page.len());
            for cluster in page {
                let cluster = clusters::cluster(cluster, self.profile.as_deref(), region);
                if !seen.insert(cluster.id.clone()) {
                    continue;
                }
                let group = cluster.parameter_group.clone();
                if let Some(group) = group.filter(|group| cluster.is_aurora_mysql() && !is_default(group))
                    && asked.insert(group.clone())
                {
                    reading.spawn(group.clone(), groups.clone().read(group));
                }
                found.push(cluster);
            }
        };
        let unread = clusters::all(&groups.rds, walker, take).await.err();
        (found, unread, reading.all().await)
    }
}

async fn last_backtracks(
    rds: &Client,
    pace: &Arc<Pace>,
    progress: &Arc<Progress>,
    clusters: &[LiveCluster],
) -> BTreeMap<String, Known<Option<DateTime<Utc>>>> {
    let at_once = Arc::new(Semaphore::new(AT_ONCE));
    let mut reading = Named::new();
    for cluster in clusters.iter().filter(|cluster| cluster.proven()) {
        let (rds, pace, progress) = (rds.clone(), Arc::clone(pace), Arc::clone(progress));
        let (at_once, id) = (Arc::clone(&at_once), cluster.id.clone());
        reading.spawn(cluster.id.clone(), async move {
            let _permit = at_once.acquire().await.ok();
            let walker = Walker {
                pace: &pace,
                progress: &progress,
            };
            backtracks::last(&rds, walker, &id).await
        });
    }
    reading.all().await
}
