//! PORT over loopback: open, closed, and what each of them was expected to be.

#[cfg(test)]
mod tests {
    use crate::rig::{Script, Server, any_net, full_listener, look, net_with, refused};
    use monitorah_core::{Reason, Status, net::AddressGuard};
    use serde_json::json;

    #[tokio::test]
    async fn open_and_closed_both_ways() {
        let server = Server::start("127.0.0.1", |_| Box::pin(async {})).await;
        let target = server.address.to_string();
        let net = any_net();
        let seen = look(&net, "PORT", &target, json!({}), 5000).await;
        assert_eq!((seen.status, seen.reason), (Status::Up, Reason::Ok));
        assert!(seen.timings.connect.is_some());
        let closed = json!({"expectOpen": false});
        let seen = look(&net, "PORT", &target, closed.clone(), 5000).await;
        assert_eq!((seen.status, seen.reason), (Status::Down, Reason::PortOpen));

        let (_closed, address) = crate::rig::closed_port();
        let target = address.to_string();
        let seen = look(&net, "PORT", &target, json!({}), 5000).await;
        assert_eq!(
            (seen.status, seen.reason),
            (Status::Down, Reason::ConnectRefused)
        );
        let seen = look(&net, "PORT", &target, closed, 5000).await;
        assert_eq!((seen.status, seen.reason), (Status::Up, Reason::Ok));
    }

    #[tokio::test]
    async fn silence_is_a_timeout_or_what_was_wanted() {
        let (_full, address) = full_listener().await;
        let target = address.to_string();
        let net = any_net();
        let seen = look(&net, "PORT", &target, json!({}), 300).await;
        assert_eq!(
            (seen.status, seen.reason),
            (Status::Down, Reason::ConnectTimeout)
        );
        let seen = look(&net, "PORT", &target, json!({"expectOpen": false}), 300).await;
        assert_eq!(seen.status, Status::Up);
    }

    #[tokio::test]
    async fn a_hanging_resolver_is_never_taken_for_a_closed_port() {
        let net = net_with(AddressGuard::any(), Script::hanging());
        let config = json!({"expectOpen": false});
        let seen = look(&net, "PORT", "name.test:80", config, 300).await;
        assert_eq!(
            (seen.status, seen.reason),
            (Status::Down, Reason::DnsTimeout)
        );
    }

    #[tokio::test]
    async fn the_port_in_the_configuration() {
        let server = Server::start("127.0.0.1", |_| Box::pin(async {})).await;
        let port = server.address.port();
        for (target, config) in [
            ("127.0.0.1".to_owned(), json!({"port": port})),
            (format!("127.0.0.1:{port}"), json!({"port": port})),
            (
                "localhost".to_owned(),
                json!({"port": port, "addressFamily": "IPV4"}),
            ),
        ] {
            let seen = look(&any_net(), "PORT", &target, config, 5000).await;
            assert_eq!(seen.status, Status::Up, "{target}");
        }
    }

    #[test]
    fn refusals() {
        for (target, config, pointer) in [
            ("127.0.0.1:80", json!({"port": 81}), "/config/port"),
            ("127.0.0.1", json!({}), "/target"),
            ("127.0.0.1:0", json!({}), "/target"),
            ("127.0.0.1", json!({"port": 0}), "/config/port"),
            ("127.0.0.1", json!({"port": 65_536}), "/config/port"),
            ("http://127.0.0.1:80", json!({}), "/target"),
            ("", json!({"port": 80}), "/target"),
            ("a:80", json!({"open": true}), "/config/open"),
        ] {
            let wrong = refused("PORT", target, config.clone());
            assert_eq!(wrong[0].0, pointer, "{target} {config}: {wrong:?}");
        }
    }
}
