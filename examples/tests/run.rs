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
