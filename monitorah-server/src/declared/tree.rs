//! A YAML or JSON document as a tree that knows where each value stands.
//!
//! The text comes from a file of the operator's own, but also from pipes and from repositories of
//! others: its size, its depth, its values and what its aliases repeat are bounded.

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use serde_saphyr::{Location, Spanned};
use std::fmt;

/// The largest document: bytes.
pub(crate) const MAX_BYTES: usize = 16 * 1024 * 1024;
/// The deepest nesting.
const MAX_DEPTH: usize = 32;
/// The most values, aliases resolved.
const MAX_VALUES: usize = 1_000_000;
/// The most values that aliases repeat.
const MAX_REPEATED: usize = 200_000;

/// Where something stands: line and column, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) line: u64,
    pub(crate) column: u64,
}

impl Place {
    fn of(location: Location) -> Option<Self> {
        (location.line() > 0).then(|| Self {
            line: location.line(),
            column: location.column(),
        })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// A value and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) place: Option<Place>,
    pub(crate) data: Data,
}

/// What a value is.
#[derive(Debug, Clone)]
pub(crate) enum Data {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// A key, where it stands, and its value.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) place: Option<Place>,
    pub(crate) value: Node,
}

/// The document cannot be read.
#[derive(Debug)]
pub(crate) struct Unreadable {
    pub(crate) place: Option<Place>,
    pub(crate) message: String,
}

/// Reads a document of YAML, of which JSON is a part.
pub(crate) fn read(text: &str) -> Result<Node, Unreadable> {
    if text.len() > MAX_BYTES {
        return Err(Unreadable {
            place: None,
            message: format!(
                "the file has more than {} MiB: split it",
                MAX_BYTES / 1_048_576
            ),
        });
    }
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: MAX_DEPTH,
            flow_nesting_limit: MAX_DEPTH,
            max_nodes: MAX_VALUES,
            max_events: 4 * MAX_VALUES,
            max_aliases: 50_000,
            max_anchors: 10_000,
            max_documents: 1,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: MAX_REPEATED,
            max_replay_stack_depth: 16,
        },
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options::<Node>(text, options).map_err(|error| Unreadable {
        place: error.location().and_then(Place::of),
        message: plain(&error.to_string(), tabbed(text, &error)),
    })
}

/// Whether the line of an error is indented by a tab, which YAML forbids and editors hide.
fn tabbed(text: &str, error: &serde_saphyr::Error) -> bool {
    let line = error.location().map_or(0, |location| location.line());
    let around = line.saturating_sub(1)..=line;
    text.lines().zip(1_u64..).any(|(content, number)| {
        let indent = content.len() - content.trim_start().len();
        around.contains(&number) && content.get(..indent).is_some_and(|i| i.contains('\t'))
    })
}

/// The reader's words in one line, without the place, which is said before them.
fn plain(message: &str, tabbed: bool) -> String {
    let message = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let message = match message.rfind(" at line ") {
        Some(at) if message.get(at..).is_some_and(|rest| rest.len() < 40) => {
            message.get(..at).unwrap_or(&message).to_owned()
        }
        _ => message,
    };
    if tabbed {
        format!("{message}; the line is indented by a tab: YAML takes spaces only")
    } else {
        message
    }
}

impl Node {
    /// The value as JSON.
    pub(crate) fn to_json(&self) -> Value {
        match &self.data {
            Data::Null => Value::Null,
            Data::Bool(value) => Value::Bool(*value),
            Data::Number(number) => Value::Number(number.clone()),
            Data::Text(text) => Value::String(text.clone()),
            Data::List(items) => Value::Array(items.iter().map(Self::to_json).collect()),
            Data::Map(entries) => {
                let members = entries
                    .iter()
                    .map(|entry| (entry.key.clone(), entry.value.to_json()));
                Value::Object(members.collect::<Map<_, _>>())
            }
        }
    }

    /// The members, when it is a map.
    pub(crate) fn entries(&self) -> Option<&[Entry]> {
        match &self.data {
            Data::Map(entries) => Some(entries),
            _ => None,
        }
    }

    /// The items, when it is a list.
    pub(crate) fn items(&self) -> Option<&[Self]> {
        match &self.data {
            Data::List(items) => Some(items),
            _ => None,
        }
    }

    /// The text, when it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The value of this JSON pointer.
    pub(crate) fn at(&self, pointer: &str) -> Option<&Self> {
        pointer.split('/').skip(1).try_fold(self, |node, segment| {
            let segment = segment.replace("~1", "/").replace("~0", "~");
            match &node.data {
                Data::Map(entries) => entries
                    .iter()
                    .find(|entry| entry.key == segment)
                    .map(|entry| &entry.value),
                Data::List(items) => items.get(segment.parse::<usize>().ok()?),
                _ => None,
            }
        })
    }

