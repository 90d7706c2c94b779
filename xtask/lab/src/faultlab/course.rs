//! The course of one mode: well, failing, well again, and everything that was seen meanwhile.

use super::{
    ground::{Event, Ground, Made, Row, Shown},
    local::Engine,
    mode::{Mode, Script, Window},
    stage::Standing,
};
use crate::{
    Fault,
    receiver::Told,
    target::{
        http::HttpFault,
        pinger::{JobFault, Ping},
    },
};
use futures::FutureExt;
use jiff::{SignedDuration, Timestamp};
use monitorah_core::Env;
use serde_json::{Value, json};
use std::{sync::Arc, time::Duration};
use tokio::sync::Semaphore;

/// How long something is waited for that has to come.
const PATIENCE: Duration = Duration::from_secs(25);
/// How long a target is well before it fails, besides what the seed adds.
const BEFORE: Duration = Duration::from_millis(1_200);
/// How long a fault lasts at least that nothing has to come of.
const TRAP: Duration = Duration::from_secs(4);
/// The same where answers come in turns.
const FLAPS: Duration = Duration::from_secs(8);
/// How long what has come has to stay as it is.
const AFTER: Duration = Duration::from_millis(1_300);
/// How often the state is looked at.
const LOOK: Duration = Duration::from_millis(400);

/// A moment by both clocks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) wall: Timestamp,
    pub(crate) elapsed: Duration,
}

/// What was seen of one mode.
#[derive(Debug)]
pub(crate) struct Course {
    pub(crate) mode: &'static Mode,
    /// When the target was seen to be well.
    pub(crate) warm: Moment,
    /// When the fault began.
    pub(crate) on: Moment,
    /// When the fault ended.
    pub(crate) off: Moment,
    /// The monitor right before the fault ended, and at the end.
    pub(crate) shown: (Shown, Shown),
    pub(crate) told: Vec<Told>,
    pub(crate) rows: Vec<Row>,
    pub(crate) events: Vec<Event>,
    /// The longest that a check held a connection, as the target saw it.
    pub(crate) held: Duration,
    /// How often the target was asked while it failed; none where nobody can count.
    pub(crate) asked: Option<u64>,
}

/// One mode on its way.
pub(super) struct Run<'a> {
    pub(super) environment: &'a Env,
    pub(super) mode: &'static Mode,
    pub(super) standing: Standing,
    /// The turn to make a monitor.
    pub(super) making: &'a Semaphore,
    /// What the seed adds to the time before the fault.
    pub(super) jitter: Duration,
}

