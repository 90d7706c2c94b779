//! What receivers say in the bodies of their answers, and what configurations may not say.

#[cfg(test)]
mod tests {
    use crate::rig::{Rig, config};
    use monitorah_core::channel::DeliveryError;
    use monitorah_notify::testkit::{Receiver, Reply, down_message};
    use serde_json::{Value, json};
    use std::time::Duration;

    async fn answered(kind: &str, reply: Reply) -> DeliveryError {
        let receiver = Receiver::start(reply).await.unwrap();
        let rig = Rig::local();
        let channel = rig.of(kind, config(kind, &receiver.origin()));
        let error = channel.deliver(&down_message()).await.unwrap_err();
        assert!(
            !format!("{error} {error:?}").contains("canary"),
            "{error:?}"
        );
        error
    }

    fn detail(error: &DeliveryError) -> String {
        error.to_string()
    }

    fn wait(error: &DeliveryError) -> Option<Duration> {
        match error {
            DeliveryError::Retry { after, .. } => *after,
            other => panic!("{other:?}"),
        }
    }

    #[tokio::test]
    async fn waits_that_stand_in_the_body() {
        let body = json!({"message": "You are being rate limited.", "retry_after": 64.57, "global": false});
        let error = answered("DISCORD", Reply::json(429, &body)).await;
        assert_eq!(wait(&error), Some(Duration::from_millis(64_570)));
        let body = json!({
            "ok": false, "error_code": 429, "description": "Too Many Requests: retry after 35",
            "parameters": {"retry_after": 35},
        });
        let error = answered("TELEGRAM", Reply::json(429, &body)).await;
        assert_eq!(wait(&error), Some(Duration::from_secs(35)));
        for nonsense in [
            json!({"retry_after": "soon"}),
            json!({"retry_after": -1}),
            json!([]),
        ] {
            for kind in ["DISCORD", "TELEGRAM"] {
                assert_eq!(
                    wait(&answered(kind, Reply::json(429, &nonsense)).await),
                    None
                );
            }
        }
        let forever = json!({"retry_after": 1e12, "parameters": {"retry_after": 1_000_000_000}});
        for kind in ["DISCORD", "TELEGRAM"] {
            let error = answered(kind, Reply::json(429, &forever)).await;
            assert_eq!(wait(&error), Some(Duration::from_secs(86_400)));
        }
        // The longer of header and body is asked for.
        let text = "HTTP/1.1 429 Scripted\r\nretry-after: 90\r\ncontent-length: 17\r\n\r\n{\"retry_after\":5}";
        let error = answered("DISCORD", Reply::Text(text.to_owned())).await;
        assert_eq!(wait(&error), Some(Duration::from_secs(90)));
    }

    #[tokio::test]
    async fn errors_that_say_what_to_do() {
        let plain = |code: u16, body: &str| {
            Reply::Text(format!(
                "HTTP/1.1 {code} Scripted\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
                body.len()
            ))
        };
        let telegram = |text: &str| json!({"ok": false, "description": text});
        for (kind, reply, part) in [
            ("SLACK", plain(404, "no_service"), "no_service"),
            (
                "SLACK",
                plain(410, "channel_is_archived"),
                "channel_is_archived",
            ),
            (
                "DISCORD",
                Reply::json(404, &json!({"message": "Unknown Webhook", "code": 10_015})),
                "deleted",
            ),
            (
                "DISCORD",
                Reply::json(400, &json!({"code": 220_001})),
                "threadName",
            ),
            (
                "DISCORD",
                Reply::json(400, &json!({"code": 50_035})),
                "50035",
            ),
            (
                "TELEGRAM",
                Reply::json(401, &telegram("Unauthorized")),
                "token",
            ),
            (
                "TELEGRAM",
                Reply::json(400, &telegram("Bad Request: chat not found")),
                "chat is not found",
            ),
            (
                "TELEGRAM",
                Reply::json(403, &telegram("Forbidden: bot was blocked by the user")),
                "blocked",
            ),
            (
                "TELEGRAM",
                Reply::json(
                    400,
                    &json!({"parameters": {"migrate_to_chat_id": -100_987}}),
                ),
                "-100987",
            ),
            (
                "PAGERDUTY",
                Reply::json(400, &json!({"status": "invalid event"})),
                "routingKey",
            ),
            (
                "TWILIO",
                Reply::json(401, &json!({"code": 20_003})),
                "token is not valid",
            ),
            (
                "TWILIO",
                Reply::json(400, &json!({"code": 21_610})),
                "unsubscribed",
            ),
            (
                "TWILIO",
                Reply::json(400, &json!({"code": 30_007})),
                "30007",
            ),
        ] {
            let error = answered(kind, reply).await;
            assert!(matches!(error, DeliveryError::Refused { .. }), "{error:?}");
            assert!(detail(&error).contains(part), "{kind}: {}", detail(&error));
        }
        // Words that are not on our list stay out.
        let error = answered("SLACK", plain(400, "no_service canary")).await;
        assert_eq!(detail(&error), "the receiver answered 400");
    }

