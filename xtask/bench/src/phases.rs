//! P16: whether the phases that a check reports are the phases that were late.

use crate::{
    Fault,
    child::Beside,
    delay::{DELAY, Late},
    figure::{Figure, median, quantile},
    ground::{self, Ground, draft},
    names::{Loopback, ZONE},
    run::Run,
    seen::Seen,
};
use monitorah_core::{MonitorId, Timings, net::CacheLimits, service::Caller};
use serde_json::json;
use std::{collections::HashMap, time::Duration};

/// Monitors that are late in the same phase, each looked at every second.
const EACH: usize = 125;
/// Monitors over TLS that are not late.
const PROMPT: usize = 20;
const SECOND: Duration = Duration::from_secs(1);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Dns,
    Tls,
    PromptTls,
    Head,
    Body,
}

impl Kind {
    /// The phase that is late, of what a check reports.
    const fn of(self, timings: &Timings) -> Option<Duration> {
        match self {
            Self::Dns => timings.dns,
            Self::Tls | Self::PromptTls => timings.tls,
            Self::Head => timings.first_byte,
            Self::Body => timings.download,
        }
    }
}

pub(crate) async fn phases(run: &Run) -> Result<Vec<Figure>, Fault> {
    let mut process = Beside::role("late", &())?;
    let late: Late = process.hear().await?;
    let names = Loopback { delay: Some(DELAY) };
    // No name is remembered, so that each look asks for it again.
    let cache = CacheLimits {
        entries: 0,
        ..CacheLimits::default()
    };
    let net = ground::net(&run.environment, Some(&late.root), names, cache)?;
    let ground = Ground::memory(&run.environment, &net).await?;
    let caller = Caller::operator(ground.tenant);
    let mut kinds: HashMap<MonitorId, Kind> = HashMap::new();
    let home = "127.0.0.1";
    for (kind, count, scheme, port) in [
        (Kind::Dns, EACH, "http", run.targets.http),
        (Kind::Tls, EACH, "https", late.tls),
        (Kind::PromptTls, PROMPT, "https", late.prompt_tls),
        (Kind::Head, EACH, "http", late.head),
        (Kind::Body, EACH, "http", late.body),
    ] {
        for number in 0..count {
            let host = match kind {
                Kind::Dns => format!("h{number}.{ZONE}"),
                _ => home.to_owned(),
            };
            let target = format!("{scheme}://{host}:{port}/");
            let draft = draft(
                format!("late {number}"),
                target,
                json!({"method": "GET"}),
                SECOND,
                SECOND,
            );
            let made = ground.service.create_monitor(&caller, draft).await?;
            kinds.insert(made.value.monitor.id, kind);
        }
    }
    let seen = Seen::new(None, SECOND, true);
    let engine = ground.start(&seen);
    run.environment.sleep(3 * SECOND).await;
    seen.take();
    run.pulse.take();
    let (mut rounds, mut control, mut handshakes, mut worst) =
        (Vec::new(), Vec::new(), Vec::new(), HashMap::new());
    let mut fault = None;
    for _ in 0..run.rounds("P16") {
        run.environment.sleep(3 * SECOND).await;
        let tally = seen.take();
        control.push(run.pulse.take());
        if tally.ill > 0 || tally.timings.len() < 2 * 4 * EACH {
            fault = Some(format!(
                "{} of {} results were not UP: {:?}",
                tally.ill, tally.rows, tally.first_ill
            ));
            break;
        }
        let of = |wanted: Kind| {
            let millis = |phase: Duration| phase.as_secs_f64() * 1e3;
            let phases = tally
                .timings
                .iter()
                .filter(|(id, _)| kinds.get(id) == Some(&wanted));
            // A phase that is not reported at all is as wrong as can be.
            phases
                .map(|(_, timings)| wanted.of(timings).map_or(f64::MAX, millis))
                .collect::<Vec<_>>()
        };
        let handshake = median(&of(Kind::PromptTls)).unwrap_or(f64::NAN);
        handshakes.push(handshake);
        let mut errors = Vec::new();
        for (kind, name, own) in [
            (Kind::Dns, "DNS", 0.0),
            (Kind::Tls, "TLS", handshake),
            (Kind::Head, "first byte", 0.0),
            (Kind::Body, "download", 0.0),
        ] {
            let expected = DELAY.as_secs_f64() * 1e3 + own;
            let of_kind: Vec<f64> = of(kind)
                .iter()
                .map(|phase| (phase - expected).abs())
                .collect();
            let rounds: &mut Vec<f64> = worst.entry(name).or_default();
            rounds.push(quantile(&of_kind, 0.99).unwrap_or(f64::NAN));
            errors.extend(of_kind);
        }
        rounds.push(quantile(&errors, 0.99).unwrap_or(f64::NAN));
    }
    engine.stop(2 * SECOND).await;
    if let Some(fault) = fault {
        return Err(fault.into());
    }
    let mut each: Vec<String> = worst
        .iter()
        .map(|(name, rounds)| format!("{name} {:.2}", median(rounds).unwrap_or(f64::NAN)))
        .collect();
    each.sort();
    Ok(vec![Figure {
        row: "P16",
        rounds,
        control,
        note: format!(
            "p99 of each in ms: {}; a handshake by itself takes {:.1} ms",
            each.join(", "),
            median(&handshakes).unwrap_or(f64::NAN)
        ),
    }])
}
