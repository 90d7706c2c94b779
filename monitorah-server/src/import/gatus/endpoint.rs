//! An endpoint of Gatus as a monitor, and its watch over a domain as a second one.

use super::{
    condition::{Demands, Kind},
    duration, key_of,
    keys::{Keys, as_text},
    text, text_and_variables, title,
};
use crate::{
    declared::{
        catalogue::Object,
        substitute::{literal, variable},
        tree::Node,
        write::map,
    },
    import::{
        Desk, carries_credential, report::Verdict, split_userinfo, status_matches, variable_name,
    },
};
use serde_json::{Value, json};

/// One endpoint on its way.
struct Work<'d, 'c> {
    desk: &'d mut Desk<'c>,
    thing: String,
    key: String,
    body: Object,
    config: Object,
    notes: Vec<String>,
}

/// Takes an endpoint in.
pub(super) fn import(desk: &mut Desk<'_>, index: usize, node: &Node, defaults: &Node) {
    let Some(mut keys) = Keys::of(node) else {
        let thing = format!("endpoints[{index}]");
        desk.say(
            &thing,
            "",
            Verdict::NotSupported,
            "it is no map of settings",
        );
        return;
    };
    let name = keys.text("name").unwrap_or_default();
    let group = keys.text("group").unwrap_or_default();
    let thing = title("endpoint", &group, &name);
    let url = keys.text("url").unwrap_or_default();
    let Some(kind) = kind_of(&url, keys.peek("dns").is_some()) else {
        let scheme = url.split("://").next().unwrap_or("").to_owned();
        desk.say(
            &thing,
            "",
            Verdict::NotSupported,
            format!("there is no check for {scheme}:// yet; all of its settings are left out"),
        );
        return;
    };
    let key = key_of(&group, &name);
    let mut work = Work {
        body: map([
            ("externalRef", json!(format!("gatus-{key}"))),
            ("name", json!(text(desk, &thing, "name", &name))),
        ]),
        config: Object::new(),
        notes: Vec::new(),
        desk,
        thing,
        key,
    };
    work.say("name", Verdict::Mapped, "name and externalRef");
    self::group(work.desk, &work.thing, &group, &mut work.body);
    enabled(work.desk, &work.thing, &mut keys, &mut work.body);
    let interval = work.interval(&mut keys);
    work.target(kind, &url, &mut keys);
    let demands = work.conditions(kind, &mut keys);
    if kind == Kind::Http {
        work.request(&mut keys, &demands);
    } else {
        work.not_requested(&mut keys);
    }
    work.client(kind, &mut keys, interval);
    work.demanded(kind, &demands);
    alerts(work.desk, &work.thing, &mut keys, defaults, &mut work.body);
    leftovers(work.desk, &work.thing, keys);
    work.finish(&demands, &url);
}

/// The kind that Gatus itself tells by the URL.
fn kind_of(url: &str, dns: bool) -> Option<Kind> {
    if dns {
        return Some(Kind::Dns);
    }
    Some(match url.split_once("://")?.0 {
        "http" | "https" => Kind::Http,
        "tcp" => Kind::Port,
        "icmp" => Kind::Ping,
        "tls" | "starttls" => Kind::Tls,
        _ => return None,
    })
}

impl Work<'_, '_> {
    fn say(&mut self, key: &str, verdict: Verdict, note: impl Into<String>) {
        self.desk.say(&self.thing, key, verdict, note);
    }

    fn text(&mut self, key: &str, value: &str) -> String {
        text(self.desk, &self.thing, key, value)
    }

    /// A secret: the variable that the source already takes it from, or one of its own.
    fn secret(&mut self, key: &str, value: &str) -> String {
        let (written, variables) = text_and_variables(self.desk, &self.thing, key, value);
        if variables {
            self.say(
                key,
                Verdict::Mapped,
                "it stays a variable of the environment",
            );
            return written;
        }
        let name = format!("gatus {} {key}", self.key);
        self.desk.secret(&self.thing, key, &name, written)
    }

    fn interval(&mut self, keys: &mut Keys<'_>) -> u64 {
        let given = keys.text("interval");
        let parsed = given.as_deref().and_then(duration::parse);
        let seconds = match (&given, parsed) {
            (None, _) => {
                self.say(
                    "interval",
                    Verdict::Mapped,
                    "60 seconds, the default of both",
                );
                60
            }
            (_, Some(interval)) if !interval.is_zero() => {
                let (seconds, exact) = duration::seconds(interval);
                let verdict = if exact {
                    Verdict::Mapped
                } else {
                    Verdict::Approximated
                };
                self.say("interval", verdict, format!("intervalSeconds {seconds}"));
                seconds
            }
            (Some(given), _) => {
                self.say(
                    "interval",
                    Verdict::NotSupported,
                    format!("{given} is not understood: 60 seconds are taken"),
                );
                60
            }
        };
        self.body
            .insert("intervalSeconds".to_owned(), json!(seconds));
        seconds
    }

