//! RDAP: the registry's own document of a domain (RFC 9083), and the table of registries (RFC 9224).

use super::unasked;
use crate::{
    check::{CheckContext, http::fetch},
    net::{Failure, Net},
    observation::{Reason, Registration},
};
use jiff::Timestamp;
use serde::Deserialize;
use std::{collections::HashMap, sync::Arc, time::Duration};
use url::Url;

/// The most that is read of a document of a domain.
const MAX_DOCUMENT: u32 = 512 * 1024;
/// The most that is read of the bootstrap, which has about a tenth of this.
const MAX_BOOTSTRAP: u32 = 1024 * 1024;
/// How registries call the end of a registration (RFC 9083, section 10.2.3).
const EXPIRATION: &str = "expiration";

/// The part of a domain's document that is of interest.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document {
    #[serde(default)]
    ldh_name: Option<String>,
    #[serde(default)]
    events: Vec<Event>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    #[serde(default)]
    event_action: String,
    #[serde(default)]
    event_date: String,
}

/// Asks the service at `base` for a domain.
pub(super) async fn registration(
    net: &Arc<Net>,
    cx: &CheckContext,
    base: &Url,
    domain: &str,
    limit: Duration,
) -> Result<Registration, Failure> {
    let mut url = base.clone();
    {
        let mut path = url
            .path_segments_mut()
            .map_err(|()| unasked("the registry's address is no base of others"))?;
        path.pop_if_empty().extend(["domain", domain]);
    }
    let (status, body) = ask(net, cx, &url, MAX_DOCUMENT, limit).await?;
    match status {
        200 => {}
        404 => {
            return Err(Failure::down(
                Reason::DomainExpired,
                "the registry knows no such domain: it is not registered, or is written with more \
                 than the registered part, such as www",
            ));
        }
        429 => return Err(unasked("the registry wants to be asked less often")),
        code => return Err(unasked(format!("the registry answered {code}"))),
    }
    let document: Document = serde_json::from_slice(&body)
        .map_err(|_| unasked("the registry's answer is not an RDAP document"))?;
    let expires_at = document
        .events
        .iter()
        .filter(|event| event.event_action.eq_ignore_ascii_case(EXPIRATION))
        .find_map(|event| event.event_date.parse::<Timestamp>().ok())
        .ok_or_else(|| unasked("the registry does not say when the registration ends"))?;
    let answered = document.ldh_name.unwrap_or_default().to_ascii_lowercase();
    if !answered.is_empty() && answered.trim_end_matches('.') != domain {
        return Err(unasked("the registry answered for another domain"));
    }
    Ok(Registration {
        domain: domain.to_owned(),
        expires_at,
    })
}

/// Which services serve which domains.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Bootstrap(HashMap<String, Url>);

/// The published form: lists of names, each with a list of base URLs.
#[derive(Deserialize)]
struct Published {
    services: Vec<(Vec<String>, Vec<String>)>,
}

impl Bootstrap {
    fn parse(json: &[u8]) -> Option<Self> {
        let published: Published = serde_json::from_slice(json).ok()?;
        let mut table = HashMap::new();
        for (names, urls) in published.services {
            let urls: Vec<Url> = urls.iter().filter_map(|url| Url::parse(url).ok()).collect();
            // The encrypted one where there are several (RFC 9224, section 3).
            let best = urls
                .iter()
                .find(|url| url.scheme() == "https")
                .or_else(|| urls.iter().find(|url| url.scheme() == "http"));
            if let Some(url) = best {
                table.extend(
                    names
                        .into_iter()
                        .map(|name| (name.to_ascii_lowercase(), url.clone())),
                );
            }
        }
        Some(Self(table))
    }

    /// The service of the longest entry that the domain ends with (RFC 9224, section 4).
    pub(super) fn serving(&self, domain: &str) -> Option<Url> {
        let mut rest = domain;
        while let Some((_, parent)) = rest.split_once('.') {
            if let Some(url) = self.0.get(parent) {
                return Some(url.clone());
            }
            rest = parent;
        }
        None
    }
}

/// Asks for the bootstrap.
pub(super) async fn bootstrap(
    net: &Arc<Net>,
    cx: &CheckContext,
    url: &Url,
    limit: Duration,
) -> Result<Bootstrap, Failure> {
    let (status, body) = ask(net, cx, url, MAX_BOOTSTRAP, limit).await?;
    if status != 200 {
        return Err(unasked(format!("the bootstrap answered {status}")));
    }
    Bootstrap::parse(&body).ok_or_else(|| unasked("the bootstrap's answer is not its document"))
}

/// Whatever goes wrong on the way to a registry says nothing about the domain.
async fn ask(
    net: &Arc<Net>,
    cx: &CheckContext,
    url: &Url,
    cap: u32,
    limit: Duration,
) -> Result<(u16, Vec<u8>), Failure> {
    fetch(
        net,
        cx,
        url,
        "application/rdap+json, application/json",
        cap,
        limit,
    )
    .await
    .map_err(|failure| match failure.reason {
        Reason::TargetBlocked => Failure::unknown(
            Reason::TargetBlocked,
            failure.detail.replacen("the target", "the registry", 1),
        ),
        _ => unasked(format!("the registry cannot be asked: {}", failure.detail)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_entry_serves() {
        let json = br#"{"version": "1.0", "services": [
            [["com", "NET"], ["http://plain.example/", "https://secure.example/v1/"]],
            [["uk"], ["http://plain.example/"]],
            [["co.uk"], ["https://co.example/"]],
            [["odd"], ["ftp://no.example/"]]
        ]}"#;
        let table = Bootstrap::parse(json).unwrap();
        for (domain, service) in [
            ("example.com", Some("https://secure.example/v1/")),
            ("a.b.example.net", Some("https://secure.example/v1/")),
            ("example.uk", Some("http://plain.example/")),
            ("example.co.uk", Some("https://co.example/")),
            ("example.odd", None),
            ("example.test", None),
            ("com", None),
        ] {
            let found = table.serving(domain).map(|url| url.to_string());
            assert_eq!(found.as_deref(), service, "{domain}");
        }
        assert_eq!(Bootstrap::parse(b"{}"), None);
        assert_eq!(Bootstrap::parse(b"<html>"), None);
    }
}
