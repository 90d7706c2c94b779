//! `import` as people run it: the report names every setting of the source, and what is written
//! changes nothing when it is applied a second time.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test"
)]

use serde_json::{Value, json};
use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};
use std::{collections::BTreeSet, path::Path, process::Stdio};
use tokio::io::AsyncWriteExt;

/// Runs a command that speaks to this server, where there is one.
async fn run(
    server: Option<&crate::rig::Server>,
    arguments: &[&str],
    variables: &[(&str, &str)],
    input: &str,
) -> (i32, String, String) {
    let mut command = crate::rig::command(arguments);
    command.envs(variables.iter().copied());
    if let Some(server) = server {
        command
            .env("MONITORAH_URL", &server.url)
            .env("MONITORAH_API_KEY", &server.key);
    }
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    drop(stdin.write_all(input.as_bytes()).await);
    drop(stdin);
    let output = child.wait_with_output().await.unwrap();
    (
        output.status.code().unwrap_or(-1),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

async fn monitors(server: &crate::rig::Server) -> Vec<Value> {
    let page = server.get("/api/v1/monitors?limit=100").await;
    page["data"].as_array().unwrap().clone()
}

fn find<'a>(all: &'a [Value], reference: &str) -> &'a Value {
    all.iter()
        .find(|monitor| monitor["externalRef"] == reference)
        .unwrap_or_else(|| panic!("no {reference} among {all:?}"))
}

/// The rows of a report as JSON, by thing and key.
fn row<'a>(report: &'a Value, thing: &str, key: &str) -> &'a Value {
    report["rows"]
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["thing"] == thing && row["key"] == key)
        .unwrap_or_else(|| panic!("no row {thing} / {key} in {report:#}"))
}

/// Applies what was imported, once and again, and returns the monitors of the server.
async fn applied(text: &str, variables: &[(&str, &str)]) -> Vec<Value> {
    let folder = tempfile::tempdir().unwrap();
    let server = crate::rig::server(&folder.path().join("data")).await;
    let apply = ["apply", "-f", "-", "--prune"];
    let (code, out, err) = run(Some(&server), &apply, variables, text).await;
    assert_eq!(code, 0, "{text}\n{out}\n{err}");
    let all = monitors(&server).await;
    let dry = [
        "apply",
        "-f",
        "-",
        "--prune",
        "--dry-run",
        "--detailed-exit-code",
    ];
    let (code, out, err) = run(Some(&server), &dry, variables, text).await;
    assert_eq!(code, 0, "{out}\n{err}");
    let nothing = format!("Nothing to do: {} unchanged", all.len());
    assert!(out.starts_with(&nothing), "{out}");
    all
}

const GATUS: &str = r#"
metrics: true
debug: false
storage: {type: sqlite, path: /data/data.db}
alerting:
  slack:
    webhook-url: "https://hooks.example/${SLACK_PATH}"
    default-alert: {failure-threshold: 4, send-on-resolved: true}
maintenance: {start: "23:00", duration: 1h}
something-new: 1
endpoints:
  - name: front-end
    group: core
    url: "http://127.0.0.1:9/health?key=${FRONT_KEY}"
    interval: 5m
    method: POST
    graphql: true
    body: "{ viewer { login } }"
    headers:
      Accept: application/json
      Authorization: Bearer hush-4711
      X-Auth-Token: ${FRONT_TOKEN}
    client:
      timeout: 1500ms
      insecure: true
      ignore-redirect: true
      oauth2: {token-url: "https://id.example/token"}
      odd: 1
    conditions:
      - "[STATUS] == any(200, 201)"
      - "[BODY].data.viewer.login == pat(a*)"
      - "len([BODY].data.viewer.login) > 2"
      - "[RESPONSE_TIME] < 300"
      - "[CERTIFICATE_EXPIRATION] > 48h"
      - "[IP] == 127.0.0.1"
      - "[DOMAIN_EXPIRATION] > 720h"
    alerts:
      - type: slack
        description: "down"
      - {type: pagerduty, success-threshold: 3}
    ui: {hide-url: true}
    extra-labels: {team: a}
  - name: ssh-thing
    url: ssh://127.0.0.1:22
    ssh: {username: x, password: hush-0815}
    conditions: ["[CONNECTED] == true"]
  - name: Port. Closed
    url: tcp://127.0.0.1:9
    interval: 30s
    enabled: false
    conditions: ["[CONNECTED] == false"]
  - name: icmp-ping
    url: "icmp://127.0.0.1"
    conditions: ["[CONNECTED] == true"]
  - name: example-dns-query
    url: "127.0.0.1"
    interval: 5m
    dns: {query-name: "example.com", query-type: "A"}
    conditions:
      - "[BODY] == 192.0.2.7"
      - "[DNS_RCODE] == NOERROR"
  - name: certificate
    url: "starttls://127.0.0.1:587"
    client: {timeout: 5s}
    conditions: ["[CERTIFICATE_EXPIRATION] > 72h"]
  - name: icmp ping
    url: "tcp://127.0.0.1:9"
    conditions: ["[CONNECTED] == true"]
external-endpoints:
  - name: nightly
    group: jobs
    token: hush-2342
    heartbeat: {interval: 25h}
suites:
  - name: flow
    endpoints: [{name: a, url: "https://example.com", conditions: ["[STATUS] == 200"]}]
"#;

