//! What a new schema takes away. In a request it may admit more, and never less. In an answer it
//! may promise more, and never less.

use super::{is_true, members, resolve, text};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Who sends what the schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// The client.
    Request,
    /// The server.
    Response,
}

/// A walk through two schemas side by side.
pub(super) struct Walk<'a> {
    side: Side,
    old: &'a Value,
    new: &'a Value,
    /// Pairs of references that were compared, since schemas may hold themselves.
    seen: BTreeSet<(String, String)>,
    found: Vec<String>,
}

/// Bounds from below, which a request's schema may not raise.
const LEAST: [&str; 5] = [
    "minimum",
    "exclusiveMinimum",
    "minLength",
    "minItems",
    "minProperties",
];
/// Bounds from above, which it may not lower.
const MOST: [&str; 5] = [
    "maximum",
    "exclusiveMaximum",
    "maxLength",
    "maxItems",
    "maxProperties",
];

impl<'a> Walk<'a> {
    pub(super) fn new(side: Side, old: &'a Value, new: &'a Value) -> Self {
        Self {
            side,
            old,
            new,
            seen: BTreeSet::new(),
            found: Vec::new(),
        }
    }

    pub(super) fn found(self) -> Vec<String> {
        self.found
    }

    fn say(&mut self, place: &str, what: &str) {
        self.found.push(format!("{place}: {what}"));
    }

    pub(super) fn compare(&mut self, place: &str, before: &Value, after: &Value) {
        if let (Some(was), Some(is)) = (before.get("$ref"), after.get("$ref"))
            && !self.seen.insert((was.to_string(), is.to_string()))
        {
            return;
        }
        let before = plain(resolve(self.old, before));
        let after = plain(resolve(self.new, after));
        let before = plain(&merged(self.old, &before));
        let after = plain(&merged(self.new, &after));
        self.kinds(place, &before, &after);
        self.values(place, &before, &after);
        self.fields(place, &before, &after);
        self.variants(place, &before, &after);
        if self.side == Side::Request {
            self.bounds(place, &before, &after);
        } else if text(&before, "format") != text(&after, "format") {
            let (was, is) = (text(&before, "format"), text(&after, "format"));
            self.say(place, &format!("its format was {was:?} and is {is:?}"));
        }
        if let Some(is) = after.get("items") {
            match before.get("items") {
                Some(was) => self.compare(&format!("{place}[]"), was, is),
                None if self.side == Side::Request => self.say(place, "its items are narrower"),
                None => {}
            }
        }
        if let (Some(was @ Value::Object(_)), Some(is @ Value::Object(_))) = (
            before.get("additionalProperties"),
            after.get("additionalProperties"),
        ) {
            self.compare(&format!("{place}.*"), was, is);
        }
    }

    /// The types of JSON that it may be.
    fn kinds(&mut self, place: &str, before: &Value, after: &Value) {
        let (was, is) = (kinds(before), kinds(after));
        let (given, taken, who) = match self.side {
            Side::Request => (&was, &is, "is not admitted any more"),
            Side::Response => (&is, &was, "may come now"),
        };
        // No type is every type.
        if taken.is_empty() {
            return;
        }
        if given.is_empty() {
            let what = match self.side {
                Side::Request => format!("only {} is admitted now", list(&is)),
                Side::Response => "anything may come now".to_owned(),
            };
            self.say(place, &what);
            return;
        }
        for kind in given {
            let fits = taken.contains(kind) || kind == "integer" && taken.contains("number");
            if !fits {
                self.say(place, &format!("{kind} {who}"));
            }
        }
    }

