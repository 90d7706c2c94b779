//! The job: a process of the user's own, whose output passes through and whose end is kept.
//!
//! This is the one place in which we start a process (I9): the command line does it, because its
//! user asks for that very command; the server and its engine never come here.

use super::tail::Tail;
use monitorah_core::{Env, environment::timeout};
use rustix::{
    process::{Pid, getpgrp, kill_process},
    termios::tcgetpgrp,
};
use std::{
    ffi::OsString,
    fs::{self, File},
    io::{self, ErrorKind, Write},
    os::unix::process::ExitStatusExt,
    process::{ExitStatus, Stdio},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncReadExt},
    process::{Child, Command},
    signal::unix::{Signal, SignalKind, signal},
};

/// How long a job that has ended is listened to, when something that it started holds its output
/// open.
const LINGER: Duration = Duration::from_secs(2);

/// How a job ended.
#[derive(Debug)]
pub(super) struct Ended {
    /// Its exit code; 128 and the signal's number, as shells count, when a signal ended it.
    pub(super) code: u8,
    /// The same in words.
    pub(super) says: String,
    /// The end of what it said.
    pub(super) tail: Tail,
}

/// A running job.
#[derive(Debug)]
pub(super) struct Job {
    child: Child,
    signals: Signals,
}

impl Job {
    /// Starts it with our input, environment and folder.
    pub(super) fn start(command: &[OsString]) -> Result<Self, Ended> {
        let cannot = |says: String, code: u8| Ended {
            code,
            says,
            tail: Tail::default(),
        };
        let Some((program, arguments)) = command.split_first() else {
            return Err(cannot("there is no command".to_owned(), 2));
        };
        // Before the job is there, so that no signal falls between.
        let signals =
            Signals::catch().map_err(|error| cannot(format!("no signals: {error}"), 125))?;
        #[expect(
            clippy::disallowed_methods,
            reason = "the user of the command line asks for this very command"
        )]
        let started = Command::new(program)
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        match started {
            Ok(child) => Ok(Self { child, signals }),
            // The codes of shells.
            Err(error) => {
                let code = if error.kind() == ErrorKind::NotFound {
                    127
                } else {
                    126
                };
                let program = program.to_string_lossy();
                Err(cannot(
                    format!("{program} cannot be started: {error}"),
                    code,
                ))
            }
        }
    }

    /// Passes output and signals on until it has ended.
    pub(super) async fn run(&mut self, environment: &Env) -> Ended {
        let tail = Tail::default();
        let out = pass(self.child.stdout.take(), io::stdout(), tail.clone());
        let err = pass(self.child.stderr.take(), io::stderr(), tail.clone());
        let output = async { futures::join!(out, err) };
        tokio::pin!(output);
        let process = self
            .child
            .id()
            .and_then(|id| i32::try_from(id).ok())
            .and_then(Pid::from_raw);
        let mut said_all = false;
        let status = loop {
            tokio::select! {
                status = self.child.wait() => break status,
                _ = &mut output, if !said_all => said_all = true,
                signal = self.signals.next() => {
                    if let Some(process) = process {
                        // A job that is gone needs no signal.
                        let _ = kill_process(process, signal);
                    }
                }
            }
        };
        if !said_all {
            let _ = timeout(&**environment, LINGER, output).await;
        }
        let (code, says) = status.map_or_else(
            |error| (125, format!("its end cannot be told: {error}")),
            outcome,
        );
        Ended { code, says, tail }
    }

    /// Ends when the user wants us to end, too.
    pub(super) async fn impatient(&mut self) {
        loop {
            let signal = self.signals.next().await;
            if matches!(
                signal,
                rustix::process::Signal::TERM
                    | rustix::process::Signal::INT
                    | rustix::process::Signal::HUP
            ) {
                return;
            }
        }
    }
}

fn outcome(status: ExitStatus) -> (u8, String) {
    let code = |number: i32| u8::try_from(number).unwrap_or(u8::MAX);
    match (status.code(), status.signal()) {
        (Some(number), _) => (code(number), format!("exit status {number}")),
        (None, Some(signal)) => (
            code(signal.saturating_add(128)),
            format!("ended by signal {signal}"),
        ),
        (None, None) => (125, "ended in an unknown way".to_owned()),
    }
}

/// Copies what the job says as it says it. Where nobody reads us any more, the job's output is
/// closed, as it would be without us.
async fn pass(from: Option<impl AsyncRead + Unpin>, mut to: impl Write, tail: Tail) {
    let Some(mut from) = from else { return };
    let mut buffer = vec![0_u8; 16 * 1024];
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        let bytes = buffer.get(..read).unwrap_or_default();
        tail.push(bytes);
        if to.write_all(bytes).and_then(|()| to.flush()).is_err() {
            return;
        }
    }
}

/// The signals that go on to the job. One that was ignored before us, as `nohup` has it, is left
/// so: catching it would let it reach the job, which must not have it.
#[derive(Debug)]
struct Signals {
    terminate: Option<Signal>,
    interrupt: Option<Signal>,
    hang_up: Option<Signal>,
    quit: Option<Signal>,
    user1: Option<Signal>,
    user2: Option<Signal>,
}

impl Signals {
    fn catch() -> io::Result<Self> {
        let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
        let ignored = ignored(&status);
        let catch = |kind: SignalKind| -> io::Result<Option<Signal>> {
            let bit = kind.as_raw_value().saturating_sub(1);
            if ignored.checked_shr(bit.unsigned_abs()).unwrap_or_default() & 1 == 1 {
                return Ok(None);
            }
            signal(kind).map(Some)
        };
        Ok(Self {
            terminate: catch(SignalKind::terminate())?,
            interrupt: catch(SignalKind::interrupt())?,
            hang_up: catch(SignalKind::hangup())?,
            quit: catch(SignalKind::quit())?,
            user1: catch(SignalKind::user_defined1())?,
            user2: catch(SignalKind::user_defined2())?,
        })
    }

    /// The next one that the job does not get anyway.
    async fn next(&mut self) -> rustix::process::Signal {
        use rustix::process::Signal as S;
        loop {
            let (got, typed) = tokio::select! {
                () = came(&mut self.terminate) => (S::TERM, false),
                () = came(&mut self.interrupt) => (S::INT, true),
                () = came(&mut self.hang_up) => (S::HUP, false),
                () = came(&mut self.quit) => (S::QUIT, true),
                () = came(&mut self.user1) => (S::USR1, false),
                () = came(&mut self.user2) => (S::USR2, false),
            };
            // What is typed goes from the terminal to the job, too: twice would mean another thing
            // to many programs.
            if !(typed && in_foreground()) {
                return got;
            }
        }
    }
}

/// Ends when the signal comes; never for one that is not caught.
async fn came(signal: &mut Option<Signal>) {
    let came = match signal {
        Some(signal) => signal.recv().await,
        None => None,
    };
    if came.is_none() {
        std::future::pending().await
    }
}

/// The mask of ignored signals in the kernel's words about us.
fn ignored(status: &str) -> u64 {
    status
        .lines()
        .find_map(|line| line.strip_prefix("SigIgn:"))
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .unwrap_or_default()
}

/// Whether a terminal sends us, and so the job, what is typed.
fn in_foreground() -> bool {
    File::open("/dev/tty")
        .ok()
        .and_then(|terminal| tcgetpgrp(&terminal).ok())
        .is_some_and(|group| group == getpgrp())
}