#[tokio::test]
async fn gatus_is_reported_setting_by_setting() {
    let (code, out, err) = run(
        None,
        &["import", "gatus", "-", "--dry-run", "--json"],
        &[],
        GATUS,
    )
    .await;
    assert_eq!(code, 0, "{err}");
    let report: Value = serde_json::from_str(&out).unwrap();
    let front = "endpoint core/front-end";
    for (thing, key, verdict) in [
        ("-", "metrics", "NOT_SUPPORTED"),
        ("-", "alerting", "NOT_SUPPORTED"),
        ("-", "storage", "NOT_SUPPORTED"),
        ("-", "maintenance", "NOT_SUPPORTED"),
        ("-", "debug", "NOT_SUPPORTED"),
        ("-", "something-new", "NOT_SUPPORTED"),
        ("suite flow", "", "NOT_SUPPORTED"),
        (front, "group", "MAPPED"),
        (front, "interval", "MAPPED"),
        (front, "method", "MAPPED"),
        (front, "graphql", "MAPPED"),
        (front, "body", "MAPPED"),
        (front, "headers.Accept", "MAPPED"),
        (front, "headers.Authorization", "MAPPED"),
        (front, "headers.X-Auth-Token", "MAPPED"),
        (front, "client.timeout", "APPROXIMATED"),
        (front, "client.insecure", "MAPPED"),
        (front, "client.ignore-redirect", "MAPPED"),
        (front, "client.oauth2", "NOT_SUPPORTED"),
        (front, "client.odd", "NOT_SUPPORTED"),
        (front, "conditions[0]", "MAPPED"),
        (front, "conditions[1]", "APPROXIMATED"),
        (front, "conditions[2]", "APPROXIMATED"),
        (front, "conditions[3]", "APPROXIMATED"),
        (front, "conditions[4]", "MAPPED"),
        (front, "conditions[5]", "NOT_SUPPORTED"),
        (front, "conditions[6]", "APPROXIMATED"),
        (front, "alerts[0]", "NOT_SUPPORTED"),
        (front, "alerts[0].description", "NOT_SUPPORTED"),
        (front, "alerts[1]", "NOT_SUPPORTED"),
        (front, "alerts thresholds", "APPROXIMATED"),
        (front, "ui", "NOT_SUPPORTED"),
        (front, "extra-labels", "NOT_SUPPORTED"),
        ("endpoint ssh-thing", "", "NOT_SUPPORTED"),
        ("endpoint icmp-ping", "url", "MAPPED"),
        ("endpoint icmp ping", "url", "NOT_SUPPORTED"),
        ("endpoint icmp ping", "", "NOT_SUPPORTED"),
        ("endpoint Port. Closed", "conditions[0]", "MAPPED"),
        ("endpoint Port. Closed", "enabled", "MAPPED"),
        ("external endpoint jobs/nightly", "token", "APPROXIMATED"),
        (
            "external endpoint jobs/nightly",
            "heartbeat.interval",
            "APPROXIMATED",
        ),
    ] {
        assert_eq!(
            row(&report, thing, key)["verdict"],
            verdict,
            "{thing} {key}"
        );
    }
    let names: BTreeSet<_> = report["variables"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    let wanted = [
        "FRONT_KEY",
        "FRONT_TOKEN",
        "GATUS_CORE_FRONT_END_HEADERS_AUTHORIZATION",
    ];
    assert_eq!(names, wanted.map(str::to_owned).into());
    assert!(!out.contains("hush"), "{out}");

    let (code, text, _) = run(
        None,
        &["import", "gatus", "-", "--dry-run", "--strict"],
        &[],
        GATUS,
    )
    .await;
    assert_eq!(code, 4);
    assert!(
        text.contains("not supported conditions[5]: [IP] == 127.0.0.1"),
        "{text}"
    );
}

#[tokio::test]
async fn what_gatus_became_is_applied_and_stays() {
    let (code, text, report) = run(None, &["import", "gatus", "-"], &[], GATUS).await;
    assert_eq!(code, 0, "{report}");
    assert!(
        !text.contains("hush") && report.contains("approximated"),
        "{text}"
    );
    assert!(
        text.contains("# conditions[5]: [IP] == 127.0.0.1: "),
        "the original stays as a note: {text}"
    );
    let (_, refused, said) = run(None, &["apply", "-f", "-"], &[], &text).await;
    assert!(
        said.contains("FRONT_TOKEN is not set") && refused.is_empty(),
        "{said}"
    );

    let variables = [
        ("FRONT_KEY", "k"),
        ("FRONT_TOKEN", "t"),
        ("GATUS_CORE_FRONT_END_HEADERS_AUTHORIZATION", "Bearer x"),
    ];
    let all = applied(&text, &variables).await;
    let front = find(&all, "gatus-core_front-end");
    assert_eq!(front["target"], "http://127.0.0.1:9/health?key=k");
    assert_eq!(
        (&front["owner"], &front["group"]),
        (&json!("gatus"), &json!("core"))
    );
    assert_eq!(
        (&front["intervalSeconds"], &front["timeoutSeconds"]),
        (&json!(300), &json!(2))
    );
    assert_eq!(front["confirmations"], json!({"down": 3, "up": 2}));
    let config = &front["config"];
    assert_eq!(config["expectedStatus"], json!(["200-201"]));
    assert_eq!(
        config["body"],
        json!({"query": "{ viewer { login } }"}).to_string()
    );
    assert_eq!(config["followRedirects"], false);
    assert_eq!(config["skipTlsVerification"], true);
    let secrets: Vec<_> = config["secretHeaders"]
        .as_object()
        .unwrap()
        .keys()
        .collect();
    assert_eq!(secrets, ["Authorization", "X-Auth-Token"]);
    assert_eq!(
        config["assertions"].as_array().unwrap().len(),
        4,
        "{config}"
    );
    let port = find(&all, "gatus-_port--closed");
    assert_eq!(
        (&port["paused"], &port["config"]["expectOpen"]),
        (&json!(true), &json!(false))
    );
    let job = find(&all, "gatus-jobs_nightly");
    assert_eq!(
        (&job["type"], &job["intervalSeconds"]),
        (&json!("HEARTBEAT"), &json!(90_000))
    );
    assert_eq!(
        job["config"]["graceSeconds"], 90_000,
        "Gatus looks once in an interval"
    );
    assert_eq!(job["paused"], true, "nobody calls its new address yet");
    // What made it fail was left behind: it rests.
    assert_eq!(front["paused"], true);
    assert_eq!(find(&all, "gatus-_certificate")["paused"], false);
    assert!(
        all.iter()
            .all(|monitor| monitor["externalRef"] != "gatus-_ssh-thing")
    );
}

/// Endpoints that lose what makes them fail, and one of each that does not.
const LOST: &str = r#"
endpoints:
  - {name: code, url: "http://127.0.0.1:9/", conditions: ["[STATUS] == ${CODE}"]}
  - {name: method, url: "http://127.0.0.1:9/", method: PURGE, conditions: ["[STATUS] == 200"]}
  - {name: body, url: "http://127.0.0.1:9/", body: x, conditions: ["[STATUS] == 200"]}
  - {name: sent, url: "tcp://127.0.0.1:9", body: x, conditions: ["[CONNECTED] == true"]}
  - name: proxy
    url: "tcp://127.0.0.1:9"
    client: {proxy-url: "http://127.0.0.1:1"}
    conditions: ["[CONNECTED] == true"]
  - name: token
    url: "http://127.0.0.1:9/"
    client: {oauth2: {token-url: "https://id.example"}}
    conditions: ["[STATUS] == 200"]
  - {name: text, url: "http://127.0.0.1:9/", conditions: "[STATUS] == 200"}
  - {name: plain, url: "http://127.0.0.1:9/", conditions: ["[STATUS] == 200", "[RESPONSE_TIME] < 300"]}
"#;

#[tokio::test]
async fn what_lost_the_thing_that_made_it_fail_rests() {
    let import = ["import", "gatus", "-"];
    let (code, text, report) = run(None, &import, &[], LOST).await;
    assert_eq!(code, 0, "{report}");
    let all = applied(&text, &[("CODE", "200")]).await;
    let paused: Vec<_> = all.iter().filter(|one| one["paused"] == true).collect();
    let names: BTreeSet<_> = paused
        .iter()
        .map(|one| one["name"].as_str().unwrap())
        .collect();
    let wanted = ["code", "method", "body", "sent", "proxy", "token", "text"];
    assert_eq!(names, wanted.into());
    assert_eq!(find(&all, "gatus-_plain")["paused"], json!(false));
    assert!(
        text.contains("# conditions[0]: [STATUS] == ${CODE}: "),
        "{text}"
    );
}

#[tokio::test]
async fn the_watch_over_a_domain_rests_only_with_an_endpoint_that_was_off() {
    let source = r#"
endpoints:
  - {name: lost, url: "https://shop.example", conditions: ["[IP] == 192.0.2.1", "[DOMAIN_EXPIRATION] > 720h"]}
  - {name: off, enabled: false, url: "https://shop.example", conditions: ["[DOMAIN_EXPIRATION] > 720h"]}
"#;
    let (code, text, report) = run(None, &["import", "gatus", "-"], &[], source).await;
    assert_eq!(code, 0, "{report}");
    let paused = |reference: &str| {
        let entry = text.split(&format!("externalRef: {reference}\n")).nth(1);
        let entry = entry.unwrap_or_else(|| panic!("{reference}: {text}"));
        let entry = entry.split("externalRef:").next().unwrap();
        entry.contains("paused: true")
    };
    assert!(
        paused("gatus-_lost") && !paused("gatus-_lost-domain"),
        "{text}"
    );
    assert!(
        paused("gatus-_off") && paused("gatus-_off-domain"),
        "{text}"
    );
}

/// Two names of which nothing is left in the name of a variable, and variables of the source's own.
const ALIKE: &str = r#"
endpoints:
  - {name: 監視, url: "http://ops:hush-1@127.0.0.1:9/", conditions: ["[STATUS] == 200"]}
  - {name: 決済, url: "http://ops:hush-2@127.0.0.1:9/", conditions: ["[STATUS] == 200"]}
  - name: taken
    url: "http://127.0.0.1:9/${GATUS_URL_PASSWORD_2}"
    headers: {X-Token: hush-3, X_Token: hush-4}
    conditions: ["[STATUS] == 200"]
"#;

#[tokio::test]
async fn no_secret_hides_behind_the_variable_of_another() {
    let import = ["import", "gatus", "-", "--dry-run", "--json"];
    let (code, out, err) = run(None, &import, &[], ALIKE).await;
    assert_eq!(code, 0, "{err}");
    let report: Value = serde_json::from_str(&out).unwrap();
    let of = |thing: &str, key: &str| {
        let variables = report["variables"].as_object().unwrap();
        let source = format!("{key} of endpoint {thing}");
        let mut names = variables.iter().filter(|(_, of)| **of == source);
        let name = names.next().unwrap_or_else(|| panic!("{source}: {out}")).0;
        assert_eq!(names.next(), None);
        name.clone()
    };
    assert_eq!(of("監視", "url password"), "GATUS_URL_PASSWORD");
    assert_eq!(of("決済", "url password"), "GATUS_URL_PASSWORD_3");
    assert_eq!(of("taken", "url"), "GATUS_URL_PASSWORD_2");
    let tokens = [
        of("taken", "headers.X-Token"),
        of("taken", "headers.X_Token"),
    ];
    assert_ne!(tokens[0], tokens[1]);
    // And the file asks for each where it belongs.
    let (_, text, _) = run(None, &["import", "gatus", "-"], &[], ALIKE).await;
    for name in ["GATUS_URL_PASSWORD", "GATUS_URL_PASSWORD_3"] {
        assert_eq!(text.matches(&format!("${{{name}}}")).count(), 1, "{text}");
    }
}

#[tokio::test]
async fn flags_are_read_as_gatus_reads_them() {
    let source = r#"
endpoints:
  - name: off
    enabled: no
    url: "http://127.0.0.1:9/"
    client: {ignore-redirect: yes, insecure: On}
    conditions: ["[STATUS] == 200"]
  - name: unclear
    enabled: perhaps
    url: "http://127.0.0.1:9/"
    client: {ignore-redirect: 7, insecure: OFF}
    conditions: ["[STATUS] == 200"]
external-endpoints:
  - {name: "nightly in $REGION", token: y}
  - {name: job, enabled: Off, token: x, heartbeat: {interval: 1h}, alerts: [{type: slack}]}
"#;
    let (code, out, err) = run(
        None,
        &["import", "gatus", "-", "--dry-run", "--json"],
        &[],
        source,
    )
    .await;
    assert_eq!(code, 0, "{err}");
    let report: Value = serde_json::from_str(&out).unwrap();
    for (thing, key, verdict) in [
        ("endpoint off", "enabled", "MAPPED"),
        ("endpoint off", "client.ignore-redirect", "MAPPED"),
        ("endpoint off", "client.insecure", "MAPPED"),
        ("endpoint unclear", "enabled", "NOT_SUPPORTED"),
        (
            "endpoint unclear",
            "client.ignore-redirect",
            "NOT_SUPPORTED",
        ),
        ("endpoint unclear", "client.insecure", "MAPPED"),
        ("external endpoint job", "enabled", "MAPPED"),
        ("external endpoint job", "alerts thresholds", "APPROXIMATED"),
    ] {
        assert_eq!(
            row(&report, thing, key)["verdict"],
            verdict,
            "{thing} {key}"
        );
    }
    let (_, text, _) = run(None, &["import", "gatus", "-"], &[], source).await;
    // A name takes variables as everything else does, and the file says what is to be done.
    assert!(text.contains("nightly in ${REGION}"), "{text}");
    let why = "# token: the monitor has a token of its own and rests: let the job call";
    assert_eq!(text.matches(why).count(), 2, "{text}");
    let all = applied(&text, &[("REGION", "eu")]).await;
    let named = all.iter().find(|one| one["name"] == "nightly in eu");
    assert_eq!(named.unwrap()["paused"], true);
    let off = find(&all, "gatus-_off");
    assert_eq!(off["paused"], true);
    assert_eq!(off["config"]["followRedirects"], false);
    assert_eq!(off["config"]["skipTlsVerification"], true);
    let unclear = find(&all, "gatus-_unclear");
    assert_eq!(unclear["paused"], false);
    assert_eq!(unclear["config"]["followRedirects"], true);
    let job = find(&all, "gatus-_job");
    assert_eq!(job["paused"], true);
    assert_eq!(
        job["config"]["graceSeconds"], 10_800,
        "three failures, the default of Gatus"
    );
}

#[tokio::test]
async fn a_source_that_cannot_be_read_is_refused() {
    for (input, said) in [
        ("endpoints:\n\t- x\n", "tab"),
        ("endpoints: [\n", "-:"),
        ("hello: 1\n", "no endpoints"),
        ("endpoints: []\n", "no endpoints"),
        ("", "no endpoints"),
    ] {
        let (code, out, err) = run(None, &["import", "gatus", "-"], &[], input).await;
        assert_eq!(code, 2, "{err}");
        assert!(err.contains(said) && out.is_empty(), "{err}");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kuma.db");
    std::fs::write(
        &path,
        "not a database at all, but a text of some length\n".repeat(40),
    )
    .unwrap();
    let (code, _, err) = run(
        None,
        &["import", "uptime-kuma", path.to_str().unwrap()],
        &[],
        "",
    )
    .await;
    assert_eq!(code, 2);
    assert!(err.contains("no database of SQLite"), "{err}");
    let (code, _, err) = run(None, &["import", "uptime-kuma", "/absent/kuma.db"], &[], "").await;
    assert_eq!(code, 2);
    assert!(err.contains("cannot be opened"), "{err}");
}

/// A table of Uptime Kuma 2 with the columns that this test fills or that have a default there.
const SCHEMA: [&str; 15] = [
    "CREATE TABLE monitor (
        id INTEGER PRIMARY KEY, name VARCHAR(150), active BOOLEAN NOT NULL DEFAULT 1,
        user_id INTEGER, interval INTEGER NOT NULL DEFAULT 20, url TEXT, type VARCHAR(20),
        weight INTEGER DEFAULT 2000, hostname VARCHAR(255), port INTEGER,
        created_date DATETIME NOT NULL DEFAULT (DATETIME('now')), keyword VARCHAR(255),
        maxretries INTEGER NOT NULL DEFAULT 0, ignore_tls BOOLEAN NOT NULL DEFAULT 0,
        upside_down BOOLEAN NOT NULL DEFAULT 0, maxredirects INTEGER NOT NULL DEFAULT 10,
        accepted_statuscodes_json TEXT NOT NULL DEFAULT '[\"200-299\"]',
        dns_resolve_type VARCHAR(5), dns_resolve_server VARCHAR(255), dns_last_result TEXT,
        retry_interval INTEGER NOT NULL DEFAULT 0, push_token VARCHAR(32),
        method TEXT NOT NULL DEFAULT 'GET', body TEXT, headers TEXT, basic_auth_user TEXT,
        basic_auth_pass TEXT, docker_host INTEGER, docker_container VARCHAR(255),
        proxy_id INTEGER, expiry_notification BOOLEAN DEFAULT 1, mqtt_topic TEXT,
        mqtt_success_message VARCHAR(255), mqtt_username VARCHAR(255), mqtt_password VARCHAR(255),
        database_connection_string VARCHAR(2000), database_query TEXT, auth_method VARCHAR(250),
        auth_domain TEXT, auth_workstation TEXT, grpc_url VARCHAR(255), grpc_protobuf TEXT,
        grpc_body TEXT, grpc_metadata TEXT, grpc_method TEXT, grpc_service_name TEXT,
        grpc_enable_tls BOOLEAN NOT NULL DEFAULT 0, radius_username VARCHAR(255),
        radius_password VARCHAR(255), radius_calling_station_id VARCHAR(50),
        radius_called_station_id VARCHAR(50), radius_secret VARCHAR(255),
        resend_interval INTEGER NOT NULL DEFAULT 0, packet_size INTEGER NOT NULL DEFAULT 56,
        game VARCHAR(255), http_body_encoding VARCHAR(25), description TEXT, tls_ca TEXT,
        tls_cert TEXT, tls_key TEXT, parent INTEGER, invert_keyword BOOLEAN NOT NULL DEFAULT 0,
        json_path TEXT, expected_value VARCHAR(255), kafka_producer_topic VARCHAR(255),
        kafka_producer_brokers TEXT, kafka_producer_ssl BOOLEAN NOT NULL DEFAULT 0,
        kafka_producer_sasl_options TEXT, kafka_producer_message TEXT, oauth_client_id TEXT,
        oauth_client_secret TEXT, oauth_token_url TEXT, oauth_scopes TEXT,
        oauth_auth_method TEXT, timeout DOUBLE NOT NULL DEFAULT 0,
        gamedig_given_port_only BOOLEAN NOT NULL DEFAULT 1,
        mqtt_check_type VARCHAR(255) NOT NULL DEFAULT 'keyword', snmp_oid VARCHAR(255),
        snmp_version VARCHAR(255) DEFAULT '2c', json_path_operator VARCHAR(255),
        cache_bust BOOLEAN NOT NULL DEFAULT 0, conditions TEXT NOT NULL DEFAULT '[]',
        rabbitmq_nodes TEXT, rabbitmq_username VARCHAR(255), rabbitmq_password VARCHAR(255),
        smtp_security VARCHAR(255),
        ws_ignore_sec_websocket_accept_header BOOLEAN NOT NULL DEFAULT 0,
        ws_subprotocol VARCHAR(255) NOT NULL DEFAULT '', ping_count INTEGER NOT NULL DEFAULT 1,
        ping_numeric BOOLEAN NOT NULL DEFAULT 1,
        ping_per_request_timeout INTEGER NOT NULL DEFAULT 2, ip_family VARCHAR(4),
        manual_status SMALLINT, oauth_audience VARCHAR(255), mqtt_websocket_path VARCHAR(255),
        domain_expiry_notification BOOLEAN DEFAULT 0, save_response BOOLEAN NOT NULL DEFAULT 0,
        save_error_response BOOLEAN NOT NULL DEFAULT 1,
        response_max_length INTEGER NOT NULL DEFAULT 1024, system_service_name VARCHAR(255),
        subtype VARCHAR(10), location VARCHAR(255), protocol VARCHAR(20),
        snmp_v3_username VARCHAR(255), expected_tls_alert VARCHAR(50),
        retry_only_on_status_code_failure BOOLEAN NOT NULL DEFAULT 0,
        screenshot_delay INTEGER NOT NULL DEFAULT 0, ntp_stratum_threshold INTEGER DEFAULT 5,
        bearer_token TEXT, gamedig_token TEXT, custom_url TEXT)",
    "CREATE TABLE tag (id INTEGER PRIMARY KEY, name VARCHAR(255) NOT NULL, color VARCHAR(255))",
    "CREATE TABLE monitor_tag (id INTEGER PRIMARY KEY, monitor_id INTEGER, tag_id INTEGER, value TEXT)",
    "CREATE TABLE notification (id INTEGER PRIMARY KEY, name VARCHAR(255), config TEXT, active BOOLEAN)",
    "CREATE TABLE monitor_notification (id INTEGER PRIMARY KEY, monitor_id INTEGER, notification_id INTEGER)",
    "CREATE TABLE proxy (id INTEGER PRIMARY KEY, protocol VARCHAR(10), host VARCHAR(255), port SMALLINT,
        auth BOOLEAN, username VARCHAR(255), password VARCHAR(255), active BOOLEAN)",
    "CREATE TABLE docker_host (id INTEGER PRIMARY KEY, name VARCHAR(255))",
    "CREATE TABLE heartbeat (id INTEGER PRIMARY KEY, monitor_id INTEGER, status SMALLINT)",
    "CREATE TABLE \"group\" (id INTEGER PRIMARY KEY, name VARCHAR(255))",
    "CREATE TABLE user (id INTEGER PRIMARY KEY, username VARCHAR(255), password VARCHAR(255))",
    "CREATE TABLE setting (id INTEGER PRIMARY KEY, key VARCHAR(200), value TEXT)",
    "CREATE TABLE maintenance (id INTEGER PRIMARY KEY, title VARCHAR(150), active BOOLEAN)",
    "CREATE TABLE monitor_maintenance (id INTEGER PRIMARY KEY, monitor_id INTEGER, maintenance_id INTEGER)",
    "CREATE TABLE status_page (id INTEGER PRIMARY KEY, slug VARCHAR(255))",
    "CREATE TABLE novelty (id INTEGER PRIMARY KEY)",
];

