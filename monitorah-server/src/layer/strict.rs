//! Reads JSON into what is asked for, where an object is an object.
//!
//! The derived readers of structures take a list of their fields in order as well, which nobody
//! means and no specification says: `"confirmations": [2, 1]` is refused here, however deep it is.

use monitorah_core::FieldError;
use serde::{
    Deserializer,
    de::{
        DeserializeOwned, Error as _, IntoDeserializer, Unexpected, Visitor,
        value::{MapAccessDeserializer, MapDeserializer, SeqDeserializer, StringDeserializer},
    },
    forward_to_deserialize_any,
};
use serde_json::{Error, Value};

/// The value as it is asked for; what is wrong with it is said with its place below `base`.
pub(crate) fn read<T: DeserializeOwned>(value: Value, base: &str) -> Result<T, FieldError> {
    serde_path_to_error::deserialize(Strict(value))
        .map_err(|error| FieldError::unreadable(base, error))
}

struct Strict(Value);

impl IntoDeserializer<'_, Error> for Strict {
    type Deserializer = Self;
    fn into_deserializer(self) -> Self {
        self
    }
}

/// The fields of an object, each read as strictly.
fn fields(object: serde_json::Map<String, Value>) -> impl Iterator<Item = (String, Strict)> {
    object
        .into_iter()
        .map(|(name, value)| (name, Strict(value)))
}

impl<'de> Deserializer<'de> for Strict {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(items) => {
                let mut items = SeqDeserializer::new(items.into_iter().map(Strict));
                let value = visitor.visit_seq(&mut items)?;
                items.end()?;
                Ok(value)
            }
            Value::Object(object) => {
                let mut fields = MapDeserializer::new(fields(object));
                let value = visitor.visit_map(&mut fields)?;
                fields.end()?;
                Ok(value)
            }
            single => single.deserialize_any(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(_) => Err(Error::invalid_type(Unexpected::Seq, &visitor)),
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0 {
            Value::String(text) => {
                let text: StringDeserializer<Error> = text.into_deserializer();
                text.deserialize_enum(name, variants, visitor)
            }
            Value::Object(object) => {
                MapAccessDeserializer::new(MapDeserializer::new(fields(object)))
                    .deserialize_enum(name, variants, visitor)
            }
            other => other.deserialize_enum(name, variants, visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::json;
    use std::collections::BTreeMap;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        down: u8,
        up: u8,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    enum Word {
        Yes,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        name: String,
        inner: Inner,
        #[serde(default)]
        perhaps: Option<Inner>,
        #[serde(default)]
        many: Vec<Inner>,
        #[serde(default)]
        named: BTreeMap<String, Inner>,
        #[serde(default)]
        any: Value,
        #[serde(default)]
        word: Option<Word>,
        #[serde(default)]
        share: Option<f64>,
    }

    fn inner() -> Value {
        json!({"down": 2, "up": 1})
    }

    fn faulty(changes: &Value) -> FieldError {
        let mut body = json!({"name": "a", "inner": inner()});
        json_patch::merge(&mut body, changes);
        read::<Outer>(body, "").unwrap_err()
    }

    #[test]
    fn what_is_right_is_read_as_it_is() {
        let body = json!({
            "name": "a", "inner": inner(), "perhaps": inner(), "many": [inner()],
            "named": {"x": inner()}, "any": [1, {"a": [null, 1.5]}], "word": "Yes", "share": 1,
        });
        let read: Outer = read(body.clone(), "").unwrap();
        assert_eq!(read, serde_json::from_value(body).unwrap());
    }

    #[test]
    fn a_list_is_no_object_wherever_it_stands() {
        for (changes, pointer) in [
            (json!({"inner": [2, 1]}), "/inner"),
            (json!({"perhaps": [2, 1]}), "/perhaps"),
            (json!({"many": [inner(), [2, 1]]}), "/many/1"),
            (json!({"named": {"a/b": [2, 1]}}), "/named/a~1b"),
        ] {
            let fault = faulty(&changes);
            assert_eq!(fault.pointer, pointer);
            assert_eq!(fault.message, "write an object in braces");
        }
        let fault = read::<Outer>(json!(["a", inner()]), "").unwrap_err();
        assert_eq!(fault.message, "write an object in braces");
    }

    #[test]
    fn what_is_missing_is_named_at_its_place() {
        for (changes, pointer, message) in [
            (json!({"name": null}), "/name", "name is required"),
            (
                json!({"inner": {"up": null}}),
                "/inner/up",
                "up is required",
            ),
            (
                json!({"many": [{"up": 1}]}),
                "/many/0/down",
                "down is required",
            ),
        ] {
            let fault = faulty(&changes);
            assert_eq!((&*fault.pointer, &*fault.message), (pointer, message));
        }
    }
}
