//! The types http, keyword and json-query of Uptime Kuma.

use super::{Surroundings, monitor::Work, seconds};
use crate::{
    declared::{catalogue::Object, substitute::literal, write::literals},
    import::{report::Verdict, split_userinfo, status_matches},
};
use monitorah_core::check::http::carries_credential;
use serde_json::{Value, json};
use std::collections::BTreeSet;

pub(super) fn import(work: &mut Work<'_, '_>, kind: &str, around: &Surroundings) {
    let url = work.columns.text("url").unwrap_or_default();
    let (plain, userinfo) = split_userinfo(&url);
    work.body
        .insert("target".to_owned(), json!(literal(&plain)));
    work.say("url", Verdict::Mapped, "target");
    if let Some((user, password)) = userinfo {
        let password = work.secret("url password", &password);
        work.config.insert(
            "basicAuth".to_owned(),
            json!({"username": literal(&user), "password": password}),
        );
    }
    let method = method(work, kind);
    status(work);
    redirects(work);
    let typed = headers(work);
    body(work, &method, typed);
    authentication(work);
    if work.columns.flag("ignore_tls") {
        work.config
            .insert("skipTlsVerification".to_owned(), json!(true));
        work.say("ignore_tls", Verdict::Mapped, "skipTlsVerification");
    }
    match kind {
        "keyword" => keyword(work),
        "json-query" => json_query(work),
        _ => {}
    }
    if work.columns.flag("cache_bust") {
        work.say(
            "cache_bust",
            Verdict::NotSupported,
            "nothing is added to the URL: send the header Cache-Control: no-cache",
        );
    }
    if work.columns.flag("retry_only_on_status_code_failure") {
        work.say(
            "retry_only_on_status_code_failure",
            Verdict::NotSupported,
            "every failure is confirmed alike",
        );
    }
    proxy(work, around);
    work.family();
    work.expiry();
}

fn method(work: &mut Work<'_, '_>, kind: &str) -> String {
    let method = work
        .columns
        .text("method")
        .map_or_else(|| "GET".to_owned(), |method| method.to_uppercase());
    let known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
    let method = if !known.contains(&method.as_str()) {
        work.say(
            "method",
            Verdict::NotSupported,
            format!("{method} is not sent: GET is"),
        );
        "GET".to_owned()
    } else if method == "HEAD" && kind != "http" {
        work.say(
            "method",
            Verdict::Approximated,
            "GET: an answer to HEAD has no body to look at",
        );
        "GET".to_owned()
    } else {
        work.say("method", Verdict::Mapped, "");
        method
    };
    work.config.insert("method".to_owned(), json!(method));
    method
}

fn status(work: &mut Work<'_, '_>) {
    let text = work
        .columns
        .text("accepted_statuscodes_json")
        .unwrap_or_else(|| "[\"200-299\"]".to_owned());
    let list: Vec<String> = serde_json::from_str(&text).unwrap_or_default();
    let mut codes: BTreeSet<u16> = BTreeSet::new();
    for item in &list {
        let (first, last) = item.split_once('-').unwrap_or((item, item));
        if let (Ok(first), Ok(last)) = (first.trim().parse::<u16>(), last.trim().parse::<u16>()) {
            codes.extend((first..=last).filter(|code| (100..=599).contains(code)));
        }
    }
    if codes.is_empty() {
        codes.extend(200..=299);
        work.say(
            "accepted_statuscodes_json",
            Verdict::Approximated,
            "no code is named: any 2xx is taken",
        );
    } else {
        work.say(
            "accepted_statuscodes_json",
            Verdict::Mapped,
            "expectedStatus",
        );
    }
    work.config.insert(
        "expectedStatus".to_owned(),
        Value::from(status_matches(&codes)),
    );
}

fn redirects(work: &mut Work<'_, '_>) {
    let most = work.columns.text("maxredirects");
    let most = most.as_deref().and_then(seconds).unwrap_or(10);
    work.config
        .insert("followRedirects".to_owned(), json!(most > 0));
    if most > 0 {
        work.config
            .insert("maxRedirects".to_owned(), json!(most.min(20)));
    }
    let verdict = if most <= 20 {
        Verdict::Mapped
    } else {
        Verdict::Approximated
    };
    work.say(
        "maxredirects",
        verdict,
        "followRedirects and maxRedirects, at most 20",
    );
}

