//! What differs between a monitor of a file and one of a server, and the merge patch that mends it.

use super::{
    catalogue::{Catalogue, Object, escaped, kept},
    file::{Declared, Wanted, at},
    live::Live,
    plan::{Action, Change, Shown, Wishes, leaves},
};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// What differs between a monitor of a file and one of a server.
pub(super) struct Difference<'a> {
    declared: &'a Declared,
    wanted: &'a Wanted,
    live: &'a Live,
    catalogue: &'a Catalogue,
    changes: Vec<Change>,
    patch: Object,
}

impl<'a> Difference<'a> {
    pub(super) fn of(
        declared: &'a Declared,
        wanted: &'a Wanted,
        live: &'a Live,
        catalogue: &'a Catalogue,
    ) -> Self {
        Self {
            declared,
            wanted,
            live,
            catalogue,
            changes: Vec::new(),
            patch: Object::new(),
        }
    }

    pub(super) fn action(mut self, wishes: Wishes) -> Action {
        let blocked = |why: String, pointer| Action::Blocked { why, pointer };
        if self.live.sealed {
            return blocked(
                "the key of its account is not available on the server: it cannot be compared"
                    .to_owned(),
                "",
            );
        }
        let kind = self.wanted.text("type");
        if kind != self.live.text("type") {
            return blocked(
                format!(
                    "it is of type {} on the server, and a type cannot be changed: give it another \
                     externalRef, which makes a new monitor",
                    self.live.text("type")
                ),
                "/type",
            );
        }
        if let Some(owner) = &self.live.owner
            && self.declared.owner.as_ref() != Some(owner)
            && !wishes.take_over
        {
            return blocked(
                format!(
                    "it belongs to {owner}: take it out of this file, or take it over with \
                     --take-over"
                ),
                "",
            );
        }
        self.compare();
        let secrets = !self.wanted.secrets.is_empty();
        let resend = wishes.resend_secrets && self.wanted.gives_secrets();
        if self.changes.is_empty() && !resend {
            return Action::Unchanged { secrets };
        }
        if resend || self.patch.contains_key("config") || self.patch.contains_key("target") {
            self.send_secrets(resend);
        }
        Action::Update {
            id: self.live.id.clone(),
            version: self.live.version,
            patch: Value::Object(self.patch),
            changes: self.changes,
        }
    }

    fn compare(&mut self) {
        let have = self.have();
        let fields: Vec<String> = self.catalogue.fields().map(str::to_owned).collect();
        for field in fields {
            match field.as_str() {
                "owner" | "config" | "type" => {}
                // A monitor without a reference of its own is known by its id.
                "externalRef" if self.live.reference.is_none() => {}
                // Somebody who paused a monitor by hand wants it to rest until they say otherwise.
                "paused" if !self.wanted.body.contains_key("paused") => {}
                "tags" | "dependsOn" => self.set(&field, &have),
                _ => self.field(&field, &have),
            }
        }
        let owner = self.declared.owner.as_ref().map(|owner| json!(owner));
        let had = self.live.owner.as_ref().map(|owner| json!(owner));
        if owner != had {
            self.change("/owner", had.as_ref(), owner.as_ref());
            self.patch.insert("owner".to_owned(), owner.into());
        }
        let (want, have) = (object(&self.wanted.full), object(&have));
        let patch = self.config(want, have);
        if !patch.is_empty() {
            self.patch.insert("config".to_owned(), Value::Object(patch));
        }
    }

    /// What the server has, written out as we would; as it stands where we cannot read it.
    fn have(&self) -> Object {
        let mut body = Object::new();
        for field in self.catalogue.fields().filter(|field| *field != "owner") {
            if let Some(value) = self.live.shown.get(field) {
                body.insert(field.to_owned(), value.clone());
            }
        }
        self.catalogue.full(&body).unwrap_or(body)
    }

    fn field(&mut self, field: &str, have: &Object) {
        let (want, had) = (self.wanted.full.get(field), have.get(field));
        let lacking = had.is_none() && !self.wanted.body.contains_key(field);
        if same(want, had) || lacking {
            return;
        }
        let want = want.cloned();
        self.change(&format!("/{field}"), had, want.as_ref());
        self.patch.insert(field.to_owned(), want.into());
    }

    /// Tags and dependencies have no order.
    fn set(&mut self, field: &str, have: &Object) {
        let set = |value: Option<&Value>| -> BTreeSet<String> {
            let items = value.and_then(Value::as_array).into_iter().flatten();
            items.filter_map(Value::as_str).map(str::to_owned).collect()
        };
        if set(self.wanted.full.get(field)) != set(have.get(field)) {
            self.field(field, have);
        }
    }

    /// The merge patch that makes one configuration the other.
    fn config(&mut self, want: &Object, have: &Object) -> Object {
        let mut patch = Object::new();
        let given = object(&self.wanted.body).clone();
        let kind = self.wanted.text("type").to_owned();
        for (field, value) in want {
            let pointer = format!("/config/{}", escaped(field));
            match have.get(field) {
                Some(had) => {
                    if let Some(changed) = self.below(&pointer, value, had) {
                        patch.insert(field.clone(), changed);
                    }
                }
                // A default of ours that the server does not know of.
                None if !given.contains_key(field) => {}
                None => {
                    self.added(&pointer, value);
                    patch.insert(field.clone(), value.clone());
                }
            }
        }
        for (field, had) in have {
            if !want.contains_key(field) && self.catalogue.config_has(&kind, field) {
                let pointer = format!("/config/{}", escaped(field));
                self.removed(&pointer, had);
                patch.insert(field.clone(), Value::Null);
            }
        }
        patch
    }

