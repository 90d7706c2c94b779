//! A seat: one monitor after the other, each of a target that turns bad once and gets well again.

use super::{
    dice::Dice,
    ledger::{Ledger, Outage},
    rig::Rig,
};
use crate::Fault;
use serde_json::{Value, json};
use std::{collections::BTreeSet, time::Duration};

/// How often a seat looks at its monitor's events.
const LOOK: Duration = Duration::from_millis(250);
/// An outage that so many lives of the server could have believed has its event, or it is lost: a
/// kill may spoil one of them, because what only helps to decide is not stored (decision 0002).
const CHANCES: usize = 12;
/// How long lives that end too soon to believe anything are put up with.
const STARVED: Duration = Duration::from_secs(900);

/// Goes on until the run stops.
pub(crate) async fn sit(rig: &Rig, seat: u64, seats: u64, seed: u64) -> Result<(), Fault> {
    let mut dice = Dice::new(seed.wrapping_mul(1_000_003).wrapping_add(seat));
    let mut number = seat;
    while !rig.is_stopping() {
        outage(rig, number, &mut dice).await?;
        number += seats;
    }
    Ok(())
}

/// One outage from beginning to end.
async fn outage(rig: &Rig, number: u64, dice: &mut Dice) -> Result<(), Fault> {
    let mut moment = async |longest: u64| {
        rig.pause(Duration::from_millis(dice.below(longest))).await;
    };
    // One that is believed at once, and one that is confirmed, also across a kill.
    let down = 1 + number % 2;
    let draft = json!({
        "name": format!("outage {number}"), "type": "HTTP", "target": rig.targets.url(number),
        "config": {"method": "GET"}, "intervalSeconds": 1,
        "confirmations": {"down": down, "up": 1},
    });
    let made = rig
        .post("/api/v1/monitors", &draft, &format!("outage-{number}"))
        .await?;
    let monitor = made["id"].as_str().unwrap_or_default().to_owned();
    moment(1_500).await;
    rig.targets.turn(number, true);
    let seen_open = sees(rig, &monitor, Wanted::Open(number, down)).await?;
    moment(800).await;
    rig.targets.turn(number, false);
    let seen_resolved = seen_open && sees(rig, &monitor, Wanted::Resolved).await?;
    rig.ledger().outages.push(Outage {
        monitor: monitor.clone(),
        seen_open,
        seen_resolved,
    });
    let pause = format!("/api/v1/monitors/{monitor}/pause");
    let _paused = rig
        .post(&pause, &Value::Null, &format!("pause-{number}"))
        .await?;
    Ok(())
}

/// How an event is to stand.
#[derive(Debug, Clone, Copy)]
enum Wanted {
    /// Open, once this target was seen bad so often in one life of the server.
    Open(u64, u64),
    Resolved,
}

/// Waits until a reader sees an event of the monitor that stands so.
async fn sees(rig: &Rig, monitor: &str, wanted: Wanted) -> Result<bool, Fault> {
    let path = format!("/api/v1/events?monitorId={monitor}");
    let begun = rig.environment.monotonic();
    let mut alive = (rig.life(), begun);
    let status = match wanted {
        Wanted::Open(..) => "OPEN",
        Wanted::Resolved => "RESOLVED",
    };
    loop {
        // What was due before the question has an answer after it.
        let waited = rig.environment.monotonic().saturating_sub(begun);
        if alive.0 != rig.life() {
            alive = (rig.life(), rig.environment.monotonic());
        }
        // What cannot be written while something stands in the way is waited for from its end.
        let free = rig.free_since();
        let is_late = match wanted {
            Wanted::Open(number, down) => {
                let chances = rig.targets.chances(number, down);
                // One that nobody killed for a while has had all the time that it needs.
                let calm = rig
                    .environment
                    .monotonic()
                    .saturating_sub(alive.1.max(free));
                chances >= CHANCES || (chances > 0 && calm > rig.patience / 2)
            }
            Wanted::Resolved => {
                let begun = begun.max(free);
                rig.environment.monotonic().saturating_sub(begun) > rig.patience
            }
        };
        let body = rig.get(&path).await?;
        let events = body["data"].as_array().cloned().unwrap_or_default();
        let known: BTreeSet<String> = events
            .iter()
            .filter_map(|event| event["id"].as_str().map(str::to_owned))
            .collect();
        let gone = note(&mut rig.ledger(), monitor, known);
        if gone {
            // The judge names it: nothing is to be waited for.
            return Ok(false);
        }
        if events.iter().any(|event| event["status"] == status) {
            return Ok(true);
        }
        if is_late {
            return Ok(false);
        }
        if waited > STARVED {
            return Err(format!("no life of the server could believe {monitor} down").into());
        }
        rig.pause(LOOK).await;
    }
}

/// Notes which events of the monitor a reader sees; says whether one that was seen before is gone.
fn note(ledger: &mut Ledger, monitor: &str, known: BTreeSet<String>) -> bool {
    let gone = ledger
        .events_seen
        .iter()
        .any(|(id, of)| of == monitor && !known.contains(id));
    for id in known {
        ledger.events_seen.insert(id, monitor.to_owned());
    }
    gone
}
