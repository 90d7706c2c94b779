//! HEARTBEAT: a job tells us that it ran; silence is the failure.

use super::{Cadence, Check, CheckContext, CheckEnv, CheckSpec};
use crate::{
    error::{ConfigError, FieldError},
    observation::{Observation, Reason, Status},
};
use async_trait::async_trait;
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How many unfinished runs are remembered; older ones are forgotten first.
const MAX_OPEN_RUNS: usize = 32;
/// The longest run id that is kept.
const MAX_RUN_ID: usize = 64;
/// After a start of our own, a missed ping is excused for the grace or for this long, whichever is
/// longer, but for no more than an interval: it may have been sent while nobody listened.
const EXCUSE: Duration = Duration::from_secs(3600);
/// A month and a bit: the longest grace.
const MAX_GRACE_SECONDS: u32 = 31 * 86_400;

/// How a heartbeat monitor is configured. Its target is empty: the job comes to us.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(
    title = "Heartbeat",
    example = serde_json::json!({ "cron": "0 3 * * *", "timeZone": "Europe/Berlin", "graceSeconds": 1800 })
)]
pub struct HeartbeatSpec {
    /// How long after its due time a ping may come before the job counts as missed, and how long
    /// a started run may take: seconds.
    #[serde(default = "default_grace")]
    #[schemars(range(min = 0, max = 2_678_400))]
    pub grace_seconds: u32,
    /// When the job runs, as a five- or six-field cron expression; without it the job is expected
    /// once each interval.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cron: Option<String>,
    /// The IANA time zone of the cron expression.
    #[serde(default = "default_time_zone")]
    pub time_zone: String,
}

const fn default_grace() -> u32 {
    300
}

fn default_time_zone() -> String {
    "UTC".to_owned()
}

impl CheckSpec for HeartbeatSpec {
    const KIND: &'static str = "HEARTBEAT";
    const CADENCE: Cadence = Cadence::Heartbeat;

    fn build(self, env: &CheckEnv) -> Result<Box<dyn Check>, ConfigError> {
        let mut wrong = Vec::new();
        if !env.target().is_empty() {
            wrong.push(FieldError::new(
                "/target",
                "a heartbeat monitor has no target: leave it out, the job calls the heartbeat URL",
            ));
        }
        if self.grace_seconds > MAX_GRACE_SECONDS {
            wrong.push(FieldError::new(
                "/config/graceSeconds",
                "the grace is at most 2678400 seconds (31 days)",
            ));
        }
        let schedule = Schedule::parse(&self, env.interval()).map_err(|error| wrong.push(error));
        ConfigError::check(wrong)?;
        let schedule = schedule.map_err(|()| ConfigError::new("/config/cron", "invalid"))?;
        let longest = match schedule.expectation {
            Expectation::Every(interval) => EXCUSE.min(interval),
            Expectation::Cron(..) => EXCUSE,
        };
        let excuse = schedule.grace.max(longest);
        Ok(Box::new(Heartbeat {
            schedule,
            excuse,
            since: env.created_at(),
        }))
    }
}

/// What a ping says.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum PingKind {
    /// The job began.
    Start,
    /// The job ended well.
    Success,
    /// The job failed.
    Fail,
    /// A line for the log, which changes nothing.
    Log,
}

impl PingKind {
    /// The text on the wire and in a store.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Start => "START",
            Self::Success => "SUCCESS",
            Self::Fail => "FAIL",
            Self::Log => "LOG",
        }
    }

    /// What an exit status says: 0 is success, all else failure.
    #[must_use]
    pub const fn from_exit_status(status: u8) -> Self {
        if status == 0 {
            Self::Success
        } else {
            Self::Fail
        }
    }
}

impl std::str::FromStr for PingKind {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        [Self::Start, Self::Success, Self::Fail, Self::Log]
            .into_iter()
            .find(|kind| kind.as_str() == text)
            .ok_or(())
    }
}

