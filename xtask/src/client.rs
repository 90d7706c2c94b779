//! `cargo xtask client`: the generated part of the Rust client.

mod additions;
mod patch;

use crate::{
    Fault,
    derive::{each_schema, sorted},
    tree,
};
use progenitor_impl::{GenerationSettings, Generator, InterfaceStyle, TagStyle, TypeImpl};
use serde_json::{Value, json};
use std::fs;

const SPECIFICATION: &str = "openapi/monitorah-3.0.json";
const GENERATED: &str = "monitorah-client/src/generated.rs";
const COMMAND: &str = "cargo xtask client";
const HEADER: &str = "// Written by `cargo xtask client` from openapi/monitorah-3.0.json. Not to be \
                      edited: change the server's annotations, and write it again.\n\n";

pub(crate) fn run(check: bool) -> Result<(), Fault> {
    let specification = fs::read_to_string(tree::root().join(SPECIFICATION))
        .map_err(|error| format!("{SPECIFICATION}: {error}: run `cargo xtask openapi` first"))?;
    let text = generated(serde_json::from_str(&specification)?)?;
    tree::generate(GENERATED, &text, check, COMMAND)
}

/// The source of the client of a specification.
fn generated(mut document: Value) -> Result<String, Fault> {
    let additions = syn::parse_file(&additions::source(&document)?)?;
    types_by_default(&mut document);
    each_schema(&mut document, &mut simplify);
    for (name, description) in [("Timestamp", "A time."), ("Secret", "A secret.")] {
        if let Some(Value::Object(schemas)) = document.pointer_mut("/components/schemas") {
            let schema = json!({ "type": "string", "description": description });
            schemas.insert(name.to_owned(), schema);
        }
    }
    let patches = match document.pointer_mut("/components/schemas") {
        Some(Value::Object(schemas)) => patch::rewrite(schemas),
        _ => patch::Replacements::new(),
    };
    let document = serde_json::from_value(sorted(document))?;
    let texts = [TypeImpl::Display, TypeImpl::FromStr];
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Builder)
        .with_tag(TagStyle::Merged)
        .with_map_type("::std::collections::BTreeMap")
        .with_replacement("Timestamp", "::jiff::Timestamp", texts.into_iter())
        .with_replacement("Secret", "crate::Secret", [].into_iter())
        .with_inner_type("crate::Sender".parse().map_err(|_| "no type")?);
    for (name, rust) in patches {
        settings.with_replacement(name, rust, [].into_iter());
    }
    let tokens = Generator::new(&settings).generate_tokens(&document)?;
    let mut file: syn::File = syn::parse2(tokens)?;
    file.items.iter_mut().for_each(without_new);
    file.items
        .retain(|item| !matches!(item, syn::Item::Mod(module) if module.ident == "prelude"));
    file.items.extend(additions.items);
    Ok(format!("{HEADER}{}", prettyplease::unparse(&file)))
}

/// Removes `Client::new`, which would make a client with no key and without our TLS provider.
fn without_new(item: &mut syn::Item) {
    if let syn::Item::Impl(block) = item
        && block.trait_.is_none()
    {
        block.items.retain(
            |item| !matches!(item, syn::ImplItem::Fn(function) if function.sig.ident == "new"),
        );
    }
}

/// The `type` of a union's member is what makes it that member: nobody has to write it.
fn types_by_default(document: &mut Value) {
    let Some(Value::Object(schemas)) = document.pointer_mut("/components/schemas") else {
        return;
    };
    let mut members = Vec::new();
    for schema in schemas.values_mut().filter_map(Value::as_object_mut) {
        if let Some(discriminator) = schema.remove("discriminator") {
            let mapping = discriminator.get("mapping").and_then(Value::as_object);
            members.extend(mapping.into_iter().flatten().filter_map(|(tag, target)| {
                let name = target.as_str()?.rsplit('/').next()?;
                Some((tag.clone(), name.to_owned()))
            }));
        }
    }
    for (tag, name) in members {
        let Some(member) = schemas.get_mut(&name) else {
            continue;
        };
        if let Some(Value::Array(required)) = member.get_mut("required") {
            required.retain(|name| name != "type");
        }
        if let Some(Value::Object(kind)) = member.pointer_mut("/properties/type") {
            kind.insert("default".to_owned(), json!(tag));
        }
    }
}

