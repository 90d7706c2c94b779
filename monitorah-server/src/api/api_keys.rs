//! API keys.

use super::{Refusals, checks::Paged, page};
use crate::{
    auth::{Access, Scope, Scopes},
    error::{ApiError, ApiResult},
    layer::extract::{self, Id, Json, Query},
    state::AppState,
};
use axum::{
    Json as Shown,
    extract::State,
    response::{IntoResponse, Response},
};
use http::{StatusCode, header};
use jiff::Timestamp;
use monitorah_core::{ApiKeyId, FieldError, port::ApiKeyRecord, service::ApiKeyDraft};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A key to be made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct CreateApiKey {
    /// What people call it.
    #[serde(deserialize_with = "extract::trimmed")]
    #[schema(min_length = 1, max_length = 200)]
    name: String,
    /// What it may do: scopes, or `*` for all.
    #[schema(min_items = 1, max_items = 50)]
    scopes: Vec<String>,
    /// When it ends.
    #[serde(default, deserialize_with = "extract::moment_or_none")]
    expires_at: Option<Timestamp>,
}

/// An API key.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ApiKey)]
pub(crate) struct ApiKeyBody {
    /// Its id.
    id: String,
    /// What people call it.
    name: String,
    /// Its first characters, to tell keys apart.
    prefix: String,
    /// What it may do.
    scopes: Vec<String>,
    /// Whose it is.
    user_id: String,
    /// When it was made.
    created_at: Timestamp,
    /// When it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<Timestamp>,
    /// When it was revoked.
    #[serde(skip_serializing_if = "Option::is_none")]
    revoked_at: Option<Timestamp>,
}

/// A key that was just made.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CreatedApiKey {
    /// Its id.
    id: String,
    /// The key itself: shown now and never again.
    #[schema(format = Password)]
    key: String,
    /// What people call it.
    name: String,
    /// Its first characters, to tell keys apart.
    prefix: String,
    /// What it may do.
    scopes: Vec<String>,
    /// Whose it is.
    user_id: String,
    /// When it was made.
    created_at: Timestamp,
    /// When it ends.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<Timestamp>,
}

page::page! {
    /// A page of API keys.
    ApiKeyPage of ApiKeyBody
}

impl From<ApiKeyRecord> for ApiKeyBody {
    fn from(record: ApiKeyRecord) -> Self {
        Self {
            id: record.id.to_string(),
            name: record.name,
            prefix: record.prefix,
            scopes: record.scopes,
            user_id: record.user.to_string(),
            created_at: record.created_at,
            expires_at: record.expires_at,
            revoked_at: record.revoked_at,
        }
    }
}

/// List the keys, oldest first, revoked ones too.
#[utoipa::path(get, path = "/api/v1/api-keys", operation_id = "list_api_keys", tag = "API keys",
    params(Paged),
    responses((status = 200, description = "A page of keys.", body = ApiKeyPage), Refusals))]
pub(crate) async fn list(
    State(state): State<AppState>,
    access: Access,
    Query(query): Query<Paged>,
) -> ApiResult<Shown<ApiKeyPage>> {
    let (data, meta) = page::list(
        &state,
        &access,
        "api-keys",
        &query,
        async |page| state.service.api_keys(&access.tenant, page).await,
        |record| *record.id.as_bytes(),
        ApiKeyBody::from,
    )
    .await?;
    Ok(Shown(ApiKeyPage { data, meta }))
}

/// Checks that these are scopes.
pub(crate) fn known_scopes(scopes: &[String]) -> Result<(), Vec<FieldError>> {
    let known = || {
        Scope::ALL
            .iter()
            .map(|scope| scope.as_str())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let wrong: Vec<_> = scopes
        .iter()
        .enumerate()
        .filter(|(_, scope)| *scope != "*" && scope.parse::<Scope>().is_err())
        .map(|(index, _)| {
            FieldError::new(
                format!("/scopes/{index}"),
                format!("unknown scope: use some of {}, or *", known()),
            )
        })
        .collect();
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// Make a key. The answer shows it, once. A key can give only what it has itself.
#[utoipa::path(post, path = "/api/v1/api-keys", operation_id = "create_api_key", tag = "API keys",
    request_body = CreateApiKey,
    responses((status = 201, description = "It was made.", body = CreatedApiKey), Refusals))]
pub(crate) async fn create(
    State(state): State<AppState>,
    access: Access,
    body: Json<CreateApiKey>,
) -> ApiResult<Response> {
    let caller = access.caller(&body.raw);
    let CreateApiKey {
        name,
        scopes,
        expires_at,
    } = body.value;
    known_scopes(&scopes).map_err(ApiError::invalid)?;
    let wanted = Scopes::parse(scopes.iter().map(String::as_str));
    if !access.scopes.cover(&wanted) {
        return Err(ApiError::new(
            StatusCode::FORBIDDEN,
            "scope_not_held",
            "a key can give only scopes that it has itself: ask for fewer, or use another key",
        ));
    }
    // Whoever holds a key for a day must not make one for ever of it.
    if let Some(end) = access.expires_at
        && expires_at.is_none_or(|wanted| wanted > end)
    {
        return Err(ApiError::invalid(vec![FieldError::new(
            "/expiresAt",
            format!("a key cannot outlive the key that makes it: name a time until {end}"),
        )]));
    }
    let draft = ApiKeyDraft {
        name,
        scopes,
        expires_at,
    };
    let created = state
        .service
        .create_api_key(&caller, access.user, draft)
        .await?;
    let record = created.record;
    let location = format!("/api/v1/api-keys/{}", record.id);
    let body = CreatedApiKey {
        id: record.id.to_string(),
        key: created.key.expose().clone(),
        name: record.name,
        prefix: record.prefix,
        scopes: record.scopes,
        user_id: record.user.to_string(),
        created_at: record.created_at,
        expires_at: record.expires_at,
    };
    Ok((
        StatusCode::CREATED,
        [(header::LOCATION, location)],
        Shown(body),
    )
        .into_response())
}

/// Revoke a key, in force at once. A key can revoke only what can do no more than itself.
#[utoipa::path(delete, path = "/api/v1/api-keys/{id}", operation_id = "revoke_api_key", tag = "API keys",
    params(("id" = String, Path, description = "The key's id.")),
    responses((status = 204, description = "It opens nothing any more."), Refusals))]
pub(crate) async fn revoke(
    State(state): State<AppState>,
    access: Access,
    Id(id): Id<ApiKeyId>,
) -> ApiResult<StatusCode> {
    let record = state.service.api_key(&access.tenant, id).await?;
    let theirs = Scopes::parse(record.scopes.iter().map(String::as_str));
    if !access.scopes.cover(&theirs) {
        return Err(ApiError::new(
            StatusCode::FORBIDDEN,
            "scope_not_held",
            "a key can revoke only keys whose scopes it has itself: use another key",
        ));
    }
    state
        .service
        .revoke_api_key(&access.caller(&[]), id)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
