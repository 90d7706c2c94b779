//! Analytics of a server whose results were put beside it: figures, series, bounds, and their sources.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test"
)]

use crate::rig::{Server, server};
use jiff::{SignedDuration, Timestamp};
use monitorah_core::{
    MonitorId, Reason, Region, Status, Tenant, Timings,
    environment::SystemEnvironment,
    port::{ResultRow, ResultStore, TenantResolver},
    uptime::Resolution,
};
use monitorah_store::{SqliteOptions, SqliteStore};
use serde_json::{Value, json};
use std::{path::Path, sync::Arc, time::Duration};

async fn store(data: &Path) -> (SqliteStore, Tenant) {
    let environment = Arc::new(SystemEnvironment::new());
    let path = data.join("monitorah.db");
    let store = SqliteStore::open(&path, SqliteOptions::new(environment))
        .await
        .unwrap();
    let (tenant, _) = store.founder().await.unwrap().unwrap();
    (store, tenant)
}

fn row(tenant: Tenant, monitor: MonitorId, at: Timestamp, status: Status, ms: u64) -> ResultRow {
    ResultRow {
        tenant,
        monitor,
        at,
        region: Region::LOCAL,
        sequence: 0,
        status,
        reason: Reason::Ok,
        status_code: None,
        total: Duration::from_millis(ms),
        timings: Timings::default(),
        valid_for: Duration::from_secs(120),
        maintenance: false,
        detail: None,
    }
}

async fn monitor(server: &Server, name: &str) -> String {
    let draft = json!({"name": name, "type": "PORT", "target": "127.0.0.1:9", "paused": true});
    let made = server.post("/api/v1/monitors", draft).await;
    made["id"].as_str().unwrap().to_owned()
}

fn back(from: Timestamp, hours: i64) -> Timestamp {
    from.checked_sub(SignedDuration::from_hours(hours)).unwrap()
}

