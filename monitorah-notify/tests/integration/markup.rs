//! Text of strangers is text: no markup, no mention, no link comes out of it in any channel, and
//! the limits hold.

#[cfg(test)]
mod tests {
    use crate::rig::{Rig, config};
    use monitorah_notify::{
        http::Url,
        testkit::{Receiver, Reply, hostile_message},
    };
    use serde_json::{Value, json};

    /// What somebody who controls a target would put into an error.
    const TEXTS: [&str; 12] = [
        "<!channel> <!here> <@U012AB3CD> <!subteam^S1>",
        "<https://evil.example|click here>",
        "@everyone @here <@123> <@&456> <#789>",
        "[click](https://evil.example) ![x](https://evil.example/x.png)",
        "**bold** _it_ ~~no~~ `code` ||spoiler|| > quote # head - item",
        "```\nblock\n```",
        "<b>bold</b> <a href=\"https://evil.example\">x</a> <tg-spoiler>x</tg-spoiler>",
        "</code></b><a href='https://evil.example'>x</a>",
        "</Say><Redirect>https://evil.example</Redirect><Say>",
        "&lt;b&gt; &amp;amp; &#60;script&#62;",
        "a\u{202e}gnp.exe\u{200b}\u{0}\u{7}",
        "\\*not\\* \\<@1\\> \\",
    ];

    async fn sent(kind: &str, config: Value, receiver: &Receiver, text: &str) -> Vec<u8> {
        let before = receiver.request_count();
        let rig = Rig::local();
        let channel = rig.of(kind, config);
        channel.deliver(&hostile_message(text)).await.unwrap();
        receiver.received(before + 1).await.pop().unwrap().body
    }

    async fn json_of(kind: &str, text: &str) -> Value {
        let receiver = Receiver::start(Reply::status(200)).await.unwrap();
        let config = config(kind, &receiver.origin());
        serde_json::from_slice(&sent(kind, config, &receiver, text).await).unwrap()
    }

