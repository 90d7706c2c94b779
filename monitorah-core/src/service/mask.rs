//! Secrets in a configuration: shown as `{"secret": "set"}`, and that value put back leaves them as they are.

use crate::error::FieldError;
use serde_json::{Map, Value, json};

/// What stands for a secret that is set.
fn set() -> Value {
    json!({ "secret": "set" })
}

/// Hides every secret of a configuration. `pointers` may end in `"*"`: every key there.
pub(super) fn hide(config: &mut Value, pointers: &[&str]) {
    for pointer in pointers {
        for place in places(config, pointer) {
            if let Some(value) = config.pointer_mut(&place).filter(|value| !value.is_null()) {
                *value = set();
            }
        }
    }
}

/// Puts the stored secrets back where the new configuration says `{"secret": "set"}`.
///
/// # Errors
/// Where there is no stored secret to keep.
pub(super) fn restore(
    config: &mut Value,
    stored: Option<&Value>,
    pointers: &[&str],
) -> Result<(), Vec<FieldError>> {
    let mut wrong = Vec::new();
    for pointer in pointers {
        for place in places(config, pointer) {
            let Some(value) = config.pointer_mut(&place).filter(|value| **value == set()) else {
                continue;
            };
            match stored.and_then(|stored| stored.pointer(&place)) {
                Some(kept) => *value = kept.clone(),
                None => wrong.push(FieldError::new(
                    format!("/config{place}"),
                    "there is no stored secret to keep: send the secret itself",
                )),
            }
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong) }
}

/// The pointers that a pattern stands for in this configuration.
fn places(config: &Value, pattern: &str) -> Vec<String> {
    match pattern.strip_suffix("/*") {
        None => vec![pattern.to_owned()],
        Some(parent) => config
            .pointer(parent)
            .and_then(Value::as_object)
            .map(Map::keys)
            .into_iter()
            .flatten()
            .map(|key| format!("{parent}/{}", key.replace('~', "~0").replace('/', "~1")))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POINTERS: &[&str] = &["/basicAuth/password", "/secretHeaders/*"];

    #[test]
    fn hidden_and_put_back() {
        let stored = json!({
            "basicAuth": {"username": "u", "password": "p"},
            "secretHeaders": {"X-Key": "k", "a/b": "c"},
        });
        let mut shown = stored.clone();
        hide(&mut shown, POINTERS);
        assert!(!shown.to_string().contains("\"p\"") && !shown.to_string().contains("\"k\""));
        let mut back = shown.clone();
        restore(&mut back, Some(&stored), POINTERS).unwrap();
        assert_eq!(back, stored);
        let wrong = restore(&mut shown, None, POINTERS).unwrap_err();
        assert_eq!(wrong.len(), 3);
        assert_eq!(wrong[0].pointer, "/config/basicAuth/password");
    }
}