    fn target(&mut self, kind: Kind, url: &str, keys: &mut Keys<'_>) {
        let (word, target) = match kind {
            Kind::Http => {
                let (plain, userinfo) = split_userinfo(url);
                if let Some((user, password)) = userinfo {
                    let password = self.secret("url password", &password);
                    self.config.insert(
                        "basicAuth".to_owned(),
                        json!({"username": literal(&user), "password": password}),
                    );
                }
                ("HTTP", plain)
            }
            Kind::Port => ("PORT", url.trim_start_matches("tcp://").to_owned()),
            Kind::Ping => ("PING", url.trim_start_matches("icmp://").to_owned()),
            Kind::Tls => {
                if url.starts_with("starttls://") {
                    self.config.insert("startTls".to_owned(), json!("SMTP"));
                }
                let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
                ("TLS", rest.to_owned())
            }
            Kind::Dns => {
                let name = self.dns(url, keys);
                ("DNS", name)
            }
        };
        let target = match kind {
            Kind::Http => target.as_str(),
            _ => target.trim_end_matches('/'),
        };
        let written = self.text("url", target);
        self.body.insert("type".to_owned(), json!(word));
        self.body.insert("target".to_owned(), json!(written));
        if kind != Kind::Dns {
            self.say("url", Verdict::Mapped, format!("type {word} and target"));
        }
    }

    /// The name that is asked for; its server and record type go to the configuration.
    fn dns(&mut self, url: &str, keys: &mut Keys<'_>) -> String {
        let server = self.text("url", url);
        self.config.insert("server".to_owned(), json!(server));
        self.say("url", Verdict::Mapped, "server");
        let mut dns = keys.take("dns").and_then(Keys::of);
        let mut taken = |key: &str| dns.as_mut().and_then(|keys| keys.text(key));
        let (name, kind) = (taken("query-name"), taken("query-type"));
        if let Some(kind) = kind {
            self.config
                .insert("recordType".to_owned(), json!(kind.to_uppercase()));
            self.say("dns.query-type", Verdict::Mapped, "recordType");
        }
        self.say("dns.query-name", Verdict::Mapped, "target");
        if let Some(dns) = dns {
            for key in dns.rest() {
                self.say(
                    &format!("dns.{key}"),
                    Verdict::NotSupported,
                    "this setting is not known",
                );
            }
        }
        name.unwrap_or_default().trim_end_matches('.').to_owned()
    }

    fn conditions(&mut self, kind: Kind, keys: &mut Keys<'_>) -> Demands {
        let mut demands = Demands::new(kind);
        let list = keys.take("conditions").and_then(Node::items).unwrap_or(&[]);
        for (index, node) in list.iter().enumerate() {
            let key = format!("conditions[{index}]");
            let Some(condition) = as_text(node) else {
                self.say(&key, Verdict::NotSupported, "it is no text");
                continue;
            };
            let (verdict, note) = demands.condition(&condition);
            if verdict != Verdict::Mapped {
                self.notes.push(format!("{condition}: {note}"));
            }
            self.say(&key, verdict, format!("{condition}: {note}"));
        }
        demands
    }

    fn request(&mut self, keys: &mut Keys<'_>, demands: &Demands) {
        let method = keys.text("method");
        let verdict = if method.is_some() { "method" } else { "" };
        let method = method.unwrap_or_else(|| "GET".to_owned()).to_uppercase();
        let known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
        if !known.contains(&method.as_str()) {
            self.say(
                "method",
                Verdict::NotSupported,
                format!("{method} is not sent: GET is"),
            );
        } else if !verdict.is_empty() {
            self.say("method", Verdict::Mapped, "");
        }
        let method = if known.contains(&method.as_str()) {
            method
        } else {
            "GET".to_owned()
        };
        let sends = ["POST", "PUT", "PATCH", "DELETE"].contains(&method.as_str());
        self.config.insert("method".to_owned(), json!(method));
        self.config.insert(
            "expectedStatus".to_owned(),
            Value::from(status_matches(&demands.status)),
        );
        let graphql = keys.flag("graphql");
        let body = keys.text("body");
        let headers = self.headers(keys);
        if let Some(body) = body {
            let written = self.text("body", &body);
            let written = if graphql == Some(true) {
                self.say(
                    "graphql",
                    Verdict::Mapped,
                    "the body is wrapped as {\"query\": …}",
                );
                if !headers {
                    self.config
                        .insert("contentType".to_owned(), json!("application/json"));
                }
                json!({"query": written}).to_string()
            } else {
                written
            };
            if sends {
                self.config.insert("body".to_owned(), json!(written));
                self.say("body", Verdict::Mapped, "");
            } else {
                self.say(
                    "body",
                    Verdict::NotSupported,
                    format!("{method} sends no body here: use POST if the target takes it"),
                );
            }
        } else if graphql.is_some() {
            self.say("graphql", Verdict::NotUsed, "there is no body");
        }
        if let Some(ssh) = keys.take("ssh") {
            let _ = ssh;
            self.say("ssh", Verdict::NotUsed, "the URL is no ssh://");
        }
    }

