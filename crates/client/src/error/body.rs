//! What is kept of the body of an error: not much, and no secret.

use serde_json::Value;

/// How many bytes of a body are kept for people to look at.
const KEPT: usize = 4 * 1024;

const HIDDEN: &str = "[secret]";

/// Members whose values are secret wherever they come.
const SECRET_MEMBERS: [&str; 5] =
    ["token", "client_key", "private_token", "access_token", "password"];

/// Shorter parts of a secret could be anything.
const SHORTEST_PART: usize = 8;

/// The body as text with every secret hidden. `secrets` are those that were sent.
pub(super) fn without_secrets(body: &[u8], secrets: &[String]) -> String {
    let mut text = String::from_utf8_lossy(body).into_owned();
    if let Ok(mut json) = serde_json::from_slice::<Value>(body)
        && hide_members(&mut json)
    {
        text = json.to_string();
    }
    for part in secrets.iter().flat_map(|secret| parts(secret)) {
        if text.contains(&part) {
            text = text.replace(&part, HIDDEN);
        }
    }
    text
}

/// The first bytes of a text, whole characters only.
pub(super) fn bounded(mut text: String) -> String {
    if text.len() > KEPT {
        text.truncate(text.floor_char_boundary(KEPT));
        text.push('…');
    }
    text
}

/// Hides the secret members at any depth; whether there were any.
fn hide_members(value: &mut Value) -> bool {
    match value {
        // Each is looked at, also after one was found.
        Value::Array(items) => {
            items.iter_mut().filter_map(|item| hide_members(item).then_some(())).count() > 0
        }
        Value::Object(members) => members.iter_mut().fold(false, |found, (name, value)| {
            let secret = SECRET_MEMBERS.contains(&name.as_str()) && value.is_string();
            if secret {
                *value = HIDDEN.into();
            }
            secret || hide_members(value) || found
        }),
        _ => false,
    }
}

/// A secret as it may be quoted: whole, as JSON writes it, or line by line.
fn parts(secret: &str) -> Vec<String> {
    let escaped = Value::from(secret).to_string();
    let whole = [secret, escaped.trim_matches('"')];
    let lines = secret.lines().filter(|line| !line.starts_with("-----"));
    let long = |part: &&str| part.len() >= SHORTEST_PART;
    whole.into_iter().chain(lines).filter(long).map(ToOwned::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_that_was_sent_is_hidden_however_it_is_quoted() {
        let key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2Vw\n-----END PRIVATE KEY-----\n";
        let token = "glpat-0123456789";
        let secrets = [key.to_owned(), token.to_owned()];
        for body in [
            format!("no such token: {token}"),
            serde_json::json!({"message": format!("bad key {key}")}).to_string(),
            "{\"message\":\"line 2 is wrong: MC4CAQAwBQYDK2Vw\"}".to_owned(),
            key.to_owned(),
        ] {
            let kept = without_secrets(body.as_bytes(), &secrets);
            assert!(kept.contains(HIDDEN), "{kept}");
            assert!(!kept.contains("MC4CAQ") && !kept.contains(token), "{kept}");
        }
    }

    #[test]
    fn a_secret_that_was_received_is_hidden_by_its_name() {
        let body = r#"{"error":"x","data":[{"id":1,"token":"glagent-abc"}]}"#;
        assert_eq!(
            without_secrets(body.as_bytes(), &[]),
            r#"{"error":"x","data":[{"id":1,"token":"[secret]"}]}"#
        );
    }

    #[test]
    fn a_body_without_secrets_is_kept_as_it_came() {
        let body = "{ \"message\" : \"404 Not found\" }";
        assert_eq!(without_secrets(body.as_bytes(), &["glpat-0123456789".to_owned()]), body);
    }

    #[test]
    fn a_long_body_is_cut_between_characters() {
        let kept = bounded("ü".repeat(KEPT));
        assert!(kept.len() <= KEPT + '…'.len_utf8() && kept.ends_with("ü…"));
        assert_eq!(bounded("short".to_owned()), "short");
    }
}
