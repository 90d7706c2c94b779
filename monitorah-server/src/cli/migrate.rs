//! `monitorah migrate`: brings the database to the schema of this version, while no server runs.

use super::{Common, Exit, Outcome, configuration, tell};
use crate::data_dir::{DataDir, with_causes};
use monitorah_core::Env;

pub(super) async fn run(environment: &Env, common: &Common) -> Outcome {
    let config = configuration(common, None)?;
    let data = DataDir::open(environment, &config.data_dir)
        .await
        .map_err(|error| Exit::Refused(error.to_string()))?;
    let _lock = data
        .lock()
        .map_err(|error| Exit::Refused(error.to_string()))?;
    data.store
        .migrate()
        .await
        .map_err(|error| Exit::Refused(with_causes(&error)))?;
    data.store.close().await;
    tell("the database has the schema of this version");
    Ok(())
}
