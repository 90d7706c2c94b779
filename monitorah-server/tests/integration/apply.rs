//! `apply` and `export` as people run them: the real binary against a running server, with a proxy
//! between the two that counts what is written.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test"
)]

use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri},
    response::{IntoResponse, Response},
    routing::any,
};
use serde_json::{Value, json};
use std::{
    path::Path,
    process::Stdio,
    sync::{Arc, Mutex},
};
use tokio::{io::AsyncWriteExt, net::TcpListener};

const SECRET: &str = "hush-hush-4711";

/// What goes before the first change of a monitor that passes through.
type Before = Arc<Mutex<Option<(String, Value)>>>;

/// Passes requests on, and keeps the methods and paths of those that write.
#[derive(Clone)]
struct Proxy {
    url: String,
    server: String,
    writes: Arc<Mutex<Vec<String>>>,
    before: Before,
}

impl Proxy {
    async fn before(server: &crate::rig::Server) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let proxy = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            server: server.url.clone(),
            writes: Arc::default(),
            before: Arc::default(),
        };
        let router = Router::new().fallback(any(pass)).with_state(proxy.clone());
        crate::rig::spawn(async move { drop(axum::serve(listener, router).await) });
        proxy
    }

    fn writes(&self) -> Vec<String> {
        std::mem::take(&mut *self.writes.lock().unwrap())
    }
}

async fn pass(
    State(proxy): State<Proxy>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if method != Method::GET {
        proxy
            .writes
            .lock()
            .unwrap()
            .push(format!("{method} {}", uri.path()));
    }
    let sent = |method: Method, path: String, headers: HeaderMap, body: Vec<u8>| {
        let request = crate::rig::http()
            .request(method, path)
            .headers(headers)
            .body(body);
        async { request.send().await.unwrap() }
    };
    let mut headers = headers;
    headers.remove("host");
    if method == Method::PATCH {
        let before = proxy.before.lock().unwrap().take();
        if let Some((path, patch)) = before {
            let mut own = headers.clone();
            own.remove("if-match");
            own.remove("content-length");
            let url = format!("{}{path}", proxy.server);
            let done = sent(Method::PATCH, url, own, patch.to_string().into_bytes()).await;
            assert_eq!(done.status(), 200);
        }
    }
    let answer = sent(
        method,
        format!("{}{uri}", proxy.server),
        headers,
        body.to_vec(),
    )
    .await;
    let status = StatusCode::from_u16(answer.status().as_u16()).unwrap();
    (status, answer.bytes().await.unwrap()).into_response()
}

/// How a command ended: exit code, stdout, stderr.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn said(&self) -> String {
        format!("{}\n{}", self.out, self.err)
    }
}

/// Runs a command that speaks to this address; the text goes to its standard input.
async fn run(url: &str, key: &str, arguments: &[&str], input: &str) -> Ran {
    let mut child = crate::rig::command(arguments)
        .env("MONITORAH_URL", url)
        .env("MONITORAH_API_KEY", key)
        .env("SHOP_TOKEN", SECRET)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A command that refuses its arguments reads nothing.
    drop(stdin.write_all(input.as_bytes()).await);
    drop(stdin);
    let output = child.wait_with_output().await.unwrap();
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A server and what stands before it.
struct Stage {
    server: crate::rig::Server,
    proxy: Proxy,
    _folder: tempfile::TempDir,
}

impl Stage {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let server = crate::rig::server(&folder.path().join("data")).await;
        let proxy = Proxy::before(&server).await;
        Self {
            server,
            proxy,
            _folder: folder,
        }
    }

    async fn run(&self, arguments: &[&str], input: &str) -> Ran {
        run(&self.proxy.url, &self.server.key, arguments, input).await
    }

    /// `apply` with more arguments, of this file.
    async fn apply(&self, file: &str, more: &[&str]) -> Ran {
        let arguments: Vec<_> = ["apply", "-f", "-"].iter().chain(more).copied().collect();
        self.run(&arguments, file).await
    }

    async fn monitors(&self) -> Vec<Value> {
        let page = self.server.get("/api/v1/monitors?limit=100").await;
        page["data"].as_array().unwrap().clone()
    }

    async fn monitor(&self, reference: &str) -> Option<Value> {
        let all = self.monitors().await;
        all.into_iter()
            .find(|monitor| monitor["externalRef"] == reference)
    }

    async fn made(&self, body: Value) -> Value {
        self.server.post("/api/v1/monitors", body).await
    }
}