/// A run that began and has not ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenRun {
    /// The job's own id of the run, if it gave one.
    pub run_id: Option<String>,
    /// When it began.
    pub since: Timestamp,
}

/// What a heartbeat monitor received so far: all that a verdict needs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeartbeatState {
    /// The last ping that reported success.
    pub last_success: Option<Timestamp>,
    /// The last ping that reported failure.
    pub last_failure: Option<Timestamp>,
    /// The exit status that the last failure named.
    pub exit_status: Option<u8>,
    /// How long the last finished run took, where its start was reported: microseconds.
    pub last_duration_us: Option<i64>,
    /// Runs that began and have not ended, oldest first.
    pub open_runs: Vec<OpenRun>,
}

impl HeartbeatState {
    /// The state after a ping at `at`. Returns how long the run took when the ping ended one.
    pub fn on_ping(
        &mut self,
        kind: PingKind,
        run_id: Option<&str>,
        exit_status: Option<u8>,
        at: Timestamp,
    ) -> Option<Duration> {
        let run_id = run_id.map(|id| id.chars().take(MAX_RUN_ID).collect::<String>());
        if kind != PingKind::Log {
            self.not_after(at);
        }
        match kind {
            PingKind::Log => None,
            PingKind::Start => {
                self.open_runs.retain(|run| run.run_id != run_id);
                self.open_runs.push(OpenRun { run_id, since: at });
                if self.open_runs.len() > MAX_OPEN_RUNS {
                    self.open_runs.remove(0);
                }
                None
            }
            PingKind::Success | PingKind::Fail => {
                let started = self
                    .open_runs
                    .iter()
                    .position(|run| run.run_id == run_id)
                    .map(|index| self.open_runs.remove(index).since);
                // A run that ended shows that what began before it will not end any more: its host was
                // restarted, say. Otherwise one lost run would count as hung for ever.
                if let Some(started) = started {
                    self.open_runs.retain(|run| run.since > started);
                }
                let took =
                    started.and_then(|since| Duration::try_from(at.duration_since(since)).ok());
                self.last_duration_us = took.and_then(|took| i64::try_from(took.as_micros()).ok());
                if kind == PingKind::Success {
                    self.last_success = Some(at);
                    self.exit_status = None;
                } else {
                    self.last_failure = Some(at);
                    self.exit_status = exit_status;
                }
                took
            }
        }
    }

    /// Pings are in the order in which they came, whatever the clock says: what is noted for later
    /// than `at` was noted before the clock went back, and so before what comes now.
    fn not_after(&mut self, at: Timestamp) {
        let before = at.checked_sub(SignedDuration::from_micros(1)).unwrap_or(at);
        let ends = [&mut self.last_success, &mut self.last_failure];
        let runs = self.open_runs.iter_mut().map(|run| &mut run.since);
        for noted in ends.into_iter().flatten().chain(runs) {
            if *noted > at {
                *noted = before;
            }
        }
    }

    /// The last time that a run ended, well or not.
    fn last_end(&self) -> Option<Timestamp> {
        self.last_success.max(self.last_failure)
    }
}

/// When pings are due.
#[derive(Debug, Clone)]
enum Expectation {
    Every(Duration),
    Cron(Box<croner::Cron>, TimeZone),
}

/// When pings are due, and for how long after that they may still come.
#[derive(Debug, Clone)]
struct Schedule {
    expectation: Expectation,
    grace: Duration,
}