    /// The values of an enumeration.
    fn values(&mut self, place: &str, before: &Value, after: &Value) {
        let (was, is) = (before.get("enum"), after.get("enum"));
        let has = |values: &Value, value: &Value| {
            values
                .as_array()
                .is_some_and(|values| values.contains(value))
        };
        match (was, is) {
            (Some(was), Some(is)) => {
                for value in was.as_array().into_iter().flatten() {
                    if !has(is, value) {
                        self.say(place, &format!("the value {value} is gone"));
                    }
                }
                for value in is.as_array().into_iter().flatten() {
                    if self.side == Side::Response && !has(was, value) {
                        self.say(
                            place,
                            &format!("the value {value} may come, which clients do not know"),
                        );
                    }
                }
            }
            (None, Some(is)) if self.side == Side::Request => {
                self.say(place, &format!("only {is} is admitted now"));
            }
            (Some(_), None) if self.side == Side::Response => {
                self.say(place, "any value may come, and its values were listed");
            }
            _ => {}
        }
    }

    /// The fields of an object.
    fn fields(&mut self, place: &str, before: &Value, after: &Value) {
        let needs = |schema: &Value, name: &str| {
            let required = schema.get("required").and_then(Value::as_array);
            required.is_some_and(|names| names.iter().any(|required| required == name))
        };
        let field = |schema: &'_ Value, name: &str| -> Option<Value> {
            schema.get("properties")?.get(name).cloned()
        };
        let closed = |schema: &Value| schema.get("additionalProperties") == Some(&json!(false));
        for (name, was) in members(before.get("properties")) {
            let inner = format!("{place}.{name}");
            match field(after, name) {
                Some(is) => self.compare(&inner, was, &is),
                // An open request admits it still, if only as something unknown.
                None if self.side == Side::Request && !closed(after) => {}
                None => self.say(place, &format!("the field {name} is gone")),
            }
            if self.side == Side::Response
                && field(after, name).is_some()
                && needs(before, name)
                && !needs(after, name)
            {
                self.say(place, &format!("the field {name} may be absent now"));
            }
        }
        if self.side == Side::Request {
            let required = after.get("required").and_then(Value::as_array);
            for name in required.into_iter().flatten().filter_map(Value::as_str) {
                if !needs(before, name) {
                    self.say(place, &format!("the field {name} must be sent"));
                }
            }
            if closed(after) && !closed(before) && !kinds(before).is_disjoint(&object()) {
                self.say(place, "unknown fields are refused now");
            }
        }
    }

    /// The members of a union, told apart by their tag or by what they refer to.
    fn variants(&mut self, place: &str, before: &Value, after: &Value) {
        let (was, is) = (variants(before), variants(after));
        for (tag, before) in &was {
            match is.iter().find(|(other, _)| other == tag) {
                Some((_, after)) => self.compare(&format!("{place}({tag})"), before, after),
                None => self.say(place, &format!("the variant {tag} is gone")),
            }
        }
        if self.side == Side::Response && !was.is_empty() {
            for (tag, _) in &is {
                if !was.iter().any(|(other, _)| other == tag) {
                    self.say(
                        place,
                        &format!("the variant {tag} may come, which clients do not know"),
                    );
                }
            }
        }
        if self.side == Side::Request
            && was.is_empty()
            && !is.is_empty()
            && !kinds(before).is_empty()
        {
            self.say(place, "it must be one of several variants now");
        }
    }

    /// What a request's value may be.
    fn bounds(&mut self, place: &str, before: &Value, after: &Value) {
        let number = |schema: &Value, word: &str| schema.get(word).and_then(Value::as_f64);
        for word in LEAST {
            if let Some(is) = number(after, word)
                && number(before, word).is_none_or(|was| is > was)
                // No length is less than none.
                && !(is <= 0.0 && matches!(word, "minLength" | "minItems" | "minProperties"))
            {
                self.say(place, &format!("{word} is now at least {is}"));
            }
        }
        for word in MOST {
            if let Some(is) = number(after, word)
                && number(before, word).is_none_or(|was| is < was)
            {
                self.say(place, &format!("{word} is now at most {is}"));
            }
        }
        for word in ["pattern", "format", "multipleOf"] {
            let (was, is) = (before.get(word), after.get(word));
            // The formats of numbers say how to hold them; their bounds are what is admitted.
            let of_number = word == "format" && !kinds(after).contains("string");
            if let Some(is) = is
                && was != Some(is)
                && !of_number
            {
                self.say(place, &format!("it must have the {word} {is}"));
            }
        }
        if is_true(after, "uniqueItems") && !is_true(before, "uniqueItems") {
            self.say(place, "its items must differ");
        }
    }
}

