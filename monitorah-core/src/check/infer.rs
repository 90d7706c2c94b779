//! What a person means who writes a bare target: the type, the target, and an everyday
//! configuration.

use super::CheckSpec;
use super::{dns::DnsSpec, http::HttpSpec, ping::PingSpec, port::PortSpec, tls::TlsSpec};
use crate::{error::FieldError, net::Host};
use serde_json::{Map, Value, json};

/// How many redirects are followed from a bare URL.
const REDIRECTS: u8 = 10;

/// A monitor as far as its target tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inferred {
    /// The check type.
    pub kind: &'static str,
    /// The target as the type wants it.
    pub target: String,
    /// The configuration: [`everyday_config`] of the type, and what the target itself says.
    pub config: Value,
}

/// Reads a bare target.
///
/// | Written | Meant |
/// |---|---|
/// | `https://example.com/health`, `http://…` | HTTP: GET, any 2xx, up to 10 redirects |
/// | `example.com`, `example.com/health` | the same, over https |
/// | `example.com:5432`, `tcp://example.com:5432` | PORT |
/// | `ping://example.com`, `icmp://example.com` | PING |
/// | `dns://example.com`, `dns://192.0.2.53/example.com?type=MX` | DNS, of a chosen server in the second |
/// | `tls://example.com`, `tls://example.com:465` | TLS |
///
/// Nothing is looked up and nothing is opened. What a type refuses of its target is told when the
/// check is built.
///
/// # Errors
/// When the target means none of these, with the pointer `/target` and a message that says what
/// to write instead.
pub fn infer(target: &str) -> Result<Inferred, FieldError> {
    let target = target.trim();
    let wrong = |message: &str| FieldError::new("/target", message);
    if target.is_empty() {
        return Err(wrong(
            "write what to watch: an URL, host:port, ping://host, dns://name or tls://host",
        ));
    }
    if let Some((scheme, rest)) = target.split_once("://") {
        return match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" => Ok(everyday(HttpSpec::KIND, target)),
            "tcp" => Ok(everyday(PortSpec::KIND, authority(rest)?)),
            "ping" | "icmp" => Ok(everyday(PingSpec::KIND, authority(rest)?)),
            "tls" | "ssl" => Ok(everyday(TlsSpec::KIND, authority(rest)?)),
            "dns" => dns(rest),
            _ => Err(wrong(
                "this scheme is not known: write http://, https://, tcp://, ping://, dns:// or \
                 tls://, or name the type",
            )),
        };
    }
    let host = target.split(['/', '?', '#']).next().unwrap_or(target);
    if !host.starts_with('[') && host.matches(':').count() > 1 {
        return Err(wrong(
            "an IPv6 address stands in brackets: write [::1]:443 for a port, https://[::1]/ for \
             an URL, or ping://[::1]",
        ));
    }
    match Host::parse_with_port(host) {
        Ok((_, Some(_))) if host == target => Ok(everyday(PortSpec::KIND, target)),
        Ok(_) => Ok(everyday(HttpSpec::KIND, &format!("https://{target}"))),
        Err(error) => Err(wrong(&error.to_string())),
    }
}

/// The configuration that people expect of a type who have written none: for HTTP a GET, any
/// success and redirects followed, for the others what is left out has its defaults.
#[must_use]
pub fn everyday_config(kind: &str) -> Map<String, Value> {
    let mut config = Map::new();
    if kind == HttpSpec::KIND {
        config.insert("method".to_owned(), json!("GET"));
        config.insert("expectedStatus".to_owned(), json!(["2xx"]));
        config.insert("followRedirects".to_owned(), json!(true));
        config.insert("maxRedirects".to_owned(), json!(REDIRECTS));
    }
    config
}

fn everyday(kind: &'static str, target: &str) -> Inferred {
    Inferred {
        kind,
        target: target.to_owned(),
        config: Value::Object(everyday_config(kind)),
    }
}

/// The host and port after a scheme, of which nothing may follow but one slash.
fn authority(rest: &str) -> Result<&str, FieldError> {
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    if rest.is_empty() || rest.contains(['/', '?', '#', '@']) {
        return Err(FieldError::new(
            "/target",
            "after this scheme stands a host, or host:port, and nothing more",
        ));
    }
    Ok(rest)
}

