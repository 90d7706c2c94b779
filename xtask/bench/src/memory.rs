//! P9 and P10: what the real server holds in memory.

use crate::{
    Fault,
    figure::{Figure, median},
    ground::Herd,
    run::Run,
    server::{Server, until_answered},
};
use std::time::Duration;

/// A server with this herd, until each monitor was looked at and a while more has passed.
async fn settled(
    run: &Run,
    herd: &Herd,
    more: Duration,
) -> Result<(Server, crate::seed::Copy), Fault> {
    let copy = run.seeds.copy(&run.environment, herd).await?;
    let before = run.targets.counts().await?.0;
    let server = Server::start(run, &copy, &[]).await?;
    server.until_ready(run).await?;
    until_answered(run, before, u64::try_from(herd.count)?).await?;
    run.environment.sleep(more).await;
    Ok((server, copy))
}

/// So many readings of what a server holds, two seconds apart: KiB.
async fn readings(run: &Run, server: &Server, count: usize) -> Result<Vec<f64>, Fault> {
    let mut readings = Vec::new();
    for _ in 0..count {
        run.environment.sleep(Duration::from_secs(2)).await;
        readings.push(server.process.resident()?);
    }
    Ok(readings)
}

/// P9 and P10a.
pub(crate) async fn monitors(run: &Run) -> Result<Vec<Figure>, Fault> {
    let rounds = run.rounds("P9");
    let (few, many) = (10_000, run.size(100_000));
    let herd = Herd::http(&run.targets, few, 20).by_address();
    let (server, _copy) = settled(run, &herd, Duration::from_secs(40)).await?;
    let small = readings(run, &server, rounds).await?;
    server.process.stop().await?;
    let herd = Herd::http(&run.targets, many, 60).by_address();
    let (server, _copy) = settled(run, &herd, Duration::from_secs(30)).await?;
    let large = readings(run, &server, rounds).await?;
    server.process.stop().await?;
    let extra = (many - few) as f64;
    Ok(vec![
        Figure {
            row: "P9",
            rounds: small.iter().map(|kib| kib / 1024.0).collect(),
            control: Vec::new(),
            note: "SQLite, read after two intervals".to_owned(),
        },
        Figure {
            row: "P10a",
            rounds: large
                .iter()
                .zip(&small)
                .map(|(large, small)| (large - small) / extra)
                .collect(),
            control: Vec::new(),
            note: format!(
                "{:.0} MiB with {many} monitors at 60 s",
                median(&large).unwrap_or(f64::NAN) / 1024.0
            ),
        },
    ])
}

/// P10b.
pub(crate) async fn in_flight(run: &Run) -> Result<Vec<Figure>, Fault> {
    let rounds = run.rounds("P10b");
    let count = 1_000;
    let hangs = Herd {
        target: format!("https://{{host}}:{}/", run.targets.hang_tls),
        timeout: 50,
        ..Herd::https(&run.targets, count, 60).by_address()
    };
    // The same monitors, and nothing was ever in flight: memory that was in use stays taken.
    let rests = Herd {
        paused: true,
        ..hangs.clone()
    };
    let folder = tempfile::tempdir()?;
    let root = folder.path().join("root.pem");
    std::fs::write(&root, &run.targets.root)?;
    let roots = ("SSL_CERT_FILE", root.display().to_string());

    let copy = run.seeds.copy(&run.environment, &rests).await?;
    let server = Server::start(run, &copy, std::slice::from_ref(&roots)).await?;
    server.until_ready(run).await?;
    let idle = readings(run, &server, rounds).await?;
    server.process.stop().await?;

    let copy = run.seeds.copy(&run.environment, &hangs).await?;
    let server = Server::start(run, &copy, &[roots]).await?;
    run.targets
        .until_hanging(&run.environment, u64::try_from(count)?)
        .await?;
    let busy = readings(run, &server, rounds).await?;
    let still = run.targets.counts().await?.1;
    server.process.stop().await?;
    if still < u64::try_from(count)? {
        return Err(format!("only {still} of {count} checks were in flight to the end").into());
    }
    Ok(vec![Figure {
        row: "P10b",
        rounds: busy
            .iter()
            .zip(&idle)
            .map(|(busy, idle)| (busy - idle) / count as f64)
            .collect(),
        control: Vec::new(),
        note: format!("{count} in flight, after the handshake, waiting for the answer"),
    }])
}
