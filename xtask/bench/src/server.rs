//! The real server as a process of its own, on a data directory that was filled before.

use crate::{
    Fault,
    child::{Beside, sibling},
    driver::Connection,
    lag::PATIENCE,
    run::Run,
    seed::Copy,
};
use std::{net::SocketAddr, time::Duration};

/// A running server.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) process: Beside,
    pub(crate) address: SocketAddr,
    pub(crate) headers: String,
}

impl Server {
    /// Starts a server, and waits until it listens.
    pub(crate) async fn start(
        run: &Run,
        copy: &Copy,
        settings: &[(&str, String)],
    ) -> Result<Self, Fault> {
        let data = copy.data();
        let log = data.with_file_name("log");
        let mut all = vec![
            ("MONITORAH_LOG", "error".to_owned()),
            ("MONITORAH_RATE_LIMIT_PER_MINUTE", "1000000".to_owned()),
        ];
        all.extend(settings.iter().cloned());
        let data = data.to_str().ok_or("the path of the data is not UTF-8")?;
        let process = Beside::start(
            &sibling("monitorah")?,
            &["serve", "--listen", "127.0.0.1:0", "--data-dir", data],
            &all,
            Some(std::fs::File::create(&log)?),
        )?;
        let begun = run.environment.monotonic();
        let address = loop {
            let said = std::fs::read_to_string(&log)?;
            let line = said
                .lines()
                .find_map(|line| line.strip_prefix("monitorah listens on http://"));
            if let Some(address) = line.filter(|_| said.ends_with('\n')) {
                break address.parse()?;
            }
            process
                .cpu()
                .map_err(|_| format!("the server ended: {said}"))?;
            if run.environment.monotonic().saturating_sub(begun) > PATIENCE {
                return Err(format!("the server does not listen: {said}").into());
            }
            run.environment.sleep(Duration::from_millis(1)).await;
        };
        Ok(Self {
            process,
            address,
            headers: format!("authorization: Bearer {}\r\n", copy.api_key),
        })
    }

    /// Waits until every monitor is on the schedule.
    pub(crate) async fn until_ready(&self, run: &Run) -> Result<(), Fault> {
        let begun = run.environment.monotonic();
        let mut connection = Connection::open(self.address).await?;
        while connection.get("/api/v1/health/ready", "").await?.status != 200 {
            if run.environment.monotonic().saturating_sub(begun) > PATIENCE {
                return Err("the server is not ready".into());
            }
            run.environment.sleep(Duration::from_millis(2)).await;
        }
        Ok(())
    }
}

/// Waits until the targets have answered so many requests more.
pub(crate) async fn until_answered(run: &Run, before: u64, more: u64) -> Result<(), Fault> {
    let begun = run.environment.monotonic();
    while run.targets.counts().await?.0 < before + more {
        if run.environment.monotonic().saturating_sub(begun) > PATIENCE {
            return Err(format!("the targets were not asked {more} times").into());
        }
        run.environment.sleep(Duration::from_millis(2)).await;
    }
    Ok(())
}
