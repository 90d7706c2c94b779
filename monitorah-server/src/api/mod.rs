//! The handlers of the API: extract, call the service, show. One noun a file.
#![expect(
    unused_qualifications,
    reason = "the annotations of utoipa qualify what they name"
)]

pub(crate) mod aliases;
pub(crate) mod analytics;
pub(crate) mod api_keys;
pub(crate) mod badges;
pub(crate) mod bulk;
pub(crate) mod channels;
pub(crate) mod checks;
pub(crate) mod events;
pub(crate) mod health;
pub(crate) mod heartbeat;
pub(crate) mod maintenance;
pub(crate) mod metrics;
pub(crate) mod monitors;
pub(crate) mod notifications;
pub(crate) mod page;
pub(crate) mod rules;
pub(crate) mod schedule;
pub(crate) mod selection;
pub(crate) mod silences;
pub(crate) mod status;
pub(crate) mod trial;
pub(crate) mod types;

use crate::error::ErrorEnvelope;
use std::collections::BTreeMap;
use utoipa::{
    IntoResponses, ToSchema,
    openapi::{
        ContentBuilder, Ref, RefOr,
        response::{Response, ResponseBuilder},
    },
};

/// The refusals that every operation may answer with, all of one shape.
pub(crate) struct Refusals;

/// The status codes of [`Refusals`] and what each means.
pub(crate) const REFUSALS: &[(&str, &str)] = &[
    ("400", "The request cannot be parsed."),
    ("401", "There is no valid API key."),
    ("403", "The key lacks the scope."),
    ("404", "It is not there, or it is another account's."),
    ("409", "It cannot be done as things are; the code says why."),
    ("412", "It was changed since it was read."),
    ("413", "The body is too large."),
    ("415", "The body is not JSON."),
    ("421", "The key belongs to another region."),
    (
        "422",
        "The request is understood and wrong; details.fields says where.",
    ),
    (
        "423",
        "The key that seals the account's data is not available.",
    ),
    (
        "429",
        "Too many requests; Retry-After says how long to wait.",
    ),
    ("500", "A fault of ours."),
    ("503", "The database is not available now."),
];

impl IntoResponses for Refusals {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        REFUSALS
            .iter()
            .map(|(status, meaning)| {
                let content = ContentBuilder::new()
                    .schema(Some(Ref::from_schema_name(ErrorEnvelope::name())))
                    .build();
                let response = ResponseBuilder::new()
                    .description(*meaning)
                    .content("application/json", content)
                    .build();
                ((*status).to_owned(), RefOr::T(response))
            })
            .collect()
    }
}
