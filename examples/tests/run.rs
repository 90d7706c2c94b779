//! The examples run, and do what they say.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test starts the examples as processes"
)]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpListener,
    path::PathBuf,
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

/// The built example of this name: cargo builds them beside the tests.
fn example(name: &str) -> Command {
    let test = std::env::current_exe().unwrap();
    let folder: PathBuf = test.parent().unwrap().parent().unwrap().join("examples");
    let mut command = Command::new(folder.join(name));
    command.env_clear().stdin(Stdio::null());
    command
}

#[test]
fn custom_check_looks_at_a_folder() {
    let folder = std::env::temp_dir();
    let enough = example("custom_check")
        .arg(&folder)
        .arg("0")
        .output()
        .unwrap();
    assert!(enough.status.success());
    assert!(
        String::from_utf8(enough.stdout)
            .unwrap()
            .starts_with("Up OK")
    );
    let too_much = example("custom_check")
        .arg(&folder)
        .arg("999999999999")
        .output()
        .unwrap();
    assert!(!too_much.status.success());
    assert!(
        String::from_utf8(too_much.stdout)
            .unwrap()
            .starts_with("Down CUSTOM only")
    );
    let relative = example("custom_check")
        .args(["here", "1"])
        .output()
        .unwrap();
    assert!(
        String::from_utf8(relative.stderr)
            .unwrap()
            .contains("absolute")
    );
}

#[test]
fn custom_channel_sends_a_test_message() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let receiver = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = String::new();
        let mut bytes = [0; 4096];
        // The body is JSON, and its last character ends it.
        while !request.ends_with('}') {
            let read = stream.read(&mut bytes).unwrap();
            request.push_str(std::str::from_utf8(bytes.get(..read).unwrap()).unwrap());
        }
        stream
            .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
            .unwrap();
        request
    });
    let sent = example("custom_channel")
        .arg(format!("http://{address}/"))
        .arg("alerts")
        .output()
        .unwrap();
    assert!(sent.status.success());
    assert_eq!(String::from_utf8(sent.stdout).unwrap(), "delivered: 200\n");
    let request = receiver.join().unwrap();
    assert!(request.contains("\"topic\":\"alerts\""), "{request}");
    let refused = example("custom_channel")
        .args(["nowhere", "alerts"])
        .output()
        .unwrap();
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(said.contains("not an address"), "{said}");
}

#[test]
fn embed_minimal_prints_a_transition() {
    // A target that answers each request with 200 until it is told to stop.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (answered, answers) = mpsc::channel();
    let target = thread::spawn(move || {
        for stream in listener.incoming().take(2) {
            let mut stream = stream.unwrap();
            let mut request = [0; 1024];
            let _ = stream.read(&mut request).unwrap();
            stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
                .unwrap();
            answered.send(()).unwrap();
        }
    });
    let mut running = example("embed_minimal")
        .arg(format!("http://{address}/"))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    for _ in 0..2 {
        answers.recv_timeout(Duration::from_secs(20)).unwrap();
    }
    target.join().unwrap();
    let mut line = String::new();
    BufReader::new(running.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    running.kill().unwrap();
    running.wait().unwrap();
    assert_eq!(line, "monitor.down target is down: CONNECT_REFUSED\n");
}

#[test]
fn custom_store_keeps_what_it_saw() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let target = format!("http://{}/", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.read(&mut [0; 1024]).unwrap();
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let run = || {
        let run = example("custom_store")
            .arg(folder.path())
            .arg(&target)
            .output()
            .unwrap();
        assert!(run.status.success(), "{run:?}");
        String::from_utf8(run.stdout).unwrap()
    };
    let (first, second) = (run(), run());
    assert!(
        first.contains(" Up ") && second.ends_with(&first),
        "{first}{second}"
    );
    assert!(second.len() > first.len(), "{second}");
}
