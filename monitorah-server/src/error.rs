//! The one error envelope: `{"error":{"code","message","details"}}`, the same shape for every refusal.

use crate::web::SIGN_IN;
use axum::{
    Json,
    response::{IntoResponse, Redirect, Response},
};
use http::{HeaderValue, StatusCode, header};
use monitorah_core::{FieldError, Region, service::ServiceError};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::time::Duration;
use utoipa::ToSchema;

/// One thing that is wrong with a request, and where.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(crate) struct FieldFault {
    /// A JSON pointer (RFC 6901) into the body, or the name of a query parameter.
    pub pointer: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// What went wrong.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErrorBody {
    /// A stable word for programs.
    pub code: String,
    /// What to do, for people.
    pub message: String,
    /// More, where there is more: `fields` with a pointer each, `requestId`.
    #[schema(value_type = Object)]
    pub details: Map<String, Value>,
}

/// The body of every refusal.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ErrorEnvelope {
    /// What went wrong.
    pub error: ErrorBody,
}

/// A refusal on its way out. The request id is added by the outermost layer.
#[derive(Debug)]
pub(crate) struct ApiError {
    status: StatusCode,
    code: &'static str,
    message: String,
    details: Map<String, Value>,
    retry_after: Option<Duration>,
    /// Whether the caller is sent to sign in instead.
    sign_in: bool,
}

/// What a handler returns.
pub(crate) type ApiResult<T> = Result<T, ApiError>;

impl ApiError {
    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            details: Map::new(),
            retry_after: None,
            sign_in: false,
        }
    }

    /// Not here: a visitor of the pages is sent to sign in first.
    pub(crate) fn sign_in() -> Self {
        Self {
            sign_in: true,
            ..Self::internal()
        }
    }

    /// The same refusal, of a part that stands at this pointer of the whole body.
    pub(crate) fn under(mut self, place: &str) -> Self {
        let fields = self.details.get_mut("fields").and_then(Value::as_array_mut);
        for field in fields.into_iter().flatten() {
            if let Some(Value::String(pointer)) = field.get_mut("pointer")
                && !pointer.starts_with(place)
            {
                *pointer = format!("{place}{pointer}");
            }
        }
        self
    }

    pub(crate) const fn status(&self) -> StatusCode {
        self.status
    }

    /// The status and what the envelope holds.
    pub(crate) fn into_parts(self) -> (StatusCode, ErrorBody) {
        let body = ErrorBody {
            code: self.code.to_owned(),
            message: self.message,
            details: self.details,
        };
        (self.status, body)
    }

    pub(crate) fn malformed(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "malformed_request", message)
    }

    pub(crate) fn unauthorized() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "unauthorized",
            "send a valid API key as \"Authorization: Bearer mon_live_…\"",
        )
    }

    pub(crate) fn forbidden(scope: super::auth::Scope) -> Self {
        let mut error = Self::new(
            StatusCode::FORBIDDEN,
            "missing_scope",
            format!("this key lacks the scope {scope}: use a key that has it"),
        );
        error
            .details
            .insert("requiredScope".to_owned(), json!(scope.as_str()));
        error
    }

    pub(crate) fn method_not_allowed() -> Self {
        Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method_not_allowed",
            "this address does not take that method: see /api/v1/openapi.json",
        )
    }

    pub(crate) fn not_found(what: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not_found",
            format!("{what} not found"),
        )
    }

    pub(crate) fn other_region(region: Region) -> Self {
        let mut error = Self::new(
            StatusCode::MISDIRECTED_REQUEST,
            "wrong_region",
            format!("this key belongs to region {region}: ask the server of that region"),
        );
        error
            .details
            .insert("region".to_owned(), json!(region.as_str()));
        error
    }

    pub(crate) fn invalid(fields: Vec<FieldError>) -> Self {
        Self::invalid_as("validation_error", fields)
    }

    pub(crate) fn invalid_as(code: &'static str, fields: Vec<FieldError>) -> Self {
        let message = match fields.as_slice() {
            [only] => only.message.clone(),
            _ => format!("{} things are wrong: see details.fields", fields.len()),
        };
        let mut error = Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, message);
        let fields: Vec<_> = fields
            .into_iter()
            .map(|field| FieldFault {
                pointer: field.pointer,
                message: field.message,
            })
            .collect();
        error.details.insert("fields".to_owned(), json!(fields));
        error
    }

    /// What is wrong with the request: each field, or the whole of it.
    pub(crate) fn fields(&self) -> Vec<FieldError> {
        let named = self.details.get("fields").and_then(Value::as_array);
        let fields: Vec<_> = named
            .into_iter()
            .flatten()
            .filter_map(|field| {
                let text = |name: &str| Some(field.get(name)?.as_str()?.to_owned());
                Some(FieldError::new(text("pointer")?, text("message")?))
            })
            .collect();
        if fields.is_empty() {
            vec![FieldError::new("", self.message.as_str())]
        } else {
            fields
        }
    }

    pub(crate) fn rate_limited(after: Duration) -> Self {
        let mut error = Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "rate_limited",
            "too many requests: wait as long as Retry-After says",
        );
        error.retry_after = Some(after);
        error
    }

    pub(crate) fn too_large(limit: usize) -> Self {
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "body_too_large",
            format!("the body has more than {limit} bytes"),
        )
    }

    pub(crate) fn internal() -> Self {
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "a fault of ours: the request id finds it in the log",
        )
    }

    fn unavailable() -> Self {
        let mut error = Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "store_unavailable",
            "the database is not available now: try again",
        );
        error.retry_after = Some(Duration::from_secs(1));
        error
    }
}

impl From<ServiceError> for ApiError {
    fn from(error: ServiceError) -> Self {
        match error {
            ServiceError::Invalid(fields) => Self::invalid(fields),
            ServiceError::NotFound(what) => Self::not_found(what),
            ServiceError::Conflict { code, message } => {
                Self::new(StatusCode::CONFLICT, code, message)
            }
            ServiceError::Stale => Self::new(
                StatusCode::PRECONDITION_FAILED,
                "precondition_failed",
                "it was changed since you read it: read it again and decide anew",
            ),
            ServiceError::Sealed(error) => {
                tracing::warn!(%error, "the key of an account is not available");
                Self::new(
                    StatusCode::LOCKED,
                    "sealed",
                    "the key of this account is not available: its data cannot be read or written",
                )
            }
            ServiceError::Unavailable(error) => {
                log_fault(&error);
                Self::unavailable()
            }
            error => {
                log_fault(&error);
                Self::internal()
            }
        }
    }
}

fn log_fault(error: &dyn std::error::Error) {
    let mut causes = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        causes.push(cause.to_string());
        next = cause.source();
    }
    tracing::error!(%error, causes = causes.join(": "), "a request failed through a fault of ours");
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        if self.sign_in {
            return Redirect::to(SIGN_IN).into_response();
        }
        let body = ErrorEnvelope {
            error: ErrorBody {
                code: self.code.to_owned(),
                message: self.message,
                details: self.details,
            },
        };
        let mut response = (self.status, Json(body)).into_response();
        let headers = response.headers_mut();
        if let Some(after) = self.retry_after {
            headers.insert(
                header::RETRY_AFTER,
                HeaderValue::from(after.as_secs().max(1)),
            );
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
