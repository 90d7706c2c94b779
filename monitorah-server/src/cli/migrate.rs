//! `monitorah migrate`: brings the database to the schema of this version.

use super::{Common, Exit, Outcome, configuration, tell};
use crate::{
    config::DatabaseConfig,
    data_dir::{DataDir, DataDirFault, with_causes},
};
use monitorah_core::Env;
use monitorah_store::postgres;

pub(super) async fn run(environment: &Env, common: &Common) -> Outcome {
    let config = configuration(common, None)?;
    if let Some(database) = &config.database {
        return on_postgres(database).await;
    }
    let refused = |error: DataDirFault| Exit::Refused(error.to_string());
    let data = DataDir::open(environment, &config.data_dir)
        .await
        .map_err(refused)?;
    let _lock = data.lock().map_err(refused)?;
    data.schema_state().await.map_err(refused)?;
    data.sound_to_start().await.map_err(refused)?;
    data.migrate().await.map_err(refused)?;
    data.store.close().await;
    tell("the database has the schema of this version");
    Ok(())
}

/// As the administrator: makes the roles and the login of the server, the schema and the rights.
async fn on_postgres(database: &DatabaseConfig) -> Outcome {
    let Some(admin) = &database.admin else {
        return Err(Exit::Refused(
            "the server itself may not change its schema: set database_admin_url \
             (MONITORAH_DATABASE_ADMIN_URL) for this command, to the URL of a role that may make \
             roles and tables, such as postgres"
                .to_owned(),
        ));
    };
    postgres::migrate(admin, &database.login)
        .await
        .map_err(|error| Exit::Refused(with_causes(&error)))?;
    tell(&format!(
        "the database has the schema of this version, and {} may sign in; start the server \
         without database_admin_url",
        database.login
    ));
    Ok(())
}