/// Monitors of every type that Uptime Kuma 2 has, groups in groups, and what stands around them.
const ROWS: &str = r#"
INSERT INTO monitor (id, name, type, interval, timeout, maxretries, retry_interval) VALUES
    (1, 'Everything', 'group', 60, 48, 0, 60);
INSERT INTO monitor (id, name, type, interval, parent) VALUES (2, 'Web / Shop', 'group', 60, 1);
INSERT INTO monitor (id, name, type, url, interval, timeout, maxretries, retry_interval, parent,
    headers, method, body, http_body_encoding, auth_method, basic_auth_user, basic_auth_pass,
    accepted_statuscodes_json, maxredirects, ignore_tls, description, resend_interval)
    VALUES (3, 'Shop', 'http', 'http://127.0.0.1:9/?a=${b}', 60, 48.0, 2, 30, 2,
    '{"Accept": "text/html", "X-Api-Key": "hush-1"}', 'POST', '{"a": 1}', 'json', 'basic', 'ops',
    'hush-2', '["200-299","301"]', 0, 1, 'the shop', 3);
INSERT INTO monitor (id, name, type, url, keyword, invert_keyword, active, auth_method, bearer_token)
    VALUES (4, 'Keyword', 'keyword', 'http://127.0.0.1:9/', 'error', 1, 0, 'bearer', 'hush-3');
