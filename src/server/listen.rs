//! Connections: how many, how long, and the stop.
//!
//! A client that is slow or silent costs one place among [`CONNECTIONS`], for a limited time: the head of a request has to
//! arrive in [`HEAD`], a body in the time of the limits, and an idle connection is closed after [`HEAD`] too. A connection that
//! has lasted [`LIFE`] is closed behind the answer under way; one that does not take its answer then is cut.

use crate::server::routes;
use crate::server::state::Server;
use anyhow::Context;
use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::{sleep, timeout};

/// Connections at one time; more have to wait until one is closed.
const CONNECTIONS: usize = 512;

/// How long the head of a request may take, and how long a connection may be idle.
const HEAD: Duration = Duration::from_secs(15);

/// How long a connection is kept.
const LIFE: Duration = Duration::from_secs(300);

/// How long the last answer of a connection may take to be fetched: longer than a body and a wait.
const LAST: Duration = Duration::from_secs(180);

/// Largest head of a request, bytes.
const LARGEST_HEAD: usize = 32 << 10;

/// Listens until the process is asked to stop, and until what is under way is answered, within the time of grace.
///
/// # Errors
/// When the address cannot be had.
pub(in crate::server) async fn listen(
    server: &Arc<Server>,
    address: SocketAddr,
) -> anyhow::Result<()> {
    let listener = TcpListener::bind(address)
        .await
        .with_context(|| format!("failed to listen on {address}"))?;
    let address = listener.local_addr().context("failed to listen")?;
    let mut stop = pin!(asked_to_stop()?);
    server
        .witness
        .tell(&format!("listening on http://{address}"));
    let router = routes::router(server);
    let (ended, watcher) = watch::channel(());
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = next(&listener, &places) => accepted,
        };
        if let Some((stream, place)) = accepted {
            let (router, watcher) = (router.clone(), watcher.clone());
            tokio::spawn(async move {
                serve(stream, router, watcher).await;
                drop(place);
            });
        }
    }
    drop(listener);
    drop(watcher);
    server
        .witness
        .tell("stopping: what is under way is finished");
    ended.send_replace(());
    // Who has not taken an answer by then is cut.
    let _ = timeout(server.limits.grace, ended.closed()).await;
    Ok(())
}

/// The next connection, when there is a place for it.
async fn next(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> Option<(TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    match listener.accept().await {
        Ok((stream, _)) => Some((stream, place)),
        // A client that has gone, or no more file handles: the next one may be luckier.
        Err(_) => {
            sleep(Duration::from_millis(50)).await;
            None
        }
    }
}

async fn serve(stream: TcpStream, router: Router, mut ended: watch::Receiver<()>) {
    // Answers are small; waiting to fill a packet would only make them late.
    let _ = stream.set_nodelay(true);
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .max_buf_size(LARGEST_HEAD)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
    let mut connection = pin!(connection);
    tokio::select! {
        // How a connection ended concerns its client alone.
        _ = connection.as_mut() => return,
        _ = ended.changed() => {}
        () = sleep(LIFE) => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = timeout(LAST, connection).await;
}

/// Ends when the process is asked to stop. Asked twice, it stops at once: nothing is half there then either.
#[cfg(unix)]
fn asked_to_stop() -> anyhow::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let failed = "failed to listen to signals";
    let mut term = signal(SignalKind::terminate()).context(failed)?;
    let mut int = signal(SignalKind::interrupt()).context(failed)?;
    Ok(async move {
        tokio::select! { _ = term.recv() => {}, _ = int.recv() => {} }
        tokio::spawn(async move {
            tokio::select! { _ = term.recv() => {}, _ = int.recv() => {} }
            std::process::exit(1)
        });
    })
}

#[cfg(not(unix))]
fn asked_to_stop() -> anyhow::Result<impl Future<Output = ()>> {
    Ok(async {
        // Without a way to be asked, the process runs until it is ended.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
