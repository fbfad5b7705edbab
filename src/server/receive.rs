//! The body of a request to what an applicant handed in: files with `multipart/form-data`, or JSON that names paths.

use crate::pipeline::{Pool, Posted, stamp_of};
use crate::server::problem::Fault;
use crate::server::state::Server;
use crate::server::upload::Upload;
use axum::RequestExt;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, EXPECT};
use serde_json::{Map, Value};
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::AsyncWriteExt;

/// Largest JSON, alone or as a part: a row of a manifest is a few hundred bytes.
const JSON: usize = 1 << 20;

/// Most files of one applicant.
const FILES: usize = 200;

/// Most parts of a body: the files, and what is said about them.
const PARTS: usize = FILES + 8;

/// Longest id, bytes.
const LONGEST_ID: usize = 200;

/// What is read away of a body that is refused, so that the client, who is still sending, sees the answer.
const DRAINED: u64 = 256 << 20;

/// How long that may take.
const DRAINING: Duration = Duration::from_secs(5);

/// An applicant as handed in.
pub(in crate::server) struct Received {
    /// One applicant.
    pub pool: Pool,
    /// The digest that says whether it was read before.
    pub stamp: String,
    /// The files, to be kept until everything is done.
    pub upload: Option<Upload>,
    /// Bytes of the files.
    pub bytes: u64,
}

/// Reads a body, within the limits.
///
/// # Errors
/// What is wrong with it.
pub(in crate::server) async fn receive(
    server: &Arc<Server>,
    request: Request,
) -> Result<Received, Fault> {
    let kind = request.headers().get(CONTENT_TYPE);
    let kind = kind.and_then(|v| v.to_str().ok()).unwrap_or_default();
    let kind = kind
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let most = match kind.as_str() {
        "multipart/form-data" => server.limits.body,
        "application/json" => JSON as u64,
        _ => {
            drain(request).await;
            return Err(Fault::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "send multipart/form-data with files, or application/json with paths",
            )
            .and_close());
        }
    };
    let length = request.headers().get(CONTENT_LENGTH);
    let length = length.and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
    if length.is_some_and(|length| length > most) {
        drain(request).await;
        return Err(too_large(most));
    }
    match kind.as_str() {
        "application/json" => json(server, request).await,
        _ => multipart(server, request).await,
    }
}

/// Reads a body away that nobody wants, up to a limit; a client who asks before sending it (`Expect`) is not told to.
pub(in crate::server) async fn drain(request: Request) {
    if request.headers().contains_key(EXPECT) {
        return;
    }
    let mut body = request.into_body();
    let away = async {
        let mut left = DRAINED;
        while let Some(Ok(data)) = chunk(&mut body).await {
            left = left.saturating_sub(data.len() as u64);
            if left == 0 {
                break;
            }
        }
    };
    // A client who sends more, or too slowly, is cut off.
    let _ = tokio::time::timeout(DRAINING, away).await;
}

/// The next piece of a body.
async fn chunk(body: &mut Body) -> Option<Result<Bytes, axum::Error>> {
    loop {
        let frame = poll_fn(|cx| Pin::new(&mut *body).poll_frame(cx)).await?;
        match frame.map(|frame| frame.into_data()) {
            Ok(Ok(data)) => return Some(Ok(data)),
            Ok(Err(_trailers)) => {}
            Err(e) => return Some(Err(e)),
        }
    }
}

async fn whole(mut body: Body, most: usize) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    while let Some(data) = chunk(&mut body).await {
        let data = data.map_err(|_| malformed("the body broke off"))?;
        if bytes.len() + data.len() > most {
            return Err(too_large(most as u64));
        }
        bytes.extend_from_slice(&data);
    }
    Ok(bytes)
}

fn too_large(most: u64) -> Fault {
    let detail = format!("the body is larger than {} bytes", most);
    Fault::new(StatusCode::PAYLOAD_TOO_LARGE, detail).and_close()
}

async fn json(server: &Arc<Server>, request: Request) -> Result<Received, Fault> {
    let bytes = whole(request.into_body(), JSON).await?;
    let row = object(&bytes)?;
    let Some(root) = server.root.clone() else {
        return Err(Fault::new(
            StatusCode::FORBIDDEN,
            "this server was started without --root, so JSON cannot name files; send them as multipart/form-data",
        ));
    };
    let id = id_of(&row)?;
    open(server, id, row, None, 0, move |json, _| {
        Posted::Paths { json, root: &root }.open()
    })
    .await
}

