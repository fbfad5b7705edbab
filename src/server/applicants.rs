//! `/v1/applicants`: hand one in, ask about one, delete one.

use crate::model::ApplicantId;
use crate::report::write_json;
use crate::server::answer::{Answer, Stage, Standing};
use crate::server::jobs::{Change, Finished, Job, Lost, Phase, Submitted};
use crate::server::problem::Fault;
use crate::server::receive::receive;
use crate::server::state::{Server, stopping};
use crate::store::StoreError;
use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::http::header::{CONTENT_TYPE, HeaderName, LOCATION, RETRY_AFTER};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use std::sync::{Arc, PoisonError};
use std::time::Duration;
use tokio::time::timeout;

/// Preferences of a client (RFC 7240): `respond-async`, `wait=SECONDS`.
const PREFER: HeaderName = HeaderName::from_static("prefer");

/// Longest wait that a client may ask for, seconds.
const LONGEST_WAIT: u64 = 60;

type Id = Result<Path<String>, PathRejection>;

/// Hands an applicant in: compared with everybody in the index, and put into it.
///
/// Equal material is not read twice: the same id, claims and files give the same result, and nothing is added. An id names
/// one person: whoever stands in the index under it is replaced.
#[utoipa::path(
    post,
    path = "/v1/applicants",
    tag = "applicants",
    params(
        ("Prefer" = Option<String>, Header, description = "`respond-async` answers 202 at once; `wait=SECONDS` waits for the result as long as that, 60 at most (RFC 7240)"),
    ),
    request_body(
        description = "Files, or JSON that names paths below the server's --root",
        content(
            (crate::server::openapi::Files = "multipart/form-data"),
            (crate::server::openapi::Row = "application/json"),
        ),
    ),
    responses(
        (status = 200, description = "The applicant was there; the result", body = Answer),
        (status = 201, description = "The applicant is new; the result", body = Answer, headers(("Location" = String, description = "The applicant"))),
        (status = 202, description = "It takes longer: ask at the Location", body = Standing, headers(("Location" = String, description = "The applicant"), ("Retry-After" = u64, description = "Seconds"))),
        (status = 400, description = "The body cannot be parsed"),
        (status = 401, description = "Not the token"),
        (status = 403, description = "The server was started without --root: JSON cannot name files"),
        (status = 408, description = "The body did not arrive in time"),
        (status = 409, description = "Other material of the same id is being read, or the applicant was deleted meanwhile"),
        (status = 413, description = "The body is too large"),
        (status = 415, description = "The body is of another kind"),
        (status = 422, description = "What was handed in cannot be used; nothing was"),
        (status = 429, description = "The queue is full"),
        (status = 500, description = "The server could not do it"),
        (status = 503, description = "The server stops"),
    ),
)]
pub(in crate::server) async fn post(
    State(server): State<Arc<Server>>,
    request: Request,
) -> Result<Response, Fault> {
    let wait = wait(request.headers(), server.limits.wait);
    let received = {
        let place = timeout(server.limits.read, server.sending.acquire()).await;
        let Ok(Ok(_place)) = place else {
            return Err(Fault::busy("too many requests send a body at once").and_close());
        };
        let received = timeout(server.limits.read, receive(&server, request)).await;
        received.map_err(|_| {
            Fault::new(
                StatusCode::REQUEST_TIMEOUT,
                "the body did not arrive in time",
            )
            .and_close()
        })??
    };
    let job = match server.jobs.submit(received) {
        Submitted::New(job) | Submitted::Same(job) => job,
        Submitted::Conflict => {
            let detail = "other material of this id is being read; send it again when that is done";
            return Err(Fault::new(StatusCode::CONFLICT, detail).after(1));
        }
        Submitted::Full => return Err(Fault::busy("too many applicants wait to be read")),
        Submitted::Stopping => return Err(stopping()),
    };
    let mut phase = job.watch();
    // Not finished in time is told by the phase.
    let _ = timeout(wait, phase.wait_for(Phase::is_final)).await;
    match job.phase() {
        Phase::Done(done) => Ok(result(&job, &done)),
        Phase::Failed(why) => Err(Fault::new(StatusCode::INTERNAL_SERVER_ERROR, why)),
        Phase::Dropped(Lost::Deleted) => {
            let detail = "the applicant was deleted while it was read";
            Err(Fault::new(StatusCode::CONFLICT, detail))
        }
        Phase::Dropped(Lost::Stopping) => Err(stopping()),
        Phase::Queued | Phase::Reading => accepted(&server, &job.id).await,
    }
}

