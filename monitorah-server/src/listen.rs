//! The listener: bounded connections, bounded header time, and a stop that lets requests end.

use axum::{Router, extract::ConnectInfo};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use monitorah_core::{Env, environment::timeout};
use std::{net::SocketAddr, sync::Arc, time::Duration};
use tokio::{net::TcpListener, sync::Semaphore};
use tower::ServiceExt;

/// The most connections at once; further ones wait to be accepted.
const MAX_CONNECTIONS: usize = 4_096;
/// The longest that a client may take to send its header.
const HEADER_TIME: Duration = Duration::from_secs(15);
/// How long requests in flight may take to end when the server stops.
const PATIENCE: Duration = Duration::from_secs(10);

/// Serves until `stop` ends, then lets what is in flight end.
pub(crate) async fn serve(
    environment: Env,
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()>,
) {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let graceful = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            biased;
            () = &mut stop => break,
            accepted = async {
                let place = Arc::clone(&places).acquire_owned().await.ok()?;
                Some((listener.accept().await, place))
            } => accepted,
        };
        let Some((accepted, place)) = accepted else {
            break;
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file descriptors, most likely: waiting lets others end.
                tracing::warn!(%error, "a connection could not be accepted");
                environment.sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let service = router
            .clone()
            .map_request(move |mut request: http::Request<_>| {
                request
                    .extensions_mut()
                    .insert(ConnectInfo::<SocketAddr>(peer));
                request
            });
        // HTTP/1.1 only: the header time bounds a connection from its first moment, where a builder
        // that first waits to see which version comes would hold a silent one for ever.
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADER_TIME)
            .max_buf_size(64 * 1024)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        let watched = graceful.watch(connection);
        environment.spawn(Box::pin(async move {
            if let Err(error) = watched.await {
                tracing::debug!(%error, "a connection ended early");
            }
            drop(place);
        }));
    }
    drop(listener);
    if timeout(&*environment, PATIENCE, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("some requests did not end in time");
    }
}
