//! Any bytes as replies of the service, through the real SDK: what a torn, foreign or hostile reply becomes is "not
//! known" or a refusal, and never a backtrack that nobody echoed.
#![no_main]

use std::sync::Arc;
use std::time::Duration;

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use backtrackctl::aws::{BacktrackOnce, Reads, Settings, connect_by};
use backtrackctl::domain::effect::Intent;
use backtrackctl::domain::event::Reply;
use backtrackctl::ports::{Backtracker, ClusterReads};
use chrono::{DateTime, TimeDelta};
use libfuzzer_sys::fuzz_target;

const CLUSTER: &str = "orders--drill";

/// The status that the first byte stands for.
const STATUS: [u16; 8] = [200, 200, 200, 200, 400, 403, 404, 500];

/// What carries every reply.
#[derive(Debug)]
struct Carrier {
    status: u16,
    body: Vec<u8>,
}

impl HttpConnector for Carrier {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let status = self.status.try_into().expect("a status");
        HttpConnectorFuture::ready(Ok(HttpResponse::new(status, SdkBody::from(self.body.clone()))))
    }
}

fuzz_target!(|data: &[u8]| {
    let Some((first, body)) = data.split_first() else {
        return;
    };
    let status = STATUS[usize::from(*first) % STATUS.len()];
    let carrier = SharedHttpConnector::new(Carrier {
        status,
        body: body.to_vec(),
    });
    let settings = Settings {
        lab: Some("http://127.0.0.1:1".to_owned()),
        ..Settings::default()
    };
    // Time stands still unless it is waited for: the pauses between attempts take none.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let carrier = http_client_fn(move |_, _| carrier.clone());
        let connection = connect_by(&settings, Arc::new(|_| ()), carrier)
            .await
            .expect("a lab's URL");
        let reads = Reads::new(connection.clone());
        // Failures of a read are values; what is listed is bounded, and of this cluster.
        if let Ok(look) = reads.look(CLUSTER).await {
            assert!(status == 200 && look.cluster.id.eq_ignore_ascii_case(CLUSTER));
        }
        if let Ok(glance) = reads.glance(CLUSTER).await {
            assert!(status == 200 && glance.records.len() <= 1000);
        }
        if let Ok(Some(record)) = reads.record(CLUSTER, "b-1").await {
            assert!(status == 200 && record.id.eq_ignore_ascii_case("b-1"));
        }
        let now = DateTime::from_timestamp(1_779_000_000, 0).expect("an instant");
        let intent = Intent {
            hop: 1,
            cluster: CLUSTER.to_owned(),
            to: now - TimeDelta::hours(1),
            force: false,
            intended_at: now,
            send_by: now + TimeDelta::seconds(10),
            seen: Vec::new(),
        };
        let once = BacktrackOnce::new(connection, Duration::from_secs(20), Arc::new(move || now));
        match once.backtrack(&intent).await {
            Reply::Accepted { record, .. } => {
                let text = String::from_utf8_lossy(body);
                assert!(
                    status == 200 && !record.id.is_empty() && text.contains(&record.id),
                    "{record:?}"
                );
            }
            Reply::Rejected { code, .. } => assert!((400..500).contains(&status) && !code.is_empty()),
            Reply::Ambiguous { what, .. } => assert!(!what.is_empty()),
            Reply::NotSent { why } => panic!("it was handed over: {why}"),
        }
    });
});
