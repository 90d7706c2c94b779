//! P15: from the start of the process until it watches.

use crate::{
    Fault,
    driver::seconds,
    figure::{Figure, median},
    ground::Herd,
    run::Run,
    server::{Server, until_answered},
};
use std::time::Duration;

pub(crate) async fn start(run: &Run) -> Result<Vec<Figure>, Fault> {
    let herd = Herd::http(&run.targets, 10_000, 20).by_address();
    let copy = run.seeds.copy(&run.environment, &herd).await?;
    // Its first start is that of monitors which were never looked at: it is not counted.
    let before = run.targets.counts().await?.0;
    let server = Server::start(run, &copy, &[]).await?;
    until_answered(run, before, u64::try_from(herd.count)?).await?;
    run.environment.sleep(Duration::from_secs(2)).await;
    server.process.stop().await?;
    let (mut rounds, mut listening) = (Vec::new(), Vec::new());
    for _ in 0..run.rounds("P15") {
        let before = run.targets.counts().await?.0;
        let begun = run.environment.monotonic();
        let server = Server::start(run, &copy, &[]).await?;
        listening.push(seconds(&run.environment, begun));
        server.until_ready(run).await?;
        until_answered(run, before, 1).await?;
        rounds.push(seconds(&run.environment, begun));
        server.process.stop().await?;
    }
    Ok(vec![Figure {
        row: "P15",
        rounds,
        control: Vec::new(),
        note: format!(
            "a restart on SQLite; listens after {:.2} s",
            median(&listening).unwrap_or(f64::NAN)
        ),
    }])
}
