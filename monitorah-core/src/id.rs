//! Typed ids: a UUID version 7 (RFC 9562) inside, a prefixed lower-case hexadecimal text outside.

use crate::environment::Environment;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{borrow::Cow, fmt, str::FromStr};
use uuid::Uuid;

/// The text was not an id of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected an id of the form {prefix}_ followed by 32 hexadecimal digits")]
pub struct ParseIdError {
    prefix: &'static str,
}

/// Draws a version 7 UUID from the environment's wall clock and randomness.
fn draw(environment: &dyn Environment) -> Uuid {
    let mut random = [0_u8; 10];
    environment.fill_random(&mut random);
    let millis = u64::try_from(environment.now().as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// The text before the underscore.
            pub const PREFIX: &'static str = $prefix;

            /// A new id, ordered by the environment's wall clock.
            #[must_use]
            pub fn generate(environment: &dyn Environment) -> Self {
                Self(draw(environment))
            }

            /// The id that these sixteen bytes are.
            #[must_use]
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            /// The sixteen bytes that a store keeps.
            #[must_use]
            pub const fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}_{}", $prefix, self.0.simple())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;
            fn from_str(text: &str) -> Result<Self, ParseIdError> {
                text.strip_prefix(concat!($prefix, "_"))
                    .filter(|hex| {
                        hex.len() == 32
                            && hex.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
                    })
                    .and_then(|hex| Uuid::try_parse(hex).ok())
                    .map(Self)
                    .ok_or(ParseIdError { prefix: $prefix })
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({
                    "type": "string",
                    "pattern": concat!("^", $prefix, "_[0-9a-f]{32}$"),
                })
            }
        }
    )+};
}

ids! {
    /// An account: the tenant that owns everything below it.
    AccountId = "acc";
    /// A person who signs in.
    UserId = "usr";
    /// An API key.
    ApiKeyId = "key";
    /// A monitor.
    MonitorId = "mtr";
    /// A downtime event.
    EventId = "evt";
    /// A notification channel.
    ChannelId = "chn";
    /// A notification rule.
    RuleId = "rul";
    /// A notification on its way through the outbox; stable over retries.
    NotificationId = "ntf";
    /// A data key of an account.
    DataKeyId = "dek";
    /// A request that the server answers.
    RequestId = "req";
    /// A row of the audit log.
    AuditId = "aud";
    /// One attempt to deliver a notification.
    AttemptId = "att";
    /// One ping that a heartbeat monitor received.
    PingId = "png";
    /// A maintenance window.
    MaintenanceId = "mnt";
    /// A silence.
    SilenceId = "sil";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_trip_and_refusals() {
        let id = MonitorId::from_bytes([0xab; 16]);
        let text = id.to_string();
        assert_eq!(text, format!("mtr_{}", "ab".repeat(16)));
        assert_eq!(text.parse::<MonitorId>().unwrap(), id);
        assert_eq!(serde_json::to_string(&id).unwrap(), format!("\"{text}\""));
        for wrong in [
            "",
            "mtr_",
            "evt_abababababababababababababababab",
            &text.to_uppercase(),
        ] {
            assert!(wrong.parse::<MonitorId>().is_err(), "{wrong}");
        }
    }
}
