//! One monitor of Uptime Kuma.

use super::{Surroundings, columns::Columns, http, seconds};
use crate::{
    declared::{catalogue::Object, substitute::literal, write::map},
    import::{Desk, report::Verdict},
};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The longest interval, and the longest grace of a heartbeat: seconds.
const LONGEST: u64 = 2_678_400;
/// The most tags of a monitor.
const MAX_TAGS: usize = 32;
/// The longest that a check may take here: seconds.
const MAX_TIMEOUT: u64 = 60;

/// A monitor on its way.
pub(super) struct Work<'d, 'c> {
    pub(super) desk: &'d mut Desk<'c>,
    pub(super) thing: String,
    pub(super) id: String,
    pub(super) columns: Columns,
    pub(super) body: Object,
    pub(super) config: Object,
    /// Why it must not run as it stands.
    pub(super) rests: Vec<String>,
}

/// Takes a monitor in.
pub(super) fn import(desk: &mut Desk<'_>, mut columns: Columns, around: &Surroundings) {
    desk.begin();
    let id = columns.text("id").unwrap_or_default();
    let name = columns.text("name").unwrap_or_default();
    let kind = columns.text("type").unwrap_or_default();
    let thing = format!("monitor {id} {name}");
    let Some(word) = word_of(&kind) else {
        let (why, left) = (unsupported(&kind), columns.rest());
        let settings = if left.is_empty() {
            String::new()
        } else {
            format!(" (left behind with it: {})", left.join(", "))
        };
        desk.say(
            &thing,
            "",
            Verdict::NotSupported,
            format!("type {kind}: {why}{settings}"),
        );
        return;
    };
    let title = if name.trim().is_empty() {
        format!("monitor {id}")
    } else {
        name
    };
    let mut work = Work {
        body: map([
            ("externalRef", json!(format!("kuma-{id}"))),
            ("name", json!(literal(&title))),
            ("type", json!(word)),
        ]),
        config: Object::new(),
        rests: Vec::new(),
        desk,
        thing,
        id,
        columns,
    };
    work.say(
        "id, name, type",
        Verdict::Mapped,
        format!("externalRef, name, type {word}"),
    );
    work.policy(word);
    work.labels(around);
    match kind.as_str() {
        "http" | "keyword" | "json-query" => http::import(&mut work, &kind, around),
        "port" => work.port(),
        "ping" => work.ping(),
        "dns" => work.dns(),
        "push" => work.push(),
        "group" => work.group(),
        _ => work.manual(),
    }
    work.upside_down(word);
    work.finish();
}

fn word_of(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "http" | "keyword" | "json-query" => "HTTP",
        "port" => "PORT",
        "ping" => "PING",
        "dns" => "DNS",
        "push" => "HEARTBEAT",
        "group" => "GROUP",
        "manual" => "MANUAL",
        _ => return None,
    })
}

fn unsupported(kind: &str) -> &'static str {
    match kind {
        "postgres" | "sqlserver" | "mysql" | "mongodb" | "redis" | "oracledb" | "mqtt" | "smtp"
        | "rabbitmq" | "kafka-producer" | "radius" | "sip-options" | "ntp" | "snmp" => {
            "there is no check of this type yet; a PORT monitor can tell whether it answers at all"
        }
        "docker" | "pm2" | "system-service" => {
            "what runs on a machine is not looked at: watch a port or an URL, or let the job send \
             a heartbeat"
        }
        "real-browser" => {
            "there is no check in a browser; an HTTP monitor sees what the server says"
        }
        "grpc-keyword" | "websocket-upgrade" => "there is no check of this type yet",
        "steam" | "gamedig" => "there is no check of games",
        "tailscale-ping" => "make a PING monitor from a machine inside the network",
        "globalping" => "checks come from this server",
        _ => "this type is not known",
    }
}

impl Work<'_, '_> {
    pub(super) fn say(&mut self, key: &str, verdict: Verdict, note: impl Into<String>) {
        self.desk.say(&self.thing, key, verdict, note);
    }

    /// A secret of a column.
    pub(super) fn secret(&mut self, column: &str, value: &str) -> String {
        let name = format!("kuma {} {column}", self.id);
        self.desk.secret(&self.thing, column, &name, literal(value))
    }

