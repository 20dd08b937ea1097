//! DescribeAlarms: which alarms look at the window of a cluster, and whether they tell anybody.

use aws_sdk_cloudwatch::Client;
use aws_sdk_cloudwatch::types::{AlarmType, Dimension, MetricAlarm};

use super::walk::Walker;
use crate::aws::bound;
use crate::aws::failure::failure;
use crate::aws::pages::Page;
use crate::domain::event::ReadFailure;
use crate::domain::posture::fleet::{Alarm, AlarmMetric};

const ALARMS: &str = "DescribeAlarms";
const NAMESPACE: &str = "AWS/RDS";

/// Alarms on the two metrics, of every cluster of the Region.
pub(super) async fn all(cloudwatch: &Client, walker: Walker<'_>) -> Result<Vec<Alarm>, ReadFailure> {
    let mut alarms = Vec::new();
    walker
        .walk(
            ALARMS,
            |marker| async {
                cloudwatch
                    .describe_alarms()
                    .alarm_types(AlarmType::MetricAlarm)
                    .max_records(100)
                    .set_next_token(marker)
                    .send()
                    .await
                    .map(|reply| Page::new(reply.metric_alarms, reply.next_token))
                    .map_err(|error| failure(ALARMS, &error))
            },
            |page| alarms.extend(page.iter().flat_map(of)),
        )
        .await
        .map(|()| alarms)
}

/// An alarm on one metric, or on an expression over several: each counts.
fn of(alarm: &MetricAlarm) -> Vec<Alarm> {
    let acts = alarm.actions_enabled() != Some(false) && !alarm.alarm_actions().is_empty();
    let one = |namespace: Option<&str>, metric: Option<&str>, dimensions: &[Dimension]| {
        let metric = metric.and_then(AlarmMetric::named)?;
        (namespace == Some(NAMESPACE)).then(|| Alarm {
            name: bound::name(alarm.alarm_name().unwrap_or_default()),
            metric,
            dimensions: dimensions
                .iter()
                .map(|dimension| {
                    (
                        dimension.name().unwrap_or_default().to_owned(),
                        bound::name(dimension.value().unwrap_or_default()),
                    )
                })
                .collect(),
            acts,
        })
    };
    let single = one(alarm.namespace(), alarm.metric_name(), alarm.dimensions());
    let several = alarm.metrics().iter().filter_map(|query| {
        let metric = query.metric_stat()?.metric()?;
        one(metric.namespace(), metric.metric_name(), metric.dimensions())
    });
    single.into_iter().chain(several).collect()
}
