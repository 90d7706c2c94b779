//! HTTP configurations: what is refused, where, and with which advice.

#[cfg(test)]
mod tests {
    use crate::rig::{any_net, check_env, refused};
    use monitorah_core::check::{CheckRegistry, assertion::MAX_ASSERTIONS};
    use serde_json::{Value, json};

    const URL: &str = "https://example.com/";

    #[test]
    fn refusals_have_a_pointer_and_an_advice() {
        let json_path = |path: &str| json!({"method": "GET", "assertions": [{"type": "JSON_PATH", "path": path, "operator": "EXISTS"}]});
        for (config, pointer, advice) in [
            (
                json!({"headers": {"Authorization": "x"}}),
                "/config/headers/Authorization",
                "secretHeaders",
            ),
            (
                json!({"headers": {"cookie": "x"}}),
                "/config/headers/cookie",
                "secretHeaders",
            ),
            (
                json!({"headers": {"Proxy-Authorization": "x"}}),
                "/config/headers/Proxy-Authorization",
                "secretHeaders",
            ),
            (
                json!({"headers": {"X-API-Key": "x"}}),
                "/config/headers/X-API-Key",
                "secretHeaders",
            ),
            (
                json!({"headers": {"X-Auth-Token": "x"}}),
                "/config/headers/X-Auth-Token",
                "secretHeaders",
            ),
            (
                json!({"headers": {"Connection": "x"}}),
                "/config/headers/Connection",
                "leave it out",
            ),
            (
                json!({"headers": {"Transfer-Encoding": "x"}}),
                "/config/headers/Transfer-Encoding",
                "leave it out",
            ),
            (
                json!({"headers": {"TE": "x"}}),
                "/config/headers/TE",
                "leave it out",
            ),
            (
                json!({"headers": {"Content-Length": "1"}}),
                "/config/headers/Content-Length",
                "leave it out",
            ),
            (
                json!({"secretHeaders": {"Upgrade": "x"}}),
                "/config/secretHeaders/Upgrade",
                "leave it out",
            ),
            (
                json!({"headers": {"X-A": "1\r\nX-B: 2"}}),
                "/config/headers/X-A",
                "line breaks",
            ),
            (
                json!({"headers": {"X-A": "1\n"}}),
                "/config/headers/X-A",
                "line breaks",
            ),
            (
                json!({"headers": {"X-A": "\u{0}"}}),
                "/config/headers/X-A",
                "control characters",
            ),
            (
                json!({"secretHeaders": {"X-A": "1\r\n"}}),
                "/config/secretHeaders/X-A",
                "line breaks",
            ),
            (
                json!({"headers": {"X A": "1"}}),
                "/config/headers/X A",
                "name of a header",
            ),
            (
                json!({"headers": {"X/~": "1"}}),
                "/config/headers/X~1~0",
                "name of a header",
            ),
            (
                json!({"headers": {"": "1"}}),
                "/config/headers/",
                "name of a header",
            ),
            (
                json!({"headers": {"X-A": "1", "x-a": "2"}}),
                "/config/headers/x-a",
                "twice",
            ),
            (
                json!({"headers": {"X-A": "y".repeat(9000)}}),
                "/config/headers/X-A",
                "8192",
            ),
            (
                json!({"headers": {"X-A": "1"}, "secretHeaders": {"x-a": "2"}}),
                "/config/secretHeaders/x-a",
                "keep one",
            ),
            (
                json!({"bearerToken": "a\nb"}),
                "/config/bearerToken",
                "line breaks",
            ),
            (
                json!({"bearerToken": "a", "basicAuth": {"username": "u", "password": "p"}}),
                "/config/bearerToken",
                "either",
            ),
            (
                json!({"bearerToken": "a", "secretHeaders": {"authorization": "b"}}),
                "/config/bearerToken",
                "keep one",
            ),
            (
                json!({"basicAuth": {"username": "a:b", "password": "p"}}),
                "/config/basicAuth/username",
                "colon",
            ),
            (
                json!({"basicAuth": {"username": "a", "pass": "p"}}),
                "/config/basicAuth/pass",
                "unknown field",
            ),
            (
                json!({"contentType": "a\nb"}),
                "/config/contentType",
                "media type",
            ),
            (
                json!({"contentType": "a/b", "headers": {"content-type": "a/b"}}),
                "/config/contentType",
                "keep one",
            ),
            (
                json!({"expectedStatus": []}),
                "/config/expectedStatus",
                "1 to 50",
            ),
            (
                json!({"expectedStatus": [200, 42]}),
                "/config/expectedStatus/1",
                "200-299",
            ),
            (
                json!({"expectedStatus": ["9xx"]}),
                "/config/expectedStatus/0",
                "200-299",
            ),
            (
                json!({"expectedStatus": ["299-200"]}),
                "/config/expectedStatus/0",
                "200-299",
            ),
            (
                json!({"method": "GET", "body": "x"}),
                "/config/body",
                "POST",
            ),
            (
                json!({"method": "POST", "body": "x".repeat(300_000)}),
                "/config/body",
                "131072",
            ),
            (
                json!({"maxRedirects": 0}),
                "/config/maxRedirects",
                "1 to 20",
            ),
            (
                json!({"maxRedirects": 21}),
                "/config/maxRedirects",
                "1 to 20",
            ),
            (
                json!({"maxBodyBytes": 0}),
                "/config/maxBodyBytes",
                "16777216",
            ),
            (
                json!({"maxBodyBytes": 16_777_217}),
                "/config/maxBodyBytes",
                "16777216",
            ),
            (json!({"caPem": "x"}), "/config/caPem", "BEGIN CERTIFICATE"),
            (
                json!({"caPem": "x", "skipTlsVerification": true}),
                "/config/skipTlsVerification",
                "keep one",
            ),
            (
                json!({"clientCertificate": {"certificatePem": "x", "privateKeyPem": "y"}}),
                "/config/clientCertificate/certificatePem",
                "BEGIN CERTIFICATE",
            ),
            (
                json!({"assertions": [{"type": "BODY_CONTAINS", "text": "x"}]}),
                "/config/assertions/0",
                "method GET",
            ),
            (
                json!({"assertions": [{"type": "TOTAL_TIME", "maxMs": 1}, {"type": "JSON_PATH", "path": "$", "operator": "EXISTS"}]}),
                "/config/assertions/1",
                "method GET",
            ),
            (
                json!({"assertions": [{"type": "TOTAL_TIME", "maxMs": 0}]}),
                "/config/assertions/0/maxMs",
                "300000",
            ),
            (
                json!({"assertions": [{"type": "CERTIFICATE_DAYS", "min": 0}]}),
                "/config/assertions/0/min",
                "825",
            ),
            (
                json!({"assertions": [{"type": "STATUS", "anyOf": ["x"]}]}),
                "/config/assertions/0/anyOf",
                "2xx",
            ),
            (
                json!({"assertions": [{"type": "HEADER", "name": "x"}]}),
                "/config/assertions/0/name",
                "exactly one",
            ),
            (
                json!({"assertions": [{"type": "HEADER", "name": "x", "equals": "a", "absent": true}]}),
                "/config/assertions/0/name",
                "exactly one",
            ),
            (
                json!({"method": "GET", "assertions": [{"type": "BODY_MATCHES", "pattern": "(a"}]}),
                "/config/assertions/0/pattern",
                "regular expression",
            ),
            (
                json!({"method": "GET", "assertions": [{"type": "BODY_MATCHES", "pattern": "(?=a)"}]}),
                "/config/assertions/0/pattern",
                "look-around",
            ),
            (
                json!({"method": "GET", "assertions": [{"type": "BODY_MATCHES", "pattern": "((a{900}){900}){900}"}]}),
                "/config/assertions/0/pattern",
                "too large",
            ),
            (
                json!({"method": "GET", "assertions": [{"type": "JSON_PATH", "path": "status", "operator": "EXISTS"}]}),
                "/config/assertions/0/path",
                "$.status",
            ),
            (
                json_path("$..*..*"),
                "/config/assertions/0/path",
                "at most one",
            ),
            (
                json_path("$[0,0][0,0][0,0][0,0][0,0]"),
                "/config/assertions/0/path",
                "commas",
            ),
            (
                json_path("$[?count($.*) > 1]"),
                "/config/assertions/0/path",
                "root",
            ),
            (
                json!({"method": "GET", "assertions": [{"type": "JSON_PATH", "path": "$.a", "operator": "EXISTS", "value": 1}]}),
                "/config/assertions/0/value",
                "no value",
            ),
            (
                json!({"method": "GET", "assertions": [{"type": "JSON_PATH", "path": "$.a", "operator": "EQUALS"}]}),
                "/config/assertions/0/value",
                "needs a value",
            ),
            (
                json!({"method": "GET", "assertions": [{"type": "JSON_PATH", "path": "$.a", "operator": "LESS_THAN", "value": "1"}]}),
                "/config/assertions/0/value",
                "number",
            ),
            (
                json!({"method": "GET", "maxBodyBytes": 2_000_000, "assertions": [{"type": "JSON_PATH", "path": "$.a", "operator": "EXISTS"}]}),
                "/config/assertions/0",
                "1048576",
            ),
            (json!({"unknown": 1}), "/config/unknown", "unknown field"),
            (
                json!({"method": "TRACE"}),
                "/config/method",
                "unknown value",
            ),
            // In the words of people who write JSON.
            (
                json!({"maxBodyBytes": "1"}),
                "/config/maxBodyBytes",
                "write a whole number from 0 to 4294967295",
            ),
            (
                json!({"expectedStatus": [true]}),
                "/config/expectedStatus/0",
                "write a code (200)",
            ),
            (
                json!({"expectedStatus": 200}),
                "/config/expectedStatus",
                "write a list in brackets",
            ),
            (
                json!({"followRedirects": "yes"}),
                "/config/followRedirects",
                "write true or false",
            ),
            (
                json!({"basicAuth": "ada:secret"}),
                "/config/basicAuth",
                "write an object in braces",
            ),
            (
                json!({"headers": 1}),
                "/config/headers",
                "write an object in braces",
            ),
            (
                json!({"bearerToken": 1}),
                "/config/bearerToken",
                "write a text in quotes",
            ),
        ] {
            let wrong = refused("HTTP", URL, config.clone());
            assert_eq!(wrong[0].0, pointer, "{config}: {wrong:?}");
            assert!(wrong[0].1.contains(advice), "{config}: {wrong:?}");
        }
    }

