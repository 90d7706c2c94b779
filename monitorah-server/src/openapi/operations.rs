//! What the policy table and the layers know of each operation: who may call it, with which
//! headers, and which refusals it can answer with.

use super::{Object, lacks, object, schemas};
use crate::auth::{POLICY, Requirement};
use serde_json::{Value, json};

/// The groups of operations.
pub(super) fn tags() -> Value {
    let tag = |name: &str, description: &str| json!({ "name": name, "description": description });
    json!([
        tag("Monitors", "What is watched."),
        tag(
            "Checks",
            "What was seen: the check log, and the pings of jobs."
        ),
        tag("Events", "Times of downtime, with the evidence of each."),
        tag(
            "Notifications",
            "Who is told: channels, rules and the delivery log."
        ),
        tag("API keys", "Keys and what they may do."),
        tag(
            "Heartbeat",
            "Where jobs report. The token in the address is the secret."
        ),
        tag("Service", "The server itself."),
    ])
}

/// How a caller says who it is.
pub(super) fn security_schemes() -> Value {
    json!({
        "bearerAuth": {
            "type": "http",
            "scheme": "bearer",
            "description": "An API key: `Authorization: Bearer mon_live_…`.",
        },
        "apiKeyHeader": {
            "type": "apiKey",
            "in": "header",
            "name": "X-Api-Key",
            "description": "An API key, for clients that cannot send the other header.",
        },
    })
}

/// Completes every operation.
pub(super) fn complete(paths: &mut Object) -> Result<(), serde_json::Error> {
    for (path, methods) in paths {
        for (method, operation) in object(methods, path)? {
            let row = POLICY
                .iter()
                .find(|row| row.path == path && row.method.as_str().eq_ignore_ascii_case(method))
                .ok_or_else(|| lacks(&format!("a policy for {method} {path}")))?;
            let operation = object(operation, method)?;
            authorise(operation, row.requirement);
            narrow(operation, path, method, row.requirement);
            patches(operation, path, method);
            headers(operation, path, method, row.requirement);
        }
    }
    Ok(())
}

fn authorise(operation: &mut Object, requirement: Requirement) {
    match requirement {
        Requirement::Nothing => {
            operation.insert("security".to_owned(), json!([]));
        }
        Requirement::Scope(scope) => {
            operation.insert(
                "security".to_owned(),
                json!([{ "bearerAuth": [] }, { "apiKeyHeader": [] }]),
            );
            operation.insert("x-required-scopes".to_owned(), json!([scope.as_str()]));
        }
    }
}

/// Removes the refusals that cannot occur.
fn narrow(operation: &mut Object, path: &str, method: &str, requirement: Requirement) {
    let reads_body = operation.contains_key("requestBody") || path.contains("/heartbeat/");
    let reads_json = operation.contains_key("requestBody") && !path.contains("/heartbeat/");
    let Some(Value::Object(responses)) = operation.get_mut("responses") else {
        return;
    };
    responses.retain(|status, _| match status.as_str() {
        "400" | "413" => reads_body,
        "415" => reads_json,
        "401" | "403" | "421" => requirement != Requirement::Nothing,
        "404" => path.contains('{') || method != "get",
        "409" | "412" => method != "get",
        _ => true,
    });
}

/// Gives merge patches the body that they document.
fn patches(operation: &mut Object, path: &str, method: &str) {
    let body = match path {
        "/api/v1/monitors/{id}" => "UpdateMonitor",
        "/api/v1/notification-channels/{id}" => "UpdateChannel",
        "/api/v1/notification-rules/{id}" => "UpdateRule",
        _ => return,
    };
    if method != "patch" {
        return;
    }
    let schema = operation
        .get_mut("requestBody")
        .and_then(|body| body.pointer_mut("/content/application~1json/schema"));
    if let Some(schema) = schema {
        *schema = schemas::reference(body);
    }
    if let Some(Value::Object(body)) = operation.get_mut("requestBody") {
        body.insert("required".to_owned(), json!(true));
    }
}

/// Documents the headers that the layers read.
fn headers(operation: &mut Object, path: &str, method: &str, requirement: Requirement) {
    if requirement == Requirement::Nothing {
        return;
    }
    let header = |name: &str, description: &str, longest: u32| {
        json!({
            "name": name,
            "in": "header",
            "required": false,
            "description": description,
            "schema": { "type": "string", "minLength": 1, "maxLength": longest },
        })
    };
    let mut added = Vec::new();
    let versioned = matches!(method, "patch" | "put")
        || (method == "delete" && path == "/api/v1/monitors/{id}");
    if versioned {
        added.push(header(
            "If-Match",
            "The ETag that was read: the change is made only if nobody else made one since.",
            64,
        ));
    }
    let creates = method == "post"
        && operation
            .get("responses")
            .is_some_and(|responses| responses.get("201").is_some());
    if creates {
        added.push(header(
            "Idempotency-Key",
            "A text of your choice: the same request with the same key is done once.",
            255,
        ));
    }
    if added.is_empty() {
        return;
    }
    let parameters = operation
        .entry("parameters")
        .or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(parameters) = parameters {
        parameters.extend(added);
    }
}
