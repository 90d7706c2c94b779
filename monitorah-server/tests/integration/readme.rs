//! The README's own commands, as they stand there, in the order of the page.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test"
)]

use crate::rig::{Received, Target, until};
use std::{
    path::Path,
    process::Stdio,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    process::{Child, ChildStdin, Command},
};

/// The block that follows `<!-- test: NAME -->`.
fn block(name: &str) -> String {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../README.md");
    let text = std::fs::read_to_string(readme).unwrap();
    let (_, rest) = text
        .split_once(&format!("<!-- test: {name} -->\n```sh\n"))
        .unwrap();
    rest.split_once("\n```").unwrap().0.to_owned()
}

#[expect(
    clippy::disallowed_methods,
    reason = "a test runs the README's commands"
)]
fn bash(state: &Path) -> Command {
    let mut command = Command::new("bash");
    command
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
        .env("XDG_STATE_HOME", state)
        .kill_on_drop(true);
    command
}

/// A shell that is given one block after the other, as a person would.
struct Shell {
    _child: Child,
    input: ChildStdin,
    output: tokio::io::Lines<BufReader<tokio::process::ChildStdout>>,
}

impl Shell {
    fn start(state: &Path) -> Self {
        let mut command = bash(state);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = child.stdin.take().unwrap();
        let output = BufReader::new(child.stdout.take().unwrap()).lines();
        Self {
            _child: child,
            input,
            output,
        }
    }

    /// Runs a block, and returns what it printed.
    async fn run(&mut self, script: &str) -> String {
        self.input
            .write_all(format!("{script}\necho '== done'\n").as_bytes())
            .await
            .unwrap();
        let mut printed = String::new();
        while let Some(line) = self.output.next_line().await.unwrap() {
            if line == "== done" {
                return printed;
            }
            printed.push_str(&line);
            printed.push('\n');
        }
        panic!("the shell ended: {printed}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_commands_of_the_readme_do_what_it_says() {
    let folder = tempfile::tempdir().unwrap();
    // What the page takes for granted: a site on port 8000 and a receiver on port 9000.
    let target = Target::at("127.0.0.1:8000".parse().unwrap()).await;
    let receiver = crate::rig::Receiver::at("127.0.0.1:9000").await;
    let mut serve = bash(folder.path());
    let run = format!("exec {}", block("run"));
    let mut server = serve
        .args(["-c", &run])
        .stdin(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(server.stderr.take().unwrap()).lines();
    let mut said = String::new();
    while !said.contains("monitorah setup --email") {
        let line = lines.next_line().await.unwrap();
        said.push_str(&line.unwrap_or_else(|| panic!("the server ended: {said}")));
    }
    assert!(
        said.contains("http://127.0.0.1:8080"),
        "it says where it listens: {said}"
    );
    // What it says later must not fill the pipe.
    let log = Arc::new(Mutex::new(Vec::new()));
    let copy = Arc::clone(&log);
    crate::rig::spawn(async move {
        while let Ok(Some(line)) = lines.next_line().await {
            copy.lock().unwrap().push(line);
        }
    });

    let mut shell = Shell::start(folder.path());
    shell.run(&block("setup")).await;
    let key = shell.run("echo \"$KEY\"").await;
    assert!(key.starts_with("mon_live_"), "{key}");
    let made = shell.run(&block("watch")).await;
    assert!(
        made.contains("whsec_") && made.contains("rul_") && made.contains("mtr_"),
        "{made}"
    );
    until("the site is up", async || {
        let list = "curl -sS -H \"Authorization: Bearer $KEY\" \"$API/monitors\"; echo";
        shell
            .run(list)
            .await
            .contains("\"status\":\"UP\",\"statusSince\"")
            .then_some(())
    })
    .await;
    let address = target.stop().await;
    receiver.wait(1).await;
    let events = shell.run(&block("events")).await;
    assert!(
        events.contains("CONNECT_REFUSED") && events.contains("\"OPEN\""),
        "{events}"
    );
    let _target = Target::at(address).await;
    let told: Vec<_> = receiver.wait(2).await.iter().map(Received::kind).collect();
    assert_eq!(told, ["monitor.down", "monitor.up"]);
    let events = until("the event is resolved", async || {
        let events = shell.run(&block("events")).await;
        events.contains("\"RESOLVED\"").then_some(events)
    })
    .await;
    assert_eq!(
        events.matches("\"id\":\"evt_").count(),
        1,
        "exactly one event: {events}"
    );
    server.kill().await.unwrap();
}
