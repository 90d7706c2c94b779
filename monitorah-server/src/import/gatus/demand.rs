//! What the conditions of a Gatus endpoint ask for, as what is asserted here.

use super::{
    condition::{Comparison, Expected, Subject, json_path, numeric, subject},
    glob,
};
use crate::import::{report::Verdict, scalar};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What an endpoint looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Http,
    Dns,
    Tls,
    Port,
    Ping,
}

/// What the conditions of an endpoint amount to.
#[derive(Debug)]
pub(super) struct Demands {
    pub(super) kind: Kind,
    /// The status codes that all conditions allow.
    pub(super) status: BTreeSet<u16>,
    pub(super) assertions: Vec<Value>,
    /// Days that a certificate must be valid.
    pub(super) certificate_days: Option<u64>,
    /// Days that a domain must be registered.
    pub(super) domain_days: Option<u64>,
    pub(super) rcode: Option<String>,
    pub(super) answers: Vec<String>,
    pub(super) expect_open: bool,
}

/// What became of a condition.
pub(super) type Told = (Verdict, String);

impl Demands {
    pub(super) fn new(kind: Kind) -> Self {
        Self {
            kind,
            status: (100..=599).collect(),
            assertions: Vec::new(),
            certificate_days: None,
            domain_days: None,
            rcode: None,
            answers: Vec::new(),
            expect_open: true,
        }
    }

    /// Takes a condition in and says what became of it.
    pub(super) fn condition(&mut self, text: &str) -> Told {
        let unsupported = |why: &str| (Verdict::NotSupported, why.to_owned());
        if text.contains("${") {
            return unsupported(
                "it takes a value from the environment: write the assertion by hand",
            );
        }
        let split = Comparison::ALL.into_iter().find_map(|(sign, comparison)| {
            let (left, right) = text.split_once(sign)?;
            Some((left.trim(), comparison, right.trim()))
        });
        let Some((left, comparison, right)) = split else {
            return unsupported("not a condition of the form VALUE == VALUE");
        };
        let (subject, comparison, expected) = match (subject(left), subject(right)) {
            (Subject::Unknown, Subject::Unknown) => {
                return unsupported("neither side names what is looked at");
            }
            (Subject::Unknown, subject) => (subject, comparison.turned(), left),
            (subject, Subject::Unknown) => (subject, comparison, right),
            _ => return unsupported("two things that were seen are compared with each other"),
        };
        self.demand(&subject, comparison, &Expected::of(expected), expected)
    }

    fn demand(
        &mut self,
        subject: &Subject<'_>,
        comparison: Comparison,
        expected: &Expected<'_>,
        raw: &str,
    ) -> Told {
        let unsupported = |why: &str| (Verdict::NotSupported, why.to_owned());
        match (subject, self.kind) {
            (Subject::Status, Kind::Http) => self.status(comparison, expected, raw),
            (Subject::ResponseTime, Kind::Http) => self.response_time(comparison, raw),
            (Subject::ResponseTime, Kind::Ping) => unsupported(
                "set maxAverageMs by hand: it makes the monitor DEGRADED, where Gatus fails",
            ),
            (Subject::Certificate, Kind::Http | Kind::Tls) => self.certificate(comparison, raw),
            (Subject::Domain, _) => self.domain(comparison, raw),
            (Subject::Connected, _) => self.connected(comparison, raw),
            (Subject::Body, Kind::Http) => self.body(comparison, expected, raw),
            (Subject::Path(path), Kind::Http) => self.path(path, comparison, expected, raw),
            (Subject::Has(path), Kind::Http) => self.has(path, comparison, raw),
            (Subject::Length(path), Kind::Http) => self.length(path, comparison, raw),
            (Subject::Body, Kind::Dns) => self.answer(comparison, expected, raw),
            (Subject::Rcode, Kind::Dns) => self.rcode(comparison, raw),
            (Subject::Ip, _) => {
                unsupported("the address of a target is not asserted: make a DNS monitor for it")
            }
            _ => unsupported("this is not seen by a check of this type"),
        }
    }

    fn status(&mut self, comparison: Comparison, expected: &Expected<'_>, raw: &str) -> Told {
        let number = match (comparison, expected) {
            (Comparison::Equal | Comparison::NotEqual, _) => None,
            (_, Expected::Text(text)) => match numeric(text) {
                Some(number) => Some(number),
                None => return (Verdict::NotSupported, format!("{raw} is no number")),
            },
            _ => {
                return (
                    Verdict::NotSupported,
                    format!("{raw} cannot be compared by size"),
                );
            }
        };
        let allowed: BTreeSet<u16> = self
            .status
            .iter()
            .copied()
            .filter(|code| match number {
                Some(number) => comparison.holds(i64::from(*code), number),
                None => expected.admits(&code.to_string()) == (comparison == Comparison::Equal),
            })
            .collect();
        if allowed.is_empty() {
            return (
                Verdict::NotSupported,
                "with the other conditions no status code is left that would be well".to_owned(),
            );
        }
        self.status = allowed;
        (Verdict::Mapped, "expectedStatus".to_owned())
    }

