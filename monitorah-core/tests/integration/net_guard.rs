//! The address guard in front of real checks: spellings (V1, V4), rebinding (V2), schemes (V5).

#[cfg(test)]
mod tests {
    use crate::rig::{
        Script, Server, look, net_of, no_cache, ok, public_net, redirect_to, refused,
    };
    use monitorah_core::{
        Observation, Reason, Status,
        check::CheckRegistry,
        net::{AddressGuard, Blocked, Host, Net, NetOptions, Network, ResolveError},
    };
    use serde_json::json;
    use std::{
        net::IpAddr,
        sync::{
            Arc,
            atomic::{AtomicUsize, Ordering},
        },
    };

    /// Hosts that an installation for strangers never reaches, in every spelling we know.
    /// `P` is replaced by the port of a listener on every loopback address.
    const FORBIDDEN: &[&str] = &[
        // Loopback.
        "127.0.0.1",
        "127.0.0.1.",
        "127.1",
        "127.0.1",
        "127.66.66.66",
        "127.255.255.254",
        "2130706433",
        "0x7f000001",
        "0X7F.1",
        "0x7f.0x0.0x0.0x1",
        "017700000001",
        "0177.0.0.1",
        "0177.0.0.01",
        "127.0.0.0x1",
        "0x7f.1",
        "00000177.0.0.1",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "a.localhost",
        "ａ.localhost",
        "１２７.０.０.１",
        "127。0。0。1",
        "127．0．0．1",
        "127｡0｡0｡1",
        "①②⑦.⓪.⓪.①",
        "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
        "loc%61lhost",
        "%31%32%37.0.0.1",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[0000:0000::0001]",
        "[::0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:127.0.0.1]",
        "[::127.0.0.1]",
        "[::7f00:1]",
        "[::ffff:0:127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[64:ff9b:1::127.0.0.1]",
        "[64:ff9b:1:7f00:0:100::]",
        "[2002:7f00:1::]",
        "[2002:7f00:0001::1]",
        "[2001:0:7f00:1::]",
        "[2001::80ff:fffe]",
        "[2a00::5efe:127.0.0.1]",
        "[2a00::200:5efe:127.0.0.1]",
        // Unspecified and this network.
        "0",
        "0.0.0.0",
        "0x0",
        "00",
        "0.0.0.0.",
        "[::]",
        "[0:0:0:0:0:0:0:0]",
        "0.1.2.3",
        "[::ffff:0.0.0.0]",
        "[::0.0.0.2]",
        // Cloud metadata and link-local.
        "169.254.169.254",
        "2852039166",
        "0xa9fea9fe",
        "0251.0376.0251.0376",
        "169.16689662",
        "169.254.43518",
        "169.254.169.254.",
        "１６９.254.169.254",
        "169.254.0.1",
        "169.254.170.2",
        "[::ffff:169.254.169.254]",
        "[::ffff:a9fe:a9fe]",
        "[::169.254.169.254]",
        "[64:ff9b::169.254.169.254]",
        "[64:ff9b::a9fe:a9fe]",
        "[2002:a9fe:a9fe::]",
        "[2001:0:a9fe:a9fe::]",
        "[fe80::1]",
        "[fe80::a9fe:a9fe]",
        "[febf::1]",
        "[fd00:ec2::254]",
        "[fd20:ce::254]",
        "100.100.100.200",
        "168.63.129.16",
        "[::ffff:168.63.129.16]",
        "[64:ff9b::168.63.129.16]",
        "192.0.0.192",
        // Private and shared.
        "10.0.0.1",
        "10.255.255.255",
        "167772161",
        "012.0.0.1",
        "0xa.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.0.1",
        "192.168.1",
        "3232235521",
        "100.64.0.1",
        "100.127.255.255",
        "[::ffff:10.0.0.1]",
        "[::ffff:192.168.0.1]",
        "[64:ff9b::10.0.0.1]",
        "[2002:0a00:0001::]",
        "[2002:c0a8:1::]",
        "[fc00::1]",
        "[fd12:3456::1]",
        "[fec0::1]",
        "[feff::1]",
        // Documentation, benchmarking, protocol assignments, reserved.
        "192.0.0.1",
        "192.0.0.8",
        "192.0.2.1",
        "198.51.100.1",
        "203.0.113.9",
        "198.18.0.1",
        "198.19.255.255",
        "192.88.99.1",
        "240.0.0.1",
        "254.255.255.255",
        "255.255.255.255",
        "4294967295",
        "0xffffffff",
        "[2001:db8::1]",
        "[3fff::1]",
        "[2001:2::1]",
        "[2001:10::1]",
        "[2001:20::1]",
        "[100::1]",
        "[5f00::1]",
        "[4000::1]",
        "[::2]",
        "[::8.8.8.8]",
        // Multicast.
        "224.0.0.1",
        "239.255.255.250",
        "[ff02::1]",
        "[ff0e::1]",
        "[::ffff:224.0.0.1]",
    ];

