//! Puts secrets into every place of the product that can hold one, and has them used.

use super::search::url_form;
use crate::{
    pages::Browser,
    rig::{Receiver, Server, Target, http, until},
};
use serde_json::{Value, json};

/// HTTP monitors with secrets everywhere that answer otherwise than expected.
const MONITORS: usize = 12;
/// Channels of each kind.
const CHANNELS: usize = 3;

/// What was planted, and what the server made itself.
pub(super) struct Garden<'a> {
    pub(super) server: &'a Server,
    pub(super) planted: Vec<String>,
    receiver: Receiver,
    target: Target,
}

impl<'a> Garden<'a> {
    pub(super) async fn new(server: &'a Server) -> Self {
        Self {
            server,
            planted: vec![server.key.clone(), "ops@example.org".to_owned()],
            receiver: Receiver::start().await,
            target: Target::start().await,
        }
    }

    /// A secret that is found again wherever it stands, with characters that encodings change.
    fn plant(&mut self, name: &str) -> String {
        let number = self.planted.len();
        let hash = number.wrapping_mul(2_654_435_761) & 0xffff_ffff;
        self.keep(format!("cny+{name}/{number:03}?%&{hash:08x}"))
    }

    /// The same in letters and digits, as long as asked for.
    fn plain(&mut self, length: usize) -> String {
        let number = self.planted.len();
        let seed = number.wrapping_mul(2_654_435_761) & 0xffff_ffff;
        self.keep(
            format!("cny{number:03}{seed:08x}")
                .chars()
                .cycle()
                .take(length)
                .collect(),
        )
    }

    fn keep(&mut self, secret: String) -> String {
        self.planted.push(secret.clone());
        secret
    }

    fn keep_of(&mut self, body: &Value, field: &str) -> String {
        self.keep(body[field].as_str().unwrap().to_owned())
    }

    /// Everything, until it has all been used.
    pub(super) async fn grow(&mut self) {
        let query = url_form(&self.plant("hook"));
        let hook = format!("{}?{query}", self.receiver.url);
        let signing = self.server.tell(&hook).await;
        self.keep(signing);
        self.keys().await;
        self.channels().await;
        for number in 0..MONITORS {
            self.http_monitor(number).await;
        }
        self.other_monitors().await;
        self.jobs().await;
        self.refused().await;
        // The targets answer 200 where 204 is expected: events with evidence, messages in the outbox.
        let (server, receiver) = (self.server, &self.receiver);
        until("events and messages", async || {
            let events = server.get("/api/v1/events?limit=100").await;
            let events = events["data"].as_array().unwrap().len();
            (events >= MONITORS && receiver.got().len() >= MONITORS).then_some(())
        })
        .await;
    }

    /// Keys, visits and what is none.
    async fn keys(&mut self) {
        for number in 0..4 {
            let body = json!({"name": format!("key {number}"), "scopes": ["*"]});
            let made = self.server.post("/api/v1/api-keys", body).await;
            let key = self.keep_of(&made, "key");
            let mut browser = Browser::new(self.server);
            assert_eq!(browser.sign_in(&key).await.status().as_u16(), 303);
            let visit = browser.cookie.clone().unwrap();
            self.keep(visit.split_once('=').unwrap().1.to_owned());
            assert_eq!(browser.get("/").await.status().as_u16(), 200);
            let wrong = self.plant("sign-in");
            assert_eq!(browser.sign_in(&wrong).await.status().as_u16(), 422);
        }
        for number in 0..4 {
            let (bearer, key) = (self.plain(40), self.plain(40));
            let (cookie, path, query) = (self.plain(40), self.plain(30), self.plant("unknown"));
            let url = format!("{}/api/v1/{path}?q={}", self.server.url, url_form(&query));
            let answer = http()
                .get(&url)
                .header("authorization", format!("Bearer mon_live_{bearer}"))
                .header("x-api-key", key)
                .header("cookie", format!("visit={cookie}"))
                .send();
            assert!(answer.await.unwrap().status().is_client_error(), "{number}");
        }
    }

