//! Assertions as pure functions: which facts they hold for, and which finding wins.

#[cfg(test)]
mod tests {
    use jiff::{SignedDuration, Timestamp};
    use monitorah_core::{
        Certificate, Reason, Severity, Timings,
        check::assertion::{Assertion, Assertions, Facts, Finding},
    };
    use serde_json::{Value, json};
    use std::time::Duration;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn certificate(days: i64) -> Certificate {
        Certificate {
            subject: "CN=leaf".into(),
            issuer: "CN=root".into(),
            not_before: NOW,
            not_after: NOW + SignedDuration::from_hours(24 * days),
            fingerprint: String::new(),
        }
    }

    fn judge(assertions: Value, body: &str) -> Option<Finding> {
        let assertions: Vec<Assertion> = serde_json::from_value(assertions).unwrap();
        let certificate = certificate(10);
        Assertions::compile(&assertions, "/config/assertions")
            .unwrap()
            .judge(&Facts {
                status_code: Some(204),
                headers: &[
                    ("content-type", b"text/plain"),
                    ("set-cookie", b"a=1"),
                    ("set-cookie", b"b=2"),
                    ("x-binary", b"\xff\xfe"),
                ],
                body: body.as_bytes(),
                total: Duration::from_millis(500),
                timings: Timings {
                    dns: Some(Duration::from_millis(20)),
                    ..Timings::default()
                },
                certificate: Some(&certificate),
                now: NOW,
            })
    }

    #[test]
    fn lengths_count_characters_items_and_members() {
        let body = json!({"text": "größe", "list": [1, 2], "map": {"a": 1}, "number": 12});
        for (path, operator, length, expected) in [
            ("$.text", "LENGTH_EQUALS", 5, true),
            ("$.text", "LENGTH_GREATER_THAN", 5, false),
            ("$.list", "LENGTH_GREATER_THAN", 1, true),
            ("$.list", "LENGTH_LESS_THAN", 2, false),
            ("$.map", "LENGTH_LESS_THAN", 2, true),
            ("$.number", "LENGTH_EQUALS", 2, false),
            ("$.absent", "LENGTH_LESS_THAN", 9, false),
        ] {
            let holds = json_holds(path, operator, json!(length), &body);
            assert_eq!(holds, expected, "{path} {operator} {length}");
        }
        for wrong in [json!("2"), json!(-1), json!(1.5)] {
            let assertion = json!([{"type": "JSON_PATH", "path": "$", "operator": "LENGTH_EQUALS",
                "value": wrong}]);
            let assertions: Vec<Assertion> = serde_json::from_value(assertion).unwrap();
            let error = Assertions::compile(&assertions, "/a").unwrap_err();
            assert_eq!(error[0].pointer, "/a/0/value");
        }
    }

    fn holds(assertion: Value, body: &str) -> bool {
        judge(Value::Array(vec![assertion]), body).is_none()
    }

    fn json_holds(path: &str, operator: &str, value: Value, body: &Value) -> bool {
        let mut assertion = json!({"type": "JSON_PATH", "path": path, "operator": operator});
        if !value.is_null() {
            assertion["value"] = value;
        }
        holds(assertion, &body.to_string())
    }

    #[test]
    fn status_headers_times_and_days() {
        for (assertion, expected) in [
            (json!({"type": "STATUS", "anyOf": ["2xx"]}), true),
            (json!({"type": "STATUS", "anyOf": [200, "300-399"]}), false),
            (
                json!({"type": "HEADER", "name": "Content-Type", "equals": "text/plain"}),
                true,
            ),
            (
                json!({"type": "HEADER", "name": "content-type", "equals": "text"}),
                false,
            ),
            (
                json!({"type": "HEADER", "name": "content-type", "contains": "text"}),
                true,
            ),
            (
                json!({"type": "HEADER", "name": "set-cookie", "equals": "b=2"}),
                true,
            ),
            (
                json!({"type": "HEADER", "name": "set-cookie", "matches": "^c"}),
                false,
            ),
            (
                json!({"type": "HEADER", "name": "x-none", "absent": true}),
                true,
            ),
            (
                json!({"type": "HEADER", "name": "x-none", "absent": false}),
                false,
            ),
            (
                json!({"type": "HEADER", "name": "x-binary", "absent": true}),
                false,
            ),
            (
                json!({"type": "HEADER", "name": "x-none", "equals": ""}),
                false,
            ),
            (json!({"type": "TOTAL_TIME", "maxMs": 500}), true),
            (json!({"type": "TOTAL_TIME", "maxMs": 499}), false),
            (
                json!({"type": "PHASE_TIME", "phase": "DNS", "maxMs": 20}),
                true,
            ),
            (
                json!({"type": "PHASE_TIME", "phase": "DNS", "maxMs": 19}),
                false,
            ),
            (
                json!({"type": "PHASE_TIME", "phase": "TLS", "maxMs": 1}),
                true,
            ),
            (json!({"type": "CERTIFICATE_DAYS", "min": 10}), true),
            (json!({"type": "CERTIFICATE_DAYS", "min": 11}), false),
        ] {
            assert_eq!(holds(assertion.clone(), ""), expected, "{assertion}");
        }
    }

