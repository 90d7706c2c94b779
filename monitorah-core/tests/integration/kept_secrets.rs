//! A stored secret is kept only for where it was sent before, also when the check is of another crate.

#[cfg(test)]
mod tests {
    use crate::house::House;
    use monitorah_core::{monitor::Policy, service::ServiceError};
    use serde_json::{Value, json};
    use std::time::Duration;

    const HERE: &str = "postgres://db.example.org:5432/shop";

    fn wrong(outcome: Result<(), ServiceError>) -> Vec<String> {
        match outcome {
            Ok(()) => Vec::new(),
            Err(ServiceError::Invalid(fields)) => fields
                .into_iter()
                .map(|field| format!("{} {}", field.pointer, field.message))
                .collect(),
            Err(error) => panic!("{error}"),
        }
    }

    fn config(change: &Value) -> Value {
        let mut config = json!({
            "server": "https://vault.example.org",
            "relay": "socks5://relay.example.org:1080",
            "retries": 2,
            "token": {"secret": "set"},
        });
        for (name, value) in change.as_object().unwrap() {
            config[name.as_str()] = value.clone();
        }
        config
    }

    #[test]
    fn a_check_of_another_crate_keeps_its_secret_only_where_it_is() {
        let mut house = House::new(21);
        let moved =
            ["/config/token where this secret is sent changes: send the secret itself again"];
        for (kind, whole) in [("KEYED", true), ("NAMED_KEYED", false)] {
            let first = config(&json!({"token": "canary"}));
            let every = Policy::every(Duration::from_secs(60));
            let monitor = house.create(kind, kind, HERE.to_owned(), every, first);
            // What stays where it is may change otherwise; defaults may be left out.
            house.rename(monitor, "another name").unwrap();
            house.reconfigure(monitor, config(&json!({}))).unwrap();
            let more = json!({"retries": 3});
            assert_eq!(
                wrong(house.reconfigure(monitor, config(&more))).is_empty(),
                !whole
            );
            for change in [
                json!({"server": "https://evil.example.org"}),
                json!({"relay": "socks5://evil.example.org:1080"}),
                json!({"relay": null}),
            ] {
                let outcome = house.reconfigure(monitor, config(&change));
                assert_eq!(wrong(outcome), moved, "{kind} {change}");
            }
            for target in [
                "postgres://evil.example.org:5432/shop",
                "postgres://db.example.org:5433/shop",
                "tcp://db.example.org:5432/shop",
            ] {
                assert_eq!(
                    wrong(house.retarget(monitor, target)),
                    moved,
                    "{kind} {target}"
                );
            }
            let elsewhere = "postgres://db.example.org:5432/other";
            let outcome = wrong(house.retarget(monitor, elsewhere));
            assert_eq!(outcome.is_empty(), !whole, "{kind}: {outcome:?}");
            // With the secret itself it goes anywhere.
            let new = config(&json!({"token": "new", "server": "https://other.example.org"}));
            house.reconfigure(monitor, new).unwrap();
        }
    }

    #[test]
    fn a_default_that_is_left_out_moves_nothing() {
        let mut house = House::new(22);
        let every = Policy::every(Duration::from_secs(60));
        let first = json!({"server": "a", "token": "canary"});
        let monitor = house.create("k", "KEYED", HERE.to_owned(), every, first);
        let again = json!({"server": "a", "token": {"secret": "set"}});
        house.reconfigure(monitor, again.clone()).unwrap();
        let mut written = again;
        written["retries"] = json!(0);
        written["relay"] = Value::Null;
        house.reconfigure(monitor, written).unwrap();
    }
}
