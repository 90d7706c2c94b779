//! BIND 9 in the foreground on a loopback port, with zones of its own.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a rig of tests"
)]

use crate::rig::{any_net, environment, look};
use monitorah_core::{Reason, Status};
use serde_json::json;
use std::{
    net::SocketAddr,
    process::{Child, Command, Stdio},
    time::Duration,
};

const ZONE: &str = "\
$TTL 60
@ IN SOA ns hostmaster 7 3600 600 86400 60
@ IN NS ns
@ IN MX 10 mail
@ IN MX 20 backup
@ IN TXT \"v=spf1 \" \"-all\"
@ IN CAA 0 issue \"ca.example.net\"
ns IN A 127.0.0.1
www IN A 192.0.2.9
www IN A 192.0.2.10
www IN AAAA 2001:db8::9
alias IN CNAME www
_sip._tcp IN SRV 1 2 5060 www
";

const REVERSE: &str = "\
$TTL 60
@ IN SOA ns.monitorah.test. hostmaster.monitorah.test. 7 3600 600 86400 60
@ IN NS ns.monitorah.test.
9 IN PTR www.monitorah.test.
";

/// A running server; it ends with this.
pub(crate) struct Named {
    pub(crate) address: SocketAddr,
    process: Child,
    _home: tempfile::TempDir,
}

impl Drop for Named {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _gone = self.process.kill();
        let _gone = self.process.wait();
    }
}

/// Debian keeps it where only root looks.
fn program() -> &'static str {
    let hidden = "/usr/sbin/named";
    if std::path::Path::new(hidden).is_file() {
        hidden
    } else {
        "named"
    }
}

impl Named {
    /// Starts a server and waits until it answers.
    pub(crate) async fn start() -> Self {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().to_str().unwrap().to_owned();
        let mut zone = ZONE.to_owned();
        for number in 0..40 {
            zone.push_str(&format!("long IN TXT \"{number:0200}\"\n"));
        }
        std::fs::write(home.path().join("zone"), zone).unwrap();
        std::fs::write(home.path().join("reverse"), REVERSE).unwrap();
        // Free now; whoever takes it meanwhile makes the start fail loudly.
        let address = std::net::TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        let config = format!(
            "options {{
                directory \"{path}\"; pid-file none; session-keyfile none; lock-file none;
                listen-on port {port} {{ 127.0.0.1; }}; listen-on-v6 {{ none; }};
                recursion no; dnssec-validation no; notify no; allow-transfer {{ none; }};
                empty-zones-enable no; minimal-responses yes;
            }};
            controls {{ }};
            zone \"monitorah.test\" {{ type primary; file \"zone\"; }};
            zone \"2.0.192.in-addr.arpa\" {{ type primary; file \"reverse\"; }};
            zone \"broken.test\" {{ type primary; file \"there is none\"; }};",
            port = address.port(),
        );
        std::fs::write(home.path().join("named.conf"), config).unwrap();
        #[expect(
            clippy::disallowed_methods,
            reason = "a real peer of the test is a process"
        )]
        let process = Command::new(program())
            .args(["-g", "-4", "-n", "1", "-c", &format!("{path}/named.conf")])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(std::fs::File::create(home.path().join("log")).unwrap())
            .spawn()
            .expect("BIND is needed: apt-get install bind9");
        let mut server = Self {
            address,
            process,
            _home: home,
        };
        let environment = environment();
        let net = any_net();
        for _ in 0..200 {
            let config = json!({"server": address.to_string()});
            let seen = look(&net, "DNS", "www.monitorah.test", config, 1000).await;
            if seen.status == Status::Up {
                return server;
            }
            assert!(
                matches!(
                    seen.reason,
                    Reason::ConnectRefused | Reason::DnsTimeout | Reason::DnsServfail
                ),
                "{seen:?}"
            );
            let ended = server.process.try_wait().unwrap();
            let log = std::fs::read_to_string(server._home.path().join("log")).unwrap_or_default();
            assert!(ended.is_none(), "named ended: {log}");
            environment.sleep(Duration::from_millis(50)).await;
        }
        panic!("named did not answer");
    }
}
