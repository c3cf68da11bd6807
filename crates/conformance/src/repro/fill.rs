//! Puts values in the place of names.

use std::collections::BTreeMap;

use serde_json::Value;

/// The values by name.
pub(super) type Values = BTreeMap<String, Value>;

/// One part of a text with names.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Part<'t> {
    Text(&'t str),
    Name(&'t str),
    /// A character many times.
    Run(char, usize),
}

/// The names that texts can have, beside those that steps save.
const FIXED: [&str; 6] =
    ["run", "project", "second_project", "public_project", "archived_project", "client_key"];

/// Takes a text apart. Braces around anything else are braces.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let (mut rest, mut at) = (text, 0);
    while let Some(open) = rest[at..].find('{').map(|found| at + found) {
        match rest[open + 1..].split_once('}').and_then(|(inner, _)| Some((inner, part(inner)?))) {
            Some((inner, part)) => {
                parts.extend((open > 0).then(|| Part::Text(&rest[..open])));
                parts.push(part);
                rest = &rest[open + inner.len() + 2..];
                at = 0;
            }
            None => at = open + 1,
        }
    }
    parts.extend((!rest.is_empty()).then_some(Part::Text(rest)));
    parts
}

fn part(inner: &str) -> Option<Part<'_>> {
    if let Some((letter, count)) = inner.split_once('*') {
        let letter = letter.parse().ok().filter(char::is_ascii_alphanumeric);
        return letter.zip(count.parse().ok()).map(|(c, count)| Part::Run(c, count));
    }
    let (kind, number) = inner.split_once('_').unwrap_or((inner, ""));
    let is_thing = matches!(kind, "agent" | "token" | "url")
        && number.trim_end_matches("_secret").parse::<usize>().is_ok();
    (is_thing || FIXED.contains(&inner)).then_some(Part::Name(inner))
}

/// The text with its values.
pub(super) fn text(template: &str, values: &Values) -> Result<String, String> {
    let mut out = String::new();
    for part in parts(template) {
        match part {
            Part::Text(text) => out.push_str(text),
            Part::Run(letter, count) => out.extend(std::iter::repeat_n(letter, count)),
            Part::Name(name) => {
                let value = values.get(name).ok_or_else(|| format!("`{name}` is not known"))?;
                match value.as_str() {
                    Some(text) => out.push_str(text),
                    None => out.push_str(&value.to_string()),
                }
            }
        }
    }
    Ok(out)
}

/// A JSON value with its values. A text that is nothing but a name becomes the value itself.
pub(super) fn json(template: &Value, values: &Values) -> Result<Value, String> {
    Ok(match template {
        Value::String(text) => match parts(text)[..] {
            [Part::Name(name)] if values.contains_key(name) => values[name].clone(),
            _ => Value::String(self::text(text, values)?),
        },
        Value::Array(items) => {
            items.iter().map(|item| json(item, values)).collect::<Result<_, _>>()?
        }
        Value::Object(fields) => {
            let pairs = fields.iter().map(|(key, value)| Ok((key.clone(), json(value, values)?)));
            Value::Object(pairs.collect::<Result<_, String>>()?)
        }
        other => other.clone(),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_are_replaced_and_other_braces_stay() {
        let values =
            Values::from([(String::from("run"), json!("1")), (String::from("agent_1"), json!(5))]);
        let filled = |text: &str| super::text(text, &values);
        assert_eq!(filled("/a/{agent_1}?b=cfm-{run}-c").as_deref(), Ok("/a/5?b=cfm-1-c"));
        assert_eq!(filled("{\"a\": {}} {b} {x*3}").as_deref(), Ok("{\"a\": {}} {b} xxx"));
        assert_eq!(filled("{\"a\": \"{x*3}\"}").as_deref(), Ok("{\"a\": \"xxx\"}"));
        assert_eq!(filled("{agent_2}"), Err(String::from("`agent_2` is not known")));
        let body = json!({ "agent_id": "{agent_1}", "name": ["cfm-{run}-a"], "n": 1 });
        let filled = super::json(&body, &values);
        assert_eq!(filled, Ok(json!({ "agent_id": 5, "name": ["cfm-1-a"], "n": 1 })));
    }
}
