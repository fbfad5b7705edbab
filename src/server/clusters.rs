//! `/v1/clusters`: everybody in the index as one scan of them all, as `samehand index report` does it.
//!
//! That takes long in a large index, so it is made by one thread at a time, everybody who asks meanwhile gets the same one,
//! and it is kept until the index changes. Where applicants come in faster than that, the last one is given as long as it is
//! no older than [`FRESH`]; `as_of` says when it was made.

use crate::pipeline::Silent;
use crate::report::ClusterEntry;
use crate::server::problem::Fault;
use crate::server::state::{Server, now};
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::{LOCATION, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tokio::time::timeout;
use utoipa::ToSchema;

/// How long clusters are given after the index has changed.
const FRESH: Duration = Duration::from_secs(60);

/// The clusters of everybody.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Clusters)]
pub(in crate::server) struct Found {
    /// When they were made, RFC 3339.
    as_of: String,
    /// How many applicants were compared.
    applicants: usize,
    /// The clusters, as in a report; the evidence that they name stands in the reports about their members.
    #[schema(value_type = Vec<Object>)]
    clusters: Vec<ClusterEntry>,
}

/// What is known of the clusters.
#[derive(Default)]
pub(in crate::server) struct Clusters(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    last: Option<Last>,
    making: Option<watch::Receiver<Option<bool>>>,
    /// How often somebody was deleted.
    deleted: u64,
}

#[derive(Clone)]
struct Last {
    found: Arc<Found>,
    version: i64,
    made: Instant,
}

impl Clusters {
    /// Forgets them: somebody was deleted.
    pub fn forget(&self) {
        let mut inner = self.inner();
        inner.last = None;
        inner.deleted += 1;
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The clusters of everybody in the index.
#[utoipa::path(
    get,
    path = "/v1/clusters",
    tag = "clusters",
    responses(
        (status = 200, description = "The clusters", body = Found),
        (status = 202, description = "They are being made: ask again", body = Making, headers(("Location" = String, description = "This path"), ("Retry-After" = u64, description = "Seconds"))),
        (status = 401, description = "Not the token"),
        (status = 429, description = "Too many questions at once"),
        (status = 500, description = "The server could not do it"),
    ),
)]
pub(in crate::server) async fn get(State(server): State<Arc<Server>>) -> Result<Response, Fault> {
    let version = server.version().await?;
    let last = server.clusters.inner().last.clone();
    if let Some(last) = last
        && (last.version == version || last.made.elapsed() < FRESH)
    {
        return Ok(Json(&*last.found).into_response());
    }
    let mut making = make(&server, version);
    // Not made in time is told by what is known then.
    let _ = timeout(server.limits.wait, making.wait_for(Option::is_some)).await;
    let is_made = *making.borrow();
    let last = server.clusters.inner().last.clone();
    match (is_made, last) {
        (Some(true), Some(last)) => Ok(Json(&*last.found).into_response()),
        (Some(false), _) => Err(Fault::ours()),
        // Somebody was deleted meanwhile, or it takes longer.
        _ => {
            let headers = [(LOCATION, "/v1/clusters"), (RETRY_AFTER, "2")];
            Ok((StatusCode::ACCEPTED, headers, Json(Making::default())).into_response())
        }
    }
}

/// The clusters are being made.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::server) struct Making {
    /// Always `reading`.
    state: &'static str,
}

impl Default for Making {
    fn default() -> Self {
        Self { state: "reading" }
    }
}

/// Begins to make them, unless somebody does already.
fn make(server: &Arc<Server>, version: i64) -> watch::Receiver<Option<bool>> {
    let mut inner = server.clusters.inner();
    if let Some(making) = &inner.making {
        return making.clone();
    }
    let (done, making) = watch::channel(None);
    inner.making = Some(making.clone());
    drop(inner);
    let server = Arc::clone(server);
    tokio::spawn(async move {
        let made = server.away(move |server| {
            let deleted = server.clusters.inner().deleted;
            let mut memory = server.open()?;
            memory.begin(now());
            let report = memory.report(&Silent)?;
            server.witness.shown(&report)?;
            let found = Found {
                as_of: now(),
                applicants: report.applicants.len(),
                clusters: report.clusters,
            };
            let mut inner = server.clusters.inner();
            // Who was deleted meanwhile does not come back by this.
            inner.last = (inner.deleted == deleted).then(|| Last {
                found: Arc::new(found),
                version,
                made: Instant::now(),
            });
            Ok(())
        });
        let is_made = made.await.is_ok();
        server.clusters.inner().making = None;
        done.send_replace(Some(is_made));
    });
    making
}
