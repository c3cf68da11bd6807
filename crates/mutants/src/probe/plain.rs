//! What of an answer is the same each time: without what is random or of the moment.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value};

/// What an answer is compared with: what came before it.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// Every secret so far.
    secrets: Vec<String>,
    /// Public keys, by the number of their configuration.
    keys: HashMap<i64, String>,
    /// Times of creation, by what was created.
    times: HashMap<String, String>,
}

impl Notes {
    /// The secret that was given out last.
    pub(crate) fn secret(&self) -> &str {
        self.secrets.last().map(String::as_str).unwrap_or_default()
    }

    /// The answer without what is random or of the moment.
    pub(crate) fn plain(&mut self, answer: &str) -> String {
        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((answer, ""));
        let passing = |line: &&str| {
            let name = line.split(':').next().unwrap_or_default().to_lowercase();
            !["date", "x-request-id", "content-length"].contains(&name.as_str())
        };
        let mut head: Vec<&str> = head.lines().filter(passing).collect();
        // Whether the announced length is right matters, not what it is.
        let announced = answer.lines().find_map(|line| line.strip_prefix("content-length: "));
        let fits = announced.and_then(|length| length.trim().parse().ok());
        if fits.is_some_and(|length: usize| length != body.len()) {
            head.push("(another length)");
        }
        match serde_json::from_str::<Value>(body) {
            Ok(mut value) => {
                let usual = value.to_string();
                if usual != body {
                    head.push("(JSON written in another way)");
                }
                let head = head.join("\n");
                self.mask(&mut value);
                format!("{head}\n{value}")
            }
            Err(_) => format!("{}\n{body}", head.join("\n")),
        }
    }

    fn mask(&mut self, value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| self.mask(item)),
            Value::Object(object) => self.mask_object(object),
            _ => {}
        }
    }

    fn mask_object(&mut self, object: &mut Map<String, Value>) {
        let id = object.get("id").and_then(Value::as_i64).unwrap_or_default();
        if let Some(Value::String(secret)) = object.get_mut("token") {
            *secret = self.secret_kind(secret);
        }
        if let Some(Value::String(key)) = object.get_mut("public_key") {
            *key = self.key_kind(id, key);
        }
        let kind = if object.contains_key("agent_id") { "token" } else { "agent" };
        if let Some(Value::String(time)) = object.get_mut("created_at") {
            *time = self.time_kind(format!("{kind} {id}"), time);
        }
        object.values_mut().filter(|value| value.is_object()).for_each(|value| self.mask(value));
    }

    /// What can be said of a secret: its form, and whether others begin in the same way.
    fn secret_kind(&mut self, secret: &str) -> String {
        let common =
            |other: &String| other.chars().zip(secret.chars()).take_while(|(a, b)| a == b).count();
        let known = self.secrets.iter().map(common).max().unwrap_or_default() > 16;
        self.secrets.push(secret.to_owned());
        let plain = secret.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
        format!("(secret of {}, known {known}, plain {plain})", secret.len())
    }

    fn key_kind(&mut self, id: i64, key: &str) -> String {
        let fresh = !self.keys.iter().any(|(other, known)| *other != id && known == key);
        let known = self.keys.entry(id).or_insert_with(|| key.to_owned());
        format!(
            "(key of {}, fresh {fresh}, same {})",
            key.trim_end_matches('=').len(),
            known == key
        )
    }

    /// A time of now as its form, and whether it is that of the first time.
    fn time_kind(&mut self, what: String, time: &str) -> String {
        let of_now = |time: &DateTime<Utc>| (Utc::now() - *time).num_minutes().abs() < 10;
        if time.parse::<DateTime<Utc>>().ok().filter(of_now).is_none() && time.len() > 22 {
            return time.to_owned();
        }
        let known = self.times.entry(what).or_insert_with(|| time.to_owned());
        let form: String = time.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
        format!("{form} {}", if known == time { "same" } else { "changed" })
    }
}
