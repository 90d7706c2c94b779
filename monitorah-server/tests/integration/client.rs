//! The generated client against the real server: what is typed is taken, lists go on over pages,
//! and each refusal arrives as what it is.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "what a rig lacks ends its test"
)]

#[path = "../../../examples/examples/client_quickstart.rs"]
#[expect(dead_code, reason = "its main is for people")]
mod client_quickstart;

use futures::TryStreamExt;
use monitorah_client::{
    ChannelConfig, Client, Error, MonitorConfig, Options, Patch, Retry, Secret,
    types::{
        BodyContainsAssertion, CreateApiKey, CreateChannel, CreateCustomMonitor,
        CreateHeartbeatMonitor, CreateHttpMonitor, CreateMonitor, CreatePortMonitor, CreateRule,
        CreateWebhookChannel, CustomConfig, HeartbeatConfig, HttpConfig, HttpMethod, PortConfig,
        StatusMatch, UpdateMonitor, UpdateMonitorConfirmations, WebhookChannelConfig,
    },
};
use serde_json::json;
use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader, Read},
    path::Path,
    process::{Child, Command, Stdio},
};

/// Nobody listens there.
const TARGET: &str = "http://127.0.0.1:9/";

#[expect(
    clippy::disallowed_methods,
    reason = "the test starts the server that it is about"
)]
fn monitorah(data: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_monitorah"));
    command.env_clear().stdin(Stdio::null()).current_dir(data);
    command
}

/// A server of its own, on a port of its own, with an account.
struct Server {
    process: Child,
    url: String,
    key: String,
    _folder: tempfile::TempDir,
}