    /// Where the value of this JSON pointer stands, or what is nearest above it. A pointer to a
    /// key that should not be there leads to the key.
    pub(crate) fn place_of(&self, pointer: &str) -> Option<Place> {
        let mut node = self;
        let mut place = self.place;
        for segment in pointer.split('/').skip(1) {
            let segment = segment.replace("~1", "/").replace("~0", "~");
            let next = match &node.data {
                Data::Map(entries) => entries
                    .iter()
                    .find(|entry| entry.key == segment)
                    .map(|entry| (entry.place.or(entry.value.place), &entry.value)),
                Data::List(items) => segment
                    .parse::<usize>()
                    .ok()
                    .and_then(|index| items.get(index))
                    .map(|item| (item.place, item)),
                _ => None,
            };
            let Some((at, found)) = next else { break };
            place = at.or(place);
            node = found;
        }
        place
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<Data>::deserialize(deserializer)?;
        Ok(Self {
            place: Place::of(spanned.defined).or_else(|| Place::of(spanned.referenced)),
            data: spanned.value,
        })
    }
}

impl<'de> Deserialize<'de> for Data {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyData)
    }
}

struct AnyData;

impl<'de> Visitor<'de> for AnyData {
    type Value = Data;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Data, E> {
        Ok(Data::Null)
    }

    fn visit_none<E>(self) -> Result<Data, E> {
        Ok(Data::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Data, D::Error> {
        Data::deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Data, E> {
        Ok(Data::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Data, E> {
        Ok(Data::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Data, E> {
        Ok(Data::Number(value.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Data, E> {
        Number::from_f64(value)
            .map(Data::Number)
            .ok_or_else(|| E::custom("this number cannot be written in JSON"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Data, E> {
        Ok(Data::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Data, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element::<Node>()? {
            list.push(item);
        }
        Ok(Data::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Data, A::Error> {
        let mut map: Vec<Entry> = Vec::new();
        while let Some(key) = members.next_key::<Spanned<String>>()? {
            let value = members.next_value::<Node>()?;
            if map.iter().any(|entry| entry.key == key.value) {
                return Err(A::Error::custom(format!(
                    "the key {} is there twice",
                    key.value
                )));
            }
            map.push(Entry {
                place: Place::of(key.defined).or_else(|| Place::of(key.referenced)),
                key: key.value,
                value,
            });
        }
        Ok(Data::Map(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_know_their_places() {
        let node = read("a:\n  - b: 1\n    c: yes\n  - \"d\"\n").unwrap();
        assert_eq!(node.to_json(), json!({"a": [{"b": 1, "c": "yes"}, "d"]}));
        let at = |pointer: &str| node.place_of(pointer).unwrap().to_string();
        assert_eq!(at("/a/0/c"), "3:5");
        assert_eq!(at("/a/1"), "4:5");
        assert_eq!(at("/a/0/absent/deeper"), "2:5", "the nearest that is there");
    }

    #[test]
    fn json_is_read_also_with_tabs() {
        let node = read("{\n\t\"a\": [1, true, null, \"x\"],\n\t\"b\": 1.5\n}").unwrap();
        assert_eq!(node.to_json(), json!({"a": [1, true, null, "x"], "b": 1.5}));
        assert_eq!(node.place_of("/b").unwrap().line, 3);
    }

    #[test]
    fn a_bomb_of_aliases_is_refused() {
        let mut text = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
        for level in 1..10 {
            let before = level - 1;
            let items = vec![format!("*a{before}"); 10].join(",");
            text.push_str(&format!("a{level}: &a{level} [{items}]\n"));
        }
        assert!(text.len() < 1_000);
        let error = read(&text).unwrap_err();
        assert!(error.message.contains("alias"), "{}", error.message);
    }

    #[test]
    fn depth_size_tabs_and_keys_there_twice_are_named() {
        let deep = "[".repeat(100) + &"]".repeat(100);
        assert!(read(&deep).is_err());
        assert!(
            read(&" ".repeat(MAX_BYTES + 1))
                .unwrap_err()
                .message
                .contains("16 MiB")
        );
        let tab = read("a:\n\tb: 1\n").unwrap_err();
        assert!(tab.message.contains("tab"), "{}", tab.message);
        assert!(tab.place.is_some());
        let twice = read("a: 1\nb: 2\na: 3\n").unwrap_err();
        assert_eq!(twice.place.unwrap().line, 3, "{}", twice.message);
        assert!(read("a: 1\n---\nb: 2\n").is_err(), "one document only");
    }

    #[test]
    fn texts_stay_what_they_look_like() {
        let node = read("a: 0755\nb: 1_000\nc: on\nd: 12\ne: !!str 12\n").unwrap();
        assert_eq!(
            node.to_json(),
            json!({"a": "0755", "b": "1_000", "c": "on", "d": 12, "e": "12"})
        );
    }
}
