//! The pages for people: who sees them, what they say, and what they never let through.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test"
)]

use crate::rig::Server;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use monitorah_core::{Env, crypt::RootKey, environment::SystemEnvironment, service::token};
use reqwest::{Client, RequestBuilder, Response, redirect::Policy};
use serde_json::json;
use sha2::Sha256;
use std::sync::Arc;

/// A browser as far as it matters here: it keeps a cookie and follows nothing by itself.
pub(crate) struct Browser {
    pub(crate) http: Client,
    url: String,
    pub(crate) cookie: Option<String>,
}

impl Browser {
    pub(crate) fn new(server: &Server) -> Self {
        // The rig sets TLS up; the pages are asked without following redirects.
        drop(crate::rig::http());
        #[expect(clippy::disallowed_methods, reason = "a test talks to its own server")]
        let http = Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .build()
            .unwrap();
        Self {
            http,
            url: server.url.clone(),
            cookie: None,
        }
    }

    pub(crate) async fn send(&mut self, request: RequestBuilder) -> Response {
        let request = match &self.cookie {
            Some(cookie) => request.header("cookie", cookie),
            None => request,
        };
        let response = request.send().await.unwrap();
        for cookie in response.headers().get_all("set-cookie") {
            let text = cookie.to_str().unwrap();
            if let Some(pair) = text.split(';').next().filter(|p| names_a_visit(p)) {
                assert!(text.contains("HttpOnly") && text.contains("SameSite=Lax"));
                self.cookie = Some(pair.to_owned());
            }
        }
        response
    }

    pub(crate) async fn get(&mut self, path: &str) -> Response {
        let request = self.http.get(format!("{}{path}", self.url));
        self.send(request).await
    }

    pub(crate) async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Response {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(form);
        let request = self
            .http
            .post(format!("{}{path}", self.url))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", &self.url)
            .body(body.finish());
        self.send(request).await
    }

    pub(crate) async fn sign_in(&mut self, key: &str) -> Response {
        self.post("/sign-in", &[("key", key)]).await
    }
}

/// The cookie of a visit, by its name over plain HTTP or that over https.
fn names_a_visit(pair: &str) -> bool {
    pair.starts_with("visit=") || pair.starts_with("__Host-visit=")
}

pub(crate) fn location(response: &Response) -> &str {
    response.headers()["location"].to_str().unwrap()
}

/// The whole policy of a page, as one text: a directive less is a hole that nothing else shows.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
                           form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Everything that keeps a page to itself, on whatever a browser is answered.
pub(crate) fn is_protected(response: &Response) {
    assert_eq!(response.headers()["content-security-policy"], PAGE_POLICY);
    assert_eq!(response.headers()["referrer-policy"], "no-referrer");
    assert_eq!(response.headers()["x-frame-options"], "DENY");
    assert_eq!(response.headers()["x-content-type-options"], "nosniff");
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert_eq!(
        response.headers()["cross-origin-opener-policy"],
        "same-origin"
    );
    assert_eq!(
        response.headers()["cross-origin-resource-policy"],
        "same-origin"
    );
}

/// Every address that a page names is our own, and nothing in it runs.
pub(crate) fn is_self_contained(page: &str) {
    for (before, end) in [("href=\"", '"'), ("src=\"", '"'), ("action=\"", '"')] {
        for rest in page.split(before).skip(1) {
            let address = rest.split(end).next().unwrap();
            assert!(
                address.starts_with('/') || address.starts_with('?') || address.starts_with('#'),
                "{address}"
            );
            assert!(!address.starts_with("//"), "{address}");
        }
    }
    for never in [
        "<script",
        "style=\"",
        "<style",
        " onclick",
        " onload",
        "javascript:",
    ] {
        assert!(!page.contains(never), "{never}");
    }
}

