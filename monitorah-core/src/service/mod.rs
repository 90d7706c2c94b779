//! The use-cases, shared by the server and by programs that embed the engine: validate, seal, call ports, audit.

mod account;
mod analytics;
mod around;
mod badge;
mod channel;
mod covers;
mod event;
mod figures;
mod group;
mod heartbeat;
mod key;
mod maintenance;
mod manual;
mod mask;
mod monitor;
mod result;
mod rule;
mod silence;
pub mod token;
mod trial;

pub use account::Founded;
pub use analytics::{Analytics, AnalyticsQuery, MAX_POINTS, MonitorAnalytics, Span};
pub use badge::{BadgeKey, OpenedBadge};
pub use channel::{ChannelDraft, ChannelView, Tested};
pub use event::EventView;
pub use figures::MonitorFigures;
pub use heartbeat::{MAX_PING_BODY, PingDraft, PingView};
pub use key::{ApiKeyDraft, CreatedKey};
pub use maintenance::WindowDraft;
pub use manual::StatusDraft;
pub use monitor::{MonitorDraft, MonitorView};
pub use result::{ResultQuery, ResultView};
pub use rule::RuleDraft;
pub use silence::SilenceDraft;
pub use trial::Trial;

use crate::{
    channel::ChannelRegistry,
    check::CheckRegistry,
    crypt::{CryptError, Keyring},
    engine::EngineHandle,
    environment::{Env, timeout},
    error::{ConfigError, FieldError, StoreError, StoreErrorKind},
    id::RequestId,
    port::{AuditRow, Ports},
    recent::Recent,
    region::Region,
    tenant::{Act, Actor, IdempotencyKey, Tenant},
};
use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};
use tokio::sync::Semaphore;

/// How long a store may take to say that it is there.
const REACHED_WITHIN: Duration = Duration::from_secs(3);

/// Who calls a use-case, for whom, and as which request.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The account.
    pub tenant: Tenant,
    /// Who.
    pub actor: Actor,
    /// The request.
    pub request: Option<RequestId>,
    /// The client's idempotency key with what makes the request the same: method, path and body.
    pub idempotency: Option<(String, Vec<u8>)>,
}

impl Caller {
    /// The operator at the command line.
    #[must_use]
    pub const fn operator(tenant: Tenant) -> Self {
        Self {
            tenant,
            actor: Actor::Operator,
            request: None,
            idempotency: None,
        }
    }
}