    async fn channels(&mut self) {
        let origin = self.receiver.url.trim_end_matches("/hook").to_owned();
        let mut one_of_each = Vec::new();
        for number in 0..CHANNELS {
            let (account, twilio) = (self.plain(30), self.plant("twilio"));
            let telegram = self.plain(35);
            let drafts = [
                (
                    "DISCORD",
                    json!({"webhookUrl": format!("{origin}/api/webhooks/1/{}", self.plain(30))}),
                ),
                (
                    "SLACK",
                    json!({"webhookUrl": format!("{origin}/services/T/B/{}", self.plain(24))}),
                ),
                (
                    "PAGERDUTY",
                    json!({"routingKey": self.plain(32), "apiUrl": origin}),
                ),
                (
                    "TELEGRAM",
                    json!({"botToken": format!("123456789:{telegram}"), "chatId": "-100123", "apiUrl": origin}),
                ),
                (
                    "TWILIO",
                    json!({
                        "accountSid": format!("AC{}", hexadecimal(&account)),
                        "authToken": twilio, "mode": "SMS", "from": "+15550000001", "to": "+15550000002", "apiUrl": origin,
                    }),
                ),
                (
                    "EMAIL",
                    json!({
                        "host": "127.0.0.1", "port": 9, "security": "NONE", "allowUnencrypted": true,
                        "username": self.plant("mail-user"), "password": self.plant("mail-password"),
                        "from": format!("{}@example.org", self.plain(20)), "to": [format!("{}@example.org", self.plain(20))],
                    }),
                ),
                (
                    "WEBHOOK",
                    json!({
                        "url": format!("{origin}/hook/{}", url_form(&self.plant("hook-path"))),
                        "headers": {"X-Token": self.plant("hook-header"), "Authorization": format!("Bearer {}", self.plain(30))},
                    }),
                ),
            ];
            // What stands in the identifier is what was planted.
            let account_at = self.planted.iter().position(|one| *one == account).unwrap();
            self.planted[account_at] = hexadecimal(&account);
            for (kind, config) in drafts {
                let draft =
                    json!({"name": format!("{kind} {number}"), "type": kind, "config": config});
                let made = self
                    .server
                    .post("/api/v1/notification-channels", draft)
                    .await;
                let path = format!(
                    "/api/v1/notification-channels/{}",
                    made["id"].as_str().unwrap()
                );
                // Whoever is behind it does not understand: the attempt and its error are kept.
                drop(self.server.ask("POST", &format!("{path}/test"), None).await);
                if kind == "WEBHOOK" {
                    self.keep_of(&made, "signingSecret");
                    let rotated = self
                        .server
                        .post(&format!("{path}/rotate-secret"), json!({}))
                        .await;
                    self.keep_of(&rotated, "signingSecret");
                }
                if number == 0 {
                    one_of_each.push(made["id"].clone());
                }
            }
        }
        let rule = json!({"name": "each kind", "channelIds": one_of_each, "allMonitors": true});
        self.server.post("/api/v1/notification-rules", rule).await;
    }

    /// Targets, paths, query, every kind of credential, bodies, headers, assertions.
    async fn http_monitor(&mut self, number: usize) {
        let draft = json!({
            "name": format!("monitor {number}"),
            "type": "HTTP",
            "target": self.target("path"),
            "intervalSeconds": 1,
            "config": {
                "method": "POST",
                "headers": {"X-Plain": self.plant("header")},
                "secretHeaders": {"X-Secret": self.plant("secret-header")},
                "basicAuth": {"username": self.plant("user"), "password": self.plant("password")},
                "body": self.plant("body"),
                "expectedStatus": [204],
                "assertions": [{"type": "BODY_CONTAINS", "text": self.plant("assertion")}],
            },
        });
        let made = self.server.post("/api/v1/monitors", draft).await;
        // What was there before an update is a secret still.
        if number < 4 {
            let path = format!("/api/v1/monitors/{}", made["id"].as_str().unwrap());
            let change = json!({"target": self.target("later"), "config": {
                "secretHeaders": {"X-Secret": self.plant("later-header")},
                "expectedStatus": [204],
            }});
            let (status, body) = self.server.ask("PATCH", &path, Some(change)).await;
            assert_eq!(status, 200, "{body}");
        }
    }

    fn target(&mut self, name: &str) -> String {
        let (path, query) = (self.plant(name), self.plant("query"));
        format!(
            "{}{}?q={}",
            self.target.url(),
            url_form(&path),
            url_form(&query)
        )
    }

