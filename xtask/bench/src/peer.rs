//! The peer: Debian's blackbox_exporter as it is installed, driven by our own client.

use crate::{
    Fault,
    child::Beside,
    driver::{self, Connection},
    target::Targets,
};
use monitorah_core::Env;
use std::{net::SocketAddr, path::PathBuf, process::Command, time::Duration};
use tempfile::TempDir;
use tokio::net::TcpListener;

const PROGRAM: &str = "/usr/bin/prometheus-blackbox-exporter";
const PACKAGE: &str = "prometheus-blackbox-exporter";

/// A running exporter.
#[derive(Debug)]
pub(crate) struct Peer {
    process: Beside,
    address: SocketAddr,
    targets: Targets,
    _folder: TempDir,
}

/// Installs the exporter where it is missing and this user may.
fn install() -> Result<(), Fault> {
    if std::path::Path::new(PROGRAM).is_file() {
        return Ok(());
    }
    let how = format!("apt-get install --no-install-recommends {PACKAGE}");
    if !rustix::process::geteuid().is_root() {
        return Err(format!("the peer is missing: run `{how}` as root").into());
    }
    crate::tell(&format!("installing the peer: {how}"));
    #[expect(clippy::disallowed_methods, reason = "the command installs its peer")]
    let done = Command::new("apt-get")
        .args([
            "install",
            "--yes",
            "--quiet",
            "--no-install-recommends",
            PACKAGE,
        ])
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdout(std::process::Stdio::null())
        .status()?;
    if done.success() && std::path::Path::new(PROGRAM).is_file() {
        return Ok(());
    }
    Err(format!("the peer could not be installed: run `{how}` and look at what it says").into())
}

impl Peer {
    pub(crate) async fn start(environment: &Env, targets: &Targets) -> Result<Self, Fault> {
        install()?;
        let folder = tempfile::tempdir()?;
        let root = folder.path().join("root.pem");
        std::fs::write(&root, &targets.root)?;
        let config = folder.path().join("blackbox.yml");
        std::fs::write(
            &config,
            format!(
                "modules:\n  http:\n    prober: http\n    timeout: 5s\n    http:\n      \
                 preferred_ip_protocol: ip4\n      fail_if_ssl: true\n  https:\n    prober: http\n    \
                 timeout: 5s\n    http:\n      preferred_ip_protocol: ip4\n      \
                 fail_if_not_ssl: true\n      tls_config:\n        ca_file: {}\n",
                root.display()
            ),
        )?;
        // A port that was free a moment ago: the exporter takes no socket from us.
        let free = TcpListener::bind("127.0.0.1:0").await?;
        let address = free.local_addr()?;
        drop(free);
        let process = Beside::start(
            &PathBuf::from(PROGRAM),
            &[
                format!("--config.file={}", config.display()),
                format!("--web.listen-address={address}"),
                "--log.level=error".to_owned(),
            ],
            &[],
            None,
        )?;
        let peer = Self {
            process,
            address,
            targets: targets.clone(),
            _folder: folder,
        };
        let begun = environment.monotonic();
        while Connection::open(address).await.is_err() {
            if driver::seconds(environment, begun) > 10.0 {
                return Err("the peer does not listen after ten seconds".into());
            }
            environment.sleep(Duration::from_millis(20)).await;
        }
        Ok(peer)
    }

    /// Probes that a CPU-second of the exporter is enough for.
    pub(crate) async fn rate(&self, module: &str, count: usize) -> Result<f64, Fault> {
        let (scheme, port) = match module {
            "https" => ("https", self.targets.https),
            _ => ("http", self.targets.http),
        };
        // A name, as our monitors have: the one that every machine knows without a name server.
        let path = format!("/probe?module={module}&target={scheme}%3A%2F%2Flocalhost%3A{port}%2F");
        let before = self.process.cpu()?;
        driver::drive(self.address, &path, "", (count, 4), |answer| {
            let found = answer
                .body
                .windows(15)
                .any(|text| text == b"probe_success 1");
            answer.status == 200 && found
        })
        .await?;
        Ok(count as f64 / (self.process.cpu()? - before))
    }
}
