//! DNS: what a name server answers to one question, and whether that is what was expected.

mod answer;
mod inside;

use super::{Check, CheckContext, CheckEnv, CheckSpec, own_limit};
use crate::{
    error::{ConfigError, FieldError},
    net::{Failure, Family, Host, NameServer, Net, Question, Recorder, Targets},
    observation::{Observation, Reason},
};
use answer::{Expectation, text_of};
use async_trait::async_trait;
use hickory_resolver::proto::{
    op::{Message, ResponseCode},
    rr::{Name, RData, RecordType},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{fmt, net::IpAddr, sync::Arc, time::Duration};

/// The port of name servers.
const DNS_PORT: u16 = 53;
/// The most expected values of one monitor.
const MAX_EXPECTED: usize = 50;
/// The longest expected value.
const MAX_VALUE: usize = 4096;
/// How many answers are kept with a result, and how much of each.
const MAX_ANSWERS: usize = 50;
const MAX_ANSWER: usize = 512;
/// How much of the answers a sentence quotes.
const MAX_QUOTED: usize = 300;

/// Which records are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum RecordKind {
    /// IPv4 addresses.
    #[default]
    A,
    /// IPv6 addresses.
    Aaaa,
    /// The name that this one is an alias of.
    Cname,
    /// Mail servers, each with its preference: `10 mail.example.com`.
    Mx,
    /// Name servers.
    Ns,
    /// Texts.
    Txt,
    /// The start of authority: primary server, mailbox, serial and four times.
    Soa,
    /// Servers of a service: `priority weight port name`.
    Srv,
    /// Who may issue certificates: `0 issue "example.com"`.
    Caa,
    /// The name of an address.
    Ptr,
}

impl RecordKind {
    const fn wire(self) -> RecordType {
        match self {
            Self::A => RecordType::A,
            Self::Aaaa => RecordType::AAAA,
            Self::Cname => RecordType::CNAME,
            Self::Mx => RecordType::MX,
            Self::Ns => RecordType::NS,
            Self::Txt => RecordType::TXT,
            Self::Soa => RecordType::SOA,
            Self::Srv => RecordType::SRV,
            Self::Caa => RecordType::CAA,
            Self::Ptr => RecordType::PTR,
        }
    }
}

/// How the answers are compared with the expected values.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum AnswerMatch {
    /// At least one expected value is among the answers.
    #[default]
    Any,
    /// Every expected value is among the answers.
    All,
    /// The answers are the expected values and nothing else.
    Exact,
}

/// The code of an answer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Rcode {
    /// The question was answered.
    #[default]
    NoError,
    /// The name does not exist.
    NxDomain,
    /// The server failed.
    ServFail,
    /// The server does not answer us.
    Refused,
}

impl Rcode {
    const fn wire(self) -> ResponseCode {
        match self {
            Self::NoError => ResponseCode::NoError,
            Self::NxDomain => ResponseCode::NXDomain,
            Self::ServFail => ResponseCode::ServFail,
            Self::Refused => ResponseCode::Refused,
        }
    }
}

/// How a DNS monitor is configured. Its target is the name that is asked for; for `PTR` it may be
/// an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schemars(
    title = "DNS",
    example = serde_json::json!({ "recordType": "A" })
)]
pub struct DnsSpec {
    /// Which records are asked for.
    #[serde(default)]
    pub record_type: RecordKind,
    /// The name server, as `host` or `host:port`; without it those of the machine are asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(length(min = 1, max = 1024))]
    pub server: Option<String>,
    /// What should be answered; without any value every answer is well.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(length(max = 50), inner(length(min = 1, max = 4096)))]
    pub expected_values: Vec<String>,
    /// How the answers are compared with the expected values.
    #[serde(default, rename = "match")]
    pub answer_match: AnswerMatch,
    /// The code that the answer should have.
    #[serde(default)]
    pub expected_rcode: Rcode,
    /// Which addresses of the name server are used.
    #[serde(default)]
    pub address_family: Family,
}

impl CheckSpec for DnsSpec {
    const KIND: &'static str = "DNS";
    const TARGET: &'static str = "www.example.org";

