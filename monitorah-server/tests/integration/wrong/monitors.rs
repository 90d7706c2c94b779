//! Monitors that cannot be, and filters that are mistyped.

use super::{MONITORS, Wrong, invalid, wrong};
use serde_json::json;

pub(crate) fn table() -> Vec<Wrong> {
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
        invalid(
            "no name",
            json!({"name": null}),
            "/name",
            "name is required",
        ),
        invalid(
            "a list in place of an object",
            json!({"confirmations": [2, 1]}),
            "/confirmations",
            "write an object in braces",
        ),
        invalid(
            "a list in place of an object, deeper",
            json!({"config": {"method": "GET", "basicAuth": ["user", "password"]}}),
            "/config/basicAuth",
            "a list cannot stand here",
        ),
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
