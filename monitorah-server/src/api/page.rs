//! Pages of lists: `{"data":[…],"meta":{"nextCursor","hasMore"}}`.

use crate::{
    error::{ApiError, ApiResult},
    state::AppState,
};
use monitorah_core::{FieldError, Tenant, port::Page};
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
