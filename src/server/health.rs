//! `/healthz`, `/metrics`, `/openapi.json`.

use crate::server::metrics::Gauges;
use crate::server::openapi;
use crate::server::problem::Fault;
use crate::server::state::Server;
use axum::Json;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// The server answers.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::server) struct Health {
    /// Always `ok`.
    status: &'static str,
}

/// Whether the server answers. Needs no token, and says nothing about anybody.
#[utoipa::path(
    get,
    path = "/healthz",
    tag = "server",
    security(()),
    responses((status = 200, description = "It answers", body = Health)),
)]
pub(in crate::server) async fn healthz() -> Json<Health> {
    Json(Health { status: "ok" })
}

/// Counters for Prometheus.
#[utoipa::path(
    get,
    path = "/metrics",
    tag = "server",
    responses(
        (status = 200, description = "Counters", body = String, content_type = "text/plain"),
        (status = 401, description = "Not the token"),
        (status = 429, description = "Too many questions at once"),
    ),
)]
pub(in crate::server) async fn metrics(
    State(server): State<Arc<Server>>,
) -> Result<Response, Fault> {
    let applicants = server.ask(|memory, _| Ok(memory.num_applicants()?)).await?;
    let (waiting, reading) = server.jobs.counts();
    let gauges = Gauges {
        waiting,
        reading,
        applicants,
    };
    let mut text = server.metrics.text(&gauges);
    if let Some(sender) = &server.sender {
        text += &sender.metrics();
    }
    let kind = [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")];
    Ok((kind, text).into_response())
}

/// This document.
#[utoipa::path(
    get,
    path = "/openapi.json",
    tag = "server",
    responses(
        (status = 200, description = "The document", body = Object),
        (status = 401, description = "Not the token"),
    ),
)]
pub(in crate::server) async fn openapi() -> Response {
    Json(openapi::document()).into_response()
}
