//! TLS servers whose certificate or protocol is wrong.

use crate::{
    faultlab::mode::{Draft, Expect, Mode, Script},
    target::tls::TlsFault,
};

pub(super) const HTTPS: Draft = Draft {
    kind: "HTTP",
    config: r#"{"method":"GET","caPem":"{ca}"}"#,
    more: "{}",
};

const TLS: Draft = Draft {
    kind: "TLS",
    config: r#"{"caPem":"{ca}"}"#,
    more: "{}",
};

const fn tls(
    name: &'static str,
    does: &'static str,
    fault: TlsFault,
    reason: &'static str,
) -> Mode {
    Mode {
        name,
        does,
        script: Script::Tls(fault),
        monitor: TLS,
        expect: Expect::down(reason),
    }
}

const fn https(
    name: &'static str,
    does: &'static str,
    fault: TlsFault,
    reason: &'static str,
) -> Mode {
    Mode {
        name,
        does,
        script: Script::Https(fault),
        monitor: HTTPS,
        expect: Expect::down(reason),
    }
}

pub(super) const MODES: &[Mode] = &[
    tls(
        "tls-expired",
        "The certificate has expired.",
        TlsFault::Expired,
        "TLS_EXPIRED",
    ),
    https(
        "https-expired",
        "The certificate has expired.",
        TlsFault::Expired,
        "TLS_EXPIRED",
    ),
    tls(
        "tls-not-yet-valid",
        "The certificate is not valid yet.",
        TlsFault::NotYet,
        "TLS_EXPIRED",
    ),
    Mode {
        expect: Expect::degraded("TLS_EXPIRING").telling(
            &["certificate.expiring", "monitor.degraded"],
            &["monitor.up"],
        ),
        ..tls(
            "tls-expiring",
            "The certificate expires in five days.",
            TlsFault::Expiring(5),
            "TLS_EXPIRING",
        )
    },
    Mode {
        expect: Expect::up().telling(&["certificate.expiring"], &[]),
        ..https(
            "https-expiring",
            "The certificate expires in five days, which is no failure of the answer.",
            TlsFault::Expiring(5),
            "OK",
        )
    },
    tls(
        "tls-self-signed",
        "The certificate is signed by itself.",
        TlsFault::SelfSigned,
        "TLS_UNTRUSTED",
    ),
    https(
        "https-self-signed",
        "The certificate is signed by itself.",
        TlsFault::SelfSigned,
        "TLS_UNTRUSTED",
    ),
    tls(
        "tls-wrong-host",
        "The certificate is for another name.",
        TlsFault::WrongHost,
        "TLS_HOSTNAME",
    ),
    https(
        "https-wrong-host",
        "The certificate is for another name.",
        TlsFault::WrongHost,
        "TLS_HOSTNAME",
    ),
    Mode {
        expect: Expect::up(),
        ..tls(
            "tls-1.2-only",
            "Speaks TLS 1.2 and nothing newer, which is well.",
            TlsFault::Only12,
            "OK",
        )
    },
    Mode {
        monitor: Draft {
            config: r#"{"caPem":"{ca}","minProtocol":"TLS_1_3"}"#,
            ..TLS
        },
        ..tls(
            "tls-1.2-for-1.3",
            "Speaks TLS 1.2 and nothing newer, where TLS 1.3 is asked for.",
            TlsFault::Only12,
            "TLS_OLD_PROTOCOL",
        )
    },
    tls(
        "tls-1.1-only",
        "Speaks TLS 1.1 and nothing newer: an alert.",
        TlsFault::Only11Alert,
        "TLS_OLD_PROTOCOL",
    ),
    https(
        "https-1.1-only",
        "Speaks TLS 1.1 and nothing newer: a hello of its own version.",
        TlsFault::Only11Hello,
        "TLS_OLD_PROTOCOL",
    ),
    tls(
        "tls-abort",
        "The connection ends in the handshake.",
        TlsFault::Abort,
        "TLS_HANDSHAKE",
    ),
    tls(
        "tls-silent",
        "The handshake is never answered.",
        TlsFault::Silent,
        "TLS_HANDSHAKE",
    ),
    https(
        "https-not-tls",
        "What answers is not TLS.",
        TlsFault::Plain,
        "TLS_HANDSHAKE",
    ),
];
