//! Notification channels: made, read, changed, tried out, their secrets shown once.

use super::{Caller, Created, Service, ServiceError, ServiceResult, check_name, mask, object_of};
use crate::{
    alert::{AlertKind, Message},
    channel::{ChannelEnv, ChannelType},
    crypt::CryptError,
    engine::delivering,
    error::FieldError,
    id::{ChannelId, NotificationId},
    port::{AfterAttempt, AttemptRecord, ChannelRecord, Lease, OutboxEntry, Page},
    secret::Secret,
    tenant::Tenant,
};
use futures::FutureExt;
use serde_json::Value;
use std::{sync::Arc, time::Duration};
use tokio::sync::oneshot;

/// The largest configuration: bytes of JSON.
const MAX_CONFIG: usize = 16 * 1024;
/// The longest that a test delivery may take.
const TEST_TIMEOUT: Duration = Duration::from_secs(10);
/// How much longer than a test its lease lasts.
const LEASE_MARGIN: Duration = Duration::from_secs(20);
/// The longest that a rotated secret goes on being used beside the new one: 7 days.
const MAX_OVERLAP: Duration = Duration::from_secs(7 * 86_400);

/// A channel as somebody wants it.
#[derive(Debug, Clone)]
pub struct ChannelDraft {
    /// What people call it.
    pub name: String,
    /// Its type.
    pub kind: String,
    /// How; secrets that stay as they are stand as `{"secret": "set"}`.
    pub config: Value,
    /// Whether it delivers.
    pub enabled: bool,
}

/// A channel as it is shown.
#[derive(Debug, Clone)]
pub struct ChannelView {
    /// The channel; its configuration is sealed there.
    pub record: ChannelRecord,
    /// The configuration with its secrets hidden; none while the key is not available.
    pub config: Option<Value>,
}

/// How a test went.
#[derive(Debug, Clone)]
pub struct Tested {
    /// The notification that was sent.
    pub notification: NotificationId,
    /// The attempt.
    pub attempt: AttemptRecord,
}

impl Service {
    /// Makes a channel. The second value is its signing secret, shown now and never again.
    ///
    /// # Errors
    /// `Invalid` with everything that is wrong.
    pub async fn create_channel(
        &self,
        caller: &Caller,
        draft: ChannelDraft,
    ) -> ServiceResult<(Created<ChannelView>, Option<Secret<String>>)> {
        let environment = &*self.means.environment;
        let id = ChannelId::generate(environment);
        let registered = self.check_channel(&draft)?;
        let mut config = draft.config.clone();
        mask::restore(&mut config, None, registered.secrets).map_err(ServiceError::Invalid)?;
        let (config, secret) = registered.provision(config, &self.channel_env(), None)?;
        self.check_built(registered, &config)?;
        let now = environment.now();
        let record = ChannelRecord {
            id,
            name: draft.name,
            kind: draft.kind,
            config: crate::crypt::Sealed::from_bytes(Vec::new()),
            seal_version: 1,
            enabled: draft.enabled,
            version: 1,
            created_at: now,
            updated_at: now,
        };
        let record = self.seal_channel(&caller.tenant, record, &config).await?;
        let act = self.act(caller, "channel.create", id.to_string()).await?;
        let write = self
            .means
            .ports
            .channels
            .create_channel(&caller.tenant, &record, &act);
        match self.once(caller, &act, "channel", write).await? {
            None => {
                let value = self.channel(&caller.tenant, id).await?;
                Ok((
                    Created {
                        value,
                        replayed: false,
                    },
                    secret,
                ))
            }
            Some(row) => {
                let id = object_of(&row, "channel")?;
                let value = self.channel(&caller.tenant, id).await?;
                Ok((
                    Created {
                        value,
                        replayed: true,
                    },
                    None,
                ))
            }
        }
    }

