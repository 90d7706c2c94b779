//! One document for another check: the HTTP look without its judgement.

use super::{HttpSpec, plan::Plan};
use crate::{
    check::{CheckContext, CheckEnv},
    net::{Failure, Net, Recorder},
    observation::Reason,
    secret::Secret,
};
use serde_json::json;
use std::{sync::Arc, time::Duration};
use url::Url;

/// How many redirects are followed: registries send us on to each other.
const REDIRECTS: u8 = 5;

/// The status and the body of what is at `url`, redirects followed. The body has at most `cap`
/// bytes; the whole may take for `limit`, which the caller enforces.
///
/// # Errors
/// Why there is none.
pub(crate) async fn fetch(
    net: &Arc<Net>,
    cx: &CheckContext,
    url: &Url,
    accept: &str,
    cap: u32,
    limit: Duration,
) -> Result<(u16, Vec<u8>), Failure> {
    let ours = |_| Failure::unknown(Reason::Internal, "the request could not be made");
    let spec: HttpSpec = serde_json::from_value(json!({
        "method": "GET",
        "expectedStatus": ["100-599"],
        "headers": {"Accept": accept},
        "followRedirects": true,
        "maxRedirects": REDIRECTS,
        "maxBodyBytes": cap,
    }))
    .map_err(|_| ours(()))?;
    let env = CheckEnv::new(
        Secret::new(url.to_string()),
        Duration::from_hours(1),
        net.environment().now(),
    )
    .with_net(Some(Arc::clone(net)));
    let plan = Plan::compile(&spec, &env).map_err(|_| ours(()))?;
    let start = net.environment().monotonic();
    let recorder = Recorder::default();
    let mut body = Vec::new();
    let answer = plan.look(cx, start, limit, &recorder, &mut body).await?;
    answer.body?;
    Ok((answer.status.as_u16(), body))
}
