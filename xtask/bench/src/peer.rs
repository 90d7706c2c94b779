//! The peer: Debian's blackbox_exporter as it is installed, driven by our own client.

use crate::{
    Fault, bound,
    child::Beside,
    driver::{self, Answer, Connection},
    target::Targets,
};
use flate2::read::GzDecoder;
use monitorah_core::Env;
use std::{io::Read, net::SocketAddr, path::PathBuf, process::Command, time::Duration};
use tempfile::TempDir;
use tokio::net::TcpListener;

const PROGRAM: &str = "/usr/bin/prometheus-blackbox-exporter";
const PACKAGE: &str = "prometheus-blackbox-exporter";

/// What Prometheus sends along when it asks: an exporter compresses its answer for it.
const AS_PROMETHEUS: &str = "Accept: application/openmetrics-text;version=1.0.0,\
    application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1\r\n\
    Accept-Encoding: gzip\r\n\
    User-Agent: Prometheus/2.42.0+ds\r\n\
    X-Prometheus-Scrape-Timeout-Seconds: 10\r\n";
/// The longest answer, uncompressed.
const MAX_ANSWER: u64 = 1024 * 1024;

/// Whether the probe succeeded, as a compressed answer says.
fn succeeded(answer: &Answer) -> bool {
    let mut text = String::new();
    let read = GzDecoder::new(answer.body.as_slice())
        .take(MAX_ANSWER)
        .read_to_string(&mut text);
    answer.status == 200 && read.is_ok() && text.lines().any(|line| line == "probe_success 1")
}

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
        driver::drive(
            self.address,
            &path,
            AS_PROMETHEUS,
            (count, bound::WIDTH),
            succeeded,
        )
        .await?;
        Ok(count as f64 / (self.process.cpu()? - before))
    }
}
