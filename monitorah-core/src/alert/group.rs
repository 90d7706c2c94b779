//! Many alerts as one message: what a storm, or a receiver that was away, comes to.

use super::{AlertKind, Message};
use crate::{
    id::{ChannelId, EventId, MonitorId, NotificationId},
    observation::Reason,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// The longest name of a monitor in a group: characters.
const MAX_NAME: usize = 100;

/// The alerts of one grouped message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// When the first of them was believed.
    pub from: Timestamp,
    /// When the last of them was believed.
    pub until: Timestamp,
    /// The alerts, in the order in which they were decided on.
    pub alerts: Vec<Grouped>,
}

/// One alert of a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Grouped {
    /// The id of the notification that it is: whoever sees it twice, in one group or in two, has a
    /// duplicate.
    pub id: NotificationId,
    /// What it is about.
    #[serde(rename = "type")]
    pub kind: AlertKind,
    /// When the change was believed.
    pub timestamp: Timestamp,
    /// The event; absent in warnings of an expiry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<EventId>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The monitor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub monitor: Option<GroupedMonitor>,
}

/// The monitor of an alert in a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupedMonitor {
    /// Its id.
    pub id: MonitorId,
    /// Its name, of which a long one is cut.
    pub name: String,
}

impl From<Message> for Grouped {
    fn from(message: Message) -> Self {
        Self {
            id: message.id,
            kind: message.kind,
            timestamp: message.timestamp,
            reason: message.event.as_ref().map(|event| event.reason),
            event: message.event.map(|event| event.id),
            monitor: message.monitor.map(|monitor| GroupedMonitor {
                id: monitor.id,
                name: monitor.name.chars().take(MAX_NAME).collect(),
            }),
        }
    }
}

/// How what a group is about stands at its end: the last that was said of each monitor.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing<'a> {
    /// Monitors that are down.
    pub down: Vec<&'a str>,
    /// Monitors that answer, but worse than they should.
    pub degraded: Vec<&'a str>,
    /// Monitors that people were reminded of: their events are still open.
    pub reminded: Vec<&'a str>,
    /// Monitors that are well again.
    pub up: Vec<&'a str>,
    /// Monitors with a certificate or a registration that ends.
    pub expiring: Vec<&'a str>,
}

impl Group {
    /// How things stand at the end of the group, in the order of the alerts.
    #[must_use]
    pub fn standing(&self) -> Standing<'_> {
        let mut last = HashMap::new();
        for (place, alert) in self.alerts.iter().enumerate() {
            // The end of a certificate does not say whether a monitor is up.
            if let (Some(monitor), false) = (&alert.monitor, alert.kind.is_expiry()) {
                last.insert(monitor.id, place);
            }
        }
        let mut standing = Standing::default();
        for (place, alert) in self.alerts.iter().enumerate() {
            let Some(monitor) = &alert.monitor else {
                continue;
            };
            let name = monitor.name.as_str();
            if alert.kind.is_expiry() {
                standing.expiring.push(name);
            } else if last.get(&monitor.id) == Some(&place) {
                match alert.kind {
                    AlertKind::Down => standing.down.push(name),
                    AlertKind::Degraded => standing.degraded.push(name),
                    AlertKind::Reminder => standing.reminded.push(name),
                    AlertKind::Up => standing.up.push(name),
                    _ => {}
                }
            }
        }
        standing
    }

    /// One sentence for people: `312 monitors are down and 5 are up again`.
    #[must_use]
    pub fn summary(&self) -> String {
        let standing = self.standing();
        let mut parts = Vec::new();
        for (names, one, many) in [
            (&standing.down, "is down", "are down"),
            (&standing.degraded, "is degraded", "are degraded"),
            (
                &standing.reminded,
                "is still not well",
                "are still not well",
            ),
            (&standing.up, "is up again", "are up again"),
            (
                &standing.expiring,
                "has a certificate or a domain that expires",
                "have a certificate or a domain that expires",
            ),
        ] {
            let (count, does) = match names.len() {
                0 => continue,
                1 => ("1".to_owned(), one),
                more => (more.to_string(), many),
            };
            let noun = match (parts.is_empty(), names.len()) {
                (true, 1) => " monitor",
                (true, _) => " monitors",
                (false, _) => "",
            };
            parts.push(format!("{count}{noun} {does}"));
        }
        match parts.pop() {
            None => format!("{} messages that waited", self.alerts.len()),
            Some(only) if parts.is_empty() => only,
            Some(last) => format!("{} and {last}", parts.join(", ")),
        }
    }
}