#[tokio::test]
async fn a_stranger_signs_in_sees_the_monitors_and_leaves() {
    let folder = tempfile::tempdir().unwrap();
    let server = crate::rig::server(&folder.path().join("data")).await;
    let mut browser = Browser::new(&server);

    let sent_away = browser.get("/").await;
    assert_eq!(sent_away.status(), 303);
    assert_eq!(location(&sent_away), "/sign-in");

    let form = browser.get("/sign-in").await;
    assert_eq!(form.status(), 200);
    is_protected(&form);
    let text = form.text().await.unwrap();
    is_self_contained(&text);
    assert!(text.contains("<html lang=\"en\">"));
    assert!(text.contains("type=\"password\""));

    let refused = browser.sign_in("mon_live_nothing").await;
    assert_eq!(refused.status(), 422);
    is_protected(&refused);
    let text = refused.text().await.unwrap();
    assert!(text.contains("role=\"alert\""));
    assert!(!text.contains("mon_live_nothing"));
    assert!(browser.cookie.is_none());

    let entered = browser.sign_in(&format!("  {} ", server.key)).await;
    assert_eq!(entered.status(), 303);
    is_protected(&entered);
    assert_eq!(location(&entered), "/");
    assert!(!browser.cookie.as_ref().unwrap().contains(&server.key));

    let empty = browser.get("/").await.text().await.unwrap();
    assert!(empty.contains("There is no monitor yet"));
    is_self_contained(&empty);

    // What users write into names is text and stays text.
    let hostile = "<script>alert(1)</script>\"'&amp;";
    let target = crate::rig::Target::start().await;
    let body = json!({
        "name": hostile, "type": "HTTP", "target": target.url(),
        "config": {"method": "GET"}, "intervalSeconds": 1, "tags": ["<b>shop"],
    });
    server.post("/api/v1/monitors", body).await;
    let page = crate::rig::until("the state on the page", async || {
        let page = browser.get("/").await;
        assert_eq!(page.status(), 200);
        is_protected(&page);
        let text = page.text().await.unwrap();
        // Results are stored in batches: the state may come first.
        let whole = text.contains("class=\"state up\"") && text.contains("class=\"reason\">OK<");
        whole.then_some(text)
    })
    .await;
    is_self_contained(&page);
    assert!(page.contains("&#60;script&#62;alert(1)&#60;/script&#62;"));
    assert!(page.contains("&#60;b&#62;shop"));
    assert!(page.contains("1 monitor on this page"));
    assert!(!page.contains(&target.url()));

    drop(target);
    crate::rig::until("the outage on the page", async || {
        let text = browser.get("/").await.text().await.unwrap();
        (text.contains("class=\"state down\"") && text.contains("CONNECT_REFUSED")).then_some(())
    })
    .await;

    let left = browser.post("/sign-out", &[]).await;
    is_protected(&left);
    assert_eq!((left.status().as_u16(), location(&left)), (303, "/sign-in"));
    assert_eq!(browser.cookie.as_deref(), Some("visit="));
    assert_eq!(browser.get("/").await.status(), 303);
    let log = server.stop().await;
    assert!(!log.contains("visit="));
}

#[tokio::test]
async fn who_signed_out_is_not_let_in_with_the_old_cookie() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = crate::rig::server(&data).await;
    let (mut browser, mut beside) = (Browser::new(&server), Browser::new(&server));
    browser.sign_in(&server.key).await;
    beside.sign_in(&server.key).await;
    let stolen = browser.cookie.clone();
    assert_ne!(stolen, beside.cookie, "visits with one key are told apart");
    let mut thief = Browser::new(&server);
    thief.cookie = stolen.clone();
    assert_eq!(thief.get("/").await.status(), 200);

    browser.post("/sign-out", &[]).await;
    assert_eq!(thief.get("/").await.status(), 303);
    assert_eq!(beside.get("/").await.status(), 200);

    // Nor after a restart.
    let others = beside.cookie.clone();
    server.stop().await;
    let server = crate::rig::start(&data, &[]).await;
    let mut thief = Browser::new(&server);
    thief.cookie = stolen;
    assert_eq!(thief.get("/").await.status(), 303);
    let mut beside = Browser::new(&server);
    beside.cookie = others;
    assert_eq!(beside.get("/").await.status(), 200);
}