    fn response_time(&mut self, comparison: Comparison, raw: &str) -> Told {
        let limit = numeric(raw).map(|limit| match comparison {
            Comparison::Less => limit - 1,
            _ => limit,
        });
        match (comparison, limit) {
            (Comparison::Less | Comparison::AtMost, Some(limit @ 1..=300_000)) => {
                self.assertions
                    .push(json!({"type": "TOTAL_TIME", "maxMs": limit}));
                (
                    Verdict::Approximated,
                    "TOTAL_TIME: the body's transfer counts too; Gatus stops its clock at the \
                     headers"
                        .to_owned(),
                )
            }
            _ => (
                Verdict::NotSupported,
                "only a longest time up to 300000 ms can be asserted".to_owned(),
            ),
        }
    }

    fn certificate(&mut self, comparison: Comparison, raw: &str) -> Told {
        match days(comparison, raw) {
            Some((days @ 1..=825, exact)) => {
                if self.kind == Kind::Http {
                    self.assertions
                        .push(json!({"type": "CERTIFICATE_DAYS", "min": days}));
                } else {
                    self.certificate_days = Some(days);
                }
                rounded(
                    exact,
                    days,
                    if self.kind == Kind::Http {
                        "CERTIFICATE_DAYS"
                    } else {
                        "downDays"
                    },
                )
            }
            _ => (
                Verdict::NotSupported,
                "only a shortest validity from 1 to 825 days can be asserted".to_owned(),
            ),
        }
    }

    fn domain(&mut self, comparison: Comparison, raw: &str) -> Told {
        match days(comparison, raw) {
            Some((days @ 1..=3650, exact)) => {
                self.domain_days = Some(days);
                let (_, note) = rounded(exact, days, "downDays");
                (
                    Verdict::Approximated,
                    format!(
                        "a DOMAIN monitor of its own watches the registration ({note}): see that \
                         its target is the registered domain"
                    ),
                )
            }
            _ => (
                Verdict::NotSupported,
                "only a shortest registration in days can be asserted".to_owned(),
            ),
        }
    }

    fn connected(&mut self, comparison: Comparison, raw: &str) -> Told {
        let wanted = match (comparison, raw) {
            (Comparison::Equal, "true") | (Comparison::NotEqual, "false") => true,
            (Comparison::Equal, "false") | (Comparison::NotEqual, "true") => false,
            _ => return (Verdict::NotSupported, "it is true or false".to_owned()),
        };
        if wanted {
            (
                Verdict::Mapped,
                "every check fails when nothing answers".to_owned(),
            )
        } else if self.kind == Kind::Port {
            self.expect_open = false;
            (Verdict::Mapped, "expectOpen: false".to_owned())
        } else {
            (
                Verdict::NotSupported,
                "only a port can be expected not to answer".to_owned(),
            )
        }
    }

    fn body(&mut self, comparison: Comparison, expected: &Expected<'_>, raw: &str) -> Told {
        let negate = match comparison {
            Comparison::Equal => false,
            Comparison::NotEqual => true,
            _ => {
                return (
                    Verdict::NotSupported,
                    "a body has no size order here".to_owned(),
                );
            }
        };
        if let Expected::Pattern(pattern) = expected
            && let Some(text) = glob::contained(pattern)
        {
            self.assertions
                .push(json!({"type": "BODY_CONTAINS", "text": text, "negate": negate}));
            return if text.contains('/') {
                (
                    Verdict::Approximated,
                    "BODY_CONTAINS: every / counts here, where Gatus leaves them out on both sides"
                        .to_owned(),
                )
            } else {
                (Verdict::Mapped, "BODY_CONTAINS".to_owned())
            };
        }
        let Some(regex) = expected.regex() else {
            return (
                Verdict::NotSupported,
                format!("{raw} is no pattern that is known"),
            );
        };
        let pattern = match expected {
            // Gatus cuts the white space around a body.
            Expected::Pattern(_) => format!(r"(?s)\A\s*{regex}\s*\z"),
            _ => format!(r"\A\s*{regex}\s*\z"),
        };
        self.assertions
            .push(json!({"type": "BODY_MATCHES", "pattern": pattern, "negate": negate}));
        (Verdict::Mapped, "BODY_MATCHES".to_owned())
    }

