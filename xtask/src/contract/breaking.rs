//! What a new contract takes away from the clients of an old one: operations, parameters, bodies.
//! What the schemas take away is `breaking/schema.rs`.
//!
//! A request that was right stays right, and an answer that was understood is still understood.
//! What is added without that is no break: operations, optional fields, refusals.

mod schema;

use schema::{Side, Walk};
use serde_json::Value;

/// Every break, as a sentence that begins with its place.
pub(super) fn changes(old: &Value, new: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for (path, methods) in members(old.get("paths")) {
        for (method, before) in members(Some(methods)) {
            let place = format!("{} {path}", method.to_uppercase());
            let after = new
                .get("paths")
                .and_then(|paths| paths.get(path)?.get(method));
            match after {
                None => found.push(format!("{place}: the operation is gone")),
                Some(after) => {
                    let mut change = Operation {
                        place,
                        old,
                        new,
                        found: &mut found,
                    };
                    change.compare(before, after);
                }
            }
        }
    }
    found
}

/// The members of an object, if it is one.
fn members(value: Option<&Value>) -> impl Iterator<Item = (&String, &Value)> {
    value.and_then(Value::as_object).into_iter().flatten()
}

/// The value itself, or what it refers to.
fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let target = value.get("$ref").and_then(Value::as_str);
    target
        .and_then(|target| document.pointer(target.strip_prefix('#')?))
        .unwrap_or(value)
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn is_true(value: &Value, name: &str) -> bool {
    value.get(name).and_then(Value::as_bool).unwrap_or(false)
}

/// One operation, before and after.
struct Operation<'a> {
    place: String,
    old: &'a Value,
    new: &'a Value,
    found: &'a mut Vec<String>,
}

impl Operation<'_> {
    fn say(&mut self, what: &str) {
        self.found.push(format!("{}: {what}", self.place));
    }

    fn compare(&mut self, before: &Value, after: &Value) {
        let (was, is) = (text(before, "operationId"), text(after, "operationId"));
        if was != is {
            self.say(&format!(
                "its name was {was} and is {is}: generated clients call it by it"
            ));
        }
        self.authority(before, after);
        self.parameters(before, after);
        self.body(before, after);
        self.responses(before, after);
    }

    fn authority(&mut self, before: &Value, after: &Value) {
        let scopes = |operation: &Value| -> Vec<String> {
            let scopes = operation.get("x-required-scopes").and_then(Value::as_array);
            scopes
                .into_iter()
                .flatten()
                .filter_map(|scope| scope.as_str().map(str::to_owned))
                .collect()
        };
        let had = scopes(before);
        for scope in scopes(after) {
            if !had.contains(&scope) {
                self.say(&format!(
                    "it asks for the scope {scope}, which its keys may lack"
                ));
            }
        }
        let ways = |operation: &Value| operation.get("security").cloned().unwrap_or_default();
        let (was, is) = (ways(before), ways(after));
        let open = |ways: &Value| ways.as_array().is_none_or(Vec::is_empty);
        let kept = |way: &Value| is.as_array().is_some_and(|is| is.contains(way));
        if open(&was) && !open(&is) {
            self.say("it asks for a key, and did not");
        } else if !open(&is) && !was.as_array().is_some_and(|was| was.iter().all(kept)) {
            self.say("a way to show a key is gone");
        }
    }

    fn parameters(&mut self, before: &Value, after: &Value) {
        let (was, is) = (parameters(self.old, before), parameters(self.new, after));
        for (id, parameter) in &was {
            let place = format!("the {} parameter {}", id.0, id.1);
            let Some((_, now)) = is.iter().find(|(other, _)| other == id) else {
                self.say(&format!("{place} is gone, and what has it is refused"));
                continue;
            };
            if is_true(now, "required") && !is_true(parameter, "required") {
                self.say(&format!("{place} must be sent, and could be left out"));
            }
            self.schemas(Side::Request, &place, parameter, now);
        }
        for ((place, name), parameter) in &is {
            let new = !was.iter().any(|(id, _)| id.0 == *place && id.1 == *name);
            if new && is_true(parameter, "required") {
                self.say(&format!("the new {place} parameter {name} must be sent"));
            }
        }
    }

    fn body(&mut self, before: &Value, after: &Value) {
        let Some(was) = before
            .get("requestBody")
            .map(|body| resolve(self.old, body))
        else {
            let body = after.get("requestBody").map(|body| resolve(self.new, body));
            if body.is_some_and(|body| is_true(body, "required")) {
                self.say("it must have a body, and had none");
            }
            return;
        };
        let Some(is) = after.get("requestBody").map(|body| resolve(self.new, body)) else {
            self.say("it takes no body any more");
            return;
        };
        if is_true(is, "required") && !is_true(was, "required") {
            self.say("it must have a body, and could do without");
        }
        self.contents(Side::Request, "the body", was, is);
    }

    fn responses(&mut self, before: &Value, after: &Value) {
        for (status, was) in members(before.get("responses")) {
            let was = resolve(self.old, was);
            let Some(is) = after
                .get("responses")
                .and_then(|responses| responses.get(status))
                .map(|response| resolve(self.new, response))
            else {
                // A refusal that does not come is no loss.
                if status.starts_with('2') {
                    self.say(&format!("it does not answer with {status} any more"));
                }
                continue;
            };
            let place = format!("the answer {status}");
            for (header, _) in members(was.get("headers")) {
                if is
                    .get("headers")
                    .and_then(|headers| headers.get(header))
                    .is_none()
                {
                    self.say(&format!("{place} has no header {header} any more"));
                }
            }
            self.contents(Side::Response, &place, was, is);
        }
        for (status, _) in members(after.get("responses")) {
            let new = before
                .get("responses")
                .is_none_or(|was| was.get(status).is_none());
            if new && status.starts_with('2') {
                self.say(&format!(
                    "it answers with {status}, which clients do not expect"
                ));
            }
        }
    }

    fn contents(&mut self, side: Side, place: &str, before: &Value, after: &Value) {
        for (media, was) in members(before.get("content")) {
            match after.get("content").and_then(|content| content.get(media)) {
                None => self.say(&format!("{place} is not {media} any more")),
                Some(is) => self.schemas(side, place, was, is),
            }
        }
    }

    fn schemas(&mut self, side: Side, place: &str, before: &Value, after: &Value) {
        let (Some(was), Some(is)) = (before.get("schema"), after.get("schema")) else {
            return;
        };
        let mut walk = Walk::new(side, self.old, self.new);
        walk.compare(place, was, is);
        for what in walk.found() {
            self.say(&what);
        }
    }
}

