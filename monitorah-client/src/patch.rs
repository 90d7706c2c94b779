//! A field of a merge patch (RFC 7396): left out it stays, null it gets its default, or it is set.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What a merge patch does with a field that can be cleared. A field that is left out stays.
///
/// ```
/// use monitorah_client::{Patch, types::UpdateMonitor};
///
/// let patch: UpdateMonitor = UpdateMonitor::builder()
///     .interval_seconds(Patch::Set(120_u32))
///     .external_ref(Patch::Clear)
///     .try_into()?;
/// assert_eq!(
///     serde_json::to_value(&patch).unwrap(),
///     serde_json::json!({ "intervalSeconds": 120, "externalRef": null })
/// );
/// # Ok::<_, monitorah_client::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Patch<T> {
    /// The field gets the value that it has when nothing is said: null.
    Clear,
    /// The field gets this value.
    Set(T),
}

impl<T> From<T> for Patch<T> {
    fn from(value: T) -> Self {
        Self::Set(value)
    }
}

impl<T: Serialize> Serialize for Patch<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Clear => serializer.serialize_none(),
            Self::Set(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Patch<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(|value| value.map_or(Self::Clear, Self::Set))
    }
}
