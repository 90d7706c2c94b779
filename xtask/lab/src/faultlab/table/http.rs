//! HTTP servers that fail, and those that only look like it.

use crate::{
    faultlab::mode::{Draft, Expect, Mode, Script},
    target::{http::HttpFault, tcp::Gate, tls::TlsFault},
};

const GET: Draft = with(r#"{"method":"GET"}"#);
const HEAD: Draft = with("{}");
const FOLLOWING: Draft = with(r#"{"method":"GET","followRedirects":true}"#);

const fn with(config: &'static str) -> Draft {
    Draft {
        kind: "HTTP",
        config,
        more: "{}",
    }
}

const fn mode(
    name: &'static str,
    does: &'static str,
    fault: HttpFault,
    monitor: Draft,
    expect: Expect,
) -> Mode {
    Mode {
        name,
        does,
        script: Script::Http(fault),
        monitor,
        expect,
    }
}

pub(super) const STATUS: &[Mode] = &[
    mode(
        "http-500",
        "Answers 500.",
        HttpFault::Status(500),
        GET,
        Expect::down("HTTP_STATUS"),
    ),
    mode(
        "http-503",
        "Answers 503 where every status of the class 2xx is well.",
        HttpFault::Status(503),
        with(r#"{"method":"GET","expectedStatus":["2xx"]}"#),
        Expect::down("HTTP_STATUS"),
    ),
    mode(
        "http-204-for-200",
        "Answers 204, which is not the one expected status.",
        HttpFault::Status(204),
        GET,
        Expect::down("HTTP_STATUS"),
    ),
    mode(
        "http-expected-404",
        "Answers 404, which is expected too.",
        HttpFault::Status(404),
        with(r#"{"method":"GET","expectedStatus":[200,404]}"#),
        Expect::up(),
    ),
    mode(
        "http-post-405",
        "Answers 405 to POST alone.",
        HttpFault::StatusOf("POST", 405),
        with(r#"{"method":"POST","body":"{}","contentType":"application/json"}"#),
        Expect::down("HTTP_STATUS"),
    ),
    mode(
        "http-403-with-header",
        "Answers 403 to requests that carry a header.",
        HttpFault::StatusByHeader("x-role: probe", true, 403),
        with(r#"{"method":"GET","headers":{"x-role":"probe"}}"#),
        Expect::down("HTTP_STATUS"),
    ),
    mode(
        "http-401-without-header",
        "Answers 401 to requests without a header; ours carries it.",
        HttpFault::StatusByHeader("x-role: probe", false, 401),
        with(r#"{"method":"GET","headers":{"x-role":"probe"}}"#),
        Expect::up(),
    ),
    mode(
        "http-get-fails-head-is-well",
        "Answers 500 to GET and 200 to HEAD.",
        HttpFault::StatusOf("GET", 500),
        GET,
        Expect::down("HTTP_STATUS"),
    ),
    mode(
        "http-head-fails-get-is-well",
        "Answers 405 to HEAD and 200 to GET.",
        HttpFault::StatusOf("HEAD", 405),
        HEAD,
        Expect::down("HTTP_STATUS"),
    ),
    mode(
        "http-head-fails-and-nobody-asks",
        "Answers 405 to HEAD and 200 to GET.",
        HttpFault::StatusOf("HEAD", 405),
        GET,
        Expect::up(),
    ),
    mode(
        "http-get-fails-and-nobody-asks",
        "Answers 500 to GET and 200 to HEAD.",
        HttpFault::StatusOf("GET", 500),
        HEAD,
        Expect::up(),
    ),
    mode(
        "http-head-announces",
        "The answer to HEAD announces a gigabyte, of which nothing comes, as it should not.",
        HttpFault::HeadAnnounces,
        HEAD,
        Expect::up(),
    ),
];

pub(super) const DELAYS: &[Mode] = &[
    Mode {
        name: "http-late-connect",
        does: "Attempts to connect go unanswered.",
        script: Script::HttpPort(Gate::Silent),
        monitor: GET,
        expect: Expect::down("CONNECT_TIMEOUT"),
    },
    Mode {
        name: "http-late-tls",
        does: "The handshake is answered after 1.5 s.",
        script: Script::Https(TlsFault::Late(1_500)),
        monitor: super::tls::HTTPS,
        expect: Expect::down("TLS_HANDSHAKE"),
    },
    mode(
        "http-late-head",
        "The answer comes after 1.5 s.",
        HttpFault::LateHead(1_500),
        GET,
        Expect::down("TIMEOUT_FIRST_BYTE"),
    ),
    mode(
        "http-late-body",
        "The body comes 1.5 s after the head.",
        HttpFault::LateBody(1_500),
        GET,
        Expect::down("TIMEOUT_BODY"),
    ),
    mode(
        "http-late-both",
        "Head and body come each after 0.7 s, which is too long together.",
        HttpFault::LateBoth(700),
        GET,
        Expect::down("TIMEOUT_BODY"),
    ),
    mode(
        "http-late-in-time",
        "Head and body come each after 0.2 s, which is soon enough.",
        HttpFault::LateBoth(200),
        GET,
        Expect::up(),
    ),
    mode(
        "http-slow",
        "The answer comes after 0.7 s, and should after 0.4 s at most.",
        HttpFault::LateHead(700),
        with(
            r#"{"method":"GET","assertions":[{"type":"TOTAL_TIME","maxMs":400,"severity":"DEGRADED"}]}"#,
        ),
        Expect::degraded("SLOW"),
    ),
    mode(
        "http-slow-first-byte",
        "The first byte comes after 0.7 s, and should after 0.4 s at most.",
        HttpFault::LateHead(700),
        with(
            r#"{"method":"GET","assertions":[{"type":"PHASE_TIME","phase":"FIRST_BYTE","maxMs":400,"severity":"DEGRADED"}]}"#,
        ),
        Expect::degraded("SLOW"),
    ),
    mode(
        "http-drip-head",
        "The head comes a byte every 0.1 s.",
        HttpFault::DripHead,
        GET,
        Expect::down("TIMEOUT_FIRST_BYTE"),
    ),
    mode(
        "http-drip-body",
        "The body comes a byte every 0.1 s.",
        HttpFault::DripBody,
        GET,
        Expect::down("TIMEOUT_BODY"),
    ),
    mode(
        "http-hang",
        "Accepts the connection, and reads and says nothing.",
        HttpFault::Hang,
        GET,
        Expect::down("TIMEOUT_FIRST_BYTE"),
    ),
];

pub(super) const BODIES: &[Mode] = &[
    Mode {
        name: "http-refused",
        does: "Nothing listens.",
        script: Script::HttpPort(Gate::Refused),
        monitor: GET,
        expect: Expect::down("CONNECT_REFUSED"),
    },
    mode(
        "http-reset",
        "Resets the connection instead of answering.",
        HttpFault::Reset,
        GET,
        Expect::down("CONNECT_RESET"),
    ),
    mode(
        "http-reset-in-body",
        "Resets the connection in the middle of the body.",
        HttpFault::ResetInBody,
        GET,
        Expect::down("CONNECT_RESET"),
    ),
    mode(
        "http-close",
        "Closes the connection instead of answering.",
        HttpFault::Close,
        GET,
        Expect::down("PROTOCOL"),
    ),
    mode(
        "http-garbage",
        "Answers like a mail server.",
        HttpFault::Garbage,
        GET,
        Expect::down("PROTOCOL"),
    ),
    mode(
        "http-truncated-length",
        "The body is shorter than its announced length.",
        HttpFault::ShortOfLength,
        GET,
        Expect::down("BODY_TRUNCATED"),
    ),
    mode(
        "http-truncated-chunks",
        "The connection ends before the last chunk of the body.",
        HttpFault::ShortOfChunks,
        GET,
        Expect::down("BODY_TRUNCATED"),
    ),
    mode(
        "http-endless",
        "The body never ends.",
        HttpFault::Endless,
        GET,
        Expect::down("BODY_TOO_LARGE"),
    ),
    mode(
        "http-endless-chunks",
        "The body never ends, chunk by chunk.",
        HttpFault::EndlessChunks,
        GET,
        Expect::down("BODY_TOO_LARGE"),
    ),
    mode(
        "http-large-header",
        "One header of 128 KiB.",
        HttpFault::HeaderBytes(128 * 1024),
        GET,
        Expect::down("HEADERS_TOO_LARGE"),
    ),
    mode(
        "http-many-headers",
        "200 headers.",
        HttpFault::HeaderLines(200),
        GET,
        Expect::down("HEADERS_TOO_LARGE"),
    ),
    mode(
        "http-bomb",
        "Compressed, 16 MiB of zeros, although the request asks for no compression: what was asserted is not found, and nothing is unpacked.",
        HttpFault::Bomb,
        with(
            r#"{"method":"GET","assertions":[{"type":"BODY_CONTAINS","text":"\"status\":\"ok\""}]}"#,
        ),
        Expect::down("ASSERTION"),
    ),
];

pub(super) const REDIRECTS: &[Mode] = &[
    mode(
        "http-redirect-loop",
        "Two addresses redirect to each other.",
        HttpFault::RedirectLoop,
        FOLLOWING,
        Expect::down("REDIRECT_LOOP"),
    ),
    mode(
        "http-redirect-chain",
        "Twelve redirects, of which ten are followed.",
        HttpFault::RedirectChain(12),
        FOLLOWING,
        Expect::down("TOO_MANY_REDIRECTS"),
    ),
    mode(
        "http-redirect-chain-in-bounds",
        "Nine redirects to a good answer.",
        HttpFault::RedirectChain(9),
        FOLLOWING,
        Expect::up(),
    ),
    mode(
        "http-redirect-not-followed",
        "A redirect to a good answer, and redirects are not followed.",
        HttpFault::Redirect,
        GET,
        Expect::down("HTTP_STATUS"),
    ),
];
