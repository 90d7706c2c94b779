//! `monitorah ping`: a heartbeat learns how a job went, and the job learns nothing of it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use crate::rig::{MONITORAH, command, run, server, spawn};
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{StatusCode, Uri},
    routing::any,
};
use serde_json::json;
use std::{
    process::Stdio,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
    net::TcpListener,
};

const TOKEN: &str = "4f3c1f9e-5a6b-4c7d-8e9f-0a1b2c3d4e5f";

/// What came: path, run id, body.
type Got = Arc<Mutex<Vec<(String, String, Vec<u8>)>>>;

/// A receiver that answers with these codes, one after the other, and then with 200.
async fn receiver(answers: &[u16]) -> (String, Got) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/{TOKEN}", listener.local_addr().unwrap());
    let got = Got::default();
    let answers: Vec<_> = answers.iter().rev().copied().collect();
    let state = (Arc::clone(&got), Arc::new(Mutex::new(answers)));
    let router =
        Router::new()
            .fallback(any(
                |State((got, answers)): State<(Got, Arc<Mutex<Vec<u16>>>)>,
                 uri: Uri,
                 body: Bytes| async move {
                    let run = uri.query().unwrap_or_default().to_owned();
                    got.lock()
                        .unwrap()
                        .push((uri.path().to_owned(), run, body.to_vec()));
                    let code = answers.lock().unwrap().pop().unwrap_or(200);
                    StatusCode::from_u16(code).unwrap()
                },
            ))
            .with_state(state);
    spawn(async move { drop(axum::serve(listener, router).await) });
    (url, got)
}

