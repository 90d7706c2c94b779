//! PING over loopback with real ICMP, and without the permission to send any.

#[cfg(test)]
mod tests {
    use crate::rig::{Script, any_net, look, net_with, refused};
    use monitorah_core::{Observation, Reason, Status, net::AddressGuard};
    use serde_json::json;
    use std::time::Duration;

    const HOW: &str = "real ICMP is needed: run as root, or with CAP_NET_RAW, or with \
                       net.ipv4.ping_group_range that includes this group";

    fn verdict(seen: &Observation) -> (Status, Reason) {
        (seen.status, seen.reason)
    }

    /// Whether this machine has an IPv6 loopback address at all.
    fn has_ipv6() -> bool {
        std::net::TcpListener::bind("[::1]:0").is_ok()
    }

    #[tokio::test]
    async fn loopback_replies_and_is_counted() {
        let mut targets = vec!["127.0.0.1", "127.8.9.10", "localhost"];
        if has_ipv6() {
            targets.extend(["::1", "[::1]"]);
        }
        for target in targets {
            let config = json!({"count": 4, "packetSize": 1452});
            let seen = look(&any_net(), "PING", target, config, 5000).await;
            assert_eq!(verdict(&seen), (Status::Up, Reason::Ok), "{HOW}: {seen:?}");
            let echoes = seen.echoes.unwrap();
            assert_eq!((echoes.sent, echoes.received), (4, 4));
            assert!(echoes.min_us >= 1, "never nothing");
            assert!(echoes.min_us <= echoes.average_us && echoes.average_us <= echoes.max_us);
            assert_eq!(seen.total, Duration::from_micros(echoes.average_us));
            assert!(seen.timings.dns.is_some());
        }
    }

    #[tokio::test]
    async fn many_requests_in_a_short_time_all_have_time_for_their_reply() {
        for (count, timeout) in [(10, 2000), (10, 1000), (5, 500)] {
            let seen = look(
                &any_net(),
                "PING",
                "127.0.0.1",
                json!({"count": count}),
                timeout,
            )
            .await;
            assert_eq!(verdict(&seen), (Status::Up, Reason::Ok), "{HOW}: {seen:?}");
            assert_eq!(seen.echoes.unwrap().received, count, "{timeout} ms");
        }
    }