    /// Not hosts at all: refused when the monitor is made.
    const NO_HOSTS: &[&str] = &[
        "[fe80::1%eth0]",
        "[fe80::1%25eth0]",
        "[::1%lo]",
        "127.0.0.1%00",
        "1.2.3.4.5",
        "256.256.256.256",
        "0x100000000",
        "[::1",
        "[::ffff:127.0.0.256]",
        "a b",
        "..",
    ];

    async fn listeners() -> (Vec<Server>, u16) {
        let mut servers = Vec::new();
        let first = Server::start("127.0.0.1", |_| Box::pin(async {})).await;
        let port = first.address.port();
        servers.push(first);
        for ip in ["127.66.66.66", "127.255.255.254", "::1"] {
            let ip: IpAddr = ip.parse().unwrap();
            // A machine without IPv6 has nothing to listen on there, and nothing to reach.
            if let Ok(listener) = tokio::net::TcpListener::bind((ip, port)).await {
                servers.push(Server::listen(listener, |_| Box::pin(async {})));
            }
        }
        (servers, port)
    }

    #[tokio::test]
    async fn v1_forbidden_targets_get_no_connection() {
        assert!(FORBIDDEN.len() >= 120, "{}", FORBIDDEN.len());
        let (servers, port) = listeners().await;
        let net = crate::rig::net_with(AddressGuard::public(), Script::default());
        for host in FORBIDDEN {
            for (kind, target) in [
                ("HTTP", format!("http://{host}:{port}/latest/meta-data")),
                ("HTTP", format!("https://{host}:{port}/")),
                ("PORT", format!("{host}:{port}")),
                ("TLS", format!("{host}:{port}")),
            ] {
                let seen = look(&net, kind, &target, json!({}), 5000).await;
                assert_eq!(
                    (seen.status, seen.reason),
                    (Status::Unknown, Reason::TargetBlocked),
                    "{kind} {target}: {seen:?}"
                );
                assert_eq!(seen.remote_address, None);
            }
        }
        let connections: usize = servers.iter().map(Server::connections).sum();
        assert_eq!(connections, 0);
    }

