//! What a failed exchange means, in our own words: an error of the client may hold the address.

use super::{HeaderValue, MAX_RETRY_AFTER};
use jiff::Timestamp;
use monitorah_core::{Reason, channel::DeliveryError, net::Failure};
use rustls::CertificateError;
use std::{error::Error, io, time::Duration};

/// Why the resolver gave no address, on its way through the client.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.detail)]
pub(super) struct Unreachable(pub(super) Failure);

/// The receiver's address is not to be had, or not allowed.
pub(crate) fn unreachable(failure: &Failure) -> DeliveryError {
    if failure.reason == Reason::TargetBlocked {
        DeliveryError::Refused {
            detail: format!("the address is not allowed here: {}", failure.detail),
            status_code: None,
        }
    } else {
        later(&failure.detail)
    }
}

/// The exchange ended without an answer.
pub(super) fn broken_off(error: &reqwest::Error) -> DeliveryError {
    if error.is_builder() {
        return DeliveryError::Broken {
            detail: "the request cannot be made from the channel's configuration".to_owned(),
        };
    }
    let mut next: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(cause) = next {
        if let Some(Unreachable(failure)) = cause.downcast_ref() {
            return unreachable(failure);
        }
        if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
            return later(of_tls(tls));
        }
        let io = cause.downcast_ref::<io::Error>();
        if let Some(detail) = io.and_then(|io| of_io(io.kind())) {
            return later(detail);
        }
        // What an I/O error carries is not its source: look inside first.
        next = match io.and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => cause.source(),
        };
    }
    later(if error.is_connect() {
        "the connection could not be made"
    } else {
        "the connection broke off before an answer came"
    })
}

fn later(detail: &str) -> DeliveryError {
    DeliveryError::Retry {
        detail: detail.to_owned(),
        status_code: None,
        after: None,
    }
}

const fn of_io(kind: io::ErrorKind) -> Option<&'static str> {
    match kind {
        io::ErrorKind::ConnectionRefused => Some("the connection was refused"),
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => {
            Some("the receiver cannot be reached from here")
        }
        io::ErrorKind::TimedOut => Some("the connection attempt was not answered in time"),
        io::ErrorKind::ConnectionReset
        | io::ErrorKind::ConnectionAborted
        | io::ErrorKind::BrokenPipe
        | io::ErrorKind::UnexpectedEof => Some("the connection broke off before an answer came"),
        _ => None,
    }
}

const fn of_tls(error: &rustls::Error) -> &'static str {
    match error {
        rustls::Error::InvalidCertificate(error) => match error {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
                "the receiver's certificate has expired"
            }
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                "the receiver's certificate is for another name"
            }
            CertificateError::UnknownIssuer => {
                "the receiver's certificate comes from an issuer that is not trusted"
            }
            _ => "the receiver's certificate is not valid",
        },
        _ => "the TLS handshake failed",
    }
}

/// How long the receiver asks us to wait: seconds, or a date (RFC 9110, section 10.2.3).
pub(super) fn retry_after(value: &HeaderValue, now: Timestamp) -> Option<Duration> {
    let text = value.to_str().ok()?.trim();
    let wait = if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than fit are more than a day, too.
        Duration::from_secs(text.parse().unwrap_or(u64::MAX))
    } else {
        let until = jiff::fmt::rfc2822::parse(text).ok()?.timestamp();
        Duration::try_from(until.duration_since(now)).unwrap_or(Duration::ZERO)
    };
    Some(wait.min(MAX_RETRY_AFTER))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date_and_at_most_a_day() {
        let now: Timestamp = "1994-11-06T08:49:00Z".parse().unwrap();
        for (text, seconds) in [
            ("0", Some(0)),
            ("120", Some(120)),
            (" 7 ", Some(7)),
            ("86401", Some(86_400)),
            ("99999999999999999999999999", Some(86_400)),
            ("Sun, 06 Nov 1994 08:49:37 GMT", Some(37)),
            ("Sun, 06 Nov 1994 08:48:00 GMT", Some(0)),
            ("Mon, 06 Nov 2034 08:49:37 GMT", Some(86_400)),
            ("", None),
            ("-1", None),
            ("1.5", None),
            ("soon", None),
            ("Mon, 06 Nov 1994 08:49:37 GMT", None),
        ] {
            let value = HeaderValue::from_str(text).unwrap();
            let wait = retry_after(&value, now).map(|wait| wait.as_secs());
            assert_eq!(wait, seconds, "{text}");
        }
    }
}
