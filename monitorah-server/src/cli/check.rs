//! `monitorah check`: one look at a target without a server, as a waterfall of its phases.

use super::{Common, Exit, Outcome, configuration, print, print_json};
use crate::{declared::show::clean, wire};
use clap::Args;
use monitorah_core::{
    Certificate, Env, Observation, Secret, Status,
    check::{CheckContext, CheckEnv, CheckRegistry, everyday_config, infer},
    environment::timeout,
    evidence::{EchoesMs, TimingsMs, millis},
};
use serde_json::{Map, Value, json};
use std::{path::PathBuf, time::Duration};

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// An URL, host:port, ping://host, dns://name, tls://host, or a host, which is read as https.
    target: String,
    /// The check type: HTTP, PORT, PING, DNS, TLS or DOMAIN; told by the target when it is not named.
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<String>,
    /// The configuration of the type, as JSON.
    #[arg(long = "config", value_name = "JSON")]
    check_config: Option<String>,
    /// The longest that it may take: seconds.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=60))]
    timeout: u64,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(environment: &Env, args: &CheckArgs) -> Outcome {
    // A look needs no data directory; a configuration file may still say what may be reached.
    let common = Common {
        config: None,
        data_dir: Some(PathBuf::from(".")),
    };
    let config = configuration(&common, None)?;
    let net = wire::net(environment, &config).map_err(|error| Exit::fault(&*error))?;
    let registry = CheckRegistry::builtin(net);
    let (kind, target, everyday) = meant(args)?;
    let given = match &args.check_config {
        None => json!({}),
        Some(text) => serde_json::from_str(text)
            .map_err(|error| Exit::Refused(format!("--config is not JSON: {error}")))?,
    };
    let check_config = merged(everyday, given);
    let limit = Duration::from_secs(args.timeout);
    let env = CheckEnv::new(
        Secret::new(target.clone()),
        Duration::from_secs(60).max(limit),
        environment.now(),
    );
    let normal = match registry.get(&kind) {
        Some(known) => known.normalise(check_config),
        None => Ok(check_config),
    };
    let check = normal.and_then(|config| registry.build(&kind, config, env));
    let check = check.map_err(|error| {
        let all: Vec<_> = error
            .fields
            .iter()
            .map(|field| {
                format!(
                    "{}: {}",
                    field.pointer.trim_start_matches('/'),
                    field.message
                )
            })
            .collect();
        Exit::Refused(all.join("; "))
    })?;
    let cx = CheckContext::new(environment, limit);
    let slack = Duration::from_millis(500);
    let seen = timeout(&**environment, limit + slack, check.run(&cx))
        .await
        .map_err(|_| Exit::Fault("the check did not end in time".to_owned()))?;
    if args.json {
        print_json(&as_json(&kind, &target, &seen))?;
    } else {
        print(&waterfall(&kind, &target, &seen))?;
    }
    match seen.status {
        Status::Up | Status::Degraded => Ok(()),
        Status::Down => Err(Exit::Code(3)),
        Status::Unknown => Err(Exit::Code(1)),
    }
}

/// The type, target and configuration: those that were named, and what the bare target means.
fn meant(args: &CheckArgs) -> Result<(String, String, Map<String, Value>), Exit> {
    if let Some(kind) = &args.kind {
        let kind = kind.to_ascii_uppercase();
        let config = everyday_config(&kind);
        return Ok((kind, args.target.clone(), config));
    }
    let inferred = infer(&args.target).map_err(|error| Exit::Refused(error.message))?;
    let config = match inferred.config {
        Value::Object(config) => config,
        _ => Map::new(),
    };
    Ok((inferred.kind.to_owned(), inferred.target, config))
}

/// What was written goes before what the target means by itself.
fn merged(mut config: Map<String, Value>, given: Value) -> Value {
    match given {
        Value::Object(given) => {
            config.extend(given);
            Value::Object(config)
        }
        other => other,
    }
}