/// `name`, `server/name`, either with `?type=MX` (RFC 4501).
fn dns(rest: &str) -> Result<Inferred, FieldError> {
    let wrong = |message: &str| FieldError::new("/target", message);
    let (path, query) = match rest.split_once('?') {
        None => (rest, None),
        Some((path, query)) => (path, Some(query)),
    };
    let path = path.strip_suffix('/').unwrap_or(path);
    let (server, name) = match path.split_once('/') {
        None => (None, path),
        Some((server, name)) => (Some(server).filter(|server| !server.is_empty()), name),
    };
    if name.is_empty() || name.contains('/') {
        return Err(wrong(
            "write dns://example.com, or dns://server/example.com?type=MX",
        ));
    }
    let mut inferred = everyday(DnsSpec::KIND, name);
    let mut config = everyday_config(DnsSpec::KIND);
    if let Some(server) = server {
        config.insert("server".to_owned(), json!(server));
    }
    for part in query.into_iter().flat_map(|query| query.split(['&', ';'])) {
        match part.split_once('=') {
            Some((key, value)) if key.eq_ignore_ascii_case("type") && !value.is_empty() => {
                config.insert("recordType".to_owned(), json!(value.to_ascii_uppercase()));
            }
            _ => return Err(wrong("after ? stands type=, such as ?type=MX")),
        }
    }
    inferred.config = Value::Object(config);
    Ok(inferred)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_what_they_mean() {
        let http = json!({
            "method": "GET", "expectedStatus": ["2xx"], "followRedirects": true, "maxRedirects": 10,
        });
        for (written, kind, target, config) in [
            (
                "https://a.example/x?y=1",
                "HTTP",
                "https://a.example/x?y=1",
                http.clone(),
            ),
            (
                " HTTP://a.example ",
                "HTTP",
                "HTTP://a.example",
                http.clone(),
            ),
            ("a.example", "HTTP", "https://a.example", http.clone()),
            (
                "a.example/health",
                "HTTP",
                "https://a.example/health",
                http.clone(),
            ),
            (
                "a.example:8080/health",
                "HTTP",
                "https://a.example:8080/health",
                http.clone(),
            ),
            ("[::1]", "HTTP", "https://[::1]", http.clone()),
            ("192.0.2.1", "HTTP", "https://192.0.2.1", http),
            ("a.example:5432", "PORT", "a.example:5432", json!({})),
            ("[::1]:443", "PORT", "[::1]:443", json!({})),
            ("tcp://a.example:25", "PORT", "a.example:25", json!({})),
            ("ping://a.example", "PING", "a.example", json!({})),
            ("icmp://a.example/", "PING", "a.example", json!({})),
            ("tls://a.example", "TLS", "a.example", json!({})),
            ("tls://a.example:465", "TLS", "a.example:465", json!({})),
            ("dns://a.example", "DNS", "a.example", json!({})),
            (
                "dns://192.0.2.53:5353/a.example?type=mx",
                "DNS",
                "a.example",
                json!({"server": "192.0.2.53:5353", "recordType": "MX"}),
            ),
            (
                "dns:///a.example?TYPE=TXT",
                "DNS",
                "a.example",
                json!({"recordType": "TXT"}),
            ),
        ] {
            let inferred = infer(written).unwrap();
            assert_eq!(
                (inferred.kind, inferred.target.as_str(), inferred.config),
                (kind, target, config),
                "{written}"
            );
        }
    }

    #[test]
    fn what_means_nothing_says_what_to_write() {
        for (written, hint) in [
            ("", "ping://"),
            ("::1", "brackets"),
            ("2001:db8::1:443", "brackets"),
            ("ftp://a.example", "tcp://"),
            ("file:///etc/passwd", "https://"),
            ("a.example:0", "1 to 65535"),
            ("a.example:99999", "1 to 65535"),
            ("a b", "not a host"),
            ("ping://", "a host"),
            ("ping://a.example/x", "nothing more"),
            ("tcp://user@a.example:1", "nothing more"),
            ("dns://", "dns://example.com"),
            ("dns://a/b/c", "dns://"),
            ("dns://a.example?class=IN", "type="),
        ] {
            let error = infer(written).unwrap_err();
            assert_eq!(error.pointer, "/target");
            assert!(error.message.contains(hint), "{written}: {}", error.message);
        }
    }
}
