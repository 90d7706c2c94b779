//! Many monitors at once, monitors that are not saved, types with examples, badges, and the docs page.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test"
)]

use crate::rig::{Server, Target, now, server, server_with, until};
use serde_json::{Value, json};

const BULK: &str = "/api/v1/monitors/bulk";

async fn send(
    server: &Server,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: Option<String>,
) -> (u16, reqwest::header::HeaderMap, String) {
    let mut request =
        crate::rig::http().request(method.parse().unwrap(), format!("{}{path}", server.url));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    if let Some(body) = body {
        request = request
            .header("content-type", "application/json")
            .body(body);
    }
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    (status, headers, response.text().await.unwrap())
}

fn port(name: &str) -> Value {
    json!({"name": name, "type": "PORT", "target": "127.0.0.1:9", "paused": true})
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_item_is_done_or_refused_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let kept = server.post("/api/v1/monitors", port("kept")).await;
    let kept = kept["id"].as_str().unwrap();
    let mut web = port("web");
    web["externalRef"] = json!("web");
    let wrong = json!({"name": "", "type": "PORT", "target": "nowhere", "intervalSeconds": 5,
        "timeoutSeconds": 6});
    let items = json!([
        {"action": "CREATE", "monitor": port("one")},
        {"action": "UPSERT", "externalRef": "web", "monitor": web},
        {"action": "UPSERT", "externalRef": "web", "monitor": port("web again")},
        {"action": "UPDATE", "externalRef": "web", "monitor": {"tags": ["a"]}},
        {"action": "RESUME", "externalRef": "web"},
        {"action": "PAUSE", "id": kept},
        {"action": "CREATE", "monitor": wrong},
        {"action": "UPDATE", "id": kept, "monitor": {"intervalSeconds": 0}},
        {"action": "UPDATE", "id": kept, "monitor": {"type": "HTTP"}},
        {"action": "DELETE", "externalRef": "nobody"},
        {"action": "DELETE", "id": format!("mtr_{}", "0".repeat(32))},
        {"action": "EXPLODE", "id": kept},
        {"action": "CREATE"},
        {"action": "PAUSE", "id": kept, "externalRef": "web"},
        {"action": "CREATE", "monitor": port("x"), "colour": "red"},
        "nonsense",
        {"action": "CREATE", "monitor": {"name": "t", "type": "TELEPATHY", "target": "x"}},
        {"action": "DELETE", "externalRef": "web"},
    ]);
    let done = server.post(BULK, json!({ "items": items })).await;
    let data = done["data"].as_array().unwrap();
    let statuses: Vec<_> = data
        .iter()
        .map(|one| one["status"].as_u64().unwrap())
        .collect();
    assert_eq!(
        statuses,
        [
            201, 201, 200, 200, 200, 200, 422, 422, 422, 404, 404, 422, 422, 422, 422, 422, 422,
            204
        ],
        "{done:#}"
    );
    assert_eq!(
        done["meta"],
        json!({"succeeded": 7, "failed": 11, "notReached": 0})
    );
    let pointers = |index: usize| -> Vec<&str> {
        let fields = data[index]["error"]["details"]["fields"]
            .as_array()
            .unwrap();
        fields
            .iter()
            .map(|field| field["pointer"].as_str().unwrap())
            .collect()
    };
    assert_eq!(
        pointers(6),
        ["/items/6/monitor/name", "/items/6/monitor/timeoutSeconds"]
    );
    assert_eq!(pointers(7)[0], "/items/7/monitor/intervalSeconds");
    assert_eq!(pointers(8), ["/items/8/monitor/type"]);
    assert_eq!(pointers(11), ["/items/11/action"]);
    assert_eq!(pointers(12), ["/items/12/monitor"]);
    assert_eq!(pointers(13), ["/items/13"]);
    assert_eq!(pointers(14), ["/items/14/colour"]);
    assert_eq!(pointers(15), ["/items/15"]);
    assert_eq!(pointers(16), ["/items/16/monitor/type"]);
    assert_eq!(data[1]["id"], data[3]["id"]);
    let left = server.get("/api/v1/monitors").await;
    let names: Vec<_> = left["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["name"])
        .collect();
    assert_eq!(names, ["kept", "one"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_repeated_bulk_does_each_item_once_and_goes_on_where_it_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let bearer = format!("Bearer {}", server.key);
    let headers = [
        ("authorization", bearer.as_str()),
        ("idempotency-key", "b1"),
    ];
    let mut named = port("two");
    named["externalRef"] = json!("two");
    let mut items = vec![
        json!({"action": "CREATE", "monitor": port("one")}),
        json!({"action": "CREATE", "monitor": named}),
        json!({"action": "DELETE", "externalRef": "two"}),
    ];
    let body = |items: &[Value]| Some(json!({ "items": items }).to_string());
    let (_, _, first) = send(&server, "POST", BULK, &headers, body(&items)).await;
    // The answer was lost, and the request that is sent again has one item more.
    items.push(json!({"action": "CREATE", "monitor": port("three")}));
    let (_, _, second) = send(&server, "POST", BULK, &headers, body(&items)).await;
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    let (first, second) = (read(&first), read(&second));
    assert_eq!(first["data"][0]["id"], second["data"][0]["id"]);
    assert_eq!(first["data"][2], second["data"][2], "{second:#}");
    assert_eq!(second["data"][3]["status"], 201);
    let left = server.get("/api/v1/monitors").await;
    assert_eq!(left["data"].as_array().unwrap().len(), 2);
    // The same key for something else is refused, item by item.
    items[0] = json!({"action": "CREATE", "monitor": port("other")});
    let (_, _, third) = send(&server, "POST", BULK, &headers, body(&items)).await;
    assert_eq!(
        read(&third)["data"][0]["error"]["code"],
        "idempotency_key_reused"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn bulk_is_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    for (items, says) in [
        (vec![], "1 to 10000"),
        (vec![json!({}); 10_001], "1 to 10000"),
    ] {
        let (status, body) = server
            .ask("POST", BULK, Some(json!({ "items": items })))
            .await;
        assert_eq!(status, 422, "{body}");
        assert_eq!(body["error"]["details"]["fields"][0]["pointer"], "/items");
        assert!(
            body["error"]["message"].as_str().unwrap().contains(says),
            "{body}"
        );
    }
    let large =
        json!({"items": [{"action": "CREATE", "monitor": {"name": "a".repeat(8_400_000)}}]});
    let (status, body) = server.ask("POST", BULK, Some(large)).await;
    assert_eq!(
        (status, &body["error"]["code"]),
        (413, &json!("body_too_large"))
    );
    // Larger than any other route takes, and still taken.
    let items: Vec<_> = (0..3_000)
        .map(|_| json!({"action": "PAUSE", "id": "a".repeat(200)}))
        .collect();
    let done = server.post(BULK, json!({ "items": items })).await;
    assert_eq!(done["meta"]["failed"], 3_000);
    let started = now();
    let items: Vec<_> = (0..500)
        .map(|number| json!({"action": "CREATE", "monitor": port(&format!("m{number}"))}))
        .collect();
    let done = server.post(BULK, json!({ "items": items })).await;
    assert_eq!(done["meta"]["succeeded"], 500);
    println!("500 monitors made in {:?}", started.elapsed());
}

/// What a body of 8 MiB says may be millions of values: they are never all in memory.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bulk_body_takes_little_more_memory_than_its_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let bearer = format!("Bearer {}", server.key);
    let ask = async |body: String| {
        let headers = [("authorization", bearer.as_str())];
        let (status, _, text) = send(&server, "POST", BULK, &headers, Some(body)).await;
        (status, serde_json::from_str::<Value>(&text).unwrap())
    };
    let one = json!({"items": [{"action": "CREATE", "monitor": port("one")}]});
    assert_eq!(ask(one.to_string()).await.0, 200);
    let before = server.peak();
    // Millions of items; one item of millions of values; and values beside the items.
    let many = format!("{{\"items\": [{{}}{}]}}", ",{}".repeat(2_700_000));
    let (status, body) = ask(many).await;
    assert_eq!(status, 422, "{body}");
    assert_eq!(body["error"]["details"]["fields"][0]["pointer"], "/items");
    let wide = format!("{{\"items\": [[0{}]]}}", ",0".repeat(4_000_000));
    let (status, body) = ask(wide).await;
    assert_eq!(
        (status, &body["data"][0]["status"]),
        (200, &json!(413)),
        "{body}"
    );
    let beside = format!("{{\"more\": [0{}]}}", ",0".repeat(4_000_000));
    assert_eq!(ask(beside).await.0, 422);
    // Each body is there twice while it is put together, and what was freed stays with the process.
    let most = 6 * 8 * 1_024 * 1_024;
    let more = server.peak() - before;
    assert!(more < most, "{more} bytes");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_monitor_is_tried_before_it_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let target = Target::start().await;
    let try_it = async |changes: Value| {
        let mut draft = json!({"name": "t", "type": "HTTP", "target": target.url(),
            "config": {"method": "GET"}});
        json_patch::merge(&mut draft, &changes);
        server
            .ask("POST", "/api/v1/monitors/test", Some(draft))
            .await
    };
    let (status, seen) = try_it(json!({"config": {"assertions": [
        {"type": "BODY_CONTAINS", "text": "hello"},
        {"type": "BODY_CONTAINS", "text": "goodbye", "severity": "DEGRADED"},
        {"type": "STATUS", "anyOf": ["2xx"]},
    ]}}))
    .await;
    assert_eq!(
        (status, &seen["status"], &seen["reason"]),
        (200, &json!("DEGRADED"), &json!("ASSERTION")),
        "{seen}"
    );
    assert_eq!(seen["statusCode"], 200);
    assert!(seen["timings"]["connectMs"].is_number() && seen["responseTimeMs"].is_number());
    let held: Vec<_> = seen["assertions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["holds"])
        .collect();
    assert_eq!(held, [true, false, true]);
    assert_eq!(seen["assertions"][1]["pointer"], "/config/assertions/1");
    assert_eq!(seen["assertions"][1]["severity"], "DEGRADED");
    let (_, seen) = try_it(json!({"target": "http://127.0.0.1:1/"})).await;
    assert_eq!(
        (&seen["status"], &seen["reason"]),
        (&json!("DOWN"), &json!("CONNECT_REFUSED"))
    );
    let (status, refused) = try_it(json!({"timeoutSeconds": 0, "target": ""})).await;
    assert_eq!(
        (status, &refused["error"]["details"]["fields"][0]["pointer"]),
        (422, &json!("/timeoutSeconds"))
    );
    let (status, refused) =
        try_it(json!({"type": "HEARTBEAT", "target": "", "config": {"method": null}})).await;
    assert_eq!(
        (status, &refused["error"]["details"]["fields"][0]["pointer"]),
        (422, &json!("/type"))
    );
    assert_eq!(
        server.get("/api/v1/monitors").await["data"],
        json!([]),
        "nothing is stored"
    );
}

/// A name server that answers every question for an address with this one.
async fn name_server(address: [u8; 4]) -> std::net::SocketAddr {
    let socket = tokio::net::UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let at = socket.local_addr().unwrap();
    crate::rig::spawn(async move {
        let mut packet = [0_u8; 1_500];
        while let Ok((length, from)) = socket.recv_from(&mut packet).await {
            // The question ends with its root label, type and class; what follows is left out.
            let end = 12
                + packet[12..length]
                    .iter()
                    .position(|byte| *byte == 0)
                    .unwrap()
                + 5;
            let mut answer = packet[..end].to_vec();
            // An answer without an error, with one record and nothing else.
            answer[2..12].copy_from_slice(&[0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0]);
            answer.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4]);
            answer.extend(address);
            drop(socket.send_to(&answer, from).await);
        }
    });
    at
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_trial_answers_with_all_that_was_seen() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let names = name_server([192, 0, 2, 7]).await;
    let draft = json!({"name": "t", "type": "DNS", "target": "shop.example",
        "config": {"recordType": "A", "server": names.to_string(), "expectedValues": ["192.0.2.8"]}});
    let seen = server.post("/api/v1/monitors/test", draft).await;
    assert_eq!(seen["reason"], "DNS_MISMATCH", "{seen}");
    assert_eq!(seen["answers"], json!(["192.0.2.7"]), "{seen}");
    let draft = json!({"name": "t", "type": "PING", "target": "127.0.0.1", "config": {"count": 2}});
    let seen = server.post("/api/v1/monitors/test", draft).await;
    // Who may not send echo requests sees that instead.
    if seen["status"] != "UNKNOWN" {
        assert_eq!(seen["echoes"]["sent"], 2, "{seen}");
        assert_eq!(seen["echoes"]["received"], 2, "{seen}");
    }
}

/// A bulk request whose body does not come, at the moment at which the server begins to read it.
async fn slow(server: &Server) -> tokio::net::TcpStream {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let address = server.url.trim_start_matches("http://");
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let head = format!(
        "POST {BULK} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\n\
         content-type: application/json\r\ncontent-length: 5000\r\nexpect: 100-continue\r\n\r\n",
        server.key
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut said = [0_u8; 12];
    stream.read_exact(&mut said).await.unwrap();
    assert_eq!(&said, b"HTTP/1.1 100");
    stream
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_sends_slowly_keeps_nobody_else_from_the_work() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let items = json!({"items": [{"action": "CREATE", "monitor": {
        "name": "m", "type": "HTTP", "target": "http://127.0.0.1:9/", "paused": true}}]});
    let mut slowly = vec![
        slow(&server).await,
        slow(&server).await,
        slow(&server).await,
    ];
    let done = server.post(BULK, items.clone()).await;
    assert_eq!(done["meta"]["succeeded"], 1, "{done}");
    let bearer = format!("Bearer {}", server.key);
    let key = [("authorization", bearer.as_str())];
    // Reading is bounded, too, and says when to come back.
    while slowly.len() < 8 {
        slowly.push(slow(&server).await);
    }
    let (status, headers, body) = send(&server, "POST", BULK, &key, Some(items.to_string())).await;
    assert_eq!(
        (status, &headers["retry-after"]),
        (503, &"5".parse().unwrap())
    );
    assert!(body.contains("\"bulk_busy\""), "{body}");
    // Their places are free when they are gone.
    drop(slowly);
    until("a place", async || {
        let (status, _) = server.ask("POST", BULK, Some(items.clone())).await;
        (status == 200).then_some(())
    })
    .await;
}

/// The same guard: a target that a saved monitor may not reach is not reached by trying.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn trying_gets_round_no_policy() {
    let folder = tempfile::tempdir().unwrap();
    let settings = [("MONITORAH_TARGETS", "public")];
    let server = server_with(&folder.path().join("data"), &settings).await;
    let target = Target::start().await;
    let draft = json!({"name": "t", "type": "HTTP", "target": target.url()});
    let (status, seen) = server
        .ask("POST", "/api/v1/monitors/test", Some(draft))
        .await;
    assert_eq!(
        (status, &seen["reason"]),
        (200, &json!("TARGET_BLOCKED")),
        "{seen}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_type_publishes_an_example_that_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    for (list, target) in [
        ("/api/v1/check-types", "/api/v1/monitors"),
        ("/api/v1/channel-types", "/api/v1/notification-channels"),
    ] {
        let types = server.get(list).await;
        let types = types["data"].as_array().unwrap();
        assert!(!types.is_empty());
        for one in types {
            let kind = one["type"].as_str().unwrap();
            assert!(
                one["title"]
                    .as_str()
                    .is_some_and(|title| !title.ends_with("Spec")),
                "{kind}"
            );
            assert!(
                one["description"]
                    .as_str()
                    .is_some_and(|text| !text.is_empty()),
                "{kind}"
            );
            assert!(one["defaults"].is_object(), "{kind}");
            let judge = jsonschema::validator_for(&one["configSchema"]).unwrap();
            let mut example = one["example"].clone();
            assert!(judge.is_valid(&example["config"]), "{kind}: {example}");
            if target.ends_with("monitors") {
                example["paused"] = json!(true);
            }
            let made = server.post(target, example).await;
            assert_eq!(made["type"], kind);
        }
    }
    let types = server.get("/api/v1/check-types").await;
    let http = types["data"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["type"] == "HTTP")
        .unwrap();
    assert_eq!(http["defaults"]["maxRedirects"], 10);
    assert!(http["defaults"].get("body").is_none_or(Value::is_null));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_badge_shows_one_monitor_to_whoever_has_its_key() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let target = Target::start().await;
    let id = server.watch(&target.url()).await;
    let path = format!("/api/v1/monitors/{id}/badge");
    assert_eq!(server.ask("GET", &path, None).await.0, 404);
    let badge = server.post(&path, Value::Null).await;
    let key = badge["key"].as_str().unwrap();
    assert!(
        key.starts_with("bdg_")
            && badge["url"]
                .as_str()
                .unwrap()
                .ends_with(&format!("/badge/{key}.svg"))
    );
    assert_eq!(server.get(&path).await, badge);
    let see = async |rest: &str, headers: &[(&str, &str)]| {
        send(
            &server,
            "GET",
            &format!("/badge/{key}{rest}"),
            headers,
            None,
        )
        .await
    };
    until("it is up", async || {
        let (_, _, text) = see(".json", &[]).await;
        text.contains("\"up\"").then_some(())
    })
    .await;
    let (status, headers, svg) = see(
        ".svg?label=%3Cb%3E%26%22%27&style=for-the-badge&color=blue&upColor=red",
        &[],
    )
    .await;
    assert_eq!(status, 200, "{svg}");
    assert_eq!(headers["content-type"], "image/svg+xml; charset=utf-8");
    assert_eq!(headers["cache-control"], "public, max-age=60");
    assert_eq!(headers["content-security-policy"], "default-src 'none'");
    assert!(svg.starts_with("<svg ") && svg.contains(">UP<"), "{svg}");
    // In an attribute and in two elements.
    let label = "&lt;B&gt;&amp;&quot;&#39;";
    assert!(
        svg.contains(&format!("aria-label=\"{label}: UP\"")),
        "{svg}"
    );
    assert_eq!(svg.matches(label).count(), 3, "{svg}");
    assert!(
        !svg.contains("watched") && !svg.contains("127.0.0.1"),
        "{svg}"
    );
    let tag = headers["etag"].to_str().unwrap().to_owned();
    let again = see(
        ".svg?label=%3Cb%3E%26%22%27&style=for-the-badge&color=blue",
        &[("if-none-match", &tag)],
    )
    .await;
    assert_eq!((again.0, again.2.as_str()), (304, ""));
    for (rest, label, message) in [
        ("/status.json", "status", "up"),
        ("/uptime/24h.json", "uptime 24h", "no data"),
        ("/uptime/7d.json", "uptime 7d", "no data"),
        ("/uptime/30d.json", "uptime 30d", "no data"),
        ("/uptime/90d.json", "uptime 90d", "no data"),
        ("/response.json", "response", "no data"),
    ] {
        let (status, _, text) = see(rest, &[]).await;
        let shown: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            (status, &shown["schemaVersion"]),
            (200, &json!(1)),
            "{rest}: {text}"
        );
        assert_eq!(
            (&shown["label"], &shown["message"]),
            (&json!(label), &json!(message))
        );
    }
    for rest in [
        ".png",
        "",
        "/uptime/1y.svg",
        "/secrets.svg",
        "x.svg",
        "/uptime/status.svg",
    ] {
        assert_eq!(see(rest, &[]).await.0, 404, "{rest}");
    }
    for rest in [
        ".svg?color=%22onload%3D",
        ".svg?style=wild",
        ".json?labelColor=url(x)",
    ] {
        let (status, _, text) = see(rest, &[]).await;
        assert_eq!(status, 422, "{rest}: {text}");
    }
    // A new key takes the place of the old one; a revoked one is like any unknown one.
    let fresh = server.post(&path, Value::Null).await;
    assert_ne!(fresh["key"], key);
    let (old, _, old_text) = see(".svg", &[]).await;
    let fresh = fresh["key"].as_str().unwrap();
    let seen = send(&server, "GET", &format!("/badge/{fresh}.svg"), &[], None).await;
    assert_eq!((old, seen.0), (404, 200));
    assert_eq!(server.ask("DELETE", &path, None).await.0, 204);
    assert_eq!(server.ask("DELETE", &path, None).await.0, 404);
    let (gone, _, gone_text) =
        send(&server, "GET", &format!("/badge/{fresh}.svg"), &[], None).await;
    assert_eq!(gone, 404);
    let message =
        |text: &str| serde_json::from_str::<Value>(text).unwrap()["error"]["message"].clone();
    assert_eq!(message(&gone_text), message(&old_text));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_docs_page_needs_nobody_else_and_runs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let (status, headers, page) = send(&server, "GET", "/api/docs", &[], None).await;
    assert_eq!(status, 200);
    assert_eq!(
        headers["content-security-policy"],
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'"
    );
    assert!(page.contains("/api/v1/analytics/{id}") && page.contains("monitors:write"));
    // Everything that it loads is ours and is there.
    let mut loaded = 0;
    for attribute in [" src=\"", "<link rel=\"stylesheet\" href=\""] {
        for rest in page.split(attribute).skip(1) {
            let path = rest.split('"').next().unwrap();
            assert!(path.starts_with('/'), "{path}");
            let (status, headers, _) = send(&server, "GET", path, &[], None).await;
            assert_eq!(
                (status, headers["content-type"].to_str().unwrap()),
                (200, "text/css; charset=utf-8")
            );
            loaded += 1;
        }
    }
    assert_eq!(loaded, 1);
    assert!(!page.contains("<script") && !page.contains("style=\""));
}

/// Keys cannot outlive or outdo the key that makes or revokes them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_short_or_narrow_key_stays_short_and_narrow() {
    let folder = tempfile::tempdir().unwrap();
    let mut server = server(&folder.path().join("data")).await;
    // Stores keep microseconds.
    let end = jiff::Timestamp::from_second(jiff::Timestamp::now().as_second() + 3_600).unwrap();
    let later = end
        .checked_add(jiff::SignedDuration::from_hours(1))
        .unwrap();
    let keys = "/api/v1/api-keys";
    let wide = server
        .post(keys, json!({"name": "wide", "scopes": ["*"]}))
        .await;
    let narrow =
        json!({"name": "narrow", "scopes": ["apiKeys:write", "apiKeys:read"], "expiresAt": end});
    let narrow = server.post(keys, narrow).await;
    server.key = narrow["key"].as_str().unwrap().to_owned();
    for (expires, status) in [(Value::Null, 422), (json!(later), 422), (json!(end), 201)] {
        let body = json!({"name": "k", "scopes": ["apiKeys:read"], "expiresAt": expires});
        let (found, body) = server.ask("POST", keys, Some(body)).await;
        assert_eq!(found, status, "{body}");
        if status == 422 {
            assert_eq!(
                body["error"]["details"]["fields"][0]["pointer"],
                "/expiresAt"
            );
        }
    }
    let of = |key: &Value| format!("{keys}/{}", key["id"].as_str().unwrap());
    let (status, body) = server.ask("DELETE", &of(&wide), None).await;
    assert_eq!(
        (status, &body["error"]["code"]),
        (403, &json!("scope_not_held"))
    );
    assert_eq!(server.ask("DELETE", &of(&narrow), None).await.0, 204);
    assert_eq!(server.ask("GET", keys, None).await.0, 401);
}

