//! Records as text, as `dig` writes them, and whether one is what somebody expected.

use super::RecordKind;
use hickory_resolver::proto::rr::{Name, RData};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A record as text: names in lower case without their last dot.
pub(super) fn text_of(data: &RData) -> String {
    match data {
        RData::A(address) => address.0.to_string(),
        RData::AAAA(address) => address.0.to_string(),
        RData::CNAME(name) => name_text(&name.0),
        RData::NS(name) => name_text(&name.0),
        RData::PTR(name) => name_text(&name.0),
        RData::MX(mx) => format!("{} {}", mx.preference, name_text(&mx.exchange)),
        RData::TXT(txt) => String::from_utf8_lossy(&txt.txt_data.concat()).into_owned(),
        RData::SOA(soa) => format!(
            "{} {} {} {} {} {} {}",
            name_text(&soa.mname),
            name_text(&soa.rname),
            soa.serial,
            soa.refresh,
            soa.retry,
            soa.expire,
            soa.minimum,
        ),
        RData::SRV(srv) => format!(
            "{} {} {} {}",
            srv.priority,
            srv.weight,
            srv.port,
            name_text(&srv.target)
        ),
        other => other.to_string(),
    }
}

fn name_text(name: &Name) -> String {
    let text = name.to_lowercase().to_ascii();
    match text.strip_suffix('.') {
        Some(bare) if !bare.is_empty() => bare.to_owned(),
        _ => text,
    }
}

/// One expected value, brought to the spelling in which records are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Expectation(String);

impl Expectation {
    /// Reads what a user expects of records of this type.
    pub(super) fn parse(kind: RecordKind, text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        if text.is_empty() {
            return Err("write a value, or leave it out");
        }
        let spelling = match kind {
            RecordKind::A => match text.parse::<Ipv4Addr>() {
                Ok(address) => address.to_string(),
                Err(_) => return Err("an answer of the type A is an IPv4 address"),
            },
            RecordKind::Aaaa => match text.parse::<Ipv6Addr>() {
                Ok(address) => IpAddr::V6(address).to_string(),
                Err(_) => return Err("an answer of the type AAAA is an IPv6 address"),
            },
            // Upper and lower case differ in texts, and so do quotation marks inside them.
            RecordKind::Txt => text
                .strip_prefix('"')
                .and_then(|text| text.strip_suffix('"'))
                .unwrap_or(text)
                .to_owned(),
            _ => plain(text),
        };
        Ok(Self(spelling))
    }

    /// Whether the record is the expected one. A mail server may be named without its preference.
    pub(super) fn is(&self, data: &RData) -> bool {
        match data {
            RData::A(_) | RData::AAAA(_) | RData::TXT(_) => text_of(data) == self.0,
            RData::MX(mx) => plain(&text_of(data)) == self.0 || name_text(&mx.exchange) == self.0,
            _ => plain(&text_of(data)) == self.0,
        }
    }
}

/// Words in lower case, without quotation marks and last dots, one space apart.
fn plain(text: &str) -> String {
    text.split_whitespace()
        .map(|word| {
            let word = word.replace('"', "").to_ascii_lowercase();
            match word.strip_suffix('.') {
                Some(bare) if !bare.is_empty() => bare.to_owned(),
                _ => word,
            }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use hickory_resolver::proto::rr::rdata::{A, CAA, MX, SRV, TXT};

    fn name(text: &str) -> Name {
        Name::from_ascii(text).unwrap()
    }

    #[test]
    #[expect(clippy::type_complexity, reason = "a table of cases")]
    fn records_are_written_as_dig_writes_them_and_met_in_the_spellings_of_people() {
        let mx = RData::MX(MX::new(10, name("Mail.Example.COM.")));
        let srv = RData::SRV(SRV::new(1, 2, 5060, name("sip.example.com.")));
        let txt = RData::TXT(TXT::new(vec!["v=spf1 ".into(), "-ALL".into()]));
        let caa = RData::CAA(CAA::new_issue(false, Some(name("ca.example.net")), vec![]));
        let cases: [(RData, RecordKind, &str, &[&str], &[&str]); 5] = [
            (
                RData::A(A::new(192, 0, 2, 7)),
                RecordKind::A,
                "192.0.2.7",
                &["192.0.2.7", " 192.0.2.7 "],
                &["192.0.2.8"],
            ),
            (
                mx,
                RecordKind::Mx,
                "10 mail.example.com",
                &[
                    "10 mail.example.com.",
                    "MAIL.example.com",
                    "10  mail.example.com",
                ],
                &["20 mail.example.com", "example.com"],
            ),
            (
                srv,
                RecordKind::Srv,
                "1 2 5060 sip.example.com",
                &["1 2 5060 sip.example.com."],
                &["1 2 5061 sip.example.com"],
            ),
            (
                txt,
                RecordKind::Txt,
                "v=spf1 -ALL",
                &["v=spf1 -ALL", "\"v=spf1 -ALL\""],
                &["v=spf1 -all"],
            ),
            (
                caa,
                RecordKind::Caa,
                "0 issue \"ca.example.net\"",
                &["0 issue \"ca.example.net\"", "0 issue ca.example.net"],
                &["0 issuewild ca.example.net"],
            ),
        ];
        for (data, kind, text, met, unmet) in cases {
            assert_eq!(text_of(&data), text);
            for value in met {
                assert!(
                    Expectation::parse(kind, value).unwrap().is(&data),
                    "{value}"
                );
            }
            for value in unmet {
                assert!(
                    !Expectation::parse(kind, value).unwrap().is(&data),
                    "{value}"
                );
            }
        }
        assert!(Expectation::parse(RecordKind::A, "::1").is_err());
        assert!(Expectation::parse(RecordKind::Aaaa, "192.0.2.1").is_err());
        assert!(Expectation::parse(RecordKind::Txt, "  ").is_err());
    }
}
