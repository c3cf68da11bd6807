//! What the server said.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

/// What the server said of an error, in whichever of GitLab's forms it came.
///
/// ```
/// use cluster_agents_client::Message;
///
/// let text = Message::from_body(br#"{"message":"404 Project Not Found"}"#).unwrap();
/// assert_eq!(text, Message::Text("404 Project Not Found".to_owned()));
/// let fields = Message::from_body(br#"{"message":{"name":["is taken","is short"]}}"#).unwrap();
/// assert_eq!(fields.to_string(), "name: is taken, is short");
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Message {
    /// A sentence. An OAuth 2.0 error is its code, a colon and its description.
    Text(String),
    /// Several sentences.
    List(Vec<String>),
    /// Reasons by the field that they are about.
    ByField(BTreeMap<String, Vec<String>>),
}

impl Message {
    /// Reads the body of an error: JSON with `message` or `error`, or a short plain text as some
    /// proxies send it. `None` for anything else, such as HTML.
    #[must_use]
    pub fn from_body(body: &[u8]) -> Option<Self> {
        match serde_json::from_slice(body) {
            Ok(Value::Object(object)) => {
                let said = |key: &str| object.get(key).filter(|value| !value.is_null());
                let oauth = || match (said("error")?, said("error_description")?) {
                    (Value::String(code), Value::String(why)) => Some(format!("{code}: {why}")),
                    _ => None,
                };
                let message = || said("message").or_else(|| said("error")).map(from_value);
                oauth().map(Self::Text).or_else(message)
            }
            Ok(_) => None,
            Err(_) => plain(body),
        }
    }
}

fn from_value(value: &Value) -> Message {
    match value {
        Value::Array(items) => Message::List(items.iter().map(text).collect()),
        Value::Object(fields) => Message::ByField(
            fields.iter().map(|(field, reasons)| (field.clone(), texts(reasons))).collect(),
        ),
        other => Message::Text(text(other)),
    }
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().map(text).collect(),
        other => vec![text(other)],
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}

/// One line of text that is no markup.
fn plain(body: &[u8]) -> Option<Message> {
    /// Longer than any sentence of a proxy.
    const LONGEST: usize = 200;
    let line = std::str::from_utf8(body).ok()?.trim();
    let is_sentence = (1..=LONGEST).contains(&line.len()) && !line.contains(['<', '\n', '{']);
    is_sentence.then(|| Message::Text(line.to_owned()))
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::List(texts) => f.write_str(&texts.join("; ")),
            Self::ByField(fields) => {
                let told = |(field, reasons): (&String, &Vec<String>)| {
                    format!("{field}: {}", reasons.join(", "))
                };
                f.write_str(&fields.iter().map(told).collect::<Vec<_>>().join("; "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(body: &str) -> Option<String> {
        Message::from_body(body.as_bytes()).map(|message| message.to_string())
    }

    #[test]
    fn every_form_of_gitlab_is_understood() {
        for (body, expected) in [
            (r#"{"message":"404 Not found"}"#, "404 Not found"),
            (r#"{"error":"name is missing"}"#, "name is missing"),
            (r#"{"message":["a","b"]}"#, "a; b"),
            (r#"{"message":{"name":["a","b"],"url":"c"}}"#, "name: a, b; url: c"),
            (r#"{"message":{"error":"too many"}}"#, "error: too many"),
            (
                r#"{"error":"invalid_token","error_description":"Token is expired."}"#,
                "invalid_token: Token is expired.",
            ),
            (r#"{"message":null,"error":"a"}"#, "a"),
            (r#"{"message":7}"#, "7"),
            ("Retry later\n", "Retry later"),
        ] {
            assert_eq!(said(body).as_deref(), Some(expected), "{body}");
        }
    }

    #[test]
    fn what_is_no_message_is_none() {
        for body in ["", "<html>502</html>", "[]", "{}", r#"{"id":1}"#, "a\nb", "{broken"] {
            assert_eq!(said(body), None, "{body}");
        }
        assert_eq!(said(&"long ".repeat(100)), None);
        assert_eq!(Message::from_body(&[0xff, 0xfe]), None);
    }
}
