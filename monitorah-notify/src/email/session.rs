//! One session with a mail server: connect, secure, log in, hand the letter in.

use super::{
    MailSecurity, Server,
    letter::Letter,
    stream::{Owner, Secured},
};
use crate::http::unreachable;
use lettre::transport::smtp::{
    Error,
    authentication::{Credentials, DEFAULT_MECHANISMS},
    client::{AsyncSmtpConnection, AsyncTokioStream},
    commands::{Data, Mail, Rcpt, Starttls},
    extension::ClientId,
};
use monitorah_core::{
    channel::{ChannelEnv, DeliveryError, Receipt},
    environment::timeout,
    net::{Alpn, Failure, Family, Net, Recorder},
};
use tokio::net::TcpStream;

/// The session itself, or that there is none, and why.
type Session = Result<AsyncSmtpConnection, DeliveryError>;

/// Hands the letter in, within the time limit.
pub(super) async fn hand_in(
    net: &Net,
    env: &ChannelEnv,
    server: &Server,
    letter: &Letter,
) -> Result<Receipt, DeliveryError> {
    let environment = &*env.environment;
    let started = environment.monotonic();
    let exchange = Box::pin(async {
        let mut session = open(net, env, server, letter).await?;
        let receipt = send(&mut session, letter, env.comes_back_soon).await?;
        Ok((session, receipt))
    });
    let (mut session, receipt) = timeout(environment, env.timeout, exchange)
        .await
        .map_err(|_| later(format!("no answer within {} s", env.timeout.as_secs_f64())))??;
    // The letter was taken. A farewell is polite, and its outcome changes nothing.
    let left = env
        .timeout
        .saturating_sub(environment.monotonic().saturating_sub(started));
    let _ = timeout(environment, left / 2, session.quit()).await;
    Ok(receipt)
}

/// A session that is as secret as it was asked for, and logged in where that was.
async fn open(net: &Net, env: &ChannelEnv, server: &Server, letter: &Letter) -> Session {
    let recorder = Recorder::default();
    let stream = net
        .connect(
            &server.host,
            server.port,
            Family::Any,
            env.timeout,
            &recorder,
        )
        .await
        .map_err(|failure| unreachable(&failure))?;
    // Some servers want a whole name here: that of the sender is one.
    let hello = ClientId::Domain(letter.from.domain().to_owned());
    let mut session = match server.security {
        MailSecurity::None => greet(Box::new(stream), &hello).await?,
        MailSecurity::Tls => {
            let secured = secure(net, server, stream, &recorder).await?;
            greet(Box::new(Secured::from_the_start(secured)), &hello).await?
        }
        MailSecurity::Starttls => {
            let stream = ask_for_tls(stream, &hello).await?;
            let secured = secure(net, server, stream, &recorder).await?;
            greet(Box::new(Secured::after_starttls(secured)), &hello).await?
        }
    };
    if let Some((user, password)) = &server.login {
        let credentials = Credentials::new(user.clone(), password.expose().to_owned());
        session
            .auth(DEFAULT_MECHANISMS, &credentials)
            .await
            .map_err(|error| {
                let no_way = "the server offers no way to log in that is known here (PLAIN, LOGIN)";
                meaning(&error, "user name and password", no_way)
            })?;
    }
    Ok(session)
}

/// Everything up to the answer to STARTTLS; the library's reader ends here, with all that it read.
async fn ask_for_tls(stream: TcpStream, hello: &ClientId) -> Result<TcpStream, DeliveryError> {
    let owner = Owner::default();
    let mut session = greet(Box::new(owner.lend(stream)), hello).await?;
    if !session.can_starttls() {
        let _ = session.quit().await;
        return Err(later(
            "the server does not offer STARTTLS, so nothing was sent: if it speaks TLS from the \
             first byte on, set security to TLS"
                .to_owned(),
        ));
    }
    let asked = session.command(Starttls).await;
    asked.map_err(|error| meaning(&error, "STARTTLS", "STARTTLS was not understood"))?;
    drop(session);
    owner.take().ok_or_else(|| DeliveryError::Broken {
        detail: "the connection did not come back before TLS".to_owned(),
    })
}

async fn secure(
    net: &Net,
    server: &Server,
    stream: TcpStream,
    recorder: &Recorder,
) -> Result<tokio_rustls::client::TlsStream<TcpStream>, DeliveryError> {
    net.handshake(stream, &server.host, &server.tls, Alpn::Nothing, recorder)
        .await
        .map_err(|Failure { detail, .. }| later(detail))
}

