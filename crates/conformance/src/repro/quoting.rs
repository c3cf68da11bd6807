//! Texts with names as other languages write them.

use serde_json::Value;

use crate::repro::fill::{Part, parts};

/// One word of a shell: what is fixed in single quotes, variables in double ones.
pub(super) fn shell(template: &str) -> String {
    if template.is_empty() {
        return String::from("''");
    }
    let word = |part: Part<'_>| match part {
        Part::Text(text) => single(text),
        Part::Name(name) => format!("\"${name}\""),
        Part::Run(letter, count) => format!("\"$(repeat {letter} {count})\""),
    };
    parts(template).into_iter().map(word).collect()
}

/// The same where `${NAME}` stands for a variable of the environment already.
pub(super) fn shell_with_variables(template: &str) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("${") {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        if !before.is_empty() {
            out.push_str(&shell(before));
        }
        out.push_str(&format!("\"${{{name}}}\""));
        rest = after;
    }
    if !rest.is_empty() || out.is_empty() {
        out.push_str(&shell(rest));
    }
    out
}

fn single(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Text of a Hurl file.
pub(super) fn hurl(template: &str) -> String {
    let word = |part: Part<'_>| match part {
        Part::Text(text) => text.to_owned(),
        Part::Name(name) => format!("{{{{{name}}}}}"),
        Part::Run(letter, count) => letter.to_string().repeat(count),
    };
    parts(template).into_iter().map(word).collect()
}

/// JSON as a text with names, where a name of an id is no string.
pub(super) fn json(value: &Value) -> String {
    let mut text = value.to_string();
    for name in ids(value) {
        text = text.replace(&format!("\"{{{name}}}\""), &format!("{{{name}}}"));
    }
    text
}

/// The ids that a value consists of or has in it.
fn ids(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => match parts(text)[..] {
            [Part::Name(name)] if name.ends_with(|c: char| c.is_ascii_digit()) => {
                vec![name.to_owned()]
            }
            _ => Vec::new(),
        },
        Value::Array(items) => items.iter().flat_map(ids).collect(),
        Value::Object(fields) => fields.values().flat_map(ids).collect(),
        _ => Vec::new(),
    }
}

/// Text as comment lines.
pub(super) fn comment(text: &str) -> String {
    text.lines()
        .map(|line| format!("# {}\n", line.replace(|c: char| c.is_control(), " ")))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_become_variables_and_nothing_else_is_read_by_the_shell() {
        assert_eq!(
            shell("it's $(a) {agent_1}{x*9}"),
            r#"'it'\''s $(a) '"$agent_1""$(repeat x 9)""#
        );
        assert_eq!(shell(""), "''");
        assert_eq!(
            shell_with_variables("Bearer ${CONFORMANCE_TOKEN_GUEST%?}x"),
            r#"'Bearer '"${CONFORMANCE_TOKEN_GUEST%?}"'x'"#
        );
        assert_eq!(hurl("/a/{agent_1}?b={c}"), "/a/{{agent_1}}?b={c}");
        let body = json!({ "agent_id": "{agent_1}", "name": "cfm-{run}-a" });
        assert_eq!(json(&body), r#"{"agent_id":{agent_1},"name":"cfm-{run}-a"}"#);
    }
}
