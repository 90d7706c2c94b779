//! The keys of a map, crossed off one by one, so that none is forgotten.

use crate::declared::tree::{Data, Entry, Node};

/// What stands where a truth value belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Flag {
    Says(bool),
    /// Something else, as it stands there.
    Mumbles(String),
}

/// The keys of a map that were not asked for yet.
#[derive(Debug)]
pub(super) struct Keys<'a> {
    left: Vec<&'a Entry>,
}

impl<'a> Keys<'a> {
    /// Of this value, when it is a map.
    pub(super) fn of(node: &'a Node) -> Option<Self> {
        Some(Self {
            left: node.entries()?.iter().collect(),
        })
    }

    /// The value of a key, which is crossed off. An empty value is as good as none.
    pub(super) fn take(&mut self, key: &str) -> Option<&'a Node> {
        let at = self.left.iter().position(|entry| entry.key == key)?;
        let value = &self.left.swap_remove(at).value;
        (!matches!(value.data, Data::Null)).then_some(value)
    }

    /// The value of a key, which stays.
    pub(super) fn peek(&self, key: &str) -> Option<&'a Node> {
        let entry = self.left.iter().find(|entry| entry.key == key)?;
        Some(&entry.value)
    }

    /// A text or a number, as text.
    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        self.take(key).and_then(as_text)
    }

    /// A truth value. The reader of Gatus takes the words of YAML 1.1 for some where one belongs.
    pub(super) fn flag(&mut self, key: &str) -> Option<Flag> {
        let node = self.take(key)?;
        Some(match &node.data {
            Data::Bool(value) => Flag::Says(*value),
            Data::Text(text) => match text.as_str() {
                "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" | "true" | "True"
                | "TRUE" => Flag::Says(true),
                "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" | "false" | "False"
                | "FALSE" => Flag::Says(false),
                other => Flag::Mumbles(other.to_owned()),
            },
            _ => Flag::Mumbles(as_text(node).unwrap_or_else(|| "a list or a map".to_owned())),
        })
    }

    /// What was not asked for, in the order of the file.
    pub(super) fn rest(mut self) -> Vec<String> {
        self.left.sort_by_key(|entry| entry.place);
        self.left.iter().map(|entry| entry.key.clone()).collect()
    }
}

/// What a scalar looks like in the file.
pub(super) fn as_text(node: &Node) -> Option<String> {
    match &node.data {
        Data::Text(text) => Some(text.clone()),
        Data::Number(number) => Some(number.to_string()),
        Data::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}
