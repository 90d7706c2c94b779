//! The scopes: one list that feeds the policy table, the specification and the documentation.

use std::{fmt, str::FromStr};

macro_rules! scopes {
    ($($(#[$doc:meta])* $variant:ident = $text:literal,)+) => {
        /// What a key may do.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Scope {
            $($(#[$doc])* $variant,)+
        }

        impl Scope {
            /// Every scope.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The text in a key and in the specification.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }
    };
}

scopes! {
    /// Read monitors, maintenance windows and silences.
    MonitorsRead = "monitors:read",
    /// Make, change, pause, check and delete monitors, maintenance windows and silences.
    MonitorsWrite = "monitors:write",
    /// Read the check log.
    ChecksRead = "checks:read",
    /// Read uptime, response times and series.
    AnalyticsRead = "analytics:read",
    /// Read the figures of this server for Prometheus.
    MetricsRead = "metrics:read",
    /// Report for any heartbeat monitor by its external reference. A key for the addresses of jobs
    /// has this scope and no other.
    HeartbeatsWrite = "heartbeats:write",
    /// Read downtime events.
    EventsRead = "events:read",
    /// Acknowledge downtime events.
    EventsWrite = "events:write",
    /// Read channels, rules and the delivery log.
    NotificationsRead = "notifications:read",
    /// Make, change, test and delete channels and rules.
    NotificationsWrite = "notifications:write",
    /// Read API keys; never the keys themselves.
    ApiKeysRead = "apiKeys:read",
    /// Make and revoke API keys.
    ApiKeysWrite = "apiKeys:write",
}

impl FromStr for Scope {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL
            .iter()
            .copied()
            .find(|scope| scope.as_str() == text)
            .ok_or(())
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The scopes of one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scopes {
    all: bool,
    some: Vec<Scope>,
}

impl Scopes {
    /// The scopes of these stored texts; a text that this version does not know gives nothing.
    pub fn parse<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let mut scopes = Self {
            all: false,
            some: Vec::new(),
        };
        for text in texts {
            scopes.all |= text == "*";
            scopes.some.extend(text.parse::<Scope>());
        }
        scopes
    }

    /// Whether this may be done.
    #[must_use]
    pub fn allow(&self, scope: Scope) -> bool {
        self.all || self.some.contains(&scope)
    }

    /// Whether a key with `other` can do nothing that a key with these cannot.
    #[must_use]
    pub fn cover(&self, other: &Self) -> bool {
        self.all || (!other.all && other.some.iter().all(|scope| self.allow(*scope)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_covers_only_what_it_may_do() {
        let all = Scopes::parse(["*"]);
        let read = Scopes::parse(["monitors:read", "unheard:of"]);
        assert!(all.cover(&read) && !read.cover(&all));
        assert!(read.allow(Scope::MonitorsRead) && !read.allow(Scope::MonitorsWrite));
        assert!(!read.cover(&Scopes::parse(["monitors:read", "monitors:write"])));
        for scope in Scope::ALL {
            assert_eq!(scope.as_str().parse(), Ok(*scope));
        }
    }
}
