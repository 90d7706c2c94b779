//! What a mode needs around its monitor: the target, its address, and the place where the monitor runs.

use super::{
    ground::Ground,
    local::Engine,
    mode::{Mode, Script},
};
use crate::{
    Fault,
    home::Home,
    product::Server,
    target::{
        Switch,
        certificate::{Authority, NAME},
        dns::{self, Zone},
        http::{self, HttpFault},
        pinger::{self, JobFault, Ping},
        tcp::{self, Gate, Handler},
        tls::{Tls, TlsFault},
    },
};
use futures::FutureExt;
use monitorah_core::Env;
use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};
use tokio::sync::Semaphore;

/// The grounds and the authority that many modes share.
#[derive(Debug)]
pub(super) struct Shared<'a> {
    pub(super) environment: &'a Env,
    pub(super) program: &'a Path,
    pub(super) home: &'a Home,
    pub(super) settings: &'a [(&'a str, String)],
    pub(super) authority: Authority,
    pub(super) server: Arc<Ground>,
    /// Whose turn it is to make a monitor.
    pub(super) making: Semaphore,
    /// The engine whose name servers are those of the lab.
    pub(super) names: Arc<Ground>,
}

/// A mode's place.
pub(super) struct Standing {
    pub(super) ground: Arc<Ground>,
    pub(super) stage: Stage,
    /// Whether the ground is the mode's own, to be stopped after it.
    pub(super) own: bool,
}

/// A mode's target.
pub(super) struct Stage {
    environment: Env,
    switch: Arc<Switch>,
    /// The reference target, where there is one.
    reference: Option<Arc<Switch>>,
    job: Option<JobFault>,
    counts: bool,
    measures: bool,
    pub(super) target: String,
    /// What stands for `{ca}` and `{server}`.
    pub(super) filling: Vec<(&'static str, String)>,
}

impl Stage {
    /// Starts the job, where there is one.
    pub(super) fn begin(&self, ping: Ping) {
        if let Some(fault) = self.job {
            if fault == JobFault::Never {
                self.switch.set(true);
            }
            pinger::start(&self.environment, &self.switch, fault, ping);
        }
    }

    /// Lets the target fail. Where we are offline, the reference target is so a moment before.
    pub(super) async fn fail(&self) {
        if let Some(reference) = &self.reference {
            reference.set(true);
            self.environment.sleep(Duration::from_millis(50)).await;
        }
        self.switch.set(true);
    }

    pub(super) async fn recover(&self) {
        self.switch.set(false);
        if let Some(reference) = &self.reference {
            self.environment.sleep(Duration::from_millis(50)).await;
            reference.set(false);
        }
    }

    pub(super) fn held(&self) -> Duration {
        if self.measures {
            self.switch.longest()
        } else {
            Duration::ZERO
        }
    }

