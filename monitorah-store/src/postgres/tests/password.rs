//! The password of the login: it opens, and no log of statements and their values has a word of it.

use super::*;

/// Who is not the administrator says a password.
const HBA: &str = "local all postgres trust\nlocal all all scram-sha-256\n";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_login_signs_in_with_its_password_which_stands_in_no_log() {
    // Unlike other files it is looked for from where the server was started.
    let settings = ["hba_file=hba.conf", "log_statement=all"];
    let files = [("hba.conf", HBA)];
    let cluster = Cluster::start_with(&settings, &files, 5432).await.unwrap();
    let database = cluster.database().await.unwrap();
    // The second is not normalised by us, and goes as it is.
    for (word, is_logged) in [("canary 7f3a'\"\\$%&", false), ("canary7f3ä", true)] {
        let login = |word| PostgresTarget::of(cluster.login(&database)).with_password(word);
        migrate(&PostgresTarget::of(database.clone()), &login(word))
            .await
            .unwrap();
        let options = || PostgresOptions {
            connections: 1,
            ..PostgresOptions::new(Arc::new(SystemEnvironment::new()))
        };
        let store = PostgresStore::connect(&login(word), options())
            .await
            .unwrap();
        store.close().await;
        let wrong = PostgresStore::connect(&login("canary"), options()).await;
        assert!(wrong.is_err(), "another password opens nothing");
        let log = std::fs::read_to_string(cluster.log()).unwrap();
        assert!(log.contains("DETAIL:  parameters:"), "values are logged");
        let start: String = word.chars().take(9).collect();
        assert_eq!(log.contains(&start), is_logged, "{word}");
    }
}
