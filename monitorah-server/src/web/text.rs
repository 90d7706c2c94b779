//! What the pages say, in every language, by Fluent. No sentence stands in code or in a template.

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use rust_embed::RustEmbed;
use std::{collections::BTreeMap, fmt, sync::Arc};
use unic_langid::LanguageIdentifier;

/// The language of whoever asks for none that we have.
const DEFAULT: &str = "en";

#[derive(RustEmbed)]
#[folder = "locales/"]
struct Locales;

/// A text file of ours cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the texts of the pages cannot be read: {0}")]
pub(crate) struct TextFault(String);

/// The texts of every language.
pub(crate) struct Texts {
    bundles: BTreeMap<String, FluentBundle<FluentResource>>,
}

impl fmt::Debug for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.bundles.keys()).finish()
    }
}

impl Texts {
    /// Reads the embedded files: one folder for each language.
    ///
    /// # Errors
    /// When one of them is not Fluent, or the default language is missing.
    pub(crate) fn read() -> Result<Self, TextFault> {
        let mut bundles = BTreeMap::new();
        for name in Locales::iter() {
            let Some((language, _)) = name.split_once('/') else {
                continue;
            };
            let fault = |what: String| TextFault(format!("{name}: {what}"));
            let id: LanguageIdentifier = language
                .parse()
                .map_err(|_| fault("no language".to_owned()))?;
            let file = Locales::get(&name).ok_or_else(|| fault("gone".to_owned()))?;
            let text = String::from_utf8(file.data.into_owned())
                .map_err(|_| fault("not UTF-8".to_owned()))?;
            let resource = FluentResource::try_new(text)
                .map_err(|(_, errors)| fault(format!("{errors:?}")))?;
            let bundle = bundles.entry(language.to_owned()).or_insert_with(|| {
                let mut bundle = FluentBundle::new_concurrent(vec![id]);
                // Marks of direction around a number would be read by no one: names from users
                // stand in elements of their own.
                bundle.set_use_isolating(false);
                bundle
            });
            bundle
                .add_resource(resource)
                .map_err(|errors| fault(format!("{errors:?}")))?;
        }
        if bundles.contains_key(DEFAULT) {
            Ok(Self { bundles })
        } else {
            Err(TextFault(format!("{DEFAULT} is missing")))
        }
    }

    /// The languages that there are.
    pub(crate) fn languages(&self) -> impl Iterator<Item = &str> {
        self.bundles.keys().map(String::as_str)
    }

    /// The language to answer in: what the visitor chose, or the best of what the browser
    /// accepts (`Accept-Language`), or the default.
    pub(crate) fn language(&self, chosen: Option<&str>, accepted: &str) -> String {
        if let Some(chosen) = chosen.filter(|chosen| self.bundles.contains_key(*chosen)) {
            return chosen.to_owned();
        }
        super::negotiate::accepted(accepted)
            .into_iter()
            .find(|wanted| self.bundles.contains_key(wanted))
            .unwrap_or_else(|| DEFAULT.to_owned())
    }

    /// A text; the key itself where there is none, which a test rules out.
    fn say(&self, language: &str, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        for language in [language, DEFAULT] {
            let Some(bundle) = self.bundles.get(language) else {
                continue;
            };
            let Some(pattern) = bundle.get_message(key).and_then(|text| text.value()) else {
                continue;
            };
            let mut faults = Vec::new();
            let said = bundle.format_pattern(pattern, args, &mut faults);
            if faults.is_empty() {
                return said.into_owned();
            }
        }
        tracing::error!(key, language, "a text of a page is missing");
        key.to_owned()
    }
}

/// The texts in one language: what a template speaks with.
#[derive(Debug, Clone)]
pub(crate) struct Voice {
    texts: Arc<Texts>,
    language: String,
}

impl Voice {
    pub(crate) fn new(texts: &Arc<Texts>, language: String) -> Self {
        Self {
            texts: Arc::<Texts>::clone(texts),
            language,
        }
    }

    /// The language's code, for `lang`.
    pub(crate) fn language(&self) -> &str {
        &self.language
    }

    /// The other languages: code and own name.
    pub(crate) fn others(&self) -> Vec<(String, String)> {
        self.texts
            .languages()
            .filter(|other| *other != self.language)
            .map(|other| {
                let name = self.texts.say(other, "language-name", None);
                (other.to_owned(), name)
            })
            .collect()
    }

    /// A text.
    pub(crate) fn say(&self, key: &str) -> String {
        self.texts.say(&self.language, key, None)
    }

    /// A text about a number.
    pub(crate) fn count(&self, key: &str, count: u64) -> String {
        let mut args = FluentArgs::new();
        args.set("count", FluentValue::from(count));
        self.texts.say(&self.language, key, Some(&args))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::BTreeSet, fs, path::Path};

    fn keys(language: &str) -> BTreeSet<String> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("locales")
            .join(language)
            .join("main.ftl");
        fs::read_to_string(path)
            .unwrap()
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
            .filter_map(|line| line.split_once(" ="))
            .map(|(key, _)| key.to_owned())
            .collect()
    }

    #[test]
    fn every_language_says_the_same_things() {
        let texts = Texts::read().unwrap();
        let expected = keys(DEFAULT);
        assert!(expected.len() > 20);
        for language in texts.languages() {
            assert_eq!(keys(language), expected, "{language}");
            for key in &expected {
                let mut args = FluentArgs::new();
                args.set("count", 3);
                let said = texts.say(language, key, Some(&args));
                assert_ne!(said, *key, "{language}");
                assert!(!said.is_empty());
            }
        }
    }

    /// Every text that code or a template asks for is there, and none is left over.
    #[test]
    fn the_texts_are_those_that_are_asked_for() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut source = String::new();
        for folder in ["templates", "src/web"] {
            for entry in fs::read_dir(root.join(folder)).unwrap() {
                source.push_str(&fs::read_to_string(entry.unwrap().path()).unwrap());
            }
        }
        for key in keys(DEFAULT) {
            assert!(source.contains(&format!("\"{key}\"")), "{key} is not used");
        }
        for call in ["say(\"", "count(\""] {
            for rest in source.split(call).skip(1) {
                let key = rest.split('"').next().unwrap();
                assert!(keys(DEFAULT).contains(key), "{key} is missing");
            }
        }
    }

    #[test]
    fn the_language_is_chosen_then_accepted_then_the_default() {
        let texts = Texts::read().unwrap();
        assert_eq!(texts.language(Some("de"), "en"), "de");
        assert_eq!(texts.language(Some("xx"), "fr, de;q=0.5"), "de");
        assert_eq!(texts.language(None, "en;q=0.5, de-CH;q=0.9"), "de");
        assert_eq!(texts.language(None, "fr"), "en");
        assert_eq!(texts.language(None, ""), "en");
        assert_eq!(texts.language(None, "de;q=0, en"), "en");
    }

    #[test]
    fn numbers_agree() {
        let texts = Arc::new(Texts::read().unwrap());
        let english = Voice::new(&texts, "en".to_owned());
        assert_eq!(english.count("ago-seconds", 1), "1 second ago");
        assert_eq!(english.count("ago-seconds", 2), "2 seconds ago");
        let german = Voice::new(&texts, "de".to_owned());
        assert_eq!(german.count("ago-seconds", 1), "vor 1 Sekunde");
        assert_eq!(german.count("ago-seconds", 2), "vor 2 Sekunden");
    }
}