    /// What a merge patch says of a value that both have; nothing when it is the same.
    fn below(&mut self, pointer: &str, want: &Value, had: &Value) -> Option<Value> {
        if *had == kept() || want == had {
            return None;
        }
        let (Value::Object(want), Value::Object(had)) = (want, had) else {
            if same(Some(want), Some(had)) {
                return None;
            }
            self.change(pointer, Some(had), Some(want));
            return Some(want.clone());
        };
        let mut patch = Map::new();
        for (key, value) in want {
            let pointer = format!("{pointer}/{}", escaped(key));
            let changed = match had.get(key) {
                Some(had) => self.below(&pointer, value, had),
                None => {
                    self.added(&pointer, value);
                    Some(value.clone())
                }
            };
            if let Some(changed) = changed {
                patch.insert(key.clone(), changed);
            }
        }
        for (key, value) in had {
            if !want.contains_key(key) {
                self.removed(&format!("{pointer}/{}", escaped(key)), value);
                patch.insert(key.clone(), Value::Null);
            }
        }
        (!patch.is_empty()).then_some(Value::Object(patch))
    }

    fn added(&mut self, pointer: &str, value: &Value) {
        leaves(pointer, value, &mut |pointer, value| {
            let after = self.wanted.shown(pointer, Some(value));
            self.changes.push(Change {
                pointer: pointer.to_owned(),
                before: Shown::Absent,
                after,
            });
        });
    }

    fn removed(&mut self, pointer: &str, value: &Value) {
        let secrets: BTreeSet<_> = self
            .catalogue
            .secrets_in(&self.live.shown)
            .into_iter()
            .collect();
        leaves(pointer, value, &mut |pointer, value| {
            self.changes.push(Change {
                pointer: pointer.to_owned(),
                before: if secrets.contains(pointer) {
                    Shown::Secret
                } else if self.declared.holds_variable(value) {
                    Shown::Hidden
                } else {
                    Shown::Value(value.clone())
                },
                after: Shown::Absent,
            });
        });
    }

    fn change(&mut self, pointer: &str, had: Option<&Value>, want: Option<&Value>) {
        let after = self.wanted.shown(pointer, want);
        let before = match (&after, had) {
            (_, None | Some(Value::Null)) => Shown::Absent,
            (Shown::Written(_), _) => Shown::Hidden,
            (Shown::Secret, _) => Shown::Secret,
            (_, Some(had)) if self.declared.holds_variable(had) => Shown::Hidden,
            (_, Some(had)) => Shown::Value(had.clone()),
        };
        self.changes.push(Change {
            pointer: pointer.to_owned(),
            before,
            after,
        });
    }

    /// Puts the secrets of the file into the patch: those that are new, and all of them where what
    /// they are sent to changes, or where that is asked for.
    fn send_secrets(&mut self, resend: bool) {
        let mut patch = Value::Object(std::mem::take(&mut self.patch));
        let given: Vec<_> = self.wanted.given_secrets().map(str::to_owned).collect();
        for pointer in given {
            let Some(secret) = at(&self.wanted.body, &pointer) else {
                continue;
            };
            put(&mut patch, &pointer, secret.clone());
            let told = self.changes.iter().any(|change| change.pointer == pointer);
            if resend && !told {
                self.changes.push(Change {
                    pointer,
                    before: Shown::Secret,
                    after: Shown::Secret,
                });
            }
        }
        // What stands for a secret is never sent: where the file keeps the stored one, it says so.
        let kept_ones = self.wanted.secrets.iter();
        for pointer in kept_ones.filter(|p| at(&self.wanted.body, p) == Some(&kept())) {
            if patch.pointer(pointer).is_some() {
                put(&mut patch, pointer, kept());
            }
        }
        if let Value::Object(patch) = patch {
            self.patch = patch;
        }
    }
}

/// The configuration of a body.
fn object(body: &Object) -> &Object {
    static EMPTY: std::sync::LazyLock<Object> = std::sync::LazyLock::new(Object::new);
    body.get("config")
        .and_then(Value::as_object)
        .unwrap_or(&EMPTY)
}

/// Puts a value at a pointer, making the objects on the way.
fn put(document: &mut Value, pointer: &str, value: Value) {
    let mut place = document;
    for segment in pointer.split('/').skip(1) {
        if !place.is_object() {
            *place = json!({});
        }
        let Value::Object(members) = place else {
            return;
        };
        place = members
            .entry(segment.replace("~1", "/").replace("~0", "~"))
            .or_insert(Value::Null);
    }
    *place = value;
}

/// Whether two values mean the same: numbers are numbers, and an absent value is null.
fn same(a: Option<&Value>, b: Option<&Value>) -> bool {
    match (a.unwrap_or(&Value::Null), b.unwrap_or(&Value::Null)) {
        (Value::Number(a), Value::Number(b)) => {
            a == b
                || a.as_f64()
                    .zip(b.as_f64())
                    .is_some_and(|(a, b)| a.total_cmp(&b).is_eq())
        }
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(Some(a), Some(b)))
        }
        (Value::Object(a), Value::Object(b)) => a
            .keys()
            .chain(b.keys())
            .all(|key| same(a.get(key), b.get(key))),
        (a, b) => a == b,
    }
}
