//! What strangers may not ask the machine's own name servers, which may know names of the inside.
//! Pure.
//!
//! A name server of a private network answers its users of zones that nobody else sees, and of
//! public zones it may have another view. What an answer says of that is found out only by asking,
//! so what may not be told is not asked at all: neither the answer nor its absence is learned.

use crate::net::{AddressGuard, Question};
use hickory_resolver::proto::rr::{Name, RecordType};
use std::net::SocketAddr;

/// The ends of names that no public server answers for: those of RFC 6761, 6762 (with its appendix
/// G), 7686 and 9476, and `localdomain`, which machines without a domain call theirs.
const ZONES: [&str; 13] = [
    "alt",
    "corp",
    "home",
    "internal",
    "intranet",
    "invalid",
    "lan",
    "local",
    "localdomain",
    "localhost",
    "onion",
    "private",
    "test",
];

/// How many labels a complete reverse name has: `7.2.0.192.in-addr.arpa`, and 32 digits over IPv6.
const REVERSE_LABELS: [u8; 2] = [6, 34];

/// Why strangers may not ask the machine's own servers this.
pub(super) fn refusal(
    question: &Question,
    guard: &AddressGuard,
    search: &[Name],
) -> Option<&'static str> {
    let name = &question.name;
    if below(name, "arpa") {
        let why = "this is not the name of an address that may be reached";
        return (!reverse(question, guard)).then_some(why);
    }
    // One label is a name of the machine's own network; the root has none.
    if name.num_labels() == 1
        || ZONES.iter().any(|zone| below(name, zone))
        || search.iter().any(|zone| zone.zone_of(name))
    {
        return Some("this name is one of the machine's own network, or of no network");
    }
    // Records without addresses cannot be judged by where they lead.
    if !matches!(question.kind, RecordType::A | RecordType::AAAA) {
        return Some(
            "of the machine's own servers only addresses are asked here, and names of addresses",
        );
    }
    None
}

/// Whether the servers know no more than everybody may: the operator chose public ones.
pub(super) fn are_public(servers: &[SocketAddr]) -> bool {
    let guard = AddressGuard::public();
    !servers.is_empty()
        && servers
            .iter()
            .all(|server| guard.check(server.ip()).is_ok())
}

/// Whether the name of one address is asked for, and that address may be reached.
fn reverse(question: &Question, guard: &AddressGuard) -> bool {
    question.kind == RecordType::PTR
        && REVERSE_LABELS.contains(&question.name.num_labels())
        && question
            .name
            .parse_arpa_name()
            .is_ok_and(|net| guard.check(net.addr()).is_ok())
}

fn below(name: &Name, zone: &str) -> bool {
    name.iter()
        .next_back()
        .is_some_and(|label| label.eq_ignore_ascii_case(zone.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(name: &str, kind: RecordType) -> bool {
        let question = Question {
            name: Name::from_ascii(name).unwrap(),
            kind,
        };
        refusal(&question, &AddressGuard::public(), &[]).is_some()
    }

    #[test]
    fn a_reverse_name_is_whole_and_of_a_public_address() {
        for (name, expected) in [
            ("9.9.9.9.in-addr.arpa.", false),
            ("9.9.9.in-addr.arpa.", true),
            ("1.9.9.9.9.in-addr.arpa.", true),
            ("01.0.0.10.in-addr.arpa.", true),
            ("1.0.0.10.IN-ADDR.ARPA.", true),
            (
                "8.8.8.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.6.8.4.0.6.8.4.1.0.0.2.ip6.arpa.",
                false,
            ),
            (
                "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa.",
                true,
            ),
            ("1.0.0.2.ip6.arpa.", true),
            ("home.arpa.", true),
        ] {
            assert_eq!(refused(name, RecordType::PTR), expected, "{name}");
            assert!(refused(name, RecordType::A), "{name}");
        }
    }

    #[test]
    fn every_zone_of_the_list_is_refused_and_what_only_looks_like_it_is_not() {
        for zone in ZONES {
            for name in [format!("{zone}."), format!("a.b.{}.", zone.to_uppercase())] {
                assert!(refused(&name, RecordType::A), "{name}");
            }
            let other = format!("{zone}.example.org.");
            assert!(!refused(&other, RecordType::A), "{other}");
        }
        assert!(ZONES.is_sorted());
        assert!(refused(".", RecordType::NS));
    }

    #[test]
    fn servers_are_public_when_all_of_them_are() {
        let servers = |list: &[&str]| -> Vec<SocketAddr> {
            list.iter().map(|text| text.parse().unwrap()).collect()
        };
        assert!(are_public(&servers(&["9.9.9.9:53", "[2620:fe::fe]:53"])));
        assert!(!are_public(&servers(&["9.9.9.9:53", "10.0.0.53:53"])));
        assert!(!are_public(&servers(&["127.0.0.53:53"])));
        assert!(!are_public(&[]));
    }
}