const FILE: &str = r#"
owner: shop
x-base: &base
  intervalSeconds: 300
  tags: [b, a]
monitors:
  - <<: *base
    externalRef: shop-web
    name: Shop
    type: HTTP
    target: http://127.0.0.1:9/
    group: shop/web
    paused: true
    config:
      method: GET
      expectedStatus: ["2xx", 301]
      headers: {Accept: text/html}
      secretHeaders:
        X-Api-Key: ${SHOP_TOKEN}
      assertions:
        - {type: BODY_CONTAINS, text: "$${price}"}
        - {type: JSON_PATH, path: $.ok, operator: EQUALS, value: 1.0}
  - externalRef: shop-db
    name: Database
    type: PORT
    target: 127.0.0.1:9
    paused: true
  - externalRef: shop-job
    name: Job
    type: HEARTBEAT
    intervalSeconds: 3600
    config: {graceSeconds: 60}
"#;

#[tokio::test]
async fn a_file_is_applied_once_and_then_nothing_is_left_to_do() {
    let stage = Stage::new().await;
    let plan = stage.apply(FILE, &["--dry-run"]).await;
    assert_eq!(plan.code, 0, "{}", plan.err);
    assert!(
        plan.out.contains("Plan: 3 to create, 0 to update"),
        "{}",
        plan.out
    );
    assert!(
        plan.out
            .contains("config.secretHeaders.X-Api-Key: (secret)"),
        "{}",
        plan.out
    );
    let plan = stage
        .apply(FILE, &["--dry-run", "--detailed-exit-code"])
        .await;
    assert_eq!(plan.code, 4);
    assert!(stage.proxy.writes().is_empty() && stage.monitors().await.is_empty());

    let done = stage.apply(FILE, &[]).await;
    assert_eq!(done.code, 0, "{}", done.said());
    assert_eq!(stage.proxy.writes(), vec!["POST /api/v1/monitors"; 3]);
    let before = stage.monitors().await;
    let shop = stage.monitor("shop-web").await.unwrap();
    assert_eq!(shop["owner"], "shop");
    assert_eq!(shop["group"], "shop/web");
    assert_eq!(shop["intervalSeconds"], 300);
    assert_eq!(shop["config"]["assertions"][0]["text"], "${price}");
    assert_eq!(
        shop["config"]["secretHeaders"]["X-Api-Key"],
        json!({"secret": "set"})
    );

    let again = stage.apply(FILE, &[]).await;
    assert_eq!(again.code, 0, "{}", again.err);
    assert!(
        again.out.starts_with("Nothing to do: 3 unchanged."),
        "{}",
        again.out
    );
    assert!(again.out.contains("--resend-secrets"), "{}", again.out);
    let pruned = stage
        .apply(FILE, &["--prune", "--dry-run", "--detailed-exit-code"])
        .await;
    assert_eq!(pruned.code, 0, "{}", pruned.out);
    assert!(stage.proxy.writes().is_empty());
    let versions = |all: &[Value]| -> Vec<_> {
        all.iter()
            .map(|m| {
                (
                    m["id"].clone(),
                    m["version"].clone(),
                    m["updatedAt"].clone(),
                )
            })
            .collect()
    };
    assert_eq!(versions(&before), versions(&stage.monitors().await));
}

