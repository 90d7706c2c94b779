//! An external endpoint of Gatus, which others report to, as a heartbeat.

use super::{alerts, duration, endpoint, key_of, keys::Keys, text, title};
use crate::{
    declared::{tree::Node, write::map},
    import::{Desk, NEW_TOKEN, report::Verdict},
};
use serde_json::json;

/// The longest grace of a heartbeat: seconds.
const LONGEST_GRACE: u64 = 2_678_400;

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
        ("name", json!(text(desk, &thing, "name", &name))),
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
    let asked = alerts::import(desk, &thing, &mut keys, defaults);
    // A silence is a fact here: it is confirmed by waiting, not by counting.
    if asked.is_some() {
        desk.say(
            &thing,
            "alerts thresholds",
            Verdict::Approximated,
            "failure-threshold is in graceSeconds; a report of a failure, and one of a success, is \
             believed at once",
        );
    }
    match interval {
        Some(interval) => {
            let (seconds, exact) = duration::seconds(interval);
            body.insert("intervalSeconds".to_owned(), json!(seconds));
            let grace = seconds
                .saturating_mul(asked.map_or(1, |asked| asked.down))
                .min(LONGEST_GRACE);
            body.insert("config".to_owned(), json!({"graceSeconds": grace}));
            let rounded = if exact { "" } else { " rounded up," };
            desk.say(
                &thing,
                "heartbeat.interval",
                Verdict::Approximated,
                format!(
                    "intervalSeconds,{rounded} and graceSeconds {grace}: Gatus looks once in an \
                     interval and so tells up to that much later; make the grace shorter to hear \
                     of it sooner"
                ),
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
    let _unused = keys.take("token");
    desk.say(&thing, "token", Verdict::Approximated, NEW_TOKEN);
    body.insert("paused".to_owned(), json!(true));
    endpoint::leftovers(desk, &thing, keys);
    desk.take(&thing, body, vec![format!("token: {NEW_TOKEN}")]);
}