#[tokio::test]
async fn a_link_of_a_message_leads_through_the_sign_in_to_its_monitor() {
    let folder = tempfile::tempdir().unwrap();
    let server = crate::rig::server(&folder.path().join("data")).await;
    let mut last = String::new();
    for number in 0..52 {
        let body = json!({
            "name": format!("monitor {number:02}"), "type": "HEARTBEAT",
            "config": {"graceSeconds": 60}, "intervalSeconds": 86_400, "paused": true,
        });
        let made = server.post("/api/v1/monitors", body).await;
        last = made["id"].as_str().unwrap().to_owned();
    }
    let wanted = format!("/?monitor={last}");
    let mut browser = Browser::new(&server);
    let sent_away = browser.get(&wanted).await;
    assert_eq!(sent_away.status(), 303);
    let form = location(&sent_away).to_owned();
    assert!(form.starts_with("/sign-in?next="), "{form}");
    let text = browser.get(&form).await.text().await.unwrap();
    is_self_contained(&text);
    let hidden = format!("name=\"next\" value=\"{wanted}\"");
    assert!(text.contains(&hidden), "{text}");
    // The other language keeps it, and so does a key that was mistyped.
    assert!(
        text.contains("?lang=de&#38;next=%2F%3Fmonitor%3D"),
        "{text}"
    );
    let refused = [("key", "mon_live_nothing"), ("next", wanted.as_str())];
    let refused = browser.post("/sign-in", &refused).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.text().await.unwrap().contains(&hidden));

    let key = server.key.clone();
    let entered = [("key", key.as_str()), ("next", wanted.as_str())];
    let entered = browser.post("/sign-in", &entered).await;
    assert_eq!(entered.status(), 303);
    assert_eq!(location(&entered), wanted);
    let page = browser.get(&wanted).await;
    assert_eq!(page.status(), 200);
    is_protected(&page);
    let text = page.text().await.unwrap();
    assert!(
        text.contains("monitor 51") && !text.contains("monitor 00"),
        "{text}"
    );
    assert!(text.contains("All monitors"));
    assert!(text.contains(&format!(
        "?lang=de&#38;monitor={}",
        last.replace('_', "%5F")
    )));

    for absent in [
        last.replace(char::is_numeric, "0").as_str(),
        "nothing",
        "%22%3E%3Cscript",
    ] {
        let page = browser.get(&format!("/?monitor={absent}")).await;
        assert_eq!(page.status(), 404, "{absent}");
        is_protected(&page);
        let text = page.text().await.unwrap();
        is_self_contained(&text);
        assert!(text.contains("There is no such monitor") && text.contains("All monitors"));
    }

    // Nobody is led elsewhere.
    for foreign in [
        "https://elsewhere.example/",
        "//elsewhere.example/?a",
        "/\\elsewhere.example",
        "/sign-out",
        "/?a\r\nset-cookie: visit=x",
    ] {
        let form = [("key", key.as_str()), ("next", foreign)];
        let entered = browser.post("/sign-in", &form).await;
        assert_eq!(
            (entered.status().as_u16(), location(&entered)),
            (303, "/"),
            "{foreign}"
        );
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.append_pair("next", foreign);
        let page = browser.get(&format!("/sign-in?{}", query.finish())).await;
        let text = page.text().await.unwrap();
        assert!(
            !text.contains("name=\"next\"") && !text.contains("elsewhere"),
            "{foreign}"
        );
    }
}

