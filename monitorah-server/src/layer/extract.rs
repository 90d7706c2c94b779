//! Extractors that keep every refusal in the one envelope, with a code and a message that helps.

use super::strict;
use crate::error::{ApiError, ApiResult};
use axum::{
    body::Body,
    extract::{FromRequest, FromRequestParts, Path, RawPathParams, Request},
};
use bytes::Bytes;
use http::{HeaderMap, StatusCode, header, request::Parts};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use jiff::Timestamp;
use monitorah_core::FieldError;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error as _, IgnoredAny},
};
use std::str::FromStr;

/// The largest body of the API: bytes.
pub(crate) const MAX_BODY: usize = 256 * 1024;

/// Reads a body of at most `limit` bytes.
pub(crate) async fn read_body(body: Body, limit: usize) -> ApiResult<Bytes> {
    match Limited::new(body, limit).collect().await {
        Ok(collected) => Ok(collected.to_bytes()),
        Err(error) if error.downcast_ref::<LengthLimitError>().is_some() => {
            Err(ApiError::too_large(limit))
        }
        Err(_) => Err(ApiError::malformed(
            "the body ended before its announced length",
        )),
    }
}

/// A JSON body, with its bytes for the idempotency key.
#[derive(Debug)]
pub(crate) struct Json<T> {
    pub(crate) value: T,
    pub(crate) raw: Bytes,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Json<T> {
    type Rejection = ApiError;
    async fn from_request(request: Request, _: &S) -> ApiResult<Self> {
        json(request, MAX_BODY).await
    }
}

/// A JSON body of at most `limit` bytes.
async fn json<T: DeserializeOwned>(request: Request, limit: usize) -> ApiResult<Json<T>> {
    let raw = json_bytes(request, limit).await?;
    let value = parse(&raw)?;
    Ok(Json { value, raw })
}

/// The bytes of a body of at most `limit` bytes that says that it is JSON.
pub(crate) async fn json_bytes(request: Request, limit: usize) -> ApiResult<Bytes> {
    let media = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .map(|value| {
            value
                .split(';')
                .next()
                .unwrap_or("")
                .trim()
                .to_ascii_lowercase()
        });
    let json = media.is_some_and(|media| {
        media == "application/json"
            || media == "application/merge-patch+json"
            || (media.starts_with("application/") && media.ends_with("+json"))
    });
    if !json {
        return Err(ApiError::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            "send JSON with the header Content-Type: application/json",
        ));
    }
    read_body(request.into_body(), limit).await
}

/// As [`json`], where a request without a body is one with an empty object.
pub(crate) async fn json_or_nothing<T: DeserializeOwned>(request: Request) -> ApiResult<Json<T>> {
    if request.headers().contains_key(header::CONTENT_TYPE) {
        return json(request, MAX_BODY).await;
    }
    let (parts, body) = request.into_parts();
    let raw = read_body(body, MAX_BODY).await?;
    if raw.is_empty() {
        let value = parse(b"{}")?;
        return Ok(Json { value, raw });
    }
    json(Request::from_parts(parts, Body::from(raw)), MAX_BODY).await
}

/// A text without the white space around it: what people paste has some.
pub(crate) fn trimmed<'de, D: Deserializer<'de>>(source: D) -> Result<String, D::Error> {
    String::deserialize(source).map(|text| text.trim().to_owned())
}

/// What is said of a text that is no moment.
const MOMENT: &str = "write a moment with its time zone, such as 2026-11-23T08:00:00Z";

/// A moment, as RFC 3339 writes it.
pub(crate) fn moment<'de, D: Deserializer<'de>>(source: D) -> Result<Timestamp, D::Error> {
    let text = String::deserialize(source)?;
    text.parse().map_err(|_| D::Error::custom(MOMENT))
}

/// A moment, or nothing. The field has a default as well, for where it is absent.
pub(crate) fn moment_or_none<'de, D: Deserializer<'de>>(
    source: D,
) -> Result<Option<Timestamp>, D::Error> {
    let text: Option<String> = Option::deserialize(source)?;
    text.map(|text| text.parse().map_err(|_| D::Error::custom(MOMENT)))
        .transpose()
}

/// Parses JSON: 400 when it is none, 422 with a pointer when it is not what is asked for.
pub(crate) fn parse<T: DeserializeOwned>(raw: &[u8]) -> ApiResult<T> {
    from_value(value(raw)?)
}

