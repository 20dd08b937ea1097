//! GetMetricData of a cluster's window. A hint beside the window itself: it is waited for shortly, and one that gave no
//! answer is not asked again.

use std::sync::atomic::Ordering;
use std::time::Duration;

use aws_sdk_cloudwatch::Client;
use aws_sdk_cloudwatch::types::{
    Dimension, Metric, MetricDataQuery, MetricDataResult, MetricStat, StatusCode,
};
use chrono::{DateTime, TimeDelta, Utc};

use crate::aws::connection::Clients;
use crate::aws::failure::failure;
use crate::aws::stamps::{from_wire, to_wire};
use crate::domain::known::Known;
use crate::domain::window_metrics::WindowMetrics;

const METRICS: &str = "GetMetricData";
/// The application may be paused while this is waited for.
const PATIENCE: Duration = Duration::from_millis(1500);
const HOUR: TimeDelta = TimeDelta::hours(1);
/// Seconds of a value: the rate is counted over five minutes.
const PERIOD_S: i32 = 300;

/// The past hour, by the service's clock as its last reply told it.
pub(super) async fn window(clients: &Clients, cluster: &str) -> Known<WindowMetrics> {
    let unknown = |why: &str| Known::Unknown(why.to_owned());
    let Some(cloudwatch) = &clients.cloudwatch else {
        return unknown("the lab plays no CloudWatch");
    };
    if clients.cloudwatch_is_silent.load(Ordering::Relaxed) {
        return unknown("it gave no answer before, and is not asked again");
    }
    let Some(now) = clients.endpoint.date() else {
        return unknown("no reply told the service's time");
    };
    match tokio::time::timeout(PATIENCE, asked(cloudwatch, cluster, now)).await {
        Ok(Ok(metrics)) => Known::Known(metrics),
        Ok(Err(why)) => {
            clients.cloudwatch_is_silent.store(true, Ordering::Relaxed);
            Known::Unknown(why)
        }
        Err(_) => {
            clients.cloudwatch_is_silent.store(true, Ordering::Relaxed);
            Known::Unknown(format!(
                "no answer of {METRICS} within {} ms",
                PATIENCE.as_millis()
            ))
        }
    }
}

async fn asked(cloudwatch: &Client, cluster: &str, now: DateTime<Utc>) -> Result<WindowMetrics, String> {
    let of_writer = [("DBClusterIdentifier", cluster), ("Role", "WRITER")];
    let of_cluster = [("DBClusterIdentifier", cluster)];
    let reply = cloudwatch
        .get_metric_data()
        .start_time(to_wire(now - HOUR))
        .end_time(to_wire(now))
        .metric_data_queries(query(
            "created",
            "BacktrackChangeRecordsCreationRate",
            "Average",
            &of_cluster,
        ))
        .metric_data_queries(query(
            "stored",
            "BacktrackChangeRecordsStored",
            "Maximum",
            &of_cluster,
        ))
        .metric_data_queries(query("alerts", "BacktrackWindowAlert", "Sum", &of_writer))
        .send()
        .await
        .map_err(|error| failure(METRICS, &error).to_string())?;
    let results = reply.metric_data_results();
    // Values that are only some of them, or forbidden, are none.
    let told = |id: &str| {
        let mut results = results.iter();
        results.find(|result| result.id() == Some(id) && result.status_code() == Some(&StatusCode::Complete))
    };
    // Newest first unless asked otherwise.
    let last = |id: &str| told(id)?.values().first().copied().and_then(whole);
    let alerts = told("alerts")
        .map(MetricDataResult::values)
        .filter(|values| !values.is_empty());
    Ok(WindowMetrics {
        created: last("created"),
        created_at: told("created").and_then(|result| from_wire(result.timestamps().first()?)),
        stored: last("stored"),
        alerts: alerts.and_then(|values| whole(values.iter().sum())),
        alert_values: alerts.and_then(|values| i64::try_from(values.len()).ok()),
    })
}

fn query(id: &str, metric: &str, statistic: &str, dimensions: &[(&str, &str)]) -> MetricDataQuery {
    let dimensions = dimensions
        .iter()
        .map(|(name, value)| Dimension::builder().name(*name).value(*value).build());
    let metric = Metric::builder()
        .namespace("AWS/RDS")
        .metric_name(metric)
        .set_dimensions(Some(dimensions.collect()))
        .build();
    let statistic = MetricStat::builder()
        .metric(metric)
        .period(PERIOD_S)
        .stat(statistic)
        .build();
    MetricDataQuery::builder().id(id).metric_stat(statistic).build()
}

/// A count, without its fraction.
fn whole(value: f64) -> Option<i64> {
    format!("{value:.0}").parse().ok()
}