    /// One channel.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn channel(&self, tenant: &Tenant, id: ChannelId) -> ServiceResult<ChannelView> {
        let record = self.stored_channel(tenant, id).await?;
        self.channel_view(tenant, record).await
    }

    /// Channels, oldest first.
    ///
    /// # Errors
    /// Only faults.
    pub async fn channels(&self, tenant: &Tenant, page: Page) -> ServiceResult<Vec<ChannelView>> {
        let records = self
            .means
            .ports
            .channels
            .channels(tenant, page)
            .await
            .map_err(|error| ServiceError::of_store(error, "notification channel"))?;
        let mut views = Vec::with_capacity(records.len());
        for record in records {
            views.push(self.channel_view(tenant, record).await?);
        }
        Ok(views)
    }

    /// Changes a channel to the draft. Its signing secret stays.
    ///
    /// # Errors
    /// `Invalid`, also for a changed type; `Stale` when it was changed in between.
    pub async fn update_channel(
        &self,
        caller: &Caller,
        id: ChannelId,
        draft: ChannelDraft,
        expected: Option<i64>,
    ) -> ServiceResult<ChannelView> {
        let tenant = &caller.tenant;
        let stored = self.stored_channel(tenant, id).await?;
        let act = self.act(caller, "channel.update", id.to_string()).await?;
        if self.replay(caller, &act).await?.is_some() {
            return self.channel_view(tenant, stored).await;
        }
        if expected.is_some_and(|expected| expected != stored.version) {
            return Err(ServiceError::Stale);
        }
        if draft.kind != stored.kind {
            return Err(ServiceError::Invalid(vec![FieldError::new(
                "/type",
                "the type of a channel cannot be changed: make another channel",
            )]));
        }
        let registered = self.check_channel(&draft)?;
        let before = self.open_config(tenant, &stored).await?;
        let schema = registered.schema.as_value();
        let place =
            |config| mask::place(config, registered.destination, registered.secrets, schema);
        let (was, wanted) = (place(&before), place(&draft.config));
        // Signing secrets are never sent: a signature at another address reveals nothing of them.
        let sent: Vec<_> = registered
            .secrets
            .iter()
            .copied()
            .filter(|pointer| {
                !pointer.starts_with("/signingSecret") && !pointer.starts_with("/previousSecret")
            })
            .collect();
        mask::refuse_to_move(&draft.config, &sent, &was, &wanted).map_err(ServiceError::Invalid)?;
        let mut config = draft.config.clone();
        mask::restore(&mut config, Some(&before), registered.secrets)
            .map_err(ServiceError::Invalid)?;
        self.check_built(registered, &config)?;
        let record = ChannelRecord {
            name: draft.name,
            enabled: draft.enabled,
            ..stored
        };
        Ok(self
            .write_channel(caller, record, &config, "channel.update")
            .await?
            .value)
    }

    /// Gives a channel a new signing secret; the old one goes on being used beside it for
    /// `overlap`. The secret is shown now and never again.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` when the type has no signing secret; `Conflict` with the code
    /// `secret_already_shown` for a repeated request.
    pub async fn rotate_secret(
        &self,
        caller: &Caller,
        id: ChannelId,
        overlap: Duration,
    ) -> ServiceResult<(ChannelView, Secret<String>)> {
        let tenant = &caller.tenant;
        if overlap > MAX_OVERLAP {
            return Err(ServiceError::Invalid(vec![FieldError::new(
                "/overlapSeconds",
                "the overlap is at most 604800 seconds (7 days)",
            )]));
        }
        let stored = self.stored_channel(tenant, id).await?;
        let act = self
            .act(caller, "channel.rotate_secret", id.to_string())
            .await?;
        if self.replay(caller, &act).await?.is_some() {
            return Err(already_shown());
        }
        let registered = self.means.channels.get(&stored.kind)?;
        let before = self.open_config(tenant, &stored).await?;
        let (config, secret) = registered.provision(before, &self.channel_env(), Some(overlap))?;
        let Some(secret) = secret else {
            return Err(ServiceError::Invalid(vec![FieldError::new(
                "",
                "this type of channel has no signing secret",
            )]));
        };
        let written = self
            .write_channel(caller, stored, &config, "channel.rotate_secret")
            .await?;
        if written.replayed {
            return Err(already_shown());
        }
        Ok((written.value, secret))
    }

    /// Removes a channel; it leaves every rule, and what waits for it is given up.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn delete_channel(
        &self,
        caller: &Caller,
        id: ChannelId,
        expected: Option<i64>,
    ) -> ServiceResult<()> {
        let act = self.act(caller, "channel.delete", id.to_string()).await?;
        if self.replay(caller, &act).await?.is_some() {
            return Ok(());
        }
        let write = self
            .means
            .ports
            .channels
            .delete_channel(&caller.tenant, id, expected, &act);
        self.once(caller, &act, "notification channel", write)
            .await?;
        Ok(())
    }

    /// Sends a test message now, and says how it went. It stands in the delivery log like any
    /// other, and is not tried again: it is sent and written down to its end also when the caller
    /// goes away meanwhile.
    ///
    /// # Errors
    /// `NotFound`. That the receiver did not take it is not an error.
    pub async fn test_channel(&self, caller: &Caller, id: ChannelId) -> ServiceResult<Tested> {
        let (tell, told) = oneshot::channel();
        let (service, caller) = (self.clone(), caller.clone());
        let task = async move {
            // Who asked may be gone.
            let _gone = tell.send(service.test_to_its_end(&caller, id).await);
        };
        self.means.environment.spawn(task.boxed());
        match told.await {
            Ok(tested) => tested,
            Err(gone) => Err(ServiceError::Internal(Box::new(gone))),
        }
    }

    async fn test_to_its_end(&self, caller: &Caller, id: ChannelId) -> ServiceResult<Tested> {
        let tenant = &caller.tenant;
        let environment = &self.means.environment;
        let record = self.stored_channel(tenant, id).await?;
        let at = environment.now();
        let message = Message::test(
            NotificationId::generate(&**environment),
            at,
            format!("this is a test of the channel {}", record.name),
        );
        let payload = serde_json::to_vec(&message)?;
        let place = delivering::payload_place(tenant, &message.id);
        let entry = OutboxEntry {
            id: message.id,
            channel: id,
            monitor: None,
            event: None,
            kind: AlertKind::Test,
            payload: self.means.keyring.seal(tenant, &place, &payload).await?,
            created_at: at,
        };
        let mut token = [0; 16];
        environment.fill_random(&mut token);
        let until = at.checked_add(TEST_TIMEOUT + LEASE_MARGIN).unwrap_or(at);
        let lease = Lease { token, until };
        let act = self.act(caller, "channel.test", id.to_string()).await?;
        let outbox = &self.means.ports.outbox;
        let of_store = |error| ServiceError::of_store(error, "notification channel");
        let write = outbox.enqueue(tenant, &entry, lease, &act);
        if self
            .once(caller, &act, "notification channel", write)
            .await?
            .is_some()
        {
            return Err(ServiceError::Conflict {
                code: "test_already_sent",
                message: "this request sent a test before: look at the delivery log, or use a new idempotency key".to_owned(),
            });
        }
        let env = self.channel_env();
        let started = environment.monotonic();
        let built = delivering::build(
            &self.means.channels,
            &self.means.keyring,
            tenant,
            &record,
            &env,
        )
        .await;
        let outcome = match built {
            Ok(channel) => delivering::send(&env, &*channel, &message).await,
            Err(error) => Err(error),
        };
        let took = environment.monotonic().saturating_sub(started);
        let attempt = delivering::record_of(environment, &outcome, at, took);
        let after = if outcome.is_ok() {
            AfterAttempt::Delivered
        } else {
            AfterAttempt::Dead
        };
        outbox
            .record(tenant, message.id, &lease, &attempt, after)
            .await
            .map_err(of_store)?;
        Ok(Tested {
            notification: message.id,
            attempt,
        })
    }

    fn channel_env(&self) -> ChannelEnv {
        ChannelEnv {
            environment: Arc::clone(&self.means.environment),
            timeout: TEST_TIMEOUT,
            // What is tried by hand is tried once.
            comes_back_soon: false,
        }
    }

    fn check_channel(&self, draft: &ChannelDraft) -> ServiceResult<&ChannelType> {
        let mut wrong = Vec::new();
        check_name(&draft.name, &mut wrong);
        if serde_json::to_vec(&draft.config)?.len() > MAX_CONFIG {
            wrong.push(FieldError::new(
                "/config",
                "a configuration has at most 16384 bytes",
            ));
        }
        let registered = self.means.channels.get(&draft.kind);
        if let Err(error) = &registered {
            wrong.extend(error.fields.clone());
        }
        match registered {
            Ok(registered) if wrong.is_empty() => Ok(registered),
            _ => Err(ServiceError::Invalid(wrong)),
        }
    }

    fn check_built(&self, registered: &ChannelType, config: &Value) -> ServiceResult<()> {
        registered.build(config.clone(), &self.channel_env())?;
        Ok(())
    }

    async fn stored_channel(&self, tenant: &Tenant, id: ChannelId) -> ServiceResult<ChannelRecord> {
        self.means
            .ports
            .channels
            .channel(tenant, id)
            .await
            .map_err(|error| ServiceError::of_store(error, "notification channel"))
    }

    /// Seals the configuration anew and replaces the stored channel.
    async fn write_channel(
        &self,
        caller: &Caller,
        record: ChannelRecord,
        config: &Value,
        action: &'static str,
    ) -> ServiceResult<Created<ChannelView>> {
        let tenant = &caller.tenant;
        let next = ChannelRecord {
            seal_version: record.seal_version + 1,
            updated_at: self.means.environment.now(),
            ..record
        };
        let next = self.seal_channel(tenant, next, config).await?;
        let act = self.act(caller, action, next.id.to_string()).await?;
        let write = self
            .means
            .ports
            .channels
            .update_channel(tenant, &next, &act);
        let replayed = self
            .once(caller, &act, "notification channel", write)
            .await?
            .is_some();
        Ok(Created {
            value: self.channel(tenant, next.id).await?,
            replayed,
        })
    }

    async fn seal_channel(
        &self,
        tenant: &Tenant,
        record: ChannelRecord,
        config: &Value,
    ) -> ServiceResult<ChannelRecord> {
        let config = zeroize::Zeroizing::new(serde_json::to_vec(config)?);
        let place = delivering::config_place(tenant, &record);
        let sealed = self.means.keyring.seal(tenant, &place, &config).await?;
        Ok(ChannelRecord {
            config: sealed,
            ..record
        })
    }

    async fn open_config(&self, tenant: &Tenant, record: &ChannelRecord) -> ServiceResult<Value> {
        let place = delivering::config_place(tenant, record);
        let config = self
            .means
            .keyring
            .open(tenant, &place, &record.config)
            .await?;
        Ok(serde_json::from_slice(config.expose())?)
    }

    async fn channel_view(
        &self,
        tenant: &Tenant,
        record: ChannelRecord,
    ) -> ServiceResult<ChannelView> {
        let place = delivering::config_place(tenant, &record);
        match self
            .means
            .keyring
            .open(tenant, &place, &record.config)
            .await
        {
            Ok(config) => {
                let mut config: Value = serde_json::from_slice(config.expose())?;
                // Of a type that this version does not know, everything may be a secret.
                let secrets = self
                    .means
                    .channels
                    .get(&record.kind)
                    .map_or(&[""][..], |t| t.secrets);
                mask::hide(&mut config, secrets);
                Ok(ChannelView {
                    record,
                    config: Some(config),
                })
            }
            Err(CryptError::Unavailable(_)) => Ok(ChannelView {
                record,
                config: None,
            }),
            Err(error) => Err(error.into()),
        }
    }
}

/// A repeated rotation.
fn already_shown() -> ServiceError {
    ServiceError::Conflict {
        code: "secret_already_shown",
        message: "this request made a secret before, and a secret is shown only once: rotate again with a new idempotency key".to_owned(),
    }
}