impl AlertKind {
    /// Whether it is about something that ends some day, and not about whether a monitor is up.
    #[must_use]
    pub const fn is_expiry(self) -> bool {
        matches!(self, Self::CertificateExpiring | Self::DomainExpiring)
    }
}

impl Message {
    /// One message of many to one channel; none of none, and one of one as it is.
    ///
    /// Its id is that of its members: the same ones make the same message.
    #[must_use]
    pub fn grouped(
        channel: ChannelId,
        mut members: Vec<Self>,
        link: Option<String>,
    ) -> Option<Self> {
        if members.len() < 2 {
            return members.pop();
        }
        let mut digest = Sha256::new()
            .chain_update(b"monitorah group v1")
            .chain_update(channel.as_bytes());
        for member in &members {
            digest.update(member.id.as_bytes());
        }
        let mut id = [0_u8; 16];
        for (to, from) in id.iter_mut().zip(digest.finalize()) {
            *to = from;
        }
        let times = || members.iter().map(|member| member.timestamp);
        let (from, until) = (times().min()?, times().max()?);
        let group = Group {
            from,
            until,
            alerts: members.into_iter().map(Grouped::from).collect(),
        };
        let mut message = Self::test(NotificationId::from_bytes(id), until, group.summary());
        message.kind = AlertKind::Grouped;
        message.link = link;
        message.group = Some(group);
        Some(message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alert(id: u8, kind: AlertKind, monitor: u8) -> Grouped {
        Grouped {
            id: NotificationId::from_bytes([id; 16]),
            kind,
            timestamp: Timestamp::from_second(i64::from(id)).unwrap(),
            event: None,
            reason: None,
            monitor: Some(GroupedMonitor {
                id: MonitorId::from_bytes([monitor; 16]),
                name: format!("m{monitor}"),
            }),
        }
    }

    fn group(alerts: Vec<Grouped>) -> Group {
        Group {
            from: Timestamp::UNIX_EPOCH,
            until: Timestamp::UNIX_EPOCH,
            alerts,
        }
    }

    #[test]
    fn the_last_that_was_said_of_a_monitor_counts() {
        use AlertKind::{CertificateExpiring, Degraded, Down, Reminder, Up};
        let group = group(vec![
            alert(1, Down, 1),
            alert(2, Down, 2),
            alert(3, Up, 1),
            alert(4, CertificateExpiring, 2),
            alert(5, Down, 3),
            alert(6, Degraded, 3),
            alert(7, Reminder, 4),
            alert(8, Down, 5),
        ]);
        assert_eq!(
            group.standing(),
            Standing {
                down: vec!["m2", "m5"],
                degraded: vec!["m3"],
                reminded: vec!["m4"],
                up: vec!["m1"],
                expiring: vec!["m2"],
            }
        );
        assert_eq!(
            group.summary(),
            "2 monitors are down, 1 is degraded, 1 is still not well, 1 is up again and 1 has a \
             certificate or a domain that expires"
        );
    }

    #[test]
    fn one_of_a_kind_is_said_in_the_singular() {
        let one = group(vec![
            alert(1, AlertKind::Down, 1),
            alert(2, AlertKind::Up, 1),
        ]);
        assert_eq!(one.summary(), "1 monitor is up again");
    }

    #[test]
    fn the_same_members_make_the_same_message_and_one_is_itself() {
        let channel = ChannelId::from_bytes([7; 16]);
        let member = |id| {
            let id = NotificationId::from_bytes([id; 16]);
            Message::test(id, Timestamp::UNIX_EPOCH, "x")
        };
        let of = |ids: &[u8]| {
            let members = ids.iter().map(|id| member(*id)).collect();
            Message::grouped(channel, members, None)
        };
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[1]), Some(member(1)));
        assert_eq!(of(&[1, 2]), of(&[1, 2]));
        let (two, three) = (of(&[1, 2]).unwrap(), of(&[1, 2, 3]).unwrap());
        assert_ne!(two.id, three.id);
        assert_eq!(two.kind, AlertKind::Grouped);
        assert_eq!(two.summary, "2 messages that waited");
    }
}