fn object() -> BTreeSet<String> {
    BTreeSet::from(["object".to_owned()])
}

fn list(kinds: &BTreeSet<String>) -> String {
    kinds.iter().cloned().collect::<Vec<_>>().join(" or ")
}

/// A schema with null among its types instead of its choices, and a constant as an enumeration.
fn plain(schema: &Value) -> Value {
    let mut schema = schema.clone();
    let Some(members) = schema.as_object_mut() else {
        return schema;
    };
    if let Some(value) = members.remove("const") {
        members.insert("enum".to_owned(), json!([value]));
    }
    for word in ["oneOf", "anyOf"] {
        let Some(Value::Array(choices)) = members.get_mut(word) else {
            continue;
        };
        let before = choices.len();
        choices.retain(|choice| choice.get("type") != Some(&json!("null")));
        if choices.len() == before {
            continue;
        }
        let only = match choices.as_slice() {
            [only] => Some(only.clone()),
            _ => None,
        };
        members.insert("x-null".to_owned(), json!(true));
        if let Some(only) = only {
            members.remove(word);
            members.insert("allOf".to_owned(), json!([only]));
        }
    }
    schema
}

/// A schema with what its `allOf` and its own reference say as its own words.
fn merged(document: &Value, schema: &Value) -> Value {
    let mut whole = Map::new();
    let own = schema.get("$ref").map(|_| resolve(document, schema));
    let parts = schema.get("allOf").and_then(Value::as_array);
    let parts = parts
        .into_iter()
        .flatten()
        .map(|part| resolve(document, part));
    for part in own.into_iter().chain(parts) {
        let part = plain(part);
        for (name, value) in members(Some(&part)) {
            match (whole.get_mut(name), value) {
                (Some(Value::Object(whole)), Value::Object(more)) => whole.extend(more.clone()),
                (Some(Value::Array(whole)), Value::Array(more)) => whole.extend(more.clone()),
                _ => {
                    whole.insert(name.clone(), value.clone());
                }
            }
        }
    }
    for (name, value) in members(Some(schema)) {
        if name != "allOf" && name != "$ref" {
            whole.insert(name.clone(), value.clone());
        }
    }
    Value::Object(whole)
}

/// The types of JSON that a schema names, null included.
fn kinds(schema: &Value) -> BTreeSet<String> {
    let mut kinds: BTreeSet<String> = match schema.get("type") {
        Some(Value::String(kind)) => BTreeSet::from([kind.clone()]),
        Some(Value::Array(kinds)) => kinds
            .iter()
            .filter_map(|kind| kind.as_str().map(str::to_owned))
            .collect(),
        _ => BTreeSet::new(),
    };
    if is_true(schema, "x-null") && !kinds.is_empty() {
        kinds.insert("null".to_owned());
    }
    kinds
}

