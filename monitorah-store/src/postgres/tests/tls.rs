//! Every sslmode against a real server, whose certificate is right or wrong.

use super::*;
use std::{net::TcpListener, path::Path};

/// A certificate authority, and what a server of this name shows: chain and key.
fn issue(name: &str) -> (String, String, String) {
    let mut params = rcgen::CertificateParams::new(Vec::<String>::new()).unwrap();
    params.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    let key = rcgen::KeyPair::generate().unwrap();
    let authority = rcgen::CertifiedIssuer::self_signed(params, key).unwrap();
    let params = rcgen::CertificateParams::new(vec![name.to_owned()]).unwrap();
    let key = rcgen::KeyPair::generate().unwrap();
    let leaf = params.signed_by(&key, &authority).unwrap();
    (authority.pem(), leaf.pem(), key.serialize_pem())
}

/// A port that nobody listens on.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Connects as a URL says: whether the session is encrypted, or why there is none.
async fn connect(url: &str) -> Result<bool, String> {
    let target = PostgresTarget::parse(url).unwrap();
    let options = PostgresOptions::new(Arc::new(SystemEnvironment::new()));
    let store = PostgresStore::connect(&target, options)
        .await
        .map_err(|error| format!("{error}: {}", std::error::Error::source(&error).unwrap()))?;
    let encrypted = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    let encrypted = sqlx::query_scalar(encrypted)
        .fetch_one(&store.pool)
        .await
        .unwrap();
    store.close().await;
    Ok(encrypted)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_sslmode_does_what_it_says() {
    let (authority, certificate, key) = issue("127.0.0.1");
    let (stranger, ..) = issue("127.0.0.1");
    let port = free_port();
    let settings = [
        "listen_addresses=127.0.0.1",
        "ssl=on",
        "ssl_cert_file=../server.crt",
        "ssl_key_file=../server.key",
    ];
    let files = [
        ("server.crt", certificate.as_str()),
        ("server.key", key.as_str()),
    ];
    let cluster = Cluster::start_with(&settings, &files, port).await.unwrap();
    let (store, database) = migrated(&cluster, 1).await;
    store.close().await;
    let name = database.get_database().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let (known, unknown) = (write("ca.pem", &authority), write("other.pem", &stranger));
    let url = |host: &str, mode: &str, root: Option<&Path>| {
        let root = root.map_or(String::new(), |root| {
            format!("&sslrootcert={}", root.display())
        });
        format!("postgres://monitorah@{host}:{port}/{name}?sslmode={mode}{root}")
    };
    for (host, mode, root, encrypted) in [
        ("127.0.0.1", "disable", None, false),
        ("127.0.0.1", "prefer", None, true),
        ("127.0.0.1", "require", None, true),
        ("127.0.0.1", "verify-ca", Some(&*known), true),
        // Another name than the certificate's: only verify-full looks at it.
        ("localhost", "verify-ca", Some(&*known), true),
        ("127.0.0.1", "verify-full", Some(&*known), true),
    ] {
        let url = url(host, mode, root);
        assert_eq!(connect(&url).await, Ok(encrypted), "{url}");
    }
    for (host, mode, root) in [
        ("127.0.0.1", "verify-ca", Some(&*unknown)),
        ("127.0.0.1", "verify-full", Some(&*unknown)),
        ("localhost", "verify-full", Some(&*known)),
        // The authorities of this machine did not sign it.
        ("127.0.0.1", "verify-full", None),
    ] {
        let url = url(host, mode, root);
        let refused = connect(&url).await.unwrap_err();
        assert!(refused.contains("is not trusted"), "{url}: {refused}");
        assert!(refused.contains("sslrootcert"), "{url}: {refused}");
        assert!(
            refused.contains("invalid peer certificate"),
            "{url}: {refused}"
        );
    }
    drop(cluster);

    // A server without TLS: only who insists on it is refused.
    let port = free_port();
    let cluster = Cluster::start_with(&["listen_addresses=127.0.0.1"], &[], port)
        .await
        .unwrap();
    let (store, database) = migrated(&cluster, 1).await;
    store.close().await;
    let name = database.get_database().unwrap();
    let url = |mode: &str| format!("postgres://monitorah@127.0.0.1:{port}/{name}?sslmode={mode}");
    assert_eq!(connect(&url("prefer")).await, Ok(false));
    for mode in ["require", "verify-full"] {
        let refused = connect(&url(mode)).await.unwrap_err();
        assert!(
            refused.contains("no encrypted connection"),
            "{mode}: {refused}"
        );
        assert!(refused.contains("ssl = on"), "{mode}: {refused}");
    }
}
