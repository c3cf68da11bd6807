//! A schema as the rows of a table: one per member, with dots between levels.

use serde_json::Value;

use super::Page;
use super::html::{anchor, escaped, inline};
use crate::diff::types;
use crate::spec::Node;

/// How deep members are shown.
const MAX_DEPTH: usize = 6;

/// Keywords that limit a value, with the sign that shows them.
const LIMITS: &[(&str, &str)] = &[
    ("minimum", "≥"),
    ("maximum", "≤"),
    ("minLength", "length ≥"),
    ("maxLength", "length ≤"),
    ("minItems", "items ≥"),
    ("maxItems", "items ≤"),
    ("default", "default"),
    ("pattern", "pattern"),
];

/// One row: a member, a parameter or a header.
pub(super) struct Row<'s> {
    pub(super) name: String,
    pub(super) schema: Option<Node<'s>>,
    pub(super) required: bool,
    pub(super) description: String,
}

impl Page<'_> {
    /// The rows as a table. `owner` is how the element is called before its own name.
    pub(super) fn table(&self, owner: &str, rows: &[Row<'_>]) -> String {
        let rows: String = rows.iter().map(|row| self.row(owner, row)).collect();
        format!("<div class=\"wide\"><table class=\"members\"><tbody>{rows}</tbody></table></div>")
    }

    fn row(&self, owner: &str, row: &Row<'_>) -> String {
        let element = format!("{owner} {}", row.name);
        let depth = row.name.matches('.').count();
        let types = row.schema.as_ref().map(type_text).unwrap_or_default();
        let limits = row.schema.as_ref().map(limits).unwrap_or_default();
        let is_answer = owner.ends_with(" field") || owner.ends_with(" header");
        let required = match (row.required, is_answer) {
            (false, _) => "",
            (true, true) => " <em>always</em>",
            (true, false) => " <em class=\"bad\">required</em>",
        };
        format!(
            "<tr id=\"{id}\" class=\"depth{depth}\"><th><a href=\"#{id}\">{}</a>{required}{}</th>\
             <td><span class=\"type\">{}</span> {limits}<div>{}</div></td></tr>",
            escaped(&row.name),
            self.inferred(&element),
            escaped(&types),
            inline(&row.description),
            id = anchor(&element),
        )
    }

    /// A body: its type and the table of its members.
    pub(super) fn body(&self, owner: &str, schema: &Node<'_>) -> String {
        let mut rows = Vec::new();
        members(schema, "", 0, &mut rows);
        let name = schema.name().unwrap_or_default();
        let kind = format!(
            "<p class=\"kind\"><span class=\"type\">{}</span> {}</p>",
            escaped(&type_text(schema)),
            escaped(name)
        );
        if rows.is_empty() { kind } else { kind + &self.table(owner, &rows) }
    }
}

fn members<'s>(schema: &Node<'s>, prefix: &str, depth: usize, rows: &mut Vec<Row<'s>>) {
    if depth > MAX_DEPTH {
        return;
    }
    if let Some(items) = schema.get("items") {
        return members(&items, prefix, depth + 1, rows);
    }
    for part in ["allOf", "oneOf", "anyOf"].iter().flat_map(|key| schema.list(key)) {
        members(&part, prefix, depth + 1, rows);
    }
    let required = schema.value().get("required").and_then(Value::as_array);
    for (name, member) in schema.members_of("properties") {
        let path = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") };
        let is_required = required.is_some_and(|names| names.iter().any(|other| other == name));
        if rows.iter().all(|row| row.name != path) {
            let description = description(&member);
            let schema = Some(member.clone());
            rows.push(Row { name: path.clone(), schema, required: is_required, description });
            members(&member, &path, depth + 1, rows);
        }
    }
}

/// Its own words, or those of the one schema that it is.
fn description(schema: &Node<'_>) -> String {
    let parts = schema.list("allOf");
    let own = schema.text("description");
    own.or_else(|| parts.iter().find_map(|part| part.text("description")))
        .unwrap_or_default()
        .to_owned()
}

/// `integer (int64) or null`, `list of object`, `active | revoked`.
fn type_text(schema: &Node<'_>) -> String {
    let mut text = if let Some(items) = schema.get("items") {
        format!("list of {}", type_text(&items))
    } else if let Some(values) = schema.value().get("enum").and_then(Value::as_array) {
        values.iter().map(plain).collect::<Vec<_>>().join(" | ")
    } else {
        simple_type(schema)
    };
    if types::is_nullable(schema) {
        text.push_str(" or null");
    }
    text
}

fn simple_type(schema: &Node<'_>) -> String {
    let mut names: Vec<String> = types::of(schema).into_iter().map(str::to_owned).collect();
    for part in ["allOf", "oneOf", "anyOf"].iter().flat_map(|key| schema.list(key)) {
        names.push(type_text(&part));
    }
    names.dedup();
    let format = schema.text("format").map(|format| format!(" ({format})")).unwrap_or_default();
    let names = if names.is_empty() { "any".to_owned() } else { names.join(" or ") };
    names + &format
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn limits(schema: &Node<'_>) -> String {
    let parts = schema.list("allOf");
    let holders = || std::iter::once(schema).chain(&parts);
    let found = LIMITS.iter().filter_map(|(key, sign)| {
        let value = holders().find_map(|holder| holder.value().get(key))?;
        Some(format!("<span class=\"limit\">{sign} <code>{}</code></span>", escaped(&plain(value))))
    });
    found.collect::<Vec<_>>().join(" ")
}