/// What the text says as JSON: 400 when it is none.
pub(crate) fn value(raw: &[u8]) -> ApiResult<serde_json::Value> {
    let mut value = serde_json::from_slice(raw).map_err(|error| not_json(&error))?;
    whole_numbers(&mut value);
    Ok(value)
}

/// As [`parse`], without the whole in memory as values: for a large body whose parts are read one
/// after the other, and whose type stops where it has too many of them.
pub(crate) fn parse_lean<T: DeserializeOwned>(raw: &[u8]) -> ApiResult<T> {
    if raw.trim_ascii_start().first() != Some(&b'{') {
        let _any: IgnoredAny = serde_json::from_slice(raw).map_err(|error| not_json(&error))?;
        return Err(no_object());
    }
    let mut source = serde_json::Deserializer::from_slice(raw);
    let read = serde_path_to_error::deserialize(&mut source).map_err(|error| {
        if error.inner().is_data() {
            ApiError::invalid(vec![FieldError::unreadable("", error)])
        } else {
            not_json(error.inner())
        }
    })?;
    source.end().map_err(|error| not_json(&error))?;
    Ok(read)
}

fn not_json(error: &serde_json::Error) -> ApiError {
    ApiError::malformed(format!(
        "the body is not JSON: {} at line {}, column {}",
        match error.classify() {
            serde_json::error::Category::Eof => "it ends too early",
            _ => "unexpected text",
        },
        error.line(),
        error.column()
    ))
}

fn no_object() -> ApiError {
    ApiError::invalid(vec![FieldError::new(
        "",
        "the body is a JSON object: expected {…}",
    )])
}

/// Makes `60.0` the integer 60: to JSON Schema they are one number.
fn whole_numbers(value: &mut serde_json::Value) {
    use serde_json::Value;
    /// Up to here a float holds every integer.
    const MOST: f64 = 9_007_199_254_740_992.0;
    match value {
        Value::Number(number) if number.is_f64() => {
            let float = number.as_f64().unwrap_or(f64::NAN);
            if float.fract() == 0.0
                && float.abs() <= MOST
                && let Ok(integer) = format!("{float:.0}").parse::<i64>()
            {
                *number = integer.into();
            }
        }
        Value::Array(items) => items.iter_mut().for_each(whole_numbers),
        Value::Object(members) => members.values_mut().for_each(whole_numbers),
        _ => {}
    }
}

/// 422 with a pointer when the value is not what is asked for.
pub(crate) fn from_value<T: DeserializeOwned>(value: serde_json::Value) -> ApiResult<T> {
    if !value.is_object() {
        return Err(no_object());
    }
    strict::read(value, "").map_err(|fault| ApiError::invalid(vec![fault]))
}

/// Query parameters, unknown ones refused.
#[derive(Debug)]
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> ApiResult<Self> {
        let text = parts.uri.query().unwrap_or("");
        let read = serde_urlencoded::Deserializer::new(
            // The parser of the URL standard never fails; what it cannot decode it replaces.
            form_urlencoded::parse(text.as_bytes()),
        );
        serde_path_to_error::deserialize(read)
            .map(Self)
            .map_err(|error| {
                let pointer = error.path().to_string();
                let pointer = if pointer == "." {
                    String::new()
                } else {
                    pointer
                };
                let message = in_words(&error.into_inner().to_string());
                ApiError::invalid(vec![FieldError::new(pointer, message)])
            })
    }
}

/// What is wrong with a query parameter, in the words of somebody who writes URLs and no Rust.
fn in_words(message: &str) -> String {
    let named = |start: &str| message.strip_prefix(start)?.split('`').next();
    if let Some(name) = named("unknown field `") {
        return match message.split_once(", expected ") {
            Some((_, known)) => format!("there is no parameter {name}: use {}", listed(known)),
            None => format!("there is no parameter {name}: this address takes none"),
        };
    }
    if named("unknown variant `").is_some()
        && let Some((_, known)) = message.split_once(", expected ")
    {
        return format!("write {}", listed(known));
    }
    if let Some(name) = named("duplicate field `") {
        return format!("{name} is given more than once: give it once");
    }
    if let Some(name) = named("missing field `") {
        return format!("{name} is required");
    }
    match message {
        "invalid digit found in string" | "cannot parse integer from empty string" => {
            "write a whole number".to_owned()
        }
        "number too large to fit in target type" | "number too small to fit in target type" => {
            "write a smaller number".to_owned()
        }
        "provided string was not `true` or `false`" => "write true or false".to_owned(),
        other => other.to_owned(),
    }
}