INSERT INTO monitor (id, name, type, url, json_path, json_path_operator, expected_value)
    VALUES (5, 'Query', 'json-query', 'http://127.0.0.1:9/', 'status.items[0]', '==', 'ok');
INSERT INTO monitor (id, name, type, url, json_path, json_path_operator, expected_value)
    VALUES (6, 'Count', 'json-query', 'http://127.0.0.1:9/', '$count(items)', '>', '3');
INSERT INTO monitor (id, name, type, hostname, port, upside_down, parent)
    VALUES (7, 'Closed', 'port', '::1', 9, 1, 1);
INSERT INTO monitor (id, name, type, hostname, packet_size, ping_count)
    VALUES (8, 'Ping', 'ping', '127.0.0.1', 120, 3);
INSERT INTO monitor (id, name, type, hostname, dns_resolve_type, dns_resolve_server, port, conditions)
    VALUES (9, 'Names', 'dns', 'example.com', 'A', '127.0.0.1, 127.0.0.2', 53,
    '[{"type":"expression","variable":"record","operator":"equals","value":"192.0.2.1","andOr":"and"}]');
INSERT INTO monitor (id, name, type, push_token, interval) VALUES (10, 'Backup', 'push', 'hush-4', 86400);
INSERT INTO monitor (id, name, type, manual_status) VALUES (11, 'By hand', 'manual', 1);
INSERT INTO monitor (id, name, type, url, auth_method, oauth_client_id, oauth_client_secret)
    VALUES (12, 'OAuth', 'http', 'http://127.0.0.1:9/', 'oauth2-cc', 'id', 'hush-5');
