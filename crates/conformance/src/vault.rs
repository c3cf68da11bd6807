//! The secrets of a run: recognised wherever they come back, and kept out of everything that is written.

use std::collections::HashMap;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};

use crate::target::encode_segment;

/// Shorter secrets are kept out of reports but not searched for: they would be found by chance.
const SHORTEST_CANARY: usize = 16;
/// How many bytes of a form are its key in the index.
const KEY: usize = 8;

/// All secrets that were sent or received so far.
#[derive(Default)]
pub(crate) struct Vault {
    secrets: Vec<Known>,
    index: HashMap<[u8; KEY], Vec<Form>>,
    /// What must not be shown, by its first byte, the longest first, so that no secret hides a
    /// longer one; each with the index of its secret.
    shown: HashMap<u8, Vec<(String, usize)>>,
}

/// What sort of secret something is, which decides the requirement that a leak breaks.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    /// An actor's access token.
    AccessToken,
    /// The secret of an agent token.
    AgentToken,
    /// A private key.
    PrivateKey,
}

struct Known {
    text: String,
    label: String,
    kind: Kind,
}

struct Form {
    bytes: Vec<u8>,
    secret: usize,
    encoding: &'static str,
}

/// A secret that came back.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Leak {
    pub(crate) kind: Kind,
    /// What the secret is, never its value.
    pub(crate) label: String,
    /// How it was written.
    pub(crate) encoding: &'static str,
}

impl Vault {
    /// Remembers a secret under a label that may be shown.
    pub(crate) fn keep(&mut self, kind: Kind, text: &str, label: impl Into<String>) {
        if text.is_empty() || self.secrets.iter().any(|known| known.text == text) {
            return;
        }
        let secret = self.secrets.len();
        self.secrets.push(Known { text: text.to_owned(), label: label.into(), kind });
        self.show(text, secret);
        if text.len() >= SHORTEST_CANARY {
            for (bytes, encoding) in forms(text) {
                self.add(Form { bytes, secret, encoding });
            }
        }
    }

    /// The first secret in `bytes`, in any encoding that is searched for.
    pub(crate) fn find(&self, bytes: &[u8]) -> Option<Leak> {
        self.locate(bytes).map(|(_, form)| self.leak(form))
    }

    fn locate(&self, bytes: &[u8]) -> Option<(usize, &Form)> {
        bytes.windows(KEY).enumerate().find_map(|(at, window)| {
            let forms = self.index.get(window)?;
            Some((at, forms.iter().find(|form| bytes[at..].starts_with(&form.bytes))?))
        })
    }

    fn leak(&self, form: &Form) -> Leak {
        let known = &self.secrets[form.secret];
        Leak { kind: known.kind, label: known.label.clone(), encoding: form.encoding }
    }

    /// `text` without any secret, and what had to be taken out of it. What is put in its place means
    /// nothing in JSON, XML, HTML or Markdown.
    pub(crate) fn scrub(&self, text: &str) -> (String, Vec<Leak>) {
        self.without_canaries(text, &|label| format!("({label})"))
    }

    /// `text` with a label in the place of every secret.
    pub(crate) fn redact(&self, text: &str) -> String {
        let clean = self.without_shown_forms(text);
        self.without_canaries(&clean, &|label| format!("<{label}>")).0
    }

    fn without_canaries(
        &self,
        text: &str,
        instead: &dyn Fn(&str) -> String,
    ) -> (String, Vec<Leak>) {
        let (mut clean, mut leaks) = (text.to_owned(), Vec::<Leak>::new());
        while let Some((at, form)) = self.locate(clean.as_bytes()) {
            let leak = self.leak(form);
            clean.replace_range(at..at + form.bytes.len(), &instead(&leak.label));
            if !leaks.contains(&leak) {
                leaks.push(leak);
            }
        }
        (clean, leaks)
    }

    fn without_shown_forms(&self, text: &str) -> String {
        let mut redacted = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(next) = rest.chars().next() {
            match self.shown_at(rest) {
                Some((form, secret)) => {
                    redacted.push_str(&format!("<{}>", self.secrets[*secret].label));
                    rest = &rest[form.len()..];
                }
                None => {
                    redacted.push(next);
                    rest = &rest[next.len_utf8()..];
                }
            }
        }
        redacted
    }

    /// The form that a text begins with.
    fn shown_at(&self, text: &str) -> Option<&(String, usize)> {
        let forms = self.shown.get(text.as_bytes().first()?)?;
        forms.iter().find(|(form, _)| text.starts_with(form.as_str()))
    }

    fn show(&mut self, text: &str, secret: usize) {
        let base64 = STANDARD.encode(text);
        for form in [text.to_owned(), json_escaped(text), encode_segment(text), base64] {
            let Some(first) = form.bytes().next() else { continue };
            let forms = self.shown.entry(first).or_default();
            let at = forms.partition_point(|(known, _)| known.len() >= form.len());
            forms.insert(at, (form, secret));
        }
    }

