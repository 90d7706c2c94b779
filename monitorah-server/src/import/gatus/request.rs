//! What Gatus sends: method, headers, body.

use super::{
    demand::Demands,
    endpoint::Work,
    keys::{Keys, as_text},
};
use crate::{
    declared::{catalogue::Object, tree::Node},
    import::{report::Verdict, status_matches},
};
use monitorah_core::check::http::carries_credential;
use serde_json::{Value, json};

impl Work<'_, '_> {
    pub(super) fn request(&mut self, keys: &mut Keys<'_>, demands: &Demands) {
        let method = keys.text("method");
        let verdict = if method.is_some() { "method" } else { "" };
        let method = method.unwrap_or_else(|| "GET".to_owned()).to_uppercase();
        let known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
        if !known.contains(&method.as_str()) {
            self.say(
                "method",
                Verdict::NotSupported,
                format!("{method} is not sent: GET is"),
            );
        } else if !verdict.is_empty() {
            self.say("method", Verdict::Mapped, "");
        }
        let method = if known.contains(&method.as_str()) {
            method
        } else {
            "GET".to_owned()
        };
        let sends = ["POST", "PUT", "PATCH", "DELETE"].contains(&method.as_str());
        self.config.insert("method".to_owned(), json!(method));
        self.config.insert(
            "expectedStatus".to_owned(),
            Value::from(status_matches(&demands.status)),
        );
        let graphql = keys.flag("graphql");
        let body = keys.text("body");
        let headers = self.headers(keys);
        if let Some(body) = body {
            let written = self.text("body", &body);
            let written = if graphql == Some(true) {
                self.say(
                    "graphql",
                    Verdict::Mapped,
                    "the body is wrapped as {\"query\": …}",
                );
                if !headers {
                    self.config
                        .insert("contentType".to_owned(), json!("application/json"));
                }
                json!({"query": written}).to_string()
            } else {
                written
            };
            if sends {
                self.config.insert("body".to_owned(), json!(written));
                self.say("body", Verdict::Mapped, "");
            } else {
                self.say(
                    "body",
                    Verdict::NotSupported,
                    format!("{method} sends no body here: use POST if the target takes it"),
                );
            }
        } else if graphql.is_some() {
            self.say("graphql", Verdict::NotUsed, "there is no body");
        }
        if let Some(ssh) = keys.take("ssh") {
            let _ = ssh;
            self.say("ssh", Verdict::NotUsed, "the URL is no ssh://");
        }
    }

    /// The headers; whether they name a media type.
    fn headers(&mut self, keys: &mut Keys<'_>) -> bool {
        let mut typed = false;
        let (mut plain, mut secret) = (Object::new(), Object::new());
        for entry in keys
            .take("headers")
            .and_then(Node::entries)
            .unwrap_or_default()
        {
            let key = format!("headers.{}", entry.key);
            let Some(value) = as_text(&entry.value) else {
                self.say(&key, Verdict::NotSupported, "it is no text");
                continue;
            };
            typed |= entry.key.eq_ignore_ascii_case("content-type");
            if carries_credential(&entry.key) {
                let value = self.secret(&key, &value);
                secret.insert(entry.key.clone(), json!(value));
            } else {
                let value = self.text(&key, &value);
                plain.insert(entry.key.clone(), json!(value));
                self.say(&key, Verdict::Mapped, "");
            }
        }
        for (field, headers) in [("headers", plain), ("secretHeaders", secret)] {
            if !headers.is_empty() {
                self.config.insert(field.to_owned(), Value::Object(headers));
            }
        }
        typed
    }

    /// Settings of a request, of an endpoint that makes none.
    pub(super) fn not_requested(&mut self, keys: &mut Keys<'_>) {
        for key in ["method", "graphql", "headers", "ssh"] {
            if keys.take(key).is_some() {
                self.say(
                    key,
                    Verdict::NotUsed,
                    "it is about another type of endpoint",
                );
            }
        }
        if keys.take("body").is_some() {
            self.say(
                "body",
                Verdict::NotSupported,
                "nothing is sent here: whether it connects is what is looked at",
            );
        }
    }
}
