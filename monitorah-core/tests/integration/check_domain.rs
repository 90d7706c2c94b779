//! DOMAIN against a registry of our own on loopback: bootstrap, documents, failures, and how
//! seldom it is asked.

#[cfg(test)]
mod tests {
    use crate::rig::{
        Script, Server, any_net, check_env, closed_port, context, look, net_with, ok, redirect_to,
        refused,
    };
    use jiff::{Timestamp, ToSpan};
    use monitorah_core::{
        Observation, Reason, Status,
        check::{Check, CheckRegistry},
        monitor::{Health, MonitorState, Policy},
        net::{AddressGuard, Net},
        verdict::judge,
    };
    use serde_json::{Value, json};
    use std::{
        sync::{
            Arc, Mutex,
            atomic::{AtomicBool, Ordering},
        },
        time::Duration,
    };

    fn verdict(seen: &Observation) -> (Status, Reason) {
        (seen.status, seen.reason)
    }

    /// Now and so many days, and an hour.
    fn in_days(days: i64) -> Timestamp {
        let now = crate::rig::environment().now();
        now.checked_add((days * 24 + 1).hours()).unwrap()
    }

    /// A domain's document as registries write it.
    fn document(domain: &str, expires: Timestamp) -> String {
        ok(&json!({
            "objectClassName": "domain",
            "ldhName": domain.to_uppercase(),
            "status": ["active"],
            "events": [
                {"eventAction": "registration", "eventDate": "1995-08-14T04:00:00Z"},
                {"eventAction": "expiration", "eventDate": expires.to_string()},
                {"eventAction": "last update of RDAP database", "eventDate": "nonsense"},
            ],
        })
        .to_string())
    }

    /// A registry that answers by path, and remembers what it was asked.
    struct Registry {
        server: Server,
        paths: Arc<Mutex<Vec<String>>>,
    }

    impl Registry {
        async fn start(answer: impl Fn(&str) -> String + Send + Sync + 'static) -> Self {
            let paths = Arc::new(Mutex::new(Vec::new()));
            let asked = Arc::clone(&paths);
            let server = Server::answering("127.0.0.1", move |head| {
                assert!(head.contains("accept: application/rdap+json"), "{head}");
                let path = head.split(' ').nth(1).unwrap().to_owned();
                let reply = answer(&path);
                asked.lock().unwrap().push(path);
                reply
            })
            .await;
            Self { server, paths }
        }

        fn base(&self) -> Value {
            json!({"rdapUrl": format!("{}rdap/", self.server.url())})
        }

        fn paths(&self) -> Vec<String> {
            self.paths.lock().unwrap().clone()
        }
    }

    async fn domain(target: &str, config: Value) -> Observation {
        look(&any_net(), "DOMAIN", target, config, 3000).await
    }

    fn status(code: u16) -> String {
        format!("HTTP/1.1 {code} X\r\ncontent-length: 0\r\n\r\n")
    }

    #[tokio::test]
    async fn the_bootstrap_leads_to_the_registry() {
        let registry = Registry::start(|_| document("example.test", in_days(400))).await;
        let service = format!("{}v1", registry.server.url());
        let list = Registry::start(move |_| {
            ok(
                &json!({"services": [[["other"], ["http://[::1]:1/"]], [["test"], [service]]]})
                    .to_string(),
            )
        })
        .await;
        let bootstrap = format!("{}dns.json", list.server.url());
        let config = json!({"bootstrapUrl": bootstrap});
        let seen = domain("Example.TEST.", config.clone()).await;
        assert_eq!(verdict(&seen), (Status::Up, Reason::Ok), "{seen:?}");
        assert_eq!(registry.paths(), ["/v1/domain/example.test"]);
        let found = seen.registration.unwrap();
        assert_eq!(found.domain, "example.test");
        assert!(found.expires_at > in_days(399));

        let seen = domain("example.unlisted", config).await;
        assert_eq!(verdict(&seen), (Status::Unknown, Reason::RegistryFailure));
        assert!(seen.detail.unwrap().contains("rdapUrl"));
    }

