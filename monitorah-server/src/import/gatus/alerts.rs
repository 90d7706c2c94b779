//! The alerts of an endpoint: how often it must fail; to whom they go belongs to channels and rules.

use super::keys::{Keys, as_text};
use crate::{
    declared::{catalogue::Object, tree::Node},
    import::{Desk, report::Verdict},
};
use serde_json::json;

/// How often an endpoint must fail before somebody hears of it, and succeed before it is over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Thresholds {
    pub(super) down: u64,
    up: u64,
    /// Whether the alerts of the endpoint differ in this.
    several: bool,
}

/// What alerts say of confirmation; to whom they go is a matter of channels and rules.
pub(super) fn import(
    desk: &mut Desk<'_>,
    thing: &str,
    keys: &mut Keys<'_>,
    defaults: &Node,
) -> Option<Thresholds> {
    let list = keys.take("alerts").and_then(Node::items).unwrap_or(&[]);
    let mut counts: Option<(u64, u64)> = None;
    let mut several = false;
    for (index, alert) in list.iter().enumerate() {
        let key = format!("alerts[{index}]");
        let Some(mut alert) = Keys::of(alert) else {
            desk.say(
                thing,
                &key,
                Verdict::NotSupported,
                "it is no map of settings",
            );
            continue;
        };
        let provider = alert.text("type").unwrap_or_default();
        let default = |name: &str| {
            defaults
                .at(&format!("/{provider}/default-alert/{name}"))
                .and_then(as_text)
        };
        let mut number = |name: &str, otherwise: u64| {
            alert
                .text(name)
                .or_else(|| default(name))
                .and_then(|text| text.parse().ok())
                .filter(|count| *count > 0)
                .unwrap_or(otherwise)
        };
        let (down, up) = (
            number("failure-threshold", 3),
            number("success-threshold", 2),
        );
        several |= counts.is_some_and(|before| before != (down, up));
        counts = Some(counts.map_or((down, up), |(d, u)| (d.min(down), u.min(up))));
        desk.say(
            thing,
            &key,
            Verdict::NotSupported,
            format!("make a notification channel for {provider} and a rule for this monitor"),
        );
        for key in alert.rest() {
            desk.say(
                thing,
                &format!("alerts[{index}].{key}"),
                Verdict::NotSupported,
                "it is a matter of the channel and its rule",
            );
        }
    }
    let (down, up) = counts?;
    Some(Thresholds { down, up, several })
}

/// Makes confirmations of the thresholds.
pub(super) fn confirm(desk: &mut Desk<'_>, thing: &str, asked: Thresholds, body: &mut Object) {
    let Thresholds { down, up, several } = asked;
    body.insert(
        "confirmations".to_owned(),
        json!({"down": down.min(10), "up": up.min(10)}),
    );
    let exact = !several && down <= 10 && up <= 10;
    desk.say(
        thing,
        "alerts thresholds",
        if exact {
            Verdict::Mapped
        } else {
            Verdict::Approximated
        },
        "confirmations: the smallest of all alerts, at most 10",
    );
}