/// The headers; whether they name a media type.
fn headers(work: &mut Work<'_, '_>) -> bool {
    let Some(text) = work.columns.text("headers") else {
        return false;
    };
    let Ok(Value::Object(given)) = serde_json::from_str(&text) else {
        work.say("headers", Verdict::NotSupported, "they are no JSON object");
        return false;
    };
    let mut typed = false;
    let (mut plain, mut secret) = (Object::new(), Object::new());
    for (name, value) in given {
        let value = match value {
            Value::String(text) => text,
            other => other.to_string(),
        };
        typed |= name.eq_ignore_ascii_case("content-type");
        let column = format!("headers {name}");
        if carries_credential(&name) {
            let value = work.secret(&column, &value);
            secret.insert(name, json!(value));
        } else {
            work.say(&column, Verdict::Mapped, "headers");
            plain.insert(name, json!(literal(&value)));
        }
    }
    for (field, headers) in [("headers", plain), ("secretHeaders", secret)] {
        if !headers.is_empty() {
            work.config.insert(field.to_owned(), Value::Object(headers));
        }
    }
    typed
}

fn body(work: &mut Work<'_, '_>, method: &str, typed: bool) {
    let encoding = work.columns.text("http_body_encoding");
    let Some(body) = work
        .columns
        .text("body")
        .filter(|body| !body.trim().is_empty())
    else {
        return;
    };
    if !["POST", "PUT", "PATCH", "DELETE"].contains(&method) {
        work.say(
            "body",
            Verdict::NotSupported,
            format!("{method} sends no body here: use POST if the target takes it"),
        );
        return;
    }
    let media = match encoding.as_deref() {
        Some("form") => "application/x-www-form-urlencoded",
        Some("xml") => "text/xml; charset=utf-8",
        _ => "application/json",
    };
    if !typed {
        work.config.insert("contentType".to_owned(), json!(media));
    }
    work.config.insert("body".to_owned(), json!(literal(&body)));
    work.say(
        "body, http_body_encoding",
        Verdict::Mapped,
        "body and contentType",
    );
}

fn authentication(work: &mut Work<'_, '_>) {
    let method = work.columns.text("auth_method").unwrap_or_default();
    match method.as_str() {
        "basic" => {
            let user = work.columns.text("basic_auth_user").unwrap_or_default();
            let password = work.columns.text("basic_auth_pass").unwrap_or_default();
            let password = work.secret("basic_auth_pass", &password);
            work.config.insert(
                "basicAuth".to_owned(),
                json!({"username": literal(&user), "password": password}),
            );
            work.say("auth_method, basic_auth_user", Verdict::Mapped, "basicAuth");
        }
        "bearer" => {
            let token = work.columns.text("bearer_token").unwrap_or_default();
            let token = work.secret("bearer_token", &token);
            work.config.insert("bearerToken".to_owned(), json!(token));
            work.say("auth_method", Verdict::Mapped, "bearerToken");
        }
        "mtls" => {
            let certificate = work.columns.text("tls_cert").unwrap_or_default();
            let key = work.columns.text("tls_key").unwrap_or_default();
            let key = work.secret("tls_key", &key);
            work.config.insert(
                "clientCertificate".to_owned(),
                json!({"certificatePem": literal(&certificate), "privateKeyPem": key}),
            );
            if let Some(ca) = work.columns.text("tls_ca") {
                work.config.insert("caPem".to_owned(), json!(literal(&ca)));
            }
            work.say(
                "auth_method, tls_cert, tls_ca",
                Verdict::Mapped,
                "clientCertificate and caPem",
            );
        }
        "" | "null" => {}
        other => {
            let why = format!("{other}: no token is fetched and no such scheme is spoken");
            work.rests.push(why.clone());
            work.say(
                "auth_method",
                Verdict::NotSupported,
                format!("{why}: the monitor is paused, so that it raises no false alarm"),
            );
            for column in [
                "oauth_client_id",
                "oauth_client_secret",
                "oauth_token_url",
                "oauth_scopes",
                "oauth_audience",
                "auth_domain",
                "auth_workstation",
                "basic_auth_user",
                "basic_auth_pass",
            ] {
                work.left_behind(column, "it belongs to auth_method");
            }
        }
    }
}

fn keyword(work: &mut Work<'_, '_>) {
    let keyword = work.columns.text("keyword").unwrap_or_default();
    let inverted = work.columns.flag("invert_keyword");
    work.config.insert(
        "assertions".to_owned(),
        json!([{"type": "BODY_CONTAINS", "text": literal(&keyword), "negate": inverted}]),
    );
    work.say("keyword, invert_keyword", Verdict::Mapped, "BODY_CONTAINS");
}