    fn path(
        &mut self,
        path: &str,
        comparison: Comparison,
        expected: &Expected<'_>,
        raw: &str,
    ) -> Told {
        let Some(path) = json_path(path) else {
            return (
                Verdict::NotSupported,
                "this path is not understood".to_owned(),
            );
        };
        let (operator, value, exact) = match (comparison, expected) {
            (Comparison::Equal, Expected::Text(text)) => {
                let (value, exact) = scalar(text);
                ("EQUALS", value, exact)
            }
            (Comparison::NotEqual, Expected::Text(text)) => {
                let (value, _) = scalar(text);
                self.push(&path, "NOT_EQUALS", &value);
                return (
                    Verdict::Approximated,
                    "JSON_PATH NOT_EQUALS: here the value must be there; in Gatus it may be absent"
                        .to_owned(),
                );
            }
            (Comparison::Equal, Expected::Pattern(_) | Expected::Any(_)) => {
                let Some(regex) = expected.regex() else {
                    return (
                        Verdict::NotSupported,
                        format!("{raw} is no pattern that is known"),
                    );
                };
                self.push(&path, "MATCHES", &json!(format!(r"(?s)\A{regex}\z")));
                return (
                    Verdict::Approximated,
                    "JSON_PATH MATCHES: only texts match here; Gatus makes a text of every value"
                        .to_owned(),
                );
            }
            (Comparison::NotEqual, _) => {
                return (
                    Verdict::NotSupported,
                    "that a value does not match a pattern cannot be asserted".to_owned(),
                );
            }
            (_, Expected::Text(text)) => {
                let Some(number) = numeric(text) else {
                    return (Verdict::NotSupported, format!("{raw} is no number"));
                };
                // Gatus cuts fractions off, so that "at most 5" is "less than 6".
                match comparison {
                    Comparison::Less => ("LESS_THAN", json!(number), true),
                    Comparison::AtMost => ("LESS_THAN", json!(number.saturating_add(1)), true),
                    Comparison::More => ("GREATER_THAN", json!(number), false),
                    _ => ("GREATER_THAN", json!(number.saturating_sub(1)), false),
                }
            }
            _ => {
                return (
                    Verdict::NotSupported,
                    format!("{raw} cannot be compared by size"),
                );
            }
        };
        self.push(&path, operator, &value);
        if exact {
            (Verdict::Mapped, format!("JSON_PATH {operator}"))
        } else {
            (
                Verdict::Approximated,
                format!(
                    "JSON_PATH {operator}: a number here is no text, and keeps its fraction; Gatus \
                     compares both as one"
                ),
            )
        }
    }

    fn has(&mut self, path: &str, comparison: Comparison, raw: &str) -> Told {
        let wanted = match (comparison, raw) {
            (Comparison::Equal, "true") | (Comparison::NotEqual, "false") => true,
            (Comparison::Equal, "false") | (Comparison::NotEqual, "true") => false,
            _ => return (Verdict::NotSupported, "has() is true or false".to_owned()),
        };
        if path.is_empty() {
            let pattern = r"\S";
            self.assertions
                .push(json!({"type": "BODY_MATCHES", "pattern": pattern, "negate": !wanted}));
            return (Verdict::Mapped, "BODY_MATCHES".to_owned());
        }
        let Some(path) = json_path(path) else {
            return (
                Verdict::NotSupported,
                "this path is not understood".to_owned(),
            );
        };
        let operator = if wanted { "EXISTS" } else { "NOT_EXISTS" };
        self.assertions
            .push(json!({"type": "JSON_PATH", "path": path, "operator": operator}));
        (Verdict::Mapped, format!("JSON_PATH {operator}"))
    }

    fn length(&mut self, path: &str, comparison: Comparison, raw: &str) -> Told {
        let (Some(path), Some(number)) = (json_path(path), numeric(raw)) else {
            return (
                Verdict::NotSupported,
                "this length or its path is not understood".to_owned(),
            );
        };
        let (operator, value) = match comparison {
            Comparison::Equal => ("LENGTH_EQUALS", number),
            Comparison::Less => ("LENGTH_LESS_THAN", number),
            Comparison::AtMost => ("LENGTH_LESS_THAN", number.saturating_add(1)),
            Comparison::More => ("LENGTH_GREATER_THAN", number),
            Comparison::AtLeast => ("LENGTH_GREATER_THAN", number.saturating_sub(1)),
            Comparison::NotEqual => {
                return (
                    Verdict::NotSupported,
                    "that a length is not a number cannot be asserted".to_owned(),
                );
            }
        };
        if operator == "LENGTH_GREATER_THAN" && value < 0 {
            self.assertions
                .push(json!({"type": "JSON_PATH", "path": path, "operator": "EXISTS"}));
            return (Verdict::Mapped, "JSON_PATH EXISTS".to_owned());
        }
        self.push(&path, operator, &json!(value));
        (
            Verdict::Approximated,
            format!("JSON_PATH {operator}: a text counts characters here, and bytes in Gatus"),
        )
    }

