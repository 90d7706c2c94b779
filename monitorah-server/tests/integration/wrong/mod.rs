//! A wrong request and what it must get: the rows of the tables of `bad_input.rs`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

pub(crate) mod monitors;
pub(crate) mod quiet;
pub(crate) mod requests;

use serde_json::{Value, json};

/// A wrong request and what it must get.
pub(crate) struct Wrong {
    pub(crate) what: &'static str,
    pub(crate) method: &'static str,
    pub(crate) path: String,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Option<String>,
    pub(crate) status: u16,
    pub(crate) code: &'static str,
    /// A word that the message or a field's message must hold.
    pub(crate) says: &'static str,
    /// The pointer of a field that must be named.
    pub(crate) pointer: Option<&'static str>,
}

pub(crate) const MONITORS: &str = "/api/v1/monitors";

pub(crate) fn wrong(
    what: &'static str,
    method: &'static str,
    path: impl Into<String>,
    body: Option<Value>,
    status: u16,
    code: &'static str,
    says: &'static str,
) -> Wrong {
    Wrong {
        what,
        method,
        path: path.into(),
        headers: vec![],
        body: body.map(|body| body.to_string()),
        status,
        code,
        says,
        pointer: None,
    }
}

/// A monitor with these fields changed; null takes one out.
pub(crate) fn monitor(changes: &Value) -> Value {
    let mut monitor = json!({
        "name": "a", "type": "HTTP", "target": "http://127.0.0.1:9/", "config": {"method": "GET"},
    });
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            monitor.as_object_mut().unwrap().remove(name);
        } else {
            monitor[name] = value.clone();
        }
    }
    monitor
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "the table reads better without ampersands"
)]
pub(crate) fn invalid(
    what: &'static str,
    changes: Value,
    pointer: &'static str,
    says: &'static str,
) -> Wrong {
    let body = monitor(&changes);
    let base = wrong(
        what,
        "POST",
        MONITORS,
        Some(body),
        422,
        "validation_error",
        says,
    );
    Wrong {
        pointer: Some(pointer),
        ..base
    }
}

pub(crate) fn raw(base: Wrong, body: &str) -> Wrong {
    Wrong {
        body: Some(body.to_owned()),
        ..base
    }
}

pub(crate) fn with(base: Wrong, name: &'static str, value: impl Into<String>) -> Wrong {
    let mut base = base;
    base.headers.push((name, value.into()));
    base
}