    /// A setting that made it fail there and cannot here: it rests, so that it neither raises a false
    /// alarm nor passes for less than it was.
    pub(super) fn lost(&mut self, column: &str, why: impl Into<String>) {
        let why = why.into();
        self.say(
            column,
            Verdict::NotSupported,
            format!("{why}; the monitor is paused, so that it tells nothing that is untrue"),
        );
        self.rests.push(format!("{column}: {why}"));
    }

    /// A setting that is left behind when it is set.
    pub(super) fn left_behind(&mut self, column: &str, why: &str) {
        if self.columns.text(column).is_some() {
            self.say(column, Verdict::NotSupported, why);
        }
    }

    /// Interval, timeout, retries and whether it runs.
    fn policy(&mut self, word: &str) {
        let asked = self.columns.text("interval");
        let asked = asked.as_deref().and_then(seconds).unwrap_or(60);
        let interval = asked.clamp(1, LONGEST);
        self.body
            .insert("intervalSeconds".to_owned(), json!(interval));
        if interval == asked {
            self.say("interval", Verdict::Mapped, "intervalSeconds");
        } else {
            self.say(
                "interval",
                Verdict::Approximated,
                format!("intervalSeconds {interval}: 1 to {LONGEST} seconds, not {asked}"),
            );
        }
        let timeout = self
            .columns
            .text("timeout")
            .as_deref()
            .and_then(seconds)
            .filter(|seconds| *seconds > 0);
        if matches!(word, "HTTP" | "PORT" | "PING" | "DNS") {
            // Without one Uptime Kuma takes four fifths of the interval.
            let asked = timeout.unwrap_or(interval * 4 / 5).max(1);
            let bounded = asked.min(MAX_TIMEOUT).min(interval);
            self.body
                .insert("timeoutSeconds".to_owned(), json!(bounded));
            if bounded == asked {
                self.say("timeout", Verdict::Mapped, "timeoutSeconds");
            } else {
                self.say(
                    "timeout",
                    Verdict::Approximated,
                    format!("{bounded} seconds: at most 60 and the interval, not {asked}"),
                );
            }
        }
        let retries = self
            .columns
            .text("maxretries")
            .as_deref()
            .and_then(seconds)
            .unwrap_or(0);
        let every = self
            .columns
            .text("retry_interval")
            .as_deref()
            .and_then(seconds)
            .filter(|seconds| *seconds > 0)
            .unwrap_or(interval);
        self.retries(word, retries, every);
        let active = self
            .columns
            .text("active")
            .is_none_or(|active| active != "0");
        self.body.insert("paused".to_owned(), json!(!active));
        self.say("active", Verdict::Mapped, "paused");
        if self
            .columns
            .text("resend_interval")
            .is_some_and(|every| every != "0")
        {
            self.say(
                "resend_interval",
                Verdict::NotSupported,
                "how often somebody is reminded belongs to the notification rule",
            );
        }
    }

    /// How often it must fail before that counts.
    fn retries(&mut self, word: &str, retries: u64, every: u64) {
        let told = matches!(word, "HEARTBEAT" | "GROUP" | "MANUAL");
        let down = if told {
            1
        } else {
            retries.saturating_add(1).min(10)
        };
        self.body
            .insert("confirmations".to_owned(), json!({"down": down, "up": 1}));
        if word == "HEARTBEAT" {
            // Uptime Kuma waits one second longer than the interval, and then as long as the
            // retries take; a silence is not counted here, but waited for.
            let grace = retries.saturating_mul(every).clamp(1, LONGEST);
            self.config.insert("graceSeconds".to_owned(), json!(grace));
            self.say(
                "maxretries, retry_interval",
                Verdict::Approximated,
                format!(
                    "graceSeconds {grace}: as long as the retries take, at least 1; a report of a \
                     failure is believed at once"
                ),
            );
        } else if retries == 0 {
            self.say("maxretries", Verdict::Mapped, "confirmations.down 1");
        } else if told {
            self.say(
                "maxretries, retry_interval",
                Verdict::Approximated,
                "confirmations.down 1: what its members or people say is believed at once",
            );
        } else {
            self.say(
                "maxretries, retry_interval",
                Verdict::Approximated,
                format!(
                    "confirmations.down {down}: a failure is looked at again after 2 seconds, not \
                     after {every}"
                ),
            );
        }
    }

