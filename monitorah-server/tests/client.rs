//! The generated client against the real server: what is typed is taken, lists go on over pages,
//! and each refusal arrives as what it is.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "what a rig lacks ends its test"
)]

#[path = "../../examples/examples/client_quickstart.rs"]
#[expect(dead_code, reason = "its main is for people")]
mod client_quickstart;

use futures::TryStreamExt;
use monitorah_client::{
    Client, Error, Secret,
    types::{
        BodyContainsAssertion, CreateChannel, CreateCustomMonitor, CreateHeartbeatMonitor,
        CreateHttpMonitor, CreateMonitor, CreatePortMonitor, CreateRule, CreateWebhookChannel,
        CustomConfig, HeartbeatConfig, HttpConfig, HttpMethod, PortConfig, StatusMatch,
        UpdateMonitor, UpdateMonitorConfirmations, WebhookChannelConfig,
    },
};
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

#[tokio::test]
async fn every_type_of_monitor_is_made_as_it_is_typed() {
    let server = Server::start(&[]);
    let client = server.client();

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
    let made = create(&client, body.into()).await.unwrap();
    assert_eq!(made.type_, "HTTP");
    assert_eq!(made.interval_seconds, 60);
    assert_eq!(made.config["method"], "GET");
    assert_eq!(made.config["assertions"][0]["type"], "BODY_CONTAINS");
    assert!(
        !serde_json::to_string(&made.config)
            .unwrap()
            .contains("hush")
    );

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
    let made = create(&client, body.into()).await.unwrap();
    assert_eq!(
        (made.type_.as_str(), &made.config["expectOpen"]),
        ("PORT", &false.into())
    );

    let config: HeartbeatConfig = HeartbeatConfig::builder()
        .grace_seconds(60_u32)
        .try_into()
        .unwrap();
    let body: CreateHeartbeatMonitor = CreateHeartbeatMonitor::builder()
        .name("job")
        .config(config)
        .try_into()
        .unwrap();
    let made = create(&client, body.into()).await.unwrap();
    assert_eq!(made.type_, "HEARTBEAT");
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

    // This installation has no check of another crate: the body is understood, the kind is not.
    let config: CustomConfig = CustomConfig::builder()
        .kind("acme.queue")
        .try_into()
        .unwrap();
    let body: CreateCustomMonitor = CreateCustomMonitor::builder()
        .name("custom")
        .config(config)
        .try_into()
        .unwrap();
    let error = create(&client, body.into()).await.unwrap_err();
    assert_eq!(error.status(), Some(422), "{error}");
}

#[tokio::test]
async fn what_is_made_is_changed_told_of_and_deleted() {
    let server = Server::start(&[]);
    let client = server.client();
    let made = create(&client, http("before")).await.unwrap();
    assert_eq!(made.confirmations.down, 2);
    let patch: UpdateMonitor = UpdateMonitor::builder()
        .name("after".to_owned())
        .interval_seconds(120_u32)
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
        .up(3_u32)
        .try_into()
        .unwrap();
    let patch: UpdateMonitor = UpdateMonitor::builder()
        .confirmations(counts)
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
    let client = server.client();

    let stranger = Client::connect(&server.url, "mon_live_nobody").unwrap();
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
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/monitorah.json");
    let file: serde_json::Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    assert_eq!(serde_json::Value::Object(served), file);
}