    /// Every text of a value, with the type of the object that it stands in.
    fn texts<'a>(value: &'a Value, found: &mut Vec<(&'a str, &'a str)>) {
        match value {
            Value::Object(members) => {
                if let Some(text) = members.get("text").and_then(Value::as_str) {
                    let kind = members.get("type").and_then(Value::as_str);
                    found.push((kind.unwrap_or("top"), text));
                }
                members.values().for_each(|value| texts(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| texts(value, found)),
            _ => {}
        }
    }

    fn units(text: &str) -> usize {
        text.encode_utf16().count()
    }

    fn unseen(text: &str) -> bool {
        text.chars()
            .any(|c| (c.is_control() && c != '\n') || matches!(c, '\u{202e}' | '\u{200b}'))
    }

    #[tokio::test]
    async fn slack() {
        for text in TEXTS.into_iter().chain([&*"<&>".repeat(9_000)]) {
            let body = json_of("SLACK", text).await;
            let mut found = Vec::new();
            texts(&body, &mut found);
            assert!(found.len() > 5);
            for (kind, text) in found {
                assert!(units(text) <= 3_000, "{}", units(text));
                assert!(!unseen(text), "{text:?}");
                if kind == "mrkdwn" {
                    // Labels of ours, and the link.
                    let ours = text.starts_with('*') && text.ends_with('*')
                        || text.starts_with("<https://monitor.example.org/");
                    assert!(ours, "{text}");
                } else {
                    assert!(!text.contains(['<', '>']), "{text}");
                    for (at, _) in text.match_indices('&') {
                        let entity = ["&amp;", "&lt;", "&gt;"];
                        assert!(entity.iter().any(|e| text[at..].starts_with(e)), "{text}");
                    }
                }
            }
            let blocks = body["blocks"].as_array().unwrap().len()
                + body["attachments"][0]["blocks"].as_array().unwrap().len();
            assert!(blocks <= 50);
            for block in body["attachments"][0]["blocks"].as_array().unwrap() {
                assert!(
                    block["fields"]
                        .as_array()
                        .is_none_or(|fields| fields.len() <= 10)
                );
            }
            assert_eq!(body["mrkdwn"], json!(false));
        }
    }

    #[tokio::test]
    async fn discord() {
        for text in TEXTS
            .into_iter()
            .chain([&*"*_".repeat(9_000), &*"\u{1f534}".repeat(9_000)])
        {
            let body = json_of("DISCORD", text).await;
            assert_eq!(body["allowed_mentions"], json!({"parse": []}));
            assert_eq!(body.get("content"), None);
            let embed = &body["embeds"][0];
            let mut all = vec![embed["title"].as_str().unwrap()];
            assert!(units(all[0]) <= 256);
            let mut total = units(all[0]);
            for field in embed["fields"].as_array().unwrap() {
                let (name, value) = (
                    field["name"].as_str().unwrap(),
                    field["value"].as_str().unwrap(),
                );
                assert!(!value.is_empty() && units(value) <= 1_024);
                total += units(name) + units(value);
                all.push(value);
            }
            assert!(total + "Monitorah".len() <= 6_000, "{total}");
            assert!(embed["fields"].as_array().unwrap().len() <= 25);
            for text in all {
                assert!(!unseen(text), "{text:?}");
                // Every character of markup has its backslash, and no backslash is left over.
                let mut characters = text.chars();
                while let Some(character) = characters.next() {
                    if character == '\\' {
                        let next = characters.next().expect("a backslash escapes something");
                        assert!(!next.is_alphanumeric() && next != '\u{2026}', "{text}");
                    } else {
                        assert!(!"*_~`|<>#[]()@:".contains(character), "{character} {text}");
                    }
                }
            }
        }
    }

    #[tokio::test]
    async fn telegram() {
        for text in TEXTS
            .into_iter()
            .chain([&*"<&>\"".repeat(9_000), &*"\u{1f534}".repeat(9_000)])
        {
            let body = json_of("TELEGRAM", text).await;
            let text = body["text"].as_str().unwrap();
            assert!(units(text) <= 4_096);
            assert!(!unseen(text), "{text:?}");
            // The tags are ours, each opened and closed.
            let mut open = Vec::new();
            for part in text.split('<').skip(1) {
                let tag = part.split('>').next().unwrap();
                match tag.strip_prefix('/') {
                    Some(name) => assert_eq!(open.pop(), Some(name), "{text}"),
                    None => {
                        let name = tag.split(' ').next().unwrap();
                        assert!(["b", "code", "a"].contains(&name), "{tag}");
                        let link = "a href=\"https://monitor.example.org/";
                        assert!(name != "a" || tag.starts_with(link), "{tag}");
                        open.push(name);
                    }
                }
            }
            assert!(open.is_empty(), "{text}");
            // Outside of code nothing is a mention.
            let bare = text.split("<code>").next().unwrap();
            for (at, _) in bare.match_indices('@') {
                assert!(bare[at + 1..].starts_with('\u{2060}'), "{bare:?}");
            }
        }
    }

    #[tokio::test]
    async fn pagerduty() {
        for text in TEXTS.into_iter().chain([&*"\u{1f534}".repeat(9_000)]) {
            let body = json_of("PAGERDUTY", text).await;
            let payload = &body["payload"];
            assert!(units(payload["summary"].as_str().unwrap()) <= 1_024);
            assert!(body["dedup_key"].as_str().unwrap().len() <= 255);
            for value in payload["custom_details"].as_object().unwrap().values() {
                assert!(units(value.as_str().unwrap()) <= 1_024);
                assert!(!unseen(value.as_str().unwrap()));
            }
        }
    }

    #[tokio::test]
    async fn twilio() {
        for text in TEXTS.into_iter().chain([&*"<&>\"'".repeat(9_000)]) {
            for (mode, name, limit) in [("SMS", "Body", 1_600), ("VOICE", "Twiml", 4_000)] {
                let receiver = Receiver::start(Reply::status(201)).await.unwrap();
                let mut config = config("TWILIO", &receiver.origin());
                config["mode"] = json!(mode);
                let body = sent("TWILIO", config, &receiver, text).await;
                let form = format!("http://x.example/?{}", String::from_utf8(body).unwrap());
                let form = Url::parse(&form).unwrap();
                let names: Vec<_> = form
                    .query_pairs()
                    .map(|(name, _)| name.into_owned())
                    .collect();
                assert_eq!(names, ["To", name, "From"]);
                let said = form.query_pairs().nth(1).unwrap().1.into_owned();
                assert!(units(&said) <= limit, "{mode} {}", units(&said));
                assert!(!unseen(&said), "{said:?}");
                if mode == "VOICE" {
                    let tags: Vec<_> = said
                        .split('<')
                        .skip(1)
                        .map(|part| part.split('>').next().unwrap())
                        .collect();
                    let ours = [
                        "?xml version=\"1.0\" encoding=\"UTF-8\"?",
                        "Response",
                        "Say",
                        "/Say",
                        "Pause length=\"1\"/",
                        "Say",
                        "/Say",
                        "/Response",
                    ];
                    assert_eq!(tags, ours, "{said}");
                }
            }
        }
    }
}
