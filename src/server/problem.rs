//! Answers that say what went wrong: problem objects (RFC 9457), with `about:blank` as the type, as the status says it.

use axum::body::Body;
use axum::http::header::{CONNECTION, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, Response, StatusCode};
use axum::response::IntoResponse;
use serde::Serialize;
use utoipa::ToSchema;

/// A problem object.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(title = "Problem")]
pub(in crate::server) struct Fault {
    /// Always `about:blank`: the status says the kind.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The status in words.
    title: String,
    /// The status.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What happened, and what to do about it.
    detail: String,
    #[serde(skip)]
    retry_after: Option<u64>,
    #[serde(skip)]
    closes: bool,
}

impl Fault {
    /// A fault.
    pub(in crate::server) fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self {
            kind: "about:blank",
            title: status.canonical_reason().unwrap_or("Error").into(),
            status: status.as_u16(),
            detail: detail.into(),
            retry_after: None,
            closes: false,
        }
    }

    /// It may go better in so many seconds.
    pub(in crate::server) fn after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The rest of the body is not read, so nothing can follow on this connection.
    pub(in crate::server) fn and_close(mut self) -> Self {
        self.closes = true;
        self
    }

    /// Something of the server's own failed; the client is told no more than that, the log has the rest.
    pub(in crate::server) fn ours() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the server could not do this; its messages on stderr say why",
        )
    }

    /// Too much at once.
    pub(in crate::server) fn busy(detail: &str) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, detail).after(1)
    }

    /// There is no such applicant.
    pub(in crate::server) fn nobody() -> Self {
        Self::new(StatusCode::NOT_FOUND, "there is no applicant with this id")
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response<Body> {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).expect("a problem is plain data");
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json"),
        );
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if self.closes {
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}
