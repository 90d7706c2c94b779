//! `storm`: thousands of monitors go down and flap while the receiver is away, and what people get of it.
//!
//! The control is the same server with the same monitors, all well, just before.

use crate::{
    Fault,
    home::{Database, Home},
    product::{self, Server},
    receiver, tell,
};
use futures::{FutureExt, StreamExt, stream};
use monitorah_core::Env;
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
/// How much the gap between two grouped messages may be measured too short: each is timed when it
/// has arrived.
const SLACK: Duration = Duration::from_millis(500);
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

/// How late checks began: how many were at most so late, cumulative.
#[derive(Debug, Clone, Default)]
struct Lag(Vec<(f64, f64)>);

impl Lag {
    fn of(text: &str) -> Self {
        let buckets = text.lines().filter_map(|line| {
            let rest = line.strip_prefix("monitorah_engine_check_lag_seconds_bucket{le=\"")?;
            let (bound, count) = rest.split_once("\"} ")?;
            let bound = bound.parse().unwrap_or(f64::INFINITY);
            Some((bound, count.trim().parse().ok()?))
        });
        Self(buckets.collect())
    }

    /// The 99th percentile of what came since, in seconds: linear within its bucket.
    fn p99_since(&self, before: &Self) -> f64 {
        let counts: Vec<_> = self
            .0
            .iter()
            .enumerate()
            .map(|(place, (bound, count))| {
                (
                    *bound,
                    count - before.0.get(place).map_or(0.0, |(_, count)| *count),
                )
            })
            .collect();
        let wanted = counts.last().map_or(0.0, |(_, count)| count * 0.99);
        let (mut lower, mut below) = (0.0, 0.0);
        for (bound, count) in counts {
            if count >= wanted {
                let within = if count > below {
                    (wanted - below) / (count - below)
                } else {
                    0.0
                };
                return if bound.is_finite() {
                    lower + (bound - lower) * within
                } else {
                    bound
                };
            }
            (lower, below) = (bound, count);
        }
        f64::INFINITY
    }
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

/// What is judged.
#[derive(Debug)]
struct Report {
    monitors: u64,
    /// How long it took until everything was told.
    seconds: u64,
    /// The 99th percentile of lag: milliseconds.
    control: f64,
    storm: f64,
    /// The most memory of the server: bytes.
    memory: u64,
    events: BTreeSet<String>,
    delivered: BTreeSet<String>,
    waiting: usize,
    dead: usize,
}

/// One line of the result.
#[derive(Debug)]
struct Line {
    what: &'static str,
    found: String,
    passes: bool,
}

impl Line {
    fn text(&self) -> String {
        let verdict = if self.passes { "pass" } else { "FAIL" };
        format!("{verdict}  {}: {}", self.what, self.found)
    }

    fn json(&self) -> Value {
        json!({"what": self.what, "found": self.found, "passes": self.passes})
    }
}

impl Report {
    fn judge(&self, sky: &Sky, weather: Weather) -> Vec<Line> {
        let taken = locked(&sky.taken);
        let tries = locked(&sky.tries).len();
        let grouped: Vec<_> = taken
            .iter()
            .filter(|one| one.grouped)
            .map(|one| one.at)
            .collect();
        let gaps = grouped.iter().zip(grouped.iter().skip(1));
        let shortest = gaps.map(|(one, next)| next.saturating_sub(*one)).min();
        let minute = Duration::from_secs(60);
        let told: Vec<_> = taken.iter().flat_map(|one| &one.ids).collect();
        let once: BTreeSet<_> = told.iter().copied().cloned().collect();
        let named: BTreeSet<_> = taken.iter().flat_map(|one| &one.events).cloned().collect();
        let back = weather.away.map_or(Duration::ZERO, |(_, back)| back);
        let after: Vec<_> = taken.iter().filter(|one| one.at >= back).collect();
        let first = after.first().map_or(back, |one| one.at);
        let digests = after.iter().filter(|one| one.at < first + minute).count();
        let line = |what, passes, found| Line {
            what,
            found,
            passes,
        };
        vec![
            line(
                "the storm was one: events",
                u64::try_from(self.events.len()).is_ok_and(|events| events >= self.monitors),
                self.events.len().to_string(),
            ),
            line(
                "at most one grouped message a minute: the shortest time between two, of so many",
                grouped.len() > 1 && shortest.is_some_and(|gap| gap + SLACK >= minute),
                format!(
                    "{:.1} s, {}",
                    shortest.unwrap_or_default().as_secs_f64(),
                    grouped.len()
                ),
            ),
            line(
                "one digest when the receiver is back: messages in the minute from the first on; alerts in it; seconds after the return; tries before",
                digests == 1 && after.first().is_some_and(|one| one.grouped),
                format!(
                    "{digests}; {}; {:.0}; {tries}",
                    after.first().map_or(0, |one| one.ids.len()),
                    first.saturating_sub(back).as_secs_f64()
                ),
            ),
            line(
                "every event is named in a message: not named",
                self.events.is_subset(&named),
                self.events.difference(&named).count().to_string(),
            ),
            line(
                "every notification was told: delivered, not told, told twice, waiting, dead",
                self.delivered == once
                    && told.len() == once.len()
                    && self.waiting == 0
                    && self.dead == 0,
                format!(
                    "{}, {}, {}, {}, {}",
                    self.delivered.len(),
                    self.delivered.difference(&once).count(),
                    told.len() - once.len(),
                    self.waiting,
                    self.dead
                ),
            ),
            line(
                "lag p99 of checks within twice the control: control and storm in ms",
                self.storm <= 2.0 * self.control,
                format!("{:.2}, {:.2}", self.control, self.storm),
            ),
            line(
                "memory of the server at most: MiB; seconds until all was told",
                true,
                format!("{}; {}", self.memory / 1024 / 1024, self.seconds),
            ),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_percentile_is_of_what_came_since() {
        let text = |counts: [u32; 3]| {
            let [one, two, all] = counts;
            format!(
                "monitorah_engine_check_lag_seconds_bucket{{le=\"0.001\"}} {one}\n\
                 monitorah_engine_check_lag_seconds_bucket{{le=\"0.002\"}} {two}\n\
                 monitorah_engine_check_lag_seconds_bucket{{le=\"+Inf\"}} {all}\n"
            )
        };
        let (before, after) = (Lag::of(&text([10, 10, 10])), Lag::of(&text([60, 110, 110])));
        let p99 = after.p99_since(&before);
        assert!((p99 - 0.001_98).abs() < 1e-9, "{p99}");
        let late = Lag::of(&text([10, 10, 1_000]));
        assert!(late.p99_since(&before).is_infinite());
    }

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