INSERT INTO monitor (id, name, type, url, upside_down, proxy_id, cache_bust, domain_expiry_notification)
    VALUES (13, 'Turned', 'http', 'http://ops:hush-6@127.0.0.1:9/x', 1, 1, 1, 1);
INSERT INTO monitor (id, name, type, database_connection_string)
    VALUES (14, 'PG', 'postgres', 'postgres://u:hush-7@127.0.0.1/db');
INSERT INTO monitor (id, name, type, docker_container, docker_host) VALUES (15, 'Box', 'docker', 'web', 1);
INSERT INTO monitor (id, name, type, hostname, mqtt_topic, mqtt_password)
    VALUES (16, 'Broker', 'mqtt', '127.0.0.1', 'a', 'hush-8');
INSERT INTO monitor (id, name, type, grpc_url) VALUES (17, 'RPC', 'grpc-keyword', '127.0.0.1:9');
INSERT INTO monitor (id, name, type, url) VALUES (18, 'Browser', 'real-browser', 'http://127.0.0.1:9/');
INSERT INTO monitor (id, name, type, hostname) VALUES (19, 'Game', 'gamedig', '127.0.0.1');
INSERT INTO monitor (id, name, type, hostname, radius_secret) VALUES (20, 'Radius', 'radius', '127.0.0.1', 'hush-9');
INSERT INTO monitor (id, name, type, hostname, port, smtp_security) VALUES (21, 'Mail', 'smtp', '127.0.0.1', 25, 'secure');
INSERT INTO monitor (id, name, type, url) VALUES (22, 'Socket', 'websocket-upgrade', 'ws://127.0.0.1:9/');
INSERT INTO monitor (id, name, type, hostname) VALUES (23, 'Redis', 'redis', '127.0.0.1');
INSERT INTO monitor (id, name, type, game) VALUES (24, 'New', 'of-the-future', 'x');
INSERT INTO monitor (id, name, type, hostname) VALUES
    (25, 'Old game', 'steam', '127.0.0.1'), (26, 'Inside', 'tailscale-ping', '127.0.0.1'),
    (27, 'Switch', 'snmp', '127.0.0.1'), (28, 'Phone', 'sip-options', '127.0.0.1'),
    (29, 'Clock', 'ntp', '127.0.0.1'), (30, 'Abroad', 'globalping', '127.0.0.1');
INSERT INTO monitor (id, name, type, database_connection_string) VALUES
    (31, 'SQL', 'sqlserver', 'Server=127.0.0.1;Password=hush-14'),
    (32, 'My', 'mysql', 'mysql://u:hush-15@127.0.0.1/db'),
    (33, 'Mongo', 'mongodb', 'mongodb://u:hush-16@127.0.0.1/db'),
    (34, 'Ora', 'oracledb', '127.0.0.1/XE');
INSERT INTO monitor (id, name, type, rabbitmq_nodes, rabbitmq_password)
    VALUES (35, 'Rabbit', 'rabbitmq', '["http://127.0.0.1:15672"]', 'hush-17');