    /// Tags, groups, description and everything that is about people and pages.
    fn labels(&mut self, around: &Surroundings) {
        // Tags of groups come first: without one the group would not see its member.
        let mut tags = BTreeSet::new();
        let parent = self.columns.text("parent");
        let above = around.above(parent.as_deref());
        if parent.is_some() {
            let path: Vec<_> = above.iter().map(|(_, name)| name.as_str()).collect();
            let exact = self.desk.group(&mut self.body, &path);
            // The nearest first, should there be more than a monitor can carry.
            let all = above.iter().rev().map(|(id, _)| group_tag(id));
            tags.extend(all.take(MAX_TAGS));
            if above.len() > MAX_TAGS {
                self.say(
                    "parent",
                    Verdict::NotSupported,
                    format!("it is inside more than {MAX_TAGS} groups: the outer ones miss it"),
                );
            } else {
                self.say(
                    "parent",
                    if exact {
                        Verdict::Mapped
                    } else {
                        Verdict::Approximated
                    },
                    "its group; a tag makes it a member of the GROUP monitor",
                );
            }
        }
        for tag in around.tags.get(&self.id).into_iter().flatten() {
            let short: String = tag.chars().take(50).collect();
            let written = literal(&short);
            if !tags.contains(&written) && tags.len() >= MAX_TAGS {
                self.say(
                    "tag",
                    Verdict::NotSupported,
                    format!("{tag}: a monitor carries at most {MAX_TAGS} tags, groups among them"),
                );
                continue;
            }
            let verdict = if short == *tag {
                Verdict::Mapped
            } else {
                Verdict::Approximated
            };
            self.say("tag", verdict, short);
            tags.insert(written);
        }
        if !tags.is_empty() {
            self.body.insert("tags".to_owned(), json!(tags));
        }
        for name in around.notifications.get(&self.id).into_iter().flatten() {
            self.say(
                "notification",
                Verdict::NotSupported,
                format!("{name}: put this monitor into a rule of that channel"),
            );
        }
        self.left_behind("description", "a monitor has no description: use tags");
        for column in [
            "user_id",
            "created_date",
            "weight",
            "custom_url",
            "dns_last_result",
        ] {
            let value = self.columns.text(column);
            let usual = column == "weight" && value.as_deref() == Some("2000");
            if value.is_some() && !usual {
                self.say(
                    column,
                    Verdict::NotUsed,
                    "it changes nothing of what is looked at",
                );
            }
        }
        for column in [
            "save_response",
            "response_max_length",
            "save_error_response",
        ] {
            drop(self.columns.text(column));
        }
        self.say(
            "save_response, save_error_response",
            Verdict::NotUsed,
            "an excerpt of a failed answer is always kept as evidence",
        );
        if self.columns.flag("domain_expiry_notification") {
            self.say(
                "domain_expiry_notification",
                Verdict::NotSupported,
                "make a DOMAIN monitor for its domain",
            );
        }
    }

    fn upside_down(&mut self, word: &str) {
        if !self.columns.flag("upside_down") {
            return;
        }
        if word == "PORT" {
            self.config.insert("expectOpen".to_owned(), json!(false));
            self.say("upside_down", Verdict::Mapped, "expectOpen: false");
            return;
        }
        self.lost("upside_down", "a check of this type cannot be turned round");
    }

    fn finish(mut self) {
        if !self.rests.is_empty() {
            self.body.insert("paused".to_owned(), json!(true));
        }
        let columns = std::mem::replace(&mut self.columns, Columns::new(Default::default()));
        let left = columns.rest();
        if !left.is_empty() {
            self.say(
                &left.join(", "),
                Verdict::NotUsed,
                "Uptime Kuma uses them for other types, or this version does not know them",
            );
        }
        if !self.config.is_empty() {
            self.body
                .insert("config".to_owned(), Value::Object(self.config));
        }
        self.desk.take(&self.thing, self.body, self.rests);
    }
}

/// The tag that makes a monitor a member of a group.
pub(super) fn group_tag(id: &str) -> String {
    format!("kuma-group-{id}")
}
