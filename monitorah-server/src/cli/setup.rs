//! `monitorah setup`: the first account, once.

use super::{Common, Exit, Outcome, configuration, print, print_json, system, tell};
use clap::Args;
use monitorah_core::{Env, service::ServiceError};
use serde_json::json;

#[derive(Debug, Args)]
pub(super) struct SetupArgs {
    #[command(flatten)]
    common: Common,
    /// The mail address of the first user.
    #[arg(long)]
    email: String,
    /// Print JSON: accountId, userId, apiKey.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(environment: &Env, args: &SetupArgs) -> Outcome {
    let config = configuration(&args.common, None)?;
    let (data, system) = system(environment, &config).await?;
    let founded = system.service.found(&args.email).await.map_err(refusal)?;
    data.store.close().await;
    if args.json {
        return print_json(&json!({
            "accountId": founded.account.to_string(),
            "userId": founded.user.to_string(),
            "apiKey": founded.api_key.expose(),
        }));
    }
    tell("This is your API key. It is shown once and stored nowhere: keep it safe.");
    print(&format!("{}\n", founded.api_key.expose()))
}

/// What a refused use-case means at the command line.
pub(super) fn refusal(error: ServiceError) -> Exit {
    match error {
        ServiceError::Invalid(fields) => {
            let all: Vec<_> = fields
                .into_iter()
                .map(|field| {
                    format!(
                        "{}: {}",
                        field.pointer.trim_start_matches('/'),
                        field.message
                    )
                })
                .collect();
            Exit::Refused(all.join("; "))
        }
        ServiceError::Conflict { message, .. } => Exit::Refused(message),
        ServiceError::NotFound(what) => Exit::Refused(format!("{what} not found")),
        error => Exit::fault(&error),
    }
}
