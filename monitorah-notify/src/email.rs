//! Mail: a letter in HTML and in text, handed to a mail server.
//!
//! The socket is opened by the guarded network and the TLS session is ours, for the name that was
//! configured; what is spoken over it is the mail library's.

mod letter;
mod session;
mod stream;

use async_trait::async_trait;
use lettre::{Address, message::Mailbox};
use monitorah_core::{
    ConfigError, FieldError,
    alert::Message,
    channel::{Channel, ChannelEnv, ChannelSpec, DeliveryError, Receipt},
    check::SecretText,
    net::{Host, Net, TlsOptions, TlsPolicy},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{fmt, sync::Arc};

/// The most recipients.
const MAX_RECIPIENTS: usize = 50;
/// The longest address with its name.
const MAX_MAILBOX: usize = 320;
/// The longest user name.
const MAX_USERNAME: usize = 255;
/// The longest text of certificates: a configuration has 16 KiB in all.
const MAX_CA: usize = 12 * 1024;
/// The longest password.
const MAX_PASSWORD: usize = 1_024;

/// How the connection to the mail server is kept secret.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum MailSecurity {
    /// It begins in plain text and changes to TLS before anything is said. A server that does not
    /// offer that gets no mail.
    #[default]
    Starttls,
    /// TLS from the first byte on.
    Tls,
    /// Plain text: to this machine itself, or where `allowUnencrypted` is set.
    None,
}

/// Sends every message as mail through a mail server.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(
    title = "Mail",
    example = serde_json::json!({
        "host": "mail.example.org",
        "from": "monitorah@example.org",
        "to": ["on-call@example.org"]
    })
)]
pub struct EmailSpec {
    /// The mail server: a name or an address.
    #[schemars(length(min = 1, max = 255))]
    pub host: String,
    /// Its port; 587 for `STARTTLS`, 465 for `TLS` and 25 for `NONE` when left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 65_535))]
    pub port: Option<u16>,
    /// How the connection is kept secret.
    #[serde(default)]
    pub security: MailSecurity,
    /// Allows `NONE` to another machine than this one. Everybody on the way can read the mail.
    #[serde(default)]
    pub allow_unencrypted: bool,
    /// The user name, where the server wants one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 255))]
    pub username: Option<String>,
    /// The password.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<SecretText>,
    /// Who it is from: an address, or `Name <address>`.
    #[schemars(length(min = 3, max = 320))]
    pub from: String,
    /// Who it is for: addresses, or `Name <address>`. They see each other.
    #[schemars(length(min = 1, max = 50), inner(length(min = 3, max = 320)))]
    pub to: Vec<String>,
    /// Certificates in PEM form that are trusted besides the public ones, for a mail server with a
    /// certificate of its own authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(max = 12_288))]
    pub ca_pem: Option<String>,
}

impl fmt::Debug for EmailSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EmailSpec")
            .field("security", &self.security)
            .field("recipients", &self.to.len())
            .finish_non_exhaustive()
    }
}

impl ChannelSpec for EmailSpec {
    const KIND: &'static str = "EMAIL";
    const SECRETS: &'static [&'static str] = &["/password"];
    const DESTINATION: &'static [&'static str] = &["/host", "/port", "/security", "/caPem"];
    type Means = Net;

    fn build(self, means: &Arc<Net>, env: &ChannelEnv) -> Result<Box<dyn Channel>, ConfigError> {
        let mut wrong = Vec::new();
        let host = Host::parse(&self.host)
            .map_err(|error| wrong.push(FieldError::new("/config/host", error.to_string())))
            .ok();
        let local = host.as_ref().is_some_and(is_local);
        self.judge_secrecy(local, &mut wrong);
        let from = mailbox(&self.from)
            .map_err(|message| wrong.push(FieldError::new("/config/from", message)))
            .ok();
        let to = self.recipients(&mut wrong);
        let tls = means
            .tls_policy(&TlsOptions {
                extra_roots_pem: self.ca_pem.as_deref(),
                ..TlsOptions::default()
            })
            .map_err(|error| wrong.extend(error.fields))
            .ok();
        if self.ca_pem.as_ref().is_some_and(|pem| pem.len() > MAX_CA) {
            wrong.push(FieldError::new(
                "/config/caPem",
                "at most 12288 characters: the certificate of the authority alone is enough",
            ));
        }
        if self.port == Some(0) {
            wrong.push(FieldError::new("/config/port", "a port is from 1 to 65535"));
        }
        match (host, from, tls) {
            (Some(host), Some(from), Some(tls)) if wrong.is_empty() => Ok(Box::new(Email {
                net: Arc::clone(means),
                env: env.clone(),
                server: Server {
                    host,
                    port: self.port.unwrap_or(match self.security {
                        MailSecurity::Starttls => 587,
                        MailSecurity::Tls => 465,
                        MailSecurity::None => 25,
                    }),
                    security: self.security,
                    tls,
                    login: self.username.zip(self.password),
                },
                from,
                to,
            })),
            _ => Err(ConfigError { fields: wrong }),
        }
    }
}