/// The members of a union with their tags: that of the discriminator, the name, or the type.
fn variants(schema: &Value) -> Vec<(String, Value)> {
    let mapping = schema.get("discriminator").and_then(|d| d.get("mapping"));
    ["oneOf", "anyOf"]
        .iter()
        .filter_map(|word| schema.get(*word)?.as_array())
        .flatten()
        .enumerate()
        .map(|(place, variant)| {
            let target = text(variant, "$ref");
            let tag = members(mapping)
                .find(|(_, to)| to.as_str() == Some(target) && !target.is_empty())
                .map(|(tag, _)| tag.clone())
                .or_else(|| {
                    target
                        .rsplit('/')
                        .next()
                        .filter(|n| !n.is_empty())
                        .map(str::to_owned)
                })
                .or_else(|| Some(text(variant, "type").to_owned()).filter(|kind| !kind.is_empty()))
                .unwrap_or_else(|| format!("number {place}"));
            (tag, variant.clone())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Side::{Request, Response};

    #[expect(clippy::needless_pass_by_value, reason = "the tests read better so")]
    fn said(side: Side, old: Value, new: Value) -> Vec<String> {
        let (before, after) = (json!({ "s": old }), json!({ "s": new }));
        let mut walk = Walk::new(side, &before, &after);
        walk.compare("it", &before["s"], &after["s"]);
        walk.found()
    }

    #[test]
    fn a_request_may_admit_more_and_never_less() {
        for (wide, narrow, what) in [
            (
                json!({ "type": ["string", "null"] }),
                json!({ "type": "string" }),
                "null is not admitted",
            ),
            (
                json!({}),
                json!({ "type": "string" }),
                "only string is admitted",
            ),
            (
                json!({ "type": "number" }),
                json!({ "type": "integer" }),
                "number is not admitted",
            ),
            (
                json!({ "enum": ["A", "B"] }),
                json!({ "enum": ["A"] }),
                "\"B\" is gone",
            ),
            (
                json!({ "type": "string" }),
                json!({ "type": "string", "enum": ["A"] }),
                "only [\"A\"]",
            ),
            (
                json!({ "type": "string" }),
                json!({ "type": "string", "const": "A" }),
                "only [\"A\"]",
            ),
            (
                json!({ "type": "string" }),
                json!({ "type": "string", "pattern": "^a" }),
                "the pattern",
            ),
            (
                json!({ "type": "string" }),
                json!({ "type": "string", "format": "uri" }),
                "the format",
            ),
            (
                json!({ "maxLength": 9 }),
                json!({ "maxLength": 8 }),
                "maxLength is now at most 8",
            ),
            (
                json!({ "minimum": 1 }),
                json!({ "minimum": 2 }),
                "minimum is now at least 2",
            ),
            (
                json!({}),
                json!({ "minimum": 0 }),
                "minimum is now at least 0",
            ),
            (
                json!({ "type": "array" }),
                json!({ "type": "array", "uniqueItems": true }),
                "must differ",
            ),
            (
                json!({ "type": "array", "items": {} }),
                json!({ "type": "array", "items": { "type": "string" } }),
                "it[]: only string",
            ),
            (
                json!({ "type": "object", "properties": { "a": {} } }),
                json!({ "type": "object", "properties": { "a": {} }, "additionalProperties": false }),
                "unknown fields are refused",
            ),
            (
                json!({ "properties": { "a": {}, "b": {} }, "additionalProperties": false }),
                json!({ "properties": { "a": {} }, "additionalProperties": false }),
                "the field b is gone",
            ),
            (
                json!({ "properties": { "a": {} } }),
                json!({ "properties": { "a": {} }, "required": ["a"] }),
                "the field a must be sent",
            ),
            (
                json!({ "properties": { "a": { "properties": { "b": { "type": ["string", "null"] } } } } }),
                json!({ "properties": { "a": { "properties": { "b": { "type": "string" } } } } }),
                "it.a.b: null",
            ),
            (
                json!({ "additionalProperties": {} }),
                json!({ "additionalProperties": { "type": "string" } }),
                "it.*: only string",
            ),
            (
                json!({ "oneOf": [{ "type": "string" }, { "type": "integer" }] }),
                json!({ "oneOf": [{ "type": "string" }] }),
                "the variant integer is gone",
            ),
            (
                json!({ "oneOf": [{ "type": "string" }, { "type": "null" }] }),
                json!({ "type": "string" }),
                "null is not admitted",
            ),
        ] {
            let found = said(Request, wide.clone(), narrow.clone());
            assert_eq!(found.len(), 1, "{wide} {narrow}: {found:?}");
            assert!(found[0].contains(what), "{found:?}");
            assert_eq!(
                said(Request, narrow, wide),
                [""; 0],
                "{what}: the other way is no break"
            );
        }
        for (old, new) in [
            (
                json!({ "type": "string" }),
                json!({ "type": "string", "minLength": 0 }),
            ),
            (
                json!({ "type": "integer", "format": "int32" }),
                json!({ "type": "integer", "format": "int64" }),
            ),
            (
                json!({ "properties": {} }),
                json!({ "properties": { "a": { "type": "string" } } }),
            ),
        ] {
            assert_eq!(said(Request, old, new), [""; 0]);
        }
    }

    #[test]
    fn an_answer_may_promise_more_and_never_less() {
        for (more, less, what) in [
            (
                json!({ "type": "string" }),
                json!({ "type": ["string", "null"] }),
                "null may come",
            ),
            (
                json!({ "type": "integer" }),
                json!({ "type": "number" }),
                "number may come",
            ),
            (json!({ "type": "string" }), json!({}), "anything may come"),
            (
                json!({ "properties": { "a": {} }, "required": ["a"] }),
                json!({ "properties": { "a": {} } }),
                "the field a may be absent",
            ),
            (json!({ "enum": ["A"] }), json!({}), "any value may come"),
            (
                json!({ "type": "array", "items": { "type": "string" } }),
                json!({ "type": "array", "items": { "type": ["string", "null"] } }),
                "it[]: null may come",
            ),
            (
                json!({ "properties": { "a": {}, "b": {} } }),
                json!({ "properties": { "a": {} } }),
                "the field b is gone",
            ),
        ] {
            let found = said(Response, more.clone(), less.clone());
            assert_eq!(found.len(), 1, "{more} {less}: {found:?}");
            assert!(found[0].contains(what), "{found:?}");
            assert_eq!(
                said(Response, less, more),
                [""; 0],
                "{what}: the other way is no break"
            );
        }
        let two = || json!({ "enum": ["A", "B"] });
        let grown = said(Response, json!({ "enum": ["A"] }), two());
        assert!(grown[0].contains("\"B\" may come"), "{grown:?}");
        let shrunk = said(Response, two(), json!({ "enum": ["A"] }));
        assert!(shrunk[0].contains("\"B\" is gone"), "{shrunk:?}");
        let time = json!({ "type": "string", "format": "date-time" });
        let found = said(Response, time, json!({ "type": "string" }));
        assert!(found[0].contains("format"), "{found:?}");
        let union = |tags: &[&str]| {
            let choices: Vec<_> = tags.iter().map(|tag| json!({ "type": tag })).collect();
            json!({ "oneOf": choices })
        };
        let found = said(Response, union(&["string"]), union(&["string", "integer"]));
        assert!(
            found[0].contains("the variant integer may come"),
            "{found:?}"
        );
    }

    #[test]
    fn variants_are_told_apart_by_their_tag_and_schemas_may_hold_themselves() {
        let document = |size: u32, other: &str| {
            json!({
                "oneOf": [{ "$ref": "#/A" }, { "$ref": "#/B" }],
                "discriminator": { "propertyName": "type", "mapping": { "ONE": "#/A", other: "#/B" } },
                "A": { "properties": { "name": { "maxLength": size }, "inner": { "$ref": "#/A" } } },
                "B": { "type": "object" },
            })
        };
        let compare = |old: &Value, new: &Value| {
            let mut walk = Walk::new(Request, old, new);
            walk.compare("it", old, new);
            walk.found()
        };
        assert_eq!(compare(&document(9, "TWO"), &document(9, "TWO")), [""; 0]);
        let found = compare(&document(9, "TWO"), &document(8, "TWO"));
        assert_eq!(found, ["it(ONE).name: maxLength is now at most 8"]);
        let found = compare(&document(9, "TWO"), &document(9, "OTHER"));
        assert_eq!(found, ["it: the variant TWO is gone"]);
    }
}