    fn build(self, env: &CheckEnv) -> Result<Box<dyn Check>, ConfigError> {
        let net = env.net()?;
        let mut wrong = Vec::new();
        let name = name_of(env.target(), self.record_type)
            .map_err(|message| wrong.push(FieldError::new("/target", message)));
        let server = match &self.server {
            None => Ok(NameServer::System),
            Some(text) => server_of(text)
                .map_err(|message| wrong.push(FieldError::new("/config/server", message))),
        };
        let mut expected = Vec::new();
        if self.expected_values.len() > MAX_EXPECTED {
            let message = format!("at most {MAX_EXPECTED} values");
            wrong.push(FieldError::new("/config/expectedValues", message));
        } else {
            for (index, value) in self.expected_values.iter().enumerate() {
                let read = if value.len() > MAX_VALUE {
                    Err("at most 4096 characters")
                } else {
                    Expectation::parse(self.record_type, value)
                };
                match read {
                    Ok(value) => expected.push(value),
                    Err(message) => wrong.push(FieldError::new(
                        format!("/config/expectedValues/{index}"),
                        message,
                    )),
                }
            }
        }
        if self.expected_rcode != Rcode::NoError && !self.expected_values.is_empty() {
            wrong.push(FieldError::new(
                "/config/expectedValues",
                "an answer with this expectedRcode has no values: leave them out, or expect NOERROR",
            ));
        }
        if self.expected_values.is_empty() && self.answer_match != AnswerMatch::Any {
            wrong.push(FieldError::new(
                "/config/match",
                "there is nothing to compare with: add expectedValues",
            ));
        }
        ConfigError::check(wrong)?;
        let invalid = |()| ConfigError::new("/target", "invalid");
        let server = server.map_err(invalid)?;
        Ok(Box::new(Dns {
            net,
            slot: match &server {
                NameServer::System => format!("dns {}", env.target().trim()),
                NameServer::Chosen(host, port) => format!("{host}:{port}"),
            },
            server,
            question: Question {
                name: name.map_err(invalid)?,
                kind: self.record_type.wire(),
            },
            expected,
            answer_match: self.answer_match,
            rcode: self.expected_rcode.wire(),
            family: self.address_family,
        }))
    }
}

/// The name that a target means; an address where its name is asked for.
fn name_of(target: &str, kind: RecordKind) -> Result<Name, &'static str> {
    const HOW: &str = "write a name, such as example.com";
    let target = target.trim();
    if target.contains("://") {
        return Err("write the name alone, without a scheme; use the type HTTP for an URL");
    }
    if target == "." {
        return Ok(Name::root());
    }
    let mut name = match (Host::parse(target).map_err(|_| HOW)?, kind) {
        (Host::Address(address), RecordKind::Ptr) => Name::from(address),
        (Host::Address(_), _) => {
            return Err("write a name; with the recordType PTR an address can be asked for");
        }
        (Host::Name(name), _) => Name::from_ascii(&name)
            .map_err(|_| "a name has at most 255 characters, and 63 between two dots")?,
    };
    name.set_fqdn(true);
    Ok(name)
}

fn server_of(text: &str) -> Result<NameServer, String> {
    if text.contains("://") {
        return Err("write host or host:port, such as 192.0.2.53:53, without a scheme".to_owned());
    }
    let (host, port) = Host::parse_with_port(text).map_err(|error| error.to_string())?;
    Ok(NameServer::Chosen(host, port.unwrap_or(DNS_PORT)))
}

/// The running look.
struct Dns {
    net: Arc<Net>,
    slot: String,
    server: NameServer,
    question: Question,
    expected: Vec<Expectation>,
    answer_match: AnswerMatch,
    rcode: ResponseCode,
    family: Family,
}

impl fmt::Debug for Dns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Dns").finish_non_exhaustive()
    }
}

impl Dns {
    async fn look(
        &self,
        cx: &CheckContext,
        budget: Duration,
        recorder: &Recorder,
    ) -> Result<Message, Failure> {
        if self.keeps_the_inside()
            && let Some(why) =
                inside::refusal(&self.question, self.net.guard(), self.net.search_domains())
        {
            return Err(blocked(why));
        }
        let _slot = cx.slot(&self.net, &self.slot).await?;
        self.net
            .ask(&self.server, &self.question, self.family, budget, recorder)
            .await
    }

    fn judge(&self, message: &Message) -> Observation {
        let code = message.metadata.response_code;
        if code != self.rcode {
            return Observation::down(reason_of(code), self.other_code(code));
        }
        if code != ResponseCode::NoError {
            return Observation::up();
        }
        let records: Vec<&RData> = message
            .answers
            .iter()
            .filter(|record| record.record_type() == self.question.kind)
            .map(|record| &record.data)
            .collect();
        if let Some(blocked) = self.inside(&records) {
            return blocked.into();
        }
        let mut answers: Vec<String> = records.iter().map(|data| text_of(data)).collect();
        // The order of servers is a rotation: sorted, the same answers are the same result.
        answers.sort();
        answers.dedup();
        let mut seen = match self.mismatch(&records, &answers) {
            None => Observation::up(),
            Some(detail) => Observation::down(Reason::DnsMismatch, detail),
        };
        seen.answers = Some(
            answers
                .into_iter()
                .take(MAX_ANSWERS)
                .map(|text| text.chars().take(MAX_ANSWER).collect())
                .collect(),
        );
        seen
    }