    /// The headers; whether they name a media type.
    fn headers(&mut self, keys: &mut Keys<'_>) -> bool {
        let mut typed = false;
        let (mut plain, mut secret) = (Object::new(), Object::new());
        for entry in keys
            .take("headers")
            .and_then(Node::entries)
            .unwrap_or_default()
        {
            let key = format!("headers.{}", entry.key);
            let Some(value) = as_text(&entry.value) else {
                self.say(&key, Verdict::NotSupported, "it is no text");
                continue;
            };
            typed |= entry.key.eq_ignore_ascii_case("content-type");
            if carries_credential(&entry.key) {
                let value = self.secret(&key, &value);
                secret.insert(entry.key.clone(), json!(value));
            } else {
                let value = self.text(&key, &value);
                plain.insert(entry.key.clone(), json!(value));
                self.say(&key, Verdict::Mapped, "");
            }
        }
        for (field, headers) in [("headers", plain), ("secretHeaders", secret)] {
            if !headers.is_empty() {
                self.config.insert(field.to_owned(), Value::Object(headers));
            }
        }
        typed
    }

    /// Settings of a request, of an endpoint that makes none.
    fn not_requested(&mut self, keys: &mut Keys<'_>) {
        for key in ["method", "graphql", "headers", "ssh"] {
            if keys.take(key).is_some() {
                self.say(
                    key,
                    Verdict::NotUsed,
                    "it is about another type of endpoint",
                );
            }
        }
        if keys.take("body").is_some() {
            self.say(
                "body",
                Verdict::NotSupported,
                "nothing is sent here: whether it connects is what is looked at",
            );
        }
    }