#[tokio::test]
async fn changes_are_told_field_by_field_and_only_they_are_sent() {
    let stage = Stage::new().await;
    assert_eq!(stage.apply(FILE, &[]).await.code, 0);
    stage.proxy.writes();
    let changed = FILE
        .replace("      headers: {Accept: text/html}\n", "")
        .replace("[b, a]", "[a, b, c]")
        .replace("graceSeconds: 60", "graceSeconds: 90")
        .replace(
            "    target: 127.0.0.1:9\n    paused: true",
            "    target: 127.0.0.1:9\n    config: {expectOpen: false}\n    paused: true",
        );
    let plan = stage.apply(&changed, &["--dry-run", "--json"]).await;
    let plan: Value = serde_json::from_str(&plan.out).unwrap();
    assert_eq!(
        (&plan["update"], &plan["unchanged"]),
        (&json!(3), &json!(0)),
        "{plan}"
    );
    let changes = |index: usize| -> Vec<Value> {
        plan["steps"][index]["changes"].as_array().unwrap().clone()
    };
    assert_eq!(
        changes(0),
        [
            json!({"pointer": "/tags", "before": ["b", "a"], "after": ["a", "b", "c"]}),
            json!({"pointer": "/config/headers/Accept", "before": "text/html", "after": null}),
        ]
    );
    assert_eq!(
        changes(1),
        [json!({"pointer": "/config/expectOpen", "before": true, "after": false})]
    );
    let done = stage.apply(&changed, &[]).await;
    assert_eq!(done.code, 0, "{}", done.said());
    let writes = stage.proxy.writes();
    assert!(
        writes.len() == 3 && writes.iter().all(|w| w.starts_with("PATCH ")),
        "{writes:?}"
    );
    let shop = stage.monitor("shop-web").await.unwrap();
    assert!(shop["config"].get("headers").is_none(), "{shop}");
    assert_eq!(
        shop["config"]["secretHeaders"]["X-Api-Key"],
        json!({"secret": "set"})
    );
    let again = stage.apply(&changed, &[]).await;
    assert!(again.out.starts_with("Nothing to do"), "{}", again.out);

    // Somebody pauses a monitor whose file says nothing of it: it goes on resting.
    let job = stage.monitor("shop-job").await.unwrap();
    let path = format!("/api/v1/monitors/{}/pause", job["id"].as_str().unwrap());
    stage.server.post(&path, json!({})).await;
    let again = stage.apply(&changed, &[]).await;
    assert!(again.out.starts_with("Nothing to do"), "{}", again.out);
}

#[tokio::test]
async fn a_change_in_between_is_not_overwritten() {
    let stage = Stage::new().await;
    assert_eq!(stage.apply(FILE, &[]).await.code, 0);
    let shop = stage.monitor("shop-web").await.unwrap();
    let path = format!("/api/v1/monitors/{}", shop["id"].as_str().unwrap());
    *stage.proxy.before.lock().unwrap() = Some((path, json!({"name": "By hand"})));
    let changed = FILE
        .replace("name: Shop", "name: By file")
        .replace("name: Database", "name: DB");
    let done = stage.apply(&changed, &[]).await;
    assert_eq!(done.code, 1, "{}", done.said());
    assert!(
        done.err.contains("shop-web: somebody changed it"),
        "{}",
        done.err
    );
    assert_eq!(stage.monitor("shop-web").await.unwrap()["name"], "By hand");
    assert_eq!(
        stage.monitor("shop-db").await.unwrap()["name"],
        "DB",
        "the others are done"
    );
    assert_eq!(stage.apply(&changed, &[]).await.code, 0);
    assert_eq!(stage.monitor("shop-web").await.unwrap()["name"], "By file");
}

