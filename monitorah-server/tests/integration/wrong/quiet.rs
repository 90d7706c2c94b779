//! Maintenance windows and silences that cannot be.

use super::{Wrong, wrong};
use serde_json::{Value, json};

pub(crate) fn table() -> Vec<Wrong> {
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
            "write a moment with its time zone",
        ),
        silence(
            "an end that is no moment",
            json!({"endsAt": "tomorrow"}),
            "/endsAt",
            "such as 2026-11-23T08:00:00Z",
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
        silence(
            "no end",
            json!({"endsAt": null}),
            "/endsAt",
            "endsAt is required",
        ),
        silence(
            "no reason",
            json!({"reason": null}),
            "/reason",
            "reason is required",
        ),
        window(
            "a schedule without its length",
            json!({"schedule": {"durationMinutes": null}}),
            "/schedule/durationMinutes",
            "durationMinutes is required",
        ),
        window(
            "a schedule that is a list",
            json!({"schedule": ["ONCE", "2099-01-01T00:00:00Z", "2099-01-02T00:00:00Z"]}),
            "/schedule/type",
            "a schedule has the type",
        ),
        silence(
            "a group that is none",
            json!({"allMonitors": null, "groups": ["a//b"]}),
            "/groups",
            "shop/checkout",
        ),
    ]
}
