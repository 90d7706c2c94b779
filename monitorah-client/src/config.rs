//! Configurations as the types that they are: responses carry them as open objects, so that an old
//! client survives a new type.

use crate::types;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// A configuration as it was received.
type Raw = Map<String, Value>;

/// The configuration of one type of monitor.
pub trait MonitorType: DeserializeOwned {
    /// The type that has it, as `HTTP`.
    const TYPE: &'static str;
}

/// The configuration of one type of channel.
pub trait ChannelType: DeserializeOwned {
    /// The type that has it, as `WEBHOOK`.
    const TYPE: &'static str;
}

/// Why a configuration is not what was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigFault {
    /// It is of another type.
    #[error("this is of the type {there}, and not {asked}")]
    OtherType {
        /// What was asked for.
        asked: &'static str,
        /// What it is.
        there: String,
    },
    /// The key of the account is not available, so the server could not read it either.
    #[error("it is sealed: the key of the account is not available to the server")]
    Sealed,
    /// It has what this version of the client does not know.
    #[error("it is not understood: use a client of the server's version, or read `config` itself")]
    Unreadable,
}

/// A configuration read as its type. What it says of a secret is not told on.
fn read<T: DeserializeOwned>(
    config: &Raw,
    sealed: bool,
    asked: &'static str,
    there: &str,
) -> Result<T, ConfigFault> {
    if asked != there {
        return Err(ConfigFault::OtherType {
            asked,
            there: there.to_owned(),
        });
    }
    if sealed {
        return Err(ConfigFault::Sealed);
    }
    serde_json::from_value(Value::Object(config.clone())).map_err(|_| ConfigFault::Unreadable)
}

/// Makes the configurations of the types of a noun one enumeration. The generated part calls it
/// with what the specification has.
macro_rules! configs {
    ($noun:ident, $kind:ident, $name:ident { $($type:literal $variant:ident $config:ident,)* }) => {
        /// A configuration, by its type.
        #[derive(Debug, Clone)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = concat!("Of the type `", $type, "`.")]
                $variant(Box<types::$config>),
            )*
            /// Of a type that this version of the client does not know, or with what it does not
            /// know; or sealed, and then empty.
            Other {
                /// The type.
                kind: String,
                /// The configuration as it was received.
                config: serde_json::Map<String, serde_json::Value>,
            },
        }

        $(
            impl crate::$kind for types::$config {
                const TYPE: &'static str = $type;
            }
        )*

        impl types::$noun {
            /// The configuration by its type. It never fails: what is not known is `Other`.
            #[must_use]
            pub fn typed_config(&self) -> $name {
                let typed = match self.type_.as_str() {
                    $($type => self.config_as().map(|config| $name::$variant(Box::new(config))).ok(),)*
                    _ => None,
                };
                typed.unwrap_or_else(|| $name::Other {
                    kind: self.type_.clone(),
                    config: self.config.clone(),
                })
            }
        }
    };
}
pub(crate) use configs;

impl types::Monitor {
    /// The configuration as that of one type. A secret in it is [masked](crate::Secret::is_masked).
    ///
    /// # Errors
    /// When it is of another type, sealed, or has what this version does not know.
    pub fn config_as<T: MonitorType>(&self) -> Result<T, ConfigFault> {
        read(&self.config, self.sealed, T::TYPE, &self.type_)
    }
}

impl types::Channel {
    /// The configuration as that of one type. A secret in it is [masked](crate::Secret::is_masked).
    ///
    /// # Errors
    /// When it is of another type, sealed, or has what this version does not know.
    pub fn config_as<T: ChannelType>(&self) -> Result<T, ConfigFault> {
        read(&self.config, self.sealed, T::TYPE, &self.type_)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ChannelConfig, MonitorConfig};
    use serde_json::json;

    fn monitor(kind: &str, config: &Value) -> types::Monitor {
        serde_json::from_value(json!({
            "id": "mtr_1", "name": "n", "type": kind, "config": config, "sealed": false, "stale": false,
            "intervalSeconds": 60, "timeoutSeconds": 10, "confirmations": { "down": 2, "up": 1 },
            "tags": [], "dependsOn": [], "paused": false, "status": "UP", "statusSince": "2026-01-01T00:00:00Z",
            "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z", "version": 1,
        }))
        .unwrap()
    }

    #[test]
    fn a_configuration_is_read_as_its_type_and_its_secrets_stay_masked() {
        let shown = json!({
            "method": "GET", "bearerToken": { "secret": "set" },
            "secretHeaders": { "x-a": { "secret": "set" } },
        });
        let monitor = monitor("HTTP", &shown);
        let config: types::HttpConfig = monitor.config_as().unwrap();
        assert_eq!(config.method, types::HttpMethod::Get);
        assert!(config.bearer_token.as_ref().unwrap().is_masked());
        let sent = serde_json::to_value(&config).unwrap();
        assert_eq!(
            sent["bearerToken"], shown["bearerToken"],
            "it stays as it is"
        );
        assert_eq!(sent["secretHeaders"], shown["secretHeaders"]);
        assert!(matches!(monitor.typed_config(), MonitorConfig::Http(_)));
        assert_eq!(
            monitor.config_as::<types::PortConfig>().unwrap_err(),
            ConfigFault::OtherType {
                asked: "PORT",
                there: "HTTP".to_owned()
            }
        );
    }

    #[test]
    fn what_a_client_does_not_know_is_other() {
        for (kind, config) in [
            ("SMOKE", json!({ "colour": "grey" })),
            ("HTTP", json!({ "method": "GET", "somethingNew": true })),
            ("HTTP", json!({ "method": "BREW" })),
        ] {
            let monitor = monitor(kind, &config);
            match monitor.typed_config() {
                MonitorConfig::Other {
                    kind: told,
                    config: raw,
                } => {
                    assert_eq!((told.as_str(), Value::Object(raw)), (kind, config));
                }
                known => panic!("{known:?}"),
            }
        }
        let unread = monitor("HTTP", &json!({ "method": "BREW" }));
        assert_eq!(
            unread.config_as::<types::HttpConfig>().unwrap_err(),
            ConfigFault::Unreadable
        );
    }

    #[test]
    fn what_is_sealed_says_so() {
        let mut sealed = monitor("PORT", &json!({}));
        sealed.sealed = true;
        assert_eq!(
            sealed.config_as::<types::PortConfig>().unwrap_err(),
            ConfigFault::Sealed
        );
        assert!(matches!(sealed.typed_config(), MonitorConfig::Other { .. }));
    }

    #[test]
    fn channels_have_it_too() {
        let channel: types::Channel = serde_json::from_value(json!({
            "id": "chn_1", "name": "n", "type": "WEBHOOK", "sealed": false, "enabled": true,
            "config": { "url": "https://a.example", "signingSecret": { "secret": "set" } },
            "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z", "version": 1,
        }))
        .unwrap();
        assert!(matches!(channel.typed_config(), ChannelConfig::Webhook(_)));
    }
}
