//! `monitorah check`: one look at a target without a server, as a waterfall of its phases.

use super::{Common, Exit, Outcome, configuration, print, print_json};
use crate::wire;
use clap::Args;
use monitorah_core::{
    Certificate, Env, Observation, Secret, Status,
    check::{CheckContext, CheckEnv, CheckRegistry},
    environment::timeout,
    evidence::{TimingsMs, millis},
};
use serde_json::{Value, json};
use std::{path::PathBuf, sync::Arc, time::Duration};

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// An URL, or host:port.
    target: String,
    /// The check type; told by the target when it is not named.
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
    let (kind, target) = infer(args);
    let given = match &args.check_config {
        None => json!({}),
        Some(text) => serde_json::from_str(text)
            .map_err(|error| Exit::Refused(format!("--config is not JSON: {error}")))?,
    };
    let check_config = with_defaults(&kind, given);
    let limit = Duration::from_secs(args.timeout);
    let env = CheckEnv::new(
        Secret::new(target.clone()),
        Duration::from_secs(60).max(limit),
        environment.now(),
    );
    let check = registry.build(&kind, check_config, env).map_err(|error| {
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

/// The type and target that a bare target means.
fn infer(args: &CheckArgs) -> (String, String) {
    if let Some(kind) = &args.kind {
        return (kind.to_ascii_uppercase(), args.target.clone());
    }
    if args.target.contains("://") {
        return ("HTTP".to_owned(), args.target.clone());
    }
    let has_port = args.target.rsplit_once(':').is_some_and(|(host, port)| {
        !host.is_empty() && !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())
    });
    if has_port && !args.target.contains('/') {
        ("PORT".to_owned(), args.target.clone())
    } else {
        ("HTTP".to_owned(), format!("https://{}", args.target))
    }
}

/// What people at a command line expect of a bare URL: GET, any success, redirects followed.
fn with_defaults(kind: &str, mut config: Value) -> Value {
    if kind == "HTTP"
        && let Some(fields) = config.as_object_mut()
    {
        let fallback = [
            ("method", json!("GET")),
            ("expectedStatus", json!(["2xx"])),
            ("followRedirects", json!(true)),
        ];
        for (name, value) in fallback {
            fields.entry(name).or_insert(value);
        }
    }
    config
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
    })
}

/// The phases as bars on one time line.
fn waterfall(kind: &str, target: &str, seen: &Observation) -> String {
    const WIDTH: f64 = 40.0;
    let mut text = format!("{kind} {target}\n\n");
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
        text.push_str(&format!("{detail}\n"));
    }
    if let Some(Certificate {
        not_after, issuer, ..
    }) = &seen.certificate
    {
        text.push_str(&format!(
            "certificate until {not_after}, issued by {issuer}\n"
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