/// What a rule names and is not there is named, and an empty rotation is one with every default.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rules_say_what_is_missing_and_rotation_needs_no_body() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let hook =
        json!({"name": " hook ", "type": "WEBHOOK", "config": {"url": "http://127.0.0.1:9/"}});
    let channel = server.post("/api/v1/notification-channels", hook).await;
    assert_eq!(
        channel["name"], "hook",
        "white space around a name is no part of it"
    );
    let monitor = server.post("/api/v1/monitors", port("m")).await;
    let nobody = |kind: &str| format!("{kind}_{}", "f".repeat(32));
    let rule = json!({"name": "r", "channelIds": [nobody("chn"), channel["id"], nobody("chn")],
        "monitorIds": [monitor["id"], nobody("mtr")]});
    let (status, body) = server
        .ask("POST", "/api/v1/notification-rules", Some(rule))
        .await;
    assert_eq!(status, 422, "{body}");
    let fields = body["error"]["details"]["fields"].as_array().unwrap();
    let pointers: Vec<_> = fields
        .iter()
        .map(|field| field["pointer"].as_str().unwrap())
        .collect();
    assert_eq!(
        pointers,
        ["/channelIds/0", "/channelIds/2", "/monitorIds/1"]
    );
    let path = format!(
        "/api/v1/notification-channels/{}/rotate-secret",
        channel["id"].as_str().unwrap()
    );
    let (status, rotated) = server.ask("POST", &path, None).await;
    assert_eq!(status, 200, "{rotated}");
    assert_ne!(rotated["signingSecret"], channel["signingSecret"]);
    let (status, body) = server.ask("POST", &path, Some(json!({"overlap": 1}))).await;
    assert_eq!(status, 422, "{body}");
    let (status, body) = server.ask("GET", "/api/v1/nothing", None).await;
    assert_eq!(
        (status, &body["error"]["message"]),
        (404, &json!("route not found"))
    );
}
