//! A TCP port that answers, refuses or stays silent, always at the same address.

use super::{Switch, wait_for_end};
use crate::Fault;
use futures::{FutureExt, future::BoxFuture};
use monitorah_core::{Env, environment::timeout};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

/// What the port itself does while the target fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gate {
    /// It accepts, and the handler does the rest.
    Open,
    /// Nothing listens.
    Refused,
    /// Attempts go unanswered: the queue of the listener is full.
    Silent,
    /// It is closed while the target is well, and accepts while it fails.
    OpensUp,
}

/// Serves one accepted connection.
pub(crate) type Handler = Arc<dyn Fn(TcpStream) -> BoxFuture<'static, ()> + Send + Sync>;

/// A handler that says nothing and waits for the peer to go.
pub(crate) fn listening(environment: &Env) -> Handler {
    let environment = Arc::clone(environment);
    Arc::new(move |mut stream| {
        let environment = Arc::clone(&environment);
        async move { wait_for_end(&environment, &mut stream).await }.boxed()
    })
}

/// Starts the port; it lives as long as the runtime.
pub(crate) fn start(
    environment: &Env,
    switch: &Arc<Switch>,
    gate: Gate,
    handler: Handler,
) -> Result<SocketAddr, Fault> {
    // Bound and never listening: the port stays ours while nothing listens at it.
    let holder = TcpSocket::new_v4()?;
    holder.set_reuseaddr(true)?;
    holder.bind(SocketAddr::from(([127, 0, 0, 1], 0)))?;
    let address = holder.local_addr()?;
    let port = Port {
        environment: Arc::clone(environment),
        switch: Arc::clone(switch),
        gate,
        handler,
        address,
        _holder: holder,
    };
    environment.spawn(
        async move {
            if let Err(fault) = port.run().await {
                // Where stderr is gone, there is nobody to tell.
                let _ = std::io::Write::write_fmt(
                    &mut std::io::stderr(),
                    format_args!("the port {address} ended: {fault}\n"),
                );
            }
        }
        .boxed(),
    );
    Ok(address)
}

struct Port {
    environment: Env,
    switch: Arc<Switch>,
    gate: Gate,
    handler: Handler,
    address: SocketAddr,
    _holder: TcpSocket,
}

impl Port {
    async fn run(self) -> Result<(), Fault> {
        loop {
            let failing = self.switch.is_failing();
            let closed = match self.gate {
                Gate::Refused => failing,
                Gate::OpensUp => !failing,
                Gate::Open | Gate::Silent => false,
            };
            if closed {
                self.switch.changed_from(failing).await;
                continue;
            }
            let listener = self.listen()?;
            let turned = async {
                match self.gate {
                    Gate::Open => std::future::pending().await,
                    _ => self.switch.changed_from(failing).await,
                }
            };
            if self.gate == Gate::Silent && failing {
                let held = self.fill().await;
                turned.await;
                drop(held);
                continue;
            }
            tokio::select! {
                ended = self.accept(&listener) => ended?,
                () = turned => {}
            }
        }
    }

    fn listen(&self) -> Result<TcpListener, Fault> {
        let socket = TcpSocket::new_v4()?;
        socket.set_reuseaddr(true)?;
        socket.bind(self.address)?;
        let backlog = if self.gate == Gate::Silent { 1 } else { 1024 };
        Ok(socket.listen(backlog)?)
    }

    async fn accept(&self, listener: &TcpListener) -> Result<(), Fault> {
        loop {
            let (stream, _) = listener.accept().await?;
            let work = (self.handler)(stream);
            let switch = Arc::clone(&self.switch);
            let environment = Arc::clone(&self.environment);
            self.environment.spawn(
                async move {
                    let begun = environment.monotonic();
                    work.await;
                    switch.held(environment.monotonic().saturating_sub(begun));
                }
                .boxed(),
            );
        }
    }

    /// Fills the queue of the listener, so that the system drops what else comes.
    async fn fill(&self) -> Vec<TcpStream> {
        let mut held = Vec::new();
        for _ in 0..8 {
            #[expect(
                clippy::disallowed_methods,
                reason = "the target fills a queue of its own"
            )]
            let attempt = TcpStream::connect(self.address);
            match timeout(&*self.environment, Duration::from_millis(30), attempt).await {
                Ok(Ok(stream)) => held.push(stream),
                Ok(Err(_)) | Err(_) => break,
            }
        }
        held
    }
}
