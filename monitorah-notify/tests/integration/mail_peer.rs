//! Mail through a server that we did not write, read by a parser that we did not write.

#[cfg(test)]
mod tests {
    use crate::rig::{Rig, Script, config, mail::NAME};
    use monitorah_core::{
        alert::{AlertKind, Message},
        channel::{DeliveryError, Receipt},
        environment::SystemEnvironment,
        net::AddressGuard,
    };
    use monitorah_notify::testkit::{hostile_message, message};
    use serde_json::{Value, json};
    use std::{
        fs,
        io::{BufRead, BufReader},
        path::{Path, PathBuf},
        process::{Child, Command, Stdio},
        sync::{Arc, mpsc},
        thread,
        time::Duration,
    };

    const PATIENCE: Duration = Duration::from_secs(20);

    /// The Python of the rigs, which stands in the target folder that the test runs from.
    fn python() -> PathBuf {
        let test = std::env::current_exe().unwrap();
        let python = test
            .ancestors()
            .nth(3)
            .unwrap()
            .join("rigs/venv/bin/python");
        assert!(
            python.exists(),
            "{} is not there: `cargo xtask test` makes it",
            python.display()
        );
        python
    }

    /// aiosmtpd, which wants STARTTLS and a login.
    struct Peer {
        process: Child,
        lines: mpsc::Receiver<String>,
        port: u16,
        pem: String,
    }

    impl Drop for Peer {
        fn drop(&mut self) {
            // It may have ended by itself.
            let _ = self.process.kill();
            let _ = self.process.wait();
        }
    }