    async fn other_monitors(&mut self) {
        let monitors = "/api/v1/monitors";
        for number in 0..4 {
            // Nobody listens there.
            let proxy = if number % 2 == 0 {
                json!({"url": "http://127.0.0.1:9", "username": self.plant("proxy-user"), "password": self.plant("proxy-password")})
            } else {
                let (user, password) = (self.plant("proxy-user"), self.plant("proxy-password"));
                json!({"url": format!("http://{}:{}@127.0.0.1:9", url_form(&user), url_form(&password))})
            };
            let draft = json!({
                "name": format!("by proxy {number}"), "type": "HTTP", "target": self.target("by-proxy"), "intervalSeconds": 1,
                "config": {"method": "GET", "bearerToken": self.plain(40), "proxy": proxy},
            });
            let made = self.server.post(monitors, draft.clone()).await;
            drop(
                self.server
                    .ask("POST", "/api/v1/monitors/test", Some(draft))
                    .await,
            );
            let id = made["id"].as_str().unwrap();
            let badge = self
                .server
                .post(&format!("{monitors}/{id}/badge"), json!({}))
                .await;
            self.keep_of(&badge, "key");
        }
        // A target that is looked at by nobody, because names are not asked for in tests.
        for (kind, port) in [
            ("PORT", ":443"),
            ("TLS", ":443"),
            ("DNS", ""),
            ("PING", ""),
            ("DOMAIN", ""),
        ] {
            let name = self.plain(30);
            let draft = json!({
                "name": format!("quiet {kind}"), "type": kind, "target": format!("{name}.example.org{port}"),
                "config": if kind == "DNS" { json!({"recordType": "A"}) } else { json!({}) }, "paused": true,
            });
            self.server.post(monitors, draft).await;
        }
        for number in 0..2 {
            let pair = rcgen::KeyPair::generate().unwrap();
            let names = vec!["client.example.org".to_owned()];
            let certificate = rcgen::CertificateParams::new(names)
                .unwrap()
                .self_signed(&pair)
                .unwrap();
            let key = pair.serialize_pem();
            self.keep(key.lines().nth(1).unwrap().to_owned());
            let shown = json!({"certificatePem": certificate.pem(), "privateKeyPem": key});
            let (kind, target) = [("HTTP", "https://127.0.0.1:9/"), ("TLS", "127.0.0.1:9")][number];
            let draft = json!({
                "name": format!("with a certificate {number}"), "type": kind, "target": target,
                "intervalSeconds": 1, "config": {"clientCertificate": shown},
            });
            self.server.post(monitors, draft).await;
            let draft = json!({
                "name": format!("by reference {number}"), "type": "HTTP", "target": self.target("by-ref"),
                "config": {"bearerToken": self.plain(40)}, "paused": true,
            });
            let (status, body) = self
                .server
                .ask("PUT", &format!("{monitors}/by-ref/r{number}"), Some(draft))
                .await;
            assert!(status < 300, "{body}");
            let manual = json!({"name": format!("by hand {number}"), "type": "MANUAL"});
            let made = self.server.post(monitors, manual).await;
            let path = format!("{monitors}/{}/status", made["id"].as_str().unwrap());
            let status = json!({"status": "DOWN", "message": self.plant("by-hand")});
            self.server.post(&path, status).await;
        }
    }

    async fn jobs(&mut self) {
        for number in 0..3 {
            let job = json!({"name": format!("job {number}"), "type": "HEARTBEAT", "config": {}});
            let job = self.server.post("/api/v1/monitors", job).await;
            let token = self.keep_of(&job, "heartbeatToken");
            for way in ["ping", "api/v1/heartbeat"] {
                let path = format!("{}/{way}/{token}/fail", self.server.url);
                let said = self.plant("ping");
                let answer = http().post(path).body(said).send().await.unwrap();
                assert!(answer.status().is_success());
            }
            let unknown = self.plain(40);
            let path = format!("{}/ping/{unknown}", self.server.url);
            assert_eq!(
                http().get(path).send().await.unwrap().status().as_u16(),
                404
            );
        }
    }

    /// What is refused was sent all the same.
    async fn refused(&mut self) {
        for number in 0..3 {
            let drafts = [
                json!({"name": "x", "type": "HTTP", "target": format!("ftp://{}/", url_form(&self.plant("refused")))}),
                json!({"name": "x", "type": "HTTP", "target": format!("http://u:{}@127.0.0.1:9/", url_form(&self.plant("userinfo"))), "config": {"method": "WRONG"}}),
                json!({"name": "x", "type": "HTTP", "target": self.target.url(), "config": {"headers": {"Authorization": self.plant("in-header")}, "unknown": self.plant("unknown-field")}}),
                json!({"name": "x", "type": "HTTP", "target": self.target.url(), "config": {"clientCertificate": {"certificatePem": "none", "privateKeyPem": self.plant("no-key")}}}),
            ];
            for draft in drafts {
                let (status, body) = self
                    .server
                    .ask("POST", "/api/v1/monitors", Some(draft))
                    .await;
                assert_eq!(status, 422, "{number}: {body}");
            }
            let text = format!("{{\"name\": \"{}\"", self.plant("broken-json"));
            let answer = http()
                .post(format!("{}/api/v1/monitors", self.server.url))
                .header("authorization", format!("Bearer {}", self.server.key))
                .header("content-type", "application/json")
                .body(text)
                .send();
            assert_eq!(answer.await.unwrap().status().as_u16(), 400);
        }
    }
}

/// Thirty-two hexadecimal digits that are as good as the text.
fn hexadecimal(text: &str) -> String {
    text.bytes()
        .take(16)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
