//! The judgement over a course: pure, so that tests can show that it finds what is wrong.

use super::{
    course::Course,
    mode::{Rows, Script},
};
use crate::target::pinger::JobFault;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// How long a target may take to change its ways: what is seen meanwhile is not judged.
const TURN: SignedDuration = SignedDuration::from_millis(300);
/// How much longer a look may last than it says: between its beginning and that of its stopwatch a
/// busy machine does other things. One that seems to end so shortly before the target turned was
/// under way.
const EDGE: SignedDuration = SignedDuration::from_millis(50);
/// How far back rows of the time before the first good one can lie.
const COLD: SignedDuration = SignedDuration::from_secs(60);

/// How many wrong results of a course are told one by one.
const MAX_TOLD: u64 = 3;

/// What a run may demand of every check.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// The longest that a check may last.
    pub(crate) longest: Duration,
    /// How much more memory one failing target may cost the server.
    pub(crate) memory: u64,
}

/// What a course comes to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Score {
    /// Outages and advisories that were told, as they should be.
    pub(crate) true_positives: u64,
    /// Outages and advisories that were not told.
    pub(crate) false_negatives: u64,
    /// Messages of an outage that nobody should have got.
    pub(crate) false_pages: u64,
    /// Messages of a recovery or an advisory that nobody should have got.
    pub(crate) false_messages: u64,
    /// Results that are as they should be, and others.
    pub(crate) right_rows: u64,
    pub(crate) wrong_rows: u64,
    pub(crate) verdict: String,
    pub(crate) reason: String,
    pub(crate) reason_right: bool,
    pub(crate) latency: Option<Duration>,
    pub(crate) longest: Duration,
    /// Everything that is wrong, for people.
    pub(crate) faults: Vec<String>,
}

