//! A client: requests with the token, and bytes as they are for bad clients.

use serde_json::Value;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;
use ureq::Agent;

pub(crate) const TOKEN: &str = "0123456789abcdef-of-the-tests";

pub(crate) struct Client {
    agent: Agent,
    address: String,
    token: String,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) kind: String,
    pub(crate) location: Option<String>,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|e| panic!("{e}: {self:?}"))
    }

    fn of(answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Self {
        let mut answer = answer.unwrap();
        let header = |name: &str| {
            let value = answer.headers().get(name)?;
            Some(value.to_str().unwrap().to_owned())
        };
        Self {
            status: answer.status().as_u16(),
            kind: header("content-type").unwrap_or_default(),
            location: header("location"),
            body: answer
                .body_mut()
                .with_config()
                .limit(1 << 30)
                .read_to_string()
                .unwrap(),
        }
    }
}

impl Client {
    pub(crate) fn new(address: &str) -> Self {
        Self::with_token(address, TOKEN)
    }

    pub(crate) fn with_token(address: &str, token: &str) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None)
            .timeout_global(Some(Duration::from_secs(120)));
        Self {
            agent: config.build().new_agent(),
            address: address.into(),
            token: format!("Bearer {token}"),
        }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        let request = self.agent.get(self.url(path));
        Answer::of(request.header("Authorization", &self.token).call())
    }

    pub(crate) fn delete(&self, path: &str) -> Answer {
        let request = self.agent.delete(self.url(path));
        Answer::of(request.header("Authorization", &self.token).call())
    }

    pub(crate) fn post(&self, kind: &str, prefer: &str, body: &[u8]) -> Answer {
        Answer::of(self.send(kind, prefer, body))
    }

    /// Sends a body; the server may go away meanwhile.
    pub(crate) fn send(
        &self,
        kind: &str,
        prefer: &str,
        body: &[u8],
    ) -> Result<ureq::http::Response<ureq::Body>, ureq::Error> {
        let request = self
            .agent
            .post(self.url("/v1/applicants"))
            .header("Authorization", &self.token)
            .header("Content-Type", kind)
            .header("Prefer", prefer);
        request.send(body)
    }

    /// Hands in files, with claims as JSON; waits for the result.
    pub(crate) fn hand_in(&self, id: &str, claims: &str, files: &[(&str, &[u8])]) -> Answer {
        let (kind, body) = multipart(id, claims, files);
        self.post(&kind, "wait=60", &body)
    }
}

/// A body of files: its type, and the bytes.
pub(crate) fn multipart(id: &str, claims: &str, files: &[(&str, &[u8])]) -> (String, Vec<u8>) {
    let line = "b0undary";
    let mut body = Vec::new();
    for (name, value) in [("id", id), ("claims", claims)] {
        if !value.is_empty() {
            let head =
                format!("--{line}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend_from_slice(format!("{head}{value}\r\n").as_bytes());
        }
    }
    for (name, bytes) in files {
        let head = format!(
            "--{line}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{line}--\r\n").as_bytes());
    (format!("multipart/form-data; boundary={line}"), body)
}

/// The head of a request to hand somebody in.
pub(crate) fn head(more: &str) -> String {
    format!(
        "POST /v1/applicants HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\n{more}\r\n"
    )
}

/// Sends bytes as they are; what comes back until the connection is closed.
pub(crate) fn raw(address: &str, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(60)))
        .unwrap();
    // The server may refuse before everything is sent.
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}