    #[tokio::test]
    async fn days_left_are_judged_at_their_borders() {
        for (left, warning, down, expected) in [
            (10, 0, 0, (Status::Up, Reason::Ok)),
            (10, 10, 0, (Status::Up, Reason::Ok)),
            (10, 11, 0, (Status::Degraded, Reason::DomainExpiring)),
            (10, 30, 11, (Status::Down, Reason::DomainExpiring)),
            (0, 0, 0, (Status::Up, Reason::Ok)),
            (-1, 0, 0, (Status::Down, Reason::DomainExpired)),
            (-400, 30, 7, (Status::Down, Reason::DomainExpired)),
        ] {
            let registry = Registry::start(move |_| document("example.test", in_days(left))).await;
            let mut config = registry.base();
            config["warningDays"] = json!(warning);
            config["downDays"] = json!(down);
            let seen = domain("example.test", config).await;
            assert_eq!(verdict(&seen), expected, "{left} {warning} {down} {seen:?}");
            assert!(seen.registration.is_some());
        }
    }

    #[tokio::test]
    async fn a_domain_that_is_not_there_is_down_and_a_registry_that_fails_is_not() {
        let nameless = json!({"events": [{"eventAction": "expiration", "eventDate": "soon"}]});
        for (answer, expected) in [
            (status(404), (Status::Down, Reason::DomainExpired)),
            (status(429), (Status::Unknown, Reason::RegistryFailure)),
            (status(500), (Status::Unknown, Reason::RegistryFailure)),
            (status(400), (Status::Unknown, Reason::RegistryFailure)),
            (ok("<html>"), (Status::Unknown, Reason::RegistryFailure)),
            (ok("{}"), (Status::Unknown, Reason::RegistryFailure)),
            (ok("[1, 2]"), (Status::Unknown, Reason::RegistryFailure)),
            (
                ok(&nameless.to_string()),
                (Status::Unknown, Reason::RegistryFailure),
            ),
            (
                document("other.test", in_days(9)),
                (Status::Unknown, Reason::RegistryFailure),
            ),
            (
                ok(&"x".repeat(600_000)),
                (Status::Unknown, Reason::RegistryFailure),
            ),
            (
                redirect_to("file:///etc/passwd"),
                (Status::Unknown, Reason::RegistryFailure),
            ),
        ] {
            let shown = answer.chars().take(60).collect::<String>();
            let registry = Registry::start(move |_| answer.clone()).await;
            let seen = domain("example.test", registry.base()).await;
            assert_eq!(verdict(&seen), expected, "{shown} {seen:?}");
            assert!(seen.registration.is_none());
        }
        let (_held, closed) = closed_port();
        let config = json!({"rdapUrl": format!("http://{closed}/")});
        let seen = domain("example.test", config).await;
        assert_eq!(verdict(&seen), (Status::Unknown, Reason::RegistryFailure));
        let silent = Server::stalling("").await;
        let config = json!({"rdapUrl": silent.url()});
        let seen = look(&any_net(), "DOMAIN", "example.test", config, 300).await;
        assert_eq!(verdict(&seen), (Status::Unknown, Reason::RegistryFailure));
    }

    #[tokio::test]
    async fn registries_send_us_on_to_each_other() {
        let second = Registry::start(|_| document("example.test", in_days(9))).await;
        let there = format!("{}domain/example.test", second.server.url());
        let first = Registry::start(move |_| redirect_to(&there)).await;
        let seen = domain("example.test", first.base()).await;
        assert_eq!(verdict(&seen), (Status::Up, Reason::Ok), "{seen:?}");
    }

    fn built(registry: &CheckRegistry, target: &str, config: &Value) -> Box<dyn Check> {
        registry
            .build("DOMAIN", config.clone(), check_env(target))
            .unwrap()
    }