INSERT INTO monitor (id, name, type, kafka_producer_topic) VALUES (36, 'Kafka', 'kafka-producer', 't');
INSERT INTO monitor (id, name, type, system_service_name) VALUES
    (37, 'Unit', 'system-service', 'nginx'), (38, 'Process', 'pm2', 'app');
INSERT INTO monitor (id, name, type, interval, parent, maxretries) VALUES (39, 'Inner', 'group', 60, 2, 3);
INSERT INTO monitor (id, name, type, manual_status, parent) VALUES (40, 'Lift', 'manual', 0, 39);
INSERT INTO monitor (id, name, type, push_token, interval, maxretries, retry_interval, parent)
    VALUES (41, 'Hourly', 'push', 'hush-18', 3600, 2, 300, 39);
INSERT INTO monitor (id, name, type, push_token, interval, maxretries)
    VALUES (42, 'Half-hourly', 'push', 'hush-19', 1800, 1);
INSERT INTO monitor (id, name, type, url, json_path, json_path_operator, expected_value) VALUES
    (43, 'Load', 'json-query', 'http://127.0.0.1:9/', 'load', '<', '1.5'),
    (44, 'Version', 'json-query', 'http://127.0.0.1:9/', 'version', '==', '1.5');
INSERT INTO monitor (id, name, type, hostname, dns_resolve_type, conditions)
    VALUES (45, 'Mail names', 'dns', 'example.com', 'MX',
    '[{"type":"expression","variable":"record","operator":"contains","value":"mail","andOr":"and"}]');
INSERT INTO monitor (id, name, type, url, method) VALUES
    (46, 'Odd', 'http', 'http://127.0.0.1:9/', 'PURGE'), (47, 'Header', 'http', 'http://127.0.0.1:9/', 'HEAD');
INSERT INTO monitor (id, name, type, url, body) VALUES (48, 'Asks', 'http', 'http://127.0.0.1:9/', '{"q": 1}');
INSERT INTO monitor (id, name, type, url, proxy_id) VALUES
    (49, 'Behind', 'http', 'http://127.0.0.1:9/', 2), (50, 'Not behind', 'http', 'http://127.0.0.1:9/', 3);
INSERT INTO monitor (id, name, type, hostname, port, expected_tls_alert)
    VALUES (51, 'Handshake', 'port', '127.0.0.1', 9, 'certificate_required');
INSERT INTO monitor (id, name, type, hostname, port, interval) VALUES (52, 'Yearly', 'port', '127.0.0.1', 9, 31536000);
INSERT INTO monitor (id, name, type, hostname, port, parent) VALUES (53, 'Many tags', 'port', '127.0.0.1', 9, 39);
INSERT INTO monitor (id, name, type, url, cache_bust) VALUES (54, 'Fresh', 'http', 'http://127.0.0.1:9/', 1);
INSERT INTO tag VALUES (1, 'team', '#fff'), (2, 'prod', '#000');
WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 44)
    INSERT INTO tag SELECT i, 'a' || i, '#000' FROM n;
INSERT INTO monitor_tag SELECT id, 53, id, NULL FROM tag WHERE id >= 10;
INSERT INTO maintenance VALUES (1, 'Sunday', 1);
INSERT INTO monitor_maintenance VALUES (1, 3, 1), (2, 41, 1);
INSERT INTO status_page VALUES (1, 'public');
INSERT INTO monitor_tag VALUES (1, 3, 1, 'web'), (2, 3, 2, NULL), (3, 7, 2, '');
INSERT INTO notification VALUES (1, 'Ops', '{"type": "slack", "slackwebhookURL": "https://hush-10"}', 1);
INSERT INTO monitor_notification VALUES (1, 3, 1);
INSERT INTO proxy VALUES (1, 'socks5', '127.0.0.1', 1080, 1, 'p', 'hush-11', 1),
    (2, 'https', '127.0.0.1', 1080, 0, NULL, NULL, 1), (3, 'https', '127.0.0.1', 1080, 0, NULL, NULL, 0);
INSERT INTO docker_host VALUES (1, 'local');
INSERT INTO heartbeat VALUES (1, 3, 1), (2, 3, 0);
INSERT INTO user VALUES (1, 'admin', 'hush-12');
INSERT INTO setting VALUES (1, 'jwtSecret', 'hush-13');
INSERT INTO novelty VALUES (1);
"#;

/// The highest id of a monitor, which is how many there are.
const LAST: u32 = 54;
/// Monitors of types that nothing here looks at.
const NO_CHECK: [u32; 25] = [
    14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37,
    38,
];

async fn database(path: &Path) {
    let mut connection = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .connect()
        .await
        .unwrap();
    for statement in SCHEMA.into_iter().chain(ROWS.split(";\n")) {
        if !statement.trim().is_empty() {
            sqlx::query(sqlx::AssertSqlSafe(statement.to_owned()))
                .execute(&mut connection)
                .await
                .unwrap();
        }
    }
    connection.close().await.unwrap();
}