fn close(value: &Value, wanted: f64) -> bool {
    value
        .as_f64()
        .is_some_and(|value| (value - wanted).abs() < 1e-9)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn figures_and_series_come_from_rollups_alone() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = server(&data).await;
    let watched = monitor(&server, "watched").await;
    let silent = monitor(&server, "silent").await;
    let (store, tenant) = store(&data).await;
    let id: MonitorId = watched.parse().unwrap();

    // Three days, a check a minute: down in the first quarter of every hour, unknown in the second.
    let end = Resolution::Minute.floor(Timestamp::now());
    let mut rows = Vec::new();
    let mut at = back(end, 72);
    while at < end {
        let minute = at.as_second() / 60 % 60;
        let (status, took) = match minute {
            0..15 => (Status::Down, 900),
            15..30 => (Status::Unknown, 0),
            30..45 => (Status::Degraded, 300),
            _ => (Status::Up, 100),
        };
        rows.push(row(tenant, id, at, status, took));
        at = Resolution::Minute.end(at);
    }
    for chunk in rows.chunks(2_000) {
        store.append(chunk).await.unwrap();
    }
    let path = |query: &str| format!("/api/v1/analytics/{watched}?{query}");
    let two_days = format!("from={}&to={}", back(end, 50), back(end, 2));
    // The result log is full and nothing is rolled up yet: there is no data, which is no 100 %.
    let raw = server.get(&path(&two_days)).await;
    let log = server
        .get(&format!("/api/v1/monitors/{watched}/checks"))
        .await;
    assert_eq!(log["meta"]["hasMore"], true);
    assert_eq!(
        (&raw["uptimeRatio"], &raw["checks"]["total"]),
        (&Value::Null, &json!(0))
    );
    assert_eq!(raw["series"], json!([]));
    while store.roll_up(end).await.unwrap().more {}

    let found = server.get(&path(&two_days)).await;
    assert_eq!(found["resolution"], "QUARTER_HOUR");
    let series = found["series"].as_array().unwrap();
    assert!((192..=194).contains(&series.len()), "{}", series.len());
    // Half an hour of each hour was well, a quarter was not, and a quarter was unknown.
    let ratio = found["uptimeRatio"].as_f64().unwrap();
    assert!((ratio - 2.0 / 3.0).abs() < 0.01, "{ratio}");
    let counts = &found["checks"];
    let of = |name: &str| counts[name].as_u64().unwrap();
    assert_eq!(
        of("total"),
        of("up") + of("degraded") + of("down") + of("unknown")
    );
    assert!(of("down") >= 700 && of("unknown") >= 700, "{counts}");
    let times = &found["responseTime"];
    let time = |name: &str| times[name].as_f64().unwrap();
    assert!((time("averageMs") - 200.0).abs() < 2.0, "{times}");
    for (name, exact) in [("p50Ms", 100.0), ("p95Ms", 300.0), ("p99Ms", 300.0)] {
        let read = time(name);
        // Half of them took 100 ms and half 300 ms, so the middle may be either.
        let either = name == "p50Ms" && (300.0..=337.5).contains(&read);
        assert!(
            either || (exact..=exact * 1.125).contains(&read),
            "{name}: {times}"
        );
    }
    for point in series {
        let minute = point["start"]
            .as_str()
            .unwrap()
            .parse::<Timestamp>()
            .unwrap();
        match minute.as_second() / 60 % 60 {
            0 => assert!(close(&point["uptimeRatio"], 0.0), "{point}"),
            15 => {
                assert_eq!(point["uptimeRatio"], Value::Null, "{point}");
                assert_eq!(point["responseTime"]["averageMs"], Value::Null, "{point}");
            }
            _ => assert!(close(&point["uptimeRatio"], 1.0), "{point}"),
        }
    }

    // The day that is not over counts: it is put together from what is finer.
    let days = format!("from={}&resolution=DAY", back(end, 72));
    let days = server.get(&path(&days)).await;
    let counted: u64 = days["series"]
        .as_array()
        .unwrap()
        .iter()
        .map(|day| day["checks"]["total"].as_u64().unwrap())
        .sum();
    assert_eq!(counted, u64::try_from(rows.len()).unwrap());
    let minutes = server.get(&path("")).await;
    assert_eq!(minutes["resolution"], "MINUTE");
    assert!(minutes["series"].as_array().unwrap().len() <= 1_441);

    let nothing = server.get(&format!("/api/v1/analytics/{silent}")).await;
    assert_eq!(
        (&nothing["uptimeRatio"], &nothing["series"]),
        (&Value::Null, &json!([]))
    );
    assert_eq!(nothing["responseTime"]["p95Ms"], Value::Null);

    let list = server
        .get(&format!("/api/v1/analytics?limit=1&{two_days}"))
        .await;
    assert_eq!(list["data"][0]["monitorId"], watched.as_str());
    assert_eq!(list["data"][0]["checks"], found["checks"]);
    let cursor = list["meta"]["nextCursor"].as_str().unwrap();
    let next = server
        .get(&format!(
            "/api/v1/analytics?limit=1&{two_days}&cursor={cursor}"
        ))
        .await;
    assert_eq!(
        (&next["data"][0]["name"], &next["data"][0]["uptimeRatio"]),
        (&json!("silent"), &Value::Null)
    );
    let (status, body) = server
        .ask(
            "GET",
            &format!("/api/v1/analytics?limit=1&cursor={cursor}"),
            None,
        )
        .await;
    assert_eq!(
        (status, &body["error"]["code"]),
        (422, &json!("invalid_cursor"))
    );
    store.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_answered_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let server = server(&folder.path().join("data")).await;
    let watched = monitor(&server, "watched").await;
    let now = Timestamp::now();
    let day = |days: i64| back(now, 24 * days).to_string();
    for (query, status, pointer) in [
        (
            format!("from={}&resolution=MINUTE", day(2)),
            422,
            "resolution",
        ),
        (
            format!("from={}&to={}&resolution=MINUTE", day(9), day(8)),
            422,
            "resolution",
        ),
        (
            format!("from={}&resolution=QUARTER_HOUR", day(30)),
            422,
            "resolution",
        ),
        (format!("from={}", day(2_000)), 422, "from"),
        (format!("from={}&to={}", day(1), day(2)), 422, "to"),
        (format!("from={}", back(now, -48)), 422, "from"),
        ("resolution=HOUR".to_owned(), 422, "resolution"),
        ("from=yesterday".to_owned(), 422, "from"),
        ("colour=red".to_owned(), 422, "colour"),
    ] {
        let path = format!("/api/v1/analytics/{watched}?{query}");
        let (found, body) = server.ask("GET", &path, None).await;
        assert_eq!(found, status, "{query}: {body}");
        if status == 422 {
            let said = body["error"]["details"]["fields"][0]["pointer"]
                .as_str()
                .unwrap();
            assert!(
                said == pointer || query.contains("colour"),
                "{query}: {body}"
            );
        }
    }
    let absent = format!("/api/v1/analytics/mtr_{}", "0".repeat(32));
    assert_eq!(server.ask("GET", &absent, None).await.0, 404);
}