    #[test]
    fn new_credentials_in_a_url_do_not_vanish_behind_kept_ones() {
        let registry = CheckRegistry::builtin(any_net());
        let http = registry.get("HTTP").unwrap();
        let with = |username: &str, password: &str| {
            json!({"proxy": {
                "url": "http://bob:new@a.test:1", "username": username, "password": password,
            }})
        };
        for (username, password) in [("alice", "new"), ("bob", "old")] {
            let error = http.normalise(with(username, password)).unwrap_err();
            assert_eq!(error.fields[0].pointer, "/config/proxy");
            assert!(
                error.fields[0].message.contains("other credentials"),
                "{error:?}"
            );
            assert!(!format!("{error:?}").contains("old"), "{error:?}");
        }
        let taken = http.normalise(with("bob", "new")).unwrap();
        assert_eq!(taken["proxy"]["url"], "http://a.test:1");
    }

    #[test]
    fn a_list_is_no_object() {
        let registry = CheckRegistry::builtin(any_net());
        let http = registry.get("HTTP").unwrap();
        for (config, pointer) in [
            (json!({"basicAuth": ["ada", "secret"]}), "/config/basicAuth"),
            (
                json!({"clientCertificate": ["a", "b"]}),
                "/config/clientCertificate",
            ),
            (json!({"proxy": ["http://a.test:1"]}), "/config/proxy"),
            (
                json!({"method": "GET", "assertions": [["TOTAL_TIME", 1]]}),
                "/config/assertions/0",
            ),
            (json!({"method": ["GET"]}), "/config/method"),
        ] {
            let error = http.normalise(config.clone()).expect_err("it is refused");
            assert_eq!(error.fields[0].pointer, pointer, "{config}");
            assert!(error.fields[0].message.contains("list"), "{error:?}");
            assert!(!error.to_string().contains("secret"));
        }
        let every = json!({
            "method": "GET",
            "expectedStatus": [200, "2xx"],
            "headers": {"X-A": "b"},
            "assertions": [
                {"type": "STATUS", "anyOf": [200]},
                {"type": "JSON_PATH", "path": "$.a", "operator": "EQUALS", "value": [1, [2]]},
            ],
        });
        http.normalise(every)
            .expect("lists stand where lists belong");
    }

