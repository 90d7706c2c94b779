//! `storm`: thousands of monitors go down and flap while the receiver is away, and what people get of it.
//!
//! The control is the same server with the same monitors, all well, just before.

mod report;

use crate::{
    Fault,
    home::{Database, Home},
    product::{self, Server},
    receiver, tell,
};
use futures::{FutureExt, StreamExt, stream};
use monitorah_core::Env;
use report::{Lag, Line, Report};
use serde_json::{Value, json};
use std::{
    collections::BTreeSet,
    io,
    path::PathBuf,
    process::ExitCode,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// How often a monitor is looked at: seconds.
const INTERVAL: u64 = 20;
/// How long a monitor takes to go through one turn of being down and up: seconds.
const TURN: u64 = 200;
/// How long of a turn it is down: seconds.
const DOWN: u64 = 120;
/// How long everything may take to be told once all is well again.
const PATIENCE: Duration = Duration::from_secs(1_500);

/// What the storm is made of.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How many monitors go down.
    #[arg(long, default_value_t = 5_000, value_parser = clap::value_parser!(u64).range(50..=20_000))]
    monitors: u64,
    /// For how many minutes they flap; the receiver is away for half of them. The control takes as
    /// many minutes as the receiver is away.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(4..=60))]
    minutes: u64,
    /// Which database the server keeps its data in.
    #[arg(long, value_enum, default_value_t = Database::Sqlite)]
    database: Database,
    /// Print what came of it as JSON.
    #[arg(long)]
    json: bool,
    /// The server's program; without it the one that cargo built beside the lab.
    #[arg(long)]
    server: Option<PathBuf>,
}

/// When the storm begins and ends, and when the receiver is away: monotonic.
#[derive(Debug, Clone, Copy, Default)]
struct Weather {
    storm: Option<(Duration, Duration)>,
    away: Option<(Duration, Duration)>,
}

impl Weather {
    /// Whether a target is down. Every monitor has a phase of its own.
    fn is_down(&self, number: u64, now: Duration) -> bool {
        self.storm.is_some_and(|(from, to)| {
            (from..to).contains(&now) && (now.as_secs() + number * 7) % TURN < DOWN
        })
    }

    fn is_away(&self, now: Duration) -> bool {
        self.away
            .is_some_and(|(from, to)| (from..to).contains(&now))
    }
}

/// A message as it was taken.
#[derive(Debug)]
struct Taken {
    at: Duration,
    /// The notifications in it.
    ids: Vec<String>,
    /// The events that it names.
    events: Vec<String>,
    grouped: bool,
}

/// Messages, tries that found the receiver away, and the weather.
#[derive(Debug, Default)]
struct Sky {
    weather: Mutex<Weather>,
    taken: Mutex<Vec<Taken>>,
    tries: Mutex<Vec<Duration>>,
}