    impl Peer {
        fn start(test: &str) -> Self {
            let made = rcgen::generate_simple_self_signed([NAME.to_owned()]).unwrap();
            let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
            let (certificate, key) = (
                folder.join(format!("{test}.crt")),
                folder.join(format!("{test}.key")),
            );
            fs::write(&certificate, made.cert.pem()).unwrap();
            fs::write(&key, made.signing_key.serialize_pem()).unwrap();
            let script = concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/tests/integration/rigs/mail_server.py"
            );
            #[expect(
                clippy::disallowed_methods,
                reason = "a test starts its peer as a process"
            )]
            let mut process = Command::new(python())
                .arg(script)
                .args([&certificate, &key])
                .args(["mailer", "canary-password"])
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let output = process.stdout.take().unwrap();
            let (told, lines) = mpsc::channel();
            thread::spawn(move || {
                for line in BufReader::new(output).lines() {
                    let Ok(line) = line else { return };
                    if told.send(line).is_err() {
                        return;
                    }
                }
            });
            let ready = lines.recv_timeout(PATIENCE).unwrap();
            let port = ready.strip_prefix("ready ").unwrap().parse().unwrap();
            Self {
                process,
                lines,
                port,
                pem: made.cert.pem(),
            }
        }

        fn config(&self) -> Value {
            let mut config = config("EMAIL", &format!("smtp://{NAME}:{}", self.port));
            config["caPem"] = json!(self.pem);
            config
        }

        /// The next letter, as the peer read it.
        fn letter(&self) -> Value {
            serde_json::from_str(&self.lines.recv_timeout(PATIENCE).unwrap()).unwrap()
        }
    }

    async fn send(config: Value, message: &Message) -> Result<Receipt, DeliveryError> {
        let script = Script::default().with(NAME, &[&["127.0.0.1"]]);
        let environment = Arc::new(SystemEnvironment::new());
        let rig = Rig::new(environment, AddressGuard::any(), Arc::new(script));
        rig.of("EMAIL", config).deliver(message).await
    }

    fn header<'a>(letter: &'a Value, name: &str) -> Vec<&'a str> {
        let headers = letter["headers"].as_array().unwrap().iter();
        headers
            .filter(|header| header[0].as_str().unwrap().eq_ignore_ascii_case(name))
            .map(|header| header[1].as_str().unwrap())
            .collect()
    }

    #[tokio::test]
    async fn mail_arrives_through_starttls_and_reads_as_it_was_meant() {
        let peer = Peer::start("arrives");
        for kind in AlertKind::ALL {
            let mut sent = message(kind);
            // A subject beyond ASCII, and a text whose first line begins with a dot.
            sent.summary = format!(".Büro ☂ 🔴 {}", kind.as_str());
            if let Some(check) = &mut sent.check {
                check.error = Some(". <b>50 % € \"quoted\"</b> &amp; =3D".to_owned());
            }
            let receipt = send(peer.config(), &sent).await.unwrap();
            assert_eq!(receipt.status_code, Some(250));
            let letter = peer.letter();
            assert_eq!(letter["tls"], json!(true));
            assert_eq!(letter["loggedIn"], json!(true));
            assert_eq!(letter["defects"], json!([]), "{letter}");
            assert_eq!(letter["from"], json!("monitorah@example.org"));
            assert_eq!(letter["to"], json!(["ops@example.org", "ann@example.org"]));
            assert_eq!(header(&letter, "subject"), [&*sent.summary]);
            assert_eq!(header(&letter, "auto-submitted"), ["auto-generated"]);
            assert_eq!(header(&letter, "x-monitorah-event"), [kind.as_str()]);
            assert_eq!(
                header(&letter, "message-id"),
                ["<ntf_11111111111111111111111111111111@example.org>"]
            );
            assert_eq!(header(&letter, "mime-version"), ["1.0"]);
            assert_eq!(header(&letter, "date").len(), 1);
            assert_eq!(letter["type"], json!("multipart/alternative"));
            let parts = letter["parts"].as_array().unwrap();
            assert_eq!(parts.len(), 2);
            let (text, page) = (&parts[0], &parts[1]);
            assert_eq!(text["type"], json!("text/plain"));
            assert_eq!(page["type"], json!("text/html"));
            for part in parts {
                assert_eq!(part["charset"], json!("utf-8"));
            }
            let (text, page) = (
                text["text"].as_str().unwrap(),
                page["text"].as_str().unwrap(),
            );
            assert!(text.starts_with(&format!("{}\n\n", sent.summary)), "{text}");
            assert!(
                page.contains(&format!("<title>{}</title>", sent.summary)),
                "{page}"
            );
            if sent.check.is_some() {
                assert!(
                    text.contains("Error: . <b>50 % € \"quoted\"</b> &amp; =3D\n"),
                    "{text}"
                );
                assert!(
                    page.contains(". &lt;b&gt;50 % € &quot;quoted&quot;&lt;/b&gt; &amp;amp; =3D"),
                    "{page}"
                );
            }
        }
    }

    #[tokio::test]
    async fn hostile_text_changes_neither_headers_nor_parts() {
        let peer = Peer::start("hostile");
        send(peer.config(), &message(AlertKind::Down))
            .await
            .unwrap();
        let names = |letter: &Value| -> Vec<String> {
            let headers = letter["headers"].as_array().unwrap().iter();
            headers
                .map(|header| header[0].as_str().unwrap().to_owned())
                .collect()
        };
        let plain = names(&peer.letter());
        for text in [
            "a\r\nBcc: evil@example.net\r\n\r\n<script>",
            "\r\n.\r\nQUIT\r\n",
            "--=_ntf_11111111111111111111111111111111--",
            "=?utf-8?q?=0D=0ABcc:_evil@example.net?=",
            "\u{202e}\u{2028}\u{85}\u{0}\u{1b}",
            &"ü".repeat(20_000),
        ] {
            send(peer.config(), &hostile_message(text)).await.unwrap();
            let letter = peer.letter();
            assert_eq!(names(&letter), plain, "{text:?}");
            assert_eq!(letter["parts"].as_array().unwrap().len(), 2);
            assert_eq!(letter["defects"], json!([]), "{text:?}");
            assert_eq!(letter["to"].as_array().unwrap().len(), 2);
        }
    }

    #[tokio::test]
    async fn a_wrong_password_and_a_session_in_plain_text_are_refused() {
        let peer = Peer::start("refused");
        let mut wrong = peer.config();
        wrong["password"] = json!("canary-other");
        let outcome = send(wrong, &message(AlertKind::Down)).await;
        let expected = DeliveryError::Refused {
            detail: "the server answered 535 to user name and password".to_owned(),
            status_code: Some(535),
        };
        assert_eq!(outcome, Err(expected));
        let open = json!({
            "host": "127.0.0.1", "port": peer.port, "security": "NONE",
            "from": "monitorah@example.org", "to": ["ops@example.org"],
        });
        let outcome = send(open, &message(AlertKind::Down)).await;
        let Err(DeliveryError::Refused { status_code, .. }) = outcome else {
            panic!("{outcome:?}");
        };
        assert_eq!(status_code, Some(530));
    }
}