impl Server {
    fn start(settings: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // Not there yet: the server makes it, closed to others.
        let data = folder.path().join("data");
        let output = monitorah(folder.path())
            .args(["setup", "--email", "a@example.org", "--json", "--data-dir"])
            .arg(&data)
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}");
        let founded: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let mut process = monitorah(folder.path())
            .args(["serve", "--listen", "127.0.0.1:0", "--data-dir"])
            .arg(&data)
            .envs(settings.iter().copied())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(process.stderr.take().unwrap());
        let mut line = String::new();
        let url = loop {
            line.clear();
            assert_ne!(log.read_line(&mut line).unwrap(), 0, "the server ended");
            if let Some((_, url)) = line.split_once("monitorah listens on ") {
                break url.trim().to_owned();
            }
        };
        // A full pipe would stop the server.
        std::thread::spawn(move || log.read_to_end(&mut Vec::new()));
        Self {
            process,
            url,
            key: founded["apiKey"].as_str().unwrap().to_owned(),
            _folder: folder,
        }
    }

    fn client(&self) -> Client {
        Client::connect(&self.url, self.key.as_str()).unwrap()
    }

    /// A client that sends everything once.
    fn impatient(&self, key: &str) -> Client {
        let mut options = Options::default();
        options.retry = Retry::never();
        Client::connect_with(&self.url, key, &options).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn http(name: &str) -> CreateMonitor {
    let body: CreateHttpMonitor = CreateHttpMonitor::builder()
        .name(name)
        .target(TARGET)
        .paused(true)
        .try_into()
        .unwrap();
    body.into()
}

/// The contract as it is checked in.
fn contract() -> serde_json::Value {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/monitorah.json");
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

/// Every type that a union of the contract has.
fn types_of(union: &str) -> Vec<String> {
    let mapping = format!("/components/schemas/{union}/discriminator/mapping");
    let mapping = contract().pointer(&mapping).unwrap().clone();
    mapping.as_object().unwrap().keys().cloned().collect()
}

async fn create(
    client: &Client,
    body: CreateMonitor,
) -> Result<monitorah_client::types::Monitor, Error> {
    Ok(client
        .create_monitor()
        .body(body)
        .send()
        .await?
        .into_inner())
}

#[tokio::test]
async fn a_list_goes_on_over_its_pages() {
    let server = Server::start(&[]);
    let client = server.client();
    let mut made = BTreeSet::new();
    for name in ["a", "b", "c"] {
        made.insert(create(&client, http(name)).await.unwrap().id);
    }
    let first = client.list_monitors().limit(2_u32).send().await.unwrap();
    assert_eq!(first.data.len(), 2);
    assert!(first.meta.has_more);
    let walk = client.list_monitors().limit(2_u32).stream();
    let all: Vec<_> = walk
        .map_ok(|monitor| monitor.id)
        .try_collect()
        .await
        .unwrap();
    assert_eq!(all.len(), 3);
    assert_eq!(all.into_iter().collect::<BTreeSet<_>>(), made);
    let all: Vec<_> = client.monitors().try_collect().await.unwrap();
    assert_eq!(all.len(), 3);
    assert_eq!(
        client.events().try_collect::<Vec<_>>().await.unwrap().len(),
        0
    );
}

/// A body of each type of monitor; a type that has none here fails the test.
fn body_of(kind: &str) -> CreateMonitor {
    match kind {
        "HTTP" => {
            let assertion: BodyContainsAssertion = BodyContainsAssertion::builder()
                .text("ok")
                .try_into()
                .unwrap();
            let config: HttpConfig = HttpConfig::builder()
                .method(HttpMethod::Get)
                .expected_status(vec![
                    StatusMatch::from(200_u32),
                    StatusMatch::String("3xx".to_owned()),
                ])
                .bearer_token(Secret::new("hush"))
                .assertions(vec![assertion.into()])
                .try_into()
                .unwrap();
            let body: CreateHttpMonitor = CreateHttpMonitor::builder()
                .name("http")
                .target(TARGET)
                .config(config)
                .paused(true)
                .try_into()
                .unwrap();
            body.into()
        }
        "PORT" => {
            let config: PortConfig = PortConfig::builder()
                .port(9_u32)
                .expect_open(false)
                .try_into()
                .unwrap();
            let body: CreatePortMonitor = CreatePortMonitor::builder()
                .name("port")
                .target("127.0.0.1")
                .config(config)
                .paused(true)
                .try_into()
                .unwrap();
            body.into()
        }
        "HEARTBEAT" => {
            let config: HeartbeatConfig = HeartbeatConfig::builder()
                .grace_seconds(60_u32)
                .try_into()
                .unwrap();
            let body: CreateHeartbeatMonitor = CreateHeartbeatMonitor::builder()
                .name("job")
                .config(config)
                .try_into()
                .unwrap();
            body.into()
        }
        "CUSTOM" => {
            let config: CustomConfig = CustomConfig::builder()
                .kind("acme.queue")
                .try_into()
                .unwrap();
            let body: CreateCustomMonitor = CreateCustomMonitor::builder()
                .name("custom")
                .config(config)
                .try_into()
                .unwrap();
            body.into()
        }
        // The rest is written as JSON and read as the type that it is.
        kind => {
            let (target, config) = match kind {
                "PING" => (
                    Some("127.0.0.1"),
                    json!({ "count": 1, "maxAverageMs": 100 }),
                ),
                "DNS" => (
                    Some("shop.example"),
                    json!({ "recordType": "MX", "server": "127.0.0.1:9", "expectedValues": ["mail"] }),
                ),
                "TLS" => (Some("127.0.0.1:9"), json!({ "warningDays": 21 })),
                "DOMAIN" => (Some("shop.example"), json!({ "rdapUrl": TARGET })),
                "GROUP" => (None, json!({ "tag": "shop" })),
                "MANUAL" => (None, json!({})),
                kind => panic!("write a body of the new type {kind}"),
            };
            let mut body = json!({ "type": kind, "name": kind, "paused": true, "config": config });
            if let Some(target) = target {
                body["target"] = json!(target);
            }
            serde_json::from_value(body).unwrap()
        }
    }
}

/// A body of each type of channel; a type that has none here fails the test.
fn channel_of(kind: &str) -> CreateChannel {
    let config = match kind {
        "WEBHOOK" => {
            let config: WebhookChannelConfig = WebhookChannelConfig::builder()
                .url(TARGET)
                .try_into()
                .unwrap();
            let body: CreateWebhookChannel = CreateWebhookChannel::builder()
                .name("hook")
                .config(config)
                .try_into()
                .unwrap();
            return body.into();
        }
        "SLACK" => json!({ "webhookUrl": format!("{TARGET}services/hush") }),
        "DISCORD" => json!({ "webhookUrl": format!("{TARGET}api/webhooks/1/hush") }),
        "TELEGRAM" => json!({
            "apiUrl": TARGET, "botToken": format!("123456:{}", "hush".repeat(9)), "chatId": "-100123",
        }),
        "PAGERDUTY" => json!({ "apiUrl": TARGET, "routingKey": "hush".repeat(8) }),
        "TWILIO" => json!({
            "apiUrl": TARGET, "accountSid": format!("AC{}", "0".repeat(32)),
            "authToken": "hush".repeat(8), "mode": "SMS", "from": "+15005550006",
            "to": "+15005550009",
        }),
        "EMAIL" => json!({
            "host": "127.0.0.1", "port": 9, "from": "a@example.org", "to": ["b@example.org"],
        }),
        kind => panic!("write a body of the new type {kind}"),
    };
    serde_json::from_value(json!({ "type": kind, "name": kind, "config": config })).unwrap()
}

#[tokio::test]
async fn every_type_of_monitor_is_made_listed_typed_and_deleted() {
    let server = Server::start(&[]);
    let client = server.client();
    let mut made = Vec::new();
    for kind in types_of("CreateMonitor") {
        let answer = create(&client, body_of(&kind)).await;
        if kind == "CUSTOM" {
            // This installation has no check of another crate: the body is understood, the kind
            // is not.
            let error = answer.unwrap_err();
            assert_eq!(error.status(), Some(422), "{error}");
            continue;
        }
        let monitor = answer.unwrap();
        assert_eq!(monitor.type_, kind);
        let known = !matches!(monitor.typed_config(), MonitorConfig::Other { .. });
        assert!(known, "{kind}: {:?}", monitor.config);
        made.push(monitor);
    }
    let http = made.iter().find(|monitor| monitor.type_ == "HTTP").unwrap();
    assert_eq!(http.interval_seconds, 60);
    let config: HttpConfig = http.config_as().unwrap();
    assert_eq!(config.method, HttpMethod::Get);
    assert_eq!(config.assertions.len(), 1);
    assert!(config.bearer_token.as_ref().unwrap().is_masked());
    // What was read can be sent back: the secret stays as it is.
    let serde_json::Value::Object(config) = serde_json::to_value(&config).unwrap() else {
        panic!("a configuration is an object")
    };
    let patch: UpdateMonitor = UpdateMonitor::builder()
        .config(Patch::Set(config))
        .try_into()
        .unwrap();
    let call = client.update_monitor().id(&http.id).body(patch);
    let changed = call.send().await.unwrap();
    assert_eq!(changed.config["bearerToken"]["secret"], "set");

    let walk = client.list_monitors().limit(2_u32).stream();
    let listed: BTreeSet<_> = walk
        .map_ok(|monitor| monitor.id)
        .try_collect()
        .await
        .unwrap();
    assert!(listed.len() > 2, "two pages");
    assert_eq!(listed, made.iter().map(|made| made.id.clone()).collect());
    for monitor in &made {
        client
            .delete_monitor()
            .id(&monitor.id)
            .send()
            .await
            .unwrap();
    }
    assert!(client.monitors().try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn every_type_of_channel_is_made_typed_and_deleted() {
    let server = Server::start(&[]);
    let client = server.client();
    for kind in types_of("CreateChannel") {
        let made = client
            .create_channel()
            .body(channel_of(&kind))
            .send()
            .await
            .unwrap();
        assert_eq!(made.type_, kind);
        let known = !matches!(made.typed_config(), ChannelConfig::Other { .. });
        assert!(known, "{kind}: {:?}", made.config);
        assert!(
            !serde_json::to_string(&made.config)
                .unwrap()
                .contains("hush")
        );
        client.delete_channel().id(&made.id).send().await.unwrap();
    }
}

#[tokio::test]
async fn the_pings_of_a_job_are_kept_and_its_token_is_not_shown() {
    let server = Server::start(&[]);
    let client = server.client();
    let made = create(&client, body_of("HEARTBEAT")).await.unwrap();
    let token = made.heartbeat_token.clone().unwrap();
    assert!(!format!("{made:?}").contains(token.expose()));
    client
        .heartbeat()
        .token(token.expose())
        .send()
        .await
        .unwrap();
    client
        .heartbeat_signal_with_output()
        .token(token.expose())
        .signal("fail")
        .body("it broke")
        .send()
        .await
        .unwrap();
    let pings: Vec<_> = client
        .list_pings()
        .id(&made.id)
        .stream()
        .try_collect()
        .await
        .unwrap();
    assert_eq!(pings.len(), 2);
}

#[tokio::test]
async fn what_is_refused_for_being_too_much_is_done_when_there_is_room() {
    // One a second, once the minute's store is used up.
    let server = Server::start(&[("MONITORAH_RATE_LIMIT_PER_MINUTE", "60")]);
    let client = server.client();
    let impatient = server.impatient(&server.key);
    let mut refused = false;
    for _ in 0..70 {
        refused |= impatient.list_rules().send().await.is_err();
    }
    assert!(refused);
    client.list_rules().send().await.unwrap();
    let key: CreateApiKey = CreateApiKey::builder()
        .name("more")
        .scopes(vec!["*".try_into().unwrap()])
        .try_into()
        .unwrap();
    while impatient.list_rules().send().await.is_ok() {}
    let made = client.create_api_key().body(key).send().await.unwrap();
    assert!(!format!("{made:?}").contains(made.key.expose()));
}

#[tokio::test]
async fn what_is_made_is_changed_told_of_and_deleted() {
    let server = Server::start(&[]);
    let client = server.client();
    let made = create(&client, http("before")).await.unwrap();
    assert_eq!(made.confirmations.down, 2);
    let patch: UpdateMonitor = UpdateMonitor::builder()
        .name("after".to_owned())
        .interval_seconds(Patch::Set(120_u32))
        .external_ref(Patch::Set("shop".to_owned()))
        .try_into()
        .unwrap();
    let changed = client
        .update_monitor()
        .id(&made.id)
        .if_match(format!("\"v{}\"", made.version))
        .body(patch.clone())
        .send()
        .await
        .unwrap();
    assert_eq!(
        (changed.name.as_str(), changed.interval_seconds),
        ("after", 120)
    );
    assert_eq!(changed.target, made.target);
    let stale = client
        .update_monitor()
        .id(&made.id)
        .if_match(format!("\"v{}\"", made.version))
        .body(patch)
        .send()
        .await
        .map_err(Error::from)
        .unwrap_err();
    assert_eq!(stale.status(), Some(412));
    let counts: UpdateMonitorConfirmations = UpdateMonitorConfirmations::builder()
        .up(Patch::Set(3_u32))
        .try_into()
        .unwrap();
    let patch: UpdateMonitor = UpdateMonitor::builder()
        .confirmations(Patch::Set(counts))
        .external_ref(Patch::Clear)
        .try_into()
        .unwrap();
    let changed = client
        .update_monitor()
        .id(&made.id)
        .body(patch)
        .send()
        .await
        .unwrap();
    let counts = (changed.confirmations.down, changed.confirmations.up);
    assert_eq!(counts, (2, 3), "what a patch does not name stays");
    assert_eq!(changed.interval_seconds, 120);
    assert_eq!(changed.external_ref, None, "what a patch clears is gone");

    let config: WebhookChannelConfig = WebhookChannelConfig::builder()
        .url("http://127.0.0.1:9/hook")
        .try_into()
        .unwrap();
    let body: CreateWebhookChannel = CreateWebhookChannel::builder()
        .name("hook")
        .config(config)
        .try_into()
        .unwrap();
    let channel = client
        .create_channel()
        .body(CreateChannel::from(body))
        .send()
        .await
        .unwrap();
    let secret = channel.signing_secret.as_ref().unwrap();
    assert!(!format!("{channel:?}").contains(secret.expose()));
    let rule: CreateRule = CreateRule::builder()
        .name("all")
        .channel_ids(vec![channel.id.clone()])
        .all_monitors(true)
        .try_into()
        .unwrap();
    client.create_rule().body(rule).send().await.unwrap();
    assert_eq!(
        client.rules().try_collect::<Vec<_>>().await.unwrap().len(),
        1
    );
    assert_eq!(
        client
            .channels()
            .try_collect::<Vec<_>>()
            .await
            .unwrap()
            .len(),
        1
    );
    client.delete_monitor().id(&made.id).send().await.unwrap();
}

#[tokio::test]
async fn each_refusal_is_told_apart() {
    let server = Server::start(&[("MONITORAH_RATE_LIMIT_PER_MINUTE", "20")]);
    let client = server.impatient(&server.key);

    let stranger = server.impatient("mon_live_nobody");
    let error = stranger.monitors().try_next().await.unwrap_err();
    assert_eq!(
        (error.status(), error.code()),
        (Some(401), Some("unauthorized"))
    );
    assert!(error.refusal().unwrap().request_id.is_some());

    let made = create(&client, http("a")).await.unwrap();
    client.delete_monitor().id(&made.id).send().await.unwrap();
    let error = client
        .get_monitor()
        .id(&made.id)
        .send()
        .await
        .map_err(Error::from)
        .unwrap_err();
    assert_eq!(
        (error.status(), error.code()),
        (Some(404), Some("not_found"))
    );

    let error = create(&client, http("")).await.unwrap_err();
    assert_eq!(
        (error.status(), error.code()),
        (Some(422), Some("validation_error"))
    );
    assert_eq!(error.fields()[0].pointer, "/name");

    // One more request than a minute holds.
    let mut refused = None;
    for _ in 0..=20 {
        if let Err(error) = client.list_rules().send().await {
            refused = Some(Error::from(error));
            break;
        }
    }
    let error = refused.unwrap();
    assert_eq!(
        (error.status(), error.code()),
        (Some(429), Some("rate_limited"))
    );
    assert!(error.retry_after().unwrap().as_secs() >= 1);

    drop(server);
    let error = client.monitors().try_next().await.unwrap_err();
    assert!(matches!(error, Error::NoAnswer(_)), "{error}");
}

#[tokio::test]
async fn the_quickstart_does_what_it_says() {
    let server = Server::start(&[]);
    let client = server.client();
    for name in ["a", "b"] {
        create(&client, http(name)).await.unwrap();
    }
    let target = format!("{}/api/v1/health", server.url);
    let seen = client_quickstart::tour(&server.url, &server.key, &target)
        .await
        .unwrap();
    assert_eq!(seen, 3);
}

#[tokio::test]
async fn the_server_serves_what_is_checked_in() {
    let server = Server::start(&[]);
    let served = server
        .client()
        .specification()
        .send()
        .await
        .unwrap()
        .into_inner();
    assert_eq!(serde_json::Value::Object(served), contract());
}
