//! A request that met a passing fault is sent again, when doing so cannot do its work twice.

use crate::{Client, generated::REPEATABLE};
use futures::future::BoxFuture;
use jiff::{SignedDuration, fmt::rfc2822};
use progenitor_client::{ClientHooks, ClientInfo, OperationInfo};
use reqwest::{
    Method, Request, Response, StatusCode,
    header::{DATE, HeaderMap, HeaderName, HeaderValue, IF_MATCH, RETRY_AFTER},
};
use std::{fmt, sync::Arc, time::Duration};

/// Names a request, so that the server does it once however often it arrives.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// How often and for how long a request is tried.
///
/// A request is sent again after 429, 502, 503 and 504, and after an answer that did not come:
/// GET and HEAD, a PUT and a DELETE without `If-Match`, and what carries an `Idempotency-Key`. The
/// client puts one on every POST whose route takes it, so what is made is made once. A DELETE that
/// was done although its answer was lost is told as 404 by the next one. A PUT and a DELETE with
/// `If-Match` and without such a key are sent once: repeated, they would meet the version that they
/// made themselves.
///
/// `Retry-After` is kept; without it, the pauses double, each drawn between its half and its
/// whole. A wait that would not end within `total` is not begun: the last answer is given instead.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Retry {
    /// How often a request is sent at most, the first time included. 4, unless said otherwise.
    pub attempts: u32,
    /// The longest that all attempts and pauses take together. 60 seconds, unless said otherwise.
    pub total: Duration,
    /// The pause before the second attempt, where the server names none. 250 ms.
    pub first_pause: Duration,
    /// The longest pause, where the server names none. 8 seconds.
    pub longest_pause: Duration,
}

impl Default for Retry {
    fn default() -> Self {
        Self {
            attempts: 4,
            total: Duration::from_secs(60),
            first_pause: Duration::from_millis(250),
            longest_pause: Duration::from_secs(8),
        }
    }
}

impl Retry {
    /// Every request is sent once.
    #[must_use]
    pub fn never() -> Self {
        Self {
            attempts: 1,
            ..Self::default()
        }
    }

    /// The pause after so many attempts, where the server names none; `draw` is from 0 to 255.
    fn pause(&self, attempts: u32, draw: u8) -> Duration {
        let doubled = 1_u32
            .checked_shl(attempts.saturating_sub(1))
            .unwrap_or(u32::MAX);
        let whole = self
            .first_pause
            .saturating_mul(doubled)
            .min(self.longest_pause);
        whole / 2 + (whole / 2).mul_f64(f64::from(draw) / 255.0)
    }
}

/// The clock of the machine, or of a test.
pub(crate) trait Clock: Send + Sync {
    /// Since a moment that stays the same.
    fn now(&self) -> Duration;
    fn sleep(&self, time: Duration) -> BoxFuture<'_, ()>;
}

/// The machine's own clock.
struct RealTime(tokio::time::Instant);

#[expect(
    clippy::disallowed_methods,
    reason = "a client runs outside the server, on its owner's clock"
)]
mod real {
    use super::{BoxFuture, Clock, Duration, RealTime};

    impl Default for RealTime {
        fn default() -> Self {
            Self(tokio::time::Instant::now())
        }
    }

    impl Clock for RealTime {
        fn now(&self) -> Duration {
            self.0.elapsed()
        }

        fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
            Box::pin(tokio::time::sleep(time))
        }
    }
}

/// Sends every request of a client.
#[derive(Clone)]
pub struct Sender {
    retry: Retry,
    timeout: Duration,
    clock: Arc<dyn Clock>,
}

impl fmt::Debug for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender")
            .field("retry", &self.retry)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

impl ClientHooks<Sender> for Client {
    async fn exec(&self, request: Request, info: &OperationInfo) -> reqwest::Result<Response> {
        let sender = self.inner();
        sender.send(self.client(), request, info.operation_id).await
    }
}

impl Sender {
    pub(crate) fn new(retry: Retry, timeout: Duration) -> Self {
        Self {
            retry,
            timeout,
            clock: Arc::new(RealTime::default()),
        }
    }

    async fn send(
        &self,
        client: &reqwest::Client,
        mut request: Request,
        operation: &str,
    ) -> reqwest::Result<Response> {
        if self.retry.attempts > 1 {
            name(&mut request, operation);
        }
        let repeatable = is_repeatable(&request);
        let started = self.clock.now();
        let mut attempt = 0;
        loop {
            attempt += 1;
            let left = self.left(started);
            *request.timeout_mut() = Some(self.timeout.min(left));
            let again = (repeatable && attempt < self.retry.attempts)
                .then(|| request.try_clone())
                .flatten();
            let outcome = client.execute(request).await;
            let Some(next) = again else {
                return outcome;
            };
            let Some(wait) = self.wait(&outcome, attempt) else {
                return outcome;
            };
            if wait >= self.left(started) {
                return outcome;
            }
            // The connection is given back before the pause.
            drop(outcome);
            self.clock.sleep(wait).await;
            request = next;
        }
    }

