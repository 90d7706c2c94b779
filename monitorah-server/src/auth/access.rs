//! The check of every request: policy row, key, rate, scope, in that order.

use super::{Requirement, Scope, Scopes, policy};
use crate::{
    error::{ApiError, ApiResult},
    layer::limit::{Limited, Presented},
    state::AppState,
    web,
};
use axum::{
    RequestExt,
    extract::{FromRequestParts, MatchedPath, RawPathParams, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, Method, StatusCode, header, request::Parts};
use jiff::Timestamp;
use monitorah_core::{
    Actor, FieldError, RequestId, Tenant, UserId,
    port::KeyMatch,
    service::{
        Caller,
        token::{self, TokenError, TokenKind},
    },
};
use serde_json::Value;
use std::net::IpAddr;

/// What health is asked at.
const HEALTH: &str = "/api/v1/health";
/// The longest idempotency key.
const MAX_IDEMPOTENCY_KEY: usize = 255;

/// Who asks, once that is established. Handlers of protected routes take it.
#[derive(Debug, Clone)]
pub(crate) struct Access {
    pub(crate) tenant: Tenant,
    pub(crate) user: UserId,
    pub(crate) actor: Actor,
    pub(crate) scopes: Scopes,
    /// When its key ends.
    pub(crate) expires_at: Option<Timestamp>,
    request: Requested,
}

/// What a request says of itself beside its body.
#[derive(Debug, Clone)]
struct Requested {
    id: RequestId,
    method: Method,
    path: String,
    idempotency: Option<String>,
}

impl Access {
    /// The caller of a use-case, for one item of a request that has many: under the request's
    /// idempotency key each item is done once.
    pub(crate) fn caller_of_item(&self, index: usize, item: &Value) -> Caller {
        let mut caller = self.caller(item.to_string().as_bytes());
        if let Some((key, _)) = &mut caller.idempotency {
            // No key of a request has a space in it.
            *key = format!("{key} {index}");
        }
        caller
    }

    /// The caller of a use-case, for a request with this body.
    pub(crate) fn caller(&self, body: &[u8]) -> Caller {
        let idempotency = self.request.idempotency.as_ref().map(|key| {
            let mut same = format!("{} {}\n", self.request.method, self.request.path).into_bytes();
            same.extend_from_slice(body);
            (key.clone(), same)
        });
        Caller {
            tenant: self.tenant,
            actor: self.actor,
            request: Some(self.request.id),
            idempotency,
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Access {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> ApiResult<Self> {
        // A handler that asks for it on a public route is a mistake of ours, and answers nobody.
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(ApiError::unauthorized)
    }
}

/// The layer: nothing behind it runs before policy, key, rate and scope were checked.
pub(crate) async fn authorise(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    match check(&state, &mut request).await {
        Ok(limited) => {
            let presented = request.extensions().get::<Presented>().copied();
            let mut response = next.run(request).await;
            if let Some(presented) = presented {
                if response.status().is_success() {
                    state.limits.remember(presented);
                } else if response.status() == StatusCode::NOT_FOUND {
                    state.limits.forget(presented);
                }
            }
            limited.write(response.headers_mut());
            response
        }
        Err((error, limited)) => {
            let mut response = error.into_response();
            if let Some(limited) = limited {
                limited.write(response.headers_mut());
            }
            response
        }
    }
}

async fn check(state: &AppState, request: &mut Request) -> Result<Limited, Refused> {
    let path = request
        .extensions()
        .get::<MatchedPath>()
        .map(|path| path.as_str().to_owned());
    let peer = state.limits.peer(request);
    let known = path.as_deref().is_some_and(policy::is_known);
    let requirement = path.and_then(|path| policy::requirement(request.method(), &path));
    let Some(requirement) = requirement else {
        let limited = state.limits.by_peer(peer).map_err(|(e, l)| (e, Some(l)))?;
        let error = if known {
            ApiError::method_not_allowed()
        } else {
            ApiError::not_found("route")
        };
        return Err((error, Some(limited)));
    };
    let scope = match requirement {
        Requirement::Scope(scope) => scope,
        Requirement::Page(scope) => return visit(state, request, scope).await,
        Requirement::Token => return token_limit(state, request, peer).await,
        Requirement::Nothing if request.uri().path().starts_with(HEALTH) => {
            return state.limits.by_prober(peer).map_err(|(e, l)| (e, Some(l)));
        }
        Requirement::Nothing => {
            return state.limits.by_peer(peer).map_err(|(e, l)| (e, Some(l)));
        }
    };
    let found = authenticate(state, request.headers(), peer).await?;
    let limited = state
        .limits
        .by_key(found.key)
        .map_err(|(e, l)| (e, Some(l)))?;
    let scopes = Scopes::parse(found.scopes.iter().map(String::as_str));
    if !scopes.allow(scope) {
        return Err((ApiError::forbidden(scope), Some(limited)));
    }
    let idempotency = match idempotency_key(request.headers()) {
        Ok(idempotency) => idempotency,
        Err(error) => return Err((error, Some(limited))),
    };
    let id = request.extensions().get::<RequestId>().copied();
    let id = id.unwrap_or_else(|| RequestId::generate(&*state.environment));
    let access = Access {
        tenant: found.tenant,
        user: found.user,
        actor: Actor::ApiKey {
            key: found.key,
            user: found.user,
        },
        scopes,
        expires_at: found.expires_at,
        request: Requested {
            id,
            method: request.method().clone(),
            path: request.uri().path().to_owned(),
            idempotency,
        },
    };
    request.extensions_mut().insert(access);
    Ok(limited)
}

/// A request that is let in or not, and what its caller is told of its limit.
type Refused = (ApiError, Option<Limited>);

/// Lets a visitor of the pages in, counted as a user of the key that the visit began with.
async fn visit(
    state: &AppState,
    request: &mut Request,
    scope: Scope,
) -> Result<Limited, (ApiError, Option<Limited>)> {
    let found = web::visitor(state, request.headers())
        .await
        .map_err(|error| (error.into(), None))?;
    let Some(web::Visitor(found)) = found else {
        let peer = state.limits.peer(request);
        let limited = state.limits.by_peer(peer).map_err(|(e, l)| (e, Some(l)))?;
        let at = web::sign_in_for(request.method(), request.uri());
        return Err((ApiError::sign_in(at), Some(limited)));
    };
    let limited = state
        .limits
        .by_key(found.key)
        .map_err(|(e, l)| (e, Some(l)))?;
    if !Scopes::parse(found.scopes.iter().map(String::as_str)).allow(scope) {
        return Err((ApiError::forbidden(scope), Some(limited)));
    }
    request.extensions_mut().insert(web::Visitor(found));
    Ok(limited)
}

/// Whom the presented key stands for. A key that was not good lately counts against its address
/// before it is looked for: guessing is limited by where it comes from, and costs no look-up
/// beyond that. Good keys behind the same address go on.
async fn authenticate(
    state: &AppState,
    headers: &HeaderMap,
    peer: IpAddr,
) -> Result<KeyMatch, Refused> {
    let limits = &state.limits;
    let strange = || limits.by_strange_key(peer).map_err(|(e, l)| (e, Some(l)));
    let Some(key) = presented_key(headers) else {
        return Err((ApiError::unauthorized(), Some(strange()?)));
    };
    match token::inspect(key, TokenKind::ApiKey, state.region) {
        Ok(()) => {}
        Err(TokenError::OtherRegion(region)) => {
            return Err((ApiError::other_region(region), Some(strange()?)));
        }
        Err(TokenError::Malformed) => {
            return Err((ApiError::unauthorized(), Some(strange()?)));
        }
    }
    let presented = Presented::of(key);
    let counted = if limits.was_good(presented) {
        None
    } else {
        Some(strange()?)
    };
    match state.service.authenticate(key).await {
        Ok(Some(found)) => {
            limits.remember(presented);
            Ok(found)
        }
        Ok(None) => {
            limits.forget(presented);
            let counted = match counted {
                Some(counted) => counted,
                None => strange()?,
            };
            Err((ApiError::unauthorized(), Some(counted)))
        }
        Err(fault) => Err((fault.into(), counted)),
    }
}

/// A ping: limited by its token, and before the token is looked for by its address, unless it was
/// good lately.
async fn token_limit(
    state: &AppState,
    request: &mut Request,
    peer: IpAddr,
) -> Result<Limited, Refused> {
    let limits = &state.limits;
    let strange = || limits.by_strange_token(peer).map_err(|(e, l)| (e, Some(l)));
    let params = request.extract_parts::<RawPathParams>().await.ok();
    let mut values = params.iter().flatten().map(|(_, value)| value);
    let Some(secret) = values.next() else {
        return strange();
    };
    let is = |kind| token::inspect(secret, kind, state.region).is_ok();
    let bucket = if is(TokenKind::Heartbeat) {
        Presented::of(secret)
    } else if is(TokenKind::ApiKey) {
        // A key stands for many jobs: each has a bucket of its own.
        Presented::of(&format!("{secret}/{}", values.next().unwrap_or("")))
    } else {
        return strange();
    };
    let presented = Presented::of(secret);
    if !limits.was_good(presented) {
        strange()?;
    }
    let limited = limits.by_token(bucket).map_err(|(e, l)| (e, Some(l)))?;
    request.extensions_mut().insert(presented);
    Ok(limited)
}

fn presented_key(headers: &HeaderMap) -> Option<&str> {
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        let (scheme, key) = value.to_str().ok()?.split_once(' ')?;
        return scheme.eq_ignore_ascii_case("bearer").then(|| key.trim());
    }
    headers.get("x-api-key")?.to_str().ok()
}

fn idempotency_key(headers: &HeaderMap) -> ApiResult<Option<String>> {
    let Some(value) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    let text = value.to_str().ok().filter(|text| {
        !text.is_empty()
            && text.len() <= MAX_IDEMPOTENCY_KEY
            && text.bytes().all(|byte| byte.is_ascii_graphic())
    });
    match text {
        Some(text) => Ok(Some(text.to_owned())),
        None => Err(ApiError::invalid(vec![FieldError::new(
            "Idempotency-Key",
            "an idempotency key has 1 to 255 visible ASCII characters",
        )])),
    }
}
