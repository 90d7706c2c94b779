//! What requests carry: closed, and typed by `type`. Responses stay open, so that an old client
//! survives a new type.

use super::{Object, lacks, member, schemas};
use monitorah_core::{
    channel::ChannelSpec,
    check::{
        CheckSpec, dns::DnsSpec, domain::DomainSpec, group::GroupSpec, heartbeat::HeartbeatSpec,
        http::HttpSpec, manual::ManualSpec, ping::PingSpec, port::PortSpec, tls::TlsSpec,
    },
};
use monitorah_notify::{
    discord::DiscordSpec, email::EmailSpec, pagerduty::PagerDutySpec, slack::SlackSpec,
    telegram::TelegramSpec, twilio::TwilioSpec, webhook::WebhookSpec,
};
use serde_json::{Value, json};

/// Whether a variant has a target.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Required,
    Optional,
    None,
}

/// One type of a union of bodies.
struct Variant {
    kind: &'static str,
    config: Value,
    target: Target,
    description: &'static str,
}

fn monitors() -> Vec<Variant> {
    vec![
        Variant {
            kind: HttpSpec::KIND,
            config: schemars::schema_for!(HttpSpec).to_value(),
            target: Target::Required,
            description: "A monitor of an URL.",
        },
        Variant {
            kind: PortSpec::KIND,
            config: schemars::schema_for!(PortSpec).to_value(),
            target: Target::Required,
            description: "A monitor of a TCP port.",
        },
        Variant {
            kind: PingSpec::KIND,
            config: schemars::schema_for!(PingSpec).to_value(),
            target: Target::Required,
            description: "A monitor of a host by ICMP echo requests.",
        },
        Variant {
            kind: DnsSpec::KIND,
            config: schemars::schema_for!(DnsSpec).to_value(),
            target: Target::Required,
            description: "A monitor of what a name server answers.",
        },
        Variant {
            kind: TlsSpec::KIND,
            config: schemars::schema_for!(TlsSpec).to_value(),
            target: Target::Required,
            description: "A monitor of a server's certificate.",
        },
        Variant {
            kind: DomainSpec::KIND,
            config: schemars::schema_for!(DomainSpec).to_value(),
            target: Target::Required,
            description: "A monitor of a domain's registration.",
        },
        Variant {
            kind: HeartbeatSpec::KIND,
            config: schemars::schema_for!(HeartbeatSpec).to_value(),
            target: Target::None,
            description: "A monitor that a job reports to. It has no target.",
        },
        Variant {
            kind: GroupSpec::KIND,
            config: schemars::schema_for!(GroupSpec).to_value(),
            target: Target::None,
            description: "A monitor whose state is made of the states of others. It has no target.",
        },
        Variant {
            kind: ManualSpec::KIND,
            config: schemars::schema_for!(ManualSpec).to_value(),
            target: Target::Optional,
            description: "A monitor whose state a person or a script sets.",
        },
        Variant {
            kind: "CUSTOM",
            config: custom(),
            target: Target::Optional,
            description: "A monitor of a check type that this installation has registered.",
        },
    ]
}

fn custom() -> Value {
    json!({
        "description": "A registered check type, and its configuration.",
        "type": "object",
        "properties": {
            "kind": {
                "description": "The check type, as check-types lists it.",
                "type": "string",
            },
            "config": {
                "description": "What the type publishes as its schema.",
                "type": "object",
                "default": {},
            },
        },
        "required": ["kind"],
        "additionalProperties": false,
    })
}

fn channels() -> Vec<Variant> {
    vec![
        channel::<DiscordSpec>("A channel that posts every message to a webhook of Discord."),
        channel::<EmailSpec>("A channel that sends every message as mail."),
        channel::<PagerDutySpec>("A channel that opens and ends alerts of PagerDuty."),
        channel::<SlackSpec>("A channel that posts every message to an incoming webhook of Slack."),
        channel::<TelegramSpec>("A channel that sends every message through a bot of Telegram."),
        channel::<TwilioSpec>("A channel that sends short messages or makes calls through Twilio."),
        channel::<WebhookSpec>("A channel that posts every message as signed JSON."),
    ]
}

fn channel<S: ChannelSpec>(description: &'static str) -> Variant {
    Variant {
        kind: S::KIND,
        config: schemars::schema_for!(S).to_value(),
        target: Target::Optional,
        description,
    }
}

