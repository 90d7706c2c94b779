//! `monitorah api-keys create`: a key for the operator who lost the last one.

use super::{
    Common, Exit, Outcome, configuration, print, print_json, setup::refusal, system, tell,
};
use crate::api::api_keys::known_scopes;
use clap::{Args, Subcommand};
use monitorah_core::{
    Env,
    service::{ApiKeyDraft, Caller, ServiceError},
};
use serde_json::json;

#[derive(Debug, Args)]
pub(super) struct ApiKeysArgs {
    #[command(subcommand)]
    command: ApiKeysCommand,
}

#[derive(Debug, Subcommand)]
enum ApiKeysCommand {
    /// Make a key for the first user.
    Create(CreateArgs),
}

#[derive(Debug, Args)]
struct CreateArgs {
    #[command(flatten)]
    common: Common,
    /// What you call it.
    #[arg(long, default_value = "command line")]
    name: String,
    /// What it may do; once for each scope.
    #[arg(long = "scope", value_name = "SCOPE", default_value = "*")]
    scopes: Vec<String>,
    /// Print JSON: id, key, prefix, scopes.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(environment: &Env, args: ApiKeysArgs) -> Outcome {
    let ApiKeysCommand::Create(args) = args.command;
    let config = configuration(&args.common, None)?;
    known_scopes(&args.scopes).map_err(|wrong| refusal(ServiceError::Invalid(wrong)))?;
    let (data, system) = system(environment, &config).await?;
    let (tenant, user) = system
        .service
        .founder()
        .await
        .map_err(|error| match error {
            ServiceError::NotFound(_) => Exit::Refused(
                "nothing is set up yet: run monitorah setup --email you@example.org".to_owned(),
            ),
            error => refusal(error),
        })?;
    let draft = ApiKeyDraft {
        name: args.name,
        scopes: args.scopes,
        expires_at: None,
    };
    let caller = Caller::operator(tenant);
    let created = system
        .service
        .create_api_key(&caller, user, draft)
        .await
        .map_err(refusal)?;
    data.store.close().await;
    if args.json {
        return print_json(&json!({
            "id": created.record.id.to_string(),
            "key": created.key.expose(),
            "prefix": created.record.prefix,
            "scopes": created.record.scopes,
        }));
    }
    tell("This is your API key. It is shown once and stored nowhere: keep it safe.");
    print(&format!("{}\n", created.key.expose()))
}
