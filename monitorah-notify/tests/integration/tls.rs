//! TLS of the guarded client: it works without a process-wide provider, and trusts nobody for free.

#[cfg(test)]
mod tests {
    use crate::rig::{Rig, SECRET, Script};
    use monitorah_core::{
        channel::{DeliveryError, Receipt},
        environment::SystemEnvironment,
        net::AddressGuard,
    };
    use monitorah_notify::testkit::down_message;
    use rustls::pki_types::PrivateKeyDer;
    use serde_json::json;
    use std::{net::SocketAddr, sync::Arc};
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };
    use tokio_rustls::TlsAcceptor;

    /// A receiver whose certificate is for `name`, and that certificate.
    async fn receiver(name: &str) -> (SocketAddr, String, tokio::task::JoinHandle<()>) {
        let made = rcgen::generate_simple_self_signed([name.to_owned()]).unwrap();
        let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A client that trusts nothing ends the handshake.
                let Ok(mut stream) = acceptor.accept(stream).await else {
                    continue;
                };
                let mut request = Vec::new();
                while !request.ends_with(b"}") {
                    stream.read_buf(&mut request).await.unwrap();
                }
                let answer = b"HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n";
                stream.write_all(answer).await.unwrap();
                stream.shutdown().await.unwrap();
            }
        };
        #[expect(
            clippy::disallowed_methods,
            reason = "the receiver of a test is beside the engine"
        )]
        let task = tokio::spawn(serving);
        (address, made.cert.pem(), task)
    }

    async fn deliver(url: &str, roots: Option<&str>) -> Result<Receipt, DeliveryError> {
        let script = Script::default().with("hook.test", &[&["127.0.0.1"]]);
        let environment = Arc::new(SystemEnvironment::new());
        let rig = Rig::trusting(environment, AddressGuard::any(), Arc::new(script), roots);
        let config = json!({"url": url, "signingSecret": SECRET});
        rig.channel(config).deliver(&down_message()).await
    }

    #[tokio::test]
    async fn a_certificate_is_verified_against_the_name_and_the_roots() {
        let (address, pem, task) = receiver("hook.test").await;
        let url = format!("https://hook.test:{}/", address.port());
        let taken = Receipt {
            status_code: Some(202),
            note: None,
        };
        assert_eq!(deliver(&url, Some(&pem)).await, Ok(taken));
        let untrusted = deliver(&url, None).await;
        let other_name = deliver(&format!("https://{address}/"), Some(&pem)).await;
        for (outcome, word) in [(untrusted, "not trusted"), (other_name, "another name")] {
            let Err(DeliveryError::Retry { detail, .. }) = outcome else {
                panic!("{word}: {outcome:?}");
            };
            assert!(detail.contains(word), "{detail}");
        }
        task.abort();
    }
}