    #[tokio::test]
    async fn a_registry_is_asked_once_in_hours() {
        let answers = Registry::start(|path| match path {
            path if path.ends_with("dns.json") => status(500),
            path if path.ends_with("gone.test") => status(500),
            _ => document("example.test", in_days(90)),
        })
        .await;
        let net = any_net();
        let registry = CheckRegistry::builtin(Arc::clone(&net));
        let cx = context(&net, 3000);
        // Each look builds its check anew, as the engine does.
        for _ in 0..50 {
            let seen = built(&registry, "example.test", &answers.base())
                .run(&cx)
                .await;
            assert_eq!(seen.status, Status::Up);
            let seen = built(&registry, "gone.test", &answers.base())
                .run(&cx)
                .await;
            assert_eq!(seen.status, Status::Unknown);
        }
        assert_eq!(
            answers.paths(),
            ["/rdap/domain/example.test", "/rdap/domain/gone.test"],
            "one question each, the failing one too"
        );
    }

    /// A registry under repair says once that it knows no such domain: nobody is woken for that.
    #[tokio::test]
    async fn that_a_domain_is_gone_is_confirmed_by_answers_of_their_own() {
        let slip = AtomicBool::new(true);
        let answers = Registry::start(move |path| match path {
            path if path.ends_with("gone.test") => status(404),
            _ if slip.swap(false, Ordering::Relaxed) => status(404),
            _ => document("example.test", in_days(90)),
        })
        .await;
        let net = any_net();
        let registry = CheckRegistry::builtin(Arc::clone(&net));
        let cx = context(&net, 3000);
        let policy = Policy::every(Duration::from_secs(60));
        for (domain, changes) in [
            ("example.test", [None, Some(Health::Up)]),
            ("gone.test", [None, Some(Health::Down)]),
        ] {
            let mut state = MonitorState::new(net.environment().now());
            for change in changes {
                let check = built(&registry, domain, &answers.base());
                let seen = check.run(&cx).await;
                let verdict = judge(&mut state, &policy, &seen, net.environment().now());
                assert_eq!(verdict.change.map(|change| change.to), change, "{seen:?}");
                assert!(verdict.recheck || change.is_some());
            }
        }
        assert_eq!(
            answers.paths(),
            [
                "/rdap/domain/example.test",
                "/rdap/domain/example.test",
                "/rdap/domain/gone.test",
                "/rdap/domain/gone.test"
            ],
            "no result confirms itself"
        );
    }

    #[tokio::test]
    async fn v1_a_registry_is_guarded_like_every_target() {
        let registry = Registry::start(|_| document("example.test", in_days(90))).await;
        let port = registry.server.address.port();
        let net: Arc<Net> = net_with(AddressGuard::public(), Script::default());
        for field in ["rdapUrl", "bootstrapUrl"] {
            for host in [
                "127.0.0.1",
                "0x7f.1",
                "localhost",
                "[::ffff:127.0.0.1]",
                "169.254.169.254",
            ] {
                let config = json!({field: format!("http://{host}:{port}/")});
                let seen = look(&net, "DOMAIN", "example.test", config, 3000).await;
                assert_eq!(
                    verdict(&seen),
                    (Status::Unknown, Reason::TargetBlocked),
                    "{seen:?}"
                );
            }
        }
        assert_eq!(registry.server.connections(), 0);
    }

    #[test]
    fn refusals() {
        for (target, config, pointer) in [
            ("", json!({}), "/target"),
            ("test", json!({}), "/target"),
            ("192.0.2.1", json!({}), "/target"),
            ("https://a.test", json!({}), "/target"),
            ("a b.test", json!({}), "/target"),
            ("a.test", json!({"rdapUrl": "ftp://x/"}), "/config/rdapUrl"),
            (
                "a.test",
                json!({"rdapUrl": "http://u:p@x/"}),
                "/config/rdapUrl",
            ),
            (
                "a.test",
                json!({"rdapUrl": "http://x/?a"}),
                "/config/rdapUrl",
            ),
            (
                "a.test",
                json!({"bootstrapUrl": "x"}),
                "/config/bootstrapUrl",
            ),
            (
                "a.test",
                json!({"warningDays": 3651}),
                "/config/warningDays",
            ),
            (
                "a.test",
                json!({"warningDays": 5, "downDays": 6}),
                "/config/warningDays",
            ),
        ] {
            let wrong = refused("DOMAIN", target, config.clone());
            assert_eq!(wrong[0].0, pointer, "{target} {config}: {wrong:?}");
        }
    }
}
