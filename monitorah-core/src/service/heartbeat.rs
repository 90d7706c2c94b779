//! Heartbeats: a job's ping comes in by its token, is stored, and is looked at at once.

use super::{
    Service, ServiceError, ServiceResult,
    token::{self, TokenKind},
};
use crate::{
    check::heartbeat::PingKind,
    crypt::{CryptError, SealContext, SealedKind},
    error::StoreErrorKind,
    id::{MonitorId, PingId},
    port::{Page, PingRecord},
    tenant::Tenant,
};

/// How much of what a job says is kept: its last bytes.
pub const MAX_PING_BODY: usize = 10_000;
/// How often a ping that lost a race is stored anew.
const TRIES: u32 = 10;

/// A ping as it arrives.
#[derive(Debug, Clone)]
pub struct PingDraft {
    /// What it says.
    pub kind: PingKind,
    /// The exit status that it names.
    pub exit_status: Option<u8>,
    /// The job's own id of the run.
    pub run_id: Option<String>,
    /// What the job says.
    pub body: Vec<u8>,
}

/// A ping as it is shown.
#[derive(Debug, Clone)]
pub struct PingView {
    /// The ping.
    pub ping: PingRecord,
    /// What the job said; bytes that are no UTF-8 are replaced.
    pub body: Option<String>,
}

impl Service {
    /// Takes a ping in. When it returns, the ping is durable.
    ///
    /// # Errors
    /// `NotFound` when the token opens nothing here.
    pub async fn ping(&self, token: &str, draft: PingDraft) -> ServiceResult<MonitorId> {
        let unknown = || ServiceError::NotFound("heartbeat");
        token::inspect(token, TokenKind::Heartbeat, self.means.region).map_err(|_| unknown())?;
        let of_store = |error| ServiceError::of_store(error, "heartbeat");
        let ports = &self.means.ports;
        let (tenant, monitor) = ports
            .resolver
            .by_heartbeat(&token::hash(token))
            .await
            .map_err(of_store)?
            .ok_or_else(unknown)?;
        self.take_ping(&tenant, monitor, draft).await
    }

    /// Takes a ping in for the heartbeat monitor of the account with this external reference.
    ///
    /// # Errors
    /// `NotFound` when there is no such monitor, or when it is none for pings.
    pub async fn ping_by_ref(
        &self,
        tenant: &Tenant,
        reference: &str,
        draft: PingDraft,
    ) -> ServiceResult<MonitorId> {
        let found = self
            .means
            .ports
            .monitors
            .monitor_by_ref(tenant, reference)
            .await
            .map_err(|error| ServiceError::of_store(error, "heartbeat"))?;
        self.take_ping(tenant, found.monitor.id, draft).await
    }

    async fn take_ping(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        draft: PingDraft,
    ) -> ServiceResult<MonitorId> {
        let of_store = |error| ServiceError::of_store(error, "heartbeat");
        let ports = &self.means.ports;
        let environment = &*self.means.environment;
        let id = PingId::generate(environment);
        let body = draft
            .body
            .get(draft.body.len().saturating_sub(MAX_PING_BODY)..)
            .unwrap_or(&[]);
        let body = if body.is_empty() {
            None
        } else {
            let place = body_place(tenant, &id);
            Some(self.means.keyring.seal(tenant, &place, body).await?)
        };
        for _ in 0..TRIES {
            let record = ports
                .heartbeats
                .heartbeat(tenant, monitor)
                .await
                .map_err(of_store)?;
            let at = environment.now();
            let mut state = record.state;
            let took = state.on_ping(draft.kind, draft.run_id.as_deref(), draft.exit_status, at);
            let ping = PingRecord {
                id,
                at,
                kind: draft.kind,
                run_id: draft
                    .run_id
                    .as_ref()
                    .map(|id| id.chars().take(64).collect()),
                exit_status: draft.exit_status,
                duration_us: took.and_then(|took| i64::try_from(took.as_micros()).ok()),
                body: body.clone(),
            };
            let stored = ports
                .heartbeats
                .record_ping(tenant, monitor, record.version, &state, &ping)
                .await;
            match stored {
                Ok(()) => {
                    self.feed_changed();
                    return Ok(monitor);
                }
                Err(error) if error.kind() == StoreErrorKind::Conflict => {}
                Err(error) => return Err(of_store(error)),
            }
        }
        Err(ServiceError::Conflict {
            code: "busy",
            message: "too many pings of this job at once: try again".to_owned(),
        })
    }

    /// The pings of a heartbeat monitor, newest first.
    ///
    /// # Errors
    /// `NotFound` when there is no such heartbeat monitor.
    pub async fn pings(
        &self,
        tenant: &Tenant,
        monitor: MonitorId,
        page: Page,
    ) -> ServiceResult<Vec<PingView>> {
        let of_store = |error| ServiceError::of_store(error, "heartbeat monitor");
        let heartbeats = &self.means.ports.heartbeats;
        heartbeats
            .heartbeat(tenant, monitor)
            .await
            .map_err(of_store)?;
        let pings = heartbeats
            .pings(tenant, monitor, page)
            .await
            .map_err(of_store)?;
        let mut views = Vec::with_capacity(pings.len());
        for ping in pings {
            let body = match &ping.body {
                None => None,
                Some(body) => {
                    let place = body_place(tenant, &ping.id);
                    match self.means.keyring.open(tenant, &place, body).await {
                        Ok(bytes) => Some(String::from_utf8_lossy(bytes.expose()).into_owned()),
                        Err(CryptError::Unavailable(_)) => None,
                        Err(error) => return Err(error.into()),
                    }
                }
            };
            views.push(PingView { ping, body });
        }
        Ok(views)
    }
}

fn body_place<'a>(tenant: &Tenant, id: &'a PingId) -> SealContext<'a> {
    SealContext {
        purpose: SealedKind::Field,
        account: tenant.account(),
        table: "pings",
        column: "body",
        row: id.as_bytes(),
        version: 1,
    }
}
