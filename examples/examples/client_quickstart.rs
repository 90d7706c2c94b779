//! The client's quickstart: make a monitor on a running server, find it in the list, delete it.
//!
//! ```text
//! cargo run --example client_quickstart -- http://127.0.0.1:8080 mon_live_… http://127.0.0.1:8080/api/v1/health
//! ```

use futures::TryStreamExt;
use monitorah_client::{
    Client, Error,
    types::{CreateHttpMonitor, CreateMonitor, HttpConfig, HttpMethod},
};
use std::io::Write;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [server, key, target] = arguments.as_slice() else {
        return Err("give the server's address, an API key, and an URL to watch".into());
    };
    let seen = tour(server, key, target).await?;
    writeln!(std::io::stdout(), "found it among {seen} monitors")?;
    Ok(())
}

/// Makes, finds and deletes a monitor. Gives how many monitors there were meanwhile.
pub(crate) async fn tour(server: &str, key: &str, target: &str) -> Result<usize, Error> {
    let client = Client::connect(server, key)?;

    // What is left out has the server's default; here that is a check each minute.
    let config: HttpConfig = HttpConfig::builder().method(HttpMethod::Get).try_into()?;
    let shop: CreateHttpMonitor = CreateHttpMonitor::builder()
        .name("Quickstart")
        .target(target)
        .config(config)
        .tags(vec!["example".to_owned()])
        .try_into()?;
    let made = client
        .create_monitor()
        .body(CreateMonitor::from(shop))
        .send()
        .await?;

    // The list comes in pages; the stream asks for the next one when it is needed.
    let mut monitors = client.list_monitors().limit(2_u32).stream();
    let (mut seen, mut found) = (0, false);
    while let Some(monitor) = monitors.try_next().await? {
        seen += 1;
        found |= monitor.id == made.id;
    }
    assert!(found, "what was made is in the list");

    client.delete_monitor().id(&made.id).send().await?;
    match client
        .get_monitor()
        .id(&made.id)
        .send()
        .await
        .map_err(Error::from)
    {
        Err(error) if error.status() == Some(404) => Ok(seen),
        Err(error) => Err(error),
        Ok(_) => Err(Error::Incomplete("the monitor is still there".to_owned())),
    }
}