    fn client(&mut self, kind: Kind, keys: &mut Keys<'_>, interval: u64) {
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
        if let Some(insecure) = client.flag("insecure") {
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
        for (key, why) in [
            (
                "dns-resolver",
                "names are resolved by the resolver of the machine",
            ),
            ("oauth2", "no token is fetched: put one into secretHeaders"),
            (
                "identity-aware-proxy",
                "no token is fetched: put one into secretHeaders",
            ),
            ("tunnel", "no check goes through an SSH tunnel"),
            ("store-cookies", "each check begins without cookies"),
        ] {
            if client.take(key).is_some() {
                self.say(&format!("client.{key}"), Verdict::NotSupported, why);
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
            self.say(
                "client.proxy-url",
                Verdict::NotSupported,
                "this proxy is left out: the target is reached directly",
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
            let name = variable_name(&format!("gatus {} {field}", self.key));
            let key = format!("client.tls.{key}");
            if kind != Kind::Http && kind != Kind::Tls {
                self.say(&key, Verdict::NotUsed, "there is no TLS");
                continue;
            }
            self.desk
                .variables
                .insert(name.clone(), format!("the content of {path}"));
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

    /// Puts what the conditions ask for into the configuration.
    fn demanded(&mut self, kind: Kind, demands: &Demands) {
        if !demands.assertions.is_empty() {
            let assertions = demands.assertions.iter().cloned();
            let assertions = assertions.map(crate::declared::write::literals);
            self.config
                .insert("assertions".to_owned(), assertions.collect());
        }
        if let Some(days) = demands.certificate_days {
            self.config.insert("downDays".to_owned(), json!(days));
            // Gatus knows no warning before that.
            self.config.insert("warningDays".to_owned(), json!(0));
        }
        if let Some(rcode) = &demands.rcode {
            self.config.insert("expectedRcode".to_owned(), json!(rcode));
        }
        if !demands.answers.is_empty() {
            self.config
                .insert("expectedValues".to_owned(), json!(demands.answers));
        }
        if kind == Kind::Port && !demands.expect_open {
            self.config.insert("expectOpen".to_owned(), json!(false));
        }
    }

    fn finish(mut self, demands: &Demands, url: &str) {
        let domain = demands.domain_days.map(|days| self.domain(days, url));
        self.body
            .insert("config".to_owned(), Value::Object(self.config));
        let taken = self.desk.take(&self.thing, self.body, self.notes);
        if let Some(domain) = domain.filter(|_| taken) {
            let thing = format!("{} (its domain)", self.thing);
            self.desk.take(&thing, domain, Vec::new());
        }
    }

    /// A monitor of the domain that an endpoint stands under.
    fn domain(&self, days: u64, url: &str) -> Object {
        let (plain, _) = split_userinfo(url);
        let rest = plain
            .split_once("://")
            .map_or(plain.as_str(), |(_, rest)| rest);
        let host = rest.split(['/', '?', '#', ':']).next().unwrap_or("");
        let name = self.body.get("name").and_then(Value::as_str).unwrap_or("");
        let interval = self.body.get("intervalSeconds").and_then(Value::as_u64);
        let mut body = map([
            ("externalRef", json!(format!("gatus-{}-domain", self.key))),
            ("name", json!(format!("{name} (domain)"))),
            ("type", json!("DOMAIN")),
            ("target", json!(literal(host))),
            (
                "intervalSeconds",
                json!(interval.unwrap_or(3_600).max(3_600)),
            ),
            ("config", json!({"downDays": days})),
        ]);
        for field in ["group", "paused"] {
            if let Some(value) = self.body.get(field) {
                body.insert(field.to_owned(), value.clone());
            }
        }
        body
    }
}

/// The group becomes a tag.
pub(super) fn group(desk: &mut Desk<'_>, thing: &str, group: &str, body: &mut Object) {
    if !group.is_empty() {
        let exact = desk.group(body, &[group]);
        let verdict = if exact {
            Verdict::Mapped
        } else {
            Verdict::Approximated
        };
        desk.say(thing, "group", verdict, "group, a / in it written as -");
    }
}

/// An endpoint that is not enabled is a monitor that rests.
pub(super) fn enabled(desk: &mut Desk<'_>, thing: &str, keys: &mut Keys<'_>, body: &mut Object) {
    if let Some(enabled) = keys.flag("enabled") {
        body.insert("paused".to_owned(), json!(!enabled));
        desk.say(thing, "enabled", Verdict::Mapped, "paused");
    }
}

/// What alerts say of confirmation; to whom they go is a matter of channels and rules.
pub(super) fn alerts(
    desk: &mut Desk<'_>,
    thing: &str,
    keys: &mut Keys<'_>,
    defaults: &Node,
    body: &mut Object,
) {
    let list = keys.take("alerts").and_then(Node::items).unwrap_or(&[]);
    let mut counts: Option<(u64, u64)> = None;
    let mut several = false;
    for (index, alert) in list.iter().enumerate() {
        let key = format!("alerts[{index}]");
        let Some(mut alert) = Keys::of(alert) else {
            desk.say(
                thing,
                &key,
                Verdict::NotSupported,
                "it is no map of settings",
            );
            continue;
        };
        let provider = alert.text("type").unwrap_or_default();
        let default = |name: &str| {
            defaults
                .at(&format!("/{provider}/default-alert/{name}"))
                .and_then(as_text)
        };
        let mut number = |name: &str, otherwise: u64| {
            alert
                .text(name)
                .or_else(|| default(name))
                .and_then(|text| text.parse().ok())
                .filter(|count| *count > 0)
                .unwrap_or(otherwise)
        };
        let (down, up) = (
            number("failure-threshold", 3),
            number("success-threshold", 2),
        );
        several |= counts.is_some_and(|before| before != (down, up));
        counts = Some(counts.map_or((down, up), |(d, u)| (d.min(down), u.min(up))));
        desk.say(
            thing,
            &key,
            Verdict::NotSupported,
            format!("make a notification channel for {provider} and a rule for this monitor"),
        );
        for key in alert.rest() {
            desk.say(
                thing,
                &format!("alerts[{index}].{key}"),
                Verdict::NotSupported,
                "it is a matter of the channel and its rule",
            );
        }
    }
    let Some((down, up)) = counts else { return };
    body.insert(
        "confirmations".to_owned(),
        json!({"down": down.min(10), "up": up.min(10)}),
    );
    let exact = !several && down <= 10 && up <= 10;
    desk.say(
        thing,
        "alerts thresholds",
        if exact {
            Verdict::Mapped
        } else {
            Verdict::Approximated
        },
        "confirmations: the smallest of all alerts, at most 10",
    );
}

/// What is left of an endpoint.
pub(super) fn leftovers(desk: &mut Desk<'_>, thing: &str, mut keys: Keys<'_>) {
    for (key, why) in [
        (
            "maintenance-windows",
            "make a maintenance window for this monitor",
        ),
        ("ui", "it is about Gatus' own page"),
        ("extra-labels", "metrics carry no labels of users: use tags"),
        ("store", "it is used in suites"),
        ("always-run", "it is used in suites"),
    ] {
        if keys.take(key).is_some() {
            desk.say(thing, key, Verdict::NotSupported, why);
        }
    }
    for key in keys.rest() {
        desk.say(
            thing,
            &key,
            Verdict::NotSupported,
            "this setting is not known",
        );
    }
}