    pub(super) fn asked(&self) -> Option<u64> {
        self.counts.then(|| self.switch.requests())
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.switch.end();
    }
}

/// Builds the place of a mode.
pub(super) async fn set(shared: &Shared<'_>, mode: &'static Mode) -> Result<Standing, Fault> {
    let environment = shared.environment;
    let switch = Switch::new();
    let mut standing = Standing {
        ground: Arc::clone(&shared.server),
        stage: Stage {
            environment: Arc::clone(environment),
            switch: Arc::clone(&switch),
            reference: None,
            job: None,
            counts: true,
            measures: true,
            target: String::new(),
            filling: vec![("{ca}", shared.authority.pem())],
        },
        own: false,
    };
    let web = |fault| {
        tcp::start(
            environment,
            &switch,
            Gate::Open,
            web(environment, &switch, fault),
        )
    };
    let stage = &mut standing.stage;
    match mode.script {
        Script::Http(fault) => stage.target = url(web(fault)?),
        Script::Window(_) => stage.target = url(web(HttpFault::Status(500))?),
        Script::Https(fault) => {
            let port = secure(shared, &switch, fault)?.port();
            stage.measures = !matches!(fault, TlsFault::Late(_));
            stage.target = format!("https://{NAME}:{port}/");
        }
        Script::Tls(fault) => {
            let port = secure(shared, &switch, fault)?.port();
            stage.target = format!("{NAME}:{port}");
        }
        Script::Dns(fault) => {
            let zone = Zone::default();
            stage.target = name(mode);
            zone.put(&stage.target, fault, &switch);
            let server = dns::start(environment, &zone, true).await?;
            stage.filling.push(("{server}", server.to_string()));
        }
        Script::Port(gate) | Script::HttpPort(gate) => {
            stage.counts = false;
            if matches!(mode.script, Script::Port(_)) {
                let port = tcp::start(environment, &switch, gate, tcp::listening(environment))?;
                stage.target = port.to_string();
            } else {
                let well = self::web(environment, &switch, HttpFault::None);
                stage.target = url(tcp::start(environment, &switch, gate, well)?);
            }
        }
        Script::Job(fault) => {
            stage.job = Some(fault);
            stage.counts = fault != JobFault::Never;
        }
        Script::NamedHttp(fault) | Script::NamedDns(fault) => {
            standing.ground = Arc::clone(&shared.names);
            let name = name(mode);
            zone_of(&shared.names)?.put(&name, fault, &switch);
            stage.target = match mode.script {
                Script::NamedDns(_) => name,
                // The name is what fails; the server behind it never does.
                _ => {
                    let well = Switch::new();
                    let handler = self::web(environment, &well, HttpFault::None);
                    let port = tcp::start(environment, &well, Gate::Open, handler)?.port();
                    format!("http://{name}:{port}/")
                }
            };
        }
        Script::Clock(..) | Script::ClockJob(_) => {
            let engine = Engine::start(environment, shared.home).await?;
            standing.ground = Arc::new(Ground::Engine(Box::new(engine)));
            standing.own = true;
            stage.counts = false;
            if matches!(mode.script, Script::ClockJob(_)) {
                stage.job = Some(JobFault::None);
            } else {
                stage.target = url(web(HttpFault::Status(500))?);
            }
        }
        Script::Uplink => {
            let reference = Switch::new();
            let listening = tcp::listening(environment);
            let port = tcp::start(environment, &reference, Gate::Refused, listening)?;
            stage.reference = Some(reference);
            stage.counts = false;
            let handler = self::web(environment, &switch, HttpFault::None);
            stage.target = url(tcp::start(environment, &switch, Gate::Refused, handler)?);
            let mut settings = shared.settings.to_vec();
            settings.push(("MONITORAH_REFERENCE_TARGETS", port.to_string()));
            let server = Server::start(environment, shared.program, shared.home, &settings).await?;
            standing.ground = Arc::new(Ground::Server(Box::new(server)));
            standing.own = true;
        }
    }
    Ok(standing)
}

/// The name of a mode's target, where it has one.
fn name(mode: &Mode) -> String {
    format!("{}.lab.example", mode.name)
}

fn url(address: SocketAddr) -> String {
    format!("http://{address}/")
}

fn zone_of(ground: &Ground) -> Result<&Zone, Fault> {
    match ground {
        Ground::Engine(engine) => Ok(&engine.zone),
        Ground::Server(_) => Err("the server asks the machine's own name servers".into()),
    }
}

/// An HTTP server behind a port.
fn web(environment: &Env, switch: &Arc<Switch>, fault: HttpFault) -> Handler {
    let (environment, switch) = (Arc::clone(environment), Arc::clone(switch));
    Arc::new(move |stream| {
        let (environment, switch) = (Arc::clone(&environment), Arc::clone(&switch));
        http::serve(environment, switch, fault, stream).boxed()
    })
}

/// A TLS server behind a port.
fn secure(shared: &Shared<'_>, switch: &Arc<Switch>, fault: TlsFault) -> Result<SocketAddr, Fault> {
    let environment = shared.environment;
    let tls = Arc::new(Tls::new(environment, switch, &shared.authority, fault)?);
    let handler: Handler = Arc::new(move |stream| {
        let tls = Arc::clone(&tls);
        async move { tls.serve(stream).await }.boxed()
    });
    tcp::start(environment, switch, Gate::Open, handler)
}