    #[tokio::test]
    async fn an_empty_packet_and_the_wanted_family() {
        let config = json!({"count": 1, "packetSize": 0});
        let seen = look(&any_net(), "PING", "127.0.0.1", config, 5000).await;
        assert_eq!(seen.status, Status::Up, "{HOW}: {seen:?}");
        let config = json!({"count": 1, "addressFamily": "IPV6"});
        let seen = look(&any_net(), "PING", "127.0.0.1", config, 5000).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::DnsNxdomain));
        if has_ipv6() {
            let config = json!({"count": 1, "addressFamily": "IPV6"});
            let seen = look(&any_net(), "PING", "localhost", config, 5000).await;
            assert_eq!(seen.remote_address, Some("::1".parse().unwrap()));
        }
    }

    #[tokio::test]
    async fn many_looks_at_one_host_do_not_disturb_each_other() {
        let net = any_net();
        let looks = (0..40).map(|_| {
            let net = std::sync::Arc::clone(&net);
            async move { look(&net, "PING", "127.0.0.1", json!({"count": 3}), 10_000).await }
        });
        for seen in futures::future::join_all(looks).await {
            assert_eq!(seen.echoes.unwrap().received, 3, "{HOW}: {seen:?}");
        }
    }

    #[tokio::test]
    async fn a_hanging_resolver_and_a_missing_name() {
        let net = net_with(AddressGuard::any(), Script::hanging());
        let seen = look(&net, "PING", "name.test", json!({}), 300).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::DnsTimeout));
        let seen = look(&any_net(), "PING", "name.test", json!({}), 300).await;
        assert_eq!(verdict(&seen), (Status::Down, Reason::DnsNxdomain));
    }

    #[test]
    fn refusals() {
        for (target, config, pointer) in [
            ("", json!({}), "/target"),
            ("a.test:80", json!({}), "/target"),
            ("[::1]:80", json!({}), "/target"),
            ("https://a.test", json!({}), "/target"),
            ("fe80::1%eth0", json!({}), "/target"),
            ("a.test", json!({"count": 0}), "/config/count"),
            ("a.test", json!({"count": 11}), "/config/count"),
            ("a.test", json!({"packetSize": 1453}), "/config/packetSize"),
            (
                "a.test",
                json!({"maxLossPercent": 101}),
                "/config/maxLossPercent",
            ),
            ("a.test", json!({"maxAverageMs": 0}), "/config/maxAverageMs"),
        ] {
            let wrong = refused("PING", target, config.clone());
            assert_eq!(wrong[0].0, pointer, "{target} {config}: {wrong:?}");
        }
    }

    /// Says in which of the worlds below this process was started again.
    const WORLD: &str = "MONITORAH_TEST_PING_WORLD";

    /// Runs one test of this file again, in a network namespace of its own, as nobody and without
    /// any capability. Returns what it printed.
    fn in_world(world: &str, test: &str, setup: &str) -> String {
        let (_, here) = module_path!().split_once("::").unwrap();
        #[expect(clippy::disallowed_methods, reason = "another world is another process")]
        let output = std::process::Command::new("unshare")
            .args(["--net", "--map-root-user"])
            .args(["sh", "-c"])
            .arg(format!(
                "set -e; PATH=$PATH:/usr/sbin:/sbin; ip link set lo up; {setup}; exec setpriv --inh-caps=-all \
                 --ambient-caps=-all --bounding-set=-all --no-new-privs \"$0\" --exact {here}::{test} \
                 --nocapture"
            ))
            .arg(std::env::current_exe().unwrap())
            .env(WORLD, world)
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned()
            + &String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{text}");
        assert!(text.contains("1 passed"), "{text}");
        text
    }

    fn world() -> Option<String> {
        #[expect(clippy::disallowed_methods, reason = "the test talks to itself")]
        std::env::var(WORLD).ok()
    }

    #[test]
    fn without_permission_nothing_is_known_and_the_hint_says_what_to_do() {
        if world().is_none() {
            // A new namespace permits no group any datagram socket.
            in_world(
                "forbidden",
                "without_permission_nothing_is_known_and_the_hint_says_what_to_do",
                "true",
            );
            return;
        }
        let seen = block_on(async { look(&any_net(), "PING", "127.0.0.1", json!({}), 5000).await });
        assert_eq!(
            verdict(&seen),
            (Status::Unknown, Reason::NoPermission),
            "{seen:?}"
        );
        let detail = seen.detail.unwrap();
        assert!(detail.contains("net.ipv4.ping_group_range"), "{detail}");
        assert!(detail.contains("CAP_NET_RAW"), "{detail}");
    }

    #[test]
    fn a_datagram_socket_is_enough() {
        if world().is_none() {
            let permit = "echo '0 0' > /proc/sys/net/ipv4/ping_group_range";
            in_world("datagram", "a_datagram_socket_is_enough", permit);
            return;
        }
        let mut targets = vec!["127.0.0.1"];
        if has_ipv6() {
            targets.push("::1");
        }
        for target in targets {
            let seen = block_on(async { look(&any_net(), "PING", target, json!({}), 5000).await });
            assert_eq!(verdict(&seen), (Status::Up, Reason::Ok), "{seen:?}");
            assert_eq!(seen.echoes.unwrap().received, 3);
        }
    }

    #[test]
    fn silence_and_no_route_are_down() {
        if world().is_none() {
            // In a world of its own: a host's gateway may answer for any address.
            let roads = "ip link add v0 type veth peer name v1; ip addr add 192.0.2.1/24 dev v0; \
                         ip link set v0 up; ip link set v1 up; \
                         ip neigh add 192.0.2.9 lladdr 02:00:00:00:00:09 dev v0; \
                         echo '0 0' > /proc/sys/net/ipv4/ping_group_range";
            in_world("silent", "silence_and_no_route_are_down", roads);
            return;
        }
        let seen = block_on(async { look(&any_net(), "PING", "192.0.2.9", json!({}), 900).await });
        assert_eq!(
            verdict(&seen),
            (Status::Down, Reason::PingNoReply),
            "{seen:?}"
        );
        assert_eq!(
            seen.echoes.map(|echoes| (echoes.sent, echoes.received)),
            Some((3, 0))
        );
        let seen =
            block_on(async { look(&any_net(), "PING", "198.51.100.1", json!({}), 900).await });
        assert_eq!(
            verdict(&seen),
            (Status::Down, Reason::ConnectUnreachable),
            "{seen:?}"
        );
    }

    fn block_on<T>(work: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
            .block_on(work)
    }
}