#[tokio::test]
async fn a_visit_ends_with_its_key_and_needs_the_scope() {
    let folder = tempfile::tempdir().unwrap();
    let server = crate::rig::server(&folder.path().join("data")).await;
    let make = async |scopes: &[&str]| {
        let body = json!({"name": "page", "scopes": scopes});
        let made = server.post("/api/v1/api-keys", body).await;
        let text = |field: &str| made[field].as_str().unwrap().to_owned();
        (text("id"), text("key"))
    };
    let (_, narrow) = make(&["events:read"]).await;
    let mut browser = Browser::new(&server);
    let refused = browser.sign_in(&narrow).await;
    assert_eq!(refused.status(), 422);
    assert!(refused.text().await.unwrap().contains("monitors:read"));

    let (id, key) = make(&["monitors:read"]).await;
    assert_eq!(browser.sign_in(&key).await.status(), 303);
    assert_eq!(browser.get("/").await.status(), 200);
    let (status, _) = server
        .ask("DELETE", &format!("/api/v1/api-keys/{id}"), None)
        .await;
    assert_eq!(status, 204);
    assert_eq!(browser.get("/").await.status(), 303);

    // A cookie opens no route of the API.
    assert_eq!(browser.sign_in(&server.key).await.status(), 303);
    assert_eq!(browser.get("/api/v1/monitors").await.status(), 401);
}

/// The server believes no cookie but its own, in its time, and each page asks for its scope anew.
#[tokio::test]
async fn a_cookie_that_was_not_given_here_opens_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let server = crate::rig::server(&folder.path().join("data")).await;
    let body = json!({"name": "narrow", "scopes": ["events:read"]});
    let made = server.post("/api/v1/api-keys", body).await;
    let narrow = made["key"].as_str().unwrap().to_owned();
    let environment: Env = Arc::new(SystemEnvironment::new());
    let now = environment.now().as_second();
    let root = RootKey::read(environment, &server.data_dir.join("root.key")).unwrap();
    let mut browser = Browser::new(&server);
    let (own, other) = (root.derive("visits"), root.derive("cursors"));
    for (what, key, end, tag_key, expected) in [
        ("right", &server.key, now + 60, &own, 200),
        ("over", &server.key, now - 1, &own, 303),
        ("of another key", &server.key, now + 60, &other, 303),
        ("of a key without the scope", &narrow, now + 60, &own, 403),
    ] {
        let mut claim = token::hash(key).to_vec();
        claim.extend(end.to_be_bytes());
        claim.extend([7; 16]);
        let mut mac = Hmac::<Sha256>::new_from_slice(tag_key.expose()).unwrap();
        mac.update(&claim);
        claim.extend(mac.finalize().into_bytes());
        browser.cookie = Some(format!("visit={}", URL_SAFE_NO_PAD.encode(&claim)));
        let answer = browser.get("/").await;
        assert_eq!(answer.status(), expected, "a cookie that is {what}");
        // The end is under the MAC as well.
        claim[39] ^= 1;
        browser.cookie = Some(format!("visit={}", URL_SAFE_NO_PAD.encode(&claim)));
        assert_eq!(browser.get("/").await.status(), 303, "{what}, changed");
    }
}

