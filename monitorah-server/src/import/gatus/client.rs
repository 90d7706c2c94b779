//! How Gatus reaches an endpoint: timeout, TLS, redirects, proxy.

use super::{demand::Kind, duration, endpoint::Work, keys::Keys};
use crate::{
    declared::{
        catalogue::Object,
        substitute::{literal, variable},
    },
    import::{report::Verdict, split_userinfo},
};
use serde_json::{Value, json};

impl Work<'_, '_> {
    pub(super) fn client(&mut self, kind: Kind, keys: &mut Keys<'_>, interval: u64) {
        let mut client = keys.take("client").and_then(Keys::of);
        let timeout = client.as_mut().and_then(|keys| keys.text("timeout"));
        let asked = timeout.as_deref().and_then(duration::parse);
        let (seconds, exact) = asked.map_or((10, true), duration::seconds);
        let bounded = seconds.min(60).min(interval);
        self.body
            .insert("timeoutSeconds".to_owned(), json!(bounded));
        match &timeout {
            None if bounded == 10 => {}
            Some(text) if asked.is_none() => self.say(
                "client.timeout",
                Verdict::NotSupported,
                format!("{text} is not understood: {bounded} seconds are taken"),
            ),
            _ if exact && bounded == seconds => self.say("client.timeout", Verdict::Mapped, ""),
            _ => self.say(
                "client.timeout",
                Verdict::Approximated,
                format!("{bounded} seconds: whole seconds, at most 60 and the interval"),
            ),
        }
        let http = kind == Kind::Http;
        let ignore = client
            .as_mut()
            .and_then(|keys| keys.flag("ignore-redirect"));
        let ignore = self.understood("client.ignore-redirect", ignore);
        if http {
            self.config.insert(
                "followRedirects".to_owned(),
                json!(!ignore.unwrap_or(false)),
            );
        }
        let Some(mut client) = client else { return };
        if ignore.is_some() {
            self.say("client.ignore-redirect", Verdict::Mapped, "followRedirects");
        }
        let insecure = client.flag("insecure");
        if let Some(insecure) = self.understood("client.insecure", insecure) {
            if http || kind == Kind::Tls {
                self.config
                    .insert("skipTlsVerification".to_owned(), json!(insecure));
                self.say("client.insecure", Verdict::Mapped, "skipTlsVerification");
            } else {
                self.say("client.insecure", Verdict::NotUsed, "there is no TLS");
            }
        }
        if let Some(network) = client.text("network") {
            self.network(kind, &network);
        }
        if let Some(tls) = client.take("tls").and_then(Keys::of) {
            self.certificate(kind, tls);
        }
        if let Some(proxy) = client.text("proxy-url") {
            self.proxy(kind, &proxy);
        }
        if client.take("dns-resolver").is_some() {
            self.say(
                "client.dns-resolver",
                Verdict::NotSupported,
                "names are resolved by the resolver of the machine",
            );
        }
        for (key, why) in [
            ("oauth2", "no token is fetched: put one into secretHeaders"),
            (
                "identity-aware-proxy",
                "no token is fetched: put one into secretHeaders",
            ),
            ("tunnel", "no check goes through an SSH tunnel"),
            ("store-cookies", "each check begins without cookies"),
        ] {
            if client.take(key).is_some() {
                self.lost(&format!("client.{key}"), why);
            }
        }
        for key in client.rest() {
            self.say(
                &format!("client.{key}"),
                Verdict::NotSupported,
                "this setting is not known",
            );
        }
    }

    fn proxy(&mut self, kind: Kind, url: &str) {
        let (plain, userinfo) = split_userinfo(url);
        let spoken = ["http://", "socks5://"]
            .iter()
            .any(|scheme| plain.starts_with(scheme));
        if kind != Kind::Http || !spoken || !self.desk.knows("HTTP", "proxy") {
            self.lost(
                "client.proxy-url",
                "this proxy is left out: the target would be reached directly",
            );
            return;
        }
        let mut proxy = Object::new();
        let written = self.text("client.proxy-url", plain.trim_end_matches('/'));
        proxy.insert("url".to_owned(), json!(written));
        if let Some((user, password)) = userinfo {
            let password = self.secret("proxy password", &password);
            proxy.insert("username".to_owned(), json!(literal(&user)));
            proxy.insert("password".to_owned(), json!(password));
        }
        self.config.insert("proxy".to_owned(), Value::Object(proxy));
        self.say("client.proxy-url", Verdict::Mapped, "proxy");
    }

    fn network(&mut self, kind: Kind, network: &str) {
        let family = match network {
            "ip" => "ANY",
            "ip4" => "IPV4",
            "ip6" => "IPV6",
            _ => {
                self.say(
                    "client.network",
                    Verdict::NotSupported,
                    format!("{network} is not known"),
                );
                return;
            }
        };
        if kind == Kind::Ping {
            self.config
                .insert("addressFamily".to_owned(), json!(family));
            self.say("client.network", Verdict::Mapped, "addressFamily");
        } else {
            self.say(
                "client.network",
                Verdict::NotUsed,
                "Gatus uses it for icmp:// only",
            );
        }
    }

    fn certificate(&mut self, kind: Kind, mut tls: Keys<'_>) {
        let files = [
            ("certificate-file", "certificatePem"),
            ("private-key-file", "privateKeyPem"),
        ];
        let mut shown = Object::new();
        for (key, field) in files {
            let Some(path) = tls.text(key) else { continue };
            let wish = format!("gatus {} {field}", self.key);
            let key = format!("client.tls.{key}");
            if kind != Kind::Http && kind != Kind::Tls {
                self.say(&key, Verdict::NotUsed, "there is no TLS");
                continue;
            }
            let source = format!("the content of {path} for {}", self.thing);
            let name = self.desk.variable(&wish, source);
            shown.insert(field.to_owned(), json!(variable(&name)));
            self.say(
                &key,
                Verdict::Approximated,
                format!("set {name} to the content of {path}: files are not read"),
            );
        }
        if !shown.is_empty() {
            self.config
                .insert("clientCertificate".to_owned(), Value::Object(shown));
        }
        for key in tls.rest() {
            let why = if key == "renegotiation" {
                "TLS is never renegotiated"
            } else {
                "this setting is not known"
            };
            self.say(&format!("client.tls.{key}"), Verdict::NotSupported, why);
        }
    }
}
