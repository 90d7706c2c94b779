//! An endpoint of Gatus as a monitor, and its watch over a domain as a second one.

use super::{
    alerts,
    demand::{Demands, Kind},
    duration, key_of,
    keys::{Flag, Keys, as_text},
    text, text_and_variables, title,
};
use crate::{
    declared::{catalogue::Object, substitute::literal, tree::Node, write::map},
    import::{Desk, report::Verdict, split_userinfo},
};
use serde_json::{Value, json};

/// One endpoint on its way.
pub(super) struct Work<'d, 'c> {
    pub(super) desk: &'d mut Desk<'c>,
    pub(super) thing: String,
    pub(super) key: String,
    pub(super) body: Object,
    pub(super) config: Object,
    pub(super) notes: Vec<String>,
    /// Whether it must not run as it stands.
    pub(super) rests: bool,
}

/// Takes an endpoint in.
pub(super) fn import(desk: &mut Desk<'_>, index: usize, node: &Node, defaults: &Node) {
    desk.begin();
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
        rests: false,
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
    if let Some(asked) = alerts::import(work.desk, &work.thing, &mut keys, defaults) {
        alerts::confirm(work.desk, &work.thing, asked, &mut work.body);
    }
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
    pub(super) fn say(&mut self, key: &str, verdict: Verdict, note: impl Into<String>) {
        self.desk.say(&self.thing, key, verdict, note);
    }

    /// A setting that made it fail there and cannot here: it rests, so that it neither raises a false
    /// alarm nor passes for less than it was.
    pub(super) fn lost(&mut self, key: &str, why: impl Into<String>) {
        let why = why.into();
        self.say(
            key,
            Verdict::NotSupported,
            format!("{why}; the monitor is paused, so that it tells nothing that is untrue"),
        );
        self.notes.push(format!("{key}: {why}"));
        self.rests = true;
    }

    /// What a flag says.
    pub(super) fn understood(&mut self, key: &str, flag: Option<Flag>) -> Option<bool> {
        understood(self.desk, &self.thing, key, flag)
    }

    pub(super) fn text(&mut self, key: &str, value: &str) -> String {
        text(self.desk, &self.thing, key, value)
    }

    /// A secret: the variable that the source already takes it from, or one of its own.
    pub(super) fn secret(&mut self, key: &str, value: &str) -> String {
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
        let given = keys.take("conditions");
        let list = given.and_then(Node::items);
        if given.is_some() && list.is_none() {
            self.lost("conditions", "they are no list");
        }
        for (index, node) in list.unwrap_or_default().iter().enumerate() {
            let key = format!("conditions[{index}]");
            let Some(condition) = as_text(node) else {
                self.lost(&key, "it is no text");
                continue;
            };
            let (verdict, note) = demands.condition(&condition);
            let told = format!("{condition}: {note}");
            match verdict {
                Verdict::NotSupported => self.lost(&key, told.as_str()),
                _ => self.say(&key, verdict, told.as_str()),
            }
            if verdict == Verdict::Approximated {
                self.notes.push(told);
            }
        }
        demands
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
        // The watch over the domain lost nothing, and runs.
        if self.rests {
            self.body.insert("paused".to_owned(), json!(true));
        }
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
    let given = keys.flag("enabled");
    if let Some(enabled) = understood(desk, thing, "enabled", given) {
        body.insert("paused".to_owned(), json!(!enabled));
        desk.say(thing, "enabled", Verdict::Mapped, "paused");
    }
}

/// What a flag says. One that says neither yes nor no is told, because Gatus would not start with it.
fn understood(desk: &mut Desk<'_>, thing: &str, key: &str, flag: Option<Flag>) -> Option<bool> {
    match flag? {
        Flag::Says(value) => Some(value),
        Flag::Mumbles(text) => {
            let why = format!("{text} is neither true nor false: it is taken as not set");
            desk.say(thing, key, Verdict::NotSupported, why);
            None
        }
    }
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
