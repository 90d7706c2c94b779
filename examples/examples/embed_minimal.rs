//! The engine inside a program of one's own: a store in memory, one monitor, its transitions printed.
//!
//! `cargo run --example embed_minimal -- http://127.0.0.1:8080/` and stop the target.

use monitorah_core::{
    check::CheckRegistry,
    embed::Embedded,
    environment::{Environment, SystemEnvironment},
    monitor::Policy,
    net::{AddressGuard, Net, NetOptions},
    service::MonitorDraft,
};
use std::{error::Error, io::Write, sync::Arc, time::Duration};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let target = std::env::args().nth(1).ok_or("name an URL to watch")?;
    let environment = Arc::new(SystemEnvironment::new());
    let options = NetOptions {
        guard: AddressGuard::any(),
        ..NetOptions::default()
    };
    let net = Arc::new(Net::new(
        Arc::<SystemEnvironment>::clone(&environment),
        options,
    )?);
    let engine = Embedded::start(
        Arc::<SystemEnvironment>::clone(&environment),
        CheckRegistry::builtin(net),
        |told| {
            let _ = writeln!(std::io::stdout(), "{} {}", told.kind.as_str(), told.summary);
        },
    )
    .await?;
    let draft = MonitorDraft {
        name: "target".to_owned(),
        kind: "HTTP".to_owned(),
        target,
        config: serde_json::json!({"method": "GET"}),
        policy: Policy::every(Duration::from_secs(1)),
        tags: Vec::new(),
        group: None,
        owner: None,
        depends_on: Vec::new(),
        external_ref: None,
        paused: false,
    };
    engine
        .service
        .create_monitor(&engine.caller(), draft)
        .await?;
    loop {
        environment.sleep(Duration::from_secs(3600)).await;
    }
}