    #[test]
    fn assertions_are_closed_and_counted() {
        let wrong = refused(
            "HTTP",
            URL,
            json!({"assertions": [{"type": "TOTAL_TIME", "maxMs": 1, "max": 2}]}),
        );
        assert!(wrong[0].1.contains("unknown field"), "{wrong:?}");
        let many: Vec<Value> = (0..=MAX_ASSERTIONS)
            .map(|_| json!({"type": "TOTAL_TIME", "maxMs": 1}))
            .collect();
        let wrong = refused("HTTP", URL, json!({"assertions": many}));
        assert_eq!(wrong[0].0, "/config/assertions");
    }

    #[test]
    fn targets() {
        for (target, advice) in [
            ("https://ada:secret@example.com/", "basicAuth"),
            ("https://ada@example.com/", "basicAuth"),
            ("example.com:443", "http"),
        ] {
            let wrong = refused("HTTP", target, json!({}));
            assert_eq!(wrong[0].0, "/target");
            assert!(wrong[0].1.contains(advice), "{wrong:?}");
            assert!(!wrong[0].1.contains("secret"), "{wrong:?}");
        }
        let long = format!("https://example.com/{}", "a".repeat(5000));
        assert_eq!(refused("HTTP", &long, json!({}))[0].0, "/target");
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let config = json!({"headers": {"TE": "x"}, "expectedStatus": [1], "maxRedirects": 99});
        assert_eq!(refused("HTTP", "ftp://x/", config).len(), 4);
    }