impl EmailSpec {
    /// A password is never sent for everybody to read, and mail only where that is asked for.
    fn judge_secrecy(&self, local: bool, wrong: &mut Vec<FieldError>) {
        let mut at = |pointer: &str, message: &str| wrong.push(FieldError::new(pointer, message));
        let open = self.security == MailSecurity::None && !local;
        if open && !self.allow_unencrypted {
            at(
                "/config/security",
                "the mail would be readable on its way: use STARTTLS or TLS, or set \
                 allowUnencrypted to true",
            );
        }
        match (&self.username, &self.password) {
            (Some(_), None) => at("/config/password", "a user name needs its password"),
            (None, Some(_)) => at("/config/username", "a password needs its user name"),
            (Some(username), Some(password)) => {
                let fits = |text: &str, most| {
                    (1..=most).contains(&text.len()) && !text.chars().any(char::is_control)
                };
                if !fits(username, MAX_USERNAME) {
                    at(
                        "/config/username",
                        "a user name has 1 to 255 characters in one line",
                    );
                }
                if !fits(password.expose(), MAX_PASSWORD) {
                    at(
                        "/config/password",
                        "a password has 1 to 1024 characters in one line",
                    );
                }
                if open {
                    at(
                        "/config/password",
                        "a password is sent over TLS only: use STARTTLS or TLS, or leave out user \
                         name and password",
                    );
                }
            }
            (None, None) => {}
        }
    }

    fn recipients(&self, wrong: &mut Vec<FieldError>) -> Vec<Mailbox> {
        if self.to.is_empty() || self.to.len() > MAX_RECIPIENTS {
            wrong.push(FieldError::new("/config/to", "1 to 50 recipients"));
            return Vec::new();
        }
        let mut known: Vec<Mailbox> = Vec::with_capacity(self.to.len());
        for (place, text) in self.to.iter().enumerate() {
            let pointer = format!("/config/to/{place}");
            match mailbox(text) {
                Ok(one) if known.iter().any(|known| known.email == one.email) => wrong.push(
                    FieldError::new(pointer, "this address is there twice: keep one"),
                ),
                Ok(one) => known.push(one),
                Err(message) => wrong.push(FieldError::new(pointer, message)),
            }
        }
        known
    }
}

/// Whether it is this machine by what is written, whatever a resolver says.
fn is_local(host: &Host) -> bool {
    match host {
        Host::Address(address) => address.is_loopback(),
        Host::Name(name) => name.trim_end_matches('.') == "localhost",
    }
}

/// Reads `address` or `Name <address>`; the domain of the address is brought to ASCII.
fn mailbox(text: &str) -> Result<Mailbox, &'static str> {
    const WRONG: &str = "not a mail address: write name@example.org, or Name <name@example.org>";
    if text.len() > MAX_MAILBOX || text.chars().any(char::is_control) {
        return Err(WRONG);
    }
    let Mailbox { name, email } = text.trim().parse::<Mailbox>().map_err(|_| WRONG)?;
    if !email.user().is_ascii() {
        return Err("only ASCII characters may stand before the @");
    }
    let domain = email.domain();
    let email = if domain.is_ascii() {
        email
    } else {
        let host = Host::parse(domain).map_err(|_| WRONG)?;
        Address::new(email.user(), host.to_string()).map_err(|_| WRONG)?
    };
    Ok(Mailbox { name, email })
}

/// Where mail is handed in.
struct Server {
    host: Host,
    port: u16,
    security: MailSecurity,
    tls: TlsPolicy,
    login: Option<(String, SecretText)>,
}

/// The channel.
struct Email {
    net: Arc<Net>,
    env: ChannelEnv,
    server: Server,
    from: Mailbox,
    to: Vec<Mailbox>,
}

impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Email").finish_non_exhaustive()
    }
}

#[async_trait]
impl Channel for Email {
    async fn deliver(&self, message: &Message) -> Result<Receipt, DeliveryError> {
        let letter =
            letter::write(message, &self.from, &self.to).map_err(|_| DeliveryError::Broken {
                detail: "the message cannot be written as mail".to_owned(),
            })?;
        session::hand_in(&self.net, &self.env, &self.server, &letter).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_as_people_write_them() {
        for (text, shown) in [
            ("ops@example.org", "ops@example.org"),
            (" Ops <ops@example.org>", "Ops <ops@example.org>"),
            (
                "\"Müller, A.\" <a@example.org>",
                "\"Müller, A.\" <a@example.org>",
            ),
            ("a@bücher.example", "a@xn--bcher-kva.example"),
        ] {
            assert_eq!(mailbox(text).unwrap().to_string(), shown, "{text}");
        }
        for text in [
            "",
            "ops",
            "@example.org",
            "a@",
            "a b@example.org",
            "a@example.org, b@example.org",
            "a@example.org\r\nBcc: c@example.org",
            "a\0@example.org",
            "ü@example.org",
            "<a@example.org",
        ] {
            assert!(mailbox(text).is_err(), "{text:?}");
        }
    }
}
