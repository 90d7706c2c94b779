//! The monitors that a server has, as it shows them.

use super::catalogue::Object;
use http::Method;
use monitorah_client::{Client, Error};
use monitorah_core::Env;
use serde_json::Value;
use std::time::Duration;

/// The most monitors that are read: more than a file holds, and an end to a server that has none.
const MAX_MONITORS: usize = 200_000;
/// How often a request waits because the server asked for it.
const MAX_WAITS: u32 = 20;
/// The longest of these waits.
const MAX_WAIT: Duration = Duration::from_secs(120);

/// A monitor of a server.
#[derive(Debug, Clone)]
pub(crate) struct Live {
    pub(crate) id: String,
    pub(crate) version: i64,
    pub(crate) reference: Option<String>,
    pub(crate) owner: Option<String>,
    /// Whether the key of its account is not available, so that it cannot be compared.
    pub(crate) sealed: bool,
    /// All that is shown of it.
    pub(crate) shown: Object,
}

impl Live {
    fn of(value: Value) -> Option<Self> {
        let Value::Object(shown) = value else {
            return None;
        };
        let text = |name: &str| shown.get(name).and_then(Value::as_str).map(str::to_owned);
        Some(Self {
            id: text("id")?,
            version: shown.get("version")?.as_i64()?,
            reference: text("externalRef"),
            owner: text("owner"),
            sealed: shown
                .get("sealed")
                .and_then(Value::as_bool)
                .unwrap_or(false),
            shown,
        })
    }

    /// What a file calls it: its own external reference, or its id where it has none.
    pub(crate) fn known_as(&self) -> &str {
        self.reference.as_deref().unwrap_or(&self.id)
    }

    pub(crate) fn text(&self, field: &str) -> &str {
        self.shown.get(field).and_then(Value::as_str).unwrap_or("")
    }
}

/// Reads every monitor of a server.
pub(crate) async fn all(environment: &Env, client: &Client) -> Result<Vec<Live>, Error> {
    let mut found = Vec::new();
    let mut cursor: Option<String> = None;
    loop {
        let mut page = patiently(environment, || {
            let call = client
                .document(Method::GET, &["monitors"])
                .query("limit", "100");
            match &cursor {
                Some(cursor) => call.query("cursor", cursor),
                None => call,
            }
            .send()
        })
        .await?;
        let not_a_page = || Error::NotUnderstood {
            status: None,
            what: "it is no list of monitors".to_owned(),
        };
        let Some(Value::Array(data)) = page.get_mut("data").map(Value::take) else {
            return Err(not_a_page());
        };
        let empty = data.is_empty();
        for value in data {
            found.push(Live::of(value).ok_or_else(not_a_page)?);
        }
        cursor = page
            .pointer("/meta/nextCursor")
            .and_then(Value::as_str)
            .map(str::to_owned);
        if cursor.is_none() || empty {
            return Ok(found);
        }
        if found.len() > MAX_MONITORS {
            return Err(Error::NotUnderstood {
                status: None,
                what: "its list of monitors does not end".to_owned(),
            });
        }
    }
}

/// Sends a request, and again when the server asks to wait. A server that asks for this has done
/// nothing.
pub(crate) async fn patiently<T, F: Future<Output = Result<T, Error>>>(
    environment: &Env,
    mut send: impl FnMut() -> F,
) -> Result<T, Error> {
    let mut waits = 0;
    loop {
        match send().await {
            Err(error) if error.status() == Some(429) && waits < MAX_WAITS => {
                waits += 1;
                let after = error.retry_after().unwrap_or(Duration::from_secs(1));
                environment.sleep(after.min(MAX_WAIT)).await;
            }
            other => return other,
        }
    }
}
