//! DNS against a server of our own making: lost, forged and broken answers; then BIND itself.

#[cfg(test)]
mod tests {
    use crate::{
        bind::Named,
        rig::{Script, any_net, closed_port, environment, look, net_with, no_cache, refused},
    };
    use monitorah_core::{
        Observation, Reason, Status,
        net::{AddressGuard, Net, NetOptions},
    };
    use serde_json::{Value, json};
    use std::{
        net::SocketAddr,
        sync::{
            Arc,
            atomic::{AtomicUsize, Ordering},
        },
    };
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::{TcpListener, UdpSocket},
    };

    fn verdict(seen: &Observation) -> (Status, Reason) {
        (seen.status, seen.reason)
    }

    /// What an odd server does with a question.
    type Answer = fn(&[u8], usize) -> Vec<Vec<u8>>;

    struct Odd {
        address: SocketAddr,
        asked: Arc<AtomicUsize>,
    }

    impl Odd {
        /// Answers the n-th question with these datagrams; over TCP the last of them.
        #[expect(clippy::disallowed_methods, reason = "the test's own name server")]
        async fn start(answer: Answer) -> Self {
            let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
            let address = socket.local_addr().unwrap();
            let listener = TcpListener::bind(address).await.unwrap();
            let asked = Arc::new(AtomicUsize::new(0));
            let counted = Arc::clone(&asked);
            tokio::spawn(async move {
                let mut query = [0; 512];
                while let Ok((length, from)) = socket.recv_from(&mut query).await {
                    let number = counted.fetch_add(1, Ordering::SeqCst);
                    for reply in answer(&query[..length], number) {
                        let _gone = socket.send_to(&reply, from).await;
                    }
                }
            });
            tokio::spawn(async move {
                while let Ok((mut stream, _)) = listener.accept().await {
                    let length = stream.read_u16().await.unwrap();
                    let mut query = vec![0; usize::from(length)];
                    stream.read_exact(&mut query).await.unwrap();
                    if let Some(reply) = answer(&query, usize::MAX).pop() {
                        let length = u16::try_from(reply.len()).unwrap();
                        let _gone = stream.write_all(&length.to_be_bytes()).await;
                        let _gone = stream.write_all(&reply).await;
                    }
                }
            });
            Self { address, asked }
        }

        async fn look(&self, timeout_ms: u64) -> Observation {
            let config = json!({"server": self.address.to_string()});
            look(&any_net(), "DNS", "a.test", config, timeout_ms).await
        }
    }

    /// The answer in wire format (RFC 1035, section 4) with one A record, without any library of
    /// the code under test.
    fn reply(query: &[u8], flags: [u8; 2]) -> Vec<u8> {
        let end = 12 + query[12..].iter().position(|byte| *byte == 0).unwrap() + 5;
        let mut reply = query[..2].to_vec();
        reply.extend(flags);
        reply.extend([0, 1, 0, 1, 0, 0, 0, 0]);
        reply.extend(&query[12..end]);
        reply.extend([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 42, 0, 4, 192, 0, 2, 7]);
        reply
    }

    const GOOD: [u8; 2] = [0x81, 0x80];
    const TRUNCATED: [u8; 2] = [0x83, 0x80];

    #[tokio::test]
    async fn a_lost_datagram_is_sent_again() {
        let server = Odd::start(|query, number| match number {
            0 => vec![],
            _ => vec![reply(query, GOOD)],
        })
        .await;
        let seen = server.look(2000).await;
        assert_eq!(verdict(&seen), (Status::Up, Reason::Ok), "{seen:?}");
        assert_eq!(seen.answers.unwrap(), ["192.0.2.7"]);
        assert_eq!(server.asked.load(Ordering::SeqCst), 2);
        assert!(seen.timings.dns.is_some());
        assert_eq!(seen.remote_address, Some(server.address.ip()));
    }

    #[tokio::test]
    async fn forged_answers_are_not_ours() {
        let server = Odd::start(|query, _| {
            let good = reply(query, GOOD);
            let mut other_id = good.clone();
            other_id[0] ^= 0xff;
            let mut other_name = good.clone();
            other_name[13] = b'z';
            // The question itself, sent back.
            let echo = query.to_vec();
            let mut last = good;
            let end = last.len();
            last[end - 1] = 9;
            vec![other_id, other_name, echo, vec![], vec![0; 3], last]
        })
        .await;
        let seen = server.look(2000).await;
        assert_eq!(seen.answers.unwrap(), ["192.0.2.9"]);
    }

    #[tokio::test]
    async fn truncation_goes_on_over_tcp() {
        let server = Odd::start(|query, number| match number {
            usize::MAX => vec![reply(query, GOOD)],
            _ => vec![reply(query, TRUNCATED)],
        })
        .await;
        let seen = server.look(2000).await;
        assert_eq!(verdict(&seen), (Status::Up, Reason::Ok), "{seen:?}");

        let silent = Odd::start(|query, number| match number {
            usize::MAX => vec![],
            _ => vec![reply(query, TRUNCATED)],
        })
        .await;
        let seen = silent.look(2000).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::Protocol), "{seen:?}");
    }

    #[tokio::test]
    async fn silence_garbage_and_a_closed_port() {
        let silent = Odd::start(|_, _| vec![]).await;
        let seen = silent.look(600).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::DnsTimeout));
        assert_eq!(silent.asked.load(Ordering::SeqCst), 3, "asked again");

        let garbage = Odd::start(|query, _| {
            let mut reply = reply(query, GOOD);
            reply.truncate(30);
            vec![reply]
        })
        .await;
        let seen = garbage.look(2000).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::Protocol), "{seen:?}");

        let (_held, address) = closed_port();
        let config = json!({"server": address.to_string()});
        let seen = look(&any_net(), "DNS", "a.test", config, 2000).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::ConnectRefused));
    }

    #[tokio::test]
    async fn the_name_of_a_server_is_resolved_and_may_not_exist() {
        let server = Odd::start(|query, _| vec![reply(query, GOOD)]).await;
        let script = Script::default().with("ns.test", vec![Ok(vec!["127.0.0.1"])]);
        let net = net_with(AddressGuard::any(), script);
        let config = json!({"server": format!("ns.test:{}", server.address.port())});
        let seen = look(&net, "DNS", "a.test", config, 2000).await;
        assert_eq!(seen.status, Status::Up, "{seen:?}");
        let config = json!({"server": "missing.test"});
        let seen = look(&net, "DNS", "a.test", config, 2000).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::DnsNxdomain));
    }

    fn asking(guard: AddressGuard, servers: Vec<SocketAddr>) -> Arc<Net> {
        let options = NetOptions {
            guard,
            resolver: Some(Arc::new(Script::default())),
            name_servers: Some(servers),
            search_domains: Some(vec!["office.example.org".to_owned()]),
            cache: no_cache(),
            ..NetOptions::default()
        };
        Arc::new(Net::new(environment(), options).unwrap())
    }

    #[tokio::test]
    async fn the_machines_own_servers_are_asked_in_turn() {
        let good = Odd::start(|query, _| vec![reply(query, GOOD)]).await;
        let failing = Odd::start(|query, _| vec![reply(query, [0x81, 0x82])]).await;
        let silent = Odd::start(|_, _| vec![]).await;
        let servers = vec![failing.address, silent.address, good.address];
        // The guard lets nobody choose loopback, and the machine's own servers are nobody's choice;
        // what they know of the inside is kept from strangers.
        let seen = look(
            &asking(AddressGuard::any(), servers.clone()),
            "DNS",
            "a.test",
            json!({}),
            2000,
        )
        .await;
        assert_eq!(verdict(&seen), (Status::Up, Reason::Ok), "{seen:?}");
        assert_eq!(seen.remote_address, None);
        let net = asking(AddressGuard::public(), servers);
        let seen = look(&net, "DNS", "a.example.org", json!({}), 2000).await;
        assert_eq!(verdict(&seen), (Status::Unknown, Reason::TargetBlocked));
        assert_eq!(seen.answers, None);

        let seen = look(
            &asking(AddressGuard::any(), vec![failing.address]),
            "DNS",
            "a.test",
            json!({}),
            2000,
        )
        .await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::DnsServfail));

        // Without a server, and with one that does not run, nothing is known of the name.
        let (_held, closed) = closed_port();
        for servers in [vec![], vec![closed]] {
            let net = asking(AddressGuard::any(), servers);
            let seen = look(&net, "DNS", "a.test", json!({}), 2000).await;
            assert_eq!(verdict(&seen), (Status::Unknown, Reason::ResolverFailure));
        }
    }

    #[tokio::test]
    async fn what_strangers_are_not_told_by_the_machines_servers() {
        let good = Odd::start(|query, _| vec![reply(query, GOOD)]).await;
        let net = asking(AddressGuard::public(), vec![good.address]);
        let kinds = ["CNAME", "MX", "NS", "TXT", "SOA", "SRV", "CAA"];
        let inside = [
            "localhost",
            "db.localhost",
            "printer.local",
            "nas.LAN",
            "api.default.svc.cluster.local",
            "db.internal",
            "router.home.arpa",
            "wiki.corp",
            "intranet",
            // Below a search domain of the machine, and the domain itself.
            "db.Office.example.org",
            "office.example.org.",
        ];
        let mut questions: Vec<(&str, &str)> = Vec::new();
        for kind in kinds {
            // Records without addresses say whatever the inside knows.
            questions.push((kind, "www.example.org"));
            questions.push((kind, "_ldap._tcp.example.org"));
            questions.push((kind, "10.in-addr.arpa"));
        }
        for name in inside {
            questions.extend(["A", "AAAA", "TXT", "PTR"].map(|kind| (kind, name)));
        }
        questions.extend([
            ("PTR", "10.0.0.1"),
            ("PTR", "fd00::1"),
            ("PTR", "1.0.0.10.in-addr.arpa"),
            ("PTR", "0.10.in-addr.arpa"),
            ("PTR", "b._dns-sd._udp.0.0.168.192.in-addr.arpa"),
            ("PTR", "_http._tcp.example.org"),
            ("A", "1.0.0.10.in-addr.arpa"),
        ]);
        for (kind, name) in questions {
            let config = json!({"recordType": kind});
            let seen = look(&net, "DNS", name, config, 2000).await;
            assert_eq!(
                verdict(&seen),
                (Status::Unknown, Reason::TargetBlocked),
                "{kind} {name} {seen:?}"
            );
            let detail = seen.detail.unwrap();
            assert!(detail.contains("name a server"), "{kind} {name}: {detail}");
            assert_eq!(seen.answers, None);
        }
        assert_eq!(
            good.asked.load(Ordering::SeqCst),
            0,
            "what is there is not found out by its being different either"
        );

        // What anybody may ask anywhere is asked; 192.0.2.7 is an answer for nobody.
        for (kind, name, expected) in [
            (
                "A",
                "www.example.org",
                (Status::Unknown, Reason::TargetBlocked),
            ),
            (
                "AAAA",
                "www.example.org",
                (Status::Down, Reason::DnsMismatch),
            ),
            (
                "A",
                "local.example.org",
                (Status::Unknown, Reason::TargetBlocked),
            ),
            (
                "A",
                "backoffice.example.org",
                (Status::Unknown, Reason::TargetBlocked),
            ),
            ("PTR", "9.9.9.9", (Status::Down, Reason::DnsMismatch)),
        ] {
            let before = good.asked.load(Ordering::SeqCst);
            let config = json!({"recordType": kind});
            let seen = look(&net, "DNS", name, config, 2000).await;
            assert_eq!(verdict(&seen), expected, "{kind} {name} {seen:?}");
            assert_eq!(good.asked.load(Ordering::SeqCst), before + 1, "{name}");
        }

        // An installation whose users are its operators is told everything.
        let net = asking(AddressGuard::any(), vec![good.address]);
        for name in inside {
            let seen = look(&net, "DNS", name, json!({}), 2000).await;
            assert_eq!(seen.status, Status::Up, "{name} {seen:?}");
        }
        // A server that the user names is the user's affair, as far as the guard lets it be.
        let allowed = AddressGuard::public().allowing(["127.0.0.1".parse().unwrap()]);
        let net = asking(allowed, vec![]);
        let config = json!({"server": good.address.to_string()});
        let seen = look(&net, "DNS", "nas.lan", config, 2000).await;
        assert_eq!(seen.status, Status::Up, "{seen:?}");
    }

    #[test]
    fn refusals() {
        for (target, config, pointer) in [
            ("", json!({}), "/target"),
            ("https://a.test", json!({}), "/target"),
            ("192.0.2.1", json!({}), "/target"),
            ("a b", json!({}), "/target"),
            (
                "a.test",
                json!({"server": "udp://1.1.1.1"}),
                "/config/server",
            ),
            ("a.test", json!({"server": "1.1.1.1:0"}), "/config/server"),
            (
                "a.test",
                json!({"server": "[fe80::1%eth0]"}),
                "/config/server",
            ),
            ("a.test", json!({"recordType": "SPF"}), "/config/recordType"),
            (
                "a.test",
                json!({"expectedValues": ["192.0.2.1", "x"]}),
                "/config/expectedValues/1",
            ),
            (
                "a.test",
                json!({"expectedRcode": "NXDOMAIN", "expectedValues": ["192.0.2.1"]}),
                "/config/expectedValues",
            ),
            ("a.test", json!({"match": "EXACT"}), "/config/match"),
            (
                "a.test",
                json!({"expectedValues": vec!["192.0.2.1"; 51]}),
                "/config/expectedValues",
            ),
        ] {
            let wrong = refused("DNS", target, config.clone());
            assert_eq!(wrong[0].0, pointer, "{target} {config}: {wrong:?}");
        }
    }

    async fn ask(named: &Named, name: &str, mut config: Value) -> Observation {
        config["server"] = json!(named.address.to_string());
        look(&any_net(), "DNS", name, config, 5000).await
    }

    #[tokio::test]
    async fn bind_answers_every_record_type() {
        let named = Named::start().await;
        for (kind, name, answers) in [
            ("A", "www.monitorah.test", vec!["192.0.2.10", "192.0.2.9"]),
            ("AAAA", "www.monitorah.test", vec!["2001:db8::9"]),
            ("CNAME", "alias.monitorah.test", vec!["www.monitorah.test"]),
            ("A", "alias.monitorah.test", vec!["192.0.2.10", "192.0.2.9"]),
            (
                "MX",
                "monitorah.test",
                vec!["10 mail.monitorah.test", "20 backup.monitorah.test"],
            ),
            ("NS", "monitorah.test", vec!["ns.monitorah.test"]),
            ("TXT", "monitorah.test", vec!["v=spf1 -all"]),
            (
                "SOA",
                "monitorah.test",
                vec!["ns.monitorah.test hostmaster.monitorah.test 7 3600 600 86400 60"],
            ),
            (
                "SRV",
                "_sip._tcp.monitorah.test",
                vec!["1 2 5060 www.monitorah.test"],
            ),
            ("CAA", "monitorah.test", vec!["0 issue \"ca.example.net\""]),
            ("PTR", "192.0.2.9", vec!["www.monitorah.test"]),
            ("PTR", "9.2.0.192.in-addr.arpa", vec!["www.monitorah.test"]),
            ("A", "WWW.Monitorah.TEST.", vec!["192.0.2.10", "192.0.2.9"]),
        ] {
            let config = json!({"recordType": kind, "match": "EXACT", "expectedValues": answers});
            let seen = ask(&named, name, config).await;
            assert_eq!(
                verdict(&seen),
                (Status::Up, Reason::Ok),
                "{kind} {name} {seen:?}"
            );
            assert_eq!(seen.answers.unwrap(), answers, "{kind} {name}");
        }
    }

    #[tokio::test]
    async fn bind_is_compared_with_what_was_expected() {
        let named = Named::start().await;
        let www = "www.monitorah.test";
        for (how, values, up) in [
            ("ANY", vec!["192.0.2.9", "192.0.2.99"], true),
            ("ANY", vec!["192.0.2.99"], false),
            ("ALL", vec!["192.0.2.9"], true),
            ("ALL", vec!["192.0.2.9", "192.0.2.99"], false),
            ("EXACT", vec!["192.0.2.9"], false),
            ("EXACT", vec!["192.0.2.10", "192.0.2.9"], true),
            (
                "EXACT",
                vec!["192.0.2.10", "192.0.2.9", "192.0.2.99"],
                false,
            ),
        ] {
            let config = json!({"match": how, "expectedValues": values});
            let seen = ask(&named, www, config).await;
            if up {
                assert_eq!(seen.status, Status::Up, "{how} {values:?} {seen:?}");
            } else {
                assert_eq!(verdict(&seen), (Status::Down, Reason::DnsMismatch));
                let detail = seen.detail.unwrap();
                assert!(detail.contains("192.0.2.10, 192.0.2.9"), "{detail}");
            }
        }
        let missing = "missing.monitorah.test";
        let seen = ask(&named, missing, json!({})).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::DnsNxdomain));
        let seen = ask(&named, missing, json!({"expectedRcode": "NXDOMAIN"})).await;
        assert_eq!(verdict(&seen), (Status::Up, Reason::Ok));
        let seen = ask(&named, www, json!({"expectedRcode": "NXDOMAIN"})).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::DnsMismatch));
        let seen = ask(&named, www, json!({"recordType": "MX"})).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::DnsMismatch));
        // A zone that BIND could not load, and a name that it is not there for.
        let seen = ask(&named, "a.broken.test", json!({})).await;
        assert_eq!(
            verdict(&seen),
            (Status::Down, Reason::DnsServfail),
            "{seen:?}"
        );
        let seen = ask(&named, "a.elsewhere.test", json!({})).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::DnsServfail));
        assert_eq!(seen.detail.unwrap(), "the name server answered REFUSED");
        let seen = ask(
            &named,
            "a.elsewhere.test",
            json!({"expectedRcode": "REFUSED"}),
        )
        .await;
        assert_eq!(seen.status, Status::Up);
    }

    #[tokio::test]
    async fn bind_truncates_and_the_whole_answer_comes_over_tcp() {
        let named = Named::start().await;
        let config = json!({"recordType": "TXT"});
        let seen = ask(&named, "long.monitorah.test", config).await;
        assert_eq!(verdict(&seen), (Status::Up, Reason::Ok), "{seen:?}");
        let answers = seen.answers.unwrap();
        // Forty texts of 200 characters fit no datagram that we ask for.
        assert_eq!(answers.len(), 40);
        assert!(answers.iter().all(|text| text.len() == 200), "{answers:?}");
    }
}
