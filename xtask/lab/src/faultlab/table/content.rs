//! Eight kinds of wrong content under the status 200.

use crate::{
    faultlab::mode::{Draft, Expect, Mode, Script},
    target::http::HttpFault,
};

const JSON: &str = "application/json";
const HTML: &str = "text/html";

const fn mode(
    name: &'static str,
    does: &'static str,
    kind: &'static str,
    body: &'static str,
    config: &'static str,
) -> Mode {
    Mode {
        name,
        does,
        script: Script::Http(HttpFault::Content(kind, body)),
        monitor: Draft {
            kind: "HTTP",
            config,
            more: "{}",
        },
        expect: Expect::down("ASSERTION"),
    }
}

pub(super) const MODES: &[Mode] = &[
    mode(
        "content-error-page",
        "An error page.",
        HTML,
        "<h1>Something went wrong</h1>",
        r#"{"method":"GET","assertions":[{"type":"BODY_CONTAINS","text":"\"status\":\"ok\""}]}"#,
    ),
    mode(
        "content-stack-trace",
        "A good answer with a stack trace behind it.",
        JSON,
        r#"{"status":"ok"} Exception in thread "main""#,
        r#"{"method":"GET","assertions":[{"type":"BODY_CONTAINS","text":"exception","negate":true,"ignoreCase":true}]}"#,
    ),
    mode(
        "content-empty",
        "An empty body.",
        JSON,
        "",
        r#"{"method":"GET","assertions":[{"type":"BODY_MATCHES","pattern":"\\S"}]}"#,
    ),
    mode(
        "content-other-value",
        "JSON with another value.",
        JSON,
        r#"{"status":"failing","items":[1,2,3]}"#,
        r#"{"method":"GET","assertions":[{"type":"JSON_PATH","path":"$.status","operator":"EQUALS","value":"ok"}]}"#,
    ),
    mode(
        "content-missing-field",
        "JSON without a field.",
        JSON,
        r#"{"items":[1,2,3]}"#,
        r#"{"method":"GET","assertions":[{"type":"JSON_PATH","path":"$.status","operator":"EXISTS"}]}"#,
    ),
    mode(
        "content-broken-json",
        "JSON that breaks off.",
        JSON,
        r#"{"status":"ok","items":[1,2"#,
        r#"{"method":"GET","assertions":[{"type":"JSON_PATH","path":"$.status","operator":"EQUALS","value":"ok"}]}"#,
    ),
    mode(
        "content-short-list",
        "A list with nothing in it.",
        JSON,
        r#"{"status":"ok","items":[]}"#,
        r#"{"method":"GET","assertions":[{"type":"JSON_PATH","path":"$.items","operator":"LENGTH_GREATER_THAN","value":0}]}"#,
    ),
    mode(
        "content-other-type",
        "The right body under another media type.",
        HTML,
        crate::target::http::WELL,
        r#"{"method":"GET","assertions":[{"type":"HEADER","name":"content-type","contains":"application/json"}]}"#,
    ),
];
