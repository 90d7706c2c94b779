//! Whether the user wants a command to end before it is done: it then removes what it began.

use super::{Exit, serve::stopped};
use monitorah_core::Env;
use std::io::{self, Read, Write};
use tokio::sync::watch;

/// Heard from SIGTERM or SIGINT on.
#[derive(Debug, Clone)]
pub(super) struct Stop(watch::Receiver<bool>);

impl Stop {
    /// Begins to listen.
    pub(super) fn listen(environment: &Env) -> Self {
        let (tell, told) = watch::channel(false);
        environment.spawn(Box::pin(async move {
            stopped().await;
            // Nobody listens any more when the command is done.
            let _ = tell.send(true);
        }));
        Self(told)
    }

    /// Ends when the user wants to stop.
    pub(super) async fn wanted(&self) {
        let mut told = self.0.clone();
        if told.wait_for(|wanted| *wanted).await.is_err() {
            std::future::pending::<()>().await;
        }
    }

    /// What ended the command: the user's wish, where there was one.
    pub(super) fn or(&self, exit: Exit) -> Exit {
        if *self.0.borrow() {
            Exit::Code(130)
        } else {
            exit
        }
    }

    fn check(&self) -> io::Result<()> {
        if *self.0.borrow() {
            Err(io::Error::other("stopped before it was done"))
        } else {
            Ok(())
        }
    }

    /// Reads from `inner` until the user wants to stop.
    pub(super) fn reading<R: Read>(&self, inner: R) -> Stoppable<'_, R> {
        Stoppable { stop: self, inner }
    }

    /// Writes to `inner` until the user wants to stop.
    pub(super) fn writing<W: Write>(&self, inner: W) -> Stoppable<'_, W> {
        Stoppable { stop: self, inner }
    }
}

/// Fails from the moment on at which the user wants to stop.
#[derive(Debug)]
pub(super) struct Stoppable<'a, T> {
    stop: &'a Stop,
    inner: T,
}

impl<R: Read> Read for Stoppable<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.stop.check()?;
        self.inner.read(buffer)
    }
}

impl<W: Write> Write for Stoppable<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stop.check()?;
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