/// Types the bodies and adds those of merge patches.
pub(super) fn complete(components: &mut Object) -> Result<(), serde_json::Error> {
    let schedule = member(components, "MaintenanceSchedule")?;
    if let Some(Value::Array(kinds)) = schedule.get_mut("oneOf") {
        for kind in kinds.iter_mut().filter_map(Value::as_object_mut) {
            kind.insert("additionalProperties".to_owned(), json!(false));
        }
    }
    for noun in ["Rule", "MaintenanceWindow", "Silence"] {
        let body = member(components, &format!("Create{noun}"))?.clone();
        let body = patch(components, body, "The fields to change.");
        components.insert(format!("Update{noun}"), body);
    }
    typed(components, "Monitor", "", monitors())?;
    typed(components, "Channel", "Channel", channels())
}

/// Replaces `Create{noun}` by the union of its types, and adds `Update{noun}`.
fn typed(
    components: &mut Object,
    noun: &str,
    config_noun: &str,
    variants: Vec<Variant>,
) -> Result<(), serde_json::Error> {
    let name = format!("Create{noun}");
    let base = member(components, &name)?.clone();
    let patch = patch(
        components,
        base.clone(),
        "The fields to change. `config` is merged as its type has it.",
    );
    components.insert(format!("Update{noun}"), patch);
    let mut union = Vec::new();
    for variant in variants {
        let kind = schemas::pascal(variant.kind);
        let config = format!("{kind}{config_noun}Config");
        let body = format!("Create{kind}{noun}");
        components.insert(body.clone(), closed(base.clone(), &variant, &config)?);
        schemas::hoist(components, &config, variant.config);
        union.push((variant.kind, body));
    }
    let mut schema = Object::new();
    if let Some(description) = base.get("description") {
        schema.insert("description".to_owned(), description.clone());
    }
    schemas::union(
        &mut schema,
        union.iter().map(|(kind, body)| (*kind, body.as_str())),
    );
    components.insert(name, Value::Object(schema));
    Ok(())
}

/// The body of one type.
fn closed(mut body: Object, variant: &Variant, config: &str) -> Result<Value, serde_json::Error> {
    body.insert("description".to_owned(), json!(variant.description));
    body.insert("additionalProperties".to_owned(), json!(false));
    let properties = member(&mut body, "properties")?;
    properties.insert("type".to_owned(), schemas::constant(variant.kind));
    let mut reference = schemas::reference(config);
    // A configuration may be left out where each of its fields may.
    let optional = variant.config.get("required").is_none();
    if let Value::Object(reference) = &mut reference {
        if let Some(before) = properties.get("config").and_then(|c| c.get("description")) {
            reference.insert("description".to_owned(), before.clone());
        }
        if optional {
            reference.insert("default".to_owned(), json!({}));
        }
    }
    properties.insert("config".to_owned(), reference);
    match variant.target {
        Target::None => {
            properties.remove("target");
        }
        Target::Required => {
            let target = member(properties, "target")?;
            target.remove("default");
            target.insert("minLength".to_owned(), json!(1));
        }
        Target::Optional => {}
    }
    let required = body
        .get_mut("required")
        .and_then(Value::as_array_mut)
        .ok_or_else(|| lacks("required"))?;
    required.retain(|name| name != "config");
    if !optional {
        required.push(json!("config"));
    }
    if variant.target == Target::Required {
        required.push(json!("target"));
    }
    Ok(Value::Object(body))
}

/// The merge patch (RFC 7396) of a body: every field may be left out, and those with a default
/// may be null, which gives them the default. Objects in it are merge patches themselves.
fn patch(components: &Object, mut body: Object, description: &str) -> Value {
    let required = body.remove("required").unwrap_or_default();
    let required = required.as_array().map_or(&[][..], Vec::as_slice);
    body.insert("description".to_owned(), json!(description));
    body.insert("additionalProperties".to_owned(), json!(false));
    let properties = body.get_mut("properties").and_then(Value::as_object_mut);
    for (name, property) in properties.into_iter().flatten() {
        if let Some(inner) = referred(components, property) {
            let description = property.get("description").and_then(Value::as_str);
            let description = description.unwrap_or_default().to_owned();
            *property = patch(components, inner.clone(), &description);
        }
        let Some(schema) = property.as_object_mut() else {
            continue;
        };
        // A patch says what changes: a default would change what it does not name.
        schema.remove("default");
        if required.iter().any(|required| required == name) {
            continue;
        }
        if let Some(Value::String(kind)) = schema.get("type") {
            let kinds = json!([kind, "null"]);
            schema.insert("type".to_owned(), kinds);
        }
    }
    Value::Object(body)
}

/// The object that a property refers to.
fn referred<'a>(components: &'a Object, property: &Value) -> Option<&'a Object> {
    let name = property.get("$ref")?.as_str()?.rsplit('/').next()?;
    let schema = components.get(name)?.as_object()?;
    schema.contains_key("properties").then_some(schema)
}