    #[test]
    fn what_configurations_may_not_say() {
        let rig = Rig::local();
        let sid = |prefix: &str| format!("{prefix}0123456789abcdef0123456789abcdef");
        for (kind, field, value, pointer) in [
            ("SLACK", "webhookUrl", json!("canary"), "/config/webhookUrl"),
            (
                "SLACK",
                "webhookUrl",
                json!("ftp://a.example/canary"),
                "/config/webhookUrl",
            ),
            (
                "SLACK",
                "webhookUrl",
                json!("https://canary@a.example/"),
                "/config/webhookUrl",
            ),
            ("SLACK", "webhookUrl", Value::Null, "/config/webhookUrl"),
            ("SLACK", "channel", json!("#canary"), "/config/channel"),
            (
                "DISCORD",
                "webhookUrl",
                json!("https://a.example/#canary"),
                "/config/webhookUrl",
            ),
            ("DISCORD", "username", json!(""), "/config/username"),
            (
                "DISCORD",
                "username",
                json!("x".repeat(81)),
                "/config/username",
            ),
            ("DISCORD", "threadId", json!("canary"), "/config/threadId"),
            (
                "DISCORD",
                "threadName",
                json!("x".repeat(101)),
                "/config/threadName",
            ),
            ("TELEGRAM", "botToken", json!("canary"), "/config/botToken"),
            (
                "TELEGRAM",
                "botToken",
                json!("1:canary/../../canarycanary"),
                "/config/botToken",
            ),
            ("TELEGRAM", "chatId", json!("alerts"), "/config/chatId"),
            ("TELEGRAM", "chatId", json!(5), "/config/chatId"),
            (
                "TELEGRAM",
                "messageThreadId",
                json!(0),
                "/config/messageThreadId",
            ),
            (
                "TELEGRAM",
                "apiUrl",
                json!("https://a.example/?canary"),
                "/config/apiUrl",
            ),
            (
                "PAGERDUTY",
                "routingKey",
                json!("canary"),
                "/config/routingKey",
            ),
            (
                "PAGERDUTY",
                "apiUrl",
                json!("events.pagerduty.com"),
                "/config/apiUrl",
            ),
            (
                "TWILIO",
                "accountSid",
                json!(sid("AB")),
                "/config/accountSid",
            ),
            ("TWILIO", "apiKeySid", json!(sid("AC")), "/config/apiKeySid"),
            ("TWILIO", "authToken", json!(""), "/config/authToken"),
            ("TWILIO", "mode", json!("FAX"), "/config/mode"),
            ("TWILIO", "to", json!("555"), "/config/to"),
            ("TWILIO", "from", json!("a very long name"), "/config/from"),
            ("TWILIO", "from", Value::Null, "/config/from"),
            (
                "TWILIO",
                "messagingServiceSid",
                json!(sid("MG")),
                "/config/messagingServiceSid",
            ),
        ] {
            let mut config = config(kind, "https://receiver.example");
            rig.of(kind, config.clone());
            config[field] = value.clone();
            assert_eq!(
                rig.refused_by(kind, config),
                [pointer],
                "{kind} {field} {value}"
            );
        }
        let mut calls = config("TWILIO", "https://receiver.example");
        calls["mode"] = json!("VOICE");
        calls["from"] = json!("Monitorah");
        assert_eq!(rig.refused_by("TWILIO", calls), ["/config/from"]);
        let mut service = config("TWILIO", "https://receiver.example");
        service["from"] = Value::Null;
        service["messagingServiceSid"] = json!(sid("MG"));
        rig.of("TWILIO", service);
    }
}
