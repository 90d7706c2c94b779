//! One request and its answer over one fresh connection, driven inside the look: nothing outlives it.

use super::{body, redirect::is_redirect, stream::Stream};
use crate::{
    environment::Environment,
    net::{Failure, Phase, Recorder, stream_failure},
    observation::Reason,
};
use bytes::Bytes;
use futures::{
    FutureExt, Stream as _, StreamExt,
    channel::mpsc,
    future::{BoxFuture, Either, select},
    stream::FuturesUnordered,
};
use http::{HeaderMap, Request, Response, StatusCode, Version};
use http_body_util::Full;
use hyper::{
    body::Incoming,
    client::conn::{http1, http2},
};
use hyper_util::rt::TokioIo;
use std::{
    error::Error,
    io,
    pin::{Pin, pin},
    task::{Context, Poll},
    time::Duration,
};

/// The largest header block. The limit of 100 lines is hyper's own.
const MAX_HEAD: usize = 64 * 1024;
/// What HTTP/2 may decode: more than is accepted, because a client of the library is not told that
/// this bound was the reason. What lies between is counted by us and named.
const MAX_HEADER_LIST: u32 = 256 * 1024;

/// An answer's head, with its body in the buffer that the caller gave.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    /// How the body ended.
    pub(super) body: Result<(), Failure>,
}

/// What to do with an answer besides reading its head.
pub(super) struct Reading<'a> {
    pub(super) recorder: &'a Recorder,
    pub(super) environment: &'a dyn Environment,
    /// Whether redirects are followed: then their bodies are not read.
    pub(super) follow: bool,
    pub(super) cap: usize,
    pub(super) buffer: &'a mut Vec<u8>,
}

/// Sends the request and reads the answer.
pub(super) async fn exchange(
    stream: Stream,
    http2: bool,
    request: Request<Full<Bytes>>,
    reading: Reading<'_>,
) -> Result<Answer, Failure> {
    reading.recorder.enter(Phase::FirstByte);
    if http2 {
        over_http2(stream, request, reading).await
    } else {
        over_http1(stream, request, reading).await
    }
}

async fn over_http1(
    stream: Stream,
    request: Request<Full<Bytes>>,
    reading: Reading<'_>,
) -> Result<Answer, Failure> {
    let (mut sender, connection) = http1::Builder::new()
        .max_buf_size(MAX_HEAD)
        .max_header_size(MAX_HEAD)
        .handshake::<_, Full<Bytes>>(TokioIo::new(stream))
        .await
        .map_err(|error| failure(&error, At::Head))?;
    let begun = reading.environment.monotonic();
    let work = pin!(async {
        let response = sender
            .send_request(request)
            .await
            .map_err(|error| failure(&error, At::Head))?;
        read(response, begun, reading).await
    });
    drive(work, pin!(connection)).await
}

async fn over_http2(
    stream: Stream,
    request: Request<Full<Bytes>>,
    reading: Reading<'_>,
) -> Result<Answer, Failure> {
    let (tasks, started) = mpsc::unbounded();
    let running = Running {
        started,
        tasks: FuturesUnordered::new(),
    };
    let begun = reading.environment.monotonic();
    let work = pin!(async {
        let (mut sender, connection) = http2::Builder::new(Tasks(tasks))
            .max_header_list_size(MAX_HEADER_LIST)
            .handshake::<_, Full<Bytes>>(TokioIo::new(stream))
            .await
            .map_err(|error| failure(&error, At::Head))?;
        let work = pin!(async {
            let response = sender
                .send_request(request)
                .await
                .map_err(|error| failure(&error, At::Head))?;
            read(response, begun, reading).await
        });
        drive(work, pin!(connection)).await
    });
    drive(work, running).await
}

/// Runs the work and what drives it side by side, until the work is done.
async fn drive<T>(work: impl Future<Output = T> + Unpin, driver: impl Future + Unpin) -> T {
    match select(work, driver).await {
        Either::Left((done, _)) => done,
        // The connection ended first; what it handed over before is still to be read.
        Either::Right((_, work)) => work.await,
    }
}

