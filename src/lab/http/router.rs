//! Which path is answered by whom, and the two clocks in every reply.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::map_response_with_state;
use axum::response::Response;
use axum::routing::{get, post};

use super::connection::Line;
use super::json::Refusal;
use super::station::Station;
use super::{api, control, shop};

const LAB_NOW: HeaderName = HeaderName::from_static("x-lab-now");

/// Everything that the lab answers.
pub(crate) fn service(station: Arc<Station>) -> IntoMakeServiceWithConnectInfo<Router, Line> {
    Router::new()
        .route("/", post(api::post))
        .route("/_lab/calls", get(control::calls))
        .route("/_lab/world", get(control::world))
        .route("/_lab/at", get(control::at))
        .route("/_lab/faults", post(control::faults))
        .route("/_lab/clock", post(control::clock))
        .route("/_lab/shop", post(control::shop))
        .route("/_lab/hurt", post(control::hurt))
        .route("/_lab/pool", post(control::pool))
        .route("/shop", get(shop::show))
        .route("/shop/pause", post(shop::pause))
        .route("/shop/resume", post(shop::resume))
        .route("/shop/check", get(shop::check))
        .fallback(|| async { Refusal::not_found("expected a path of the lab") })
        .method_not_allowed_fallback(|| async { Refusal::method() })
        .layer(map_response_with_state(Arc::clone(&station), show_clocks))
        .with_state(station)
        .into_make_service_with_connect_info()
}

async fn show_clocks(State(station): State<Arc<Station>>, mut response: Response) -> Response {
    let (lab, service) = station.times();
    let headers = response.headers_mut();
    // Both texts are plain ASCII, so neither can fail to be a header.
    if let Ok(now) = HeaderValue::try_from(lab.rfc3339_ms()) {
        headers.insert(LAB_NOW, now);
    }
    if let Ok(date) = HeaderValue::try_from(service.http_date()) {
        headers.insert(header::DATE, date);
    }
    response
}