/// How long a client wants to wait.
fn wait(headers: &HeaderMap, usual: Duration) -> Duration {
    let values = headers
        .get_all(PREFER)
        .iter()
        .filter_map(|v| v.to_str().ok());
    let mut wait = usual;
    for preference in values.flat_map(|v| v.split([',', ';'])) {
        let preference = preference.trim().to_ascii_lowercase();
        if preference == "respond-async" {
            return Duration::ZERO;
        }
        let seconds = preference
            .strip_prefix("wait=")
            .and_then(|s| s.trim_matches('"').parse().ok());
        if let Some(seconds) = seconds {
            wait = Duration::from_secs(LONGEST_WAIT.min(seconds));
        }
    }
    wait
}

fn result(job: &Job, done: &Arc<Finished>) -> Response {
    let body = Json(Answer::new(&job.id, done));
    match done.change {
        Change::New => (StatusCode::CREATED, [(LOCATION, address(&job.id))], body).into_response(),
        Change::Replaced | Change::Unchanged => body.into_response(),
    }
}

async fn accepted(server: &Arc<Server>, id: &ApplicantId) -> Result<Response, Fault> {
    let standing = standing(server, id.clone())
        .await?
        .ok_or_else(Fault::nobody)?;
    let headers = [(LOCATION, address(id)), (RETRY_AFTER, "1".to_owned())];
    Ok((StatusCode::ACCEPTED, headers, Json(standing)).into_response())
}

/// The path of an applicant; everything but letters and digits of ASCII escaped.
fn address(id: &ApplicantId) -> String {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"-_.~".contains(&b);
    let escaped = id.as_str().bytes().map(|b| match plain(b) {
        true => char::from(b).to_string(),
        false => format!("%{b:02X}"),
    });
    format!("/v1/applicants/{}", escaped.collect::<String>())
}

fn id(path: Id) -> Result<ApplicantId, Fault> {
    let malformed = |e: PathRejection| Fault::new(StatusCode::BAD_REQUEST, e.body_text());
    path.map(|Path(id)| ApplicantId::new(id)).map_err(malformed)
}

/// Where an applicant stands.
#[utoipa::path(
    get,
    path = "/v1/applicants/{id}",
    tag = "applicants",
    params(("id" = String, Path, description = "The applicant's id")),
    responses(
        (status = 200, description = "Where the applicant stands", body = Standing),
        (status = 400, description = "The id cannot be read"),
        (status = 401, description = "Not the token"),
        (status = 404, description = "Nobody has this id"),
        (status = 429, description = "Too many questions at once"),
    ),
)]
pub(in crate::server) async fn get(
    State(server): State<Arc<Server>>,
    path: Id,
) -> Result<Json<Standing>, Fault> {
    let found = standing(&server, id(path)?).await?;
    found.map(Json).ok_or_else(Fault::nobody)
}

async fn standing(server: &Arc<Server>, id: ApplicantId) -> Result<Option<Standing>, Fault> {
    // The queue first: who leaves it afterwards is in the index.
    let phase = server.jobs.phase(&id);
    let asked = id.clone();
    let listed = server
        .ask(move |memory, _| Ok(memory.listed(&asked)?))
        .await?;
    let (state, error) = match phase {
        Some(Phase::Queued) => (Stage::Queued, None),
        Some(Phase::Reading) => (Stage::Reading, None),
        Some(Phase::Failed(why)) => (Stage::Failed, Some(why)),
        _ if listed.is_some() => (Stage::Done, None),
        _ => return Ok(None),
    };
    let added = listed
        .as_ref()
        .and_then(|l| jiff::Timestamp::from_second(l.added).ok());
    Ok(Some(Standing {
        id,
        state,
        in_index: listed.is_some(),
        added: added.map(|t| t.to_string()),
        sources: listed.map(|l| l.sources),
        error,
    }))
}

