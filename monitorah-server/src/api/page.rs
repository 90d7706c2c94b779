//! Pages of lists: `{"data":[…],"meta":{"nextCursor","hasMore"}}`.

use super::checks::Paged;
use crate::{
    auth::Access,
    error::{ApiError, ApiResult},
    layer::extract,
    state::AppState,
};
use axum::{
    Json as Shown,
    response::{IntoResponse, Response},
};
use http::{StatusCode, header};
use monitorah_core::{FieldError, Tenant, port::Page, service::ServiceResult};
use serde::Serialize;
use utoipa::ToSchema;

/// How many things a page holds when nothing is said.
pub(crate) const DEFAULT_LIMIT: u32 = 50;
/// The most things that a page holds.
pub(crate) const MAX_LIMIT: u32 = 100;

/// What there is beyond a page.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PageMeta {
    /// Send it as `cursor` to get the next page; null on the last one.
    #[schema(required)]
    pub next_cursor: Option<String>,
    /// Whether there is a next page.
    pub has_more: bool,
}

/// Makes the concrete page of one list: generators inline generic ones.
macro_rules! page {
    ($(#[$doc:meta])* $name:ident of $item:ty) => {
        $(#[$doc])*
        #[derive(Debug, serde::Serialize, utoipa::ToSchema)]
        pub(crate) struct $name {
            /// The things of this page.
            pub(crate) data: Vec<$item>,
            /// What there is beyond it.
            pub(crate) meta: $crate::api::page::PageMeta,
        }
    };
}
pub(crate) use page;

/// A list whose places are ids, read by `fetch` and shown by `show`.
pub(crate) async fn list<V, B>(
    state: &AppState,
    access: &Access,
    list: &str,
    paged: &Paged,
    fetch: impl AsyncFnOnce(Page) -> ServiceResult<Vec<V>>,
    id: impl Fn(&V) -> [u8; 16],
    show: impl FnMut(V) -> B,
) -> ApiResult<(Vec<B>, PageMeta)> {
    let tenant = &access.tenant;
    let limit = limit(paged.limit)?;
    let asked = asked(state, tenant, list, paged.cursor.as_deref(), limit)?;
    let mut found = fetch(asked).await?;
    let meta = cut(state, tenant, list, &mut found, limit, |one| {
        id(one).to_vec()
    });
    Ok((found.into_iter().map(show).collect(), meta))
}

/// One thing with its version as its ETag and, when it was just made, its address.
pub(crate) fn versioned(
    status: StatusCode,
    version: i64,
    location: String,
    body: impl Serialize,
) -> Response {
    let etag = [(header::ETAG, extract::etag(version))];
    if status == StatusCode::CREATED {
        let location = [(header::LOCATION, location)];
        (status, etag, location, Shown(body)).into_response()
    } else {
        (status, etag, Shown(body)).into_response()
    }
}

/// How many things are wanted.
pub(crate) fn limit(asked: Option<u32>) -> ApiResult<u32> {
    match asked {
        None => Ok(DEFAULT_LIMIT),
        Some(limit) if (1..=MAX_LIMIT).contains(&limit) => Ok(limit),
        Some(_) => Err(ApiError::invalid(vec![FieldError::new(
            "limit",
            "the limit is from 1 to 100",
        )])),
    }
}

/// Refuses a filter that is longer than anything that it could find.
pub(crate) fn at_most(name: &str, text: Option<&str>, most: usize) -> ApiResult<()> {
    if text.is_none_or(|text| text.chars().count() <= most) {
        return Ok(());
    }
    Err(ApiError::invalid(vec![FieldError::new(
        name,
        format!("this has more than {most} characters"),
    )]))
}

/// The page that a caller asks for, one thing larger than shown, so that more is known of.
pub(crate) fn asked(
    state: &AppState,
    tenant: &Tenant,
    list: &str,
    cursor: Option<&str>,
    limit: u32,
) -> ApiResult<Page> {
    let Some(cursor) = cursor else {
        return Ok(Page::first(limit + 1));
    };
    let place = state.cursors.read(tenant, list, cursor)?;
    let id = place.try_into().map_err(|_| ApiError::internal())?;
    Ok(Page::after(id, limit + 1))
}

/// Cuts what was found to the page, and says what there is beyond it.
pub(crate) fn cut<T>(
    state: &AppState,
    tenant: &Tenant,
    list: &str,
    found: &mut Vec<T>,
    limit: u32,
    place: impl Fn(&T) -> Vec<u8>,
) -> PageMeta {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = found.len() > limit;
    found.truncate(limit);
    let next_cursor = found
        .last()
        .filter(|_| has_more)
        .map(|last| state.cursors.write(tenant, list, &place(last)));
    PageMeta {
        next_cursor,
        has_more,
    }
}