async fn multipart(server: &Arc<Server>, request: Request) -> Result<Received, Fault> {
    // Within the limit of the router.
    let mut parts = request
        .extract::<Multipart, _>()
        .await
        .map_err(|e| malformed(e.body_text()))?;
    let mut upload = server
        .uploads
        .make()
        .map_err(|e| server.failed("an upload", &e))?;
    let (mut id, mut claims, mut bytes, mut number) = (None, None, 0u64, 0usize);
    while let Some(mut part) = parts.next_field().await.map_err(|e| broken(server, &e))? {
        number += 1;
        if number > PARTS {
            return Err(unusable(format!("more than {PARTS} parts")));
        }
        let file = part.file_name().map(String::from);
        match (file, part.name()) {
            (Some(name), _) => {
                if upload.files().len() == FILES {
                    return Err(unusable(format!("more than {FILES} files")));
                }
                bytes += store(server, &mut part, &mut upload, &name).await?;
            }
            (None, Some("id")) => put(&mut id, text(server, &mut part).await?, "id")?,
            (None, Some("claims")) => put(&mut claims, text(server, &mut part).await?, "claims")?,
            (None, _) => {
                return Err(unusable(
                    "a part is neither `id` nor `claims` nor a file with a file name",
                ));
            }
        }
    }
    // A form sends a field that was left empty as well.
    let mut row = match claims.filter(|c| !c.trim().is_empty()) {
        Some(claims) => object(claims.as_bytes())?,
        None => Map::new(),
    };
    if let Some(id) = id {
        let said = row.insert("id".into(), Value::String(id.clone()));
        if said.is_some_and(|said| said != Value::String(id)) {
            return Err(unusable("`id` and the claims name different ids"));
        }
    }
    let id = id_of(&row)?;
    open(server, id, row, Some(upload), bytes, |json, upload| {
        let upload = upload.expect("a request with parts has a folder");
        let folder = &upload.empty();
        Posted::Files {
            json,
            folder,
            files: upload.files(),
        }
        .open()
    })
    .await
}

fn put(place: &mut Option<String>, text: String, name: &str) -> Result<(), Fault> {
    match place.replace(text) {
        None => Ok(()),
        Some(_) => Err(unusable(format!("`{name}` stands there twice"))),
    }
}

/// Writes a part to the disk; gives its size.
async fn store(
    server: &Server,
    part: &mut Field<'_>,
    upload: &mut Upload,
    name: &str,
) -> Result<u64, Fault> {
    let path = upload.next(name);
    let failed = |e: std::io::Error| server.failed("an upload", &e);
    let mut file = tokio::fs::File::create(path).await.map_err(failed)?;
    let mut size = 0;
    while let Some(chunk) = part.chunk().await.map_err(|e| broken(server, &e))? {
        size += chunk.len() as u64;
        file.write_all(&chunk).await.map_err(failed)?;
    }
    file.flush().await.map_err(failed)?;
    Ok(size)
}

async fn text(server: &Server, part: &mut Field<'_>) -> Result<String, Fault> {
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(|e| broken(server, &e))? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > JSON {
            return Err(too_large(JSON as u64));
        }
    }
    String::from_utf8(bytes).map_err(|_| malformed("a part is not UTF-8"))
}

fn object(bytes: &[u8]) -> Result<Map<String, Value>, Fault> {
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(unusable("the claims are no JSON object")),
        Err(e) => Err(malformed(format!("the claims are no JSON: {e}"))),
    }
}

/// The id of a row, under the name that requests use.
fn id_of(row: &Map<String, Value>) -> Result<String, Fault> {
    let id = match row.get("id") {
        Some(Value::String(id)) => id.trim().to_owned(),
        Some(Value::Number(id)) => id.to_string(),
        Some(_) => return Err(unusable("`id` is no text")),
        None => return Err(unusable("there is no `id`")),
    };
    match id.as_str() {
        "" => Err(unusable("`id` is empty")),
        "." | ".." => Err(unusable("`id` could not stand in an address")),
        id if id.len() > LONGEST_ID => {
            Err(unusable(format!("`id` is longer than {LONGEST_ID} bytes")))
        }
        id if id.chars().any(char::is_control) => Err(unusable("`id` holds control characters")),
        _ => Ok(id),
    }
}

/// Opens what was handed in, away from the threads that answer.
async fn open(
    server: &Arc<Server>,
    id: String,
    row: Map<String, Value>,
    upload: Option<Upload>,
    bytes: u64,
    open: impl FnOnce(&str, Option<&Upload>) -> Result<Pool, crate::pipeline::Refused> + Send + 'static,
) -> Result<Received, Fault> {
    let json = Value::Object(row).to_string();
    let asked = Arc::clone(server);
    let opened = tokio::task::spawn_blocking(move || {
        let pool = open(&json, upload.as_ref())?;
        let stamp = stamp_of(&pool, &asked.options);
        Ok::<_, crate::pipeline::Refused>(Received {
            pool,
            stamp,
            upload,
            bytes,
        })
    });
    let received = opened.await.map_err(|e| server.failed("a request", &e))?;
    let received = received.map_err(|refused| unusable(refused.to_string()))?;
    match received.pool.applicants.as_slice() {
        [one] if one.id.as_str() == id => Ok(received),
        _ => Err(unusable("the request names its id in two ways")),
    }
}

fn broken(server: &Server, error: &MultipartError) -> Fault {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(server.limits.body),
        _ => malformed(error.body_text()),
    }
}

fn malformed(detail: impl Into<String>) -> Fault {
    Fault::new(StatusCode::BAD_REQUEST, detail).and_close()
}

fn unusable(detail: impl Into<String>) -> Fault {
    Fault::new(StatusCode::UNPROCESSABLE_ENTITY, detail).and_close()
}
