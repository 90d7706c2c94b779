//! Readiness tells the truth about what the server writes: red on a full disk, green when there is room.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use crate::rig::{Target, server, start_limitable, until};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_told_until_there_is_room_again() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let first = server(&data).await;
    let key = first.key.clone();
    let target = Target::start().await;
    let monitor = first.watch(&target.url()).await;
    first.stop().await;
    let mut server = start_limitable(&data).await;
    server.key = key;
    let ready = "/api/v1/health/ready";
    let results = format!("/api/v1/monitors/{monitor}/checks?limit=1");
    let latest = async || server.get(&results).await["data"][0]["checkedAt"].clone();
    until("it is ready and writes", async || {
        (server.ask("GET", ready, None).await.0 == 200).then_some(())
    })
    .await;

    server.limit_files(Some(1));
    let told = until("the readiness turns", async || {
        let (status, body) = server.ask("GET", ready, None).await;
        (status == 503).then_some(body)
    })
    .await;
    assert_eq!(told["error"]["code"], "store_failing", "{told}");
    let message = told["error"]["message"].as_str().unwrap();
    assert!(
        message.contains("storing results has failed since "),
        "{message}"
    );
    let folder = data.to_str().unwrap();
    assert!(!message.contains(folder) && !message.contains(&server.key));
    // It lives, and reads.
    assert_eq!(server.ask("GET", "/api/v1/health", None).await.0, 200);
    let before = latest().await;

    server.limit_files(None);
    until("it is ready again", async || {
        (server.ask("GET", ready, None).await.0 == 200).then_some(())
    })
    .await;
    until("results are stored again", async || {
        (latest().await != before).then_some(())
    })
    .await;
    server.stop().await;
}