#[tokio::test]
async fn uptime_kuma_is_reported_and_its_file_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kuma.db");
    database(&path).await;
    let before = std::fs::read(&path).unwrap();
    let file = path.to_str().unwrap();
    let import = ["import", "uptime-kuma", file, "--dry-run", "--json"];
    let (code, out, err) = run(None, &import, &[], "").await;
    assert_eq!(code, 0, "{err}");
    assert!(!out.contains("hush"), "{out}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        1,
        "nothing beside it"
    );

    let report: Value = serde_json::from_str(&out).unwrap();
    let shop = "monitor 3 Shop";
    for (thing, key, verdict) in [
        (shop, "url", "MAPPED"),
        (shop, "interval", "MAPPED"),
        (shop, "timeout", "MAPPED"),
        (shop, "maxretries, retry_interval", "APPROXIMATED"),
        (shop, "headers Accept", "MAPPED"),
        (shop, "headers X-Api-Key", "MAPPED"),
        (shop, "body, http_body_encoding", "MAPPED"),
        (shop, "basic_auth_pass", "MAPPED"),
        (shop, "accepted_statuscodes_json", "MAPPED"),
        (shop, "maxredirects", "MAPPED"),
        (shop, "ignore_tls", "MAPPED"),
        (shop, "description", "NOT_SUPPORTED"),
        (shop, "resend_interval", "NOT_SUPPORTED"),
        (shop, "notification", "NOT_SUPPORTED"),
        (shop, "tag", "MAPPED"),
        (
            "monitor 6 Count",
            "json_path, json_path_operator, expected_value",
            "NOT_SUPPORTED",
        ),
        ("monitor 7 Closed", "upside_down", "MAPPED"),
        ("monitor 10 Backup", "push_token", "APPROXIMATED"),
        ("monitor 12 OAuth", "auth_method", "NOT_SUPPORTED"),
        ("monitor 12 OAuth", "oauth_client_secret", "NOT_SUPPORTED"),
        ("monitor 13 Turned", "upside_down", "NOT_SUPPORTED"),
        ("monitor 13 Turned", "cache_bust", "NOT_SUPPORTED"),
        (
            "monitor 13 Turned",
            "domain_expiry_notification",
            "NOT_SUPPORTED",
        ),
        ("monitor 14 PG", "", "NOT_SUPPORTED"),
        ("monitor 15 Box", "", "NOT_SUPPORTED"),
        ("monitor 24 New", "", "NOT_SUPPORTED"),
        ("monitor 1 Everything", "children", "APPROXIMATED"),
        ("monitor 2 Web / Shop", "parent", "MAPPED"),
        ("monitor 39 Inner", "parent", "APPROXIMATED"),
        (
            "monitor 39 Inner",
            "maxretries, retry_interval",
            "APPROXIMATED",
        ),
        ("monitor 11 By hand", "manual_status", "NOT_SUPPORTED"),
        ("monitor 40 Lift", "id, name, type", "MAPPED"),
        ("monitor 40 Lift", "parent", "APPROXIMATED"),
        (
            "monitor 41 Hourly",
            "maxretries, retry_interval",
            "APPROXIMATED",
        ),
        (
            "monitor 43 Load",
            "json_path, json_path_operator, expected_value",
            "APPROXIMATED",
        ),
        (
            "monitor 44 Version",
            "json_path, json_path_operator, expected_value",
            "APPROXIMATED",
        ),
        ("monitor 45 Mail names", "conditions", "NOT_SUPPORTED"),
        ("monitor 46 Odd", "method", "NOT_SUPPORTED"),
        ("monitor 47 Header", "method", "MAPPED"),
        ("monitor 48 Asks", "body", "NOT_SUPPORTED"),
        ("monitor 49 Behind", "proxy_id", "NOT_SUPPORTED"),
        ("monitor 50 Not behind", "proxy_id", "NOT_USED"),
        (
            "monitor 51 Handshake",
            "expected_tls_alert",
            "NOT_SUPPORTED",
        ),
        ("monitor 52 Yearly", "interval", "APPROXIMATED"),
        ("monitor 53 Many tags", "parent", "APPROXIMATED"),
        ("monitor 54 Fresh", "cache_bust", "NOT_SUPPORTED"),
        ("database", "maintenance", "NOT_SUPPORTED"),
        ("database", "monitor_maintenance", "NOT_SUPPORTED"),
        ("database", "status_page", "NOT_SUPPORTED"),
        ("tag team", "", "APPROXIMATED"),
        ("notification Ops", "", "NOT_SUPPORTED"),
        ("docker host local", "", "NOT_SUPPORTED"),
        ("database", "heartbeat", "NOT_SUPPORTED"),
        ("database", "user", "NOT_SUPPORTED"),
        ("database", "setting", "NOT_SUPPORTED"),
        ("database", "novelty", "NOT_SUPPORTED"),
    ] {
        assert_eq!(
            row(&report, thing, key)["verdict"],
            verdict,
            "{thing} {key}"
        );
    }
    // What cannot be a monitor has no row that says that something of it came through.
    for id in NO_CHECK {
        let start = format!("monitor {id} ");
        let rows = report["rows"].as_array().unwrap().iter();
        let rows: Vec<_> = rows
            .filter(|row| row["thing"].as_str().unwrap().starts_with(&start))
            .collect();
        assert_eq!(rows.len(), 1, "{start}");
        assert_eq!(rows[0]["verdict"], "NOT_SUPPORTED", "{start}");
        let note = rows[0]["note"].as_str().unwrap();
        assert_eq!(note.contains("is not known"), id == 24, "{note}");
    }
    let left = row(&report, "monitor 16 Broker", "")["note"]
        .as_str()
        .unwrap();
    assert!(
        left.contains("mqtt_topic") && left.contains("hostname"),
        "{left}"
    );
    // Every monitor has at least one row.
    for id in 1..=LAST {
        let start = format!("monitor {id} ");
        let rows = report["rows"].as_array().unwrap();
        assert!(
            rows.iter()
                .any(|row| row["thing"].as_str().unwrap().starts_with(&start)),
            "{id}"
        );
    }
    // Every tag of a monitor that has too many has a row, and says which of them stayed.
    let tags = report["rows"].as_array().unwrap().iter();
    let tags = tags.filter(|row| row["thing"] == "monitor 53 Many tags" && row["key"] == "tag");
    let (kept, left): (Vec<_>, Vec<_>) = tags.partition(|row| row["verdict"] == "MAPPED");
    assert_eq!((kept.len(), left.len()), (29, 6));
    assert!(left.iter().all(|row| row["verdict"] == "NOT_SUPPORTED"));
}

