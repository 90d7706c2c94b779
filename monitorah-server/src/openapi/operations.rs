//! What the policy table and the layers know of each operation: who may call it, with which
//! headers, and which refusals it can answer with.

use super::{Object, lacks, object, schemas};
use crate::{
    api::REFUSALS,
    auth::{POLICY, Requirement},
};
use http::StatusCode;
use serde_json::{Value, json};

/// The ends of addresses whose POST only looks.
const LOOKS: [&str; 2] = ["/monitors/{id}/check", "/monitors/test"];

/// The groups of operations.
pub(super) fn tags() -> Value {
    let tag = |name: &str, description: &str| json!({ "name": name, "description": description });
    json!([
        tag("Monitors", "What is watched."),
        tag(
            "Checks",
            "What was seen: the check log, and the pings of jobs."
        ),
        tag(
            "Analytics",
            "What monitors were like over time: uptime, response times, series."
        ),
        tag("Events", "Times of downtime, with the evidence of each."),
        tag(
            "Notifications",
            "Who is told: channels, rules and the delivery log."
        ),
        tag(
            "Quiet",
            "When nobody is told: maintenance windows and silences."
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
            name_responses(operation);
        }
    }
    Ok(())
}

fn authorise(operation: &mut Object, requirement: Requirement) {
    match requirement {
        // A page is not a part of the API.
        Requirement::Nothing | Requirement::Token | Requirement::Page(_) => {
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
        "401" | "403" | "421" => matches!(requirement, Requirement::Scope(_)),
        "404" => path.contains('{') || method != "get",
        "409" | "412" => method != "get",
        // The server itself has no query and no account.
        "422" | "423" => !path.contains("/health") && !path.ends_with(".json"),
        _ => true,
    });
}

/// Gives merge patches the body that they document.
fn patches(operation: &mut Object, path: &str, method: &str) {
    let body = match path {
        "/api/v1/monitors/{id}" => "UpdateMonitor",
        "/api/v1/notification-channels/{id}" => "UpdateChannel",
        "/api/v1/notification-rules/{id}" => "UpdateRule",
        "/api/v1/maintenance-windows/{id}" => "UpdateMaintenanceWindow",
        "/api/v1/silences/{id}" => "UpdateSilence",
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
    if !matches!(requirement, Requirement::Scope(_)) {
        return;
    }
    let parameter = |name: &str, description: &str, longest: u32, form: &str| {
        json!({
            "name": name,
            "in": "header",
            "required": false,
            "description": description,
            "schema": { "type": "string", "minLength": 1, "maxLength": longest, "pattern": form },
        })
    };
    let mut added = Vec::new();
    let versioned = matches!(method, "patch" | "put")
        || (method == "delete"
            && matches!(
                path,
                "/api/v1/monitors/{id}"
                    | "/api/v1/notification-channels/{id}"
                    | "/api/v1/notification-rules/{id}"
                    | "/api/v1/maintenance-windows/{id}"
                    | "/api/v1/silences/{id}"
            ));
    if versioned {
        added.push(parameter(
            "If-Match",
            "The ETag that was read: the change is made only if nobody else made one since.",
            64,
            super::forms::ETAG,
        ));
    }
    // A look on demand writes nothing that could be done twice.
    let acts = path.ends_with("/bulk")
        || method == "post" && !LOOKS.iter().any(|look| path.ends_with(look));
    if acts {
        added.push(parameter(
            "Idempotency-Key",
            "A text of your choice: the same request with the same key is done once.",
            255,
            "^[!-~]+$",
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

/// The name of a refusal among the components.
fn refusal(status: &str) -> Option<String> {
    let status: StatusCode = status.parse().ok()?;
    let name = status.canonical_reason()?;
    (!status.is_success()).then(|| name.split_whitespace().collect())
}

/// The refusals, once each: operations refer to them.
pub(super) fn refusals() -> Value {
    let mut refusals = Object::new();
    for (status, meaning) in REFUSALS {
        let Some(name) = refusal(status) else {
            continue;
        };
        let mut response = json!({
            "description": meaning,
            "content": { "application/json": { "schema": schemas::reference("ErrorEnvelope") } },
        });
        if matches!(*status, "429" | "503")
            && let Some(response) = response.as_object_mut()
        {
            let retry = header("How long to wait: seconds.", "integer");
            response.insert("headers".to_owned(), json!({ "Retry-After": retry }));
        }
        refusals.insert(name, response);
    }
    Value::Object(refusals)
}

fn header(description: &str, kind: &str) -> Value {
    let mut schema = json!({ "type": kind });
    if kind == "integer" {
        schema = json!({ "type": kind, "minimum": 0 });
    }
    json!({ "description": description, "schema": schema })
}

/// Refers to the refusals, and documents the headers of what is made and versioned.
fn name_responses(operation: &mut Object) {
    let Some(Value::Object(responses)) = operation.get_mut("responses") else {
        return;
    };
    for (status, response) in responses {
        if let Some(name) = refusal(status) {
            *response = json!({ "$ref": format!("#/components/responses/{name}") });
            continue;
        }
        let mut headers = Object::new();
        if status == "201" {
            headers.insert(
                "Location".to_owned(),
                header("Where it is from now on.", "string"),
            );
        }
        let shown = response.pointer("/content/application~1json/schema/$ref");
        let versioned = ["Monitor", "Channel", "Rule", "MaintenanceWindow", "Silence"]
            .iter()
            .any(|name| shown == schemas::reference(name).get("$ref"));
        if versioned {
            headers.insert(
                "ETag".to_owned(),
                header("Its version, for `If-Match`.", "string"),
            );
        }
        if let Value::Object(response) = response
            && !headers.is_empty()
        {
            response.insert("headers".to_owned(), Value::Object(headers));
        }
    }
}
