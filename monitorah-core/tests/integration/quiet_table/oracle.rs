//! The oracle: what must be heard of a row, from intervals of seconds and nothing else. It knows nothing of the engine.

use super::case::{Case, EARLY, Kind, Maintenance, QUIET, Silence};
use monitorah_core::alert::AlertKind;
use std::ops::Range;

/// How long it takes to see and confirm something, at most: an interval, a look again after two
/// seconds, and for a group a moment more.
const SEEN: i64 = 35;
/// How long it takes to tell what may be told again: a look when the quiet ends, and another one.
const PROMPT: i64 = 6;
/// The same where a restart is in the way: a round of the watch more.
const TOLD: i64 = 25;
/// How long something must last after the end of the quiet to be seen twice.
const AGAIN: i64 = 2;
/// How often the rule reminds.
pub(crate) const REMIND: i64 = 60;
/// How late a reminder may be: a round of the sweep, and a restart.
const SWEEP: i64 = 20;

/// One message: when, what, when it says that it began, and the number of a reminder.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Heard {
    pub(crate) at: i64,
    pub(crate) kind: AlertKind,
    pub(crate) began: i64,
    pub(crate) number: Option<u32>,
    /// Whether it says since when that is so.
    pub(crate) late: bool,
}

/// When nobody may be told of this monitor.
fn quiet(case: &Case) -> Vec<Range<i64>> {
    let mut quiet = Vec::new();
    match case.maintenance {
        Maintenance::No => {}
        Maintenance::Once | Maintenance::Weekly => quiet.push(QUIET),
        Maintenance::EndedEarly | Maintenance::DeletedEarly => quiet.push(QUIET.start..EARLY),
    }
    match case.silence {
        Silence::No => {}
        Silence::Whole => quiet.push(QUIET),
        Silence::EndedEarly => quiet.push(QUIET.start..EARLY),
    }
    quiet.extend(case.parent_down());
    quiet
}

/// Whether it is known at `at` that nobody may be told: that a parent is down must be seen first.
fn hushed(case: &Case, at: i64) -> bool {
    quiet(case).into_iter().any(|hush| {
        let seen = case.parent_down().as_ref() == Some(&hush);
        (hush.start + if seen { SEEN } else { 0 }..hush.end).contains(&at)
    })
}

/// Whether a stretch begins with the recovery of the parent.
fn below(case: &Case, part: &Range<i64>) -> bool {
    case.parent_down()
        .is_some_and(|down| down.end == part.start)
}

/// The stretches of an outage in which it may be told.
fn audible(outage: &Range<i64>, quiet: &[Range<i64>]) -> Vec<Range<i64>> {
    let mut left = vec![outage.clone()];
    for hush in quiet {
        left = left
            .into_iter()
            .flat_map(|part| {
                [
                    part.start..part.end.min(hush.start),
                    part.start.max(hush.end)..part.end,
                ]
            })
            .filter(|part| part.start < part.end)
            .collect();
    }
    left.sort_by_key(|part| part.start);
    left
}

/// What must be heard of a target that is steadily down in its outages: each message with the
/// earliest and the latest second.
fn expected(case: &Case, restarts: bool, brief_too: bool) -> Vec<(AlertKind, Range<i64>)> {
    let quiet = quiet(case);
    let mut expected = Vec::new();
    for outage in case.down() {
        let told = audible(outage, &quiet).into_iter().find(|part| {
            let long = part.end - part.start;
            // Between what cannot be seen twice and what must be told, either might happen: the
            // table has none of these.
            assert!(
                !(AGAIN..SEEN + TOLD).contains(&long),
                "{case:?} is unclear: {part:?}"
            );
            long >= AGAIN || brief_too
        });
        if let Some(part) = told {
            // The end of a window or silence is known, that of an outage is seen.
            let known = part.start > outage.start && !below(case, &part);
            let seen = if known { 0 } else { SEEN };
            let told = if restarts { TOLD } else { PROMPT };
            expected.push((AlertKind::Down, part.start..part.start + seen + told));
            // People who were told hear of the end at once, whatever is quiet then.
            expected.push((AlertKind::Up, outage.end..outage.end + SEEN));
        }
    }
    expected
}

fn fits(told: &[(i64, AlertKind)], expected: &[(AlertKind, Range<i64>)]) -> bool {
    told.len() == expected.len()
        && told
            .iter()
            .zip(expected)
            .all(|((at, kind), (wanted, when))| kind == wanted && when.contains(at))
}

/// Whether an outage lasts so briefly beyond the quiet that it is told only where the interval
/// happens to bring a second look at once. Few rows may be.
pub(crate) fn is_brief(case: &Case) -> bool {
    case.kind != Kind::Flapping
        && expected(case, true, false).len() != expected(case, true, true).len()
}