fn json_query(work: &mut Work<'_, '_>) {
    let path = work
        .columns
        .text("json_path")
        .unwrap_or_else(|| "$".to_owned());
    let operator = work
        .columns
        .text("json_path_operator")
        .unwrap_or_else(|| "==".to_owned());
    let expected = work.columns.text("expected_value").unwrap_or_default();
    let number = expected.parse::<i64>().ok();
    let value = match expected.as_str() {
        "true" => json!(true),
        "false" => json!(false),
        text => number.map_or_else(|| json!(text), |number| json!(number)),
    };
    let (word, value) = match (operator.as_str(), number) {
        ("==", _) => ("EQUALS", Some(value)),
        ("!=", _) => ("NOT_EQUALS", Some(value)),
        ("contains", _) => ("CONTAINS", Some(json!(expected))),
        ("<", Some(number)) => ("LESS_THAN", Some(json!(number))),
        (">", Some(number)) => ("GREATER_THAN", Some(json!(number))),
        _ => ("", None),
    };
    let (Some(path), Some(value)) = (json_path(&path), value) else {
        let why = "this JSONata expression or comparison has no JSONPath";
        work.rests.push(why.to_owned());
        work.say(
            "json_path, json_path_operator, expected_value",
            Verdict::NotSupported,
            format!(
                "{path} {operator} {expected}: {why}; the monitor is paused, so that it does not \
                 pass for less than it was"
            ),
        );
        return;
    };
    let exact = value.is_string();
    let assertion = json!({"type": "JSON_PATH", "path": path, "operator": word, "value": value});
    work.config
        .insert("assertions".to_owned(), json!([literals(assertion)]));
    work.say(
        "json_path, json_path_operator, expected_value",
        if exact {
            Verdict::Mapped
        } else {
            Verdict::Approximated
        },
        if exact {
            format!("JSON_PATH {word}")
        } else {
            format!("JSON_PATH {word}: a number or a truth value here is no text, as it is there")
        },
    );
}

/// A JSONata expression that only walks to a value, as RFC 9535 writes it.
fn json_path(expression: &str) -> Option<String> {
    let rest = expression.trim();
    let rest = rest
        .strip_prefix("$.")
        .or_else(|| rest.strip_prefix('$'))
        .unwrap_or(rest);
    let mut written = "$".to_owned();
    for part in rest.split('.').filter(|part| !part.is_empty()) {
        let (name, mut indices) = part.split_at(part.find('[').unwrap_or(part.len()));
        let quoted = name
            .strip_prefix('`')
            .and_then(|name| name.strip_suffix('`'));
        let plain = |name: &str| {
            name.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
                && !name.starts_with(|first: char| first.is_ascii_digit())
        };
        match (quoted, name) {
            (Some(name), _) if !name.contains(['\'', '\\']) => {
                written.push_str(&format!("['{name}']"));
            }
            (None, "") => {}
            (None, name) if plain(name) => written.push_str(&format!(".{name}")),
            _ => return None,
        }
        while !indices.is_empty() {
            let (index, more) = indices.strip_prefix('[')?.split_once(']')?;
            index.parse::<u32>().ok()?;
            written.push_str(&format!("[{index}]"));
            indices = more;
        }
    }
    Some(written)
}

fn proxy(work: &mut Work<'_, '_>, around: &Surroundings) {
    let Some(id) = work.columns.text("proxy_id") else {
        return;
    };
    let row = around.proxies.get(&id);
    let field = |name: &str| {
        row.and_then(|row| row.get(name))
            .cloned()
            .unwrap_or_default()
    };
    let scheme = match field("protocol").as_str() {
        "http" => "http",
        "socks" | "socks5" | "socks5h" => "socks5",
        other => {
            work.say(
                "proxy_id",
                Verdict::NotSupported,
                format!("a proxy of the protocol {other} is not used"),
            );
            return;
        }
    };
    if !work.desk.knows("HTTP", "proxy") {
        work.say(
            "proxy_id",
            Verdict::NotSupported,
            "no proxy is used: the target is reached directly",
        );
        return;
    }
    if field("active") == "0" {
        work.say("proxy_id", Verdict::NotUsed, "the proxy is switched off");
        return;
    }
    let mut proxy = Object::new();
    let url = format!("{scheme}://{}:{}", field("host"), field("port"));
    proxy.insert("url".to_owned(), json!(literal(&url)));
    if field("auth") == "1" {
        proxy.insert("username".to_owned(), json!(literal(&field("username"))));
        let password = work.secret("proxy password", &field("password"));
        proxy.insert("password".to_owned(), json!(password));
    }
    work.config.insert("proxy".to_owned(), Value::Object(proxy));
    work.say("proxy_id", Verdict::Mapped, "proxy");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_walks_become_paths() {
        for (expression, path) in [
            ("$", Some("$")),
            ("a.b[0].c", Some("$.a.b[0].c")),
            ("$.a", Some("$.a")),
            ("`odd-name`.x", Some("$['odd-name'].x")),
            ("$count(items)", None),
            ("a[b=1]", None),
            ("a & b", None),
        ] {
            assert_eq!(json_path(expression).as_deref(), path, "{expression}");
        }
    }
}
