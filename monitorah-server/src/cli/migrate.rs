//! `monitorah migrate`: brings the database to the schema of this version, while no server runs.

use super::{Common, Exit, Outcome, configuration, tell};
use crate::data_dir::{DataDir, DataDirFault};
use monitorah_core::Env;

pub(super) async fn run(environment: &Env, common: &Common) -> Outcome {
    let config = configuration(common, None)?;
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