    #[test]
    fn bodies() {
        for (assertion, expected) in [
            (json!({"type": "BODY_CONTAINS", "text": "a.c"}), false),
            (json!({"type": "BODY_CONTAINS", "text": "abc"}), true),
            (json!({"type": "BODY_CONTAINS", "text": "ABC"}), false),
            (
                json!({"type": "BODY_CONTAINS", "text": "ABC", "ignoreCase": true}),
                true,
            ),
            (
                json!({"type": "BODY_CONTAINS", "text": "ÜBER", "ignoreCase": true}),
                true,
            ),
            (
                json!({"type": "BODY_CONTAINS", "text": "abc", "negate": true}),
                false,
            ),
            (json!({"type": "BODY_MATCHES", "pattern": "a.c"}), true),
            (json!({"type": "BODY_MATCHES", "pattern": "^abc$"}), false),
            (
                json!({"type": "BODY_MATCHES", "pattern": "a.c", "negate": true}),
                false,
            ),
        ] {
            assert_eq!(
                holds(assertion.clone(), "xabc\nüber"),
                expected,
                "{assertion}"
            );
        }
    }

    #[test]
    fn json_paths() {
        let body = json!({"s": "hello", "n": 3, "l": [1, 2.0, "x"], "o": {"k": null}});
        for (path, operator, value, expected) in [
            ("$.s", "EQUALS", json!("hello"), true),
            ("$.n", "EQUALS", json!(3.0), true),
            ("$.n", "EQUALS", json!("3"), false),
            ("$.l[*]", "EQUALS", json!(2), true),
            ("$.l[*]", "NOT_EQUALS", json!(2), false),
            ("$.l[*]", "NOT_EQUALS", json!(9), true),
            ("$.none", "NOT_EQUALS", json!(9), false),
            ("$.s", "CONTAINS", json!("ell"), true),
            ("$.l", "CONTAINS", json!("x"), true),
            ("$.l", "CONTAINS", json!("y"), false),
            ("$.o.k", "EXISTS", Value::Null, true),
            ("$.o.z", "EXISTS", Value::Null, false),
            ("$.o.z", "NOT_EXISTS", Value::Null, true),
            ("$.n", "LESS_THAN", json!(4), true),
            ("$.n", "LESS_THAN", json!(3), false),
            ("$.n", "GREATER_THAN", json!(2.5), true),
            ("$.s", "GREATER_THAN", json!(1), false),
            ("$.s", "MATCHES", json!("^h.*o$"), true),
            ("$.n", "MATCHES", json!("3"), false),
            ("$.l[?@ > 1]", "EXISTS", Value::Null, true),
            ("$['a,,,,,,b..$$']", "NOT_EXISTS", Value::Null, true),
        ] {
            assert_eq!(
                json_holds(path, operator, value.clone(), &body),
                expected,
                "{path} {operator} {value}"
            );
        }
        assert!(!holds(
            json!({"type": "JSON_PATH", "path": "$.a", "operator": "NOT_EXISTS"}),
            "<html>"
        ));
    }

    #[test]
    fn the_worst_finding_wins_and_the_first_among_equals() {
        let slow = json!({"type": "TOTAL_TIME", "maxMs": 1, "severity": "DEGRADED"});
        let days = json!({"type": "CERTIFICATE_DAYS", "min": 30, "severity": "DEGRADED"});
        let text = json!({"type": "BODY_CONTAINS", "text": "x"});
        let status = json!({"type": "STATUS", "anyOf": [200]});
        let worst = judge(json!([slow, text, status, days]), "").unwrap();
        assert_eq!(
            (worst.severity, worst.reason),
            (Severity::Down, Reason::Assertion)
        );
        let first = judge(json!([slow, days]), "").unwrap();
        assert_eq!(
            (first.severity, first.reason),
            (Severity::Degraded, Reason::Slow)
        );
        let days = judge(json!([days]), "").unwrap();
        assert_eq!(days.reason, Reason::TlsExpiring);
        let status = judge(json!([status]), "").unwrap();
        assert_eq!(status.reason, Reason::HttpStatus);
    }

    #[test]
    fn findings_say_nothing_of_the_answer() {
        let finding = judge(
            json!([{"type": "BODY_CONTAINS", "text": "wanted"}]),
            "canary-of-the-body",
        );
        assert!(!format!("{finding:?}").contains("canary"));
    }

    #[test]
    fn hostile_bodies_are_judged() {
        let deep = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
        let exists = json!({"type": "JSON_PATH", "path": "$..*", "operator": "EXISTS"});
        assert!(!holds(exists.clone(), &deep), "too deep is not JSON to us");
        let wide = format!("[{}1]", "1,".repeat(100_000));
        assert!(holds(exists, &wide));
        let evil = json!({"type": "BODY_MATCHES", "pattern": "(a*)*b"});
        assert!(!holds(evil, &"a".repeat(100_000)), "linear time");
    }
}