/// Texts and numbers become plain Rust types: what is too long or too large is the server's to
/// say, with a pointer to the field. Secrets and times become types of their own.
fn simplify(schema: &mut Value) {
    let Some(members) = schema.as_object_mut() else {
        return;
    };
    let text = members.get("type") == Some(&json!("string"));
    let format = members.get("format").and_then(Value::as_str);
    let replacement = if text && format == Some("date-time") {
        Some("Timestamp")
    } else if text && (format == Some("password") || members.contains_key("writeOnly")) {
        Some("Secret")
    } else {
        None
    };
    if let Some(name) = replacement {
        let reference = json!({ "$ref": format!("#/components/schemas/{name}") });
        *schema = match members.remove("nullable") {
            Some(nullable) => json!({ "allOf": [reference], "nullable": nullable }),
            None => reference,
        };
        return;
    }
    // The generator would write each field of such a default as the default of its Rust type.
    if members.get("default").is_some_and(Value::is_object) {
        members.remove("default");
    }
    for keyword in [
        "minLength",
        "maxLength",
        "pattern",
        "minItems",
        "maxItems",
        "minProperties",
        "maxProperties",
        "uniqueItems",
    ] {
        members.remove(keyword);
    }
    if text {
        members.remove("format");
    }
    if members.get("type") == Some(&json!("integer")) {
        let unsigned = members.remove("minimum").and_then(|least| least.as_f64()) >= Some(0.0);
        let largest = members.remove("maximum").and_then(|most| most.as_f64());
        let small = largest.is_some_and(|largest| largest <= f64::from(u32::MAX));
        let format = match (unsigned, small) {
            (true, true) => "uint32",
            (true, false) => "uint64",
            (false, _) => "int64",
        };
        members.insert("format".to_owned(), json!(format));
        if unsigned {
            members.insert("minimum".to_owned(), json!(0));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_and_times_become_types_and_defaults_stay_the_servers() {
        for (published, plain) in [
            (
                json!({ "type": "string", "writeOnly": true }),
                json!({ "$ref": "#/components/schemas/Secret" }),
            ),
            (
                json!({ "type": "string", "format": "password", "nullable": true }),
                json!({ "allOf": [{ "$ref": "#/components/schemas/Secret" }], "nullable": true }),
            ),
            (
                json!({ "type": "string", "format": "date-time" }),
                json!({ "$ref": "#/components/schemas/Timestamp" }),
            ),
            (
                json!({ "allOf": [{ "$ref": "#/x" }], "default": {} }),
                json!({ "allOf": [{ "$ref": "#/x" }] }),
            ),
            (
                json!({ "type": "integer", "format": "int32", "minimum": 1, "maximum": 100 }),
                json!({ "type": "integer", "format": "uint32", "minimum": 0 }),
            ),
            (
                json!({ "type": "integer", "format": "int64" }),
                json!({ "type": "integer", "format": "int64" }),
            ),
        ] {
            let mut schema = published.clone();
            simplify(&mut schema);
            assert_eq!(schema, plain, "{published}");
        }
    }

    #[test]
    fn a_client_without_a_key_cannot_be_made() {
        let mut file: syn::File =
            syn::parse_str("impl Client { pub fn new() {} pub fn other() {} }").unwrap();
        file.items.iter_mut().for_each(without_new);
        let text = prettyplease::unparse(&file);
        assert!(text.contains("other") && !text.contains("new"), "{text}");
    }

    #[test]
    fn the_checked_in_client_is_what_the_specification_gives() {
        run(true).unwrap();
    }
}