fn locked<T>(one: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    one.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs the storm and prints what came of it.
pub(crate) async fn run(environment: &Env, args: &Args) -> Result<ExitCode, Fault> {
    let program = match &args.server {
        Some(path) => path.clone(),
        None => product::binary()?,
    };
    let sky = Arc::new(Sky::default());
    let targets = targets(environment, &sky).await?;
    let receiver = receiving(environment, &sky).await?;
    let settings = [
        ("MONITORAH_MESSAGES_PER_MINUTE", "10".to_owned()),
        ("MONITORAH_ACCOUNT_MESSAGES_PER_MINUTE", "60".to_owned()),
    ];
    let home = Home::of(args.database).await?;
    let server = Server::start(environment, &program, &home, &settings).await?;
    let channel = json!({"name": "storm", "type": "WEBHOOK", "config": {"url": receiver}});
    let channel = server
        .post("/api/v1/notification-channels", &channel)
        .await?;
    let rule = json!({"name": "storm", "channelIds": [channel["id"]], "allMonitors": true});
    let _rule = server.post("/api/v1/notification-rules", &rule).await?;
    tell(&format!("making {} monitors", args.monitors));
    let made: Vec<_> = stream::iter(0..args.monitors)
        .map(|number| {
            let monitor = json!({
                "name": format!("storm {number}"),
                "type": "HTTP",
                "target": format!("{targets}/{number}"),
                "intervalSeconds": INTERVAL,
            });
            let server = &server;
            async move { server.post("/api/v1/monitors", &monitor).await }
        })
        .buffer_unordered(8)
        .collect()
        .await;
    made.into_iter().collect::<Result<Vec<_>, _>>()?;

    let half = Duration::from_secs(args.minutes * 30);
    let lag = async || Ok::<_, Fault>(Lag::of(&text(&server).await?));
    // New monitors settle into their phases.
    environment.sleep(Duration::from_secs(2 * INTERVAL)).await;
    let begin = lag().await?;
    tell(&format!("control: all is well for {} s", half.as_secs()));
    environment.sleep(half).await;
    let calm = lag().await?;
    let start = environment.monotonic();
    let quarter = half / 2;
    let weather = Weather {
        storm: Some((start, start + 2 * half)),
        away: Some((start + quarter, start + quarter + half)),
    };
    *locked(&sky.weather) = weather;
    tell(&format!(
        "storm: they flap for {} s, and for half of it nobody listens",
        2 * half.as_secs()
    ));
    environment.sleep(2 * half).await;
    let storm = lag().await?;
    tell("all is well again");
    let over = environment.monotonic();
    // The end of flapping is told when a monitor has been well for long enough.
    let mut quiet = 0;
    while quiet < 3 && environment.monotonic() < over + PATIENCE {
        environment.sleep(Duration::from_secs(15)).await;
        let open = server.get("/api/v1/events?status=OPEN&limit=1").await?;
        let waits = server
            .get("/api/v1/notifications?status=PENDING&limit=1")
            .await?;
        let empty = |page: &Value| page["data"].as_array().is_some_and(Vec::is_empty);
        quiet = if empty(&open) && empty(&waits) {
            quiet + 1
        } else {
            0
        };
    }
    let report = Report {
        monitors: args.monitors,
        seconds: environment.monotonic().saturating_sub(over).as_secs(),
        control: calm.p99_since(&begin) * 1_000.0,
        storm: storm.p99_since(&calm) * 1_000.0,
        memory: server.memory()?.1,
        events: all(&server, "/api/v1/events?", |one| {
            one["id"].as_str().map(str::to_owned)
        })
        .await?,
        delivered: delivered(&server, &channel).await?,
        waiting: all(&server, "/api/v1/notifications?status=PENDING&", name)
            .await?
            .len(),
        dead: all(&server, "/api/v1/notifications?status=DEAD&", name)
            .await?
            .len(),
    };
    let judged = report.judge(&sky, weather);
    server.stop().await?;
    let passes = judged.iter().all(|line| line.passes);
    if args.json {
        let lines: Vec<_> = judged.iter().map(Line::json).collect();
        crate::print(&json!({"monitors": args.monitors, "minutes": args.minutes, "passes": passes, "lines": lines}).to_string());
    } else {
        for line in &judged {
            crate::print(&line.text());
        }
        crate::print(&report.figures(&sky, weather, args.minutes));
    }
    Ok(if passes {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The identity of a thing of a list.
fn name(one: &Value) -> Option<String> {
    one["id"].as_str().map(str::to_owned)
}

/// What was delivered to the channel under test.
async fn delivered(server: &Server, channel: &Value) -> Result<BTreeSet<String>, Fault> {
    let id = channel["id"].as_str().unwrap_or_default();
    let path = format!("/api/v1/notifications?status=DELIVERED&channelId={id}&");
    all(server, &path, name).await
}

async fn text(server: &Server) -> Result<String, Fault> {
    let page = server.get("/metrics?detail=BASIC").await?;
    Ok(page.as_str().unwrap_or_default().to_owned())
}

/// Every page of a list.
async fn all(
    server: &Server,
    path: &str,
    of: impl Fn(&Value) -> Option<String>,
) -> Result<BTreeSet<String>, Fault> {
    let mut found = BTreeSet::new();
    let mut cursor = String::new();
    loop {
        let page = server.get(&format!("{path}limit=100{cursor}")).await?;
        found.extend(
            page["data"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(&of),
        );
        match page["meta"]["nextCursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return Ok(found),
        }
    }
}

/// One server for all targets: a path each.
async fn targets(environment: &Env, sky: &Arc<Sky>) -> Result<String, Fault> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let origin = format!("http://{}", listener.local_addr()?);
    let (own, sky) = (Arc::clone(environment), Arc::clone(sky));
    environment.spawn(
        async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (environment, sky) = (Arc::clone(&own), Arc::clone(&sky));
                let work = async move {
                    // Whoever breaks off looks again.
                    let _broken = answer(&environment, &sky, stream).await;
                };
                own.spawn(work.boxed());
            }
        }
        .boxed(),
    );
    Ok(origin)
}

async fn answer(environment: &Env, sky: &Sky, mut stream: TcpStream) -> io::Result<()> {
    let mut head = Vec::new();
    let mut buffer = [0; 2048];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") && head.len() < 16 * 1024 {
        let read = stream.read(&mut buffer).await?;
        if read == 0 {
            return Ok(());
        }
        head.extend_from_slice(buffer.get(..read).unwrap_or_default());
    }
    let head = String::from_utf8_lossy(&head);
    let path = head.split(' ').nth(1).unwrap_or_default();
    let number = path.trim_start_matches('/').parse().unwrap_or(0);
    let down = locked(&sky.weather).is_down(number, environment.monotonic());
    let status = if down { "503 Away" } else { "200 OK" };
    let said = format!("HTTP/1.1 {status}\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok");
    stream.write_all(said.as_bytes()).await?;
    stream.shutdown().await
}

/// The receiver under test.
async fn receiving(environment: &Env, sky: &Arc<Sky>) -> Result<String, Fault> {
    let (own, sky) = (Arc::clone(environment), Arc::clone(sky));
    let take: receiver::Take = Arc::new(move |message| {
        let at = own.monotonic();
        if locked(&sky.weather).is_away(at) {
            locked(&sky.tries).push(at);
            return 503;
        }
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let alerts = message["group"]["alerts"].as_array();
        let each = |of: &dyn Fn(&Value) -> Option<String>, one: Option<String>| match alerts {
            Some(alerts) => alerts.iter().filter_map(of).collect(),
            None => one.into_iter().collect(),
        };
        let taken = Taken {
            at,
            ids: each(&|one| text(&one["id"]), text(&message["id"])),
            events: each(&|one| text(&one["event"]), text(&message["event"]["id"])),
            grouped: alerts.is_some(),
        };
        locked(&sky.taken).push(taken);
        204
    });
    receiver::start_with(environment, take).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_flap_during_the_storm_and_only_then() {
        let second = Duration::from_secs;
        let weather = Weather {
            storm: Some((second(1_000), second(1_600))),
            away: Some((second(1_100), second(1_400))),
        };
        assert!(!weather.is_down(0, second(999)) && weather.is_down(0, second(1_000)));
        assert!(!weather.is_down(0, second(1_120)) && weather.is_down(0, second(1_200)));
        assert!(!weather.is_down(0, second(1_600)));
        assert!(!weather.is_away(second(1_099)) && weather.is_away(second(1_100)));
        assert!(!Weather::default().is_down(0, second(5)));
    }
}
