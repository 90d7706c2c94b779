//! Name servers and TCP ports that fail.

use crate::{
    faultlab::mode::{Draft, Expect, Mode, Script},
    target::{dns::DnsFault, tcp::Gate},
};

const DNS: Draft = Draft {
    kind: "DNS",
    config: r#"{"recordType":"A","server":"{server}"}"#,
    more: "{}",
};
const OUR_SERVERS: Draft = Draft {
    kind: "DNS",
    config: r#"{"recordType":"A"}"#,
    more: "{}",
};
const HTTP: Draft = Draft {
    kind: "HTTP",
    config: r#"{"method":"GET","addressFamily":"IPV4"}"#,
    more: "{}",
};
const PORT: Draft = Draft {
    kind: "PORT",
    config: "{}",
    more: "{}",
};

const fn dns(name: &'static str, does: &'static str, fault: DnsFault, expect: Expect) -> Mode {
    Mode {
        name,
        does,
        script: Script::Dns(fault),
        monitor: DNS,
        expect,
    }
}

const fn named(name: &'static str, does: &'static str, fault: DnsFault, expect: Expect) -> Mode {
    Mode {
        name,
        does,
        script: Script::NamedHttp(fault),
        monitor: HTTP,
        expect,
    }
}

pub(super) const MODES: &[Mode] = &[
    dns(
        "dns-nxdomain",
        "The name does not exist.",
        DnsFault::Nxdomain,
        Expect::down("DNS_NXDOMAIN"),
    ),
    dns(
        "dns-servfail",
        "The name server fails.",
        DnsFault::Servfail,
        Expect::down("DNS_SERVFAIL"),
    ),
    dns(
        "dns-silence",
        "The name server says nothing.",
        DnsFault::Silence,
        Expect::down("DNS_TIMEOUT"),
    ),
    dns(
        "dns-cname-to-nowhere",
        "The name is an alias of one that does not exist.",
        DnsFault::CnameToNowhere,
        Expect::down("DNS_NXDOMAIN"),
    ),
    dns(
        "dns-cname-to-nothing",
        "The name is an alias of one without an address.",
        DnsFault::CnameToNothing,
        Expect::down("DNS_MISMATCH"),
    ),
    dns(
        "dns-slow",
        "The name server answers after 0.4 s, which is soon enough.",
        DnsFault::Slow(400),
        Expect::up(),
    ),
    dns(
        "dns-too-slow",
        "The name server answers after 1.5 s.",
        DnsFault::Slow(1_500),
        Expect::down("DNS_TIMEOUT"),
    ),
    Mode {
        monitor: Draft {
            config: r#"{"recordType":"A","server":"{server}","expectedValues":["127.0.0.1"]}"#,
            ..DNS
        },
        ..dns(
            "dns-other-address",
            "The name has another address.",
            DnsFault::OtherAddress,
            Expect::down("DNS_MISMATCH"),
        )
    },
    Mode {
        script: Script::NamedDns(DnsFault::FirstSilent),
        monitor: OUR_SERVERS,
        ..dns(
            "dns-one-of-two-dead",
            "The first of our two name servers is silent.",
            DnsFault::FirstSilent,
            Expect::up(),
        )
    },
    named(
        "http-dns-nxdomain",
        "The name in the URL does not exist.",
        DnsFault::Nxdomain,
        Expect::down("DNS_NXDOMAIN"),
    ),
    named(
        "http-dns-servfail",
        "Our name servers fail for the name in the URL.",
        DnsFault::Servfail,
        Expect::down("DNS_SERVFAIL"),
    ),
    named(
        "http-dns-silence",
        "Our name servers say nothing of the name in the URL.",
        DnsFault::Silence,
        Expect::down("DNS_TIMEOUT"),
    ),
    named(
        "http-dns-cname-to-nowhere",
        "The name in the URL is an alias of one that does not exist.",
        DnsFault::CnameToNowhere,
        Expect::down("DNS_NXDOMAIN"),
    ),
    named(
        "http-dns-slow",
        "Our name servers answer after 0.4 s, which is soon enough.",
        DnsFault::Slow(400),
        Expect::up(),
    ),
    named(
        "http-dns-too-slow",
        "Our name servers answer after 1.5 s.",
        DnsFault::Slow(1_500),
        Expect::down("DNS_TIMEOUT"),
    ),
    named(
        "http-dns-one-of-two-dead",
        "The first of our two name servers is silent.",
        DnsFault::FirstSilent,
        Expect::up(),
    ),
    Mode {
        name: "tcp-refused",
        does: "Nothing listens.",
        script: Script::Port(Gate::Refused),
        monitor: PORT,
        expect: Expect::down("CONNECT_REFUSED"),
    },
    Mode {
        name: "tcp-silent",
        does: "Attempts to connect go unanswered.",
        script: Script::Port(Gate::Silent),
        monitor: PORT,
        expect: Expect::down("CONNECT_TIMEOUT"),
    },
    Mode {
        name: "tcp-opens-up",
        does: "A port that should be closed accepts connections.",
        script: Script::Port(Gate::OpensUp),
        monitor: Draft {
            config: r#"{"expectOpen":false}"#,
            ..PORT
        },
        expect: Expect::down("PORT_OPEN"),
    },
];