async fn ping(url: &str, job: &[&str]) -> (i32, String, String) {
    run(&[&["ping", url, "--"][..], job].concat()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn start_and_end_are_told_and_the_job_is_as_without_us() {
    let (url, got) = receiver(&[]).await;
    let job = ["sh", "-c", "echo out; echo err >&2; exit 3"];
    let (code, out, err) = ping(&url, &job).await;
    assert_eq!((code, out.as_str(), err.as_str()), (3, "out\n", "err\n"));
    let told = got.lock().unwrap().clone();
    assert_eq!(told.len(), 2);
    assert_eq!(told[0].0, format!("/{TOKEN}/start"));
    assert_eq!(told[1].0, format!("/{TOKEN}/3"));
    assert!(
        told[0].1.starts_with("rid=") && told[0].1 == told[1].1,
        "{told:?}"
    );
    assert!(told[0].2.is_empty());
    let body = String::from_utf8(told[1].2.clone()).unwrap();
    assert!(body.contains("out\n") && body.contains("err\n"), "{body}");
    assert!(body.contains("[exit status 3 after "), "{body}");
    assert!(
        body.contains(told[0].1.trim_start_matches("rid=")),
        "{body}"
    );

    // A query of the address stays, and the input reaches the job.
    let url = format!("{url}?create=1");
    let mut child = command(&["ping", &url, "--", "cat"]);
    let mut child = child
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    tokio::io::AsyncWriteExt::write_all(&mut input, b"through")
        .await
        .unwrap();
    drop(input);
    let output = child.wait_with_output().await.unwrap();
    assert!(output.status.success() && output.stdout == b"through");
    let last = got.lock().unwrap().last().unwrap().clone();
    assert_eq!(last.0, format!("/{TOKEN}/0"));
    assert!(last.1.starts_with("create=1&rid="), "{last:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_the_end_of_much_output_is_told_and_all_of_it_passes() {
    let (url, got) = receiver(&[]).await;
    let job = [
        "sh",
        "-c",
        "i=0; while [ $i -lt 20000 ]; do echo line $i; i=$((i+1)); done",
    ];
    let (code, out, _) = ping(&url, &job).await;
    assert_eq!((code, out.lines().count()), (0, 20_000));
    let told = got.lock().unwrap().clone();
    assert!(
        told[1].2.len() <= 10_000 && told[1].2.len() > 9_900,
        "{}",
        told[1].2.len()
    );
    let body = String::from_utf8(told[1].2.clone()).unwrap();
    assert!(body.contains("line 19999\n[exit status 0"), "{body}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_monitoring_that_fails_changes_nothing_and_its_address_is_never_shown() {
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = gone.local_addr().unwrap();
    drop(gone);
    let (refusing, refused) = receiver(&[404; 8]).await;
    for url in [
        format!("http://{address}/{TOKEN}"),
        refusing,
        format!("htp:/{TOKEN}"),
    ] {
        for (status, job) in [(0, "echo done"), (7, "echo done; exit 7")] {
            let (code, out, err) = ping(&url, &["sh", "-c", job]).await;
            assert_eq!((code, out.as_str()), (status, "done\n"), "{err}");
            assert!(err.contains("monitorah ping: warning:"), "{err}");
            assert!(!err.contains(TOKEN), "{err}");
        }
    }
    // A refusal is not tried again.
    assert_eq!(refused.lock().unwrap().len(), 4);
    let (flaky, tried) = receiver(&[500, 503, 200, 500]).await;
    let (code, _, err) = ping(&flaky, &["true"]).await;
    assert_eq!((code, err.as_str()), (0, ""));
    let paths: Vec<_> = tried
        .lock()
        .unwrap()
        .iter()
        .map(|(path, ..)| path.clone())
        .collect();
    assert_eq!(paths.len(), 5, "{paths:?}");
    assert!(
        paths[..3].iter().all(|path| path.ends_with("/start")),
        "{paths:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn signals_reach_the_job_and_a_job_that_is_none_is_told() {
    let (url, got) = receiver(&[]).await;
    let job = "trap 'echo caught; exit 9' TERM; echo ready; while :; do sleep 0.05; done";
    let mut child = command(&["ping", &url, "--", "sh", "-c", job]);
    let mut child = child.stdout(Stdio::piped()).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).await.unwrap();
    assert_eq!(line, "ready\n");
    let id = i32::try_from(child.id().unwrap()).unwrap();
    let id = rustix::process::Pid::from_raw(id).unwrap();
    rustix::process::kill_process(id, rustix::process::Signal::TERM).unwrap();
    let mut rest = String::new();
    out.read_to_string(&mut rest).await.unwrap();
    assert_eq!(
        (child.wait().await.unwrap().code(), rest.as_str()),
        (Some(9), "caught\n")
    );
    // A job that a signal ends has the code that shells give it.
    let (code, _, _) = ping(&url, &["sh", "-c", "kill -KILL $$"]).await;
    assert_eq!(code, 137);
    let (code, _, err) = ping(&url, &["/no/such/command"]).await;
    assert!(code == 127 && err.contains("cannot be started"), "{err}");
    let paths: Vec<_> = got
        .lock()
        .unwrap()
        .iter()
        .map(|(path, ..)| path.clone())
        .collect();
    for end in ["/9", "/137", "/127"] {
        assert!(paths.iter().any(|path| path.ends_with(end)), "{paths:?}");
    }
    // What the job leaves behind with its output open does not hold us.
    let started = crate::rig::now();
    let (code, _, _) = ping(&url, &["sh", "-c", "sleep 60 & echo gone"]).await;
    assert_eq!(code, 0);
    assert!(started.elapsed() < std::time::Duration::from_secs(30));
}

/// A receiver that takes connections and never answers what holds one of these; it says what came.
async fn black_hole(
    silent: &'static [&'static str],
) -> (String, tokio::sync::watch::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/{TOKEN}", listener.local_addr().unwrap());
    let (sender, seen) = tokio::sync::watch::channel(String::new());
    spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let sender = sender.clone();
            spawn(async move {
                let mut head = vec![0; 4096];
                let read = stream.read(&mut head).await.unwrap_or(0);
                let head = String::from_utf8_lossy(&head[..read]).into_owned();
                let first = head.lines().next().unwrap_or_default().to_owned();
                sender.send_modify(|seen| seen.push_str(&format!("{first}\n")));
                if silent.iter().any(|part| first.contains(part)) {
                    std::future::pending::<()>().await;
                }
                let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
                drop(tokio::io::AsyncWriteExt::write_all(&mut stream, answer).await);
            });
        }
    });
    (url, seen)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_start_that_nobody_takes_holds_the_end_of_the_job_only_shortly() {
    let (url, seen) = black_hole(&["/start"]).await;
    let started = crate::rig::now();
    let job = ["ping", "--timeout", "60", &url, "--", "sh", "-c", "exit 7"];
    let (code, _, err) = run(&job).await;
    assert_eq!(code, 7, "{err}");
    // Far below the 60 seconds of one attempt at the start.
    assert!(started.elapsed() < std::time::Duration::from_secs(30));
    assert!(err.contains("the start could not be reported"), "{err}");
    let seen = seen.borrow().clone();
    assert!(
        seen.contains("/start") && seen.contains("/7?rid="),
        "{seen}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_signal_ends_the_wait_for_a_server_that_says_nothing() {
    // Nobody answers the start, nor the end.
    for (silent, waits_for) in [(&["/start"][..], "/start"), (&["/0?"][..], "/0?")] {
        let (url, mut seen) = black_hole(silent).await;
        let mut child = command(&["ping", "--timeout", "60", &url, "--", "true"]);
        let mut child = child.stderr(Stdio::piped()).spawn().unwrap();
        seen.wait_for(|seen| seen.contains(waits_for))
            .await
            .unwrap();
        let started = crate::rig::now();
        let id = i32::try_from(child.id().unwrap()).unwrap();
        let id = rustix::process::Pid::from_raw(id).unwrap();
        // While the job still runs the signal is the job's: it is sent until somebody hears it.
        let ended = crate::rig::until("the end", async || {
            let _gone = rustix::process::kill_process(id, rustix::process::Signal::TERM);
            child.try_wait().unwrap()
        })
        .await;
        let code = ended.code();
        assert!(code == Some(0) || code == Some(143), "{waits_for}: {ended}");
        assert!(started.elapsed() < std::time::Duration::from_secs(30));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn our_own_heartbeat_learns_it_all() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let job = json!({"name": "job", "type": "HEARTBEAT", "config": {}});
    let job = server.post("/api/v1/monitors", job).await;
    let (id, token) = (
        job["id"].as_str().unwrap(),
        job["heartbeatToken"].as_str().unwrap(),
    );
    // The address comes from a file, so that it is not in the list of processes.
    let address = folder.path().join("address");
    std::fs::write(&address, format!("{}/ping/{token}\n", server.url)).unwrap();
    let at = format!("@{}", address.display());
    let (code, out, err) = ping(&at, &["sh", "-c", "echo said; exit 4"]).await;
    assert_eq!((code, out.as_str(), err.as_str()), (4, "said\n", ""));
    let pings = server.get(&format!("/api/v1/monitors/{id}/pings")).await;
    let pings = pings["data"].as_array().unwrap();
    assert_eq!(pings.len(), 2, "{pings:?}");
    let end = pings.iter().find(|ping| ping["exitStatus"] == 4).unwrap();
    assert!(end["body"].as_str().unwrap().starts_with("said\n"), "{end}");
    assert!(
        end["durationMs"].is_number() && end["runId"].is_string(),
        "{end}"
    );
    let log = server.stop().await;
    assert!(!log.contains(token) && !MONITORAH.is_empty());
}

/// As under `nohup`: what the job must not get does not reach it through us.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_ignored_signal_stays_ignored() {
    let (url, _) = receiver(&[]).await;
    let job = "echo ready; sleep 1; echo survived";
    let script = format!("trap '' HUP; exec {MONITORAH} ping {url} -- sh -c '{job}'");
    #[expect(clippy::disallowed_methods, reason = "a test starts a shell")]
    let mut child = tokio::process::Command::new("sh");
    let mut child = child
        .args(["-c", &script])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    out.read_line(&mut line).await.unwrap();
    let id = i32::try_from(child.id().unwrap()).unwrap();
    let id = rustix::process::Pid::from_raw(id).unwrap();
    rustix::process::kill_process(id, rustix::process::Signal::HUP).unwrap();
    let mut rest = String::new();
    out.read_to_string(&mut rest).await.unwrap();
    assert_eq!(
        (child.wait().await.unwrap().code(), rest.as_str()),
        (Some(0), "survived\n")
    );
}
