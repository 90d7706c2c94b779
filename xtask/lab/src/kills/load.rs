//! The load beside the outages: beats, writes and reads; what was acknowledged in one life of the server is looked for in the next.

use super::rig::Rig;
use crate::Fault;
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;

/// The pause between two beats, writes or reads.
const PACE: Duration = Duration::from_millis(100);

/// A job that reports by HTTP. A 200 is an acknowledgement: its beat is listed from then on.
pub(crate) async fn beat(rig: &Rig, number: u64) -> Result<(), Fault> {
    let draft = json!({
        "name": format!("job {number}"), "type": "HEARTBEAT", "intervalSeconds": 3_600,
        "config": {"graceSeconds": 3_600},
    });
    let made = rig
        .post("/api/v1/monitors", &draft, &format!("job-{number}"))
        .await?;
    let text = |field: &str| made[field].as_str().unwrap_or_default().to_owned();
    let (id, token) = (text("id"), text("heartbeatToken"));
    let (mut said, mut taken, mut life) = (0_u64, Vec::new(), rig.life());
    loop {
        let now = rig.life();
        let last = rig.is_stopping();
        if now != life || last {
            // A life that waited for leases has more of them than a page.
            let path = format!("/api/v1/monitors/{id}/pings?limit=100");
            let pings = rig.list(&path).await?;
            for beat in taken.drain(..) {
                let there = pings.iter().any(|ping| ping["body"] == beat);
                rig.ledger()
                    .look("beat", &format!("{number}: {beat}"), there);
            }
            life = now;
        }
        if last {
            return Ok(());
        }
        said += 1;
        let beat = format!("beat {said}");
        let path = format!("/api/v1/heartbeat/{token}");
        let body = Value::String(beat.clone());
        if let Some((200, _)) = rig.ask(Method::POST, &path, Some(&body), None).await {
            // What is kept is the body as it was sent.
            taken.push(body.to_string());
        }
        rig.pause(PACE).await;
    }
}

/// Somebody who makes, changes and deletes. A 2xx is an acknowledgement.
pub(crate) async fn write(rig: &Rig) -> Result<(), Fault> {
    let place = "/api/v1/notification-channels";
    let (mut count, mut life) = (0_u64, rig.life());
    // What should be there under which name, and what should not be there any more.
    let (mut made, mut deleted): (Vec<(String, String)>, Vec<String>) = (Vec::new(), Vec::new());
    loop {
        let now = rig.life();
        let last = rig.is_stopping();
        if now != life || last {
            for (id, name) in made.drain(..) {
                let path = format!("{place}/{id}");
                let (status, body) = rig.answer(Method::GET, &path, None, None).await?;
                let there = status == 200 && body["name"] == name;
                rig.ledger().look("write", &format!("{id} {name}"), there);
                if let (204, _) = rig.answer(Method::DELETE, &path, None, None).await? {
                    deleted.push(id);
                }
            }
            for id in deleted.drain(..) {
                let path = format!("{place}/{id}");
                let (status, _) = rig.answer(Method::GET, &path, None, None).await?;
                rig.ledger().look("deletion", &id, status == 404);
            }
            life = now;
        }
        if last {
            return Ok(());
        }
        count += 1;
        let name = format!("written {count}");
        let draft = json!({"name": name, "type": "WEBHOOK",
            "config": {"url": "http://127.0.0.1:9/"}});
        // Asked once: what was not acknowledged may be there or not.
        let answer = rig.ask(Method::POST, place, Some(&draft), None).await;
        if let Some((200..300, body)) = answer {
            let id = body["id"].as_str().unwrap_or_default().to_owned();
            let renamed = json!({"name": format!("{name} anew")});
            let path = format!("{place}/{id}");
            let answer = rig.ask(Method::PATCH, &path, Some(&renamed), None).await;
            match answer {
                Some((200..300, _)) => made.push((id, format!("{name} anew"))),
                // The old name or the new one: which one nobody said.
                _ => rig.ledger().look("write", &id, true),
            }
        }
        rig.pause(PACE).await;
    }
}

/// A reader of results: a row that was seen stays.
pub(crate) async fn read(rig: &Rig, number: u64) -> Result<(), Fault> {
    let draft = json!({
        "name": "well", "type": "HTTP", "target": rig.targets.url(number),
        "config": {"method": "GET"}, "intervalSeconds": 1,
    });
    let made = rig.post("/api/v1/monitors", &draft, "well").await?;
    let id = made["id"].as_str().unwrap_or_default().to_owned();
    let path = format!("/api/v1/monitors/{id}/checks?limit=100");
    let (mut seen, mut life) = (Vec::<Value>::new(), rig.life());
    loop {
        let now = rig.life();
        let rows = rig.get(&path).await?;
        let rows = rows["data"].as_array().cloned().unwrap_or_default();
        if now != life {
            for row in seen.drain(..) {
                let there = rows.contains(&row);
                rig.ledger().look("row", &row.to_string(), there);
            }
            life = now;
        }
        if rig.is_stopping() {
            return Ok(());
        }
        // The answer is of this life or of a later one: then it is looked for once more.
        seen = rows.into_iter().take(5).collect();
        rig.pause(PACE).await;
    }
}