    fn left(&self, started: Duration) -> Duration {
        let gone = self.clock.now().saturating_sub(started);
        self.retry.total.saturating_sub(gone)
    }

    /// How long to wait before the next attempt; none where there is to be none.
    fn wait(&self, outcome: &reqwest::Result<Response>, attempt: u32) -> Option<Duration> {
        let own = || {
            self.retry
                .pause(attempt, random::<1>().map_or(255, |[draw]| draw))
        };
        match outcome {
            Ok(response) if is_passing(response.status()) => {
                Some(retry_after(response.headers()).unwrap_or_else(own))
            }
            Err(error) if error.is_connect() || error.is_timeout() || error.is_request() => {
                Some(own())
            }
            Ok(_) | Err(_) => None,
        }
    }
}

/// Whether the same request may do better later.
fn is_passing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 429 | 502 | 503 | 504)
}

/// Gives a POST a name of its own where its route takes one and nobody gave it one.
fn name(request: &mut Request, operation: &str) {
    let takes = request.method() == Method::POST && REPEATABLE.contains(&operation);
    if !takes || request.headers().contains_key(IDEMPOTENCY_KEY) {
        return;
    }
    // Without randomness there is no name, and the request is sent once.
    if let Some(bytes) = random::<16>()
        && let Ok(value) = HeaderValue::from_str(&format!("{:032x}", u128::from_be_bytes(bytes)))
    {
        request.headers_mut().insert(IDEMPOTENCY_KEY, value);
    }
}

/// Whether sending it twice does no more than sending it once (RFC 9110, 9.2.2).
fn is_repeatable(request: &Request) -> bool {
    let named = request.headers().contains_key(IDEMPOTENCY_KEY);
    match *request.method() {
        Method::GET | Method::HEAD | Method::OPTIONS => true,
        // Done the first time, it changed the version that the second time would be decided on:
        // its own success would be told as somebody else's change.
        Method::PUT | Method::DELETE => named || !request.headers().contains_key(IF_MATCH),
        Method::POST => named,
        _ => false,
    }
}

/// What `Retry-After` asks for: seconds, or a date, which is read against the server's own clock.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = rfc2822::parse(text).ok()?;
    let now = rfc2822::parse(headers.get(DATE)?.to_str().ok()?).ok()?;
    let wait = until.timestamp().duration_since(now.timestamp());
    Duration::try_from(wait.max(SignedDuration::ZERO)).ok()
}

