//! P6 to P8: how late looks begin, and how many a second one core is enough for.

use crate::{
    Fault,
    child::Beside,
    engine::{Job, Window},
    figure::{Figure, median},
    ground::Herd,
    run::Run,
};
use std::time::Duration;

/// Seconds between two looks at a monitor of P6.
const PACE: u64 = 2;
/// How late p99 may be there: a hundredth of it, in milliseconds.
const LIMIT: f64 = 20.0;
/// The rates that are tried, from the goal up, or down when that is too much.
const STEP: usize = 500;
const FIRST: usize = 4_000;
const MOST: usize = 12_000;

/// An engine that says its windows.
async fn windows(
    run: &Run,
    engine: &mut Beside,
    count: usize,
) -> Result<(Vec<Window>, Vec<f64>), Fault> {
    let _ready: bool = engine.hear().await?;
    run.pulse.take();
    let mut windows = Vec::new();
    let mut control = Vec::new();
    for _ in 0..count {
        let window: Window = engine.hear().await?;
        control.push(run.pulse.take());
        if window.ill > 0 {
            return Err(format!(
                "{} looks at targets that are well were not UP: {:?}",
                window.ill, window.first_ill
            )
            .into());
        }
        windows.push(window);
    }
    Ok((windows, control))
}

/// P6: the largest rate at which, window by window, one core keeps the pace.
pub(crate) async fn rate(run: &Run) -> Result<Vec<Figure>, Fault> {
    let mut best: Option<(usize, Vec<Window>)> = None;
    let mut rate = FIRST;
    let mut goes_up = None;
    while (STEP..=MOST).contains(&rate) {
        let windows = at_rate(run, rate).await?;
        let holds = holds(rate, &windows);
        if holds {
            best = Some((rate, windows));
        }
        if *goes_up.get_or_insert(holds) != holds {
            break;
        }
        rate = if holds { rate + STEP } else { rate - STEP };
    }
    let (rate, windows) = best.ok_or("one core keeps no pace at all")?;
    let seconds = PACE as f64;
    let p99 = windows.iter().map(|window| window.p99).collect::<Vec<_>>();
    let load = windows.iter().map(|window| window.load).collect::<Vec<_>>();
    Ok(vec![Figure {
        row: "P6",
        rounds: windows
            .iter()
            .map(|window| window.checks as f64 / seconds)
            .collect(),
        control: Vec::new(),
        note: format!(
            "at {rate} due a second lag p99 was {:.1} ms and the core busy to {:.0} %; {} more were too many",
            median(&p99).unwrap_or(f64::NAN),
            100.0 * median(&load).unwrap_or(f64::NAN),
            STEP,
        ),
    }])
}

/// Whether the pace was kept: nearly all that was due was done, and in time.
fn holds(rate: usize, windows: &[Window]) -> bool {
    let p99: Vec<f64> = windows.iter().map(|window| window.p99).collect();
    let done: u64 = windows.iter().map(|window| window.checks).sum();
    let due = (rate * windows.len()) as f64 * PACE as f64;
    median(&p99).is_some_and(|p99| p99 <= LIMIT) && done as f64 >= 0.99 * due
}

async fn at_rate(run: &Run, rate: usize) -> Result<Vec<Window>, Fault> {
    let rounds = run.rounds("P6");
    let count = rate * usize::try_from(PACE)?;
    let job = Job {
        data: None,
        herd: Herd::http(&run.targets, count, PACE),
        warm: 6,
        windows: rounds,
        window: PACE * 1_000,
    };
    let mut engine = Beside::role_on_one_core("engine", &job)?;
    // Where the core is too slow, looks time out or are too late to be trusted: that is an answer.
    match windows(run, &mut engine, rounds).await {
        Ok((windows, _)) => Ok(windows),
        Err(fault) => {
            crate::tell(&format!("at {rate} a second: {fault}"));
            Ok(Vec::new())
        }
    }
}

/// P7.
pub(crate) async fn lag(run: &Run) -> Result<Vec<Figure>, Fault> {
    let mut figures = Vec::new();
    // Monitors that were never looked at are due at once: a hundred thousand of them take a while.
    for (row, count, interval, warm) in [("P7a", 10_000, 20, 24), ("P7b", 100_000, 60, 180)] {
        let rounds = run.rounds(row);
        let herd = Herd::http(&run.targets, run.size(count), interval);
        let copy = run.seeds.copy(&run.environment, &herd).await?;
        let job = Job {
            data: Some(copy.data()),
            herd,
            warm,
            windows: rounds,
            window: 5_000,
        };
        let mut engine = Beside::role("engine", &job)?;
        let (windows, control) = windows(run, &mut engine, rounds).await?;
        let of = |value: fn(&Window) -> f64| windows.iter().map(value).collect::<Vec<_>>();
        figures.push(Figure {
            row,
            rounds: of(|window| window.p99),
            control,
            note: format!(
                "median {:.1} ms; {:.0} checks a second take {:.0} % of a core",
                median(&of(|window| window.p50)).unwrap_or(f64::NAN),
                median(&of(|window| window.checks as f64 / 5.0)).unwrap_or(f64::NAN),
                100.0 * median(&of(|window| window.load)).unwrap_or(f64::NAN),
            ),
        });
    }
    Ok(figures)
}

/// P8.
pub(crate) async fn hanging(run: &Run) -> Result<Vec<Figure>, Fault> {
    let rounds = run.rounds("P8");
    let well = Herd::http(&run.targets, run.size(10_000), 20);
    let ill = Herd {
        every_hangs: 20,
        hangs_at: format!("http://{{host}}:{}/", run.targets.hang),
        ..well.clone()
    };
    let copies = (
        run.seeds.copy(&run.environment, &well).await?,
        run.seeds.copy(&run.environment, &ill).await?,
    );
    let job = |herd: &Herd, copy: &crate::seed::Copy| Job {
        data: Some(copy.data()),
        herd: herd.clone(),
        warm: 26,
        windows: rounds,
        window: 5_000,
    };
    let mut calm = Beside::role("engine", &job(&well, &copies.0))?;
    let mut troubled = Beside::role("engine", &job(&ill, &copies.1))?;
    let (calm, troubled) = futures::future::join(windows(run, &mut calm, rounds), async {
        // The targets are to hang while it is measured.
        let wanted = u64::try_from(ill.count / 20 / 3)?;
        let heard = windows(run, &mut troubled, rounds).await;
        run.targets.until_hanging(&run.environment, wanted).await?;
        heard
    })
    .await;
    let (calm, troubled) = (calm?.0, troubled?.0);
    let p99 = |windows: &[Window]| windows.iter().map(|window| window.p99).collect::<Vec<_>>();
    let (calm, troubled) = (p99(&calm), p99(&troubled));
    Ok(vec![Figure {
        row: "P8",
        rounds: troubled
            .iter()
            .zip(&calm)
            .map(|(ill, well)| ill / well)
            .collect(),
        control: Vec::new(),
        note: format!(
            "{:.1} ms beside targets that hang, {:.1} ms undisturbed at the same time",
            median(&troubled).unwrap_or(f64::NAN),
            median(&calm).unwrap_or(f64::NAN)
        ),
    }])
}

/// The longest that a process of the server may take to do what it is asked for.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);
