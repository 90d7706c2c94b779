//! What can go wrong: a refusal of the server, told apart by status and code, or no answer at all.

use crate::{retry::retry_after, types};
use progenitor_client::Error as Failure;
use std::{fmt, time::Duration};

/// One thing that is wrong with a request, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldFault {
    /// A JSON pointer (RFC 6901) into the body, or the name of a query parameter or header.
    pub pointer: String,
    /// What is wrong and what to do.
    pub message: String,
}

/// The server understood who asks, or did not, and refused.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Refusal {
    /// The status: 401 no valid key, 403 a scope is missing, 404 absent, 409 not as things are,
    /// 422 understood and wrong, 429 too many requests, and so on.
    pub status: u16,
    /// A stable word for programs, such as `validation_error`.
    pub code: String,
    /// What to do, for people.
    pub message: String,
    /// Everything that is wrong with the request, for a 422.
    pub fields: Vec<FieldFault>,
    /// How long to wait before trying again, for a 429 and a 503.
    pub retry_after: Option<Duration>,
    /// Finds the request in the server's log.
    pub request_id: Option<String>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the server refused ({} {}): {}",
            self.status, self.code, self.message
        )
    }
}

/// Something did not work.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The server refused.
    #[error("{0}")]
    Refused(Box<Refusal>),
    /// There is no answer, or it broke off. Whether the request was done is not known.
    #[error("the server did not answer")]
    NoAnswer(#[source] reqwest::Error),
    /// The answer is not what the specification says: another program, or another version.
    #[error("the server's answer is not understood: {what}")]
    NotUnderstood {
        /// The status, where there was one.
        status: Option<u16>,
        /// What is not understood.
        what: String,
    },
    /// The request lacks something, and was not sent.
    #[error("the request is incomplete: {0}")]
    Incomplete(String),
    /// The client cannot be set up.
    #[error("{0}")]
    Setup(String),
}

impl Error {
    pub(crate) fn setup(what: &str) -> Self {
        Self::Setup(what.to_owned())
    }

    /// The refusal, when it is one.
    #[must_use]
    pub fn refusal(&self) -> Option<&Refusal> {
        match self {
            Self::Refused(refusal) => Some(refusal),
            _ => None,
        }
    }

    /// The status of the answer, when there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused(refusal) => Some(refusal.status),
            Self::NotUnderstood { status, .. } => *status,
            _ => None,
        }
    }

    /// The stable word of a refusal.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.refusal().map(|refusal| refusal.code.as_str())
    }

    /// What is wrong with the request, of a refusal that says so.
    #[must_use]
    pub fn fields(&self) -> &[FieldFault] {
        self.refusal()
            .map_or(&[], |refusal| refusal.fields.as_slice())
    }

    /// How long the server asks to wait.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.refusal().and_then(|refusal| refusal.retry_after)
    }
}

impl From<Failure<types::ErrorEnvelope>> for Error {
    fn from(failure: Failure<types::ErrorEnvelope>) -> Self {
        match failure {
            Failure::ErrorResponse(answer) => {
                let status = answer.status().as_u16();
                let retry_after = retry_after(answer.headers());
                let types::ErrorBody {
                    code,
                    message,
                    details,
                } = answer.into_inner().error;
                let fields = details.fields.into_iter();
                Self::Refused(Box::new(Refusal {
                    status,
                    code,
                    message,
                    fields: fields
                        .map(|types::FieldFault { pointer, message }| FieldFault {
                            pointer,
                            message,
                        })
                        .collect(),
                    retry_after,
                    request_id: details.request_id,
                }))
            }
            // The URL of a request may hold a heartbeat token.
            Failure::CommunicationError(error)
            | Failure::ResponseBodyError(error)
            | Failure::InvalidUpgrade(error) => Self::NoAnswer(error.without_url()),
            // What was read may hold a secret, and so may the words of its reader.
            Failure::InvalidResponsePayload(_, error) => Self::NotUnderstood {
                status: None,
                what: format!(
                    "its body is not what was asked for (line {}, column {})",
                    error.line(),
                    error.column()
                ),
            },
            Failure::UnexpectedResponse(answer) => Self::NotUnderstood {
                status: Some(answer.status().as_u16()),
                what: format!("the status {} is not expected here", answer.status()),
            },
            Failure::InvalidRequest(what) | Failure::Custom(what) => Self::Incomplete(what),
        }
    }
}

impl From<types::error::ConversionError> for Error {
    fn from(error: types::error::ConversionError) -> Self {
        Self::Incomplete(error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use progenitor_client::ResponseValue;
    use reqwest::header::{HeaderMap, RETRY_AFTER};
    use serde_json::json;

    #[test]
    fn a_refusal_is_told_by_status_code_field_and_time() {
        let envelope = serde_json::from_value(json!({ "error": {
            "code": "validation_error", "message": "no", "details": {
                "fields": [{ "pointer": "/name", "message": "too short" }], "requestId": "req_1",
                "somethingNew": true,
            },
        } }))
        .unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, 7.into());
        let status = reqwest::StatusCode::UNPROCESSABLE_ENTITY;
        let failure = Failure::ErrorResponse(ResponseValue::new(envelope, status, headers));
        let error = Error::from(failure);
        assert_eq!(error.status(), Some(422));
        assert_eq!(error.code(), Some("validation_error"));
        assert_eq!(error.fields()[0].pointer, "/name");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
        let refusal = error.refusal().unwrap();
        assert_eq!(refusal.request_id.as_deref(), Some("req_1"));
    }

    #[test]
    fn what_is_not_understood_is_not_shown() {
        let error = serde_json::from_str::<u8>("\"hush\"").unwrap_err();
        let failure = Failure::InvalidResponsePayload("\"hush\"".into(), error);
        let error = Error::from(failure);
        assert!(!format!("{error} {error:?}").contains("hush"));
    }
}