#[tokio::test]
async fn what_uptime_kuma_became_is_applied_and_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kuma.db");
    database(&path).await;
    let file = path.to_str().unwrap();
    let (code, text, report) = run(None, &["import", "uptime-kuma", file], &[], "").await;
    assert_eq!(code, 0, "{report}");
    assert!(!text.contains("hush") && !report.contains("hush"), "{text}");
    let (_, _, said) = run(
        None,
        &["import", "uptime-kuma", file, "--dry-run", "--json"],
        &[],
        "",
    )
    .await;
    assert!(said.is_empty(), "{said}");
    let variables: Vec<(String, String)> = text
        .lines()
        .filter_map(|line| line.strip_prefix("#   ")?.split_once(": "))
        .map(|(name, _)| (name.to_owned(), "x".to_owned()))
        .collect();
    assert!(
        variables
            .iter()
            .any(|(name, _)| name == "KUMA_3_BASIC_AUTH_PASS"),
        "{text}"
    );
    let variables: Vec<_> = variables
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let all = applied(&text, &variables).await;
    let shop = find(&all, "kuma-3");
    assert_eq!(shop["target"], "http://127.0.0.1:9/?a=${b}");
    assert_eq!(shop["owner"], "uptime-kuma");
    assert_eq!(
        (&shop["intervalSeconds"], &shop["timeoutSeconds"]),
        (&json!(60), &json!(48))
    );
    assert_eq!(shop["confirmations"], json!({"down": 3, "up": 1}));
    assert_eq!(shop["group"], "Everything/Web - Shop");
    assert_eq!(
        shop["tags"],
        json!(["kuma-group-1", "kuma-group-2", "prod", "team:web"])
    );
    let config = &shop["config"];
    assert_eq!(config["expectedStatus"], json!(["2xx", 301]));
    assert_eq!(
        config["basicAuth"],
        json!({"username": "ops", "password": {"secret": "set"}})
    );
    assert_eq!(
        (&config["body"], &config["contentType"]),
        (&json!("{\"a\": 1}"), &json!("application/json"))
    );
    assert_eq!(
        (&config["followRedirects"], &config["skipTlsVerification"]),
        (&json!(false), &json!(true))
    );
    let keyword = find(&all, "kuma-4");
    assert_eq!(keyword["config"]["assertions"][0]["negate"], true);
    assert_eq!(keyword["paused"], true);
    let query = find(&all, "kuma-5");
    assert_eq!(
        query["config"]["assertions"][0]["path"],
        "$.status.items[0]"
    );
    // What lost the thing that made it fail rests; what only means it a little differently runs.
    for (reference, paused) in [
        ("kuma-6", true),
        ("kuma-12", true),
        ("kuma-13", true),
        ("kuma-7", false),
        ("kuma-9", false),
        // Nobody calls their new addresses yet.
        ("kuma-10", true),
        ("kuma-41", true),
        ("kuma-42", true),
        ("kuma-45", true),
        ("kuma-46", true),
        ("kuma-47", false),
        ("kuma-48", true),
        ("kuma-49", true),
        ("kuma-50", false),
        ("kuma-51", true),
        ("kuma-52", false),
        ("kuma-54", true),
    ] {
        assert_eq!(find(&all, reference)["paused"], paused, "{reference}");
    }
    let port = find(&all, "kuma-7");
    assert_eq!(
        (&port["target"], &port["config"]["expectOpen"]),
        (&json!("[::1]:9"), &json!(false))
    );
    assert_eq!(find(&all, "kuma-10")["intervalSeconds"], 86_400);
    assert_eq!(find(&all, "kuma-13")["target"], "http://127.0.0.1:9/x");
    for (reference, interval, grace) in [
        ("kuma-10", 86_400, 1),
        ("kuma-41", 3_600, 600),
        ("kuma-42", 1_800, 1_800),
    ] {
        let push = find(&all, reference);
        assert_eq!(push["intervalSeconds"], interval, "{reference}");
        assert_eq!(push["config"]["graceSeconds"], grace, "{reference}");
        assert_eq!(push["confirmations"]["down"], 1, "{reference}");
    }
    for (reference, operator) in [("kuma-43", "LESS_THAN"), ("kuma-44", "EQUALS")] {
        let assertion = &find(&all, reference)["config"]["assertions"][0];
        assert_eq!(assertion["value"], json!(1.5), "{reference}");
        assert_eq!(assertion["operator"], operator, "{reference}");
    }
    // Groups in groups: what is inside carries the tags of all of them, with 35 tags of its own too.
    let above = ["kuma-group-1", "kuma-group-2", "kuma-group-39"];
    for reference in ["kuma-40", "kuma-41", "kuma-53"] {
        let inside = find(&all, reference);
        assert_eq!(inside["group"], "Everything/Web - Shop/Inner");
        let tags = inside["tags"].as_array().unwrap();
        assert!(
            above.iter().all(|tag| tags.contains(&json!(tag))),
            "{reference}: {tags:?}"
        );
    }
    assert_eq!(
        find(&all, "kuma-53")["tags"].as_array().unwrap().len(),
        32,
        "as many as a monitor carries"
    );
    for (reference, tag) in [("kuma-1", "kuma-group-1"), ("kuma-39", "kuma-group-39")] {
        let group = find(&all, reference);
        assert_eq!(
            (&group["type"], &group["config"]["tag"]),
            (&json!("GROUP"), &json!(tag))
        );
    }
    assert_eq!(find(&all, "kuma-40")["type"], "MANUAL");
    assert_eq!(find(&all, "kuma-52")["intervalSeconds"], 2_678_400);
    for id in 1..=LAST {
        let reference = format!("kuma-{id}");
        let there = all.iter().any(|one| one["externalRef"] == *reference);
        assert_eq!(there, !NO_CHECK.contains(&id), "{reference}");
    }
}

#[tokio::test]
async fn secrets_come_along_only_when_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kuma.db");
    database(&path).await;
    let out = folder.path().join("monitors.yaml");
    let (file, target) = (path.to_str().unwrap(), out.to_str().unwrap());
    let import = [
        "import",
        "uptime-kuma",
        file,
        "--with-secrets",
        "--out",
        target,
    ];
    let (code, printed, report) = run(None, &import, &[], "").await;
    assert_eq!(code, 0, "{report}");
    assert!(printed.is_empty() && !report.contains("hush"), "{report}");
    let text = std::fs::read_to_string(&out).unwrap();
    for secret in ["hush-1", "hush-2", "hush-3", "hush-6"] {
        assert!(text.contains(secret), "{secret}");
    }
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(&out).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    // And at once, onto a server.
    let server = crate::rig::server(&folder.path().join("data")).await;
    let import = [
        "import",
        "uptime-kuma",
        file,
        "--with-secrets",
        "--apply",
        "--owner",
        "old",
    ];
    let (code, printed, said) = run(Some(&server), &import, &[], "").await;
    assert_eq!(code, 0, "{said}");
    assert!(
        !printed.contains("hush") && !said.contains("hush"),
        "{printed}{said}"
    );
    assert_eq!(find(&monitors(&server).await, "kuma-3")["owner"], "old");
    let (code, printed, _) = run(Some(&server), &import, &[], "").await;
    assert_eq!(code, 0);
    assert!(printed.contains("Nothing to do"), "{printed}");
}

#[tokio::test]
async fn a_file_that_could_not_be_written_whole_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let (source, out) = (
        folder.path().join("gatus.yaml"),
        folder.path().join("out.yaml"),
    );
    std::fs::write(&source, LOST).unwrap();
    let (source, target) = (source.to_str().unwrap(), out.to_str().unwrap());
    // As on a full disk: no file may grow.
    let script = format!(
        "ulimit -f 0; exec {} import gatus {source} --out {target}",
        crate::rig::MONITORAH
    );
    #[expect(clippy::disallowed_methods, reason = "a test starts a shell")]
    let output = tokio::process::Command::new("sh")
        .args(["-c", &script])
        .output()
        .await
        .unwrap();
    assert!(!output.status.success());
    assert!(
        !out.exists(),
        "half a file would pass for one, and block the next try"
    );
    let import = ["import", "gatus", source, "--out", target];
    let (code, _, err) = run(None, &import, &[], "").await;
    assert_eq!(code, 0, "{err}");
    let whole = std::fs::read_to_string(&out).unwrap();
    assert!(whole.contains("gatus-_plain"), "{whole}");
    let (code, _, err) = run(None, &import, &[], "").await;
    assert!(code == 2 && err.contains("is there already"), "{err}");
    assert_eq!(std::fs::read_to_string(&out).unwrap(), whole);
}

#[tokio::test]
async fn a_database_that_is_being_written_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("kuma.db");
    database(&path).await;
    std::fs::write(folder.path().join("kuma.db-wal"), "frames").unwrap();
    let (code, _, err) = run(
        None,
        &["import", "uptime-kuma", path.to_str().unwrap()],
        &[],
        "",
    )
    .await;
    assert_eq!(code, 2);
    assert!(
        err.contains("write-ahead log") && err.contains(".backup"),
        "{err}"
    );
}