fn as_json(kind: &str, target: &str, seen: &Observation) -> Value {
    json!({
        "type": kind,
        "target": target,
        "status": seen.status,
        "reason": seen.reason,
        "error": seen.detail,
        "statusCode": seen.status_code,
        "responseTimeMs": millis(seen.total),
        "timings": TimingsMs::from(seen.timings),
        "remoteAddress": seen.remote_address,
        "certificate": seen.certificate,
        "answers": seen.answers,
        "echoes": seen.echoes.map(EchoesMs::from),
        "registration": seen.registration,
    })
}

/// The phases as bars on one time line.
fn waterfall(kind: &str, target: &str, seen: &Observation) -> String {
    const WIDTH: f64 = 40.0;
    let mut text = format!("{} {}\n\n", clean(kind), clean(target));
    let timings = seen.timings;
    let phases = [
        ("dns", timings.dns),
        ("connect", timings.connect),
        ("tls", timings.tls),
        ("first byte", timings.first_byte),
        ("download", timings.download),
    ];
    let whole = seen.total.as_secs_f64().max(1e-6);
    let mut begin = 0.0;
    for (name, took) in phases
        .into_iter()
        .filter_map(|(name, took)| Some((name, took?)))
    {
        let (before, length) = (
            begin / whole * WIDTH,
            (took.as_secs_f64() / whole * WIDTH).max(1.0),
        );
        text.push_str(&format!(
            "  {name:<11}{:>9.2} ms  {}{}\n",
            millis(took),
            " ".repeat(columns(before)),
            "█".repeat(columns(length)),
        ));
        begin += took.as_secs_f64();
    }
    text.push_str(&format!(
        "  {:<11}{:>9.2} ms\n\n",
        "total",
        millis(seen.total)
    ));
    let status = match seen.status {
        Status::Up => "UP",
        Status::Degraded => "DEGRADED",
        Status::Down => "DOWN",
        Status::Unknown => "UNKNOWN",
    };
    text.push_str(&format!("{status}  {}", seen.reason.as_str()));
    if let Some(code) = seen.status_code {
        text.push_str(&format!("  status {code}"));
    }
    if let Some(address) = seen.remote_address {
        text.push_str(&format!("  from {address}"));
    }
    text.push('\n');
    if let Some(detail) = &seen.detail {
        text.push_str(&format!("{}\n", clean(detail)));
    }
    for answer in seen.answers.iter().flatten() {
        text.push_str(&format!("  {}\n", clean(answer)));
    }
    if let Some(echoes) = seen.echoes {
        let EchoesMs {
            sent,
            received,
            min_ms,
            average_ms,
            max_ms,
        } = echoes.into();
        text.push_str(&format!(
            "{received} of {sent} replies, {min_ms} / {average_ms} / {max_ms} ms (min / avg / max)\n"
        ));
    }
    if let Some(registration) = &seen.registration {
        text.push_str(&format!(
            "{} is registered until {}\n",
            clean(&registration.domain),
            registration.expires_at
        ));
    }
    if let Some(Certificate {
        not_after, issuer, ..
    }) = &seen.certificate
    {
        text.push_str(&format!(
            "certificate until {not_after}, issued by {}\n",
            clean(issuer)
        ));
    }
    text
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "between 0 and 60 by construction"
)]
fn columns(value: f64) -> usize {
    value.clamp(0.0, 60.0).round() as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use monitorah_core::Reason;

    /// What a target may say to a terminal: set the title, go back and write over the line above.
    const EVIL: &str = "a\u{1b}]0;owned\u{7}\r\u{1b}[2A\nUP  OK\u{9b}31m\u{202e}";

    #[test]
    fn what_a_target_says_is_shown_and_not_obeyed() {
        let mut seen = Observation::down(Reason::DnsMismatch, "");
        seen.detail = Some(EVIL.to_owned());
        seen.answers = Some(vec![EVIL.to_owned()]);
        let shown = waterfall("DNS", EVIL, &seen);
        let lines: Vec<_> = shown.lines().collect();
        assert!(!shown.contains(['\u{1b}', '\u{7}', '\r', '\u{9b}', '\u{202e}']));
        assert!(lines.iter().all(|line| !line.starts_with("UP")), "{shown}");
        assert_eq!(shown.matches("owned").count(), 3, "{shown}");
    }
}