/// What is wrong with what was heard.
pub(crate) fn faults(case: &Case, heard: &[Heard], restarts: bool) -> Vec<String> {
    let mut faults = Vec::new();
    let told: Vec<_> = heard
        .iter()
        .filter(|one| one.kind != AlertKind::Reminder)
        .map(|one| (one.at, one.kind))
        .collect();
    if case.kind == Kind::Flapping {
        return faults_of_flapping(case, &told);
    }
    let wanted = expected(case, restarts, false);
    let brief = is_brief(case) && fits(&told, &expected(case, restarts, true));
    if !brief && !fits(&told, &wanted) {
        faults.push(format!("heard {told:?}, expected {wanted:?}"));
    }
    // The true start, however late it is told.
    for one in heard {
        let outage = case.down().iter().find(|outage| {
            (outage.start..outage.start + SEEN).contains(&one.began)
                && (one.kind == AlertKind::Up
                    || (outage.start..outage.end + SEEN).contains(&one.at))
        });
        let Some(outage) = outage else {
            faults.push(format!("{one:?} began in no outage"));
            continue;
        };
        // Who is told later than it was known is told since when. What falls while its parent comes
        // back may be either.
        let first = audible(outage, &quiet(case)).first().map(|part| part.start);
        let back = case.parent_down().map_or(i64::MIN, |down| down.end);
        let either = (back..back.saturating_add(SEEN)).contains(&outage.start);
        let late = first.is_some_and(|first| first > outage.start);
        if one.kind == AlertKind::Down && one.late != late && !either {
            faults.push(format!("{one:?} should be late: {late}"));
        }
    }
    faults
}

/// What is wrong with the reminders of a target that is steadily down: none where none is due, and
/// none missing.
pub(crate) fn faults_of_reminders(case: &Case, heard: &[Heard]) -> Vec<String> {
    let mut faults = Vec::new();
    let taken = case.taken.at().unwrap_or(i64::MAX);
    let reminders = || heard.iter().filter(|one| one.kind == AlertKind::Reminder);
    for one in reminders() {
        let told = heard
            .iter()
            .find(|told| told.kind == AlertKind::Down && told.began == one.began);
        if told.is_none_or(|told| told.at >= one.at) {
            faults.push(format!("{one:?} reminds of what nobody was told"));
        }
        if hushed(case, one.at) {
            faults.push(format!("{one:?} in {:?}", quiet(case)));
        }
        if one.at > taken
            && case
                .down()
                .iter()
                .any(|out| out.contains(&taken) && out.contains(&one.at))
        {
            faults.push(format!("{one:?} after it was taken on at {taken}"));
        }
    }
    for outage in case.down() {
        let of = |one: &&Heard| (outage.start..outage.start + SEEN).contains(&one.began);
        let begun = heard
            .iter()
            .filter(of)
            .find(|one| one.kind == AlertKind::Down);
        let Some(begun) = begun else { continue };
        let reminded: Vec<_> = reminders().filter(of).collect();
        for (number, one) in (1..).zip(&reminded) {
            if one.number != Some(number) {
                faults.push(format!("{one:?} is number {number}"));
            }
        }
        let mut times = vec![begun.at];
        times.extend(reminded.iter().map(|one| one.at));
        if times.windows(2).any(|two| two[1] - two[0] < REMIND) {
            faults.push(format!("reminded too often: {times:?}"));
        }
        // While people may be told, they hear of it again and again.
        let end = if outage.contains(&taken) {
            taken
        } else {
            outage.end
        };
        for part in audible(&(begun.at..end.max(begun.at)), &quiet(case)) {
            let mut last = part.start + if below(case, &part) { SEEN } else { 0 };
            let within = times.iter().copied().filter(|at| part.contains(at));
            for at in within.chain([part.end]) {
                if at - last > REMIND + SWEEP {
                    faults.push(format!(
                        "nobody was reminded from {last} to {at}: {times:?}"
                    ));
                }
                last = last.max(at);
            }
        }
    }
    faults
}

/// What must hold of a target that flaps: when exactly it is told depends on the damping, so these
/// are the rules that no timing may break.
fn faults_of_flapping(case: &Case, told: &[(i64, AlertKind)]) -> Vec<String> {
    let mut faults = Vec::new();
    let quiet = quiet(case);
    for (index, (at, kind)) in told.iter().enumerate() {
        let down = index % 2 == 0;
        if (*kind == AlertKind::Down) != down {
            faults.push(format!("not in turns: {told:?}"));
            return faults;
        }
        if down && hushed(case, *at) {
            faults.push(format!("told of an outage at {at}, in {quiet:?}"));
        }
        // A moment of the outage, and not one of the times after it.
        if down && !case.down().iter().any(|outage| outage.contains(at)) {
            faults.push(format!("told of an outage at {at}, when there was none"));
        }
    }
    if !told.len().is_multiple_of(2) {
        faults.push(format!("the end was not told: {told:?}"));
    }
    for outage in case.down() {
        for part in audible(outage, &quiet) {
            // Two turns and more in which it may be told: then it is, or was before.
            let turns = part.end - part.start >= 160 + SEEN + TOLD;
            let knows = told.iter().enumerate().any(|(index, (at, kind))| {
                let until = told.get(index + 1).map_or(i64::MAX, |(next, _)| *next);
                *kind == AlertKind::Down && *at < part.end && until >= part.start
            });
            if turns && !knows {
                faults.push(format!("nobody heard of {part:?}: {told:?}"));
            }
        }
        if audible(outage, &quiet).is_empty()
            && told
                .iter()
                .any(|(at, kind)| *kind == AlertKind::Down && outage.contains(at))
        {
            faults.push(format!("told of {outage:?} in spite of {quiet:?}"));
        }
    }
    faults
}