fn random<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    let provider = rustls::crypto::aws_lc_rs::default_provider();
    provider.secure_random.fill(&mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Error, Options, types::CreateRule};
    use std::{
        io::{Read, Write},
        net::TcpListener,
        sync::Mutex,
        thread::JoinHandle,
    };

    /// What the scripted server does with one connection.
    #[derive(Clone, Copy)]
    enum Answer {
        /// A status, `Retry-After` and a body.
        Say(u16, &'static str, &'static str),
        /// Nothing: the connection ends.
        Hang,
    }
    use Answer::{Hang, Say};

    const NO_RULES: &str = r#"{"data":[],"meta":{"hasMore":false,"nextCursor":null}}"#;
    const REFUSED: &str = r#"{"error":{"code":"rate_limited","message":"wait","details":{}}}"#;
    const RULE: &str = r#"{"id":"rul_1","name":"n","channelIds":[],"monitorIds":[],
        "allMonitors":true,"enabled":true,"events":[],"createdAt":"2026-01-01T00:00:00Z",
        "updatedAt":"2026-01-01T00:00:00Z","version":1}"#;

    /// A server that gives these answers, one a connection, and keeps what it was sent. Whoever
    /// asks once more is refused the connection.
    fn scripted(answers: Vec<Answer>) -> (String, JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let server = std::thread::spawn(move || {
            let mut requests = Vec::new();
            for answer in answers {
                let (mut stream, _) = listener.accept().unwrap();
                requests.push(read(&mut stream));
                if let Say(status, after, body) = answer {
                    let after = match after {
                        "" => String::new(),
                        after => format!("retry-after: {after}\r\n"),
                    };
                    let length = body.len();
                    let answer = format!(
                        "HTTP/1.1 {status} x\r\nconnection: close\r\n{after}content-type: \
                         application/json\r\ncontent-length: {length}\r\n\r\n{body}"
                    );
                    stream.write_all(answer.as_bytes()).unwrap();
                }
            }
            requests
        });
        (url, server)
    }

    /// One request with its body.
    fn read(stream: &mut impl Read) -> String {
        let mut bytes = Vec::new();
        let mut buffer = [0; 4096];
        loop {
            let count = stream.read(&mut buffer).unwrap();
            bytes.extend_from_slice(&buffer[..count]);
            let text = String::from_utf8_lossy(&bytes).to_ascii_lowercase();
            let Some((head, body)) = text.split_once("\r\n\r\n") else {
                assert_ne!(count, 0, "the request ended early: {text}");
                continue;
            };
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "))
                .map_or(0, |length| length.parse().unwrap());
            if body.len() >= length {
                return text;
            }
        }
    }

    /// A clock that moves when somebody sleeps, and keeps how long they slept.
    #[derive(Default)]
    struct Script(Mutex<Vec<Duration>>);

    impl Clock for Script {
        fn now(&self) -> Duration {
            self.0.lock().unwrap().iter().sum()
        }
        fn sleep(&self, time: Duration) -> BoxFuture<'_, ()> {
            self.0.lock().unwrap().push(time);
            Box::pin(std::future::ready(()))
        }
    }

    fn client(url: &str, retry: Retry) -> (Client, Arc<Script>) {
        let options = Options {
            retry,
            ..Options::default()
        };
        let mut client = Client::connect_with(url, "mon_live_key", &options).unwrap();
        let clock = Arc::new(Script::default());
        client.inner.clock = Arc::<Script>::clone(&clock);
        (client, clock)
    }

    fn slept(clock: &Script) -> Vec<Duration> {
        clock.0.lock().unwrap().clone()
    }

    fn rule() -> CreateRule {
        CreateRule::builder()
            .name("n")
            .channel_ids(vec!["chn_1".to_owned()])
            .all_monitors(true)
            .try_into()
            .unwrap()
    }

    #[tokio::test]
    async fn a_read_is_repeated_as_late_as_the_server_asks() {
        let (url, server) = scripted(vec![
            Say(429, "7", REFUSED),
            Say(503, "0", REFUSED),
            Hang,
            Say(200, "", NO_RULES),
        ]);
        let (client, clock) = client(&url, Retry::default());
        client.list_rules().send().await.unwrap();
        let slept = slept(&clock);
        assert_eq!(slept[..2], [Duration::from_secs(7), Duration::ZERO]);
        // Two attempts doubled the pause twice; nothing was named after the third.
        let whole = Duration::from_secs(1);
        assert!((whole / 2..=whole).contains(&slept[2]), "{slept:?}");
        assert_eq!(slept.len(), 3);
        assert_eq!(server.join().unwrap().len(), 4);
    }

    #[tokio::test]
    async fn attempts_are_counted_and_the_last_answer_is_given() {
        let (url, server) = scripted(vec![Say(502, "1", REFUSED); 3]);
        let retry = Retry {
            attempts: 3,
            ..Retry::default()
        };
        let (client, clock) = client(&url, retry);
        let error = Error::from(client.list_rules().send().await.unwrap_err());
        assert_eq!(error.status(), Some(502), "{error}");
        assert_eq!(slept(&clock), [Duration::from_secs(1); 2]);
        assert_eq!(server.join().unwrap().len(), 3);
    }

    #[tokio::test]
    async fn a_wait_past_the_total_time_is_not_begun() {
        let (url, server) = scripted(vec![Say(429, "40", REFUSED), Say(429, "20", REFUSED)]);
        let (client, clock) = client(&url, Retry::default());
        let error = Error::from(client.list_rules().send().await.unwrap_err());
        assert_eq!(error.status(), Some(429), "{error}");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(20)));
        assert_eq!(slept(&clock), [Duration::from_secs(40)]);
        assert_eq!(server.join().unwrap().len(), 2);
    }

    #[tokio::test]
    async fn what_is_decided_on_a_version_is_sent_once() {
        let (url, server) = scripted(vec![
            Hang,
            Say(503, "1", REFUSED),
            // Without a version it is repeated.
            Hang,
            Say(204, "", ""),
        ]);
        let (client, clock) = client(&url, Retry::default());
        let lost = client.delete_rule().id("rul_1").if_match("\"v1\"");
        assert!(lost.send().await.is_err());
        let refused = client.delete_rule().id("rul_1").if_match("\"v1\"");
        let error = Error::from(refused.send().await.unwrap_err());
        assert_eq!(error.status(), Some(503), "{error}");
        assert_eq!(slept(&clock), []);
        client.delete_rule().id("rul_1").send().await.unwrap();
        assert_eq!(slept(&clock).len(), 1);
        assert_eq!(server.join().unwrap().len(), 4);
    }

    #[tokio::test]
    async fn what_is_made_is_asked_for_under_one_name() {
        let (url, server) = scripted(vec![
            Say(503, "1", REFUSED),
            Hang,
            Say(201, "", RULE),
            Say(201, "", RULE),
        ]);
        let (client, clock) = client(&url, Retry::default());
        client.create_rule().body(rule()).send().await.unwrap();
        let call = client.create_rule().idempotency_key("mine");
        call.body(rule()).send().await.unwrap();
        assert_eq!(slept(&clock).len(), 2);
        let requests = server.join().unwrap();
        let names: Vec<_> = requests
            .iter()
            .map(|request| {
                let line = request
                    .lines()
                    .find_map(|line| line.strip_prefix("idempotency-key: "));
                line.unwrap().to_owned()
            })
            .collect();
        assert_eq!(names[0].len(), 32);
        assert_eq!(names[0], names[1]);
        assert_eq!(names[1], names[2]);
        assert_eq!(names[3], "mine");
        assert!(
            requests[2].contains("\"allmonitors\":true"),
            "with its body"
        );
        assert!(requests[0].contains("user-agent: monitorah-client/"));
    }

    #[tokio::test]
    async fn what_could_be_done_twice_is_sent_once() {
        let (url, server) = scripted(vec![Say(503, "0", REFUSED); 3]);
        let (mut client, clock) = client(&url, Retry::default());
        // A check on demand has no name: its route takes none.
        let error = client.check_monitor().id("mtr_1").send().await.unwrap_err();
        assert_eq!(Error::from(error).status(), Some(503));
        let patch = crate::types::UpdateRule::default();
        let call = client.update_rule().id("rul_1").body(patch);
        assert_eq!(
            Error::from(call.send().await.unwrap_err()).status(),
            Some(503)
        );
        client.inner.retry = Retry::never();
        let error = client.list_rules().send().await.unwrap_err();
        assert_eq!(Error::from(error).status(), Some(503));
        assert_eq!(slept(&clock).len(), 0);
        let requests = server.join().unwrap();
        assert!(!requests.concat().contains("idempotency-key"));
    }

    #[tokio::test]
    async fn other_refusals_are_given_at_once_and_no_connection_is_tried_again() {
        let (url, server) = scripted(vec![
            Say(409, "1", REFUSED),
            Say(500, "1", REFUSED),
            Say(404, "", REFUSED),
        ]);
        let (client, clock) = client(&url, Retry::default());
        for status in [409, 500, 404] {
            let error = client.list_rules().send().await.unwrap_err();
            assert_eq!(Error::from(error).status(), Some(status));
        }
        assert_eq!(server.join().unwrap().len(), 3);
        assert_eq!(slept(&clock).len(), 0);
        // Nobody listens there any more.
        let error = Error::from(client.list_rules().send().await.unwrap_err());
        assert!(matches!(error, Error::NoAnswer(_)), "{error}");
        assert_eq!(slept(&clock).len(), 3);
    }

    #[test]
    fn pauses_double_up_to_the_longest() {
        let retry = Retry::default();
        assert_eq!(retry.pause(1, 255), Duration::from_millis(250));
        assert_eq!(retry.pause(1, 0), Duration::from_millis(125));
        assert_eq!(retry.pause(4, 255), Duration::from_secs(2));
        assert_eq!(retry.pause(40, 255), retry.longest_pause);
    }

    #[test]
    fn a_date_is_read_against_the_clock_of_the_server() {
        let date = "Sun, 06 Nov 1994 08:49:37 GMT";
        let mut headers = HeaderMap::new();
        headers.insert(
            RETRY_AFTER,
            "Sun, 06 Nov 1994 08:50:07 GMT".parse().unwrap(),
        );
        assert_eq!(retry_after(&headers), None);
        headers.insert(DATE, date.parse().unwrap());
        assert_eq!(retry_after(&headers), Some(Duration::from_secs(30)));
        headers.insert(
            RETRY_AFTER,
            "Sun, 06 Nov 1994 08:00:00 GMT".parse().unwrap(),
        );
        assert_eq!(retry_after(&headers), Some(Duration::ZERO));
        headers.insert(RETRY_AFTER, "soon".parse().unwrap());
        assert_eq!(retry_after(&headers), None);
    }
}