async fn read(
    response: Response<Incoming>,
    begun: Duration,
    reading: Reading<'_>,
) -> Result<Answer, Failure> {
    let head_at = reading.environment.monotonic();
    let (head, body) = response.into_parts();
    let at = if head.version == Version::HTTP_2 {
        At::Http2Body
    } else {
        At::Body
    };
    reading.recorder.update(|record| {
        record.status_code = Some(head.status.as_u16());
        record.timings.first_byte = Some(head_at.saturating_sub(begun));
        record.phase = Phase::Body;
    });
    let size: usize = head
        .headers
        .iter()
        .map(|(name, value)| name.as_str().len().saturating_add(value.len()))
        .sum();
    if size > MAX_HEAD {
        return Err(headers_too_large());
    }
    let body = if !(reading.follow && is_redirect(head.status, &head.headers)) {
        let body = body::read_into(body, at, reading.cap, reading.buffer).await;
        let end = reading.environment.monotonic();
        reading.recorder.update(|record| {
            record.timings.download = Some(end.saturating_sub(head_at));
        });
        body
    } else {
        Ok(())
    };
    Ok(Answer {
        status: head.status,
        headers: head.headers,
        body,
    })
}

/// Where an error happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    Head,
    Body,
    Http2Body,
}

fn headers_too_large() -> Failure {
    Failure::down(
        Reason::HeadersTooLarge,
        "the header block is larger than 64 KiB or 100 lines",
    )
}

/// What an error of hyper means for the target.
pub(super) fn failure(error: &hyper::Error, at: At) -> Failure {
    let truncated = || {
        Failure::down(
            Reason::BodyTruncated,
            "the body ended before its announced length",
        )
    };
    // hyper names a head that is too large to clients only in its debug form; a test holds us to it.
    if error.is_parse() && at == At::Head && format!("{error:?}").contains("TooLarge") {
        return headers_too_large();
    }
    if at == At::Body && error.is_incomplete_message() {
        return truncated();
    }
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(inner) = cause {
        if let Some(io) = inner.downcast_ref::<io::Error>() {
            if at != At::Head && io.kind() == io::ErrorKind::UnexpectedEof {
                return truncated();
            }
            if let Some(failure) = stream_failure(io) {
                return failure;
            }
        }
        cause = inner.source();
    }
    // A stream of HTTP/2 that is reset or left inside its body.
    if at == At::Http2Body {
        return truncated();
    }
    if error.is_incomplete_message() {
        return Failure::down(
            Reason::Protocol,
            "the server closed the connection without an answer",
        );
    }
    Failure::down(Reason::Protocol, "the answer is not valid HTTP")
}

/// Collects the tasks of an HTTP/2 connection, so that they run inside the look and end with it.
#[derive(Clone)]
struct Tasks(mpsc::UnboundedSender<BoxFuture<'static, ()>>);

impl<F> hyper::rt::Executor<F> for Tasks
where
    F: Future<Output = ()> + Send + 'static,
{
    fn execute(&self, task: F) {
        // One request makes three tasks at most. When the look has ended, tasks end with it.
        let _ended = self.0.unbounded_send(task.boxed());
    }
}

/// The tasks of one HTTP/2 connection. Never done: the work beside it decides when to stop.
struct Running {
    started: mpsc::UnboundedReceiver<BoxFuture<'static, ()>>,
    tasks: FuturesUnordered<BoxFuture<'static, ()>>,
}

impl Future for Running {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        loop {
            if let Poll::Ready(Some(task)) = Pin::new(&mut self.started).poll_next(cx) {
                self.tasks.push(task);
                continue;
            }
            match self.tasks.poll_next_unpin(cx) {
                Poll::Ready(Some(())) => {}
                Poll::Ready(None) | Poll::Pending => return Poll::Pending,
            }
        }
    }
}
