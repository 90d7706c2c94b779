//! The connections that read: a few, handed out one at a time.
//!
//! A pool asks a connection whether it is still there before it hands it out, and again when it
//! comes back. Of a file that is two questions too many for each that is asked: so these are kept
//! by ourselves, and replaced from time to time instead.

use crate::sql::fault::fault;
use monitorah_core::{Env, StoreError, StoreErrorKind, StoreResult, environment::timeout};
use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{
    fmt,
    ops::{Deref, DerefMut},
    sync::{self, Arc, PoisonError},
    time::Duration,
};
use tokio::sync::{Mutex, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore, TryAcquireError};

/// How long a caller waits for a connection before the store counts as unavailable.
const ACQUIRE: Duration = Duration::from_secs(10);
/// How long a connection is used: whatever may be wrong with one ends with it.
const LIFETIME: Duration = Duration::from_secs(600);
/// The most connections.
const MOST: u32 = 64;

/// All of them.
#[derive(Clone)]
pub(super) struct Readers(Arc<Shared>);

struct Shared {
    environment: Env,
    options: SqliteConnectOptions,
    /// As many as there are connections: whoever has a place finds one of them free.
    places: Arc<Semaphore>,
    open: sync::Mutex<Vec<Arc<Mutex<Open>>>>,
    count: u32,
}

impl Shared {
    fn all(&self) -> sync::MutexGuard<'_, Vec<Arc<Mutex<Open>>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Open {
    connection: SqliteConnection,
    opened_at: Duration,
}

/// One of them; given back when dropped. A statement that was dropped half-way ends before the next
/// one of its connection begins.
pub(super) struct Reader {
    // Before its place: whoever has the place finds it free.
    open: OwnedMutexGuard<Open>,
    _place: OwnedSemaphorePermit,
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").finish_non_exhaustive()
    }
}

impl Readers {
    /// Opens them.
    pub(super) async fn open(
        environment: Env,
        options: SqliteConnectOptions,
        count: u32,
    ) -> StoreResult<Self> {
        let mut open = Vec::new();
        let count = count.clamp(1, MOST);
        for _ in 0..count {
            let connection = connect(&options).await?;
            let opened_at = environment.monotonic();
            open.push(Arc::new(Mutex::new(Open {
                connection,
                opened_at,
            })));
        }
        Ok(Self(Arc::new(Shared {
            environment,
            options,
            places: Arc::new(Semaphore::new(open.len())),
            open: sync::Mutex::new(open),
            count,
        })))
    }

    /// A connection, once one is free.
    pub(super) async fn acquire(&self) -> StoreResult<Reader> {
        let unavailable = |why: &str| StoreError::new(StoreErrorKind::Unavailable, why);
        let shared = &*self.0;
        let place = match Arc::clone(&shared.places).try_acquire_owned() {
            Ok(place) => place,
            Err(TryAcquireError::Closed) => return Err(unavailable("the store is closed")),
            Err(TryAcquireError::NoPermits) => {
                let place = Arc::clone(&shared.places).acquire_owned();
                timeout(&*shared.environment, ACQUIRE, place)
                    .await
                    .map_err(|_| unavailable("every connection that reads is busy"))?
                    .map_err(|_| unavailable("the store is closed"))?
            }
        };
        let mut open = shared
            .all()
            .iter()
            .find_map(|open| Arc::clone(open).try_lock_owned().ok())
            .ok_or_else(|| unavailable("every connection that reads is busy"))?;
        let now = shared.environment.monotonic();
        if now.saturating_sub(open.opened_at) > LIFETIME {
            *open = Open {
                connection: connect(&shared.options).await?,
                opened_at: now,
            };
        }
        Ok(Reader {
            open,
            _place: place,
        })
    }

    /// Ends them, once those that are in use have come back.
    pub(super) async fn close(&self) {
        let all = self.0.places.acquire_many(self.0.count).await;
        self.0.places.close();
        drop(all);
        let open = std::mem::take(&mut *self.0.all());
        for open in open.into_iter().filter_map(Arc::into_inner) {
            // Nothing that reads can lose anything.
            let _closed = open.into_inner().connection.close().await;
        }
    }
}

async fn connect(options: &SqliteConnectOptions) -> StoreResult<SqliteConnection> {
    SqliteConnection::connect_with(options).await.map_err(fault)
}

impl Deref for Reader {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.open.connection
    }
}

impl DerefMut for Reader {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.open.connection
    }
}