    fn answer(&mut self, comparison: Comparison, expected: &Expected<'_>, raw: &str) -> Told {
        if comparison != Comparison::Equal {
            return (
                Verdict::NotSupported,
                "only what an answer should be can be expected".to_owned(),
            );
        }
        let answers: Vec<_> = match expected {
            Expected::Text(text) => vec![*text],
            Expected::Any(options) => options.clone(),
            Expected::Pattern("*" | "*.*.*.*" | "*:*" | "*.*") => {
                return (
                    Verdict::Approximated,
                    "every answer of this type is well, as the pattern admits all of them"
                        .to_owned(),
                );
            }
            Expected::Pattern(_) => {
                return (
                    Verdict::NotSupported,
                    format!("{raw}: answers are compared with values, not with patterns"),
                );
            }
        };
        if !self.answers.is_empty() {
            return (
                Verdict::NotSupported,
                "another condition says already what the answer should be".to_owned(),
            );
        }
        self.answers = answers.into_iter().map(str::to_owned).collect();
        (
            Verdict::Approximated,
            "expectedValues: one of the answers should be it; Gatus looks at the last one"
                .to_owned(),
        )
    }

    fn rcode(&mut self, comparison: Comparison, raw: &str) -> Told {
        let known = ["NOERROR", "NXDOMAIN", "SERVFAIL", "REFUSED"];
        if comparison == Comparison::Equal && known.contains(&raw) {
            self.rcode = Some(raw.to_owned());
            return (Verdict::Mapped, "expectedRcode".to_owned());
        }
        (
            Verdict::NotSupported,
            format!("one of {} can be expected", known.join(", ")),
        )
    }

    fn push(&mut self, path: &str, operator: &str, value: &Value) {
        self.assertions
            .push(json!({"type": "JSON_PATH", "path": path, "operator": operator, "value": value}));
    }
}

fn rounded(exact: bool, days: u64, what: &str) -> Told {
    if exact {
        (Verdict::Mapped, format!("{what} {days}"))
    } else {
        (
            Verdict::Approximated,
            format!("{what} {days}: rounded up to whole days"),
        )
    }
}

