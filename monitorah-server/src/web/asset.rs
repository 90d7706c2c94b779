//! Style sheet and icon: embedded, and named after their content, so that a browser may keep them
//! for ever and never shows an old one.

use crate::{error::ApiError, layer::extract::Texts};
use axum::response::{IntoResponse, Response};
use http::header;
use rust_embed::RustEmbed;
use std::{borrow::Cow, collections::BTreeMap, sync::LazyLock};

/// How much of the SHA-256 of the content stands in a name: 64 bits, in hexadecimal.
const NAME_BYTES: usize = 8;

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Files;

/// A file as it is served.
struct Asset {
    path: String,
    bytes: Cow<'static, [u8]>,
    media: &'static str,
}

/// The assets by the name that they have in the source.
static ASSETS: LazyLock<BTreeMap<String, Asset>> = LazyLock::new(|| {
    Files::iter()
        .filter_map(|name| {
            let file = Files::get(&name)?;
            let (stem, extension) = name.rsplit_once('.')?;
            let media = match extension {
                "css" => "text/css; charset=utf-8",
                "svg" => "image/svg+xml",
                _ => return None,
            };
            let hash: String = file
                .metadata
                .sha256_hash()
                .iter()
                .take(NAME_BYTES)
                .map(|byte| format!("{byte:02x}"))
                .collect();
            let asset = Asset {
                path: format!("/assets/{stem}.{hash}.{extension}"),
                bytes: file.data,
                media,
            };
            Some((name.into_owned(), asset))
        })
        .collect()
});

/// Where the browser finds an asset.
pub(super) fn path(name: &str) -> &'static str {
    ASSETS.get(name).map_or("", |asset| asset.path.as_str())
}

/// An asset. Another name, an old one too, is not found.
pub(super) async fn serve(Texts(name): Texts<String>) -> Response {
    let wanted = format!("/assets/{name}");
    let found = ASSETS.values().find(|asset| asset.path == wanted);
    match found {
        Some(asset) => (
            [
                (header::CONTENT_TYPE, asset.media),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ],
            asset.bytes.clone(),
        )
            .into_response(),
        None => ApiError::not_found("file").into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_follows_the_content() {
        assert_eq!(ASSETS.len(), 2);
        for name in ["page.css", "icon.svg"] {
            let path = path(name);
            let (stem, extension) = name.split_once('.').unwrap();
            assert!(path.starts_with(&format!("/assets/{stem}.")), "{path}");
            assert!(path.ends_with(extension), "{path}");
            assert_eq!(
                path.len(),
                "/assets/".len() + name.len() + 1 + 2 * NAME_BYTES
            );
        }
        assert_eq!(path("nothing.css"), "");
    }
}
