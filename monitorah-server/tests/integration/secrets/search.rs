//! Looks for secrets in every form that they could have been written down in, in one pass over what is searched.

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE},
};
use std::collections::{BTreeMap, HashMap};

/// How many bytes of a form are looked at first.
const HEAD: usize = 6;

pub(super) fn url_form(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

fn hex(text: &str) -> String {
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}

/// The forms of a secret that a dump could hold. Base64 depends on what stands before it: the
/// middle of all three alignments is looked for.
pub(super) fn forms(secret: &str) -> Vec<(&'static str, Vec<u8>)> {
    let json = serde_json::to_string(secret).unwrap();
    let mut forms = vec![
        ("raw", secret.as_bytes().to_vec()),
        ("json", json[1..json.len() - 1].into()),
        ("hex", hex(secret).into_bytes()),
        ("HEX", hex(secret).to_uppercase().into_bytes()),
        ("url", url_form(secret).into_bytes()),
        ("url lower", url_form(secret).to_lowercase().into_bytes()),
    ];
    let wide = |bytes: fn(u16) -> [u8; 2]| secret.encode_utf16().flat_map(bytes).collect();
    forms.push(("UTF-16LE", wide(u16::to_le_bytes)));
    forms.push(("UTF-16BE", wide(u16::to_be_bytes)));
    // As a dump has bytes.
    let as_hex = |bytes: &[u8]| -> Vec<u8> {
        let digits = bytes.iter().map(|byte| format!("{byte:02x}"));
        digits.collect::<String>().into_bytes()
    };
    let wide: Vec<_> = [
        ("UTF-16LE", "UTF-16LE as hex"),
        ("UTF-16BE", "UTF-16BE as hex"),
    ]
    .into_iter()
    .filter_map(|(form, dumped)| {
        let bytes = &forms.iter().find(|(name, _)| *name == form)?.1;
        Some((dumped, as_hex(bytes)))
    })
    .collect();
    forms.extend(wide);
    for pad in 0..3 {
        let padded = format!("{}{secret}", "x".repeat(pad));
        for engine in [&STANDARD, &URL_SAFE] {
            let encoded = engine.encode(&padded).into_bytes();
            let middle = encoded[4..encoded.len() - 4].to_vec();
            forms.push(("base64", middle));
        }
    }
    forms
}

/// A form: of which secret, what it is called, and its bytes.
type Form = (usize, &'static str, Vec<u8>);

/// All forms of all secrets, by how they begin.
pub(super) struct Search {
    by_head: HashMap<[u8; HEAD], Vec<Form>>,
    /// Which pairs of bytes any form begins with.
    begins: Vec<bool>,
}

impl Search {
    pub(super) fn new(secrets: &[String]) -> Self {
        let mut search = Self {
            by_head: HashMap::new(),
            begins: vec![false; 1 << 16],
        };
        for (number, secret) in secrets.iter().enumerate() {
            for (form, bytes) in forms(secret) {
                assert!(bytes.len() >= 8, "secret {number} is too short to be found");
                let head: [u8; HEAD] = bytes[..HEAD].try_into().unwrap();
                search.begins[usize::from(head[0]) << 8 | usize::from(head[1])] = true;
                let same = search.by_head.entry(head).or_default();
                same.push((number, form, bytes));
            }
        }
        search
    }

    /// Every secret in it, once a form: its number and the form.
    pub(super) fn find(&self, bytes: &[u8]) -> Vec<(usize, &'static str)> {
        let mut found = Vec::new();
        let mut first = 0_usize;
        for (end, &byte) in bytes.iter().enumerate() {
            let pair = (first << 8 | usize::from(byte)) & 0xffff;
            first = usize::from(byte);
            if !self.begins[pair] || end == 0 {
                continue;
            }
            let rest = &bytes[end - 1..];
            let Some(head) = rest.first_chunk::<HEAD>() else {
                break;
            };
            for (number, form, whole) in self.by_head.get(head).into_iter().flatten() {
                if rest.starts_with(whole) && !found.contains(&(*number, *form)) {
                    found.push((*number, *form));
                }
            }
        }
        found
    }
}

/// Everything that is searched, by its name.
pub(super) type Artefacts = BTreeMap<String, Vec<u8>>;

/// Every place where one of the secrets stands.
pub(super) fn hits(artefacts: &Artefacts, secrets: &[String]) -> Vec<String> {
    let search = Search::new(secrets);
    artefacts
        .iter()
        .flat_map(|(name, bytes)| {
            let found = search.find(bytes).into_iter();
            found.map(move |(number, form)| format!("secret {number} as {form} in {name}"))
        })
        .collect()
}

#[test]
fn every_form_is_found_wherever_it_stands() {
    let secrets = ["cny+one/000?%&12345678", "cny+two/001?%&9abcdef0"].map(str::to_owned);
    let search = Search::new(&secrets);
    for (number, secret) in secrets.iter().enumerate() {
        for (form, bytes) in forms(secret) {
            for before in 0..5 {
                let text = [&vec![b'c'; before][..], &bytes, b"c"].concat();
                let found = search.find(&text);
                assert!(found.contains(&(number, form)), "{form} after {before}");
            }
            // Its end alone, and what is cut off, is no hit of that form.
            assert!(
                !search
                    .find(&bytes[..bytes.len() - 1])
                    .contains(&(number, form))
            );
        }
        for pad in 0..3 {
            let text = STANDARD.encode(format!("{}{secret} and more", "y".repeat(pad)));
            let found = search.find(text.as_bytes());
            assert!(found.contains(&(number, "base64")), "{pad}");
        }
    }
    assert!(search.find(b"nothing of all that").is_empty());
}
