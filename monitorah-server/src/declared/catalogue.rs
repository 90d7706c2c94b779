//! A monitor with every default written out, so that two of them can be compared by what they mean.

use crate::{api::monitors::CreateMonitor, layer::strict};
use jiff::Timestamp;
use monitorah_core::{
    FieldError, Secret,
    check::{CheckEnv, CheckRegistry},
};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// A JSON object.
pub(crate) type Object = Map<String, Value>;

/// What stands for a secret while two monitors are compared.
const PLACEHOLDER: &str = "(secret)";

/// What a server shows in place of a secret, and what a file may say to keep it.
pub(crate) fn kept() -> Value {
    json!({"secret": "set"})
}

/// The fields and the check types that this version knows.
#[derive(Debug)]
pub(crate) struct Catalogue {
    checks: CheckRegistry,
    now: Timestamp,
    fields: BTreeSet<String>,
}

impl Catalogue {
    /// With these check types; `now` is what a monitor without an age is built with.
    pub(crate) fn new(checks: CheckRegistry, now: Timestamp) -> Self {
        let least = json!({"name": "x", "type": "HTTP"});
        let all = serde_json::from_value::<CreateMonitor>(least)
            .and_then(|typed| serde_json::to_value(&typed));
        let fields = match all {
            Ok(Value::Object(members)) => members.into_iter().map(|(name, _)| name).collect(),
            _ => BTreeSet::new(),
        };
        Self {
            checks,
            now,
            fields,
        }
    }

    /// The fields of a body that makes a monitor.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().map(String::as_str)
    }

    /// Whether the configuration of this type has a field of this name, as far as we know.
    pub(crate) fn config_has(&self, kind: &str, field: &str) -> bool {
        self.checks.get(kind).is_none_or(|known| {
            known
                .schema
                .get("properties")
                .and_then(|properties| properties.get(field))
                .is_some()
        })
    }

    /// The pointers of the secrets of a body: into the body, those that are there.
    pub(crate) fn secrets_in(&self, body: &Object) -> Vec<String> {
        let kind = body.get("type").and_then(Value::as_str).unwrap_or("");
        let config = body.get("config").unwrap_or(&Value::Null);
        self.checks.get(kind).map_or_else(Vec::new, |known| {
            known
                .secrets
                .iter()
                .flat_map(|pattern| places(config, pattern))
                .map(|place| format!("/config{place}"))
                .collect()
        })
    }

    /// The body with every default, its secrets replaced by one and the same text.
    ///
    /// # Errors
    /// Everything that is wrong with it, with pointers into the body.
    pub(crate) fn full(&self, body: &Object) -> Result<Object, Vec<FieldError>> {
        let secrets = self.secrets_in(body);
        let mut body = Value::Object(body.clone());
        for pointer in secrets {
            if let Some(secret) = body.pointer_mut(&pointer).filter(|value| !value.is_null()) {
                *secret = json!(PLACEHOLDER);
            }
        }
        let typed = typed(body)?;
        let Ok(Value::Object(mut full)) = serde_json::to_value(&typed) else {
            return Err(vec![FieldError::new(
                "",
                "this monitor cannot be written out",
            )]);
        };
        let draft = typed.draft().map_err(|error| error.fields())?;
        let mut wrong = draft.policy.faults();
        full.insert(
            "timeoutSeconds".to_owned(),
            json!(draft.policy.timeout.as_secs()),
        );
        let builtin = full.get("type").and_then(Value::as_str) != Some("CUSTOM");
        if builtin && let Some(known) = self.checks.get(&draft.kind) {
            match known.normalise(draft.config) {
                Ok(config) => drop(full.insert("config".to_owned(), config)),
                Err(error) => wrong.extend(error.fields),
            }
        }
        full.retain(|_, value| !value.is_null());
        if wrong.is_empty() {
            Ok(full)
        } else {
            Err(wrong)
        }
    }

    /// What is wrong with the check that this body describes, as far as it can be told without a
    /// server. A body that keeps stored secrets is the server's to judge.
    pub(crate) fn faults(&self, body: &Object) -> Vec<FieldError> {
        let whole = Value::Object(body.clone());
        let keeps = self
            .secrets_in(body)
            .iter()
            .any(|pointer| whole.pointer(pointer) == Some(&kept()));
        let draft = match typed(whole).and_then(|typed| typed.draft().map_err(|e| e.fields())) {
            Ok(draft) => draft,
            Err(wrong) => return wrong,
        };
        if keeps || self.checks.get(&draft.kind).is_none() {
            return Vec::new();
        }
        let env = CheckEnv::new(Secret::new(draft.target), draft.policy.interval, self.now);
        match self.checks.build(&draft.kind, draft.config, env) {
            Ok(_) => Vec::new(),
            Err(error) => error.fields,
        }
    }
}

fn typed(body: Value) -> Result<CreateMonitor, Vec<FieldError>> {
    if !body.is_object() {
        return Err(vec![FieldError::new(
            "",
            "a monitor is a map of its fields",
        )]);
    }
    strict::read(body, "").map_err(|fault| vec![fault])
}

/// The pointers that a pattern stands for in this configuration.
fn places(config: &Value, pattern: &str) -> Vec<String> {
    let Some(parent) = pattern.strip_suffix("/*") else {
        return if config.pointer(pattern).is_some() {
            vec![pattern.to_owned()]
        } else {
            Vec::new()
        };
    };
    config
        .pointer(parent)
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(Map::keys)
        .map(|key| format!("{parent}/{}", escaped(key)))
        .collect()
}

/// A key inside a JSON pointer.
pub(crate) fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}