/// The parameters of an operation, by where they stand and what they are called.
fn parameters<'a>(document: &'a Value, operation: &'a Value) -> Vec<((String, String), &'a Value)> {
    let list = operation.get("parameters").and_then(Value::as_array);
    list.into_iter()
        .flatten()
        .map(|parameter| {
            let parameter = resolve(document, parameter);
            let id = (
                text(parameter, "in").to_owned(),
                text(parameter, "name").to_owned(),
            );
            (id, parameter)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn contract() -> Value {
        json!({
            "paths": {
                "/things": {
                    "get": {
                        "operationId": "list",
                        "security": [{ "bearer": [] }, { "header": [] }],
                        "x-required-scopes": ["read"],
                        "parameters": [
                            { "name": "limit", "in": "query", "schema": { "type": "integer", "maximum": 100 } },
                        ],
                        "responses": {
                            "200": {
                                "headers": { "ETag": {} },
                                "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } } },
                            },
                            "404": { "content": {} },
                        },
                    },
                    "post": {
                        "operationId": "make",
                        "security": [],
                        "requestBody": { "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Make" } } } },
                        "responses": { "201": {} },
                    },
                },
            },
            "components": { "schemas": {
                "Thing": { "type": "object", "required": ["id"], "properties": { "id": { "type": "string" } } },
                "Make": { "type": "object", "properties": { "name": { "type": "string" } }, "additionalProperties": false },
            } },
        })
    }

    /// What is said of the contract after a change of the value at a place.
    fn after(place: &str, value: Value) -> Vec<String> {
        let mut new = contract();
        match new.pointer_mut(place) {
            Some(target) => *target = value,
            None => {
                let (parent, name) = place.rsplit_once('/').unwrap();
                let parent = new.pointer_mut(parent).unwrap().as_object_mut().unwrap();
                parent.insert(name.to_owned(), value);
            }
        }
        changes(&contract(), &new)
    }

    const GET: &str = "/paths/~1things/get";
    const POST: &str = "/paths/~1things/post";

    #[test]
    fn what_is_added_is_no_break() {
        assert_eq!(changes(&contract(), &contract()), [""; 0]);
        for (place, value) in [
            ("/paths/~1more", json!({ "get": {} })),
            (
                "/components/schemas/Make/properties/colour",
                json!({ "type": "string" }),
            ),
            (
                "/components/schemas/Thing/properties/colour",
                json!({ "type": "string" }),
            ),
            (&*format!("{GET}/responses/403"), json!({})),
            (&*format!("{GET}/parameters/0/schema/maximum"), json!(200)),
            (&*format!("{GET}/x-required-scopes"), json!([])),
            (
                &*format!("{GET}/security"),
                json!([{ "bearer": [] }, { "header": [] }, { "cookie": [] }]),
            ),
        ] {
            assert_eq!(after(place, value), [""; 0], "{place}");
        }
        let mut fewer = contract();
        fewer["paths"]["/things"]["get"]["responses"]
            .as_object_mut()
            .unwrap()
            .remove("404");
        assert_eq!(changes(&contract(), &fewer), [""; 0]);
    }

    #[test]
    fn each_break_of_an_operation_is_told_once_with_its_place() {
        let limit = json!({ "name": "limit", "in": "query", "schema": { "type": "integer", "maximum": 100 } });
        let mut required = limit.clone();
        required["required"] = json!(true);
        let narrow = json!({ "name": "limit", "in": "query", "schema": { "type": "integer", "maximum": 50 } });
        let more = json!({ "name": "new", "in": "query", "required": true, "schema": {} });
        for (place, value, said) in [
            (
                "/paths/~1things",
                json!({ "post": contract()["paths"]["/things"]["post"] }),
                "GET /things: the operation is gone",
            ),
            (
                &*format!("{GET}/operationId"),
                json!("all"),
                "GET /things: its name was list and is all",
            ),
            (
                &*format!("{GET}/x-required-scopes"),
                json!(["read", "write"]),
                "asks for the scope write",
            ),
            (
                &*format!("{GET}/security"),
                json!([{ "bearer": [] }]),
                "a way to show a key is gone",
            ),
            (
                &*format!("{POST}/security"),
                json!([{ "bearer": [] }]),
                "POST /things: it asks for a key",
            ),
            (
                &*format!("{GET}/parameters"),
                json!([]),
                "parameter limit is gone",
            ),
            (
                &*format!("{GET}/parameters"),
                json!([required]),
                "parameter limit must be sent",
            ),
            (&*format!("{GET}/parameters"), json!([narrow]), "at most 50"),
            (
                &*format!("{GET}/parameters"),
                json!([limit, more]),
                "the new query parameter new must be sent",
            ),
            (
                &*format!("{POST}/requestBody/required"),
                json!(true),
                "must have a body",
            ),
            (
                &*format!("{POST}/requestBody/content"),
                json!({ "text/plain": {} }),
                "the body is not application/json",
            ),
            (
                &*format!("{GET}/requestBody"),
                json!({ "required": true, "content": {} }),
                "must have a body, and had none",
            ),
            (
                &*format!("{POST}/responses"),
                json!({ "201": {}, "202": {} }),
                "answers with 202",
            ),
            (
                &*format!("{GET}/responses/200/headers"),
                json!({}),
                "has no header ETag",
            ),
            (
                &*format!("{GET}/responses/200/content"),
                json!({ "text/csv": {} }),
                "is not application/json",
            ),
            (
                "/components/schemas/Thing/properties",
                json!({}),
                "the answer 200: the field id is gone",
            ),
            (
                "/components/schemas/Make/required",
                json!(["name"]),
                "the body: the field name must be sent",
            ),
        ] {
            let found = after(place, value);
            assert_eq!(found.len(), 1, "{place}: {found:?}");
            assert!(found[0].contains(said), "{place}: {found:?}");
        }
        let mut gone = contract();
        gone["paths"]["/things"]["post"]["responses"] = json!({ "200": {} });
        let found = changes(&contract(), &gone);
        assert!(found[0].contains("does not answer with 201"), "{found:?}");
        let mut bodiless = contract();
        bodiless["paths"]["/things"]["post"]
            .as_object_mut()
            .unwrap()
            .remove("requestBody");
        let found = changes(&contract(), &bodiless);
        assert!(found[0].contains("takes no body"), "{found:?}");
    }
}