#[tokio::test]
async fn pruning_touches_nothing_without_the_label() {
    let stage = Stage::new().await;
    let body = |reference: Option<&str>, owner: Option<&str>| {
        let mut body = json!({"name": "other", "type": "HEARTBEAT"});
        if let Some(reference) = reference {
            body["externalRef"] = json!(reference);
        }
        if let Some(owner) = owner {
            body["owner"] = json!(owner);
        }
        body
    };
    for (reference, owner) in [
        (None, None),
        (Some("free"), None),
        (Some("theirs"), Some("shop2")),
        (Some("gone"), Some("shop")),
        (None, Some("shop")),
    ] {
        stage.made(body(reference, owner)).await;
    }
    assert_eq!(
        stage.apply(FILE, &[]).await.code,
        0,
        "without --prune nothing is deleted"
    );
    assert_eq!(stage.monitors().await.len(), 8);
    stage.proxy.writes();
    let plan = stage.apply(FILE, &["--prune", "--dry-run"]).await;
    assert!(
        plan.out.contains("2 to delete, 3 unchanged"),
        "{}",
        plan.out
    );
    assert!(plan.out.contains("- delete gone"), "{}", plan.out);
    assert!(stage.proxy.writes().is_empty());
    let done = stage.apply(FILE, &["--prune"]).await;
    assert_eq!(done.code, 0, "{}", done.said());
    let writes = stage.proxy.writes();
    assert!(
        writes.len() == 2 && writes.iter().all(|w| w.starts_with("DELETE ")),
        "{writes:?}"
    );
    let left: Vec<_> = stage
        .monitors()
        .await
        .iter()
        .map(|monitor| monitor["externalRef"].as_str().unwrap_or("-").to_owned())
        .collect();
    assert_eq!(
        left,
        ["-", "free", "theirs", "shop-web", "shop-db", "shop-job"]
    );

    let nobody = stage.apply("monitors: []\n", &["--prune"]).await;
    assert_eq!(nobody.code, 2);
    assert!(nobody.err.contains("owner"), "{}", nobody.err);
    let empty = stage
        .apply("owner: shop\nmonitors: []\n", &["--prune"])
        .await;
    assert_eq!(empty.code, 0, "{}", empty.err);
    assert_eq!(stage.monitors().await.len(), 3);
}

#[tokio::test]
async fn what_belongs_to_others_or_has_another_type_blocks_everything() {
    let stage = Stage::new().await;
    let theirs = json!({"name": "x", "type": "PORT", "target": "127.0.0.1:9", "paused": true,
        "externalRef": "shop-db", "owner": "other"});
    stage.made(theirs).await;
    let job = json!({"name": "x", "type": "PORT", "target": "127.0.0.1:9", "paused": true,
        "externalRef": "shop-job"});
    let job = stage.made(job).await;
    let blocked = stage.apply(FILE, &[]).await;
    assert_eq!(blocked.code, 2);
    assert!(blocked.out.contains("! blocked shop-db"), "{}", blocked.out);
    for said in [
        "-:23:5: /monitors/1: it belongs to other",
        "-:30:5: /monitors/2/type: it is of type PORT on the server",
        "2 monitors are blocked, so nothing was changed",
    ] {
        assert!(blocked.err.contains(said), "{said}\n{}", blocked.err);
    }
    assert!(stage.proxy.writes().is_empty());
    let path = format!("/api/v1/monitors/{}", job["id"].as_str().unwrap());
    stage.server.ask("DELETE", &path, None).await;
    let taken = stage.apply(FILE, &["--take-over"]).await;
    assert_eq!(taken.code, 0, "{}", taken.err);
    assert!(
        taken.out.contains("owner: \"other\" -> \"shop\""),
        "{}",
        taken.out
    );
}