    /// Name servers on loopback that count datagrams and connections.
    async fn name_servers() -> (Vec<Server>, Arc<AtomicUsize>, u16) {
        let (servers, port) = listeners().await;
        let datagrams = Arc::new(AtomicUsize::new(0));
        for ip in ["127.0.0.1", "127.66.66.66", "127.255.255.254", "::1"] {
            #[expect(clippy::disallowed_methods, reason = "the test's own listener")]
            let Ok(socket) = tokio::net::UdpSocket::bind((ip, port)).await else {
                continue;
            };
            let counted = Arc::clone(&datagrams);
            #[expect(clippy::disallowed_methods, reason = "the test's own listener")]
            tokio::spawn(async move {
                while socket.recv_from(&mut [0; 512]).await.is_ok() {
                    counted.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        (servers, datagrams, port)
    }

    #[tokio::test]
    async fn v1_forbidden_name_servers_get_no_packet() {
        let (servers, datagrams, port) = name_servers().await;
        let net = crate::rig::net_with(AddressGuard::public(), Script::default());
        for host in FORBIDDEN {
            let config = json!({"server": format!("{host}:{port}")});
            let seen = look(&net, "DNS", "name.test", config, 5000).await;
            assert!(blocked(&seen), "{host}: {seen:?}");
            assert_eq!(seen.remote_address, None);
        }
        assert_eq!(servers.iter().map(Server::connections).sum::<usize>(), 0);
        assert_eq!(datagrams.load(Ordering::SeqCst), 0);
        // The counterpart: the same listener is asked where private networks are meant.
        let config = json!({"server": format!("127.0.0.1:{port}")});
        let seen = look(&crate::rig::any_net(), "DNS", "name.test", config, 300).await;
        assert_eq!(seen.reason, Reason::DnsTimeout);
        assert!(datagrams.load(Ordering::SeqCst) > 0);
    }

    /// A canary that hears every ICMP packet which reaches this machine, and counts the requests
    /// with our payload: other tests ping beside this one, with other sizes.
    struct Canary {
        heard: Arc<AtomicUsize>,
        task: tokio::task::JoinHandle<()>,
    }

    impl Drop for Canary {
        fn drop(&mut self) {
            self.task.abort();
        }
    }

    impl Canary {
        fn listening(size: usize) -> Self {
            // The raw socket of the check's own library, as a mere ear.
            let config = surge_ping::Config::builder()
                .sock_type_hint(socket2::Type::RAW)
                .build();
            let socket = surge_ping::AsyncSocket::new(&config)
                .expect("a raw socket is needed: run as root, or with CAP_NET_RAW");
            let heard = Arc::new(AtomicUsize::new(0));
            let counted = Arc::clone(&heard);
            #[expect(clippy::disallowed_methods, reason = "the test's own listener")]
            let task = tokio::spawn(async move {
                let mut packet = [0; 4096];
                while let Ok((length, _)) = socket.recv_from(&mut packet).await {
                    // An IPv4 header of twenty bytes, eight of ICMP, and what is carried.
                    let request = packet[20] == 8;
                    if request && length == 28 + size {
                        counted.fetch_add(1, Ordering::SeqCst);
                    }
                }
            });
            Self { heard, task }
        }

        fn heard(&self) -> usize {
            self.heard.load(Ordering::SeqCst)
        }
    }

    #[tokio::test]
    async fn v1_forbidden_hosts_get_no_ping() {
        let canary = Canary::listening(777);
        let net = crate::rig::net_with(AddressGuard::public(), Script::default());
        let config = json!({"count": 1, "packetSize": 777});
        for host in FORBIDDEN {
            let seen = look(&net, "PING", host, config.clone(), 5000).await;
            assert!(blocked(&seen), "{host}: {seen:?}");
            assert_eq!(seen.remote_address, None);
        }
        for host in NO_HOSTS {
            assert_eq!(refused("PING", host, json!({}))[0].0, "/target", "{host}");
        }
        assert_eq!(canary.heard(), 0);
        let seen = look(&crate::rig::any_net(), "PING", "127.0.0.1", config, 5000).await;
        assert_eq!(seen.status, Status::Up, "{seen:?}");
        while canary.heard() == 0 {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn v2_rebinding_reaches_nothing_by_the_newer_checks() {
        const LOOKS: usize = 300;
        let answers = || -> Vec<Result<Vec<&'static str>, ResolveError>> {
            (0..LOOKS)
                .map(|look| {
                    Ok(vec![if look % 2 == 0 {
                        "127.0.0.1"
                    } else {
                        "127.0.0.2"
                    }])
                })
                .collect()
        };
        // Closes at once, so that no look waits.
        let outside = Server::start("127.0.0.1", |_| Box::pin(async {})).await;
        let port = outside.address.port();
        let listener = tokio::net::TcpListener::bind(("127.0.0.2", port)).await;
        let inside = Server::listen(listener.unwrap(), |_| Box::pin(async {}));
        #[expect(clippy::disallowed_methods, reason = "the test's own listener")]
        let udp = tokio::net::UdpSocket::bind(("127.0.0.2", port))
            .await
            .unwrap();
        for (kind, target, config) in [
            ("TLS", format!("rebind.test:{port}"), json!({})),
            (
                "PING",
                "rebind.test".to_owned(),
                json!({"count": 1, "packetSize": 779}),
            ),
            (
                "DNS",
                "a.test".to_owned(),
                json!({"server": format!("rebind.test:{port}")}),
            ),
            (
                "DOMAIN",
                "example.test".to_owned(),
                json!({"rdapUrl": format!("http://rebind.test:{port}/")}),
            ),
        ] {
            let script = Arc::new(Script::default().with("rebind.test", answers()));
            let guard = AddressGuard::public().allowing(["127.0.0.1".parse().unwrap()]);
            let net = net_of(guard, Arc::clone(&script));
            for look_number in 0..LOOKS {
                // A registry of its own for each look: nothing is remembered between them.
                let seen = look(&net, kind, &target, config.clone(), 100).await;
                assert_eq!(blocked(&seen), look_number % 2 == 1, "{kind} {seen:?}");
            }
            assert_eq!(
                script.asked.load(Ordering::SeqCst),
                LOOKS,
                "{kind}: one question a look"
            );
        }
        assert_eq!(inside.connections(), 0);
        let heard = udp.into_std().unwrap().recv_from(&mut [0; 512]);
        assert!(heard.is_err(), "{heard:?}");
    }

    #[tokio::test]
    async fn v1_the_listener_can_be_reached_at_all() {
        // The counterpart: without the guard's policy the same listener is reached, so that the
        // zero above means something.
        let (servers, port) = listeners().await;
        let net = crate::rig::any_net();
        let target = format!("127.0.0.1:{port}");
        let seen = look(&net, "PORT", &target, json!({}), 5000).await;
        assert_eq!(seen.status, Status::Up);
        while servers[0].connections() == 0 {
            tokio::task::yield_now().await;
        }
    }

    #[test]
    fn v1_no_hosts() {
        for host in NO_HOSTS {
            let http = refused("HTTP", &format!("http://{host}/"), json!({}));
            assert_eq!(http[0].0, "/target", "{host}");
            let port = refused("PORT", &format!("{host}:80"), json!({}));
            assert_eq!(port[0].0, "/target", "{host}");
        }
    }

    #[test]
    fn what_is_refused_always() {
        let always = [
            "0.0.0.0",
            "::",
            "169.254.169.254",
            "169.254.0.1",
            "fe80::1",
            "255.255.255.255",
            "224.0.0.1",
            "ff02::1",
            "168.63.129.16",
            "100.100.100.200",
            "192.0.0.192",
            "fd00:ec2::254",
            "::ffff:169.254.169.254",
            "64:ff9b::a9fe:a9fe",
            "2002:a9fe:a9fe::",
            "::a9fe:a9fe",
            "2001:0:a9fe:a9fe::",
            "2a00::5efe:a9fe:a9fe",
            "::ffff:0.0.0.0",
            "64:ff9b:1::a9fe:a9fe",
            "64:ff9b:1:a9fe:a9:fe00::",
            "::ffff:0:a9fe:a9fe",
        ];
        let everything: [Network; 2] = ["0.0.0.0/0".parse().unwrap(), "::/0".parse().unwrap()];
        for guard in [
            AddressGuard::any(),
            AddressGuard::public(),
            AddressGuard::public().allowing(everything),
        ] {
            for ip in always {
                assert!(guard.check(ip.parse().unwrap()).is_err(), "{ip}");
            }
        }
    }

    #[test]
    fn what_may_be_reached() {
        let public = AddressGuard::public();
        for ip in [
            "1.1.1.1",
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.0",
            "172.15.255.255",
            "172.32.0.0",
            "169.253.255.255",
            "169.255.0.0",
            "192.0.1.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "168.63.129.17",
            "2606:4700:4700::1111",
            "2a00:1450::1",
            "2001:4860:4860::8888",
            "::ffff:8.8.8.8",
            "64:ff9b::8.8.8.8",
            "2400::1",
        ] {
            assert_eq!(public.check(ip.parse().unwrap()), Ok(()), "{ip}");
        }
        let any = AddressGuard::any();
        for ip in [
            "127.0.0.1",
            "::1",
            "10.1.2.3",
            "fd12::1",
            "192.168.0.1",
            "::ffff:10.0.0.1",
        ] {
            assert_eq!(any.check(ip.parse().unwrap()), Ok(()), "{ip}");
            assert!(public.check(ip.parse().unwrap()).is_err(), "{ip}");
        }
        let allowed = AddressGuard::public().allowing(["10.1.0.0/16".parse().unwrap()]);
        assert_eq!(allowed.check("10.1.2.3".parse().unwrap()), Ok(()));
        assert_eq!(
            allowed.check("10.2.0.1".parse().unwrap()),
            Err(Blocked::Private)
        );
    }

    #[test]
    fn networks_are_parsed_strictly() {
        for text in [
            "",
            "10.0.0.0/33",
            "::/129",
            "10.0.0/8",
            "10.0.0.0/",
            "x/8",
            "10.0.0.0/-1",
        ] {
            assert!(text.parse::<Network>().is_err(), "{text}");
        }
        let network: Network = "2001:db8::/32".parse().unwrap();
        assert_eq!(network.to_string(), "2001:db8::/32");
        assert!(!network.contains("32.1.13.184".parse().unwrap()));
    }

    #[test]
    fn hosts_have_one_spelling() {
        for (text, spelling) in [
            ("EXAMPLE.com", "example.com"),
            ("bücher.example", "xn--bcher-kva.example"),
            ("BÜCHER.example", "xn--bcher-kva.example"),
            ("xn--bcher-kva.example", "xn--bcher-kva.example"),
            ("ｅｘａｍｐｌｅ．ｃｏｍ", "example.com"),
            ("example。com", "example.com"),
            ("0x7f.1", "127.0.0.1"),
            ("::1", "[::1]"),
            ("[::1]", "[::1]"),
        ] {
            assert_eq!(Host::parse(text).unwrap().to_string(), spelling, "{text}");
        }
        assert_eq!(
            Host::parse_with_port("[::1]:443").unwrap(),
            (Host::Address("::1".parse().unwrap()), Some(443))
        );
        for text in ["a:0", "a:65536", "a:", "a:+80", "a:8 0", ":80"] {
            assert!(Host::parse_with_port(text).is_err(), "{text}");
        }
    }

    fn blocked(seen: &Observation) -> bool {
        (seen.status, seen.reason) == (Status::Unknown, Reason::TargetBlocked)
    }

    /// Two listeners on one port: what may be reached, and what may not.
    async fn outside_and_inside(reply: String) -> (Server, Server) {
        let outside = Server::replying(reply).await;
        let port = outside.address.port();
        let listener = tokio::net::TcpListener::bind(("127.0.0.2", port)).await;
        let inside = Server::listen(listener.unwrap(), |_| Box::pin(async {}));
        (outside, inside)
    }

    #[tokio::test]
    async fn v2_rebinding_reaches_nothing() {
        const LOOKS: usize = 10_000;
        let (outside, inside) = outside_and_inside(ok("")).await;
        // Public first, private from the second question on, never to be cached.
        let mut answers = Vec::new();
        for look in 0..LOOKS {
            answers.push(Ok(vec![if look % 2 == 0 {
                "127.0.0.1"
            } else {
                "127.0.0.2"
            }]));
        }
        let script = Arc::new(Script::default().with("rebind.test", answers));
        let allowed: Network = "127.0.0.1".parse().unwrap();
        let guard = AddressGuard::public().allowing([allowed]);
        let net = net_of(guard, Arc::clone(&script));
        let target = format!("rebind.test:{}", outside.address.port());
        let check = CheckRegistry::builtin(Arc::clone(&net))
            .build("PORT", json!({}), crate::rig::check_env(&target))
            .unwrap();
        let cx = crate::rig::context(&net, 5000);
        for look_number in 0..LOOKS {
            let seen = check.run(&cx).await;
            assert_eq!(blocked(&seen), look_number % 2 == 1, "{seen:?}");
        }
        assert_eq!(
            script.asked.load(Ordering::SeqCst),
            LOOKS,
            "one question a look"
        );
        assert_eq!(inside.connections(), 0);
    }

    #[tokio::test]
    async fn v2_rebinding_at_a_redirect_and_in_mixed_answers() {
        let (outside, inside) = outside_and_inside(redirect_to("/next")).await;
        let port = outside.address.port();
        let http = format!("http://rebind.test:{port}/");
        let config = json!({"followRedirects": true});
        // Two questions a look: the first hop may be reached, the second not.
        let answers = (0..400).map(|question| {
            Ok(vec![if question % 2 == 0 {
                "127.0.0.1"
            } else {
                "127.0.0.2"
            }])
        });
        let net = public_net(Script::default().with("rebind.test", answers.collect()));
        for _ in 0..200 {
            let seen = look(&net, "HTTP", &http, config.clone(), 5000).await;
            assert!(blocked(&seen), "{seen:?}");
        }
        assert_eq!(outside.connections(), 200);

        // Of several addresses only the allowed ones are tried, wherever they stand.
        let port_target = format!("rebind.test:{port}");
        for answer in [
            vec!["127.0.0.2", "127.0.0.1", "::ffff:127.0.0.2"],
            vec!["127.0.0.1", "127.0.0.2"],
        ] {
            let script = Script::default().with("rebind.test", vec![Ok(answer)]);
            let seen = look(&public_net(script), "PORT", &port_target, json!({}), 5000).await;
            assert_eq!(seen.status, Status::Up, "{seen:?}");
        }
        // A retry within one look asks the guard again: refused, then blocked, is still refused.
        let (_closed, address) = crate::rig::closed_port();
        let script =
            Script::default().with("rebind.test", vec![Ok(vec!["127.0.0.1", "127.0.0.2"])]);
        let target = format!("rebind.test:{}", address.port());
        let seen = look(&public_net(script), "PORT", &target, json!({}), 5000).await;
        assert_eq!(seen.reason, Reason::ConnectRefused);
        assert_eq!(inside.connections(), 0);
    }

    #[tokio::test]
    async fn v5_only_http_and_https() {
        for target in [
            "file:///etc/passwd",
            "FILE:///etc/passwd",
            "data:text/plain,x",
            "gopher://x/_y",
            "view-source:http://x/",
            "ftp://x/",
            "jar:http://x!/",
            "unix:/run/docker.sock",
            "ldap://x/",
            "dict://x:1/",
            "javascript:1",
            "about:blank",
            "blob:http://x/1",
            "ws://x/",
            "/etc/passwd",
            "example.com",
            "",
            "http://",
            "http:///",
            "//x/",
        ] {
            let wrong = refused("HTTP", target, json!({}));
            assert_eq!(wrong[0].0, "/target", "{target}");
            assert!(wrong[0].1.contains("http://"), "{target}: {}", wrong[0].1);
        }
    }

    #[tokio::test]
    async fn the_guarded_resolver_for_other_clients() {
        let script = Script::default()
            .with("mixed.test", vec![Ok(vec!["127.0.0.2", "127.0.0.1"])])
            .with("inside.test", vec![Ok(vec!["10.0.0.1"])])
            .with("down.test", vec![Err(ResolveError::ServerFailure)]);
        let net = public_net(script);
        assert_eq!(
            net.addresses("mixed.test", 25).await.unwrap(),
            vec!["127.0.0.1:25".parse().unwrap()]
        );
        for host in ["inside.test", "10.0.0.1", "[::1]", "0x7f.2"] {
            let failure = net.addresses(host, 25).await.unwrap_err();
            assert_eq!(failure.reason, Reason::TargetBlocked, "{host}");
            assert_eq!(failure.status, Status::Unknown);
        }
        let failure = net.addresses("down.test", 25).await.unwrap_err();
        assert_eq!(failure.reason, Reason::DnsServfail);
    }

    #[tokio::test]
    async fn the_default_is_public_only() {
        let net = Net::new(
            crate::rig::environment(),
            NetOptions {
                resolver: Some(Arc::new(Script::default())),
                cache: no_cache(),
                ..NetOptions::default()
            },
        )
        .unwrap();
        assert!(net.addresses("127.0.0.1", 1).await.is_err());
    }
}
