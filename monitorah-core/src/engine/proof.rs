//! The evidence of an event: what was seen on the way to each of its transitions, sealed.

use super::{Shared, look::Entry, settle::SettleError};
use crate::{
    evidence::Evidence,
    incident::{Event, Transition},
    observation::Observation,
    port::EvidenceRecord,
};
use jiff::Timestamp;

/// The evidence of a transition: what led to it, and the observation that made it believed.
/// `sequence` counts the alerts of the monitor.
pub(super) async fn records(
    shared: &Shared,
    entry: &Entry,
    event: &Event,
    sequence: u32,
    (observation, at): (&Observation, Timestamp),
    transition: &Transition,
) -> Result<Vec<EvidenceRecord>, SettleError> {
    let parts = &shared.parts;
    let mut seen = match transition {
        Transition::Opened { .. } | Transition::Worsened { .. } => entry.memory().suspects.clone(),
        Transition::Improved { .. } | Transition::Resolved { .. } => Vec::new(),
    };
    seen.push(Evidence::of(observation, at, parts.options.region));
    // Eight places for each alert of the event keep the sequence in order.
    let mut place = i32::try_from(sequence)
        .unwrap_or(i32::MAX / 8)
        .saturating_mul(8);
    let mut records = Vec::with_capacity(seen.len());
    for evidence in seen {
        let row = Evidence::row(event.id, place);
        let json = serde_json::to_vec(&evidence)?;
        let seal = Evidence::place(entry.tenant.account(), &row);
        let detail = parts.keyring.seal(&entry.tenant, &seal, &json).await?;
        records.push(EvidenceRecord {
            event: event.id,
            sequence: place,
            at: evidence.at,
            detail,
        });
        place = place.saturating_add(1);
    }
    Ok(records)
}