#[tokio::test]
async fn what_the_server_refuses_is_told_with_its_line_and_the_rest_is_done() {
    let stage = Stage::new().await;
    let long = "x".repeat(201);
    let file = FILE.replace("name: Shop", &format!("name: {long}"));
    let done = stage.apply(&file, &[]).await;
    assert_eq!(done.code, 1, "{}", done.said());
    assert!(
        done.err.contains("-:9:5: /monitors/0/name: "),
        "{}",
        done.err
    );
    assert!(
        done.err.contains("2 changes were made and 1 was not"),
        "{}",
        done.err
    );
    assert_eq!(stage.monitors().await.len(), 2);
    let done = stage.apply(FILE, &[]).await;
    assert!(
        done.out
            .contains("1 to create, 0 to update, 0 to delete, 2 unchanged")
    );
    assert_eq!(stage.monitors().await.len(), 3);

    let nobody = run(
        "http://127.0.0.1:9",
        "mon_live_x",
        &["apply", "-f", "-"],
        FILE,
    )
    .await;
    assert_eq!(nobody.code, 1);
    assert!(
        nobody.err.contains("the server did not answer"),
        "{}",
        nobody.err
    );
    let stranger = run(&stage.server.url, "mon_live_x", &["apply", "-f", "-"], FILE).await;
    assert_eq!(stranger.code, 2, "refused, which no second try mends");
    assert!(stranger.err.contains("401"), "{}", stranger.err);
    assert!(stranger.err.contains("--api-key-file"), "{}", stranger.err);
    let stranger = run(&stage.server.url, "mon_live_x", &["export"], "").await;
    assert_eq!(stranger.code, 2, "{}", stranger.err);
}

#[tokio::test]
async fn every_fault_of_a_file_is_told_at_once() {
    let file = "\
owner: a
monitors:
  - name: no reference
    type: HTTP
    target: nonsense://x
    owner: me
  - externalRef: ${NOT_SET}
    name: B
    type: PORT
    target: 127.0.0.1
    config: {prot: 1}
  - externalRef: c
    name: C
    type: HEARTBEAT
    intervalSeconds: often
  - externalRef: c
    name: D
    type: DNS
    target: http://a.example.org
";
    let refused = run("http://127.0.0.1:9", "k", &["apply", "-f", "-"], file).await;
    assert_eq!(refused.code, 2);
    for says in [
        "/monitors/0: externalRef is missing",
        "/monitors/0/target: ",
        "/monitors/0/owner: the owner stands once",
        "/monitors/1/externalRef: the environment variable NOT_SET is not set",
        "/monitors/1/config/prot: unknown field",
        "/monitors/2/intervalSeconds: ",
        "/monitors/3/externalRef: externalRef c is there already",
        "/monitors/3/target: write the name alone",
        "8 faults were found",
    ] {
        assert!(refused.err.contains(says), "{says}\n{}", refused.err);
    }
}

#[tokio::test]
async fn a_rate_limit_is_waited_out() {
    let folder = tempfile::tempdir().unwrap();
    let limit = [("MONITORAH_RATE_LIMIT_PER_MINUTE", "120")];
    let server = crate::rig::server_with(&folder.path().join("data"), &limit).await;
    let monitors: Vec<_> = (0..125)
        .map(|n| json!({"externalRef": format!("m{n}"), "name": "m", "type": "HEARTBEAT"}))
        .collect();
    let file = json!({"owner": "many", "monitors": monitors}).to_string();
    let done = run(&server.url, &server.key, &["apply", "-f", "-"], &file).await;
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(done.err.contains("125 changes were made"), "{}", done.err);
}

