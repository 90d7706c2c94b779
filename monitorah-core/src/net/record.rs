//! The side recorder of a look: what was seen so far, also when the look is cut off.

use crate::observation::{Certificate, Observation, Reason, Status, Timings};
use std::{
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

/// Where a look is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Phase {
    /// Waiting for its turn: too many looks at the same host are in flight.
    #[default]
    Queue,
    /// Resolving the name.
    Dns,
    /// Connecting.
    Connect,
    /// Reaching the proxy, or agreeing with it on how to go on.
    Proxy,
    /// In the TLS handshake.
    Tls,
    /// Sending the request and waiting for the answer's head.
    FirstByte,
    /// Reading the body.
    Body,
}

/// What was seen so far.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// Where the look is.
    pub phase: Phase,
    /// The phases that ended, of the last hop.
    pub timings: Timings,
    /// The address that is talked to.
    pub remote_address: Option<IpAddr>,
    /// The status code of the last answer.
    pub status_code: Option<u16>,
    /// Whether all this is about a proxy so far.
    pub(super) towards_proxy: bool,
    /// What the chain says that the target showed.
    pub(super) certificate: Option<Certificate>,
}

/// A shared [`Record`].
#[derive(Debug, Clone, Default)]
pub struct Recorder(Arc<Mutex<Record>>);

impl Recorder {
    /// Changes the record.
    pub fn update(&self, change: impl FnOnce(&mut Record)) {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Enters a phase.
    pub fn enter(&self, phase: Phase) {
        self.update(|record| record.phase = phase);
    }

    /// Begins another hop: only what belongs to the new one is reported.
    pub fn next_hop(&self) {
        self.update(|record| *record = Record::default());
    }

    /// Where the look is.
    #[must_use]
    pub fn phase(&self) -> Phase {
        let record = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if record.towards_proxy {
            Phase::Proxy
        } else {
            record.phase
        }
    }

    /// Writes what was seen into an observation.
    pub fn describe(&self, observation: &mut Observation) {
        let record = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        observation.timings = record.timings;
        observation.remote_address = record.remote_address;
        observation.status_code = record.status_code;
        observation.certificate = record.certificate;
    }
}

/// Why a look came to nothing: a status, a reason and one sentence without an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// `Down` when the target is at fault, `Unknown` when we or a policy of ours are.
    pub status: Status,
    /// Why.
    pub reason: Reason,
    /// One sentence for people.
    pub detail: String,
}

impl Failure {
    /// The target is at fault.
    pub fn down(reason: Reason, detail: impl Into<String>) -> Self {
        Self {
            status: Status::Down,
            reason,
            detail: detail.into(),
        }
    }

    /// We could not tell.
    pub fn unknown(reason: Reason, detail: impl Into<String>) -> Self {
        Self {
            status: Status::Unknown,
            reason,
            detail: detail.into(),
        }
    }

    /// The time was over in this phase.
    #[must_use]
    pub fn timed_out(phase: Phase) -> Self {
        match phase {
            Phase::Queue => Self::unknown(
                Reason::ProbeLate,
                "too many checks of the same host were waiting for it",
            ),
            Phase::Dns => Self::down(
                Reason::DnsTimeout,
                "the name servers did not answer in time",
            ),
            Phase::Connect => Self::down(
                Reason::ConnectTimeout,
                "the connection attempt was not answered in time",
            ),
            Phase::Proxy => Self::unknown(Reason::Proxy, "the proxy did not answer in time"),
            Phase::Tls => Self::down(
                Reason::TlsHandshake,
                "the TLS handshake did not end in time",
            ),
            Phase::FirstByte => Self::down(
                Reason::TimeoutFirstByte,
                "the answer's head did not arrive in time",
            ),
            Phase::Body => Self::down(Reason::TimeoutBody, "the body did not end in time"),
        }
    }
}

impl From<Failure> for Observation {
    fn from(failure: Failure) -> Self {
        Self::new(failure.status, failure.reason).because(failure.detail)
    }
}
