//! Nothing that is secret about a delivery reaches a log, also at the finest level.

#[cfg(test)]
mod rig;

#[cfg(test)]
mod tests {
    use crate::rig::{Rig, SECRET};
    use monitorah_notify::testkit::{Receiver, Reply, closed_address, down_message};
    use serde_json::json;
    use std::{
        io::{self, Write},
        sync::Mutex,
    };

    static LOGGED: Mutex<Vec<u8>> = Mutex::new(Vec::new());

    struct Capture;

    impl log::Log for Capture {
        fn enabled(&self, _: &log::Metadata<'_>) -> bool {
            true
        }

        fn log(&self, record: &log::Record<'_>) {
            writeln!(LOGGED.lock().unwrap(), "{}", record.args()).unwrap();
        }

        fn flush(&self) {}
    }

    impl Write for Capture {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            LOGGED.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[tokio::test]
    async fn no_log_line_holds_a_secret_or_an_address_path() {
        log::set_logger(&Capture).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
            .with_writer(|| Capture)
            .finish();
        let _guard = tracing_subscriber::util::SubscriberInitExt::set_default(subscriber);
        let rig = Rig::local();
        let closed = format!("http://{}/canary-path", closed_address().await.unwrap());
        let mut urls = vec![closed];
        let mut receivers = Vec::new();
        for reply in [
            Reply::status(200),
            Reply::status(500),
            Reply::with_header(307, "Location", "/canary-location"),
            Reply::Close,
        ] {
            let receiver = Receiver::start(reply).await.unwrap();
            urls.push(receiver.url());
            receivers.push(receiver);
        }
        for url in urls {
            let config = json!({
                "url": url,
                "headers": {"Authorization": "Bearer canary-header"},
                "signingSecret": SECRET,
            });
            let _ = rig.channel(config).deliver(&down_message()).await;
        }
        let logged = String::from_utf8_lossy(&LOGGED.lock().unwrap()).into_owned();
        // The client does log, so that the silence below means something.
        assert!(logged.contains("starting new connection"), "{logged}");
        let mut hidden = vec!["canary".to_owned(), "Y2FuYXJ5".to_owned()];
        for receiver in &receivers {
            for received in receiver.received(1).await {
                hidden.push(received.header("webhook-signature").unwrap().to_owned());
                hidden.push(received.header("x-monitorah-signature").unwrap().to_owned());
            }
        }
        assert_eq!(hidden.len(), 10);
        for hidden in hidden {
            assert!(!logged.contains(&hidden), "{hidden}: {logged}");
        }
    }
}
