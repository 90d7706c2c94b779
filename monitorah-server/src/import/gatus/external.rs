//! An external endpoint of Gatus, which others report to, as a heartbeat.

use super::{alerts, duration, endpoint, key_of, keys::Keys, title};
use crate::{
    declared::{substitute::literal, tree::Node, write::map},
    import::{Desk, report::Verdict},
};
use serde_json::json;

/// Takes an external endpoint in.
pub(super) fn import(desk: &mut Desk<'_>, index: usize, node: &Node, defaults: &Node) {
    desk.begin();
    let Some(mut keys) = Keys::of(node) else {
        let thing = format!("external-endpoints[{index}]");
        desk.say(
            &thing,
            "",
            Verdict::NotSupported,
            "it is no map of settings",
        );
        return;
    };
    let name = keys.text("name").unwrap_or_default();
    let group = keys.text("group").unwrap_or_default();
    let thing = title("external endpoint", &group, &name);
    let mut body = map([
        (
            "externalRef",
            json!(format!("gatus-{}", key_of(&group, &name))),
        ),
        ("name", json!(literal(&name))),
        ("type", json!("HEARTBEAT")),
    ]);
    desk.say(&thing, "name", Verdict::Mapped, "name and externalRef");
    endpoint::group(desk, &thing, &group, &mut body);
    endpoint::enabled(desk, &thing, &mut keys, &mut body);
    let interval = keys
        .take("heartbeat")
        .and_then(Keys::of)
        .and_then(|mut keys| keys.text("interval"))
        .as_deref()
        .and_then(duration::parse)
        .filter(|interval| !interval.is_zero());
    match interval {
        Some(interval) => {
            let (seconds, exact) = duration::seconds(interval);
            body.insert("intervalSeconds".to_owned(), json!(seconds));
            body.insert("config".to_owned(), json!({"graceSeconds": 0}));
            desk.say(
                &thing,
                "heartbeat.interval",
                if exact {
                    Verdict::Mapped
                } else {
                    Verdict::Approximated
                },
                "intervalSeconds, without a grace, as in Gatus",
            );
        }
        None => {
            body.insert("intervalSeconds".to_owned(), json!(86_400));
            desk.say(
                &thing,
                "heartbeat.interval",
                Verdict::Approximated,
                "Gatus waits for ever where there is none; here a report is expected once a day: \
                 set intervalSeconds",
            );
        }
    }
    if keys.take("token").is_some() {
        desk.say(
            &thing,
            "token",
            Verdict::Approximated,
            "the monitor gets a token of its own: let the job call the heartbeatUrl that the \
             server shows",
        );
    }
    alerts::import(desk, &thing, &mut keys, defaults, &mut body);
    endpoint::leftovers(desk, &thing, keys);
    desk.take(&thing, body, Vec::new());
}
