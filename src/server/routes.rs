//! Who may ask what.

use crate::server::problem::Fault;
use crate::server::receive::drain;
use crate::server::state::Server;
use crate::server::{applicants, clusters, health};
use axum::Router;
use axum::extract::{DefaultBodyLimit, MatchedPath, Request, State};
use axum::http::StatusCode;
use axum::http::header::{AUTHORIZATION, CACHE_CONTROL, HeaderValue};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use std::sync::Arc;
use std::time::Instant;
use tower_http::catch_panic::CatchPanicLayer;

/// The only path that is open.
const OPEN: &str = "/healthz";

/// Every route; `/openapi.json` lists the same ones.
pub(in crate::server) fn router(server: &Arc<Server>) -> Router {
    let most = usize::try_from(server.limits.body).unwrap_or(usize::MAX);
    Router::new()
        .route("/v1/applicants", post(applicants::post))
        .route(
            "/v1/applicants/{id}",
            get(applicants::get).delete(applicants::delete),
        )
        .route("/v1/applicants/{id}/evidence", get(applicants::evidence))
        .route("/v1/clusters", get(clusters::get))
        .route(OPEN, get(health::healthz))
        .route("/metrics", get(health::metrics))
        .route("/openapi.json", get(health::openapi))
        .fallback(nothing)
        .method_not_allowed_fallback(not_so)
        .layer(DefaultBodyLimit::max(most))
        .layer(CatchPanicLayer::custom(|_| Fault::ours().into_response()))
        .layer(from_fn_with_state(Arc::clone(server), admit))
        .layer(from_fn_with_state(Arc::clone(server), count))
        .with_state(Arc::clone(server))
}

async fn nothing() -> Fault {
    Fault::new(
        StatusCode::NOT_FOUND,
        "there is no such path; /openapi.json lists them",
    )
}

async fn not_so() -> Fault {
    Fault::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "the path does not take this method",
    )
}

/// Lets in who has the token.
async fn admit(State(server): State<Arc<Server>>, request: Request, next: Next) -> Response {
    if request.uri().path() == OPEN {
        return next.run(request).await;
    }
    let presented = request
        .headers()
        .get(AUTHORIZATION)
        .map(HeaderValue::as_bytes);
    let is_let_in = presented
        .and_then(bearer)
        .is_some_and(|t| server.token.is(t));
    if !is_let_in {
        drain(request).await;
        return Fault::new(
            StatusCode::UNAUTHORIZED,
            "send the server's token: `Authorization: Bearer …`",
        )
        .into_response();
    }
    let mut response = next.run(request).await;
    // People's data: no cache on the way may keep it.
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// The token of a header; the scheme's case does not matter (RFC 9110).
fn bearer(header: &[u8]) -> Option<&[u8]> {
    let (scheme, token) = header.split_at_checked(7)?;
    scheme
        .eq_ignore_ascii_case(b"bearer ")
        .then(|| token.trim_ascii())
}

async fn count(State(server): State<Arc<Server>>, request: Request, next: Next) -> Response {
    let start = Instant::now();
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or_else(|| "other".to_owned(), |route| route.as_str().to_owned());
    let method = request.method().clone();
    let response = next.run(request).await;
    let (status, time) = (response.status(), start.elapsed());
    server.metrics.request(&route, &method, status, time);
    response
}