impl Score {
    pub(crate) const fn passes(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Judges one course.
pub(crate) fn judge(course: &Course, bounds: Bounds) -> Score {
    let mut score = Score::default();
    verdict(course, &mut score);
    messages(course, &mut score);
    rows(course, &mut score);
    events(course, &mut score);
    let longest = course.rows.iter().map(|row| row.took).max();
    // How long a job's run took is no time of a check.
    score.longest = match course.mode.script {
        Script::Job(_) | Script::ClockJob(_) => Duration::ZERO,
        _ => longest.unwrap_or_default().max(course.held),
    };
    if score.longest > bounds.longest {
        score.faults.push(format!(
            "a check lasted {} ms, and {} ms are allowed",
            score.longest.as_millis(),
            bounds.longest.as_millis()
        ));
    }
    if course.asked == Some(0) {
        score
            .faults
            .push("the target was never asked while it failed, so nothing was tried".to_owned());
    }
    score.latency = latency(course);
    score
}

fn verdict(course: &Course, score: &mut Score) {
    let expect = &course.mode.expect;
    let (during, after) = &course.shown;
    score.verdict.clone_from(&during.state);
    if during.state != expect.state {
        score.faults.push(format!(
            "the state was {} ({}), not {}",
            during.state, during.reason, expect.state
        ));
    }
    if !matches!(after.state.as_str(), "UP" | "MAINTENANCE") {
        score.faults.push(format!(
            "the state was {} ({}) after the fault",
            after.state, after.reason
        ));
    }
}

fn messages(course: &Course, score: &mut Score) {
    let expect = &course.mode.expect;
    let kinds = |from: Duration, until: Duration| -> Vec<&str> {
        let told = course.told.iter();
        let within = told.filter(|told| (from..until).contains(&told.at));
        let mut kinds: Vec<&str> = within.map(|told| told.kind.as_str()).collect();
        kinds.sort_unstable();
        kinds
    };
    let (on, off) = (course.on.elapsed, course.off.elapsed);
    for (when, got, wanted) in [
        ("before the fault", kinds(Duration::ZERO, on), &[][..]),
        ("while it failed", kinds(on, off), expect.told),
        ("afterwards", kinds(off, Duration::MAX), expect.told_after),
    ] {
        let mut wanted = wanted.to_vec();
        wanted.sort_unstable();
        if got != wanted {
            score
                .faults
                .push(format!("told {when}: {got:?}, not {wanted:?}"));
        }
        let mut missing = wanted;
        for kind in got {
            let is_bad = kind != "monitor.up";
            if let Some(place) = missing.iter().position(|wanted| *wanted == kind) {
                missing.swap_remove(place);
                score.true_positives += u64::from(is_bad);
            } else if matches!(kind, "monitor.down" | "monitor.reminder") {
                score.false_pages += 1;
            } else {
                score.false_messages += 1;
            }
        }
        let lost = missing.iter().filter(|kind| **kind != "monitor.up").count();
        score.false_negatives += u64::try_from(lost).unwrap_or(u64::MAX);
    }
    for told in &course.told {
        if let Some(reason) = &told.reason
            && reason != expect.reason
        {
            score
                .faults
                .push(format!("{} was told with the reason {reason}", told.kind));
        }
    }
}

fn rows(course: &Course, score: &mut Score) {
    let expect = &course.mode.expect;
    let (grace, grace_after) = course.mode.grace_ms();
    let after = |at: Timestamp, by: u64| {
        let by = SignedDuration::from_millis(i64::try_from(by).unwrap_or_default());
        at + TURN + by
    };
    let (from, until) = (after(course.on.wall, grace), course.off.wall);
    let well_again = after(course.off.wall, grace_after);
    let mut during = 0_u64;
    let mut reasons = Vec::new();
    for row in &course.rows {
        let well = row.status == "UP" && row.reason == "OK";
        let failing = row.status == expect.status && row.reason == expect.reason;
        let ended = row.at + SignedDuration::try_from(row.took).unwrap_or_default();
        let cold = row.at < course.warm.wall && row.at > course.warm.wall - COLD;
        let is_during = row.at >= from && ended + EDGE <= until;
        if failing && row.at >= course.on.wall && ended <= until {
            during += 1;
        }
        let right = match expect.rows {
            _ if cold => continue,
            // Until the first ping is due, nothing is known of a job that never pinged.
            _ if row.reason == "GAP"
                && matches!(course.mode.script, Script::Job(JobFault::Never)) =>
            {
                continue;
            }
            Rows::Either => {
                if failing {
                    during += 1;
                    reasons.push(row.reason.as_str());
                }
                well || failing
            }
            Rows::Each if is_during => {
                reasons.push(row.reason.as_str());
                failing
            }
            Rows::Each if ended <= course.on.wall || row.at >= well_again => well,
            // It was under way while the target turned.
            Rows::Each => continue,
        };
        if right {
            score.right_rows += 1;
            continue;
        }
        score.wrong_rows += 1;
        if score.wrong_rows <= MAX_TOLD {
            let when = row.at.duration_since(course.on.wall).as_millis();
            let (status, reason) = (&row.status, &row.reason);
            score.faults.push(format!(
                "a check said {status} {reason}, {when} ms after the fault began"
            ));
        }
    }
    if during == 0 {
        score
            .faults
            .push("no check saw the fault as it is".to_owned());
    }
    let event = course.events.first().map(|event| event.reason.as_str());
    let seen = event.or(reasons.first().copied());
    score.reason = seen.unwrap_or(&course.shown.0.reason).to_owned();
    score.reason_right =
        score.reason == expect.reason && reasons.iter().all(|reason| *reason == expect.reason);
}

fn events(course: &Course, score: &mut Score) {
    let expect = &course.mode.expect;
    let outages = expect.told.iter().filter(|kind| **kind == "monitor.down");
    let advisories = expect.told.contains(&"monitor.degraded");
    let quiet = expect.status == "DOWN" && expect.told.is_empty() && expect.state != "UP";
    let wanted = outages.count() + usize::from(advisories) + usize::from(quiet);
    if course.events.len() != wanted {
        score
            .faults
            .push(format!("{} events, not {wanted}", course.events.len()));
    }
    for event in &course.events {
        if event.reason != expect.reason {
            score
                .faults
                .push(format!("an event has the reason {}", event.reason));
        }
        if event.resolved_at.is_some_and(|at| at < event.started_at) {
            score
                .faults
                .push("an event ended before it began".to_owned());
        }
    }
}

/// From the begin of the fault to the first message, or to the first result where none is sent.
fn latency(course: &Course) -> Option<Duration> {
    let expect = &course.mode.expect;
    let on = course.on;
    if expect.told.is_empty() {
        let failing = |row: &&super::ground::Row| {
            row.at >= on.wall && row.status == expect.status && row.reason == expect.reason
        };
        let first = course
            .rows
            .iter()
            .filter(failing)
            .map(|row| row.at + SignedDuration::try_from(row.took).unwrap_or_default())
            .min()
            .filter(|_| !course.mode.is_trap())?;
        return Duration::try_from(first.duration_since(on.wall)).ok();
    }
    let first = course
        .told
        .iter()
        .map(|told| told.at)
        .find(|at| *at >= on.elapsed)?;
    Some(first.saturating_sub(on.elapsed))
}
