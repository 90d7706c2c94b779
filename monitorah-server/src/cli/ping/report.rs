//! What a heartbeat is told: start, and exit status with the end of the output.

use monitorah_core::{
    Env, Secret,
    channel::{ChannelEnv, DeliveryError},
};
use monitorah_notify::http::{Client, HeaderMap, HeaderName, HeaderValue, Request, Url};
use std::{fmt, time::Duration};

/// How often one report is tried.
const TRIES: u32 = 3;
/// The longest pause before another try, whatever the receiver asks for.
const PAUSE: Duration = Duration::from_secs(5);

/// What happened.
#[derive(Debug, Clone, Copy)]
pub(super) enum Signal {
    /// The job starts.
    Start,
    /// It ended with this code.
    End(u8),
}

impl Signal {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Start => "the start",
            Self::End(_) => "the end",
        }
    }
}

/// Tells one heartbeat about one run.
pub(super) struct Reporter {
    environment: Env,
    client: Client,
    base: Url,
    run_id: String,
    limit: Duration,
}

impl fmt::Debug for Reporter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The address is a credential.
        f.debug_struct("Reporter")
            .field("run_id", &self.run_id)
            .finish_non_exhaustive()
    }
}

impl Reporter {
    pub(super) fn new(
        environment: &Env,
        client: Client,
        url: &Secret<String>,
        limit: Duration,
    ) -> Result<Self, String> {
        let base = Url::parse(url.expose())
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
            .ok_or("the heartbeat URL is none: write https://…, or @FILE")?;
        let mut random = [0_u8; 16];
        environment.fill_random(&mut random);
        Ok(Self {
            environment: Env::clone(environment),
            client,
            base,
            run_id: uuid::Builder::from_random_bytes(random)
                .into_uuid()
                .to_string(),
            limit,
        })
    }

    pub(super) fn run_id(&self) -> &str {
        &self.run_id
    }

    /// Both styles of addresses take the same words after the token.
    fn address(&self, signal: Signal) -> Url {
        let mut url = self.base.clone();
        let last = match signal {
            Signal::Start => "start".to_owned(),
            Signal::End(code) => code.to_string(),
        };
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().push(&last);
        }
        url.query_pairs_mut().append_pair("rid", &self.run_id);
        url.set_fragment(None);
        url
    }

    /// Tells it, and tries again where that can help. The error names no address.
    pub(super) async fn send(&self, signal: Signal, body: &[u8]) -> Result<(), String> {
        let mut headers = HeaderMap::new();
        headers.insert(
            HeaderName::from_static("content-type"),
            HeaderValue::from_static("text/plain; charset=utf-8"),
        );
        let env = ChannelEnv {
            environment: Env::clone(&self.environment),
            timeout: self.limit,
            comes_back_soon: false,
        };
        let mut tried = 0;
        loop {
            tried += 1;
            let request = Request::post(self.address(signal), headers.clone(), body.to_vec());
            let outcome = match self.client.send(&env, request).await {
                Ok(answer) => answer.receipt(),
                Err(error) => Err(error),
            };
            match outcome {
                Ok(_) => return Ok(()),
                Err(DeliveryError::Retry { after, .. }) if tried < TRIES => {
                    let pause = Duration::from_secs(u64::from(tried));
                    let pause = after.map_or(pause, |after| after.max(pause));
                    self.environment.sleep(pause.min(PAUSE)).await;
                }
                Err(
                    DeliveryError::Retry { detail, .. }
                    | DeliveryError::Refused { detail, .. }
                    | DeliveryError::Broken { detail },
                ) => return Err(detail),
            }
        }
    }
}