/// A use-case was refused, or failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServiceError {
    /// The input is understood, and wrong.
    #[error("the input is invalid")]
    Invalid(Vec<FieldError>),
    /// It is not there, or it is another account's.
    #[error("{0} not found")]
    NotFound(&'static str),
    /// It cannot be done as things are. The code is stable, the message says what to do.
    #[error("{message}")]
    Conflict {
        /// A stable word for programs.
        code: &'static str,
        /// What to do.
        message: String,
    },
    /// The caller decided on an older version.
    #[error("it was changed since it was read: read it again and decide anew")]
    Stale,
    /// The key that seals the data is not available.
    #[error("the key of this account is not available")]
    Sealed(#[source] CryptError),
    /// The store cannot be reached now.
    #[error("the store is not available")]
    Unavailable(#[source] StoreError),
    /// A fault of our own.
    #[error("an internal fault")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl From<ConfigError> for ServiceError {
    fn from(error: ConfigError) -> Self {
        Self::Invalid(error.fields)
    }
}

impl From<CryptError> for ServiceError {
    fn from(error: CryptError) -> Self {
        match error {
            CryptError::Unavailable(_) => Self::Sealed(error),
            _ => Self::Internal(Box::new(error)),
        }
    }
}

impl From<serde_json::Error> for ServiceError {
    fn from(error: serde_json::Error) -> Self {
        Self::Internal(Box::new(error))
    }
}

impl ServiceError {
    /// What a store's error means to the caller of a use-case about `what`.
    fn of_store(error: StoreError, what: &'static str) -> Self {
        match error.kind() {
            StoreErrorKind::NotFound => Self::NotFound(what),
            StoreErrorKind::Conflict => Self::Stale,
            StoreErrorKind::Unavailable => Self::Unavailable(error),
            StoreErrorKind::AlreadyExists => Self::Conflict {
                code: "already_exists",
                message: format!("a {what} with that unique value exists already"),
            },
            StoreErrorKind::Cycle => Self::Invalid(vec![FieldError::new(
                "/dependsOn",
                "one of these depends on this one, directly or through others: leave it out",
            )]),
            _ => Self::Internal(Box::new(error)),
        }
    }
}

/// What a use-case returns.
pub type ServiceResult<T> = Result<T, ServiceError>;

/// What was made, or was made before by the same request.
#[derive(Debug, Clone)]
pub struct Created<T> {
    /// The thing as it is now.
    pub value: T,
    /// Whether this is a repeated request's answer.
    pub replayed: bool,
}

/// What the use-cases are made of.
#[derive(Debug)]
pub struct Means {
    /// Clock and randomness.
    pub environment: Env,
    /// Storage.
    pub ports: Ports,
    /// Seals and opens.
    pub keyring: Arc<Keyring>,
    /// The check types.
    pub checks: Arc<CheckRegistry>,
    /// The channel types.
    pub channels: Arc<ChannelRegistry>,
    /// The region of this installation.
    pub region: Region,
}

/// The use-cases. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Service {
    means: Arc<Means>,
    engine: Arc<OnceLock<EngineHandle>>,
    /// Places for trials of monitors that are not saved.
    trials: Arc<Semaphore>,
    /// What keeps the monitors of accounts quiet.
    quieting: Arc<Recent<Arc<around::Quieting>>>,
}

impl Service {
    /// The use-cases over these means.
    #[must_use]
    pub fn new(means: Means) -> Self {
        Self {
            means: Arc::new(means),
            engine: Arc::default(),
            trials: Arc::new(Semaphore::new(trial::TRIALS)),
            quieting: Arc::default(),
        }
    }

    /// Tells the use-cases of the engine in this process, so that it hears of changes at once and
    /// `check now` works. Once; later calls are passed over.
    pub fn attach(&self, engine: EngineHandle) {
        drop(self.engine.set(engine));
    }

    /// The engine in this process.
    #[must_use]
    pub fn engine(&self) -> Option<&EngineHandle> {
        self.engine.get()
    }

    /// The check types of this installation.
    #[must_use]
    pub fn check_types(&self) -> &CheckRegistry {
        &self.means.checks
    }

    /// The channel types of this installation.
    #[must_use]
    pub fn channel_types(&self) -> &ChannelRegistry {
        &self.means.channels
    }

    /// Whether the store answers.
    ///
    /// # Errors
    /// `Unavailable` when it does not.
    pub async fn reachable(&self) -> ServiceResult<()> {
        let mark = self.means.ports.feed.mark();
        let asked = timeout(&*self.means.environment, REACHED_WITHIN, mark).await;
        let silent = || {
            let why = format!("it gave no answer for {} s", REACHED_WITHIN.as_secs());
            Err(StoreError::new(StoreErrorKind::Unavailable, why))
        };
        asked
            .unwrap_or_else(|_| silent())
            .map(drop)
            .map_err(|error| ServiceError::of_store(error, "store"))
    }

    /// The time as the use-cases have it.
    #[must_use]
    pub fn now(&self) -> jiff::Timestamp {
        self.means.environment.now()
    }

    fn feed_changed(&self) {
        if let Some(engine) = self.engine() {
            engine.feed_changed();
        }
    }

    /// The act of this caller, with its idempotency key hashed.
    async fn act(
        &self,
        caller: &Caller,
        action: &'static str,
        object: String,
    ) -> ServiceResult<Act> {
        let idempotency = match &caller.idempotency {
            None => None,
            Some((key, request)) => Some(IdempotencyKey {
                key: key.clone(),
                fingerprint: self
                    .means
                    .keyring
                    .fingerprint(&caller.tenant, "idempotency", request)
                    .await?,
            }),
        };
        Ok(Act {
            actor: caller.actor,
            action,
            object,
            request: caller.request,
            idempotency,
            at: self.means.environment.now(),
        })
    }

    /// The first run of this very request, if there was one. Another request under the same key is
    /// refused.
    async fn replay(&self, caller: &Caller, act: &Act) -> ServiceResult<Option<AuditRow>> {
        let Some(idempotency) = &act.idempotency else {
            return Ok(None);
        };
        let audit = &self.means.ports.audit;
        let Some(row) = audit
            .by_idempotency_key(&caller.tenant, &idempotency.key)
            .await
            .map_err(|error| ServiceError::of_store(error, "request"))?
        else {
            return Ok(None);
        };
        if row.fingerprint == Some(idempotency.fingerprint) && row.action == act.action {
            Ok(Some(row))
        } else {
            Err(ServiceError::Conflict {
                code: "idempotency_key_reused",
                message: "this idempotency key was used for another request: use a new key"
                    .to_owned(),
            })
        }
    }

    /// Runs a write that may have been run before by the same request. `None` when it has been:
    /// then the audit row says what it was done to.
    async fn once<F>(
        &self,
        caller: &Caller,
        act: &Act,
        what: &'static str,
        write: F,
    ) -> ServiceResult<Option<AuditRow>>
    where
        F: Future<Output = Result<(), StoreError>> + Send,
    {
        if let Some(row) = self.replay(caller, act).await? {
            return Ok(Some(row));
        }
        match write.await {
            Ok(()) => Ok(None),
            // The same request ran at the same moment and was first.
            Err(error) if error.kind() == StoreErrorKind::Replayed => {
                match self.replay(caller, act).await? {
                    Some(row) => Ok(Some(row)),
                    None => Err(ServiceError::Internal(Box::new(error))),
                }
            }
            Err(error) => Err(ServiceError::of_store(error, what)),
        }
    }
}

/// The id that an audit row names.
fn object_of<T: std::str::FromStr>(row: &AuditRow, what: &'static str) -> ServiceResult<T> {
    row.object.parse().map_err(|_| ServiceError::NotFound(what))
}

/// A name: 1 to 200 characters that can be seen and read in their order.
fn check_name(name: &str, wrong: &mut Vec<FieldError>) {
    let length = name.chars().count();
    let hidden = |letter: char| letter.is_whitespace() || is_invisible(letter);
    if name.chars().all(hidden) || length > 200 || name.chars().any(char::is_control) {
        wrong.push(FieldError::new(
            "/name",
            "a name has 1 to 200 characters, some of them visible, and no control characters",
        ));
    } else if name.chars().any(turns_text) {
        wrong.push(FieldError::new(
            "/name",
            "a name has no characters that turn the direction of text: take them out",
        ));
    }
}

/// Characters that show nothing: fillers, joiners, marks of direction, selectors, tags.
const fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Characters that make text read in another order than it is written: with them one name can be
/// made to look like another.
const fn turns_text(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_be_seen() {
        let faults = |name: &str| {
            let mut wrong = Vec::new();
            check_name(name, &mut wrong);
            wrong.len()
        };
        for good in [
            "a",
            "Zürich 東京",
            "👩\u{200d}💻",
            "שלום",
            "x".repeat(200).as_str(),
        ] {
            assert_eq!(faults(good), 0, "{good}");
        }
        for bad in [
            "",
            " \t",
            "\u{200b}",
            "\u{2800}\u{3164} ",
            "a\u{0}",
            "a\nb",
            "pay\u{202e}lap",
            "\u{2066}x\u{2069}",
            "x".repeat(201).as_str(),
        ] {
            assert_eq!(faults(bad), 1, "{bad:?}");
        }
    }
}
