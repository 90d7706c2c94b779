//! A check of another crate: free space of a folder, registered beside the built-in ones.
//!
//! `cargo run --example custom_check -- /tmp 1` looks once and says whether /tmp has 1 MiB free.

use async_trait::async_trait;
use monitorah_core::{
    ConfigError, Env, Observation, Reason, Secret, Status,
    check::{Check, CheckContext, CheckEnv, CheckRegistry, CheckSpec},
    environment::SystemEnvironment,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{error::Error, io::Write, path::PathBuf, sync::Arc, time::Duration};

/// The configuration: what the API publishes the schema of.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct FreeSpaceSpec {
    /// The least free space: MiB.
    min_mebibytes: u64,
}

/// The running look.
#[derive(Debug)]
struct FreeSpace {
    folder: PathBuf,
    min_mebibytes: u64,
}

impl CheckSpec for FreeSpaceSpec {
    const KIND: &'static str = "FREE_SPACE";

    fn build(self, env: &CheckEnv) -> Result<Box<dyn Check>, ConfigError> {
        let folder = PathBuf::from(env.target());
        if !folder.is_absolute() {
            return Err(ConfigError::new(
                "/target",
                "the target is the absolute path of a folder",
            ));
        }
        Ok(Box::new(FreeSpace {
            folder,
            min_mebibytes: self.min_mebibytes,
        }))
    }
}

#[async_trait]
impl Check for FreeSpace {
    async fn run(&self, _: &CheckContext) -> Observation {
        match rustix::fs::statvfs(&self.folder) {
            Err(error) => Observation::down(
                Reason::Custom,
                format!("the folder cannot be read: {error}"),
            ),
            Ok(space) => {
                let free = space.f_bavail.saturating_mul(space.f_frsize) / (1024 * 1024);
                if free < self.min_mebibytes {
                    Observation::down(Reason::Custom, format!("only {free} MiB are free"))
                } else {
                    Observation::up().because(format!("{free} MiB are free"))
                }
            }
        }
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("name a folder")?;
    let min_mebibytes: u64 = arguments.next().ok_or("name a number of MiB")?.parse()?;
    let environment: Env = Arc::new(SystemEnvironment::new());
    let registry = CheckRegistry::offline().with::<FreeSpaceSpec>();
    let env = CheckEnv::new(
        Secret::new(folder),
        Duration::from_secs(60),
        environment.now(),
    );
    let config = serde_json::json!({ "minMebibytes": min_mebibytes });
    let check = registry.build("FREE_SPACE", config, env)?;
    let cx = CheckContext::new(&environment, Duration::from_secs(5));
    let seen = check.run(&cx).await;
    let detail = seen.detail.unwrap_or_default();
    writeln!(
        std::io::stdout(),
        "{:?} {} {detail}",
        seen.status,
        seen.reason.as_str()
    )?;
    if seen.status == Status::Up {
        Ok(())
    } else {
        Err(detail.into())
    }
}