/// Names as serde lists them, `one of` before them and each in backticks, as people do.
fn listed(names: &str) -> String {
    let names = names.strip_prefix("one of ").unwrap_or(names);
    names.replace('`', "")
}

/// The id in a path. What is no id of the kind names nothing: 404.
#[derive(Debug)]
pub(crate) struct Id<T>(pub(crate) T);

impl<T: FromStr, S: Send + Sync> FromRequestParts<S> for Id<T> {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> ApiResult<Self> {
        let absent = || ApiError::not_found("thing with this id");
        let params = RawPathParams::from_request_parts(parts, state)
            .await
            .map_err(|_| absent())?;
        params
            .iter()
            .find(|(name, _)| *name == "id")
            .and_then(|(_, value)| value.parse().ok())
            .map(Self)
            .ok_or_else(absent)
    }
}

/// Texts in a path, decoded.
#[derive(Debug)]
pub(crate) struct Texts<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Texts<T> {
    type Rejection = ApiError;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> ApiResult<Self> {
        match Path::<T>::from_request_parts(parts, state).await {
            Ok(Path(value)) => Ok(Self(value)),
            Err(_) => Err(ApiError::not_found("address")),
        }
    }
}

/// The version that the caller decided on: `If-Match: "v7"`. `*` and no header are any version.
pub(crate) fn if_match(headers: &HeaderMap) -> ApiResult<Option<i64>> {
    let Some(value) = headers.get(header::IF_MATCH) else {
        return Ok(None);
    };
    let text = value.to_str().unwrap_or("");
    if text == "*" {
        return Ok(None);
    }
    text.strip_prefix("\"v")
        .and_then(|rest| rest.strip_suffix('"'))
        .and_then(|number| number.parse().ok())
        .map(Some)
        .ok_or_else(|| {
            ApiError::invalid(vec![FieldError::new(
                "If-Match",
                "send the ETag that you were given, for example \"v7\"",
            )])
        })
}

/// The ETag of a version.
pub(crate) fn etag(version: i64) -> String {
    format!("\"v{version}\"")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_wrong_with_a_parameter_is_said_in_words() {
        #[derive(Debug, Deserialize)]
        #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
        enum Detail {
            Full,
            Basic,
        }
        #[derive(Debug, Default, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        struct Asked {
            detail: Option<Detail>,
            limit: Option<u8>,
            all: Option<bool>,
            #[serde(deserialize_with = "moment_or_none")]
            from: Option<Timestamp>,
        }
        let read = |query: &str| serde_urlencoded::from_str::<Asked>(query);
        for (query, said) in [
            ("detail=x", "write FULL or BASIC"),
            ("limit=x", "write a whole number"),
            ("limit=", "write a whole number"),
            ("limit=300", "write a smaller number"),
            ("all=yes", "write true or false"),
            (
                "all=true&all=true",
                "all is given more than once: give it once",
            ),
            ("from=tomorrow", MOMENT),
            (
                "detial=FULL",
                "there is no parameter detial: use detail, limit, all, from",
            ),
        ] {
            let error = read(query).unwrap_err().to_string();
            assert_eq!(in_words(&error), said, "{query}");
        }
        let asked = read("detail=BASIC&limit=3&all=true&from=2026-11-23T08:00:00%2B01:00").unwrap();
        assert_eq!(asked.from.unwrap().to_string(), "2026-11-23T07:00:00Z");
        assert!(matches!(asked.detail, Some(Detail::Basic)) && asked.all == Some(true));
        assert_eq!((asked.limit, read("").unwrap().from), (Some(3), None));
        assert!(matches!(
            read("detail=FULL").unwrap().detail,
            Some(Detail::Full)
        ));
    }

    #[test]
    fn a_float_without_a_fraction_is_an_integer() {
        let mut value = json!({ "a": [60.0, -0.0, 1.5, 1e300, 7], "b": { "c": 1e3 } });
        whole_numbers(&mut value);
        assert_eq!(
            value,
            json!({ "a": [60, 0, 1.5, 1e300, 7], "b": { "c": 1000 } })
        );
    }
}
