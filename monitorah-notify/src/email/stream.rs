//! The streams that the mail library speaks over: lent to it before STARTTLS, and ours after it.
//!
//! The library would go on reading what a man in the middle wrote behind the answer to STARTTLS in
//! plain text. Here the reader with all that it had read is dropped, and a new one begins on the
//! TLS session.

use lettre::transport::smtp::client::AsyncTokioStream;
use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll},
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};
use tokio_rustls::client::TlsStream;

/// What the library waits for first, and a server says only once.
const GREETING: &[u8] = b"220 secured\r\n";

/// A connection that comes back when the library lets go of it.
#[derive(Debug)]
pub(super) struct Lent {
    stream: Option<TcpStream>,
    back: Owner,
}

/// Where a lent connection comes back to.
#[derive(Debug, Clone, Default)]
pub(super) struct Owner(Arc<Mutex<Option<TcpStream>>>);

impl Owner {
    pub(super) fn lend(&self, stream: TcpStream) -> Lent {
        Lent {
            stream: Some(stream),
            back: self.clone(),
        }
    }

    pub(super) fn take(&self) -> Option<TcpStream> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        *self.back.0.lock().unwrap_or_else(PoisonError::into_inner) = self.stream.take();
    }
}

impl Lent {
    fn stream(&mut self) -> io::Result<Pin<&mut TcpStream>> {
        let gone = || io::Error::from(io::ErrorKind::NotConnected);
        self.stream.as_mut().map(Pin::new).ok_or_else(gone)
    }
}

/// A TLS session, which may begin with a greeting of ours.
#[derive(Debug)]
pub(super) struct Secured {
    stream: TlsStream<TcpStream>,
    greeting: &'static [u8],
}

impl Secured {
    /// The server greets in it.
    pub(super) const fn from_the_start(stream: TlsStream<TcpStream>) -> Self {
        Self {
            stream,
            greeting: b"",
        }
    }

    /// The server has greeted before it.
    pub(super) const fn after_starttls(stream: TlsStream<TcpStream>) -> Self {
        Self {
            stream,
            greeting: GREETING,
        }
    }
}

impl AsyncRead for Lent {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.get_mut().stream()?.poll_read(cx, buffer)
    }
}

impl AsyncWrite for Lent {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.get_mut().stream()?.poll_write(cx, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.get_mut().stream()?.poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.get_mut().stream()?.poll_shutdown(cx)
    }
}

impl AsyncTokioStream for Lent {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        let gone = || io::Error::from(io::ErrorKind::NotConnected);
        self.stream.as_ref().ok_or_else(gone)?.peer_addr()
    }
}

impl AsyncRead for Secured {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        if !this.greeting.is_empty() {
            let count = this.greeting.len().min(buffer.remaining());
            let (now, later) = this.greeting.split_at(count);
            buffer.put_slice(now);
            this.greeting = later;
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut this.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Secured {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write(cx, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(cx)
    }
}

impl AsyncTokioStream for Secured {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        self.stream.get_ref().0.peer_addr()
    }
}