impl Run<'_> {
    /// Goes all the way.
    pub(super) async fn course(&self) -> Result<Course, Fault> {
        let stage = &self.standing.stage;
        let ground = &*self.standing.ground;
        let made = {
            // One after the other: a job whose monitor waits long to be made is late from its
            // first ping on.
            let _turn = self.making.acquire().await?;
            ground.make(&self.draft()).await?
        };
        stage.begin(pings(&self.standing.ground, &made));
        let never = matches!(self.mode.script, Script::Job(JobFault::Never));
        if never {
            stage.fail().await;
        } else {
            self.wait("the first good result", async || {
                Ok(ground.shown(&made.id).await?.state == "UP")
            })
            .await?;
            self.pause(Duration::ZERO).await;
        }
        let warm = self.moment();
        if !never {
            self.pause(BEFORE + self.jitter).await;
        }
        let window = self.open_window(ground, &made, true).await?;
        let on = self.moment();
        self.fail(ground, &made).await?;
        self.until_expected(ground, &made, window.as_deref(), on)
            .await?;
        let before_end = ground.shown(&made.id).await?;
        let off = self.moment();
        self.recover().await;
        let all = self.mode.expect.told.len() + self.mode.expect.told_after.len();
        let recovered = async || {
            let state = ground.shown(&made.id).await?.state;
            let well = state == "UP" || (state == "MAINTENANCE" && self.is_covered());
            Ok(well && ground.told(&made.id).len() >= all)
        };
        // What does not come is found missing by the judge.
        let _late = self.wait("recovery", recovered).await;
        let (_, grace) = self.mode.grace_ms();
        self.pause(AFTER.max(Duration::from_millis(grace))).await;
        let course = Course {
            mode: self.mode,
            warm,
            on,
            off,
            shown: (before_end, ground.shown(&made.id).await?),
            told: ground.told(&made.id),
            rows: ground.rows(&made.id).await?,
            events: ground.events(&made.id).await?,
            held: stage.held(),
            asked: stage.asked(),
        };
        ground.forget(&made.id).await?;
        Ok(course)
    }

    /// Makes the monitor, lets the target fail for so long, and takes the monitor away.
    pub(super) async fn failing_for(&self, time: Duration) -> Result<(), Fault> {
        let stage = &self.standing.stage;
        let ground = &*self.standing.ground;
        stage.fail().await;
        let made = ground.make(&self.draft()).await?;
        stage.begin(pings(&self.standing.ground, &made));
        self.pause(time).await;
        ground.forget(&made.id).await
    }

    /// The monitor, as it is made.
    fn draft(&self) -> Value {
        let stage = &self.standing.stage;
        let parse = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
        let mut config = parse(self.mode.monitor.config);
        fill(&mut config, &stage.filling);
        let mut draft = json!({
            "name": self.mode.name,
            "type": self.mode.monitor.kind,
            "config": config,
            "intervalSeconds": 1,
        });
        if !stage.target.is_empty() {
            draft["target"] = json!(stage.target);
        }
        if let Value::Object(more) = parse(self.mode.monitor.more) {
            for (name, value) in more {
                draft[name] = value;
            }
        }
        draft
    }

    fn is_covered(&self) -> bool {
        matches!(
            self.mode.script,
            Script::Window(Window::Covers | Window::BeginsLater)
        )
    }

    async fn open_window(
        &self,
        ground: &Ground,
        made: &Made,
        early: bool,
    ) -> Result<Option<String>, Fault> {
        let Script::Window(window) = self.mode.script else {
            return Ok(None);
        };
        let now = self.moment().wall;
        let opened = match (window, early) {
            (Window::Covers | Window::EndsFirst, true) | (Window::BeginsLater, false) => {
                Some(ground.open_window(&made.id, now).await?)
            }
            (Window::Elsewhere, true) => {
                let mut other = self.draft();
                other["paused"] = json!(true);
                let other = ground.make(&other).await?;
                Some(ground.open_window(&other.id, now).await?)
            }
            _ => None,
        };
        if opened.is_some() {
            // A window begins to count with the next check.
            self.pause(BEFORE).await;
        }
        Ok(opened)
    }

    /// Lets the fault begin.
    async fn fail(&self, ground: &Ground, made: &Made) -> Result<(), Fault> {
        let stage = &self.standing.stage;
        match self.mode.script {
            Script::Clock(hours, outage) => {
                if outage {
                    stage.fail().await;
                    let told = async || Ok(!ground.told(&made.id).is_empty());
                    self.wait("the message of the outage", told).await?;
                }
                self.step(hours)?;
            }
            Script::ClockJob(hours) => self.step(hours)?,
            _ => stage.fail().await,
        }
        Ok(())
    }

    async fn recover(&self) {
        match self.mode.script {
            Script::Clock(hours, false) | Script::ClockJob(hours) => {
                // The way back is a step too.
                let _stepped = self.step(-hours);
            }
            _ => self.standing.stage.recover().await,
        }
    }

    fn step(&self, hours: i64) -> Result<(), Fault> {
        let engine: &Engine = match &*self.standing.ground {
            Ground::Engine(engine) => engine,
            Ground::Server(_) => return Err("the clock of the server cannot be stepped".into()),
        };
        engine.step(SignedDuration::from_hours(hours));
        Ok(())
    }

    /// Waits until everything has come that has to come while the fault lasts, and then a little.
    async fn until_expected(
        &self,
        ground: &Ground,
        made: &Made,
        window: Option<&str>,
        on: Moment,
    ) -> Result<(), Fault> {
        let expect = &self.mode.expect;
        let least = match self.mode.script {
            _ if !self.mode.is_trap() => Duration::from_millis(2_500),
            Script::Http(HttpFault::StatusOfEach { .. }) => FLAPS,
            _ => TRAP,
        };
        if let Script::Window(window_kind) = self.mode.script {
            match (window_kind, window) {
                (Window::EndsFirst, Some(window)) => {
                    self.pause(Duration::from_millis(3_200)).await;
                    ground.end_window(window).await?;
                }
                (Window::BeginsLater, _) => {
                    let told = async || Ok(!ground.told(&made.id).is_empty());
                    self.wait("the message of the outage", told).await?;
                    let _opened = self.open_window(ground, made, false).await?;
                }
                _ => {}
            }
        }
        let expected = async || {
            let elapsed = self.environment.monotonic().saturating_sub(on.elapsed);
            Ok(elapsed >= least
                && ground.told(&made.id).len() >= expect.told.len()
                && ground.shown(&made.id).await?.state == expect.state)
        };
        // What does not come is found missing by the judge.
        let _late = self.wait("what is expected", expected).await;
        self.pause(AFTER).await;
        Ok(())
    }

    async fn wait(
        &self,
        what: &str,
        mut ask: impl AsyncFnMut() -> Result<bool, Fault>,
    ) -> Result<(), Fault> {
        let begun = self.environment.monotonic();
        while !ask().await? {
            if self.environment.monotonic().saturating_sub(begun) > PATIENCE {
                return Err(format!("{}: waited in vain for {what}", self.mode.name).into());
            }
            self.pause(LOOK).await;
        }
        Ok(())
    }

    async fn pause(&self, time: Duration) {
        self.environment.sleep(time).await;
    }

    fn moment(&self) -> Moment {
        Moment {
            wall: match &*self.standing.ground {
                Ground::Engine(engine) => engine.now(),
                Ground::Server(_) => self.environment.now(),
            },
            elapsed: self.environment.monotonic(),
        }
    }
}

/// How the job of a heartbeat monitor pings it.
fn pings(ground: &Arc<Ground>, made: &Made) -> Ping {
    // A job keeps no ground alive.
    let (ground, token) = (Arc::downgrade(ground), made.token.clone());
    Arc::new(move |what| {
        let (ground, token) = (ground.upgrade(), token.clone());
        async move {
            if let Some(ground) = ground {
                // A job tries again with its next ping.
                let _lost = ground.ping(&token, &what).await;
            }
        }
        .boxed()
    })
}

/// Fills `{name}` in every text of a configuration.
fn fill(value: &mut Value, filling: &[(&'static str, String)]) {
    match value {
        Value::String(text) => {
            for (name, with) in filling {
                if text == name {
                    text.clone_from(with);
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| fill(value, filling)),
        Value::Object(fields) => fields.values_mut().for_each(|value| fill(value, filling)),
        _ => {}
    }
}
