//! What a mode is: what the target does, what watches it, and what has to come of that.

use crate::target::{dns::DnsFault, http::HttpFault, pinger::JobFault, tcp::Gate, tls::TlsFault};

/// Modes of one kind, under one heading of the page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chapter {
    pub(crate) title: &'static str,
    pub(crate) modes: &'static [Mode],
}

/// One way to fail, or one that only looks like it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mode {
    pub(crate) name: &'static str,
    /// What happens while it lasts, as a sentence.
    pub(crate) does: &'static str,
    pub(crate) script: Script,
    pub(crate) monitor: Draft,
    pub(crate) expect: Expect,
}

/// What watches the target.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Draft {
    pub(crate) kind: &'static str,
    /// Its configuration as JSON, with `{ca}`, `{server}` and the like to be filled in.
    pub(crate) config: &'static str,
    /// Fields of the monitor beside that, as JSON.
    pub(crate) more: &'static str,
}

/// What has to come of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Expect {
    /// The monitor's state while it lasts.
    pub(crate) state: &'static str,
    /// The status of each result while it lasts.
    pub(crate) status: &'static str,
    /// The reason of each result, and of the event.
    pub(crate) reason: &'static str,
    /// What people are told while it lasts.
    pub(crate) told: &'static [&'static str],
    /// What people are told when it is over.
    pub(crate) told_after: &'static [&'static str],
    pub(crate) rows: Rows,
}

/// How the check log is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rows {
    /// Every check is well before and after, and as expected while it lasts.
    Each,
    /// Every check is either well or as expected; when is not said.
    Either,
}

/// Who does what, and where the monitor runs.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Script {
    /// An HTTP server, on the real server.
    Http(HttpFault),
    /// A TLS server, watched as an `https` URL.
    Https(TlsFault),
    /// A TLS server, watched as `host:port`.
    Tls(TlsFault),
    /// A name server that the monitor names.
    Dns(DnsFault),
    /// A TCP port.
    Port(Gate),
    /// A TCP port, watched as an `http` URL.
    HttpPort(Gate),
    /// A job.
    Job(JobFault),
    /// An HTTP server that answers 500, with a maintenance window.
    Window(Window),
    /// An HTTP server by its name, with the product's name servers being those of the lab.
    NamedHttp(DnsFault),
    /// A name, with the product's name servers being those of the lab.
    NamedDns(DnsFault),
    /// The product's clock steps by so many hours; `true` while the target answers 500.
    Clock(i64, bool),
    /// The product's clock steps by so many hours under a job that pings on time.
    ClockJob(i64),
    /// The product's machine is offline: the target and the reference target are out of reach.
    Uplink,
}

/// How a maintenance window lies over the outage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Window {
    /// It is open before, and until after the end.
    Covers,
    /// It is open before, and ends while the outage goes on.
    EndsFirst,
    /// It opens when the outage has been told.
    BeginsLater,
    /// It covers another monitor.
    Elsewhere,
}

impl Mode {
    /// How long the product may go on with what it knew, in milliseconds: its cache of names.
    pub(crate) const fn grace_ms(&self) -> (u64, u64) {
        match self.script {
            // An address is kept for its second, and "there is none" for five.
            Script::NamedHttp(_) => (1_200, 5_200),
            _ => (0, 0),
        }
    }

    /// Whether nothing is to be noticed at all.
    pub(crate) fn is_trap(&self) -> bool {
        self.expect.state == "UP"
    }
}

impl Expect {
    /// The target is down for this reason, and people are told once and once again.
    pub(crate) const fn down(reason: &'static str) -> Self {
        Self {
            state: "DOWN",
            status: "DOWN",
            reason,
            told: &["monitor.down"],
            told_after: &["monitor.up"],
            rows: Rows::Each,
        }
    }

    /// The target is worse than it should be, which is told as an advisory.
    pub(crate) const fn degraded(reason: &'static str) -> Self {
        Self {
            state: "DEGRADED",
            status: "DEGRADED",
            told: &["monitor.degraded"],
            ..Self::down(reason)
        }
    }

    /// Nothing is wrong, and nobody hears anything.
    pub(crate) const fn up() -> Self {
        Self {
            state: "UP",
            status: "UP",
            reason: "OK",
            told: &[],
            told_after: &[],
            rows: Rows::Each,
        }
    }

    /// When each check was, and what it saw, is not said.
    pub(crate) const fn either(mut self) -> Self {
        self.rows = Rows::Either;
        self
    }

    pub(crate) const fn telling(
        mut self,
        told: &'static [&'static str],
        told_after: &'static [&'static str],
    ) -> Self {
        self.told = told;
        self.told_after = told_after;
        self
    }

    pub(crate) const fn shown(mut self, state: &'static str) -> Self {
        self.state = state;
        self
    }
}