impl Schedule {
    fn parse(spec: &HeartbeatSpec, interval: Duration) -> Result<Self, FieldError> {
        let expectation = match &spec.cron {
            None => Expectation::Every(interval),
            Some(pattern) => {
                let cron = croner::parser::CronParser::builder()
                    .seconds(croner::parser::Seconds::Optional)
                    .year(croner::parser::Year::Disallowed)
                    .build()
                    .parse(pattern)
                    .map_err(|error| {
                        FieldError::new(
                            "/config/cron",
                            format!(
                                "not a cron expression ({error}): write for example \"0 3 * * *\""
                            ),
                        )
                    })?;
                let zone = TimeZone::get(&spec.time_zone).map_err(|_| {
                    FieldError::new(
                        "/config/timeZone",
                        "unknown time zone: use an IANA name, for example \"Europe/Berlin\"",
                    )
                })?;
                Expectation::Cron(Box::new(cron), zone)
            }
        };
        let schedule = Self {
            expectation,
            grace: Duration::from_secs(u64::from(spec.grace_seconds)),
        };
        // Any fixed moment does: an expression that fires once fires in the years after it.
        if schedule.due_after(Timestamp::UNIX_EPOCH).is_none() {
            return Err(FieldError::new(
                "/config/cron",
                "this cron expression never fires: name a day that exists",
            ));
        }
        Ok(schedule)
    }

    /// The first time strictly after `after` at which a ping is due.
    fn due_after(&self, after: Timestamp) -> Option<Timestamp> {
        match &self.expectation {
            Expectation::Every(interval) => after.checked_add(*interval).ok(),
            Expectation::Cron(cron, zone) => cron
                .find_next_occurrence(&after.to_zoned(zone.clone()), false)
                .ok()
                .map(|next| next.timestamp()),
        }
    }
}

/// The running look.
#[derive(Debug)]
struct Heartbeat {
    schedule: Schedule,
    excuse: Duration,
    /// When the monitor was made or resumed: what came before does not count.
    since: Timestamp,
}

/// What the pings so far mean at a moment, and when that may change without another ping.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Reading {
    observation: Observation,
    deadline: Option<Timestamp>,
}

impl Heartbeat {
    /// From when on pings count. Where that lies ahead, the clock went back: then they count from
    /// as far back as it lies ahead, so that what came since the clock went back is heard.
    fn counts_from(&self, now: Timestamp) -> Timestamp {
        let ahead = self.since.duration_since(now);
        if ahead.is_positive() {
            now.saturating_sub(ahead).unwrap_or(Timestamp::MIN)
        } else {
            self.since
        }
    }

    fn read(&self, state: &HeartbeatState, listening_since: Timestamp, now: Timestamp) -> Reading {
        let grace = self.schedule.grace;
        let since = self.counts_from(now);
        let excused_until = listening_since
            .checked_add(self.excuse)
            .unwrap_or(listening_since);
        let hung_at = state
            .open_runs
            .iter()
            .filter(|run| run.since >= since)
            .filter_map(|run| {
                let end = run.since.checked_add(grace).ok()?;
                Some(if run.since < listening_since {
                    end.max(excused_until)
                } else {
                    end
                })
            })
            .min()
            .filter(|_| !grace.is_zero());
        let last_end = state.last_end().filter(|end| *end >= since);
        let basis = last_end.unwrap_or(self.since);
        let missed_at = self.schedule.due_after(basis).and_then(|due| {
            let end = due.checked_add(grace).ok()?;
            Some(if due < listening_since {
                end.max(excused_until)
            } else {
                end
            })
        });
        let deadline = [hung_at, missed_at]
            .into_iter()
            .flatten()
            .filter(|at| *at > now)
            .min();

        let failed = last_end.is_some() && state.last_failure > state.last_success;
        let mut observation = if missed_at.is_some_and(|at| at <= now) {
            Observation::down(Reason::HeartbeatMissed, "no ping arrived in time")
        } else if hung_at.is_some_and(|at| at <= now) {
            Observation::down(Reason::HeartbeatHung, "a run began and did not end in time")
        } else if failed {
            Observation::down(
                Reason::HeartbeatFailed,
                match state.exit_status {
                    Some(status) => format!("the job reported exit status {status}"),
                    None => "the job reported failure".to_owned(),
                },
            )
        } else if last_end.is_some() {
            Observation::up()
        } else {
            Observation::unknown(Reason::Gap, "waiting for the first ping")
        };
        if observation.status == Status::Up
            && let Some(micros) = state.last_duration_us.and_then(|us| u64::try_from(us).ok())
        {
            observation.total = Duration::from_micros(micros);
        }
        // A reading holds until the next deadline; without one, until the next look.
        observation.valid_for = deadline
            .and_then(|at| Duration::try_from(at.duration_since(now)).ok())
            .map(|left| left.saturating_add(Duration::from_secs(60)));
        Reading {
            observation,
            deadline,
        }
    }
}