#[tokio::test]
async fn another_site_cannot_send_our_forms() {
    let folder = tempfile::tempdir().unwrap();
    let server = crate::rig::server(&folder.path().join("data")).await;
    let mut browser = Browser::new(&server);
    browser.sign_in(&server.key).await;
    for (name, value) in [
        ("origin", "https://elsewhere.example"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
    ] {
        for path in ["/sign-in", "/sign-out"] {
            let request = browser
                .http
                .post(format!("{}{path}", server.url))
                .header(name, value)
                .body("key=x");
            let response = browser.send(request).await;
            assert_eq!(response.status(), 403, "{path} {name}: {value}");
            let text = response.text().await.unwrap();
            assert!(text.contains("foreign_form"), "{text}");
        }
    }
    assert_eq!(browser.get("/").await.status(), 200);
    let large = "key=".to_owned() + &"a".repeat(5_000);
    let request = browser
        .http
        .post(format!("{}/sign-in", server.url))
        .body(large);
    assert_eq!(browser.send(request).await.status(), 413);
}

#[tokio::test]
async fn pages_of_the_list_languages_and_assets() {
    let folder = tempfile::tempdir().unwrap();
    let server = crate::rig::server(&folder.path().join("data")).await;
    for number in 0..51 {
        let body = json!({
            "name": format!("monitor {number:02}"), "type": "HEARTBEAT",
            "config": {"graceSeconds": 60}, "intervalSeconds": 86_400, "paused": true,
        });
        server.post("/api/v1/monitors", body).await;
    }
    let mut browser = Browser::new(&server);
    browser.sign_in(&server.key).await;
    let first = browser.get("/?lang=de").await;
    assert_eq!(first.headers()["content-language"], "de");
    let cookies: Vec<_> = first.headers().get_all("set-cookie").iter().collect();
    assert!(cookies[0].to_str().unwrap().starts_with("language=de; "));
    let first = first.text().await.unwrap();
    assert!(first.contains("<html lang=\"de\">") && first.contains("50 Monitore"));
    assert!(first.contains("monitor 49") && !first.contains("monitor 50"));
    let next = first.split("href=\"/?cursor=").nth(1).unwrap();
    let next = next.split('"').next().unwrap();
    let second = browser.get(&format!("/?cursor={next}")).await;
    let second = second.text().await.unwrap();
    assert!(second.contains("monitor 50") && !second.contains("monitor 49"));
    assert!(second.contains("1 monitor on this page") && second.contains("First page"));
    let wrong = browser.get("/?cursor=nonsense").await;
    assert_eq!(wrong.status(), 422);

    for kind in ["rel=\"stylesheet\" href=\"", "<img src=\""] {
        let path = first.split(kind).nth(1).unwrap().split('"').next().unwrap();
        let asset = browser.get(path).await;
        assert_eq!(asset.status(), 200, "{path}");
        let kept = asset.headers()["cache-control"].to_str().unwrap();
        assert!(kept.contains("immutable"));
        let mut other = path.to_owned();
        other.replace_range("/assets/icon.".len().."/assets/icon.".len() + 1, "z");
        assert_eq!(browser.get(&other).await.status(), 404, "{other}");
    }
    for odd in ["/assets/%ff", "/assets/%00", "/assets/a%2fb"] {
        let absent = browser.get(odd).await;
        assert_eq!(absent.status(), 404, "{odd}");
        let text = absent.text().await.unwrap();
        assert!(text.contains("\"code\":\"not_found\""), "{odd}: {text}");
    }
    for accepted in ["de-AT,de;q=0.9,en;q=0.8", "fr, de;q=0.1"] {
        let request = browser
            .http
            .get(format!("{}/sign-in", server.url))
            .header("accept-language", accepted);
        let page = browser.send(request).await;
        assert_eq!(page.headers()["content-language"], "de", "{accepted}");
    }
}

/// Somebody who follows an old or broken link sees a page and a way on, not JSON.
#[tokio::test]
async fn a_cursor_that_is_none_is_answered_by_a_page() {
    let folder = tempfile::tempdir().unwrap();
    let server = crate::rig::server(&folder.path().join("data")).await;
    let mut browser = Browser::new(&server);
    browser.sign_in(&server.key).await;
    for query in ["?cursor=nonsense", "?cursor=a&cursor=b", "?cursor="] {
        let lost = browser.get(&format!("/{query}")).await;
        assert_eq!(lost.status(), 422, "{query}");
        is_protected(&lost);
        let page = lost.text().await.unwrap();
        assert!(page.contains("<h1>No such page</h1>"), "{page}");
        assert!(page.contains("<a href=\"/\">First page</a>"), "{page}");
        is_self_contained(&page);
    }
    let lost = browser.get("/?lang=de&cursor=nonsense").await;
    let page = lost.text().await.unwrap();
    assert!(page.contains("Diese Seite gibt es nicht"), "{page}");
}