#[tokio::test]
async fn wrong_files_are_told_by_line_and_pointer() {
    let monitor = "owner: a\nmonitors:\n  - externalRef: a\n    name: A\n    type: HTTP\n    target: http://127.0.0.1:9/\n";
    let with = |more: &str| format!("{monitor}{more}");
    let bomb = {
        let mut text = "x-0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
        for level in 1..10 {
            let items = vec![format!("*a{}", level - 1); 10].join(",");
            text.push_str(&format!("x-{level}: &a{level} [{items}]\n"));
        }
        text + "monitors: []\n"
    };
    for (file, said) in [
        (
            with("    confg: {}\n"),
            "-:7:5: /monitors/0/confg: unknown field `confg`",
        ),
        (
            with("    config:\n      methd: GET\n"),
            "-:8:7: /monitors/0/config/methd: unknown field `methd`",
        ),
        (
            with("    config:\n      assertions:\n        - {type: BODY_CONTAINS, text: x}\n"),
            "-:9:11: /monitors/0/config/assertions/0: an answer to HEAD has no body",
        ),
        (
            with("    config:\n      headers: {Authorization: x}\n"),
            "-:8:17: /monitors/0/config/headers/Authorization: this header carries a credential",
        ),
        (
            with("    intervalSeconds: often\n"),
            "-:7:5: /monitors/0/intervalSeconds: ",
        ),
        (
            with("    intervalSeconds: 5\n    timeoutSeconds: 9\n"),
            "-:8:5: /monitors/0/timeoutSeconds: the timeout is longer than the interval",
        ),
        (
            with("  - externalRef: a\n    name: B\n    type: HEARTBEAT\n"),
            "-:7:5: /monitors/1/externalRef: externalRef a is there already in line 3",
        ),
        (
            with("  - name: B\n    type: HEARTBEAT\n"),
            "-:7:5: /monitors/1: externalRef is missing",
        ),
        (
            with("    owner: me\n"),
            "-:7:5: /monitors/0/owner: the owner stands once",
        ),
        (
            with("    config: {bearerToken: \"${NOT_SET}\"}\n"),
            "-:7:27: /monitors/0/config/bearerToken: the environment variable NOT_SET is not set",
        ),
        (with("    tags: [${oops]\n"), "-:7:"),
        (with("    name: again\n"), "-:7:5: "),
        (with("\tpaused: true\n"), "tab"),
        (
            "monitor: []\n".to_owned(),
            "-:1:1: /monitor: unknown key monitor",
        ),
        ("owner: a\n".to_owned(), "the key monitors is missing"),
        ("[]\n".to_owned(), "-:1:1: a file of monitors is a map"),
        (
            "monitors: {}\n".to_owned(),
            "-:1:1: /monitors: monitors is a list",
        ),
        (
            "monitors: []\nrules: []\n".to_owned(),
            "-:2:1: /rules: channels and rules",
        ),
        (
            "monitors: [1]\n".to_owned(),
            "-:1:12: /monitors/0: a monitor is a map",
        ),
        (bomb, "alias"),
        ("[".repeat(100), "-:1:"),
        (" ".repeat(17 * 1024 * 1024), "16 MiB"),
        ("{\"monitors\": [{]}".to_owned(), "-:1:"),
    ] {
        let refused = run("http://127.0.0.1:9", "k", &["apply", "-f", "-"], &file).await;
        let head: String = file.chars().take(300).collect();
        assert_eq!(refused.code, 2, "{head}\n{}", refused.err);
        assert!(
            refused.err.contains(said),
            "{head}\nwanted {said}\n{}",
            refused.err
        );
        assert!(refused.out.is_empty(), "{}", refused.out);
    }
    // Everything that is wrong is said at once.
    let twice = with("    confg: {}\n  - {externalRef: b}\n");
    let refused = run("http://127.0.0.1:9", "k", &["apply", "-f", "-"], &twice).await;
    assert!(refused.err.contains("/monitors/0/confg"), "{}", refused.err);
    let missing = "-:8:5: /monitors/1/name: name is required";
    assert!(refused.err.contains(missing), "{}", refused.err);
}

