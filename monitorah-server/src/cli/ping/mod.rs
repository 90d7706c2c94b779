//! `monitorah ping`: runs a job and tells a heartbeat how it went; the job does not notice.
//!
//! A monitoring that fails never changes the job: not its output, not its exit code, and its time
//! only by what reporting the end takes; a signal cuts that short.

mod job;
mod report;
mod tail;

use super::{Exit, Outcome, tell};
use crate::wire;
use clap::Args;
use job::{Ended, Job};
use monitorah_core::{Env, Secret, environment::timeout};
use report::{Reporter, Signal};
use std::{ffi::OsString, fs::File, io::Read, time::Duration};

/// The longest file that is read for a URL: bytes.
const MAX_URL_FILE: u64 = 8 * 1024;

#[derive(Debug, Args)]
pub(super) struct PingArgs {
    /// The heartbeat URL, of this server or in the style of healthchecks; @FILE reads it from a
    /// file, so that it is not in the list of processes.
    #[arg(value_name = "URL", value_parser = |text: &str| Ok::<_, String>(Url(text.to_owned())))]
    url: Url,
    /// The longest that one report may take: seconds. A report is tried three times.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=60))]
    timeout: u64,
    /// The job, with its arguments.
    #[arg(last = true, required = true, value_name = "COMMAND")]
    command: Vec<OsString>,
}

/// How long the report of the start may go on when the job has ended already: as long as its three
/// tries take where each is refused at once.
const REMAINDER: Duration = Duration::from_secs(5);

/// What the user wrote: it holds a token.
#[derive(Clone)]
struct Url(String);

impl std::fmt::Debug for Url {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Url(***)")
    }
}

pub(super) async fn run(environment: &Env, args: PingArgs) -> Outcome {
    let limit = Duration::from_secs(args.timeout);
    // What is wrong with the reports is said, and the job runs all the same.
    let reporter = match address(&args.url.0).and_then(|url| {
        let client = wire::client(environment).map_err(|error| error.to_string())?;
        Reporter::new(environment, client, &url, limit)
    }) {
        Ok(reporter) => Some(reporter),
        Err(why) => {
            warn(&why);
            None
        }
    };
    let started = environment.monotonic();
    let mut job = match Job::start(&args.command) {
        Ok(job) => job,
        Err(ended) => {
            tell(&format!("error: {}", ended.says));
            send(
                reporter.as_ref(),
                Signal::End(ended.code),
                ended.says.as_bytes(),
            )
            .await;
            return Err(Exit::Code(ended.code));
        }
    };
    let begin = send(reporter.as_ref(), Signal::Start, b"");
    tokio::pin!(begin);
    let mut begun = false;
    let ended = {
        let run = job.run(environment);
        tokio::pin!(run);
        loop {
            tokio::select! {
                ended = &mut run => break ended,
                () = &mut begin, if !begun => begun = true,
            }
        }
    };
    let took = environment.monotonic().saturating_sub(started);
    if let Some(reporter) = &reporter {
        let body = ended.body(took, reporter.run_id());
        let rest = async {
            // One after the other, because a start that came after its end would look like a job
            // that hangs. Where the start finds nobody, the end is worth more of the time.
            if !begun && timeout(&**environment, REMAINDER, begin).await.is_err() {
                warn("the start could not be reported: the job ended before there was an answer");
            }
            send(Some(reporter), Signal::End(ended.code), &body).await;
        };
        tokio::select! {
            () = rest => {}
            () = job.impatient() => warn("stopped before the end was reported"),
        }
    }
    match ended.code {
        0 => Ok(()),
        code => Err(Exit::Code(code)),
    }
}

async fn send(reporter: Option<&Reporter>, signal: Signal, body: &[u8]) {
    let Some(reporter) = reporter else { return };
    if let Err(why) = reporter.send(signal, body).await {
        warn(&format!("{} could not be reported: {why}", signal.name()));
    }
}

/// The address itself, or what the file holds that it names.
fn address(text: &str) -> Result<Secret<String>, String> {
    let Some(path) = text.strip_prefix('@') else {
        return Ok(Secret::new(text.to_owned()));
    };
    let mut text = String::new();
    File::open(path)
        .and_then(|file| file.take(MAX_URL_FILE).read_to_string(&mut text))
        .map_err(|error| format!("the file {path} of the heartbeat URL cannot be read: {error}"))?;
    let text = Secret::new(text);
    Ok(Secret::new(text.expose().trim().to_owned()))
}

fn warn(text: &str) {
    tell(&format!("monitorah ping: warning: {text}"));
}

impl Ended {
    /// The end of what the job said, and a last line with what a receiver cannot see for itself.
    fn body(&self, took: Duration, run_id: &str) -> Vec<u8> {
        let footer = format!(
            "[{} after {:.3} s, run {run_id}]\n",
            self.says,
            took.as_secs_f64()
        );
        let mut body = self
            .tail
            .last(tail::MAX_BODY.saturating_sub(footer.len() + 1));
        if body.last().is_some_and(|byte| *byte != b'\n') {
            body.push(b'\n');
        }
        body.extend_from_slice(footer.as_bytes());
        body
    }
}