/// The report about an applicant against everybody who is in the index now.
///
/// The same JSON as `samehand check` prints: contacts and names are masked.
#[utoipa::path(
    get,
    path = "/v1/applicants/{id}/evidence",
    tag = "applicants",
    params(("id" = String, Path, description = "The applicant's id")),
    responses(
        (status = 200, description = "The report", body = Object),
        (status = 400, description = "The id cannot be read"),
        (status = 401, description = "Not the token"),
        (status = 404, description = "Nobody in the index has this id"),
        (status = 409, description = "The applicant is not in the index yet"),
        (status = 429, description = "Too many questions at once"),
        (status = 500, description = "The server could not do it"),
    ),
)]
pub(in crate::server) async fn evidence(
    State(server): State<Arc<Server>>,
    path: Id,
) -> Result<Response, Fault> {
    let id = id(path)?;
    let phase = server.jobs.phase(&id);
    let report = server.ask(move |memory, server| {
        let Some(report) = server.report_on(memory, &id)? else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        write_json(&report, &mut bytes)?;
        Ok(Some(bytes))
    });
    match (report.await?, phase) {
        (Some(bytes), _) => Ok(([(CONTENT_TYPE, "application/json")], bytes).into_response()),
        (None, Some(Phase::Queued | Phase::Reading)) => {
            let detail = "the applicant is not read yet";
            Err(Fault::new(StatusCode::CONFLICT, detail).after(1))
        }
        (None, _) => Err(Fault::nobody()),
    }
}

/// Deletes an applicant with every byte of theirs, as `samehand purge --applicant` does.
///
/// An applicant who is queued is taken out of the queue; one who is being read is not put into the index.
#[utoipa::path(
    delete,
    path = "/v1/applicants/{id}",
    tag = "applicants",
    params(("id" = String, Path, description = "The applicant's id")),
    responses(
        (status = 204, description = "Nothing of the applicant is left in the index"),
        (status = 400, description = "The id cannot be read"),
        (status = 401, description = "Not the token"),
        (status = 404, description = "Nobody has this id"),
        (status = 409, description = "Another process reads the index: the applicant is deleted, bytes may stand in its log; send it again"),
        (status = 429, description = "Too many questions at once"),
        (status = 500, description = "The server could not do it"),
    ),
)]
pub(in crate::server) async fn delete(
    State(server): State<Arc<Server>>,
    path: Id,
) -> Result<StatusCode, Fault> {
    let id = id(path)?;
    match server.away(move |server| forget(server, id)).await? {
        Some(true) => Ok(StatusCode::NO_CONTENT),
        Some(false) => {
            let detail = "another process reads the index: what was deleted still stands in its log; send it again";
            Err(Fault::new(StatusCode::CONFLICT, detail).after(1))
        }
        None => Err(Fault::nobody()),
    }
}

/// Whether no byte is left; `None` where there was nobody.
fn forget(server: &Server, id: ApplicantId) -> anyhow::Result<Option<bool>> {
    let was_open = server.jobs.cancel(&id);
    let _turn = server.turn.lock().unwrap_or_else(PoisonError::into_inner);
    let _alone = server
        .looking
        .write()
        .unwrap_or_else(PoisonError::into_inner);
    let mut memory = server.memory()?;
    let mut remains = server
        .remains
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    let is_there = memory.listed(&id)?.is_some();
    if is_there {
        // Noted before it is done, so that nobody is deleted without a line.
        server.witness.forgotten(std::slice::from_ref(&id))?;
        remains.insert(id.clone());
        server.clusters.forget();
    } else if !remains.contains(&id) {
        server.give_back(memory);
        return Ok(was_open.then_some(true));
    }
    match memory.forget(std::slice::from_ref(&id)) {
        // It has waited for them.
        Err(StoreError::Read(_)) => Ok(Some(false)),
        Err(e) => Err(e.into()),
        Ok(_) => {
            // The whole file was written anew: nobody's bytes are left.
            remains.clear();
            server.give_back(memory);
            Ok(Some(true))
        }
    }
}
