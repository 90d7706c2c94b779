//! The types of Uptime Kuma that are no request: port, ping, dns, push, group, manual.

use super::{
    monitor::{Work, group_tag},
    seconds,
};
use crate::{
    declared::substitute::literal,
    import::{NEW_TOKEN, report::Verdict},
};
use serde_json::{Value, json};

impl Work<'_, '_> {
    fn hostname(&mut self) -> String {
        let host = self.columns.text("hostname").unwrap_or_default();
        let host = host.trim().to_owned();
        if host.contains(':') && !host.starts_with('[') {
            format!("[{host}]")
        } else {
            host
        }
    }

    pub(super) fn port(&mut self) {
        let host = self.hostname();
        let port = self.columns.text("port").unwrap_or_default();
        let port = port.trim_end_matches(".0");
        self.body.insert(
            "target".to_owned(),
            json!(literal(&format!("{host}:{port}"))),
        );
        self.say("hostname, port", Verdict::Mapped, "target");
        if let Some(security) = self.columns.text("smtp_security")
            && security != "nostarttls"
        {
            self.lost(
                "smtp_security",
                format!("{security}: make a TLS monitor of the same target for its certificate"),
            );
        }
        if let Some(alert) = self.columns.text("expected_tls_alert")
            && alert != "none"
        {
            self.lost(
                "expected_tls_alert",
                format!("{alert}: a TLS alert cannot be expected"),
            );
        }
        self.expiry();
    }

    /// Warnings of certificates, which need no setting here.
    pub(super) fn expiry(&mut self) {
        let wanted = self.columns.flag("expiry_notification");
        self.say(
            "expiry_notification",
            if wanted {
                Verdict::Mapped
            } else {
                Verdict::Approximated
            },
            if wanted {
                "certificate.expiring is told 30, 14, 7 and 1 days before"
            } else {
                "certificate.expiring is told all the same, where a certificate is seen"
            },
        );
    }

    pub(super) fn ping(&mut self) {
        let host = self.columns.text("hostname").unwrap_or_default();
        self.body
            .insert("target".to_owned(), json!(literal(host.trim())));
        self.say("hostname", Verdict::Mapped, "target");
        let size = self
            .columns
            .text("packet_size")
            .as_deref()
            .and_then(seconds);
        let size = size.unwrap_or(56);
        self.config
            .insert("packetSize".to_owned(), json!(size.min(1_452)));
        let verdict = if size <= 1_452 {
            Verdict::Mapped
        } else {
            Verdict::Approximated
        };
        self.say("packet_size", verdict, "packetSize, at most 1452");
        let count = self.columns.text("ping_count").as_deref().and_then(seconds);
        let count = count.unwrap_or(1).max(1);
        self.config.insert("count".to_owned(), json!(count.min(10)));
        // Uptime Kuma is content with one reply.
        self.config.insert("maxLossPercent".to_owned(), json!(100));
        let verdict = if count <= 10 {
            Verdict::Mapped
        } else {
            Verdict::Approximated
        };
        self.say(
            "ping_count",
            verdict,
            "count, at most 10; one reply is enough",
        );
        drop(self.columns.text("ping_numeric"));
        self.say(
            "ping_numeric",
            Verdict::NotUsed,
            "names of addresses are never looked up",
        );
        if self.columns.text("ping_per_request_timeout").is_some() {
            self.say(
                "ping_per_request_timeout",
                Verdict::Approximated,
                "timeoutSeconds holds for all requests together",
            );
        }
        self.family();
        drop(self.columns.text("expiry_notification"));
    }

    pub(super) fn family(&mut self) {
        let Some(family) = self.columns.text("ip_family") else {
            return;
        };
        let word = match family.as_str() {
            "ipv4" => "IPV4",
            "ipv6" => "IPV6",
            _ => {
                self.say(
                    "ip_family",
                    Verdict::NotSupported,
                    format!("{family} is not known"),
                );
                return;
            }
        };
        self.config.insert("addressFamily".to_owned(), json!(word));
        self.say("ip_family", Verdict::Mapped, "addressFamily");
    }

    pub(super) fn dns(&mut self) {
        let host = self.columns.text("hostname").unwrap_or_default();
        self.body
            .insert("target".to_owned(), json!(literal(host.trim())));
        self.say("hostname", Verdict::Mapped, "target");
        let kind = self
            .columns
            .text("dns_resolve_type")
            .unwrap_or_else(|| "A".to_owned());
        self.config
            .insert("recordType".to_owned(), json!(kind.to_uppercase()));
        self.say("dns_resolve_type", Verdict::Mapped, "recordType");
        let servers = self.columns.text("dns_resolve_server").unwrap_or_default();
        let mut each = servers
            .split(',')
            .map(str::trim)
            .filter(|one| !one.is_empty());
        let port = self.columns.text("port").unwrap_or_else(|| "53".to_owned());
        let first = each.next().unwrap_or("1.1.1.1").to_owned();
        let more = each.count();
        let server = match (first.contains(':'), port.as_str()) {
            (true, port) => format!("[{first}]:{port}"),
            (false, "53") => first,
            (false, port) => format!("{first}:{port}"),
        };
        self.config
            .insert("server".to_owned(), json!(literal(&server)));
        if more == 0 {
            self.say("dns_resolve_server, port", Verdict::Mapped, "server");
        } else {
            self.say(
                "dns_resolve_server, port",
                Verdict::Approximated,
                format!(
                    "server: the first of {}; make a monitor for each of the others",
                    more + 1
                ),
            );
        }
        self.conditions();
        drop(self.columns.text("expiry_notification"));
    }

    /// Conditions on a record: one that it equals is an expected value.
    fn conditions(&mut self) {
        let Some(text) = self.columns.text("conditions").filter(|text| text != "[]") else {
            return;
        };
        let list: Vec<Value> = serde_json::from_str(&text).unwrap_or_default();
        let equal: Option<Vec<String>> = list
            .iter()
            .map(|condition| {
                let field = |name: &str| condition.get(name).and_then(Value::as_str);
                let plain = field("type") == Some("expression")
                    && field("variable") == Some("record")
                    && field("operator") == Some("equals");
                let joined = list.len() == 1 || field("andOr") == Some("or");
                let first = std::ptr::eq(list.first().unwrap_or(condition), condition);
                (plain && (joined || first)).then(|| field("value").map(literal))?
            })
            .collect();
        match equal {
            Some(values) if !values.is_empty() => {
                self.config
                    .insert("expectedValues".to_owned(), json!(values));
                self.say("conditions", Verdict::Mapped, "expectedValues");
            }
            _ => self.lost(
                "conditions",
                format!("only records that are equal to values can be expected: {text}"),
            ),
        }
    }

    pub(super) fn push(&mut self) {
        drop(self.columns.text("push_token"));
        self.say("push_token", Verdict::Approximated, NEW_TOKEN);
        self.rests.push(format!("push_token: {NEW_TOKEN}"));
        drop(self.columns.text("expiry_notification"));
    }

    pub(super) fn group(&mut self) {
        self.config
            .insert("tag".to_owned(), json!(group_tag(&self.id)));
        self.say(
            "children",
            Verdict::Approximated,
            "members by a tag, those of groups inside it too; down as soon as one of them is",
        );
        drop(self.columns.text("expiry_notification"));
    }

    pub(super) fn manual(&mut self) {
        if self.columns.text("manual_status").is_some() {
            self.say(
                "manual_status",
                Verdict::NotSupported,
                "set its status anew",
            );
        }
        drop(self.columns.text("expiry_notification"));
    }
}
