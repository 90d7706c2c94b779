//! A data directory whose database is PostgreSQL: the folder keeps the root key and the lock.

use super::{DataDir, DataDirFault, Database, ROOT_KEY, judge, make};
use crate::config::{Config, DatabaseConfig};
use monitorah_core::{
    Env,
    crypt::{LocalKeyError, RootKey},
    port::TenantResolver,
};
use monitorah_store::{PostgresStore, SchemaState};
use std::{path::Path, sync::Arc};

impl DataDir {
    /// Opens what the configuration names, making what is missing: the folder, and, where nothing
    /// is set up yet, the root key.
    ///
    /// # Errors
    /// When something is exposed, damaged or missing; then nothing was changed.
    pub async fn of(environment: &Env, config: &Config) -> Result<Self, DataDirFault> {
        let path = &config.data_dir;
        let Some(database) = &config.database else {
            return Self::open(environment, path).await;
        };
        let store = connect(environment, database).await?;
        current(store.schema_state().await?)?;
        make(path)?;
        let key_path = path.join(ROOT_KEY);
        if !exists(path, &key_path)? {
            // A new key could open nothing of what another one has sealed.
            if store.founder().await?.is_some() {
                return Err(DataDirFault::KeyElsewhere(key_path));
            }
            match RootKey::create(Arc::clone(environment), &key_path) {
                Ok(_) | Err(LocalKeyError::Exists(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        with_key(environment, path, store)
    }

    /// Opens what the configuration names and is there, and makes nothing.
    ///
    /// # Errors
    /// When something is absent, exposed, damaged or missing; then nothing was changed.
    pub async fn there(environment: &Env, config: &Config) -> Result<Self, DataDirFault> {
        let path = &config.data_dir;
        let Some(database) = &config.database else {
            return Self::existing(environment, path).await;
        };
        judge(path)?;
        let store = connect(environment, database).await?;
        with_key(environment, path, store)
    }

    /// Whether the schema is that of this version: only `monitorah migrate` changes it.
    pub(super) async fn migrated(&self) -> Result<(), DataDirFault> {
        current(self.store.schema_state().await?)
    }
}

async fn connect(
    environment: &Env,
    database: &DatabaseConfig,
) -> Result<PostgresStore, DataDirFault> {
    let options = database.options(environment);
    PostgresStore::connect(&database.login, options)
        .await
        .map_err(|error| DataDirFault::Postgres {
            place: database.login.to_string(),
            error,
        })
}

fn current(state: SchemaState) -> Result<(), DataDirFault> {
    match state {
        SchemaState::Current => Ok(()),
        SchemaState::Behind { schema, software } => {
            Err(DataDirFault::NotMigrated { schema, software })
        }
        SchemaState::Newer { schema, software } => {
            Err(DataDirFault::NewerSchema { schema, software })
        }
    }
}

fn exists(path: &Path, key: &Path) -> Result<bool, DataDirFault> {
    key.try_exists().map_err(|source| DataDirFault::Folder {
        path: path.to_owned(),
        source,
    })
}

fn with_key(environment: &Env, path: &Path, store: PostgresStore) -> Result<DataDir, DataDirFault> {
    let root_key = RootKey::read(Arc::clone(environment), &path.join(ROOT_KEY))?;
    Ok(DataDir {
        path: path.to_owned(),
        root_key: Arc::new(root_key),
        store: Database::Postgres(Arc::new(store)),
    })
}
