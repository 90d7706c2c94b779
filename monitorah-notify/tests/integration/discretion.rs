//! Nothing that is secret about a delivery reaches a log, also at the finest level.

#[cfg(test)]
mod tests {
    use crate::rig::{HTTP_KINDS, Rig, Script, config, mail};
    use base64::{Engine, engine::general_purpose::STANDARD};
    use monitorah_core::{environment::SystemEnvironment, net::AddressGuard};
    use monitorah_notify::testkit::{Receiver, Reply, closed_address, down_message};
    use serde_json::json;
    use std::{
        io::{self, Write},
        sync::{Arc, Mutex},
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
        let script = Script::default().with(mail::NAME, &[&["127.0.0.1"]]);
        let environment = Arc::new(SystemEnvironment::new());
        let rig = Rig::new(environment, AddressGuard::any(), Arc::new(script));
        let closed = format!("http://{}", closed_address().await.unwrap());
        let mut origins = vec![closed];
        let mut receivers = Vec::new();
        let echo = json!({"description": "canary-echo", "message": "canary-echo", "code": 1});
        for reply in [
            Reply::status(200),
            Reply::status(500),
            Reply::json(400, &echo),
            Reply::json(429, &echo),
            Reply::with_header(307, "Location", "/canary-location"),
            Reply::Close,
        ] {
            let receiver = Receiver::start(reply).await.unwrap();
            origins.push(receiver.origin());
            receivers.push(receiver);
        }
        for origin in origins {
            for kind in HTTP_KINDS {
                let channel = rig.of(kind, config(kind, &origin));
                let _ = channel.deliver(&down_message()).await;
            }
        }
        for play in [
            mail::Play::default(),
            mail::Play {
                answers: vec![("AUTH", "535 canary-echo")],
                ..mail::Play::default()
            },
            mail::Play {
                answers: vec![("LETTER", "451 canary-echo")],
                ..mail::Play::default()
            },
        ] {
            let server = mail::MailServer::start(play).await;
            let origin = format!("smtp://{}:{}", mail::NAME, server.address.port());
            let mut config = config("EMAIL", &origin);
            config["caPem"] = json!(server.pem);
            let _ = rig.of("EMAIL", config).deliver(&down_message()).await;
            assert!(
                server
                    .seen()
                    .lines
                    .iter()
                    .any(|line| line.starts_with("AUTH"))
            );
        }
        let logged = String::from_utf8_lossy(&LOGGED.lock().unwrap()).into_owned();
        // The client does log, so that the silence below means something.
        assert!(logged.contains("starting new connection"), "{logged}");
        let mut hidden = vec![
            "canary".to_owned(),
            STANDARD.encode("canary-password"),
            STANDARD.encode("\0mailer\0canary-password"),
        ];
        for receiver in &receivers {
            for received in receiver.received(HTTP_KINDS.len()).await {
                let names = [
                    "webhook-signature",
                    "x-monitorah-signature",
                    "authorization",
                ];
                let values = names.into_iter().filter_map(|name| received.header(name));
                hidden.extend(values.map(str::to_owned));
            }
        }
        // The webhook's three and Twilio's one at each of six receivers, and the three above.
        assert_eq!(hidden.len(), 27);
        for hidden in hidden {
            assert!(!logged.contains(&hidden), "{hidden}: {logged}");
        }
    }
}