    fn add(&mut self, form: Form) {
        if let Some(key) = form.bytes.first_chunk::<KEY>() {
            let bucket = self.index.entry(*key).or_default();
            if !bucket.iter().any(|known| known.bytes == form.bytes) {
                bucket.push(form);
            }
        }
    }
}

/// How a secret may be written: as it is, escaped, and as Base64 wherever it begins in a longer text.
fn forms(secret: &str) -> Vec<(Vec<u8>, &'static str)> {
    let mut forms = Vec::new();
    // Of a PEM every line is telling, and line ends may change on the way.
    for line in
        secret.lines().filter(|line| line.len() >= SHORTEST_CANARY && !line.starts_with("--"))
    {
        forms.push((line.as_bytes().to_vec(), "plain"));
        forms.push((json_escaped(line).into_bytes(), "JSON-escaped"));
        forms.push((encode_segment(line).into_bytes(), "percent-encoded"));
        for offset in 0..3 {
            forms.extend(base64_forms(line, offset));
        }
    }
    forms
}

/// Base64 of `secret` behind `offset` bytes of something else, without the characters that depend
/// on what is around it.
fn base64_forms(secret: &str, offset: usize) -> impl Iterator<Item = (Vec<u8>, &'static str)> {
    let mut padded = vec![0; offset];
    padded.extend(secret.as_bytes());
    let whole = padded.len() / 3 * 4;
    let first = if offset == 0 { 0 } else { 4 };
    let cut = move |text: String| text.as_bytes()[first..whole].to_vec();
    let standard = cut(STANDARD_NO_PAD.encode(&padded));
    let url_safe = cut(URL_SAFE_NO_PAD.encode(&padded));
    [(standard, "Base64"), (url_safe, "Base64")].into_iter()
}

fn json_escaped(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault").field("secrets", &self.secrets.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "glagent-0123456789_abcdefghijklmnopqrstuvwxyz.ABCDEFGH";

    fn vault() -> Vault {
        let mut vault = Vault::default();
        vault.keep(Kind::AgentToken, SECRET, "secret 1");
        vault
    }

    #[test]
    fn a_secret_is_found_in_every_encoding_and_place() {
        let plain = format!("{{\"a\":\"{SECRET}\"}}");
        assert_eq!(vault().find(plain.as_bytes()).map(|leak| leak.encoding), Some("plain"));
        for before in ["", "x", "xy", "xyz"] {
            let encoded = STANDARD_NO_PAD.encode(format!("{before}{SECRET} and more"));
            let leak = vault().find(encoded.as_bytes());
            assert_eq!(leak.map(|leak| leak.encoding), Some("Base64"), "behind `{before}`");
        }
    }

    #[test]
    fn every_line_of_a_key_is_a_canary() {
        let key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAAA/+AA\n-----END PRIVATE KEY-----\n";
        let mut vault = Vault::default();
        vault.keep(Kind::PrivateKey, key, "client_key");
        assert_eq!(vault.find(b"-----BEGIN PRIVATE KEY----- is no leak"), None);
        assert!(vault.find(b"a MC4CAQAwBQYDK2VwBCIEIAAA/+AA b").is_some());
        assert!(vault.find(b"a MC4CAQAwBQYDK2VwBCIEIAAA%2F%2BAA b").is_some());
    }

    #[test]
    fn what_is_no_secret_is_not_found() {
        assert_eq!(vault().find(b"glagent-0123456789_abcdefghijklmnopqrstuvwxyz.ABCDEFG"), None);
        assert_eq!(vault().find(b""), None);
    }

    #[test]
    fn short_secrets_are_redacted_but_not_searched_for() {
        let mut vault = Vault::default();
        vault.keep(Kind::AccessToken, "guest", "token of the guest");
        assert_eq!(vault.find(b"guest guest guest"), None);
        assert_eq!(vault.redact("a guest b"), "a <token of the guest> b");
    }

    #[test]
    fn what_is_written_is_searched_for_every_encoding_and_told() {
        let encoded = STANDARD_NO_PAD.encode(format!("xy{SECRET} and more"));
        let (clean, leaks) = vault().scrub(&format!("a {SECRET} b {encoded} c {SECRET}"));
        assert_eq!(vault().find(clean.as_bytes()), None, "{clean}");
        assert!(clean.starts_with("a (secret 1) b "), "{clean}");
        let encodings: Vec<_> = leaks.iter().map(|leak| leak.encoding).collect();
        assert_eq!(encodings, ["plain", "Base64"]);
        assert_eq!(vault().scrub("nothing").1, []);
    }

    #[test]
    fn redaction_leaves_no_form_of_a_secret() {
        let mut vault = vault();
        vault.keep(Kind::PrivateKey, "line one of a key\nline two of a key", "client_key");
        let text = format!(
            "{SECRET} {} {}",
            r"line one of a key\nline two of a key",
            "line%20one%20of%20a%20key%0Aline%20two%20of%20a%20key"
        );
        assert_eq!(vault.redact(&text), "<secret 1> <client_key> <client_key>");
        assert!(!format!("{vault:?}").contains("line one"));
    }
}