    /// Whether what is asked of the machine's own servers is kept from strangers, where it is of the
    /// inside.
    fn keeps_the_inside(&self) -> bool {
        self.net.guard().targets == Targets::Public
            && matches!(self.server, NameServer::System)
            && !(self.net.servers_are_chosen() && inside::are_public(self.net.name_servers()))
    }

    /// Strangers are not told which private address a name has.
    fn inside(&self, records: &[&RData]) -> Option<Failure> {
        if !self.keeps_the_inside() {
            return None;
        }
        let reached = |ip: IpAddr| self.net.guard().check(ip).err();
        let mut addresses = records.iter().filter_map(|data| data.ip_addr());
        Some(blocked(addresses.find_map(reached)?))
    }

    fn other_code(&self, code: ResponseCode) -> String {
        match (code, self.rcode) {
            (ResponseCode::NoError, _) => {
                format!(
                    "the name was answered for, and {} was expected",
                    name_of_code(self.rcode)
                )
            }
            (ResponseCode::NXDomain, _) => "the name does not exist".to_owned(),
            _ => format!("the name server answered {}", name_of_code(code)),
        }
    }

    fn mismatch(&self, records: &[&RData], answers: &[String]) -> Option<String> {
        if records.is_empty() {
            return Some(format!(
                "the name has no record of the type {}",
                self.question.kind
            ));
        }
        if self.expected.is_empty() {
            return None;
        }
        let met = |value: &Expectation| records.iter().any(|data| value.is(data));
        let found = self.expected.iter().filter(|value| met(value)).count();
        let wanted = self.expected.len();
        let what = match self.answer_match {
            AnswerMatch::Any if found > 0 => return None,
            AnswerMatch::Any => "none of the answers is an expected value".to_owned(),
            AnswerMatch::All | AnswerMatch::Exact if found < wanted => {
                let missing = wanted.saturating_sub(found);
                format!("{missing} of {wanted} expected values are not among the answers")
            }
            AnswerMatch::All => return None,
            AnswerMatch::Exact => {
                let others = records
                    .iter()
                    .filter(|data| !self.expected.iter().any(|value| value.is(data)))
                    .count();
                if others == 0 {
                    return None;
                }
                format!("{others} of the answers are not expected values")
            }
        };
        let mut quoted: String = answers.join(", ").chars().take(MAX_QUOTED).collect();
        if quoted.chars().count() == MAX_QUOTED {
            quoted.push('…');
        }
        Some(format!("{what}; answered: {quoted}"))
    }
}

/// Not asked, or not told: what the machine's own servers know may be of the inside.
fn blocked(why: impl fmt::Display) -> Failure {
    Failure::unknown(
        Reason::TargetBlocked,
        format!("{why}: name a server to ask one that knows it"),
    )
}

const fn reason_of(code: ResponseCode) -> Reason {
    match code {
        ResponseCode::NoError => Reason::DnsMismatch,
        ResponseCode::NXDomain => Reason::DnsNxdomain,
        _ => Reason::DnsServfail,
    }
}

/// The code as RFC 1035 and its registry call it.
fn name_of_code(code: ResponseCode) -> String {
    match code {
        ResponseCode::NoError => "NOERROR".to_owned(),
        ResponseCode::FormErr => "FORMERR".to_owned(),
        ResponseCode::ServFail => "SERVFAIL".to_owned(),
        ResponseCode::NXDomain => "NXDOMAIN".to_owned(),
        ResponseCode::NotImp => "NOTIMP".to_owned(),
        ResponseCode::Refused => "REFUSED".to_owned(),
        other => format!("the code {}", u16::from(other)),
    }
}

#[async_trait]
impl Check for Dns {
    async fn run(&self, cx: &CheckContext) -> Observation {
        let start = cx.environment.monotonic();
        let recorder = Recorder::default();
        let limit = own_limit(cx.timeout);
        let look = Box::pin(self.look(cx, limit, &recorder));
        let outcome = cx
            .within(limit, look)
            .await
            .unwrap_or_else(|_| Err(Failure::timed_out(recorder.phase())));
        let mut observation = match outcome {
            Ok(message) => self.judge(&message),
            Err(failure) => failure.into(),
        };
        recorder.describe(&mut observation);
        observation.total = cx.own_time(start);
        observation
    }
}
