//! Requests and answers as JSON documents, for programs that pass on what people wrote.
//!
//! The typed calls know the check types of their own version. A tool that keeps monitors in files
//! compares every field that the server shows and sends every field that stands in the file, also
//! those that this version has no type for.

use crate::{Client, Error, types};
use progenitor_client::{Error as Failure, ResponseValue};
use reqwest::{
    Method,
    header::{CONTENT_TYPE, IF_MATCH},
};
use serde_json::Value;

/// The largest answer that is read: a page of a hundred monitors with large configurations.
const MAX_ANSWER: usize = 32 * 1024 * 1024;

/// One request whose body and answer are documents.
#[derive(Debug, Clone)]
#[must_use = "a request is sent by send()"]
pub struct DocumentRequest<'a> {
    client: &'a Client,
    method: Method,
    path: Vec<&'a str>,
    query: Vec<(&'a str, &'a str)>,
    if_match: Option<String>,
    body: Option<&'a Value>,
}

impl Client {
    /// A request to `/api/v1/` and these segments of a path, which are escaped here.
    pub fn document<'a>(&'a self, method: Method, path: &[&'a str]) -> DocumentRequest<'a> {
        DocumentRequest {
            client: self,
            method,
            path: path.to_vec(),
            query: Vec::new(),
            if_match: None,
            body: None,
        }
    }
}

impl<'a> DocumentRequest<'a> {
    /// With this query parameter.
    pub fn query(mut self, name: &'a str, value: &'a str) -> Self {
        self.query.push((name, value));
        self
    }

    /// Only if the thing still has this version.
    pub fn if_version(mut self, version: i64) -> Self {
        self.if_match = Some(format!("\"v{version}\""));
        self
    }

    /// With this body.
    pub const fn body(mut self, body: &'a Value) -> Self {
        self.body = Some(body);
        self
    }

    /// Sends it once. An answer without a body is `null`.
    ///
    /// # Errors
    /// As every call: a refusal, no answer, or an answer that is not understood.
    pub async fn send(self) -> Result<Value, Error> {
        let setup = || Error::setup("the address of the request cannot be written");
        let mut url = reqwest::Url::parse(&self.client.baseurl).map_err(|_| setup())?;
        url.path_segments_mut()
            .map_err(|()| setup())?
            .pop_if_empty()
            .extend(["api", "v1"])
            .extend(self.path);
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(self.query);
        }
        let mut request = self.client.client.request(self.method, url);
        if let Some(version) = self.if_match {
            request = request.header(IF_MATCH, version);
        }
        if let Some(body) = self.body {
            request = request
                .header(CONTENT_TYPE, "application/json")
                .body(body.to_string());
        }
        let mut response = request.send().await.map_err(broken)?;
        let (status, headers) = (response.status(), response.headers().clone());
        let not_understood = |what: &str| Error::NotUnderstood {
            status: Some(status.as_u16()),
            what: what.to_owned(),
        };
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(broken)? {
            if bytes.len() + chunk.len() > MAX_ANSWER {
                return Err(not_understood("its body is too large"));
            }
            bytes.extend_from_slice(&chunk);
        }
        if status.is_success() && bytes.is_empty() {
            return Ok(Value::Null);
        }
        if status.is_success() {
            return serde_json::from_slice(&bytes)
                .map_err(|_| not_understood("its body is not JSON"));
        }
        // What was read may hold a secret, and so may the words of its reader.
        let envelope: types::ErrorEnvelope = serde_json::from_slice(&bytes)
            .map_err(|_| not_understood("an error of another program, such as a proxy"))?;
        let refused = ResponseValue::new(envelope, status, headers);
        Err(Failure::ErrorResponse(refused).into())
    }
}

fn broken(error: reqwest::Error) -> Error {
    // The URL of a request may hold a heartbeat token.
    Error::NoAnswer(error.without_url())
}