#[async_trait]
impl Check for Heartbeat {
    async fn run(&self, cx: &CheckContext) -> Observation {
        let state = cx.heartbeat.clone().unwrap_or_default();
        self.read(&state, cx.listening_since, cx.environment.now())
            .observation
    }

    fn deadline(&self, cx: &CheckContext) -> Option<Timestamp> {
        let state = cx.heartbeat.clone().unwrap_or_default();
        self.read(&state, cx.listening_since, cx.environment.now())
            .deadline
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + seconds).unwrap()
    }

    fn hourly(grace_seconds: u32) -> Heartbeat {
        let spec = HeartbeatSpec {
            grace_seconds,
            cron: None,
            time_zone: "UTC".into(),
        };
        Heartbeat {
            schedule: Schedule::parse(&spec, Duration::from_secs(3600)).unwrap(),
            excuse: Duration::from_secs(3600),
            since: at(0),
        }
    }

    #[test]
    fn a_clock_that_goes_back_keeps_the_order_of_pings() {
        let check = hourly(60);
        let mut state = HeartbeatState::default();
        state.on_ping(PingKind::Fail, None, None, at(7_200));
        state.on_ping(PingKind::Start, Some("lost"), None, at(7_210));
        state.on_ping(PingKind::Success, None, None, at(3_600));
        let read = |state: &HeartbeatState, now| check.read(state, at(0), at(now)).observation;
        assert_eq!(read(&state, 3_601).status, Status::Up, "the latest counts");
        assert_eq!(read(&state, 3_661).reason, Reason::HeartbeatHung);
        state.on_ping(PingKind::Fail, None, None, at(1_800));
        assert_eq!(read(&state, 1_801).reason, Reason::HeartbeatFailed);
        // A line for the log changes nothing, whatever the clock says.
        let before = state.clone();
        state.on_ping(PingKind::Log, None, None, at(0));
        assert_eq!(state, before);
    }

    #[test]
    fn pings_count_although_the_clock_went_back_behind_the_monitor() {
        let check = hourly(60);
        let mut state = HeartbeatState::default();
        state.on_ping(PingKind::Success, None, None, at(-3_000));
        let read = |state: &HeartbeatState, now| check.read(state, at(-3_600), at(now)).observation;
        assert_eq!(read(&state, -2_900).status, Status::Up);
        state.on_ping(PingKind::Fail, None, None, at(-2_000));
        assert_eq!(read(&state, -1_900).reason, Reason::HeartbeatFailed);
        // What was said long before the monitor was made or resumed does not count even then.
        let mut old = HeartbeatState::default();
        old.on_ping(PingKind::Fail, None, None, at(-90_000));
        assert_eq!(read(&old, -2_900).status, Status::Unknown);
    }

    #[test]
    fn missed_only_after_interval_and_grace() {
        let check = hourly(60);
        let mut state = HeartbeatState::default();
        assert_eq!(
            check.read(&state, at(0), at(10)).observation.status,
            Status::Unknown
        );
        assert_eq!(check.read(&state, at(0), at(10)).deadline, Some(at(3660)));
        state.on_ping(PingKind::Success, None, None, at(100));
        assert_eq!(
            check.read(&state, at(0), at(3759)).observation.status,
            Status::Up
        );
        let late = check.read(&state, at(0), at(3760)).observation;
        assert_eq!(
            (late.status, late.reason),
            (Status::Down, Reason::HeartbeatMissed)
        );
    }

    #[test]
    fn a_ping_that_was_due_while_nobody_listened_is_excused_for_a_while() {
        let check = hourly(60);
        let mut state = HeartbeatState::default();
        state.on_ping(PingKind::Success, None, None, at(0));
        let status = |now| check.read(&state, at(4000), at(now)).observation.status;
        assert_eq!(
            (status(4001), status(7599), status(7600)),
            (Status::Up, Status::Up, Status::Down)
        );
    }

    #[test]
    fn start_then_success_measures_and_hung_is_told() {
        let check = hourly(60);
        let mut state = HeartbeatState::default();
        state.on_ping(PingKind::Start, Some("a"), None, at(0));
        assert_eq!(
            check.read(&state, at(0), at(59)).observation.status,
            Status::Unknown
        );
        assert_eq!(
            check.read(&state, at(0), at(60)).observation.reason,
            Reason::HeartbeatHung
        );
        let took = state.on_ping(PingKind::Success, Some("a"), None, at(61));
        assert_eq!(took, Some(Duration::from_secs(61)));
        let reading = check.read(&state, at(0), at(61)).observation;
        assert_eq!(
            (reading.status, reading.total),
            (Status::Up, Duration::from_secs(61))
        );
    }

    #[test]
    fn a_lost_run_is_forgotten_when_a_later_one_ends() {
        let check = hourly(60);
        let mut state = HeartbeatState::default();
        state.on_ping(PingKind::Start, Some("lost"), None, at(0));
        state.on_ping(PingKind::Start, Some("next"), None, at(100));
        state.on_ping(PingKind::Success, Some("next"), None, at(110));
        assert_eq!(
            check.read(&state, at(0), at(1_000)).observation.status,
            Status::Up
        );
    }

    #[test]
    fn what_came_before_a_resume_does_not_count() {
        let mut check = hourly(60);
        let mut state = HeartbeatState::default();
        state.on_ping(PingKind::Fail, None, None, at(10));
        check.since = at(100_000);
        let reading = check.read(&state, at(0), at(100_001));
        assert_eq!(reading.observation.status, Status::Unknown);
        assert_eq!(reading.deadline, Some(at(103_660)));
        assert_eq!(
            check.read(&state, at(0), at(103_660)).observation.status,
            Status::Down
        );
    }

    #[test]
    fn exit_status_and_failure() {
        let check = hourly(60);
        let mut state = HeartbeatState::default();
        state.on_ping(PingKind::from_exit_status(3), None, Some(3), at(5));
        let reading = check.read(&state, at(0), at(6)).observation;
        assert_eq!(reading.reason, Reason::HeartbeatFailed);
        assert_eq!(
            reading.detail.as_deref(),
            Some("the job reported exit status 3")
        );
        state.on_ping(PingKind::Log, None, None, at(7));
        assert_eq!(
            check.read(&state, at(0), at(8)).observation.reason,
            Reason::HeartbeatFailed
        );
    }

    #[test]
    fn cron_in_a_time_zone() {
        let spec = HeartbeatSpec {
            grace_seconds: 600,
            cron: Some("0 3 * * *".into()),
            time_zone: "Europe/Berlin".into(),
        };
        let schedule = Schedule::parse(&spec, Duration::from_secs(60)).unwrap();
        let before: Timestamp = "2026-01-15T00:00:00Z".parse().unwrap();
        assert_eq!(
            schedule.due_after(before),
            Some("2026-01-15T02:00:00Z".parse().unwrap()),
            "03:00 in Berlin is 02:00 UTC in winter"
        );
        let wrong = HeartbeatSpec {
            cron: Some("every day".into()),
            ..spec
        };
        assert_eq!(
            Schedule::parse(&wrong, Duration::from_secs(60))
                .unwrap_err()
                .pointer,
            "/config/cron"
        );
    }
}
