//! The machine's resolver against a name server of our own: what each kind of answer means.

#[cfg(test)]
mod tests {
    use monitorah_core::net::{Family, Resolve, ResolveError, SystemResolver};
    use std::{net::SocketAddr, time::Duration};
    use tokio::net::UdpSocket;

    /// A name server that answers by the first label: `a`, `dual`, `nx`, `fail`, `nodata`, silence.
    async fn server() -> SocketAddr {
        #[expect(clippy::disallowed_methods, reason = "the test's own name server")]
        let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let address = socket.local_addr().unwrap();
        #[expect(clippy::disallowed_methods, reason = "the test's own name server")]
        tokio::spawn(async move {
            let mut query = [0; 512];
            while let Ok((length, from)) = socket.recv_from(&mut query).await {
                if let Some(reply) = reply(&query[..length]) {
                    let _closed = socket.send_to(&reply, from).await;
                }
            }
        });
        address
    }

    /// The reply in wire format (RFC 1035, section 4), without any library of the code under test.
    fn reply(query: &[u8]) -> Option<Vec<u8>> {
        let mut at = 12;
        let mut labels = Vec::new();
        while query[at] != 0 {
            let length = usize::from(query[at]);
            labels.push(String::from_utf8_lossy(&query[at + 1..=at + length]).to_lowercase());
            at += length + 1;
        }
        let question = &query[12..at + 5];
        let wants_v6 = query[at + 2] == 28;
        let v4: &[u8] = &[192, 0, 2, 7];
        let mut v6 = [0_u8; 16];
        v6[..4].copy_from_slice(&[0x20, 0x01, 0x0d, 0xb8]);
        let (code, data): (u8, Option<&[u8]>) = match (labels[0].as_str(), wants_v6) {
            ("a" | "dual", false) => (0, Some(v4)),
            ("dual", true) => (0, Some(&v6)),
            ("a" | "nodata", _) => (0, None),
            ("nx", _) => (3, None),
            ("fail", _) => (2, None),
            _ => return None,
        };
        let mut reply = query[..2].to_vec();
        reply.extend([0x81, 0x80 | code, 0, 1, 0, u8::from(data.is_some())]);
        let authority = u8::from(data.is_none() && code != 2);
        reply.extend([0, authority, 0, 0]);
        reply.extend(question);
        if let Some(data) = data {
            reply.extend([
                0xc0,
                12,
                0,
                if wants_v6 { 28 } else { 1 },
                0,
                1,
                0,
                0,
                0,
                42,
            ]);
            reply.extend([0, u8::try_from(data.len()).unwrap()]);
            reply.extend(data);
        } else if authority == 1 {
            // The start of authority that makes a negative answer one (RFC 2308).
            reply.extend([0xc0, 12, 0, 6, 0, 1, 0, 0, 0, 9, 0, 22, 0, 0]);
            reply.extend([0; 20]);
        }
        Some(reply)
    }

    #[tokio::test]
    async fn each_answer_has_its_meaning() {
        let server = server().await;
        let resolver = SystemResolver::asking(&[server], Duration::from_millis(300)).unwrap();
        let answer = resolver.resolve("a.test.", Family::Any).await.unwrap();
        assert_eq!(
            answer.addresses,
            ["192.0.2.7".parse::<std::net::IpAddr>().unwrap()]
        );
        assert_eq!(answer.ttl, Duration::from_secs(42));
        let dual = resolver.resolve("dual.test.", Family::Any).await.unwrap();
        assert_eq!(dual.addresses.len(), 2);
        let v6 = resolver.resolve("dual.test.", Family::Ipv6).await.unwrap();
        assert!(v6.addresses.iter().all(std::net::IpAddr::is_ipv6));
        for (name, family, error) in [
            ("a.test.", Family::Ipv6, ResolveError::NoAddress),
            ("nx.test.", Family::Any, ResolveError::NoSuchName),
            ("nodata.test.", Family::Any, ResolveError::NoAddress),
            ("fail.test.", Family::Any, ResolveError::ServerFailure),
            ("silent.test.", Family::Ipv4, ResolveError::Timeout),
        ] {
            assert_eq!(
                resolver.resolve(name, family).await.map(|_| ()),
                Err(error),
                "{name}"
            );
        }
        let long = format!("{}.test.", "x".repeat(64));
        assert_eq!(
            resolver.resolve(&long, Family::Ipv4).await.map(|_| ()),
            Err(ResolveError::NoSuchName)
        );
    }

    #[tokio::test]
    async fn no_server_at_all_is_our_own_fault() {
        let resolver = SystemResolver::asking(&[], Duration::from_millis(300)).unwrap();
        let error = resolver.resolve("a.test.", Family::Ipv4).await.unwrap_err();
        assert_eq!(error, ResolveError::Unavailable);
    }
}