/// Days of a shortest duration, rounded up, and whether that is exact.
fn days(comparison: Comparison, raw: &str) -> Option<(u64, bool)> {
    if !matches!(comparison, Comparison::More | Comparison::AtLeast) {
        return None;
    }
    const DAY: i64 = 86_400_000;
    let millis = numeric(raw).filter(|millis| *millis > 0)?;
    let days = (millis / DAY) + i64::from(millis % DAY > 0);
    Some((u64::try_from(days).ok()?, millis % DAY == 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(kind: Kind, text: &str) -> (Demands, Told) {
        let mut demands = Demands::new(kind);
        let told = demands.condition(text);
        (demands, told)
    }

    #[test]
    fn each_form_becomes_its_assertion() {
        let path = |path: &str, operator: &str, value: Value| json!({"type": "JSON_PATH", "path": path, "operator": operator, "value": value});
        for (text, assertion, verdict) in [
            (
                "[BODY].status == UP",
                path("$.status", "EQUALS", json!("UP")),
                Verdict::Mapped,
            ),
            (
                "UP == [body].status",
                path("$.status", "EQUALS", json!("UP")),
                Verdict::Mapped,
            ),
            (
                "[BODY].data[0].user-id == 7",
                path("$.data[0]['user-id']", "EQUALS", json!(7)),
                Verdict::Approximated,
            ),
            (
                "[BODY][1].ok != no",
                path("$[1].ok", "NOT_EQUALS", json!("no")),
                Verdict::Approximated,
            ),
            (
                "[BODY].age <= 5",
                path("$.age", "LESS_THAN", json!(6)),
                Verdict::Mapped,
            ),
            (
                "5 < [BODY].age",
                path("$.age", "GREATER_THAN", json!(5)),
                Verdict::Approximated,
            ),
            (
                "[BODY].name == pat(jo*)",
                path("$.name", "MATCHES", json!(r"(?s)\Ajo.*\z")),
                Verdict::Approximated,
            ),
            (
                "[BODY].name == any(a.b, c)",
                path("$.name", "MATCHES", json!(r"(?s)\A(?:a\.b|c)\z")),
                Verdict::Approximated,
            ),
            (
                "len([BODY].items) > 0",
                path("$.items", "LENGTH_GREATER_THAN", json!(0)),
                Verdict::Approximated,
            ),
            (
                "has([BODY].errors) == false",
                json!({"type": "JSON_PATH", "path": "$.errors", "operator": "NOT_EXISTS"}),
                Verdict::Mapped,
            ),
            (
                "[BODY] == pat(*<h1>Hello*)",
                json!({"type": "BODY_CONTAINS", "text": "<h1>Hello", "negate": false}),
                Verdict::Mapped,
            ),
            (
                "[BODY] == pong",
                json!({"type": "BODY_MATCHES", "pattern": r"\A\s*pong\s*\z", "negate": false}),
                Verdict::Mapped,
            ),
            (
                "[RESPONSE_TIME] < 150",
                json!({"type": "TOTAL_TIME", "maxMs": 149}),
                Verdict::Approximated,
            ),
            (
                "[CERTIFICATE_EXPIRATION] > 48h",
                json!({"type": "CERTIFICATE_DAYS", "min": 2}),
                Verdict::Mapped,
            ),
            (
                "[CERTIFICATE_EXPIRATION] > 49h",
                json!({"type": "CERTIFICATE_DAYS", "min": 3}),
                Verdict::Approximated,
            ),
        ] {
            let (demands, told) = one(Kind::Http, text);
            assert_eq!(demands.assertions, [assertion], "{text}: {}", told.1);
            assert_eq!(told.0, verdict, "{text}");
        }
    }

    #[test]
    fn status_conditions_narrow_one_set() {
        let mut demands = Demands::new(Kind::Http);
        for text in ["[STATUS] == pat(2*)", "[STATUS] < 300", "[STATUS] != 204"] {
            assert_eq!(demands.condition(text).0, Verdict::Mapped, "{text}");
        }
        assert_eq!(
            Value::from(crate::import::status_matches(&demands.status)),
            json!(["200-203", "205-299"])
        );
        assert_eq!(
            demands.condition("[STATUS] == 500").0,
            Verdict::NotSupported
        );
        assert!(
            !demands.status.is_empty(),
            "what cannot be met changes nothing"
        );
        let (demands, _) = one(Kind::Http, "[STATUS] == any(200, 429)");
        assert_eq!(demands.status, BTreeSet::from([200, 429]));
    }

    #[test]
    fn other_types_have_their_own() {
        let (demands, told) = one(Kind::Dns, "[DNS_RCODE] == NXDOMAIN");
        assert_eq!(
            (demands.rcode.as_deref(), told.0),
            (Some("NXDOMAIN"), Verdict::Mapped)
        );
        let (demands, _) = one(Kind::Dns, "[BODY] == any(192.0.2.1, 192.0.2.2)");
        assert_eq!(demands.answers, ["192.0.2.1", "192.0.2.2"]);
        let (demands, told) = one(Kind::Port, "[CONNECTED] == false");
        assert_eq!((demands.expect_open, told.0), (false, Verdict::Mapped));
        let (demands, _) = one(Kind::Http, "[DOMAIN_EXPIRATION] > 720h");
        assert_eq!(demands.domain_days, Some(30));
        let (demands, _) = one(Kind::Tls, "[CERTIFICATE_EXPIRATION] > 72h");
        assert_eq!(demands.certificate_days, Some(3));
    }

    #[test]
    fn what_cannot_be_said_is_said_to_be_so() {
        for (kind, text) in [
            (Kind::Http, "[IP] == 127.0.0.1"),
            (Kind::Http, "[CONNECTED] == false"),
            (Kind::Http, "[RESPONSE_TIME] > 10"),
            (Kind::Http, "[CONTEXT].x == 1"),
            (Kind::Http, "[BODY].x == ${VALUE}"),
            (Kind::Http, "nonsense"),
            (Kind::Port, "[STATUS] == 200"),
            (Kind::Dns, "[BODY] == pat(192.0.2.*)"),
        ] {
            let (demands, told) = one(kind, text);
            assert_eq!(told.0, Verdict::NotSupported, "{text}");
            assert!(
                !told.1.is_empty() && demands.assertions.is_empty(),
                "{text}"
            );
        }
    }
}
