//! A mail server on loopback that follows a script, in plain text and in TLS.

use rustls::pki_types::PrivateKeyDer;
use std::{net::SocketAddr, sync::Arc};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};
use tokio_rustls::TlsAcceptor;

/// The name that the server's certificate is for, and that the test's resolver knows.
pub(crate) const NAME: &str = "mail.test";

/// How the server behaves.
#[derive(Debug, Clone, Default)]
pub(crate) struct Play {
    /// TLS from the first byte on.
    pub(crate) implicit: bool,
    /// Do not offer STARTTLS.
    pub(crate) no_starttls: bool,
    /// Another answer to lines that begin so. `GREETING` and `LETTER` stand for what no line is.
    pub(crate) answers: Vec<(&'static str, &'static str)>,
    /// Written in plain text behind the answer to STARTTLS.
    pub(crate) injected: &'static str,
    /// Never answer a line that begins so.
    pub(crate) hang_at: Option<&'static str>,
    /// Close the connection instead of answering a line that begins so.
    pub(crate) close_at: Option<&'static str>,
    /// The name of the certificate, where it is another one.
    pub(crate) named: Option<&'static str>,
}

/// What the server has seen.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    /// Every line, `tls` where the session became secret.
    pub(crate) lines: Vec<String>,
    /// Every letter as it came, with its dots doubled.
    pub(crate) letters: Vec<String>,
}

/// The server.
#[derive(Debug)]
pub(crate) struct MailServer {
    pub(crate) address: SocketAddr,
    pub(crate) pem: String,
    seen: watch::Sender<Seen>,
    task: JoinHandle<()>,
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.task.abort();
    }
}

trait Line: AsyncRead + AsyncWrite + Unpin + Send {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send> Line for T {}

impl MailServer {
    pub(crate) async fn start(play: Play) -> Self {
        let name = play.named.unwrap_or(NAME);
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
        let seen = watch::Sender::new(Seen::default());
        let shared = seen.clone();
        let serving = async move {
            while let Ok((stream, _)) = listener.accept().await {
                let _ended = serve(stream, &play, &acceptor, &shared).await;
            }
        };
        #[expect(
            clippy::disallowed_methods,
            reason = "the server of a test is beside the engine"
        )]
        let task = tokio::spawn(serving);
        Self {
            address,
            pem: made.cert.pem(),
            seen,
            task,
        }
    }

    pub(crate) fn seen(&self) -> Seen {
        self.seen.borrow().clone()
    }

    /// Waits until a line began so.
    pub(crate) async fn saw(&self, begin: &str) {
        let mut seen = self.seen.subscribe();
        let came = |seen: &Seen| seen.lines.iter().any(|line| line.starts_with(begin));
        seen.wait_for(came).await.unwrap();
    }
}

async fn serve(
    stream: TcpStream,
    play: &Play,
    acceptor: &TlsAcceptor,
    seen: &watch::Sender<Seen>,
) -> Option<()> {
    let note = |line: &str| seen.send_modify(|seen| seen.lines.push(line.to_owned()));
    let mut secret = play.implicit;
    let mut plain = Some(stream);
    let mut line: Box<dyn Line> = if secret {
        let session = acceptor.accept(plain.take()?).await.ok()?;
        note("tls");
        Box::new(session)
    } else {
        Box::new(tokio::io::empty())
    };
    note("GREETING");
    stage(play, "GREETING").await?;
    let greeting = answer(play, "GREETING").unwrap_or("220 mail.test ready");
    write(&mut plain, &mut line, greeting).await?;
    loop {
        let text = read_line(&mut plain, &mut line).await?;
        note(&text);
        let verb = text.split(' ').next()?.to_uppercase();
        stage(play, &text).await?;
        if let Some(other) = answer(play, &text) {
            write(&mut plain, &mut line, other).await?;
            continue;
        }
        let said = match verb.as_str() {
            "EHLO" if secret || play.no_starttls => {
                "250-mail.test\r\n250-8BITMIME\r\n250 AUTH PLAIN LOGIN"
            }
            "EHLO" => "250-mail.test\r\n250-8BITMIME\r\n250 STARTTLS",
            "STARTTLS" => {
                let reply = format!("220 go ahead\r\n{}", play.injected);
                let mut open = plain.take()?;
                open.write_all(reply.as_bytes()).await.ok()?;
                let session = acceptor.accept(open).await.ok()?;
                note("tls");
                secret = true;
                line = Box::new(session);
                continue;
            }
            "AUTH" => "235 welcome",
            "DATA" => {
                write(&mut plain, &mut line, "354 go on").await?;
                let letter = read_letter(&mut plain, &mut line).await?;
                seen.send_modify(|seen| seen.letters.push(letter));
                note("LETTER");
                stage(play, "LETTER").await?;
                answer(play, "LETTER").unwrap_or("250 taken")
            }
            "QUIT" => {
                write(&mut plain, &mut line, "221 bye").await?;
                return Some(());
            }
            _ => "250 ok",
        };
        write(&mut plain, &mut line, said).await?;
    }
}

/// Hangs or ends where the script says so.
async fn stage(play: &Play, line: &str) -> Option<()> {
    if play.hang_at.is_some_and(|begin| line.starts_with(begin)) {
        std::future::pending::<()>().await;
    }
    let close = play.close_at.is_some_and(|begin| line.starts_with(begin));
    (!close).then_some(())
}

fn answer(play: &Play, line: &str) -> Option<&'static str> {
    let mut answers = play.answers.iter();
    answers
        .find(|(begin, _)| line.starts_with(begin))
        .map(|(_, said)| *said)
}

async fn write(plain: &mut Option<TcpStream>, line: &mut Box<dyn Line>, said: &str) -> Option<()> {
    let bytes = format!("{said}\r\n");
    match plain {
        Some(open) => open.write_all(bytes.as_bytes()).await.ok(),
        None => {
            line.write_all(bytes.as_bytes()).await.ok()?;
            line.flush().await.ok()
        }
    }
}

async fn read_byte(plain: &mut Option<TcpStream>, line: &mut Box<dyn Line>) -> Option<u8> {
    match plain {
        Some(open) => open.read_u8().await.ok(),
        None => line.read_u8().await.ok(),
    }
}

async fn read_line(plain: &mut Option<TcpStream>, line: &mut Box<dyn Line>) -> Option<String> {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n") {
        bytes.push(read_byte(plain, line).await?);
    }
    bytes.truncate(bytes.len() - 2);
    String::from_utf8(bytes).ok()
}

async fn read_letter(plain: &mut Option<TcpStream>, line: &mut Box<dyn Line>) -> Option<String> {
    let mut bytes = Vec::new();
    while !bytes.ends_with(b"\r\n.\r\n") {
        bytes.push(read_byte(plain, line).await?);
    }
    bytes.truncate(bytes.len() - 5);
    String::from_utf8(bytes).ok()
}
