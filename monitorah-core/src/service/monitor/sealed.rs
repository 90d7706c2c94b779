//! What a monitor keeps sealed: its target, its configuration, the token of its heartbeat.

use super::super::{
    Service, ServiceError, ServiceResult,
    token::{self, TokenKind},
};
use crate::{
    check::heartbeat::HeartbeatState,
    crypt::{CryptError, SealContext, SealedKind},
    id::MonitorId,
    monitor::Monitor,
    port::HeartbeatRecord,
    secret::Secret,
    tenant::Tenant,
};
use serde_json::Value;

/// What a monitor has sealed.
pub(in crate::service) struct Opened {
    pub(super) target: Secret<String>,
    pub(in crate::service) config: Secret<Vec<u8>>,
}

/// Where a heartbeat's token is sealed.
fn token_place<'a>(tenant: &Tenant, id: &'a MonitorId) -> SealContext<'a> {
    SealContext {
        purpose: SealedKind::Field,
        account: tenant.account(),
        table: "heartbeats",
        column: "token",
        row: id.as_bytes(),
        version: 1,
    }
}

impl Service {
    pub(super) async fn seal_monitor(
        &self,
        tenant: &Tenant,
        mut monitor: Monitor,
        target: &str,
        config: &Value,
    ) -> ServiceResult<Monitor> {
        let keyring = &self.means.keyring;
        let config = zeroize::Zeroizing::new(serde_json::to_vec(config)?);
        let sealed = keyring
            .seal(tenant, &monitor.config_place(), &config)
            .await?;
        let target = keyring
            .seal(tenant, &monitor.target_place(), target.as_bytes())
            .await?;
        monitor.config = sealed;
        monitor.target = target;
        Ok(monitor)
    }

    pub(super) async fn new_heartbeat(
        &self,
        tenant: &Tenant,
        id: MonitorId,
    ) -> ServiceResult<HeartbeatRecord> {
        let token = token::mint(
            &*self.means.environment,
            TokenKind::Heartbeat,
            self.means.region,
        );
        let place = token_place(tenant, &id);
        Ok(HeartbeatRecord {
            token: self
                .means
                .keyring
                .seal(tenant, &place, token.expose().as_bytes())
                .await?,
            token_hash: token::hash(token.expose()),
            state: HeartbeatState::default(),
            version: 1,
        })
    }

    pub(in crate::service) async fn open_monitor(
        &self,
        tenant: &Tenant,
        monitor: &Monitor,
    ) -> Result<Opened, CryptError> {
        let keyring = &self.means.keyring;
        Ok(Opened {
            target: keyring
                .open_text(tenant, &monitor.target_place(), &monitor.target)
                .await?,
            config: keyring
                .open(tenant, &monitor.config_place(), &monitor.config)
                .await?,
        })
    }

    pub(super) async fn heartbeat_token(
        &self,
        tenant: &Tenant,
        id: MonitorId,
    ) -> ServiceResult<Option<String>> {
        let record = self
            .means
            .ports
            .heartbeats
            .heartbeat(tenant, id)
            .await
            .map_err(|error| ServiceError::of_store(error, "heartbeat"))?;
        let place = token_place(tenant, &id);
        match self
            .means
            .keyring
            .open_text(tenant, &place, &record.token)
            .await
        {
            Ok(token) => Ok(Some(token.expose().clone())),
            Err(CryptError::Unavailable(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}