#[tokio::test]
async fn no_secret_is_in_any_output() {
    let stage = Stage::new().await;
    let mut said = String::new();
    let token_in_target = FILE.replace(
        "target: http://127.0.0.1:9/",
        "target: http://127.0.0.1:9/${SHOP_TOKEN}",
    );
    let broken = FILE.replace("X-Api-Key: ${SHOP_TOKEN}", "\"X Api\": ${SHOP_TOKEN}");
    let in_number = FILE.replace("graceSeconds: 60", "graceSeconds: ${SHOP_TOKEN}");
    for (file, more) in [
        (FILE, &["--dry-run"][..]),
        (FILE, &["--dry-run", "--json"]),
        (FILE, &[]),
        (FILE, &["--resend-secrets", "--json"]),
        (&token_in_target, &["--dry-run"]),
        (&token_in_target, &["--json"]),
        (&token_in_target, &["--dry-run"]),
        (FILE, &[]),
        (&broken, &[]),
        (&in_number, &[]),
    ] {
        said.push_str(&stage.apply(file, more).await.said());
    }
    said.push_str(&stage.run(&["export", "--owner", "shop"], "").await.said());
    assert!(!said.contains(SECRET), "{said}");
    assert!(said.contains("(secret, sent again)") || said.contains("\"(secret)\""));
    assert!(
        said.contains("(hidden: the file takes it from the environment) -> \"http://127.0.0.1:9/${SHOP_TOKEN}\"")
            && said.contains("(hidden: the file takes it from the environment) -> \"http://127.0.0.1:9/\""),
        "{said}"
    );
    assert!(!said.contains(&stage.server.key));

    let flag = stage.apply(FILE, &["--api-key", "mon_live_x"]).await;
    assert_eq!(flag.code, 2, "a key is no argument");
    let file = stage.server.data_dir.join("key");
    std::fs::write(&file, format!("{}\n", stage.server.key)).unwrap();
    let path = file.to_str().unwrap();
    let arguments = ["apply", "-f", "-", "--api-key-file", path, "--dry-run"];
    let done = run(&stage.server.url, "mon_live_wrong", &arguments, FILE).await;
    assert_eq!(done.code, 0, "{}", done.err);
}

#[tokio::test]
async fn what_is_exported_changes_nothing_when_it_is_applied() {
    let stage = Stage::new().await;
    assert_eq!(stage.apply(FILE, &[]).await.code, 0);
    let odd = json!({"name": "a: \"${b}\" # c", "type": "HTTP", "target": "http://127.0.0.1:9/?q=${x}",
        "config": {"method": "POST", "body": "one\n  two\n\nthree: ${four}\n", "bearerToken": SECRET},
        "tags": ["yes", "007", "~"], "paused": true, "timeoutSeconds": 3, "intervalSeconds": 3});
    stage.made(odd).await;
    stage.proxy.writes();
    for (arguments, count) in [(&["export", "--owner", "shop"][..], 3), (&["export"], 1)] {
        let exported = stage.run(arguments, "").await;
        assert_eq!(exported.code, 0, "{}", exported.err);
        let prune = if arguments.len() > 1 {
            &["--prune"][..]
        } else {
            &[]
        };
        let applied = stage.apply(&exported.out, prune).await;
        assert_eq!(applied.code, 0, "{}\n{}", exported.out, applied.said());
        let nothing = format!("Nothing to do: {count} unchanged");
        assert!(
            applied.out.contains(&nothing),
            "{}\n{}",
            exported.out,
            applied.out
        );
    }
    assert!(stage.proxy.writes().is_empty());
    let short = stage.run(&["export", "--owner", "shop"], "").await.out;
    assert!(
        !short.contains("maxRedirects") && !short.contains("timeoutSeconds"),
        "{short}"
    );

    // Onto another server a secret cannot come along: it is said, and nothing is made.
    let other = Stage::new().await;
    let refused = other.apply(&short, &[]).await;
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("no stored secret to keep"),
        "{}",
        refused.err
    );
    assert!(other.monitors().await.is_empty());

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("monitors.yaml");
    let arguments = ["export", "--out", path.to_str().unwrap()];
    assert_eq!(stage.run(&arguments, "").await.code, 0);
    assert!(Path::new(&path).exists());
    let again = stage.run(&arguments, "").await;
    assert_eq!(again.code, 2, "a file that is there is not written over");
}