async fn greet(stream: Box<dyn AsyncTokioStream>, hello: &ClientId) -> Session {
    AsyncSmtpConnection::connect_with_transport(stream, hello)
        .await
        .map_err(|error| meaning(&error, "the connection", "the server does not speak SMTP"))
}

/// The answer for a full mailbox: to wait for its owner would let everybody else wait as well.
const FULL: u16 = 452;

/// Hands the letter in for everybody whom the server takes it for. Where it would take somebody
/// later and `comes_back_soon`, nobody gets it yet: who has it cannot be left out of another attempt.
async fn send(
    session: &mut AsyncSmtpConnection,
    letter: &Letter,
    comes_back_soon: bool,
) -> Result<Receipt, DeliveryError> {
    let odd = "the server's answer was not understood";
    session
        .command(Mail::new(Some(letter.from.clone()), Vec::new()))
        .await
        .map_err(|error| meaning(&error, "the sender", odd))?;
    let mut refused = Vec::new();
    for (place, address) in letter.to.iter().enumerate() {
        let answer = session
            .command(Rcpt::new(address.clone(), Vec::new()))
            .await;
        if let Err(error) = answer {
            let status = error.status().map(u16::from);
            let outcome = meaning(&error, &format!("recipient {}", place + 1), odd);
            // Without an answer the connection is gone.
            if status.is_none() {
                return Err(outcome);
            }
            refused.push((place + 1, outcome));
        }
    }
    if refused.len() == letter.to.len() {
        // Where one may be taken later, it is worth another attempt.
        let waits = |outcome: &DeliveryError| matches!(outcome, DeliveryError::Retry { .. });
        let best = refused.iter().position(|(_, outcome)| waits(outcome));
        let (_, outcome) = refused.swap_remove(best.unwrap_or_default());
        return Err(outcome);
    }
    let put_off = |outcome: &DeliveryError| match outcome {
        DeliveryError::Retry { status_code, .. } => *status_code != Some(FULL),
        _ => false,
    };
    if comes_back_soon && refused.iter().any(|(_, outcome)| put_off(outcome)) {
        refused.retain(|(_, outcome)| put_off(outcome));
        // A farewell gives the begun letter up (RFC 5321, 4.1.1.10).
        let _ = session.quit().await;
        let (_, outcome) = refused.swap_remove(0);
        return Err(outcome);
    }
    session
        .command(Data)
        .await
        .map_err(|error| meaning(&error, "the letter", odd))?;
    let taken = session
        .message(&letter.bytes)
        .await
        .map_err(|error| meaning(&error, "the letter", odd))?;
    Ok(Receipt {
        status_code: Some(u16::from(taken.code())),
        note: note(&refused, letter.to.len()),
    })
}

/// Who did not get it, by place: addresses are the user's, and a log is read by others.
fn note(refused: &[(usize, DeliveryError)], of: usize) -> Option<String> {
    if refused.is_empty() {
        return None;
    }
    let places: Vec<_> = refused.iter().map(|(place, _)| place.to_string()).collect();
    Some(format!(
        "taken, but not for {} of {of} recipients: number {} in the list",
        refused.len(),
        places.join(", ")
    ))
}

/// What an error means. The server's own words stay out of it: they may repeat what was sent.
fn meaning(error: &Error, what: &str, odd: &str) -> DeliveryError {
    if let Some(code) = error.status() {
        let code = u16::from(code);
        let detail = format!("the server answered {code} to {what}");
        return if error.is_permanent() {
            DeliveryError::Refused {
                detail,
                status_code: Some(code),
            }
        } else {
            DeliveryError::Retry {
                detail,
                status_code: Some(code),
                after: None,
            }
        };
    }
    if error.is_client() {
        return DeliveryError::Broken {
            detail: odd.to_owned(),
        };
    }
    later(if error.is_response() && !broke_off(error) {
        odd.to_owned()
    } else {
        "the connection broke off before an answer came".to_owned()
    })
}

/// The library calls the end of a stream an incomplete answer.
fn broke_off(error: &Error) -> bool {
    std::error::Error::source(error)
        .is_some_and(|source| source.to_string() == "incomplete response")
}

const fn later(detail: String) -> DeliveryError {
    DeliveryError::Retry {
        detail,
        status_code: None,
        after: None,
    }
}
