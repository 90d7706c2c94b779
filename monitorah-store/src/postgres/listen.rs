//! Hearing of changes: PostgreSQL tells every server that listens when the feed was written to.

use super::PostgresStore;
use sqlx::{
    Pool, Postgres,
    postgres::{PgConnectOptions, PgListener, PgPoolOptions},
};
use std::{fmt, time::Duration};
use tokio::sync::Mutex;

/// What the trigger on the feed calls its messages.
const CHANNEL: &str = "monitorah_feed";
/// How long a connection may take. The feed is polled meanwhile.
const ACQUIRE: Duration = Duration::from_secs(5);

/// A connection of its own that listens, once somebody asked for it.
pub(super) struct Ear {
    pool: Pool<Postgres>,
    listener: Mutex<Option<PgListener>>,
}

impl fmt::Debug for Ear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ear")
    }
}

impl Ear {
    pub(super) fn new(connect: PgConnectOptions) -> Self {
        let pool = PgPoolOptions::new()
            .max_connections(1)
            .acquire_timeout(ACQUIRE)
            .connect_lazy_with(connect);
        Self {
            pool,
            listener: Mutex::new(None),
        }
    }

    async fn hear(&self) -> Result<(), sqlx::Error> {
        let mut listener = self.listener.lock().await;
        if listener.is_none() {
            let mut awake = PgListener::connect_with(&self.pool).await?;
            awake.listen(CHANNEL).await?;
            *listener = Some(awake);
            // What was told before somebody listened.
            return Ok(());
        }
        // It stays in its place: whoever gives this up while it waits loses nothing.
        let Some(awake) = listener.as_mut() else {
            return Ok(());
        };
        let heard = awake.recv().await;
        if heard.is_err() {
            *listener = None;
        }
        heard.map(drop)
    }
}

impl PostgresStore {
    /// Ends when somebody wrote to the feed, and never when nothing can be heard: the feed is asked
    /// now and then all the same, and this then tried again.
    pub(super) async fn told(&self) {
        if self.ear.hear().await.is_err() {
            std::future::pending().await
        }
    }

    pub(super) fn stop_listening(&self) {
        // Whoever listens at this moment is told by the pool itself.
        if let Ok(mut listener) = self.ear.listener.try_lock() {
            *listener = None;
        }
        drop(self.ear.pool.close());
    }
}
