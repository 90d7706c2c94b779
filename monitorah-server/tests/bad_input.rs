//! Wrong requests in one table: each gets its documented code and a message that says what to do.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

mod rig;

use rig::{server, server_with};
use serde_json::{Value, json};

/// A wrong request and what it must get.
struct Wrong {
    what: &'static str,
    method: &'static str,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Option<String>,
    status: u16,
    code: &'static str,
    /// A word that the message or a field's message must hold.
    says: &'static str,
    /// The pointer of a field that must be named.
    pointer: Option<&'static str>,
}

const MONITORS: &str = "/api/v1/monitors";

fn wrong(
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
fn monitor(changes: &Value) -> Value {
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
fn invalid(what: &'static str, changes: Value, pointer: &'static str, says: &'static str) -> Wrong {
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

fn raw(base: Wrong, body: &str) -> Wrong {
    Wrong {
        body: Some(body.to_owned()),
        ..base
    }
}

fn with(base: Wrong, name: &'static str, value: impl Into<String>) -> Wrong {
    let mut base = base;
    base.headers.push((name, value.into()));
    base
}

#[expect(clippy::too_many_lines, reason = "it is a table")]
fn table(known: &str, narrow_key: &str, foreign: &str) -> Vec<Wrong> {
    let post = |status, code, says| wrong("", "POST", MONITORS, None, status, code, says);
    let a_monitor = || Some(monitor(&json!({})));
    vec![
        Wrong {
            what: "text that is no JSON",
            ..raw(post(400, "malformed_request", "not JSON"), "{name: a}")
        },
        Wrong {
            what: "JSON that ends early",
            ..raw(
                post(400, "malformed_request", "ends too early"),
                "{\"name\":",
            )
        },
        Wrong {
            what: "no body",
            ..raw(post(400, "malformed_request", "ends too early"), "")
        },
        Wrong {
            what: "too deep",
            ..raw(
                post(400, "malformed_request", "not JSON"),
                &"[".repeat(10_000),
            )
        },
        Wrong {
            what: "too large",
            ..raw(
                post(413, "body_too_large", "262144"),
                &format!("\"{}\"", "a".repeat(300_000)),
            )
        },
        Wrong {
            what: "an array",
            ..raw(post(422, "validation_error", "expected"), "[]")
        },
        with(
            Wrong {
                what: "another media type",
                ..raw(
                    post(415, "unsupported_media_type", "application/json"),
                    "name=a",
                )
            },
            "content-type",
            "application/x-www-form-urlencoded",
        ),
        with(
            wrong(
                "no key",
                "GET",
                MONITORS,
                None,
                401,
                "unauthorized",
                "Bearer",
            ),
            "authorization",
            "",
        ),
        with(
            wrong(
                "a mistyped key",
                "GET",
                MONITORS,
                None,
                401,
                "unauthorized",
                "valid API key",
            ),
            "authorization",
            format!("Bearer {}x", &known[..known.len() - 1]),
        ),
        with(
            wrong(
                "another scheme",
                "GET",
                MONITORS,
                None,
                401,
                "unauthorized",
                "Bearer",
            ),
            "authorization",
            "Basic YTpi",
        ),
        with(
            wrong(
                "a key of another region",
                "GET",
                MONITORS,
                None,
                421,
                "wrong_region",
                "region eu",
            ),
            "authorization",
            format!("Bearer {foreign}"),
        ),
        with(
            wrong(
                "wrong scope",
                "POST",
                MONITORS,
                a_monitor(),
                403,
                "missing_scope",
                "monitors:write",
            ),
            "authorization",
            format!("Bearer {narrow_key}"),
        ),
        wrong(
            "a scope that does not exist",
            "POST",
            "/api/v1/api-keys",
            Some(json!({"name": "k", "scopes": ["monitors:fly"]})),
            422,
            "validation_error",
            "monitors:read",
        ),
        with(
            wrong(
                "more than the caller may",
                "POST",
                "/api/v1/api-keys",
                Some(json!({"name": "k", "scopes": ["*"]})),
                403,
                "scope_not_held",
                "itself",
            ),
            "authorization",
            format!("Bearer {narrow_key}"),
        ),
        wrong(
            "a foreign or absent id",
            "GET",
            format!("{MONITORS}/mtr_{}", "0".repeat(32)),
            None,
            404,
            "not_found",
            "not found",
        ),
        wrong(
            "an id of another kind",
            "GET",
            format!("{MONITORS}/evt_{}", "0".repeat(32)),
            None,
            404,
            "not_found",
            "not found",
        ),
        wrong(
            "the literal of the template",
            "GET",
            format!("{MONITORS}/{{id}}"),
            None,
            404,
            "not_found",
            "not found",
        ),
        wrong(
            "an unknown address",
            "GET",
            "/api/v1/nothing",
            None,
            404,
            "not_found",
            "not found",
        ),
        wrong(
            "a method that is not taken",
            "PUT",
            MONITORS,
            a_monitor(),
            405,
            "method_not_allowed",
            "openapi.json",
        ),
        wrong(
            "a bad cursor",
            "GET",
            format!("{MONITORS}?cursor=AAAA"),
            None,
            422,
            "invalid_cursor",
            "without a cursor",
        ),
        wrong(
            "limit 0",
            "GET",
            format!("{MONITORS}?limit=0"),
            None,
            422,
            "validation_error",
            "1 to 100",
        ),
        wrong(
            "limit 101",
            "GET",
            format!("{MONITORS}?limit=101"),
            None,
            422,
            "validation_error",
            "1 to 100",
        ),
        wrong(
            "an unknown parameter",
            "GET",
            format!("{MONITORS}?colour=red"),
            None,
            422,
            "validation_error",
            "unknown field",
        ),
        wrong(
            "a time that is none",
            "GET",
            format!("{MONITORS}/mtr_{}/checks?from=yesterday", "0".repeat(32)),
            None,
            422,
            "validation_error",
            "",
        ),
        Wrong {
            what: "an array of the fields in their order",
            ..raw(
                post(422, "validation_error", "object"),
                "[\"a\",\"PORT\",\"127.0.0.1:9\"]",
            )
        },
        invalid(
            "an unknown field",
            json!({"colour": "red"}),
            "/colour",
            "unknown field",
        ),
        invalid(
            "a wrong type",
            json!({"intervalSeconds": "60"}),
            "/intervalSeconds",
            "whole number",
        ),
        invalid("no name", json!({"name": null}), "", "missing field"),
        invalid("an empty name", json!({"name": " "}), "/name", "1 to 200"),
        invalid(
            "interval 0",
            json!({"intervalSeconds": 0}),
            "/intervalSeconds",
            "1 to 2678400",
        ),
        invalid(
            "an interval over a month",
            json!({"intervalSeconds": 3_000_000}),
            "/intervalSeconds",
            "31 days",
        ),
        invalid(
            "timeout over interval",
            json!({"intervalSeconds": 5, "timeoutSeconds": 6}),
            "/timeoutSeconds",
            "shorten",
        ),
        invalid(
            "timeout 0",
            json!({"timeoutSeconds": 0}),
            "/timeoutSeconds",
            "1 to 60",
        ),
        invalid(
            "confirmations 0",
            json!({"confirmations": {"down": 0, "up": 1}}),
            "/confirmations/down",
            "1 to 10",
        ),
        invalid(
            "a file target",
            json!({"target": "file:///etc/passwd"}),
            "/target",
            "http",
        ),
        invalid(
            "a gopher target",
            json!({"target": "gopher://127.0.0.1/"}),
            "/target",
            "http",
        ),
        invalid(
            "credentials in the target",
            json!({"target": "http://a:b@127.0.0.1/"}),
            "/target",
            "basicAuth",
        ),
        invalid(
            "an unknown check type",
            json!({"type": "TELEPATHY"}),
            "/type",
            "HTTP",
        ),
        invalid(
            "HEAD with a body assertion",
            json!({"config": {"method": "HEAD", "assertions": [{"type": "BODY_CONTAINS", "text": "a"}]}}),
            "/config/assertions/0",
            "GET",
        ),
        invalid(
            "a regular expression that is none",
            json!({"config": {"method": "GET", "assertions": [{"type": "BODY_MATCHES", "pattern": "("}]}}),
            "/config/assertions/0/pattern",
            "",
        ),
        invalid(
            "a list where an object belongs",
            json!({"config": {"basicAuth": ["ada", "secret"]}}),
            "/config/basicAuth",
            "object in braces",
        ),
        invalid(
            "the port 0",
            json!({"target": "http://127.0.0.1:0/"}),
            "/target",
            "1 to 65535",
        ),
        invalid(
            "an unknown option",
            json!({"config": {"methods": "GET"}}),
            "/config/methods",
            "unknown field",
        ),
        invalid(
            "a secret in plain headers",
            json!({"config": {"method": "GET", "headers": {"Authorization": "x"}}}),
            "/config/headers/Authorization",
            "secretHeaders",
        ),
        invalid(
            "a kept secret that was never set",
            json!({"config": {"method": "GET", "bearerToken": {"secret": "set"}}}),
            "/config/bearerToken",
            "send the secret itself",
        ),
        invalid(
            "a header with a line break",
            json!({"config": {"method": "GET", "headers": {"X-A": "a\r\nB: c"}}}),
            "/config/headers/X-A",
            "",
        ),
        invalid(
            "a target for a heartbeat",
            json!({"type": "HEARTBEAT", "config": {}}),
            "/target",
            "leave it out",
        ),
        invalid(
            "a cron expression that is none",
            json!({"type": "HEARTBEAT", "target": "", "config": {"cron": "daily"}}),
            "/config/cron",
            "0 3 * * *",
        ),
        invalid(
            "a port without a port",
            json!({"type": "PORT", "target": "127.0.0.1", "config": {}}),
            "/target",
            "port",
        ),
        invalid(
            "thirty-three tags",
            json!({"tags": (0..33).map(|n| n.to_string()).collect::<Vec<_>>()}),
            "/tags",
            "32",
        ),
        wrong(
            "a rule without channels",
            "POST",
            "/api/v1/notification-rules",
            Some(json!({"name": "r", "channelIds": [], "allMonitors": true})),
            422,
            "validation_error",
            "1 to 1000",
        ),
        wrong(
            "a rule with a foreign channel",
            "POST",
            "/api/v1/notification-rules",
            Some(
                json!({"name": "r", "channelIds": [format!("chn_{}", "0".repeat(32))], "allMonitors": true}),
            ),
            422,
            "validation_error",
            "does not exist",
        ),
        wrong(
            "a webhook to a file",
            "POST",
            "/api/v1/notification-channels",
            Some(json!({"name": "c", "type": "WEBHOOK", "config": {"url": "file:///etc/passwd"}})),
            422,
            "validation_error",
            "http",
        ),
        wrong(
            "an unknown channel type",
            "POST",
            "/api/v1/notification-channels",
            Some(json!({"name": "c", "type": "SMOKE", "config": {}})),
            422,
            "validation_error",
            "WEBHOOK",
        ),
        with(
            wrong(
                "an idempotency key that is none",
                "POST",
                MONITORS,
                a_monitor(),
                422,
                "validation_error",
                "255",
            ),
            "idempotency-key",
            "a b",
        ),
        wrong(
            "a heartbeat token that opens nothing",
            "GET",
            "/api/v1/heartbeat/hb_nothing",
            None,
            404,
            "not_found",
            "not found",
        ),
        wrong(
            "a push token that opens nothing",
            "POST",
            "/api/push/nothing?status=up",
            None,
            404,
            "not_found",
            "heartbeat not found",
        ),
        wrong(
            "a key that may do everything in an address",
            "GET",
            format!("/ping/{known}/job"),
            None,
            403,
            "key_not_for_addresses",
            "heartbeats:write",
        ),
        wrong(
            "a badge key that opens nothing",
            "GET",
            "/badge/bdg_nothing.svg",
            None,
            404,
            "not_found",
            "badge not found",
        ),
        wrong(
            "a resolution that does not exist",
            "GET",
            format!("/api/v1/analytics/mtr_{}?resolution=HOUR", "0".repeat(32)),
            None,
            422,
            "validation_error",
            "QUARTER_HOUR",
        ),
        wrong(
            "analytics of the future",
            "GET",
            "/api/v1/analytics?from=2999-01-01T00:00:00Z",
            None,
            422,
            "validation_error",
            "future",
        ),
        wrong(
            "a bulk without items",
            "POST",
            "/api/v1/monitors/bulk",
            Some(json!({"items": []})),
            422,
            "validation_error",
            "1 to 10000",
        ),
        wrong(
            "a trial of what waits for pings",
            "POST",
            "/api/v1/monitors/test",
            Some(json!({"name": "h", "type": "HEARTBEAT"})),
            422,
            "validation_error",
            "nothing to try",
        ),
        with(
            wrong(
                "metrics without their scope",
                "GET",
                "/metrics",
                None,
                403,
                "missing_scope",
                "metrics:read",
            ),
            "authorization",
            format!("Bearer {narrow_key}"),
        ),
        wrong(
            "an address that is none",
            "GET",
            "/api/v1/nothing/at/all",
            None,
            404,
            "not_found",
            "route not found",
        ),
        invalid(
            "a name that nobody sees",
            json!({"name": "\u{200b}\u{2060}"}),
            "/name",
            "visible",
        ),
        invalid(
            "a name that turns the text around",
            json!({"name": "pay\u{202e}lap"}),
            "/name",
            "direction",
        ),
    ]
}

/// Groups, owners, dependencies, and filters that are mistyped.
fn monitors_table() -> Vec<Wrong> {
    let filter = |query: &str, pointer: &'static str, says: &'static str| Wrong {
        pointer: Some(pointer),
        ..wrong(
            "a mistyped filter",
            "GET",
            format!("{MONITORS}?{query}"),
            None,
            422,
            "validation_error",
            says,
        )
    };
    let absent = format!("mtr_{}", "0".repeat(32));
    let many: Vec<_> = (0..17).map(|n| format!("mtr_{n:032x}")).collect();
    vec![
        invalid(
            "a group with an empty level",
            json!({"group": "shop//checkout"}),
            "/group",
            "shop/checkout",
        ),
        invalid(
            "a group of five levels",
            json!({"group": "a/b/c/d/e"}),
            "/group",
            "at most 4",
        ),
        invalid(
            "an owner that is too long",
            json!({"owner": "x".repeat(65)}),
            "/owner",
            "64",
        ),
        invalid(
            "a parent that is no id",
            json!({"dependsOn": ["router"]}),
            "/dependsOn/0",
            "mtr_",
        ),
        invalid(
            "a parent that is not there",
            json!({"dependsOn": [absent]}),
            "/dependsOn/0",
            "look it up",
        ),
        invalid(
            "a parent twice",
            json!({"dependsOn": [absent, absent]}),
            "/dependsOn/1",
            "twice",
        ),
        invalid(
            "seventeen parents",
            json!({"dependsOn": many}),
            "/dependsOn",
            "16",
        ),
        filter("type=HTPP", "type", "HTTP"),
        filter("status=down", "status", "DOWN"),
        filter("group=shop/", "group", "shop/checkout"),
    ]
}

/// Maintenance windows and silences.
fn quiet_table() -> Vec<Wrong> {
    let window = |what: &'static str, changes: Value, pointer, says| {
        let mut body = json!({
            "name": "w", "allMonitors": true,
            "schedule": {
                "type": "RECURRING", "weekdays": ["SUNDAY"], "time": "02:30",
                "durationMinutes": 60, "timeZone": "Europe/Berlin",
            },
        });
        json_patch::merge(&mut body, &changes);
        Wrong {
            pointer: Some(pointer),
            ..wrong(
                what,
                "POST",
                "/api/v1/maintenance-windows",
                Some(body),
                422,
                "validation_error",
                says,
            )
        }
    };
    let silence = |what: &'static str, changes: Value, pointer, says| {
        let mut body = json!({
            "reason": "r", "allMonitors": true,
            "startsAt": "2099-01-01T00:00:00Z", "endsAt": "2099-01-02T00:00:00Z",
        });
        json_patch::merge(&mut body, &changes);
        Wrong {
            pointer: Some(pointer),
            ..wrong(
                what,
                "POST",
                "/api/v1/silences",
                Some(body),
                422,
                "validation_error",
                says,
            )
        }
    };
    let once = |from: &str, until: &str| {
        json!({"schedule": {
            "type": "ONCE", "startsAt": from, "endsAt": until,
            "weekdays": null, "time": null, "durationMinutes": null, "timeZone": null,
        }})
    };
    let schedule = |changes: Value| json!({ "schedule": changes });
    vec![
        window(
            "a window about nothing",
            json!({"allMonitors": false}),
            "/monitorIds",
            "allMonitors",
        ),
        window(
            "a window about all and some",
            json!({"tags": ["a"]}),
            "/tags",
            "leave this out",
        ),
        window(
            "a window about a monitor that is not there",
            json!({"allMonitors": null, "monitorIds": [format!("mtr_{}", "0".repeat(32))]}),
            "/monitorIds",
            "look its id up",
        ),
        window(
            "a schedule without a type",
            schedule(json!({"type": null})),
            "/schedule/type",
            "RECURRING",
        ),
        window(
            "a schedule that is a text",
            schedule(json!("sundays")),
            "/schedule/type",
            "ONCE",
        ),
        window(
            "a day that is none",
            schedule(json!({"weekdays": ["SONNTAG"]})),
            "/schedule/weekdays/0",
            "SUNDAY",
        ),
        window(
            "a time that is none",
            schedule(json!({"time": "2:61"})),
            "/schedule/time",
            "02:30",
        ),
        window(
            "no time",
            schedule(json!({"time": null})),
            "/schedule/time",
            "02:30",
        ),
        window(
            "neither days nor cron",
            schedule(json!({"time": null, "weekdays": null})),
            "/schedule/weekdays",
            "cron",
        ),
        window(
            "both days and cron",
            schedule(json!({"cron": "0 2 * * SUN"})),
            "/schedule/cron",
            "not both",
        ),
        window(
            "a cron expression that is none",
            schedule(json!({"cron": "sundays", "weekdays": null, "time": null})),
            "/schedule/cron",
            "0 2 * * SUN",
        ),
        window(
            "a time zone that is none",
            schedule(json!({"timeZone": "Berlin"})),
            "/schedule/timeZone",
            "Europe/Berlin",
        ),
        window(
            "a window of no length",
            schedule(json!({"durationMinutes": 0})),
            "/schedule/durationMinutes",
            "10080",
        ),
        window(
            "an unknown field",
            schedule(json!({"colour": "red"})),
            "/schedule/colour",
            "unknown field",
        ),
        window(
            "a window that ends before it begins",
            once("2099-01-02T00:00:00Z", "2099-01-01T00:00:00Z"),
            "/schedule/endsAt",
            "later endsAt",
        ),
        window(
            "a window that is over",
            once("2001-01-01T00:00:00Z", "2001-01-02T00:00:00Z"),
            "/schedule",
            "over already",
        ),
        window(
            "a time that is no time",
            once("tomorrow", "2001-01-02T00:00:00Z"),
            "/schedule/startsAt",
            "invalid",
        ),
        silence("no reason", json!({"reason": " "}), "/reason", "why"),
        silence(
            "a silence of 91 days",
            json!({"endsAt": "2099-04-02T00:00:00Z"}),
            "/endsAt",
            "90 days",
        ),
        silence(
            "a silence that ends before it begins",
            json!({"endsAt": "2098-04-02T00:00:00Z"}),
            "/endsAt",
            "later endsAt",
        ),
        silence(
            "a silence that is over",
            json!({"startsAt": "2001-01-01T00:00:00Z", "endsAt": "2001-01-02T00:00:00Z"}),
            "/endsAt",
            "over already",
        ),
        silence("no end", json!({"endsAt": null}), "", "endsAt"),
        silence(
            "a group that is none",
            json!({"allMonitors": null, "groups": ["a//b"]}),
            "/groups",
            "shop/checkout",
        ),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_wrong_request_gets_its_code_and_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let limit = [("MONITORAH_RATE_LIMIT_PER_MINUTE", "10000")];
    let server = server_with(&folder.path().join("data"), &limit).await;
    let narrow = json!({"name": "narrow", "scopes": ["monitors:read", "apiKeys:write"]});
    let narrow = server.post("/api/v1/api-keys", narrow).await;
    let environment = monitorah_core::environment::SystemEnvironment::new();
    let kind = monitorah_core::service::token::TokenKind::ApiKey;
    let foreign = monitorah_core::service::token::mint(&environment, kind, "eu".parse().unwrap());
    let mut rows = table(
        &server.key,
        narrow["key"].as_str().unwrap(),
        foreign.expose(),
    );
    rows.extend(monitors_table());
    rows.extend(quiet_table());
    assert!(rows.len() >= 40, "{}", rows.len());
    let http = rig::http();
    let mut faults = Vec::new();
    for row in &rows {
        let mut request = http.request(
            row.method.parse().unwrap(),
            format!("{}{}", server.url, row.path),
        );
        let given = |name: &str| row.headers.iter().any(|(header, _)| *header == name);
        if !given("authorization") {
            request = request.header("authorization", format!("Bearer {}", server.key));
        }
        if !given("content-type") {
            request = request.header("content-type", "application/json");
        }
        for (name, value) in row.headers.iter().filter(|(_, value)| !value.is_empty()) {
            request = request.header(*name, value);
        }
        if let Some(body) = &row.body {
            request = request.body(body.clone());
        }
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let id = response.headers()["x-request-id"]
            .to_str()
            .unwrap()
            .to_owned();
        let body: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
        let error = &body["error"];
        let fields = error["details"]["fields"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        let words = format!("{} {}", error["message"], json!(fields));
        let named = row
            .pointer
            .is_none_or(|pointer| fields.iter().any(|field| field["pointer"] == pointer));
        if status != row.status
            || error["code"] != row.code
            || !words.contains(row.says)
            || !named
            || error["details"]["requestId"] != *id
        {
            faults.push(format!("{}: {status} {body}", row.what));
        }
    }
    assert!(
        faults.is_empty(),
        "{} of {}:\n{}",
        faults.len(),
        rows.len(),
        faults.join("\n")
    );
    println!("{} wrong requests, each refused with its code", rows.len());
    let left = server.get(MONITORS).await;
    assert_eq!(
        left["data"],
        json!([]),
        "nothing was made by a wrong request"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn too_many_requests_are_told_when_to_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let limit = [("MONITORAH_RATE_LIMIT_PER_MINUTE", "5")];
    let server = server_with(&folder.path().join("data"), &limit).await;
    for _ in 0..5 {
        assert_eq!(server.ask("GET", MONITORS, None).await.0, 200);
    }
    let request = rig::http()
        .get(format!("{}{MONITORS}", server.url))
        .header("authorization", format!("Bearer {}", server.key));
    let refused = request.send().await.unwrap();
    assert_eq!(refused.status().as_u16(), 429);
    let seconds: u64 = refused.headers()["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((1..=60).contains(&seconds));
    assert_eq!(refused.headers()["ratelimit-remaining"], "0");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_repeated_request_is_answered_once() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let http = rig::http();
    let send = async |path: &str, key: &str, body: Value| {
        let response = http
            .post(format!("{}{path}", server.url))
            .header("authorization", format!("Bearer {}", server.key))
            .header("content-type", "application/json")
            .header("idempotency-key", key)
            .body(body.to_string())
            .send()
            .await
            .unwrap();
        let status = response.status().as_u16();
        (
            status,
            serde_json::from_str::<Value>(&response.text().await.unwrap()).unwrap(),
        )
    };
    let (first, a) = send(MONITORS, "one", monitor(&json!({}))).await;
    let (second, b) = send(MONITORS, "one", monitor(&json!({}))).await;
    assert_eq!((first, second, &a["id"]), (201, 201, &b["id"]));
    let (status, other) = send(MONITORS, "one", monitor(&json!({"name": "b"}))).await;
    assert_eq!(
        (status, &other["error"]["code"]),
        (409, &json!("idempotency_key_reused"))
    );
    let key = json!({"name": "k", "scopes": ["monitors:read"]});
    assert_eq!(send("/api/v1/api-keys", "two", key.clone()).await.0, 201);
    let (status, again) = send("/api/v1/api-keys", "two", key).await;
    assert_eq!(
        (status, &again["error"]["code"]),
        (409, &json!("key_already_shown"))
    );
    let (all, _) = tokio::join!(
        async {
            let same = || send(MONITORS, "race", monitor(&json!({"name": "race"})));
            tokio::join!(same(), same(), same(), same())
        },
        async {}
    );
    let ids = [
        &all.0.1["id"],
        &all.1.1["id"],
        &all.2.1["id"],
        &all.3.1["id"],
    ];
    assert!(
        ids.iter().all(|id| *id == ids[0] && id.is_string()),
        "{all:?}"
    );
    let left = server.get(MONITORS).await;
    assert_eq!(left["data"].as_array().unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_update_on_an_old_version_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let made = server.post(MONITORS, monitor(&json!({}))).await;
    let path = format!("{}{MONITORS}/{}", server.url, made["id"].as_str().unwrap());
    let patch = async |version: &str| {
        rig::http()
            .patch(&path)
            .header("authorization", format!("Bearer {}", server.key))
            .header("content-type", "application/json")
            .header("if-match", version)
            .body(r#"{"name":"b"}"#)
            .send()
            .await
            .unwrap()
            .status()
            .as_u16()
    };
    assert_eq!(patch("\"v1\"").await, 200);
    assert_eq!(patch("\"v1\"").await, 412);
    assert_eq!(patch("\"v2\"").await, 200);
    assert_eq!(patch("v3").await, 422);
}
