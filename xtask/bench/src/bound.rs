//! The bounds: the same requests without a product around them.

use crate::{Fault, child::own_cpu, driver::dial, target::Targets};
use bytes::Bytes;
use http_body_util::{BodyExt, Empty};
use hyper_util::rt::TokioIo;
use rustls::{
    ClientConfig, RootCertStore,
    client::Resumption,
    pki_types::{CertificateDer, ServerName, pem::PemObject},
};
use std::{net::SocketAddr, sync::Arc};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::TlsConnector;

/// Requests side by side.
pub(crate) const WIDTH: usize = 16;

/// The host of a target, by number.
fn host(number: usize, port: u16) -> SocketAddr {
    let host = u8::try_from(number % usize::from(crate::target::HOSTS)).unwrap_or(0) + 1;
    SocketAddr::from(([127, 0, 0, host], port))
}

/// Raw HTTP over tokio, a fresh connection each: requests per CPU-second of this process.
pub(crate) async fn raw(targets: &Targets, count: usize) -> Result<f64, Fault> {
    let one = async |number: usize| -> Result<(), Fault> {
        let mut stream = dial(host(number, targets.http)).await?;
        stream
            .write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
            .await?;
        let mut answer = Vec::with_capacity(256);
        stream.read_to_end(&mut answer).await?;
        let right = answer.starts_with(b"HTTP/1.1 200 ") && answer.ends_with(b"\r\n\r\nok");
        right
            .then_some(())
            .ok_or_else(|| "a target answered wrongly".into())
    };
    rate(count, one).await
}

/// Hyper over rustls with a whole, verified handshake each: requests per CPU-second of this process.
pub(crate) async fn tls(targets: &Targets, count: usize) -> Result<f64, Fault> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(targets.root.as_bytes())?)?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.resumption = Resumption::disabled();
    let connector = TlsConnector::from(Arc::new(config));
    let name = ServerName::try_from(crate::names::of(0))?;
    let one = async |number: usize| -> Result<(), Fault> {
        let stream = dial(host(number, targets.https)).await?;
        stream.set_nodelay(true)?;
        let session = connector.connect(name.clone(), stream).await?;
        let (mut sender, connection) =
            hyper::client::conn::http1::handshake::<_, Empty<Bytes>>(TokioIo::new(session)).await?;
        let request = http::Request::get("/")
            .header(http::header::HOST, "localhost")
            .header(http::header::CONNECTION, "close")
            .body(Empty::new())?;
        let asked = async {
            let response = sender.send_request(request).await?;
            let status = response.status();
            let body = response.into_body().collect().await?.to_bytes();
            Ok::<_, hyper::Error>((status, body))
        };
        // The connection ends with the answer, and is driven until then.
        let (answer, _ended) = futures::future::join(asked, connection).await;
        let (status, body) = answer?;
        let right = status == http::StatusCode::OK && body == "ok";
        right
            .then_some(())
            .ok_or_else(|| "a target answered wrongly".into())
    };
    rate(count, one).await
}

/// How many of these a CPU-second is enough for.
async fn rate(count: usize, one: impl AsyncFn(usize) -> Result<(), Fault>) -> Result<f64, Fault> {
    let before = own_cpu();
    let lane = async |lane: usize| -> Result<(), Fault> {
        for number in (lane..count).step_by(WIDTH) {
            one(number).await?;
        }
        Ok(())
    };
    futures::future::try_join_all((0..WIDTH).map(lane)).await?;
    Ok(count as f64 / (own_cpu() - before))
}