    #[test]
    fn no_secret_in_any_debug_form() {
        let config = json!({
            "secretHeaders": {"X-A": "canary-1"},
            "basicAuth": {"username": "ada", "password": "canary-2"},
        });
        let registry = CheckRegistry::builtin(any_net());
        let target = "https://example.com/?key=canary-3";
        let check = registry.build("HTTP", config.clone(), check_env(target));
        let spec: monitorah_core::check::http::HttpSpec = serde_json::from_value(config).unwrap();
        let shown = format!("{check:?} {check:#?} {spec:?} {spec:#?}");
        assert!(!shown.contains("canary"), "{shown}");
    }

    #[test]
    fn defaults_are_written_out() {
        let registry = CheckRegistry::builtin(any_net());
        let http = registry.get("HTTP").unwrap();
        assert_eq!(
            http.normalise(Value::Null).unwrap(),
            json!({
                "method": "HEAD",
                "expectedStatus": [200],
                "skipTlsVerification": false,
                "followRedirects": false,
                "maxRedirects": 10,
                "httpVersion": "AUTO",
                "addressFamily": "ANY",
                "maxBodyBytes": 1_048_576,
            })
        );
        let port = registry.get("PORT").unwrap();
        assert_eq!(
            port.normalise(json!({"port": 5432})).unwrap(),
            json!({"port": 5432, "expectOpen": true, "addressFamily": "ANY"})
        );
    }

    #[test]
    fn the_schema_describes_every_field() {
        let registry = CheckRegistry::builtin(any_net());
        for kind in ["HTTP", "PORT"] {
            let schema = serde_json::to_value(&registry.get(kind).unwrap().schema).unwrap();
            assert_eq!(schema["additionalProperties"], json!(false));
            for (name, field) in schema["properties"].as_object().unwrap() {
                assert!(field["description"].is_string(), "{kind} {name}");
            }
        }
        let http = serde_json::to_value(&registry.get("HTTP").unwrap().schema).unwrap();
        assert_eq!(http["properties"]["maxRedirects"]["maximum"], json!(20));
        let variants = http["$defs"]["Assertion"]["oneOf"].as_array().unwrap();
        assert_eq!(variants.len(), 8);
        for variant in variants {
            assert_eq!(variant["additionalProperties"], json!(false));
            assert!(variant["properties"]["type"]["const"].is_string());
        }
    }

    #[test]
    fn each_secret_pointer_leads_to_a_write_only_field() {
        let registry = CheckRegistry::builtin(any_net());
        let http = registry.get("HTTP").unwrap();
        let config = json!({
            "secretHeaders": {"X-A": "canary"},
            "basicAuth": {"username": "ada", "password": "canary"},
            "bearerToken": "canary",
            "clientCertificate": {"certificatePem": "x", "privateKeyPem": "canary"},
            "proxy": {"url": "http://proxy.example:3128", "username": "ada", "password": "canary"},
        });
        let mut whole = http.normalise(config).unwrap();
        for pointer in http.secrets {
            let pointer = pointer.replace('*', "X-A");
            let secret = whole.pointer_mut(&pointer).unwrap();
            assert_eq!(secret, "canary", "{pointer}");
            *secret = json!("set");
        }
        assert!(!whole.to_string().contains("canary"));
    }
}
